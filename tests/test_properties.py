"""The promises of the program, tried on arbitrary text, on pages made up at random and on every case."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from math import exp
from typing import TYPE_CHECKING

import pytest
from case_pages import case_files, case_id, read_case
from hypothesis import example, given, settings
from hypothesis import strategies as st
from prose import ARTICLES, CHROME
from strategies import BREAKS, Planted, any_text, pages, planted

from cleantext import Cleaner, Config, Kind, Label, annotate, clean
from cleantext.model import CONTENT_KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleantext import Decision, Document
    from cleantext.model import Span

FEW, SOME = settings(max_examples=60, deadline=None), settings(max_examples=200, deadline=None)
CASES = [path for path in case_files() if path.parent.name != "known_failures"]
anything = st.one_of(any_text(), pages())
on_every_case = pytest.mark.parametrize("text", [pytest.param(read_case(path).text, id=case_id(path)) for path in CASES])


def is_subsequence(short: str, long: str) -> bool:
    """Whether ``short`` is ``long`` with characters left out."""
    rest = iter(long)
    return all(character in rest for character in short)


def says(decision: Decision) -> tuple[object, ...]:
    """What a decision says of its line, without where the line stands."""
    return decision.line.index, decision.line.text, decision.label, decision.kind, decision.probability, decision.because


def check_account(text: str, document: Document) -> None:
    """The lossless account: spans, slices and their replay."""
    spans = [decision.line.span for decision in document.decisions]
    assert [span.start for span in spans] == [0, *(span.end for span in spans)][: len(spans)]
    assert all(span.start < span.end for span in spans)
    assert (spans[-1].end if spans else 0) == len(text)
    assert "".join(text[span.start : span.end] for span in spans) == text
    kept = [
        text[decision.line.span.start : decision.line.span.end]
        for decision in document.decisions
        if decision.label is Label.CONTENT
    ]
    assert document.content == "".join(kept)
    assert document.content == "".join(text[span.start : span.end] for span in document.kept)
    assert is_subsequence(document.content, text)
    check_removed(text, document)


def check_removed(text: str, document: Document) -> None:
    """What is removed and what is kept make the page, and the kinds are those of the lines."""
    parts = sorted(
        [(span.start, span.end) for span in (*document.kept, *(span for span, _ in document.removed)) if span.start < span.end]
    )
    assert [start for start, _ in parts] == [0, *(end for _, end in parts)][: len(parts)]
    assert sum(end - start for start, end in parts) == len(text)
    for decision in document.decisions:
        if decision.label is Label.BOILERPLATE and decision.evidence:  # a blank line has none, and goes with its neighbours
            line = decision.line.span
            assert [kind for span, kind in document.removed if span.start <= line.start and line.end <= span.end] == [
                decision.kind
            ]
    for (span, kind), (after, other) in pairwise(document.removed):
        assert span.end < after.start or kind is not other, "neighbours of one kind are one stretch"


# The lossless account ----------------------------------------------------------------------------------------------------------


@SOME
@given(anything)
@example("")
@example("\n")
@example(" \t\u3000\n\n")
@example("\u200b")
@example("\ufeff\n\u200b\n")
@example("\ud800")
@example("\x00")
@example("a")
@example("...\n...\n...")
@example("\r\n\r\r\n\n")
def test_no_string_raises_and_every_character_is_accounted_for(text: str) -> None:
    document = annotate(text)
    check_account(text, document)
    assert clean(text) == document.content
    assert 0 <= document.removed_share <= 1
    assert document.suspect in {True, False}
    assert repr(document)
    assert json.loads(json.dumps(document.to_dict()))["length"] == len(text)


@on_every_case
def test_every_character_of_the_cases_is_accounted_for(text: str) -> None:
    check_account(text, annotate(text))


@FEW
@given(anything)
@example("\ud800\udc00")
def test_replaying_the_account_rebuilds_the_output(text: str) -> None:
    account = annotate(text).to_dict()
    # Offsets outlive JSON; a text may not: JSON reads two surrogates side by side as the one character they spell.
    lines = json.loads(json.dumps(account))["lines"]
    assert "".join(text[line["start"] : line["end"]] for line in lines) == text
    assert "".join(text[line["start"] : line["end"]] for line in lines if line["label"] == "content") == clean(text)
    for line in account["lines"]:
        assert text[line["start"] : line["end"]].startswith(line["text"])


@FEW
@given(anything)
def test_labels_kinds_and_lines_agree_with_each_other(text: str) -> None:
    document = annotate(text)
    for decision in document.decisions:
        assert (decision.kind in CONTENT_KINDS) == (decision.label is Label.CONTENT)
        assert (decision.probability >= 0.5) == (decision.label is Label.CONTENT)
        assert decision.because.endswith(".")
        assert all(0 <= each.span.start <= each.span.end <= len(text) for each in decision.evidence)
    by_label = sorted((*document.spans(Label.CONTENT), *document.spans(Label.BOILERPLATE)), key=lambda span: span.start)
    assert "".join(text[span.start : span.end] for span in by_label) == text
    assert sum(len(block) for block in document.blocks) == sum(1 for each in document.decisions if each.line.text.strip())


@FEW
@given(anything)
def test_evidence_adds_up_to_the_probability(text: str) -> None:
    for decision in annotate(text).decisions:
        if decision.evidence:
            weight = max(-30.0, min(30.0, sum(evidence.weight for evidence in decision.evidence)))
            assert decision.probability == pytest.approx(1 / (1 + exp(-weight)), abs=1e-6)
            assert [abs(each.weight) for each in decision.evidence] == sorted(
                (abs(each.weight) for each in decision.evidence), reverse=True
            )
        else:
            assert not re.search(r"\w", decision.line.text), "only a blank line has no evidence"


@pytest.mark.parametrize("text", ["", " ", "\n", "\r\n\r\n", "\t\u3000\xa0\n", "\x85\u2028"])
def test_a_blank_page_comes_back_as_it_went_in(text: str) -> None:
    document = annotate(text)
    assert document.content == clean(text) == text
    assert document.removed_share == 0
    assert document.blocks == ()
    assert document.suspect, "a person should know that there was nothing"
    assert all(decision.label is Label.CONTENT for decision in document.decisions)
    assert len(document.decisions) == len(text.splitlines())


# Do no harm --------------------------------------------------------------------------------------------------------------------


@on_every_case
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


@SOME
@given(planted())
@example(Planted("en", (("Advertisement", False), *((each, True) for each in ARTICLES["en"]), ("Read more", False)), "\n"))
def test_chrome_planted_into_prose_goes_and_the_prose_survives(page: Planted) -> None:
    kept = clean(page.text).splitlines()
    assert [line for line in kept if line] == page.prose


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("language", sorted(ARTICLES))
def test_prose_alone_comes_back_as_it_went_in(language: str, gap: str) -> None:
    for end in range(1, len(ARTICLES[language]) + 1):
        text = gap.join(ARTICLES[language][:end])
        assert clean(text) == text


@pytest.mark.parametrize(("language", "label"), [(tag, label) for tag, labels in CHROME.items() for label in labels])
def test_a_page_of_one_label_is_empty_and_says_so(language: str, label: str) -> None:
    document = annotate(label, language=language)
    assert document.content == ""
    assert document.suspect


@FEW
@given(planted(), st.sampled_from(BREAKS[1:]))
def test_every_kind_of_line_break_means_the_same(page: Planted, line_break: str) -> None:
    expected, got = annotate(page.text), annotate(page.text.replace("\n", line_break))
    assert [says(each) for each in got.decisions] == [says(each) for each in expected.decisions]
    assert got.content == expected.content.replace("\n", line_break)


@on_every_case
def test_unix_mac_and_windows_agree(text: str) -> None:
    expected = annotate(text)
    for line_break in ("\r\n", "\r"):
        got = annotate(text.replace("\n", line_break))
        assert [says(each) for each in got.decisions] == [says(each) for each in expected.decisions]
        assert got.content == expected.content.replace("\n", line_break)


@pytest.mark.parametrize("length", range(595, 606))
def test_line_breaks_do_not_count_towards_the_length_of_a_line(length: int) -> None:
    text = ("It rained all night. The river rose by two metres and more. " * 12)[:length]
    expected = [says(each) for each in annotate(text + "\n").decisions]
    assert [says(each) for each in annotate(text + "\r\n").decisions] == expected
    assert [says(each) for each in annotate(text).decisions] == expected


# Settings ----------------------------------------------------------------------------------------------------------------------


def inside(spans: Sequence[Span], others: Sequence[Span]) -> bool:
    """Whether all of ``spans`` lie within ``others``."""
    covered = {offset for span in others for offset in range(span.start, span.end)}
    return all(offset in covered for span in spans for offset in range(span.start, span.end))


@FEW
@given(pages(), st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_a_higher_threshold_never_keeps_more(page: str, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert inside(annotate(page, threshold=high).kept, annotate(page, threshold=low).kept)


@FEW
@given(anything, st.sets(st.sampled_from(sorted(set(Kind) - CONTENT_KINDS)), min_size=1))
def test_keeping_kinds_only_adds_lines_of_these_kinds(text: str, kinds: set[Kind]) -> None:
    plain, more = annotate(text), annotate(text, keep=kinds)
    assert inside(plain.kept, more.kept)
    for before, after in zip(plain.decisions, more.decisions, strict=True):
        assert before.line == after.line
        if before.line.text.strip() and before.evidence:
            assert after.kind is before.kind
            assert (after.label is Label.CONTENT) == (before.label is Label.CONTENT or before.kind in kinds)


@pytest.mark.parametrize("kind", sorted(set(Kind) - CONTENT_KINDS))
def test_a_kept_kind_of_the_cases_stays(kind: Kind) -> None:
    cleaner = Cleaner(Config(keep={kind}))
    for path in CASES[::5]:
        text = read_case(path).text
        assert not cleaner.annotate(text).spans(Label.BOILERPLATE, kind) or kind is Kind.OUTSIDE


# The same answer anywhere ------------------------------------------------------------------------------------------------------


def as_json(document: Document) -> str:
    """The whole account as one string."""
    return json.dumps(document.to_dict(), sort_keys=True)


@FEW
@given(st.lists(anything, max_size=8), st.randoms(use_true_random=False))
def test_a_page_is_answered_the_same_in_any_batch(texts: list[str], random: object) -> None:
    cleaner = Cleaner()
    alone = {text: as_json(cleaner.annotate(text)) for text in texts}
    shuffled = list(texts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    for order in (texts, shuffled):
        documents = list(cleaner.annotate_many(iter(order)))
        assert [document.text for document in documents] == order
        assert [as_json(document) for document in documents] == [alone[text] for text in order]


def test_the_cases_are_answered_the_same_in_one_batch_and_in_threads() -> None:
    cleaner, texts = Cleaner(), [read_case(path).text for path in CASES]
    alone = [as_json(cleaner.annotate(text)) for text in texts]
    assert [as_json(document) for document in cleaner.annotate_many(texts)] == alone
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda text: as_json(cleaner.annotate(text)), texts)) == alone


_PROCESS = """
import hashlib, json, sys
from cleantext import Cleaner
texts = json.load(sys.stdin)
documents = Cleaner().annotate_many(reversed(texts))
answers = [json.dumps(document.to_dict(), sort_keys=True) for document in documents]
print(hashlib.sha256("\\n".join(reversed(answers)).encode()).hexdigest())
"""


@pytest.mark.parametrize("seed", ["0", "1", "4242"])
def test_the_cases_are_answered_the_same_in_any_process(seed: str) -> None:
    texts = [read_case(path).text for path in CASES]
    here = hashlib.sha256("\n".join(as_json(annotate(text)) for text in texts).encode()).hexdigest()
    environment = os.environ | {"PYTHONHASHSEED": seed}
    there = subprocess.run(
        [sys.executable, "-c", _PROCESS], input=json.dumps(texts), env=environment, capture_output=True, text=True, check=True
    )
    assert there.stdout.strip() == here


def test_a_cleaner_pickles() -> None:
    cleaner = Cleaner(Config(keep={"caption"}, threshold=0.7, language="en"))
    copy = pickle.loads(pickle.dumps(cleaner))
    assert copy.config == cleaner.config
    text = read_case(CASES[0]).text
    assert copy(text) == cleaner(text) == clean(text, keep={"caption"}, threshold=0.7, language="en")


def test_plain_text_never_pays_for_trafilatura() -> None:
    code = "import sys, cleantext; cleantext.clean('Advertisement'); sys.exit('trafilatura' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_asking_for_the_account_changes_nothing() -> None:
    for path in CASES[::10]:
        text = read_case(path).text
        looked_at = annotate(text)
        assert looked_at.decisions
        assert looked_at.content == annotate(text).content == clean(text)


def test_a_decision_is_a_value() -> None:
    decision = annotate("Advertisement").decisions[0]
    assert decision == annotate("Advertisement").decisions[0]
    assert replace(decision, probability=0.5) != decision
    assert pickle.loads(pickle.dumps(decision)) == decision


@pytest.mark.parametrize("paragraphs", [30, 300, 3000])
def test_the_length_of_a_page_is_no_reason_to_remove_its_prose(paragraphs: int) -> None:
    text = "\n\n".join(
        f"In year {number} the river rose above its banks, and the old mill, which the council had sold, stood under water."
        for number in range(paragraphs)
    )
    assert clean(text) == text
