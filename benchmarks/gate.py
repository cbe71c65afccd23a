"""The quality gate: no figure may fall below its floor, and floors never lower themselves.

``python benchmarks/gate.py`` cleans the cases, the seeds among them, and compares the lines that come out wrong with those that
``floors.json`` names. A case says what each line is, so its wrong lines tell the label of every line: a line that comes to them
or leaves them has changed its label or kind. Such lines are printed, and there must be no more wrong ones than before. A case
stays the same one when it is moved to the known failures or out of them; a new one counts from the next ``--raise`` on.

``--quality FILE`` also compares the figures that ``quality.py --json FILE`` wrote with their floors. ``--raise`` writes what is
better into ``floors.json``: a floor stands a little below the figure that was measured, and only ever moves up (a ceiling, for
shares of what should be little, stands above and only moves down). To lower one is for a person, who edits the file and says why.

The exit code is 1 when something fell, and 2 when the figures cannot be compared.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

HERE = Path(__file__).parent
sys.path.append(str(HERE.parent / "tests"))  # the form of the cases is read where it is tested

from case_pages import case_files, read_case  # noqa: E402

from cleantext import annotate  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Wrong = dict[str, dict[str, str]]
    """By case, the numbers of its wrong lines and what is wrong with them."""

FLOORS = HERE / "floors.json"
CLEANER = "cleantext"
GROUPS = ("all", "article")
MARGINS = {"f1": 0.001, "order": 0.001, "without": -0.001, "lost": -0.0002, "lost_again": -0.0001}
"""How far below the measured figure its floor stands; negative for ceilings, which stand above."""
OF_CLEAN_TEXT = ("lost", "lost_again")
"""The figures with ceilings where the input is the main content itself, which has nothing to remove."""
OF_INPUTS = ("f1", "order", "without")
"""The figures with floors and ceilings of all other inputs."""


class GateError(ValueError):
    """The figures cannot be compared with the floors; the message says what to do."""


# --- Figures


def collect_figures(quality: Mapping[str, Any]) -> dict[str, float]:
    """The figures that have floors, out of what quality.py wrote, as one flat table.

    >>> figures = {"wet": {"cleantext": {"all": {"f1": 0.8, "order": 0.7, "without": None, "with": 0.9}}}}
    >>> collect_figures({"figures": figures})
    {'wet all f1': 0.8, 'wet all order': 0.7}
    """
    return {
        f"{name} {group} {figure}": by_cleaner[CLEANER][group][figure]
        for name, by_cleaner in quality["figures"].items()
        for group in GROUPS
        for figure in (OF_CLEAN_TEXT if name == "main_content" else OF_INPUTS)
        if by_cleaner.get(CLEANER, {}).get(group, {}).get(figure) is not None
    }


def margin(name: str) -> float:
    """The margin of a figure by its name in the flat table.

    >>> margin("wet all f1"), margin("wet all without")
    (0.001, -0.001)
    """
    return MARGINS[name.rsplit(" ", 1)[1]]


def find_fallen(floors: Mapping[str, float], figures: Mapping[str, float]) -> list[str]:
    """What fell below its floor, and what has a floor and was not measured: a gate that looks away holds nothing.

    >>> find_fallen({"wet all f1": 0.8, "wet all without": 0.1}, {"wet all f1": 0.8, "wet all without": 0.12})
    ['wet all without: 0.12, must not be above 0.1']
    """
    fallen = []
    for name, floor in floors.items():
        figure = figures.get(name)
        if figure is None:
            fallen.append(f"{name}: not measured, its floor is {floor:g}")
        elif (figure - floor) * margin(name) < 0:
            fallen.append(f"{name}: {figure:g}, must not be {'below' if margin(name) > 0 else 'above'} {floor:g}")
    return fallen


def lift(floors: Mapping[str, float], figures: Mapping[str, float]) -> dict[str, float]:
    """The floors, moved up to just below the figures where those are better; new ones for figures that had none.

    >>> lift({"wet all f1": 0.8, "wet all without": 0.1}, {"wet all f1": 0.85, "wet all without": 0.2, "wet all order": 0.7})
    {'wet all f1': 0.849, 'wet all without': 0.1, 'wet all order': 0.699}
    """
    lifted = dict(floors)
    for name, figure in figures.items():
        floor = round(figure - margin(name), 5)
        if name not in floors or (floor - floors[name]) * margin(name) > 0:
            lifted[name] = floor
    return lifted


def check_origin(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> None:
    """Refuse figures that cannot be compared: of a sample, of a card that has seen the pages, of other pages than the floors'.

    Args:
        ours: the origin of the floors; empty when there are none yet.
        theirs: the origin of the figures.

    Raises:
        GateError: naming what to run instead.
    """
    if theirs["pages"] < theirs["of"]:
        raise GateError("the figures are of a sample of the pages; run quality.py without --pages")
    if not theirs["cross_validated"]:
        raise GateError("the figures are of a card that was fitted on the same pages; run quality.py with --folds")
    if ours and ours != theirs:
        raise GateError(f"the floors are of {dict(ours)}, the figures of {dict(theirs)}; run quality.py on the floors' pages")


# --- Cases


def find_wrong_lines(paths: Iterable[Path]) -> Wrong:
    """Clean cases, and find the lines with another label or kind than the case says."""
    found: Wrong = {}
    for path in paths:
        case = read_case(path)
        # A known failure is called en.name until it is moved to en/name; it is the same case there.
        name = path.stem.replace(".", "/", 1) if path.parent.name == "known_failures" else case.name
        lines = found.setdefault(name, {})
        for description in case.wrong(annotate(case.text)):
            where, problem = description.split(": ", 1)
            lines.setdefault(where.rpartition(":")[2], problem)
    return found


def compare_cases(before: Mapping[str, Sequence[str]], wrong: Wrong) -> tuple[list[str], list[str]]:
    """What fell, and a sentence for each line that changed. Cases that were not there before, or are no more, do not count.

    >>> compare_cases({"en/a": ["1"], "en/b": []}, {"en/a": {}, "en/b": {"3": "expected content"}, "en/c": {"1": "new"}})
    ([], ['now right: en/a:1', 'now wrong: en/b:3: expected content'])
    >>> compare_cases({"en/a": []}, {"en/a": {"3": "expected content"}})
    (['cases: 1 lines are wrong, must not be above 0'], ['now wrong: en/a:3: expected content'])
    """
    both = [name for name in before if name in wrong]
    changed = [f"now right: {name}:{number}" for name in both for number in before[name] if number not in wrong[name]]
    for name in both:
        changed += [f"now wrong: {name}:{number}: {why}" for number, why in wrong[name].items() if number not in before[name]]
    count, most = (sum(len(lines[name]) for name in both) for lines in (wrong, before))
    return [f"cases: {count} lines are wrong, must not be above {most}"] if count > most else [], changed


# --- The command


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command's arguments."""
    parser = argparse.ArgumentParser(description="Compare the cases, and figures of quality.py, with their floors.")
    parser.add_argument("--quality", type=Path, metavar="FILE", help="what quality.py --folds DIR --json FILE wrote")
    parser.add_argument("--raise", action="store_true", dest="lift", help="write what is better into floors.json")
    parser.add_argument("--floors", type=Path, default=FLOORS, metavar="FILE", help="other floors than the project's")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, print, and raise the floors if asked."""
    options = parse(arguments)
    floors = json.loads(options.floors.read_text("utf-8"))
    wrong = find_wrong_lines(case_files())
    fallen, changed = compare_cases(floors["wrong_lines"], wrong)
    if not fallen:
        floors["wrong_lines"] = {name: list(lines) for name, lines in sorted(wrong.items())}
    if options.quality:
        quality = json.loads(options.quality.read_text("utf-8"))
        try:
            check_origin(floors["origin"], quality["origin"])
        except GateError as error:
            print(error, file=sys.stderr)
            return 2
        figures = collect_figures(quality)
        fallen += find_fallen(floors["figures"], figures)
        floors |= {"origin": quality["origin"], "figures": lift(floors["figures"], figures)}
    if options.lift:
        options.floors.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")
    for sentence in (*changed, *(f"FELL: {each}" for each in fallen)):
        print(sentence)
    print(
        f"{'Some' if fallen else 'Nothing'} fell." + ("" if options.quality else " Only cases were compared; give --quality FILE")
    )
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
