"""Scores: what the words of a line and the page as a whole add to them."""

from __future__ import annotations

import numpy as np
import pytest
from case_pages import case_files, read_case
from hypothesis import given
from hypothesis import strategies as st

from cleantext.cleaner import examine
from cleantext.model import Kind
from cleantext.rules import RULES
from cleantext.score import leniency, page_states, score
from cleantext.scorecard import STATES, load_scorecard
from cleantext.wording import measure_wording

LINE = "one two three four five"


def lenient(pages: list[list[int]]) -> list[int]:
    """What leniency makes of pages whose lines, of five words each, have these scores."""
    rows, _, _ = examine(["\n".join([LINE] * len(page)) for page in pages])
    return leniency(rows, np.array([score for page in pages for score in page])).tolist()


def test_a_page_that_tells_its_article_clearly_gets_next_to_nothing() -> None:
    assert max(lenient([[700, 700, -700, -700]])) <= 5


def test_the_less_sure_the_lines_the_more_leniency() -> None:
    sure, unsure, hopeless = (lenient([[score, score, -score, -score]])[0] for score in (400, 150, 20))
    assert 0 < sure < unsure < hopeless


def test_a_page_of_chrome_does_not_become_content_for_want_of_better() -> None:
    points = lenient([[-300] * 20])
    assert all(-300 + each < 0 for each in points)


@given(st.lists(st.lists(st.integers(-900, 900), min_size=1, max_size=6), min_size=1, max_size=5))
def test_each_page_is_judged_by_itself(pages: list[list[int]]) -> None:
    assert lenient(pages) == [points for page in pages for points in lenient([page])]


@given(st.lists(st.integers(-900, 900), min_size=1, max_size=8))
def test_the_lines_with_the_best_expected_f1_are_kept(page: list[int]) -> None:
    [points, *_] = lenient([page])
    chances = [1 / (1 + np.exp(-score / 80)) for score in page]
    best = max(2 * sum(sorted(chances)[-size:]) / (size + sum(chances)) for size in range(1, len(page) + 1))
    assert points == pytest.approx(min(110, max(0, -100 * np.log(best / (2 - best)))), abs=1.5)


def state(page: str) -> str:
    _, _, values = examine([page])
    [number] = set(page_states(values).tolist())
    return STATES[number]


MENU = "Home\nNews\nSport\nLog in\nSubscribe\nPrivacy policy"
PROSE = "The river rose by two metres overnight, and the old bridge was closed to all traffic until the water falls."
MARI = "Эҥер йӱдвошт кок метрлан кугемын, сандене тошто кӱварым вӱд волымешке петыреныт."


def test_a_page_is_whole_or_extracted_where_phrases_betray_chrome() -> None:
    assert state("\n".join([MENU, *[str(number) + " Main St" for number in range(40)], PROSE])) == "whole"
    assert state("\n".join([MENU, *[PROSE] * 12])) == "extracted"


def test_a_page_without_such_phrases_is_clean_if_its_language_is_known_and_unlisted_if_not() -> None:
    assert state(PROSE) == "clean"
    assert state(MARI) == "unlisted"
    assert state(f"{MENU}\n{MARI}") != "unlisted"


def test_the_network_says_nothing_of_phrases_and_nothing_good_of_what_a_rule_takes_for_chrome() -> None:
    pages = [case.text for case in map(read_case, case_files("*")) if case.text.strip()]
    rows, evidences, values = examine(pages)
    network = score(rows, values, load_scorecard()).network
    shapes = np.array([number > 0 and RULES[number - 1].kind is not Kind.OUTSIDE for number in evidences.shapes])
    plain = np.array([phrase is None for phrase in evidences.phrases]) & (evidences.shapes == 0)
    whole = np.array([phrase is not None and phrase.match == "line" for phrase in evidences.phrases])
    assert not network[whole].any()
    assert network[shapes].max() <= 0 < -network[shapes].min()
    assert network[plain].min() < 0 < network[plain].max()


def wording(text: str) -> list[int]:
    rows, _, _ = examine([text])
    return measure_wording(rows, {"subscribe": -200, "said": 100}).tolist()


def test_words_nobody_knows_say_nothing() -> None:
    assert wording("Der Fluss stieg\n---") == [128, 128]


def test_words_pull_their_line_to_their_side_the_less_the_longer_it_is() -> None:
    alone, among, article = wording("Subscribe\nplease subscribe now if you wish to\nshe said")
    assert alone < among < 128 < article
    assert alone == 128 - 200 // 5
