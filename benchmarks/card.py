"""The scorecard as a table that a person can read: ``python benchmarks/card.py [--state whole] [--rows 16]``.

Each row is a measurement of the second pass and what its lowest, middle and highest bins are worth, in log-odds of main content;
those that move a score most come first. Of a measurement whose values are names, the names at both ends are told. The table in
the README is made so.
"""

from __future__ import annotations

import argparse
import json
from importlib import resources
from typing import TYPE_CHECKING, Any

from cleantext.context import CONTEXT
from cleantext.measure import MEASUREMENTS
from cleantext.scorecard import STATES
from cleantext.wording import WORDING

if TYPE_CHECKING:
    from collections.abc import Iterator

MEANINGS = {**dict(MEASUREMENTS), WORDING: "what its words are worth", **dict(CONTEXT)}


def table(source: dict[str, Any], state: str, rows: int) -> str:
    """The widest rows of the second pass's card, as Markdown.

    Args:
        source: the scorecard as its file has it.
        state: whose card: one of :data:`cleantext.scorecard.STATES`.
        rows: how many.
    """
    points = source["second"][state]["points"]
    widest = sorted(points, key=lambda name: (-_spread(points[name]), name))[:rows]
    head = ["| measurement | low | middle | high |", "| --- | --- | --- | --- |"]
    return "\n".join([*head, *(f"| {MEANINGS[name]} | {' | '.join(_cells(points[name]))} |" for name in widest)])


def _spread(worth: Any) -> int:
    values = list(_values(worth))
    return max(values) - min(values)


def _values(worth: Any) -> Iterator[int]:
    yield from (worth.values() if isinstance(worth, dict) else (each for _, each in worth))


def _cells(worth: Any) -> list[str]:
    if isinstance(worth, dict):
        lowest, highest = min(worth, key=worth.__getitem__), max(worth, key=worth.__getitem__)
        return [f"{_log_odds(worth[lowest])} {lowest}", "", f"{_log_odds(worth[highest])} {highest}"]
    return [_log_odds(worth[place][1]) for place in (0, len(worth) // 2, -1)]


def _log_odds(points: int) -> str:
    """Hundredths of log-odds as log-odds, with a typographer's minus."""
    return "0" if abs(points) < 5 else f"{points / 100:+.1f}".replace("-", "−")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--state", choices=STATES, default=STATES[0], help="of which pages: whole ones if left out")
    parser.add_argument("--rows", type=int, default=16, metavar="N", help="how many measurements, 16 if left out")
    options = parser.parse_args()
    source = json.loads((resources.files("cleantext") / "data" / "scorecard.json").read_text(encoding="utf-8"))
    print(table(source, options.state, options.rows))


if __name__ == "__main__":
    main()
