"""How fast pages of plain text are cleaned, beside named peers, and how time and memory grow.

Absolute times mean little: machines differ, and a shared one changes its mind from second to second. So every figure is a
ratio to something that ran beside it. All contestants clean the same pages in turns, round after round, on one core, timed
by the processor's clock; a ratio is taken within each round, and the median of the rounds is what counts.

* **Race**: a mixed corpus (the project's seeds and ``samples/``, and any JSONL file of pages), against the floor (decode, split
  into lines, join), datatrove's C4 line rules, and jusText with each line as a paragraph.
* **Growth**: one page made 10 and 100 times as long must take 10 and 100 times the time and memory.
* **Worst inputs**: inputs made to hurt, each in a process of its own with a time limit, beside prose of the same size. An
  input is flagged when ten times its size takes much more than ten times its time, or when it takes far more than it should:
  what its bytes cost in prose, and what its lines cost in a page of short lines.

Run ``python benchmarks/speed.py``; ``--quick`` takes about a minute. The exit code is 1 when anything is flagged.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from html import escape
from itertools import count
from math import log10
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from cleantext import Cleaner, annotate, clean

HERE = Path(__file__).parent
SLOWEST = 5.0  # times the cost that its bytes and lines should have; an input that costs more is flagged
STEEPEST = 1.5  # power of the size; 1 is linear, 2 quadratic; arrays that outgrow the caches make up to 1.4 of 1
JITTER = 0.1  # seconds; the power of a time below this says nothing

Page = Callable[[int], str]


class Contestant(NamedTuple):
    """One way of cleaning the corpus."""

    name: str
    pages: Sequence[Any]
    """The corpus in the form that it reads; making that form is not timed."""
    run: Callable[[Sequence[Any]], None]


# --- The corpus


def read_pages(corpus: Path | None, text_key: str) -> list[str]:
    """Seeds, samples and the pages of ``corpus``, without those that the C4 rules would drop before they looked at every line."""
    files = sorted((HERE.parent / "seeds").glob("*.txt")) + sorted((HERE / "samples").glob("*.txt"))
    pages = [file.read_text(encoding="utf-8") for file in files]
    if corpus is not None:
        with corpus.open(encoding="utf-8") as lines:
            pages += [json.loads(line)[text_key] for line in lines]
    return [page for page in pages if "{" not in page and "lorem ipsum" not in page.lower()]


def repeat_pages(pages: Sequence[str], size: int) -> list[str]:
    """The pages in turn, until they hold ``size`` bytes; at least one of each, unless that is more."""
    chosen: list[str] = []
    for number in count():
        if size <= 0:
            break
        chosen.append(pages[number % len(pages)])
        size -= len(chosen[-1].encode())
    return chosen


# --- The race


def our_contestants(pages: Sequence[str]) -> Iterator[Contestant]:
    """The cleaner in its modes."""
    cleaner = Cleaner()

    def stream(texts: Sequence[str]) -> None:
        for document in cleaner.annotate_many(texts):
            document.content  # noqa: B018  # computed when read

    def account(texts: Sequence[str]) -> None:
        for document in cleaner.annotate_many(texts):
            document.content, document.decisions  # noqa: B018

    def single(texts: Sequence[str]) -> None:
        for text in texts:
            clean(text)

    yield Contestant("cleantext, stream", pages, stream)
    yield Contestant("cleantext, page by page", pages, single)
    yield Contestant("cleantext, with the whole account", pages, account)


def floor(pages: Sequence[str]) -> Contestant:
    """What no cleaner of lines in Python can be faster than."""

    def run(texts: Sequence[bytes]) -> None:
        for text in texts:
            "\n".join(text.decode().split("\n"))

    return Contestant("floor: decode, split, join", [page.encode() for page in pages], run)


def c4_rules(pages: Sequence[str]) -> Contestant:
    """datatrove's C4 rules with the counting of sentences off; they change the document, so each gets a new one."""
    from datatrove.data import Document
    from datatrove.pipeline.filters import C4QualityFilter

    rules = C4QualityFilter(min_num_sentences=-1)

    def run(texts: Sequence[str]) -> None:
        for text in texts:
            rules.filter(Document(text=text, id=""))

    return Contestant("datatrove C4 rules", pages, run)


def justext(pages: Sequence[str]) -> Contestant:
    """jusText with each line as a paragraph."""
    import justext as package

    stopwords = package.get_stoplist("English")
    html = ["<html><body>" + "".join(f"<p>{escape(line)}</p>" for line in page.split("\n")) + "</body></html>" for page in pages]

    def run(texts: Sequence[str]) -> None:
        for text in texts:
            package.justext(text, stopwords)

    return Contestant("jusText", html, run)


def enter(pages: Sequence[str]) -> list[Contestant]:
    """All contestants whose packages are installed."""
    entered = [*our_contestants(pages), floor(pages)]
    for name, peer in (("datatrove", c4_rules), ("justext", justext)):
        try:
            entered.append(peer(pages))
        except ImportError as error:
            print(f"{name} is left out, it cannot be imported ({error}): pip install 'cleantext-web[bench]'", file=sys.stderr)
    return entered


def race(contestants: Sequence[Contestant], rounds: int) -> dict[str, list[float]]:
    """The seconds of each contestant in each round; one more round goes before and does not count."""
    seconds: dict[str, list[float]] = {contestant.name: [] for contestant in contestants}
    for number in range(rounds + 1):
        first = number % len(contestants)
        for contestant in (*contestants[first:], *contestants[:first]):
            start = time.process_time()
            contestant.run(contestant.pages)
            took = time.process_time() - start
            if number:
                seconds[contestant.name].append(took)
    return seconds


def print_race(seconds: dict[str, list[float]], size: int, ours: int = 3) -> dict[str, Any]:
    """Print the table of the race and return it."""
    peers = list(seconds)[ours:]
    table: dict[str, Any] = {}
    print(f"{'':36}{'MB/s':>8}{'spread':>16}" + "".join(f"{'× ' + peer.split(':')[0]:>22}" for peer in peers))
    for name, took in seconds.items():
        speeds = [size / 1e6 / each for each in took]
        ratios = {peer: round(median(theirs / own for own, theirs in zip(took, seconds[peer], strict=True)), 4) for peer in peers}
        table[name] = {"mb_per_s": round(median(speeds), 3), "lowest": round(min(speeds), 3), "highest": round(max(speeds), 3)}
        table[name]["ratio_to"] = ratios
        spread = f"{min(speeds):.2f}–{max(speeds):.2f}"
        print(f"{name:36}{median(speeds):8.2f}{spread:>16}" + "".join(f"{ratio:22.3f}" for ratio in ratios.values()))
    return table


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
    command = [sys.executable, __file__, "--probe", name, "--size", str(size), "--look", look, *(["--memory"] if memory else [])]
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


# --- The command


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command's arguments."""
    parser = argparse.ArgumentParser(description="Speed of cleaning plain text beside named peers, and how time and memory grow.")
    parser.add_argument("--corpus", type=Path, metavar="FILE.jsonl", help="further pages, one JSON object a line")
    parser.add_argument("--text-key", default="text", metavar="KEY", help="where in each object the page stands (default: text)")
    parser.add_argument("--megabytes", type=float, metavar="N", help="size of the race's corpus (default: 3; quick: 0.5)")
    parser.add_argument("--rounds", type=int, metavar="N", help="rounds of the race (default: 7; quick: 3)")
    parser.add_argument("--limit", type=float, default=120.0, metavar="SECONDS", help="time limit of each input (default: 120)")
    parser.add_argument("--only", choices=("race", "growth", "worst"), help="only this part")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there")
    parser.add_argument("--quick", action="store_true", help="smaller inputs, fewer rounds")
    parser.add_argument("--probe", help=argparse.SUPPRESS)
    parser.add_argument("--size", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--look", help=argparse.SUPPRESS)
    parser.add_argument("--memory", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def run_race(options: argparse.Namespace) -> dict[str, Any]:
    """Run the race and print it."""
    pages = read_pages(options.corpus, options.text_key)
    pages = repeat_pages(pages, int(1e6 * (options.megabytes or (0.5 if options.quick else 3))))
    rounds = options.rounds or (3 if options.quick else 7)
    size = sum(len(page.encode()) for page in pages)
    print(f"{size / 1e6:.2f} MB of UTF-8 in {len(pages)} pages, {rounds} rounds; speeds are medians, ratios are of speeds\n")
    return {"megabytes": size / 1e6, "pages": len(pages), "rounds": rounds, "table": print_race(race(enter(pages), rounds), size)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the parts that were asked for."""
    options = parse(arguments)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    if options.probe:
        print(json.dumps(probe(options.probe, options.size, options.look, memory=options.memory)))
        return 0
    found: dict[str, Any] = {"python": platform.python_version()}
    flagged: list[str] = []
    if options.only in {None, "race"}:
        found["race"] = run_race(options)
    if options.only in {None, "growth"}:
        found["growth"], steep = grow(options.limit)
        flagged += ["growth of one page"] if steep else []
    if options.only in {None, "worst"}:
        size = 1_000_000 if options.quick else 10_000_000
        for look, most in (("content", size), ("decisions", size // 10)):
            found[f"worst_{look}"], names = hurt(look, most, options.limit)
            flagged += [f"{name} ({look})" for name in names]
    if options.json is not None:
        options.json.write_text(json.dumps({**found, "flagged": flagged}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"\nFlagged: {', '.join(flagged) or 'nothing'}")
    return 1 if flagged else 0


if __name__ == "__main__":
    sys.exit(main())
