"""The quality gate: what falls is named, floors only ever rise, and the cases are as good as they were."""

from __future__ import annotations

import doctest
import json
from typing import TYPE_CHECKING, Any

import gate
import pytest
from case_pages import CASES, case_files
from hypothesis import given
from hypothesis import strategies as st

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("wet all f1", "wet all without", "wet article order", "main_content all lost", "main_content all lost_again")
TABLES = st.dictionaries(st.sampled_from(NAMES), st.floats(0, 1).map(lambda figure: round(figure, 5)))


def quality(f1: float = 0.8, without: float | None = 0.1, **origin: Any) -> dict[str, Any]:
    """What quality.py writes, cut down to one input."""
    figures = {"all": {"f1": f1, "without": without}, "forum": {"f1": 0.1}}
    known = {"data": "pages.jsonl", "pages": 9, "of": 9, "cross_validated": True}
    return {"origin": {**known, **origin}, "figures": {"wet": {"none": {"all": {"f1": 0.5}}, "cleantext": figures}}}


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with floors, figures that hold them, and no case."""
    monkeypatch.setattr(gate, "case_files", list)
    floors = {"origin": quality()["origin"], "figures": {"wet all f1": 0.8, "wet all without": 0.1}, "wrong_lines": {}}
    (tmp_path / "floors.json").write_text(json.dumps(floors))
    (tmp_path / "quality.json").write_text(json.dumps(quality()))
    return tmp_path


def run(files: Path, *options: str) -> int:
    return gate.main(["--floors", str(files / "floors.json"), "--quality", str(files / "quality.json"), *options])


# --- What must not pass


@pytest.mark.parametrize(
    ("figures", "complaint"),
    [
        (quality(f1=0.79999), "FELL: wet all f1: 0.79999, must not be below 0.8"),
        (quality(without=0.10001), "FELL: wet all without: 0.10001, must not be above 0.1"),
        (quality(without=None), "FELL: wet all without: not measured, its floor is 0.1"),
    ],
)
def test_a_figure_that_falls_is_named_and_fails(files, figures, complaint, capsys) -> None:  # noqa: ANN001
    (files / "quality.json").write_text(json.dumps(figures))
    assert run(files) == 1
    assert complaint in capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("origin", "advice"),
    [
        ({"pages": 3}, "without --pages"),
        ({"cross_validated": False}, "with --folds"),
        ({"data": "other.jsonl"}, "on the floors' pages"),
    ],
)
def test_figures_that_cannot_be_compared_are_refused(files, origin, advice, capsys) -> None:  # noqa: ANN001
    before = (files / "floors.json").read_text()
    (files / "quality.json").write_text(json.dumps(quality(f1=0.99, **origin)))
    assert run(files, "--raise") == 2
    assert advice in capsys.readouterr().err
    assert (files / "floors.json").read_text() == before


@given(TABLES, TABLES)
def test_no_floor_is_ever_lowered(floors: dict[str, float], figures: dict[str, float]) -> None:
    lifted = gate.lift(floors, figures)
    assert set(lifted) == set(floors) | set(figures)
    for name, floor in floors.items():
        is_floor = not name.endswith(("without", "lost", "lost_again"))
        assert lifted[name] >= floor if is_floor else lifted[name] <= floor


@given(TABLES, TABLES)
def test_figures_hold_the_floors_that_were_made_from_them(floors: dict[str, float], figures: dict[str, float]) -> None:
    assert gate.find_fallen(gate.lift({}, figures), figures) == []
    # What fell before the floors were raised still falls: raising them makes nothing pass.
    assert {each.split(":")[0] for each in gate.find_fallen(floors, figures)} == {
        each.split(":")[0] for each in gate.find_fallen(gate.lift(floors, figures), figures)
    }


def test_raising_after_a_fall_lowers_nothing_and_still_fails(files: Path) -> None:
    (files / "quality.json").write_text(json.dumps(quality(f1=0.7, without=0.05)))
    assert run(files, "--raise") == 1
    assert json.loads((files / "floors.json").read_text())["figures"] == {"wet all f1": 0.8, "wet all without": 0.051}


def test_a_case_cannot_be_hidden_among_the_known_failures(tmp_path: Path) -> None:
    for name in ("en/share.page", "known_failures/en.share.page"):
        path = tmp_path / name
        path.parent.mkdir()
        path.write_text("+ Advertisement\n")
        assert list(gate.find_wrong_lines([path])) == ["en/share"]
        assert gate.compare_cases({"en/share": []}, gate.find_wrong_lines([path]))[0]


# --- What must


def test_figures_that_hold_pass_and_change_nothing_unasked(files: Path) -> None:
    before = (files / "floors.json").read_text()
    (files / "quality.json").write_text(json.dumps(quality(f1=0.9)))
    assert run(files) == 0
    assert (files / "floors.json").read_text() == before


def test_only_the_cleaner_s_own_figures_have_floors() -> None:
    assert gate.collect_figures(quality()) == {"wet all f1": 0.8, "wet all without": 0.1}


def test_the_examples_of_the_gate_hold() -> None:
    result = doctest.testmod(gate)
    assert result.attempted
    assert not result.failed


# --- The project's own floors


def test_the_cases_hold_their_floor() -> None:
    floors = json.loads(gate.FLOORS.read_text(encoding="utf-8"))
    fallen, changed = gate.compare_cases(floors["wrong_lines"], gate.find_wrong_lines(case_files()))
    if fallen:
        pytest.fail("\n  ".join([*fallen, *changed]), pytrace=False)


def test_every_wrong_line_of_the_floors_is_a_known_failure() -> None:
    floors = json.loads(gate.FLOORS.read_text(encoding="utf-8"))
    known = {path.stem.replace(".", "/", 1) for path in (CASES / "known_failures").glob("*.page")}
    assert {name for name, lines in floors["wrong_lines"].items() if lines} <= known


def test_the_floors_are_of_all_inputs_and_of_clean_text() -> None:
    floors = json.loads(gate.FLOORS.read_text(encoding="utf-8"))["figures"]
    inputs = {name.split(" ")[0] for name in floors}
    assert inputs == {"all-text", "wet", "trafilatura", "resiliparse", "readability", "justext", "main_content"}
    assert len(floors) == 2 * (6 * 3 + 2)
