"""A page with its account: what can be asked of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from cleantext import Kind, Label, annotate
from cleantext.model import Span

if TYPE_CHECKING:
    from cleantext import Document

PROSE = "The senate met on Monday and voted on the budget after a long debate that went on until two in the morning."
MORE = "The vote was closer than anyone had expected, and the president of the senate said that it would be the last of its kind."
PAGE = f"Share this\nShare on Facebook\n\n{PROSE}\n{MORE}\n\nAdvertisement\n"


@pytest.fixture
def document() -> Document:
    return annotate(PAGE)


def test_the_text_is_the_page_as_given(document: Document) -> None:
    assert document.text is PAGE
    assert document.content.strip() == f"{PROSE}\n{MORE}"


def test_spans_of_adjacent_lines_are_joined(document: Document) -> None:
    start = PAGE.index(PROSE)
    [content] = document.spans(Label.CONTENT)
    assert PAGE[content.start : content.end].strip() == f"{PROSE}\n{MORE}"
    assert content.start == start
    assert document.spans(kind=Kind.SHARE) == [Span(0, PAGE.index("\n\n") + 1)]
    assert document.spans(Label.CONTENT, Kind.SHARE) == []
    assert document.spans() == [Span(0, len(PAGE))]


def test_what_was_removed_has_its_kinds_and_takes_blank_lines_along(document: Document) -> None:
    [share, advertisement] = document.removed
    assert share == (Span(0, PAGE.index(PROSE)), Kind.SHARE)
    assert advertisement == (Span(PAGE.index(MORE) + len(f"{MORE}\n"), len(PAGE)), Kind.ADVERTISEMENT)
    page = f"Advertisement\n\n\nShare this\n\n{PROSE}"
    assert annotate(page).removed == (
        (Span(0, page.index("Share")), Kind.ADVERTISEMENT),
        (Span(page.index("Share"), page.index(PROSE)), Kind.SHARE),
    )
    assert annotate("").removed == annotate(" \n").removed == annotate(PROSE).removed == ()


def test_blocks_are_runs_of_lines_without_a_blank_one(document: Document) -> None:
    assert [[decision.line.text for decision in block] for block in document.blocks] == [
        ["Share this", "Share on Facebook"],
        [PROSE, MORE],
        ["Advertisement"],
    ]


def test_the_removed_share_counts_characters_that_are_no_space(document: Document) -> None:
    removed = len("Sharethis") + len("ShareonFacebook") + len("Advertisement")
    whole = len("".join(PAGE.split()))
    assert document.removed_share == pytest.approx(removed / whole)
    assert annotate(PROSE).removed_share == 0
    assert annotate("").removed_share == 0
    assert not document.suspect


def test_a_page_of_which_nothing_is_left_is_suspect() -> None:
    document = annotate("Share this\n\nAdvertisement")
    assert document.content == ""
    assert document.suspect
    assert document.removed_share == 1
    assert "suspect" in repr(document)
    assert repr(document).startswith("Document(25 characters, 100% removed")


def test_the_account_is_plain_values_that_json_takes(document: Document) -> None:
    account = document.to_dict()
    assert json.loads(json.dumps(account)) == account
    assert account.keys() == {"length", "removed_share", "suspect", "lines"}
    assert account["length"] == len(PAGE)
    for line, decision in zip(account["lines"], document.decisions, strict=True):
        assert line.keys() == {"line", "start", "end", "text", "label", "kind", "probability", "because", "evidence"}
        assert (line["start"], line["end"], line["text"]) == (
            decision.line.span.start,
            decision.line.span.end,
            decision.line.text,
        )
        assert (line["label"], line["kind"], line["because"]) == (decision.label, decision.kind, decision.because)
        assert line["probability"] == pytest.approx(decision.probability, abs=1e-4)
        for evidence in line["evidence"]:
            assert evidence.keys() == {"rule", "kind", "weight", "start", "end"}
            assert PAGE[evidence["start"] : evidence["end"]] == line["text"].strip()


def test_phrases_are_named_in_the_evidence_by_their_id(document: Document) -> None:
    rules = [evidence.rule for evidence in document.decisions[-1].evidence]
    assert "en/advertisement.label" in rules
    assert "scorecard.base" in rules
    assert len(rules) == len(set(rules))


def test_parts_of_a_line_share_its_number() -> None:
    page = f"Head\n{PROSE} Read more\n{MORE}"
    decisions = annotate(page).decisions
    assert [(each.line.index, each.line.text) for each in decisions] == [
        (0, "Head"),
        (1, PROSE),
        (1, " Read more"),
        (1, ""),
        (2, MORE),
    ]
