"""What a person reads of a decision: nothing left out, nothing that steers the terminal, the same with colour and without."""

from __future__ import annotations

import re

import pytest

from cleantext import Decision, Document, Kind, Label, annotate
from cleantext.explain import Tally, concern, explain, explain_in_colour, summary, tally_in_colour
from cleantext.model import Evidence, Line, Span


def made_by_hand(*lines: tuple[Label, Kind, str]) -> Document:
    """A document whose decisions are given, so that no test here rests on how well pages are cleaned."""
    document = Document("".join(f"{text}\n" for _, _, text in lines))
    decisions, kept, start = [], [], 0
    for number, (label, kind, text) in enumerate(lines):
        span = Span(start, start + len(text) + 1)
        evidence = tuple(
            Evidence(rule, None, weight, span)
            for rule, weight in (("measure.words", -2.0), ("scorecard.base", 1.5), ("measure.ends", 1.0), ("en/share.bar", -0.5))
        )
        decisions.append(Decision(Line(number, span, text), label, kind, 0.25, evidence, f"Reason {number}."))
        kept += [span] if label is Label.CONTENT else []
        start = span.end
    document.__dict__.update(decisions=tuple(decisions), kept=tuple(kept))
    return document


@pytest.fixture
def page() -> Document:
    return made_by_hand(
        (Label.CONTENT, Kind.TITLE, "The bridge opens"),
        (Label.CONTENT, Kind.TEXT, ""),
        (Label.CONTENT, Kind.TEXT, "It was closed for nine years."),
        (Label.BOILERPLATE, Kind.SHARE, "Share this article"),
        (Label.BOILERPLATE, Kind.SHARE, "Tweet"),
        (Label.BOILERPLATE, Kind.TEASER, "Read more"),
    )


def without_colour(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def test_every_filled_line_is_told_with_its_fate_and_reason(page: Document) -> None:
    rows = explain(page).splitlines()
    assert rows[0].split(maxsplit=4) == ["1", "+", "0.25", "title", "The bridge opens"]
    assert rows[2].split(maxsplit=4) == ["3", "+", "0.25", "text", "It was closed for nine years."]
    assert rows[4].split(maxsplit=4) == ["4", "-", "0.25", "share", "Share this article"]
    assert rows[5].strip() == "Reason 3. (en/share.bar -0.5, measure.words -2.0, scorecard.base +1.5)"
    assert len(rows) == 2 * 5 + 1


def test_the_text_and_the_reason_stand_in_one_column(page: Document) -> None:
    line, reason, *_ = explain(page).splitlines()
    assert line.index("The bridge") == reason.index("Reason 0.")


def test_summary_counts_lines_and_kinds(page: Document) -> None:
    assert summary(page) == "Kept 2 of 5 lines, 57 % of the characters; removed: share 2, teaser 1."
    assert summary(made_by_hand((Label.CONTENT, Kind.TEXT, "All stays."))).endswith("100 % of the characters; removed: nothing.")


def test_control_characters_are_spelled_out() -> None:
    told = explain(made_by_hand((Label.CONTENT, Kind.TEXT, "a\x1b[2Jb\x07c\u202ed\te")))
    assert r"a\x1b[2Jb\x07c\u202ed" in told
    assert "\x1b" not in told


def test_markup_of_the_terminal_library_is_only_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert "[bold]x[/bold] :smile:" in explain_in_colour(made_by_hand((Label.CONTENT, Kind.TEXT, "[bold]x[/bold] :smile:")))


def test_colour_changes_no_word(page: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "200")
    coloured = explain_in_colour(page)
    assert "\x1b[" in coloured
    assert without_colour(coloured).split() == explain(page).split()


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (made_by_hand((Label.CONTENT, Kind.TEXT, "It was closed for nine years.")), None),
        (made_by_hand((Label.BOILERPLATE, Kind.SHARE, "Share")), "nothing is left of it"),
        (
            made_by_hand((Label.BOILERPLATE, Kind.SHARE, "Share " * 50), (Label.CONTENT, Kind.TEXT, "Yes.")),
            "only 2 % of it is left",
        ),
        (Document(" \n"), "holds no text"),
    ],
)
def test_a_page_to_look_at_is_told_of(document: Document, expected: str | None) -> None:
    told = concern(document)
    assert told is None if expected is None else told is not None and told.startswith(expected)


def test_tally_adds_up_over_pages(page: Document) -> None:
    tally = Tally()
    tally.add(page)
    tally.add(page)
    assert tally.title == "2 pages"
    assert tally.rows() == [
        ("kind", "lines kept", "words kept", "lines removed", "words removed"),
        ("text", "2", "12", "0", "0"),
        ("title", "2", "6", "0", "0"),
        ("teaser", "0", "0", "2", "4"),
        ("share", "0", "0", "4", "8"),
        ("all", "4", "18", "6", "12"),
    ]
    assert len({len(line) for line in str(tally).splitlines()[1:]}) == 1, "columns are aligned"


def test_tally_counts_what_the_page_holds() -> None:
    text = "Home\n\nThe senate met on Monday and voted on the budget after a long debate.\n\nShare this article\n"
    tally = Tally()
    tally.add(annotate(text))
    _, *sums = tally.rows()[-1]
    lines, words = (int(sums[n]) + int(sums[n + 2]) for n in (0, 1))
    assert (lines, words) == (3, len(text.split()))


def test_tally_of_pages_to_look_at_and_of_none() -> None:
    tally = Tally()
    assert str(tally).splitlines()[0] == "0 pages"
    tally.add(made_by_hand((Label.BOILERPLATE, Kind.SHARE, "Share")))
    assert tally.title == "1 page, 1 of them to look at"


def test_tally_in_colour_holds_the_same_numbers(page: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "200")
    tally = Tally()
    tally.add(page)
    words = re.findall(r"\w+", without_colour(tally_in_colour(tally)))
    assert words == re.findall(r"\w+", str(tally))
