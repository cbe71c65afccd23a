"""How fast pages of plain text are cleaned, beside named peers, and how time and memory grow.

Absolute times mean little: machines differ, and a shared one changes its mind from second to second. So every figure is a
ratio to something that ran beside it. All contestants clean the same pages in turns, round after round, on one core, timed
by the processor's clock; a ratio is taken within each round, and the median of the rounds is what counts.

* **Race**: a mixed corpus (the project's seeds and ``samples/``, and any JSONL file of pages), against the floor (decode, split
  into lines, join), datatrove's C4 line rules, and jusText with each line as a paragraph.
* **Growth**: one page made 10 and 100 times as long must take 10 and 100 times the time and memory.
* **Worst inputs**: inputs made to hurt, each in a process of its own with a time limit, beside prose of the same size. An
  input is flagged when ten times its size takes much more than ten times its time, or when it takes far more than it should:
  what its bytes cost in prose, and what its lines cost in a page of short lines. This and the growth are in :mod:`growth`.

Run ``python benchmarks/speed.py``; ``--quick`` takes about a minute. The exit code is 1 when anything is flagged.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from html import escape
from itertools import count
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from growth import grow, hurt

from cleantext import Cleaner, clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

HERE = Path(__file__).parent


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
