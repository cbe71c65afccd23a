"""The five documents that the project was created from: the label and the kind of every line."""

from __future__ import annotations

from pathlib import Path

import pytest
from case_pages import case_files, case_id, read_case

from cleantext import annotate

SEEDS = Path(__file__).parent.parent / "seeds"
GOLD = case_files("seeds")


def test_every_seed_has_its_gold() -> None:
    assert {path.stem for path in GOLD} == {path.stem for path in SEEDS.glob("*.txt")}
    assert sum(len(read_case(path).parts) for path in GOLD) == 109


@pytest.mark.parametrize("path", GOLD, ids=case_id)
def test_the_gold_is_of_the_seed_byte_for_byte(path: Path) -> None:
    case = read_case(path)
    assert case.text.encode() == (SEEDS / f"{path.stem}.txt").read_bytes()
    lines = case.text.split("\n")
    assert [part.text for part in case.parts] == [line for line in lines if line.strip()]
    assert all(part.kinds for part in case.parts)


@pytest.mark.parametrize("path", GOLD, ids=case_id)
def test_every_line_has_the_right_label_and_kind(path: Path) -> None:
    case = read_case(path)
    wrong = case.wrong(annotate(case.text))
    if wrong:
        pytest.fail(f"{len(wrong)} of {len(case.parts)} lines are wrong:\n  " + "\n  ".join(wrong), pytrace=False)
