"""Trees: what they add up to, told as a whole and told apart, and what is said of broken ones."""

from __future__ import annotations

import json
from copy import deepcopy
from importlib import resources
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext.errors import DataError
from cleantext.scorecard import parse_scorecard, parse_trees
from cleantext.trees import DEPTH, Tree, Trees

SOURCE: dict[str, Any] = json.loads((resources.files("cleantext") / "data" / "scorecard.json").read_text(encoding="utf-8"))
COLUMNS = 4


@st.composite
def forests(draw: st.DrawFn) -> Trees:
    """A few trees about four measurements."""
    trees = []
    for depth in draw(st.lists(st.integers(1, DEPTH), max_size=4)):
        columns = draw(st.lists(st.integers(0, COLUMNS - 1), min_size=depth, max_size=depth))
        bins = draw(st.lists(st.integers(0, 254), min_size=depth, max_size=depth))
        leaves = draw(st.lists(st.integers(-900, 900), min_size=1 << depth, max_size=1 << depth))
        trees.append(Tree(np.array(columns), np.array(bins, np.uint8), np.array(leaves, np.int16)))
    return Trees(tuple(trees))


def test_no_tree_adds_nothing() -> None:
    assert Trees(()).total(np.zeros((3, 5), np.uint8)).tolist() == [0] * 5


def test_a_question_asks_for_more_than_its_value_and_the_first_is_the_highest_bit() -> None:
    trees = parse_trees("first_trees", [[[["words", 3], ["commas", 0]], [1, 20, 300, 4000]]], ["words", "commas"])
    assert trees.total(np.array([[3, 3, 4, 4], [0, 1, 0, 1]], np.uint8)).tolist() == [1, 20, 300, 4000]


@given(forests(), st.lists(st.integers(0, 255), min_size=COLUMNS, max_size=COLUMNS))
def test_the_parts_add_up_to_the_total(trees: Trees, row: list[int]) -> None:
    values = np.array(row, np.uint8)
    expected, parts = trees.parts(values)
    assert expected + parts.sum() == pytest.approx(trees.total(values[:, None])[0])


@given(forests(), st.lists(st.integers(0, 255), min_size=COLUMNS, max_size=COLUMNS))
def test_only_what_is_asked_about_has_a_part(trees: Trees, row: list[int]) -> None:
    asked = {column for tree in trees.trees for column in tree.columns.tolist()}
    _, parts = trees.parts(np.array(row, np.uint8))
    assert all(part == 0 for column, part in enumerate(parts) if column not in asked)


def test_the_shipped_trees_do_not_ask_about_phrases_and_shapes() -> None:
    asked = {name for field in ("first_trees", "second_trees") for questions, _ in SOURCE[field] for name, _ in questions}
    assert asked.isdisjoint({"phrase", "shape"}), "what these are worth is in the cards, where the policy bounds it"


@pytest.mark.parametrize(
    ("trees", "complaint"),
    [
        (7, "must be a list of trees"),
        ([7], r"first_trees\[0\]: must be \[questions, points\]"),
        ([[[], [1]]], "questions"),
        ([[[["words", 3]], [1, 2, 3]]], "each combination of answers"),
        ([[[["words", 3]], [1, 2]], [[["colour", 3]], [1, 2]]], r"first_trees\[1\]: no such question: \['colour', 3\]"),
        ([[[["scores_page", 3]], [1, 2]]], "no such question"),
        ([[[["words", 255]], [1, 2]]], "values are integers from 0 to 254"),
        ([[[["words", "three"]], [1, 2]]], "values are integers"),
        ([[[["words", 3]], [1, 99999]]], "points must be integers"),
        ([[[["words", 3]], [1, 0.5]]], "points must be integers"),
    ],
)
def test_a_broken_tree_is_named_with_what_is_wrong(trees: Any, complaint: str) -> None:
    source = deepcopy(SOURCE)
    source["first_trees"] = trees
    with pytest.raises(DataError, match=complaint):
        parse_scorecard(json.dumps(source))
