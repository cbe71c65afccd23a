"""Pages of a few lines: where nothing betrays a line as chrome, it stays, whatever it looks like."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleantext import annotate, clean

WORDS = ["kelva", "rondi", "muster", "olpa", "grine", "tavor", "sund", "elb", "omri", "pask"]
POEM = "Roses are red\nViolets are blue\nSugar is sweet\nAnd so are you"
TABLE = "1\t20.5\n2\t21.0\n3\t19.8"

ALONE = [
    "Hello world",
    POEM,
    TABLE,
    "Q: What is it?\nA: A lamp.\nQ: Why?\nA: To see.",
    "Die Sitzung ist vertagt.",
    "def f(x):\n    return x + 1",
    "冬の朝\n湯気の向こうに\n母の声",
    "Ан жығылды\nСу тасыды\nКөпір жабылды",
]  # fmt: skip
BETWEEN = [
    ("Share this", "The senate met on Monday.", ""),
    ("", "The senate met on Monday.", "Advertisement"),
    ("Advertisement", POEM, "Share this"),
    ("Zum Inhalt springen", "Das Rathaus bleibt am Montag zu.", "Teilen"),
    ("Menu", "To be, or not to be, that is the question.", ""),
    ("Skip to content", "1. Open the box.\n2. Take out the lamp.\n3. Plug it in.", "Share"),
]


@pytest.mark.parametrize("text", ALONE)
def test_a_few_plain_lines_are_all_kept(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(("before", "body", "after"), BETWEEN)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_few_lines_beside_a_little_chrome_are_kept_and_the_chrome_goes(before: str, body: str, after: str, gap: str) -> None:
    page = gap.join(filter(None, (before, body, after)))
    assert clean(page).strip() == body


def test_a_page_of_nothing_but_chrome_is_still_emptied() -> None:
    document = annotate("Cookies\n\nWe use cookies to improve your experience.\n\nAccept all\n\nPrivacy policy\n\nShare this")
    assert document.content == ""
    assert document.suspect


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=9),
        min_size=1,
        max_size=20,
    ),
    st.sampled_from(["\n", "\n\n"]),
)
def test_lines_of_unknown_words_are_never_removed_from_a_short_page(lines: list[list[str]], gap: str) -> None:
    text = gap.join(" ".join(words) for words in lines)
    assert clean(text) == text
