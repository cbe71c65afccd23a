"""The network: what each part of it does, that it adds up to the same anywhere, and what is said of a broken one."""

from __future__ import annotations

import json
from copy import deepcopy
from importlib import resources
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext import network as network_module
from cleantext.cleaner import examine
from cleantext.errors import DataError
from cleantext.network import HIGHEST, parse_network
from cleantext.scorecard import parse_scorecard

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from cleantext.network import Network
    from cleantext.rows import Rows

SOURCE: dict[str, Any] = json.loads((resources.files("cleantext") / "data" / "scorecard.json").read_text(encoding="utf-8"))
NAMES = ("words", "ends")
WIDTH = 2


def dense(weights: list[list[int]], bias: list[int] | None = None, shift: int = 0) -> dict[str, Any]:
    return {"weights": weights, "bias": bias or [0] * len(weights[0]), "shift": shift}


def layer(gap: int, above: int, below: int, page: dict[str, Any] | None = None) -> dict[str, Any]:
    """Adds to a line's first value so many times the first value of the line above and of the line below."""
    return {"gap": gap, "near": dense([[above, 0], [0, 0], [0, 0], [0, 0], [below, 0], [0, 0]]), "page": page}


def asking(*layers: dict[str, Any]) -> Network:
    """Reads whether a line has 7 words, 32 if it has, and ends in what its first value has become."""
    source = {
        "amounts": {}, "answers": [["words", 7]], "begin": dense([[32, 0]]), "layers": [*layers], "end": dense([[1], [0]]),
    }  # fmt: skip
    return parse_network("network", source, NAMES)


def pages(*lengths: int) -> Rows:
    return examine(["\n".join(["a b"] * length) for length in lengths])[0]


def marked(*marks: int) -> NDArray[np.uint8]:
    """Measurements of rows, of which those marked have 7 words."""
    values = np.zeros((2, len(marks)), np.uint8)
    values[0] = 7 * np.array(marks)
    return values


def test_without_layers_a_line_is_judged_by_itself() -> None:
    assert asking().total(marked(0, 1, 0), pages(3)).tolist() == [0, 32, 0]


def test_a_layer_looks_at_lines_so_far_above_and_below() -> None:
    found = asking(layer(2, above=1, below=3)).total(marked(0, 0, 1, 0, 0), pages(5))
    assert found.tolist() == [96, 0, 32, 0, 32]


def test_no_layer_looks_beyond_the_page() -> None:
    found = asking(layer(1, above=1, below=1)).total(marked(0, 1, 0, 1), pages(2, 1, 1))
    assert found.tolist() == [32, 32, 0, 32]


def test_a_batch_without_lines_has_no_points() -> None:
    told = dense([[1, 0], [0, 0], [0, 0], [0, 0]])
    assert asking(layer(1, 1, 1, told)).total(marked(), examine(["\u200b"])[0]).tolist() == []


def test_a_page_tells_its_mean_and_its_highest_value_to_all_its_lines() -> None:
    mean, highest = dense([[1, 0], [0, 0], [0, 0], [0, 0]]), dense([[0, 0], [0, 0], [1, 0], [0, 0]])
    rows, values = pages(4, 2), marked(0, 1, 0, 0, 0, 0)
    assert asking(layer(1, 0, 0, mean)).total(values, rows).tolist() == [8, 40, 8, 8, 0, 0]
    assert asking(layer(1, 0, 0, highest)).total(values, rows).tolist() == [32, 64, 32, 32, 0, 0]


def test_an_amount_that_is_higher_than_any_known_is_read_as_the_highest() -> None:
    source = {"amounts": {"words": 20}, "answers": [], "begin": dense([[3]]), "layers": [], "end": dense([[1]])}
    values = np.array([[0, 7, 20, 21, 255], [9] * 5], np.uint8)
    assert parse_network("network", source, NAMES).total(values, pages(5)).tolist() == [0, 21, 60, 60, 60]


def test_a_shift_halves_and_sums_are_rounded() -> None:
    source = {"amounts": {"words": 20}, "answers": [], "begin": dense([[3]], [1], 2), "layers": [], "end": dense([[1]])}
    assert parse_network("network", source, NAMES).total(marked(0, 0, 1), pages(3)).tolist() == [0, 0, round(22 / 4)]


def whole_numbers(least: int, most: int, rows: int, columns: int) -> st.SearchStrategy[list[list[int]]]:
    return st.lists(st.lists(st.integers(least, most), min_size=columns, max_size=columns), min_size=rows, max_size=rows)


@st.composite
def parts(draw: st.DrawFn, values: int, sums: int) -> dict[str, Any]:
    """A dense part of few small weights."""
    [bias] = draw(whole_numbers(-99, 99, 1, sums))
    return dense(draw(whole_numbers(-9, 9, values, sums)), bias, draw(st.integers(0, 3)))


@st.composite
def networks(draw: st.DrawFn) -> dict[str, Any]:
    layers = [
        {
            "gap": draw(st.integers(1, 5)), "near": draw(parts(3 * WIDTH, WIDTH)),
            "page": draw(st.none() | parts(2 * WIDTH, WIDTH)),
        }
        for _ in range(draw(st.integers(0, 3)))
    ]  # fmt: skip
    return {
        "amounts": {"words": draw(st.integers(0, 50))}, "answers": [["words", 3], ["ends", "comma"]],
        "begin": draw(parts(3, WIDTH)), "layers": layers, "end": draw(parts(WIDTH, 1)),
    }  # fmt: skip


SHAPES = st.lists(st.integers(1, 9), min_size=1, max_size=5)


@given(networks(), SHAPES, st.randoms(use_true_random=False), st.integers(1, 7))
def test_a_page_gets_the_same_points_alone_in_any_batch_and_in_any_portions(
    source: dict[str, Any], lengths: list[int], chance: Any, portion: int
) -> None:
    network = parse_network("network", source, NAMES)
    values = np.array([[chance.randrange(256) for _ in range(sum(lengths))] for _ in NAMES], np.uint8)
    together = network.total(values, pages(*lengths)).tolist()
    edges = np.cumsum([0, *lengths])
    alone = [
        points
        for start, stop in pairwise(edges)
        for points in network.total(values[:, start:stop], pages(int(stop - start))).tolist()
    ]
    assert alone == together
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(network_module, "_ONE_CORE", 8 * portion)
        assert network.total(values, pages(*lengths)).tolist() == together


def plainly(source: dict[str, Any], values: NDArray[np.uint8]) -> list[int]:
    """What a network gives for one page, in the plainest way: Python's whole numbers, value by value."""

    def sums(part: dict[str, Any], row: list[int]) -> list[int]:
        columns = zip(*part["weights"], strict=True)
        totals = [sum(a * b for a, b in zip(row, column, strict=True)) for column in columns]
        return [round((total + bias) / 2 ** part["shift"]) for total, bias in zip(totals, part["bias"], strict=True)]

    def shown(row: list[int]) -> list[int]:
        return [max(0, min(HIGHEST, value)) for value in row]

    def added(row: list[int], more: list[int]) -> list[int]:
        return [a + b for a, b in zip(row, more, strict=True)]

    comma = next(value for value, label in network_module.CATEGORIES["ends"].items() if label == "comma")
    inputs = [[min(words, source["amounts"]["words"]), int(words == 3), int(ends == comma)] for words, ends in values.T.tolist()]
    known = [sums(source["begin"], row) for row in inputs]
    for each in source["layers"]:
        learnt = []
        for number, own in enumerate(known):
            beside = [number - each["gap"], number, number + each["gap"]]
            seen = [shown(known[other]) if 0 <= other < len(known) else [0] * WIDTH for other in beside]
            learnt.append(added(own, sums(each["near"], [value for row in seen for value in row])))
        if each["page"] is not None:
            columns = list(zip(*learnt, strict=True))
            means, highest = [sum(column) // len(column) for column in columns], [max(column) for column in columns]
            told = sums(each["page"], shown([*means, *highest]))
            learnt = [added(row, told) for row in learnt]
        known = learnt
    return [sums(source["end"], shown(row))[0] for row in known]


@given(networks(), st.integers(1, 12), st.randoms(use_true_random=False))
def test_it_gives_what_plain_arithmetic_gives(source: dict[str, Any], length: int, chance: Any) -> None:
    values = np.array([[chance.choice([0, 3, 5, 255]) for _ in range(length)] for _ in NAMES], np.uint8)
    assert parse_network("network", source, NAMES).total(values, pages(length)).tolist() == plainly(source, values)


def layer_of(bias: int) -> dict[str, Any]:
    """A layer of the shipped network's width that adds so much to each value of each line."""
    width = len(SOURCE["network"]["begin"]["bias"])
    return {"gap": 1, "near": dense([[0] * width] * 3 * width, [bias] * width), "page": None}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda network: network.pop("end"), r"network: missing \['end'\]"),
        (lambda network: network["amounts"].update(colour=7), r"network\.amounts\.colour: must be the highest value"),
        (lambda network: network["amounts"].update(ends=7), r"network\.amounts\.ends"),
        (lambda network: network["amounts"].update(words="few"), r"network\.amounts\.words"),
        (lambda network: network["amounts"].update(words=256), r"network\.amounts\.words"),
        (lambda network: network["answers"].append(["colour", 1]), r"network\.answers"),
        (lambda network: network["answers"].__setitem__(0, ["ends", "somehow"]), r"network\.answers: no such value: \['ends'"),
        (lambda network: network["answers"].__setitem__(0, ["words", 256]), r"network\.answers: no such value"),
        (lambda network: network["begin"]["weights"].pop(), r"network\.begin\.weights: must be \d+ lists"),
        (lambda network: network["begin"]["bias"].pop(), r"network\.begin: must have \d+ sums"),
        (lambda network: network["end"].update(shift=-1), r"network\.end: shift must be"),
        (lambda network: network["end"]["weights"].__setitem__(0, [0.5]), r"network\.end\.weights: .* whole numbers"),
        (lambda network: network["end"]["weights"].__setitem__(0, [1 << 20]), r"network\.end: sums could pass 2\*\*24"),
        (lambda network: network["layers"][0].update(gap=0), r"network\.layers\[0\]: gap must be 1 or more"),
        (lambda network: network["layers"][0].update(page=7), r"network\.layers\[0\]\.page: must be a JSON object"),
        (lambda network: network.update(layers=7), "layers must be a list"),
        (lambda network: network["layers"].extend(3 * [layer_of(1 << 23)]), r"network: sums could pass 2\*\*24"),
    ],
)
def test_a_broken_network_is_named_with_what_is_wrong(change: Callable[[dict[str, Any]], object], complaint: str) -> None:
    source = deepcopy(SOURCE)
    change(source["network"])
    with pytest.raises(DataError, match=complaint):
        parse_scorecard(json.dumps(source))
