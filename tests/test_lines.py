"""Lines: what is cut, what is not, and that nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from strategies import any_text

from cleantext.characters import fold
from cleantext.lines import GluedPhrases, split
from cleantext.lookup import tables

GLUED = GluedPhrases(["advertisement", "read more", "share this article", "続きを読む"], frozenset({"the", "a"}))
PROSE = "The senate met on Monday to talk about the budget of the province."


def parts(page: str, glued: GluedPhrases = GLUED) -> list[str]:
    """The parts that a page is cut into."""
    lines = split(page, fold(page), glued)
    return [page[start:end] for start, end in zip(lines.starts, lines.ends, strict=True)]


@settings(max_examples=200, deadline=None)
@given(any_text())
def test_lines_rejoin_to_the_page(page: str) -> None:
    for glued in (GLUED, tables("en").glued, tables("ja").glued):
        lines = split(page, fold(page), glued)
        assert "".join(page[start:end] for start, end in zip(lines.starts, lines.ends, strict=True)) == page
        assert all(start < end for start, end in zip(lines.starts, lines.ends, strict=True))
        assert lines.numbers == sorted(lines.numbers)
        assert set(lines.numbers) == set(range(len(page.splitlines())))


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"])
def test_every_kind_of_line_break_cuts_and_goes_with_its_line(line_break: str) -> None:
    assert parts(f"a{line_break}b{line_break}") == [f"a{line_break}", f"b{line_break}"]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (f"Advertisement {PROSE}", ["Advertisement ", PROSE]),
        (f"ADVERTISEMENT: {PROSE}\n", ["ADVERTISEMENT: ", f"{PROSE}\n"]),
        (f"Share this article | {PROSE}", ["Share this article | ", PROSE]),
        (f"{PROSE} Read more", [PROSE, " Read more"]),
        (f"{PROSE} Read more\nNext", [PROSE, " Read more", "\n", "Next"]),
        (f"{PROSE} [Read more…]\r\n", [PROSE, " [Read more…]", "\r\n"]),
        (f"Advertisement {PROSE} Read more", ["Advertisement ", PROSE, " Read more"]),
    ],
)
def test_chrome_glued_to_prose_is_cut_off(page: str, expected: list[str]) -> None:
    assert parts(page) == expected


@pytest.mark.parametrize(
    "page",
    [
        "Advertisement",
        "Read more",
        "Advertisement revenue fell by a third in the last quarter, the publisher said on Monday.",
        "Advertisements are a nuisance. That is what the mayor said, and the council agreed with him.",
        f"{PROSE} Those who want to know can read more.",
        "Children who are read to at home go on to read more books, and longer ones, than others do",
        "He told the class of thirty to take the book home and to read more",
        "Advertisement The end.",
        "ADVERTISEMENT THE YEAR: the one about the dog that would not get up, the readers of this paper say",
        "Readmore is the name of a village on the coast that has been under water since the year 1953.",
    ],
)
def test_sentences_that_use_the_words_stay_whole(page: str) -> None:
    assert parts(page) == [page]


def test_a_page_of_one_long_line_is_cut_into_sentences() -> None:
    page = " ".join(
        [PROSE, "It did not agree on anything.", "Why not?", "“Nobody knew the figures,” said one of its members."] * 6
    )
    found = parts(page)
    assert len(page) > 600
    assert found[0] == f"{PROSE} "
    assert found[1] == "It did not agree on anything. "
    assert "".join(found) == page
    assert parts(page[:300]) == [page[:300]]


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_blank_lines_count_alike_whatever_their_line_breaks_are(line_break: str) -> None:
    line = " ".join([PROSE] * 12)
    assert len(parts(line + line_break * 80)) == 12 + 79, "nearly all of the page is one line"
    assert len(parts(line + line_break * 100)) == 1 + 99, "there is as much white space besides"


def test_a_long_line_among_others_stays_whole() -> None:
    line = " ".join([PROSE] * 12)
    assert parts(f"{line}\n{line}") == [f"{line}\n", line]


def test_unspaced_sentences_are_cut_too() -> None:
    sentence = "市は火曜日、古い港の橋を自転車に限って再び通れるようにすると発表した。"
    assert parts(sentence * 30) == [sentence] * 30


def test_an_empty_page_has_no_lines() -> None:
    assert parts("") == []


def test_the_longest_phrase_is_found_at_the_edges() -> None:
    glued = GluedPhrases(["read", "read more", "read more here"], frozenset())
    assert glued.at_start("read more here today") == "read more here"
    assert glued.at_start("read moreover") == "read"
    assert glued.at_start("bread") is None
    assert glued.at_end("you can read more") == "read more"
    assert glued.at_end("thread") is None


@pytest.mark.parametrize(
    ("page", "prose"),
    [
        (
            "The company pleaded guilty and bought five hundred new ones. READ ALSO: Passengers stranded on Gull Island\n",
            "The company pleaded guilty and bought five hundred new ones.",
        ),
        (
            "[Photo: Kessel Gazette] Her keeper says that she recognises him by the sound of his keys.\n",
            "Her keeper says that she recognises him by the sound of his keys.\n",
        ),
        (
            "(Foto: Ann Lee/dpa) Die Brücke bleibt bis zum Herbst gesperrt, wie die Stadt mitteilte.\n",
            "Die Brücke bleibt bis zum Herbst gesperrt, wie die Stadt mitteilte.\n",
        ),
    ],
)
def test_a_credit_in_brackets_and_a_story_behind_its_label_are_cut_off_prose(page: str, prose: str) -> None:
    assert prose in parts(page, tables("de").glued)


@pytest.mark.parametrize(
    "page",
    [
        "(Photo: that was the word she used most) and he went home through the long and empty streets of the town.\n",
        "She wrote the list on the wall of the kitchen. Related: the price of bread, the weather and the new road\n",
        "There are three of them in the valley now. He said: the fourth will have to wait until the end of the year\n",
        "[sic: the spelling is hers] The letter goes on for another eleven pages and does not mention the war.\n",
    ],
)
def test_brackets_and_colons_of_prose_are_no_place_to_cut(page: str) -> None:
    assert parts(page, tables("en").glued) == [page]
