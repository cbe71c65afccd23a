"""The scorecard: the file that ships, and what is said of one that breaks its form."""

from __future__ import annotations

import json
from copy import deepcopy
from importlib import resources
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from cleantext.errors import DataError
from cleantext.measure import NAMES
from cleantext.measure.categories import CATEGORIES
from cleantext.scorecard import FIRST_NAMES, SECOND_NAMES, STATES, Card, load_scorecard, parse_scorecard

if TYPE_CHECKING:
    from collections.abc import Callable

SOURCE: dict[str, Any] = json.loads((resources.files("cleantext") / "data" / "scorecard.json").read_text(encoding="utf-8"))
CARDS = [
    ("first", SOURCE["first"], FIRST_NAMES),
    *((f"second.{state}", SOURCE["second"][state], SECOND_NAMES) for state in STATES),
]


def test_it_says_where_its_points_come_from() -> None:
    origin = load_scorecard().origin
    assert {"data", "date", "method"} <= origin.keys()
    assert all(len(str(origin[name])) > 5 for name in ("data", "date", "method"))


@pytest.mark.parametrize(("where", "card", "names"), CARDS, ids=[where for where, _, _ in CARDS])
def test_every_measurement_in_it_exists_and_says_something(where: str, card: dict[str, Any], names: list[str]) -> None:
    assert isinstance(card["base"], int), where
    assert card["points"]
    assert list(card["points"]) == [name for name in names if name in card["points"]], "in the order of the measurements"
    for name, bins in card["points"].items():
        points = list(bins.values()) if name in CATEGORIES else [value for _, value in bins]
        assert all(isinstance(value, int) and abs(value) <= 1500 for value in points), name
        assert any(points), f"{name} says nothing: leave it out"
        if name in CATEGORIES:
            assert bins.keys() <= set(CATEGORIES[name].values())
        else:
            lasts = [last for last, _ in bins]
            assert lasts == sorted(set(lasts)), name
            assert lasts[-1] == 255, name
            assert all(before != after for before, after in pairwise(points)), f"{name}: join equal bins"


@pytest.mark.parametrize(("where", "card", "names"), CARDS, ids=[where for where, _, _ in CARDS])
def test_a_person_can_read_it(where: str, card: dict[str, Any], names: list[str]) -> None:
    assert sum(map(len, card["points"].values())) < 700, where
    assert max(len(bins) for name, bins in card["points"].items() if name not in CATEGORIES) <= 25
    assert len(card["points"]) <= len(names)


def test_points_of_structures_lean_the_way_of_what_they_find() -> None:
    structure = load_scorecard().structure
    assert structure["structure.teaser_river"] < 0
    assert structure["structure.caption_block"] < 0
    assert structure["structure.name"] < 0
    assert structure["structure.tag"] < 0
    assert structure.get("structure.title", 1) > 0


def test_a_row_scores_the_sum_of_the_points_of_its_values() -> None:
    points = np.zeros((2, 256), np.int16)
    points[0, :4], points[0, 4:], points[1, 7:] = -50, 30, 200
    card = Card(-5, points)
    assert card.total(np.array([[3, 4, 255], [6, 7, 0]], np.uint8)).tolist() == [-55, 225, 25]


def test_bins_hold_up_to_their_last_value_and_names_hold_for_theirs() -> None:
    source = deepcopy(SOURCE)
    source["first"] = {"base": 7, "points": {"words": [[0, -10], [3, 5], [255, 20]], "ends": {"terminal": 9}}}
    card = parse_scorecard(json.dumps(source)).first
    words, ends = NAMES.index("words"), NAMES.index("ends")
    assert [int(card.points[words, value]) for value in (0, 1, 3, 4, 255)] == [-10, 5, 5, 20, 20]
    [terminal] = [value for value, label in CATEGORIES["ends"].items() if label == "terminal"]
    assert np.flatnonzero(card.points[ends]).tolist() == [terminal]
    assert not np.delete(card.points, (words, ends), axis=0).any()


def test_every_value_of_a_category_has_one_name() -> None:
    for name, labels in CATEGORIES.items():
        assert name in NAMES
        assert len(set(labels.values())) == len(labels)


def whole(card: dict[str, Any]) -> dict[str, Any]:
    """The points of the second card for whole pages."""
    points: dict[str, Any] = card["second"][STATES[0]]["points"]
    return points


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (
            lambda card: card["first"]["points"].update(colour=[[255, 1]]),
            r"scorecard\.json, first: no such measurement: .*colour",
        ),
        (lambda card: card["first"]["points"].update(scores_page=[[255, 1]]), "first: no such measurement: .*scores_page"),
        (lambda card: card["first"]["points"].update(words=[[9, 1]]), r"first\.words: bins must ascend and end at 255"),
        (lambda card: whole(card).update(words=[[9, 1], [3, 2], [255, 0]]), r"second\.whole\.words: bins must ascend"),
        (lambda card: whole(card).update(words=[[9, 1], [9, 2], [255, 0]]), r"second\.whole\.words: bins must ascend"),
        (lambda card: whole(card).update(words=[[-3, 1], [255, 0]]), r"second\.whole\.words: bins must ascend"),
        (lambda card: whole(card).update(words=[]), r"second\.whole\.words: bins must ascend"),
        (lambda card: whole(card).update(words=[[255]]), r"second\.whole\.words"),
        (lambda card: whole(card).update(words=[[255, 99999]]), r"second\.whole\.words"),
        (lambda card: whole(card).update(words=[[255, "many"]]), r"second\.whole\.words"),
        (lambda card: whole(card).update(words=7), r"second\.whole\.words"),
        (lambda card: whole(card).update(ends={"somehow": 5}), r"second\.whole\.ends: no such names: \['somehow'\]"),
        (lambda card: whole(card).update(ends=[[255, 1]]), r"second\.whole\.ends"),
        (lambda card: card["second"][STATES[0]].pop("base"), "base"),
        (lambda card: card["second"].pop(STATES[1]), STATES[1]),
        (lambda card: card.pop("first"), "first"),
        (lambda card: card.pop("origin"), "origin"),
        (lambda card: card.pop("structure"), "structure"),
    ],
)
def test_a_broken_card_is_named_with_what_is_wrong(change: Callable[[dict[str, Any]], object], complaint: str) -> None:
    source = deepcopy(SOURCE)
    change(source)
    with pytest.raises(DataError, match=complaint):
        parse_scorecard(json.dumps(source))


@pytest.mark.parametrize("source", ["", "{", "[]", "null"])
def test_what_is_no_scorecard_at_all_is_said_so(source: str) -> None:
    with pytest.raises(DataError, match=r"scorecard\.json"):
        parse_scorecard(source)
