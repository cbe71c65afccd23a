"""Batches through a pool: in order, a few at a time, and without hiding what goes wrong."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from cleantext.streams.parallel import in_order

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.mark.parametrize("processes", [1, 2])
def test_results_come_in_order_and_batches_are_asked_for_as_they_are_needed(processes: int) -> None:
    asked: list[int] = []

    def batches() -> Iterator[tuple[str, int]]:
        for number in range(40):
            asked.append(number)
            yield f"batch {number}", (40 - number) * 100  # the first ones take longest

    ahead = []
    for number, (kept, made) in enumerate(in_order(math.factorial, batches(), processes)):
        assert kept == f"batch {number}"
        assert made == math.factorial((40 - number) * 100)
        ahead.append(len(asked) - number)
    assert number == 39
    assert max(ahead) <= 1 + 3 * processes, "what is under way is bounded"


@pytest.mark.parametrize("processes", [1, 2])
def test_no_batches_give_nothing(processes: int) -> None:
    assert list(in_order(len, iter(()), processes)) == []


@pytest.mark.parametrize("processes", [1, 2])
def test_an_error_of_the_function_or_of_the_source_reaches_the_caller(processes: int) -> None:
    with pytest.raises(ValueError, match="not defined for negative"):
        list(in_order(math.factorial, [("a", 3), ("b", -1)], processes))

    def broken() -> Iterator[tuple[str, int]]:
        yield "a", 3
        raise OSError("unplugged")

    with pytest.raises(OSError, match="unplugged"):
        list(in_order(math.factorial, broken(), processes))
