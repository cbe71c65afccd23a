"""How time and memory grow with the length of a page, and inputs made to hurt.

Each input is measured in a process of its own with a time limit, because one that hurts would spoil the figures of the others.
:mod:`speed` runs both tables and describes them; ``python benchmarks/growth.py NAME SIZE content`` measures one input.
"""

from __future__ import annotations

import argparse
import gc
import json
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from functools import cache
from math import log10
from pathlib import Path
from typing import Any

from cleantext import annotate

HERE = Path(__file__).parent
SLOWEST = 5.0  # times the cost that its bytes and lines should have; an input that costs more is flagged
STEEPEST = 1.5  # power of the size; 1 is linear, 2 quadratic; arrays that outgrow the caches make up to 1.4 of 1
JITTER = 0.1  # seconds; the power of a time below this says nothing

Page = Callable[[int], str]


# --- Inputs of any size


def repeated(unit: str, start: str = "", end: str = "") -> Page:
    """A page of one thing over and over."""

    def page(size: int) -> str:
        times = max(1, (size - len(start.encode()) - len(end.encode())) // len(unit.encode()))
        return start + unit * times + end

    return page


@cache
def sample() -> str:
    """One page with chrome and an article."""
    return (HERE / "samples" / "en-news.txt").read_text(encoding="utf-8")


def prose(size: int) -> str:
    """The sample's article over and over, a blank line between its lines."""
    return repeated("\n\n".join(line for line in sample().splitlines() if len(line) > 200) + "\n\n")(size)


def numbered(size: int) -> str:
    """Short lines, none of them like another."""
    return "".join(f"item {number}\n" for number in range(size // 11))


_TELLING = "The council met on Monday and talked for three hours about the price of the new bridge. "
WORST: dict[str, Page] = {
    "prose": prose,
    "short lines, all different": numbered,
    "one line of prose": lambda size: prose(size).replace("\n\n", " "),
    "empty lines": repeated("\n"),
    "empty lines between two words": repeated("\n", "word", "word"),
    "a word and an empty line": repeated("a\n\n"),
    "content and chrome in turn": repeated(_TELLING + "\n\nAdvertisement\n\n"),
    "spaces between two words": repeated(" ", "word", "word"),
    "one letter, no space": repeated("x"),
    "capitals, no space": repeated("ABCDEFGH"),
    "digits, no space": repeated("0123456789"),
    "ideographs, one line": repeated("河边的旧书摊只剩下两家"),
    "ideographs with full stops, one line": repeated("河边的旧书摊只剩下两家。"),
    "one short line": repeated("Read more\n"),
    "one longer line": repeated(_TELLING + "\n"),
    "punctuation, one line": repeated("!?.,;:-—…"),
    "full stops, one line": repeated("."),
    "full stops and quotation marks": repeated('."'),
    "punctuation, a mark a line": repeated("!\n"),
    "glued phrases, one line": repeated("Read more "),
    "glued phrases with bars, one line": repeated("Read more | ", end=_TELLING),
    "glued phrases at the start": repeated("READ MORE ", end=_TELLING),
    "glued phrases at the end": repeated(" Read more", _TELLING),
    "glued phrases around each line": repeated("READ MORE " + _TELLING + "Read more\n"),
    "slashes": repeated("a/"),
    "names and slashes, lines": repeated("Ann Lee/Ann Lee/" * 24 + "!\n"),
    "opening brackets, one line": repeated("("),
    "opening brackets, lines": repeated("(" * 110 + "\n"),
    "handles, one line": repeated("@someone "),
    "handles, lines": repeated("@someone\n"),
    "dots and at signs, one word": repeated("a@a."),
    "names, one line": repeated("By Ann Lee and "),
    "bars, one line": repeated("Home | "),
    "closers": repeated("Keep Reading\n"),
    "teasers": repeated("THE VALE\n\n" + _TELLING + "\n\nKeep Reading\n\n", (_TELLING + "\n\n") * 9),
    "teasers far apart": repeated("THE VALE\n\n" + _TELLING + "\n\nKeep Reading\n\n" + (_TELLING + "\n\n") * 13),
    "captions, one block": repeated("Photograph: Ann Lee\n"),
    "combining marks": repeated("e\u0301\u0302\u0303"),
    "byte order marks": repeated("\ufeff"),
    "line breaks of all kinds": repeated("a\r\nb\rc\nd\u2028e\x0bf\x85"),
}  # fmt: skip
"""Inputs made to hurt. The first tells what a byte should cost, the second what a line should."""


# --- Growth and worst inputs, each in a fresh process


def probe(name: str, size: int, look: str, *, memory: bool) -> dict[str, float]:
    """Time one input, and its peak memory if asked; runs in a process of its own.

    As in :mod:`timeit`, the garbage collector rests meanwhile: how often it runs depends on what else the process holds.
    """
    page = repeated(sample() + "\n")(size) if name == "page" else WORST[name](size)
    annotate(sample()).decisions  # noqa: B018  # loads all tables
    gc.disable()
    took: list[float] = []
    while len(took) < 3 and sum(took) < 1:
        start = time.process_time()
        getattr(annotate(page), look)
        took.append(time.process_time() - start)
    result = {"bytes": float(len(page.encode())), "lines": float(len(page.splitlines())), "seconds": min(took)}
    if memory:
        tracemalloc.start()
        getattr(annotate(page), look)
        result["peak"] = float(tracemalloc.get_traced_memory()[1])
    return result


def ask(name: str, size: int, look: str, *, limit: float, memory: bool = False) -> dict[str, float] | None:
    """What :func:`probe` measures in a fresh process; None when that takes longer than ``limit`` seconds."""
    command = [sys.executable, __file__, name, str(size), look, *(["--memory"] if memory else [])]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        raise SystemExit(f"{name!r}, {size} bytes: {done.stderr.strip() or f'ended with code {done.returncode}'}")
    found: dict[str, float] = json.loads(done.stdout)
    return found


def grow(limit: float) -> tuple[dict[str, Any], bool]:
    """Print and return time and memory of a page made longer, and whether they grow faster than the page."""
    table: dict[str, Any] = {}
    length = len(sample().encode()) + 1
    print(f"\n{'one page, made longer':36}{'KB':>8}{'ms':>10}{'ms/KB':>10}{'MB peak':>10}{'KB/KB':>10}")
    for look in ("content", "decisions"):
        found = [ask("page", length * times, look, limit=limit, memory=True) for times in (1, 10, 100)]
        table[look] = found
        for each in found:
            if each is not None:
                kilobytes, milliseconds = each["bytes"] / 1e3, 1e3 * each["seconds"]
                print(f"{look:36}{kilobytes:8.1f}{milliseconds:10.2f}{milliseconds / kilobytes:10.3f}", end="")
                print(f"{each['peak'] / 1e6:10.2f}{each['peak'] / each['bytes']:10.1f}")
    flagged = any(
        last is None or (middle is not None and last[what] > 10**STEEPEST * middle[what])
        for _, middle, last in table.values() for what in ("seconds", "peak")
    )  # fmt: skip
    return table, flagged


class Costs:
    """What bytes and lines should cost, learnt from the first two of :data:`WORST`."""

    def __init__(self) -> None:
        self.byte = self.line = 0.0

    def learn(self, found: dict[str, float]) -> None:
        """Take the cost of a byte, or else of a line, from one input."""
        if not self.byte:
            self.byte = found["seconds"] / found["bytes"]
        elif not self.line:
            self.line = max(found["seconds"] - self.byte * found["bytes"], 1e-9) / found["lines"]

    def ratios(self, found: dict[str, float]) -> tuple[float, float]:
        """How many times the cost of prose of its size an input has, and of its bytes and lines."""
        prose_cost = self.byte * found["bytes"]
        return found["seconds"] / prose_cost, found["seconds"] / (prose_cost + self.line * found["lines"])


def hurt(look: str, size: int, limit: float) -> tuple[dict[str, Any], list[str]]:
    """Print and return the worst inputs' table, and the names of those flagged."""
    print(f"\n{look + f', {size / 1e6:g} MB':40}{'s':>8}{'× prose':>10}{'× expected':>12}{'power':>8}{'peak B/B':>10}")
    table: dict[str, Any] = {}
    flagged: list[str] = []
    costs = Costs()
    for name in WORST:
        small = ask(name, size // 10, look, limit=limit, memory=True)
        large = None if small is None else ask(name, size, look, limit=limit)
        if small is None or large is None:
            table[name] = None
            flagged.append(name)
            print(f"{name:40}{'over the limit of ' + format(limit, 'g') + ' s':>48}  FLAGGED", flush=True)
            continue
        costs.learn(large)
        to_prose, to_expected = costs.ratios(large)
        power = log10(max(large["seconds"], 1e-6) / max(small["seconds"], 1e-6))
        peak = small["peak"] / small["bytes"]
        slow = large["seconds"] > JITTER and (to_expected > SLOWEST or power > STEEPEST)
        flagged += [name] if slow else []
        table[name] = {
            "seconds": large["seconds"],
            "to_prose": to_prose,
            "to_expected": to_expected,
            "power": power,
            "peak": peak,
        }
        figures = f"{large['seconds']:8.3f}{to_prose:10.2f}{to_expected:12.2f}{power:8.2f}{peak:10.1f}"
        print(f"{name:40}{figures}{'  FLAGGED' if slow else ''}", flush=True)
    return table, flagged


def main() -> None:
    """Measure one input and print the figures as JSON."""
    parser = argparse.ArgumentParser(description="Time, and with --memory the peak memory, of one input.")
    parser.add_argument("name", choices=("page", *WORST))
    parser.add_argument("size", type=int, help="bytes")
    parser.add_argument("look", choices=("content", "decisions"), help="what is asked of the cleaned page")
    parser.add_argument("--memory", action="store_true")
    options = parser.parse_args()
    print(json.dumps(probe(options.name, options.size, options.look, memory=options.memory)))


if __name__ == "__main__":
    main()
