r"""How well lines are told apart: any input × any cleaner, beside the gold.

``python benchmarks/quality.py --data wcxb-dev.jsonl.xz --cache inputs.jsonl --folds out/folds`` prints the table; README.md here
tells what the data is and what the figures mean. The inputs are what extractors make of each page's HTML (:mod:`data`), the
cleaners stand in :mod:`cleaners`, the figures in :mod:`metrics`. With ``--folds`` each page is cleaned by the card that was
fitted without its web domain: cross-validated figures, the only ones to quote of data that the shipped card was fitted on.

The clean main contents are fed in as pages, too: they tell what is lost where there is nothing to remove.
"""

from __future__ import annotations

import argparse
import json
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cleaners import CLEANERS, PEERS, cleantext, perfect
from data import DISGUISES, INPUTS, in_disguise, load_pages
from labels import words_of
from metrics import compare_words, judge_lines, lines_wanted, score_page, squeeze, summarise
from rich import box
from rich.console import Console
from rich.progress import track
from rich.table import Table

from cleantext import Cleaner
from cleantext.scorecard import parse_scorecard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    from data import Page
    from metrics import JudgedLine, Scores

    Figures = dict[str, dict[str, dict[str, dict[str, float | None]]]]
    """By input, cleaner, group of pages, and name."""

CLEAN = "main_content"
"""The input that holds nothing to remove."""
OURS = "cleantext"
COLUMNS = {
    "all": ("precision", "recall", "f1", "order", "with", "without", "line_precision", "line_recall", "line_f1"),
    "article": ("precision", "recall", "f1", "order", "with", "without", "line_f1"),
}
"""The columns of the table of all pages, and those of articles."""
HEADS = {"precision": "P", "recall": "R", "f1": "F1", "line_precision": "line P", "line_recall": "line R", "line_f1": "line F1"}

console = Console(width=240)  # no wider than the tables need, and the same in a file as at a terminal
err_console = Console(stderr=True)


class Plan(NamedTuple):
    """What is measured on each page."""

    inputs: tuple[str, ...]
    cleaners: tuple[str, ...]
    folds: Path | None
    """Where the cards of the folds are; None for the shipped card."""


class Study(NamedTuple):
    """How one input of one page went wrong."""

    page: Page
    missing: float
    """Word F1 that is missing to the perfect choice of lines."""
    wrong: list[JudgedLine]


# --- One page


@cache
def our_cleaner(folds: Path | None, fold: int) -> Cleaner:
    """The cleaner with the card of a fold, or with the shipped one."""
    return Cleaner(card=folds and parse_scorecard((folds / f"{fold}.json").read_text("utf-8")))


def find_cleaner(name: str, page: Page, folds: Path | None) -> Callable[[str], str]:
    """A cleaner by its name, as it is for one page."""
    if name == OURS:
        return partial(cleantext, cleaner=our_cleaner(folds, page.fold))
    return partial(perfect, gold=page.gold) if name == "perfect" else PEERS[name]


def measure_page(page: Page, plan: Plan) -> dict[tuple[str, str], Scores]:
    """The figures of a page by input and cleaner. Only ours cleans a second time."""
    found = {}
    for name in plan.inputs:
        text = page.inputs[name]
        wanted = lines_wanted(text, page.gold)
        for label in plan.cleaners:
            clean = find_cleaner(label, page, plan.folds)
            cleaned = clean(text)
            again = clean(squeeze(text, cleaned)) if label == OURS else cleaned
            found[name, label] = score_page(page, text, cleaned, wanted, again)
    return found


def study_page(page: Page, name: str, folds: Path | None) -> Study:
    """What our cleaner does wrong on an input of a page."""
    text, gold = page.inputs[name], words_of(page.gold)
    cleaned = find_cleaner(OURS, page, folds)(text)
    ours, best = (compare_words(words_of(each), gold)[2] for each in (cleaned, perfect(text, page.gold)))
    lines = judge_lines(text, cleaned, lines_wanted(text, page.gold))
    return Study(page, best - ours, [line for line in lines if line.wanted == line.removed])


def over_pages(work: Callable[[Page], Any], pages: Sequence[Page], processes: int, what: str) -> Iterator[Any]:
    """The work on each page, in order, in so many processes, with a bar of progress on standard error."""
    if processes == 1:
        yield from track(map(work, pages), what, len(pages), console=err_console)
        return
    with ProcessPoolExecutor(processes) as pool:
        yield from track(pool.map(work, pages, chunksize=4), what, len(pages), console=err_console)


# --- All pages


def group_pages(pages: Sequence[Page]) -> dict[str, dict[str, list[int]]]:
    """The numbers of the pages of each group: all of them, each page type, each language; large groups first."""
    groups: dict[str, dict[str, list[int]]] = {"all": {"all": list(range(len(pages)))}, "type": {}, "language": {}}
    for number, page in enumerate(pages):
        groups["type"].setdefault(page.page_type, []).append(number)
        groups["language"].setdefault(page.language, []).append(number)
    return {by: dict(sorted(found.items(), key=lambda item: -len(item[1]))) for by, found in groups.items()}


def gather(scores: Sequence[dict[tuple[str, str], Scores]], groups: dict[str, dict[str, list[int]]], plan: Plan) -> Figures:
    """The figures of all groups of pages."""
    members = {name: numbers for found in groups.values() for name, numbers in found.items()}
    return {
        name: {
            label: {group: summarise([scores[number][name, label] for number in numbers]) for group, numbers in members.items()}
            for label in plan.cleaners
        }
        for name in plan.inputs
    }


def measure(pages: Sequence[Page], plan: Plan, processes: int) -> tuple[Figures, dict[str, dict[str, int]]]:
    """All figures, and by type and language how many pages each group has."""
    scores = list(over_pages(partial(measure_page, plan=plan), pages, processes, "measuring"))
    groups = group_pages(pages)
    sizes = {by: {name: len(numbers) for name, numbers in found.items()} for by, found in groups.items()}
    return gather(scores, groups, plan), sizes


# --- What is printed


def show(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table, in Markdown."""
    table = Table(*heads, box=box.MARKDOWN)
    for row in rows:
        table.add_row(*row)
    console.print(f"\n{title}\n", highlight=False)
    console.print(table)


def decimals(figure: float | None) -> str:
    """A share from 0 to 1 as it stands in a table.

    >>> decimals(0.93456), decimals(None)
    ('.935', '–')
    """
    return "–" if figure is None else f"{figure:.3f}".removeprefix("0")


def percents(figure: float | None) -> str:
    """A small share as it stands in a table.

    >>> percents(0.00123)
    '0.12 %'
    """
    return "–" if figure is None else f"{figure:.2%}".replace("%", " %")


def show_quality(figures: Figures, sizes: dict[str, dict[str, int]]) -> None:
    """Print what cleaning makes of each input: over all pages, and over articles."""
    counts = {**sizes["all"], **sizes["type"]}
    for group, columns in COLUMNS.items():
        if group in counts:
            rows = [
                [name, label, *(decimals(by_group[group][column]) for column in columns)]
                for name, by_cleaner in figures.items() if name != CLEAN
                for label, by_group in by_cleaner.items()
            ]  # fmt: skip
            title = f"{'All pages' if group == 'all' else 'Articles'}: {counts[group]}"
            show(title, ["input", "cleaner", *(HEADS.get(column, column) for column in columns)], rows)


def show_groups(figures: Figures, sizes: dict[str, dict[str, int]], by: str) -> None:
    """Print word F1 by page type or language."""
    rows = [
        [name, label, *(decimals(by_group[group]["f1"]) for group in sizes[by])]
        for name, by_cleaner in figures.items() if name != CLEAN
        for label, by_group in by_cleaner.items()
    ]  # fmt: skip
    show(
        f"Word F1 by {by}, with the number of pages",
        ["input", "cleaner", *(f"{n} {size}" for n, size in sizes[by].items())],
        rows,
    )


def show_loss(figures: Figures) -> None:
    """Print what is lost of text without chrome, and what a second cleaning takes away."""
    rows = [
        [label, *(percents(by_group[group]["lost"]) if group in by_group else "–" for group in COLUMNS)]
        for label, by_group in figures[CLEAN].items()
    ]
    show("Words of clean text lost", ["cleaner", *COLUMNS], rows)
    if OURS in figures[CLEAN]:
        again = [percents(by_cleaner[OURS]["all"]["lost_again"]) for by_cleaner in figures.values()]
        show("Words lost in a second cleaning", ["cleaner", *figures], [[OURS, *again]])


def show_errors(studies: Sequence[Study], name: str, count: int) -> None:
    """Print the worst pages of an input with their wrong lines, and the worst lines of all pages."""
    for study in sorted(studies, key=lambda study: -study.missing)[:count]:
        console.rule(f"{name}: {study.page.page_type} {study.page.url}, {study.missing:.3f} below the perfect choice of lines")
        for line in study.wrong:
            show_line(line)
    console.rule(f"{name}: the worst lines")
    wrong = [(line, study.page) for study in studies for line in study.wrong]
    for line, page in sorted(wrong, key=lambda each: -each[0].words)[:count]:
        console.print(f"\n{page.page_type} {page.url}", highlight=False)
        show_line(line)


def show_line(line: JudgedLine) -> None:
    """Print a wrong line: how, how many words, and its beginning."""
    start = f"{'lost' if line.wanted else 'leaked':6} {line.words:4}  {line.text.strip()}"
    console.print(start, markup=False, highlight=False, overflow="ellipsis", no_wrap=True)


# --- The command


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command's arguments."""

    def names(allowed: Sequence[str]) -> Callable[[str], list[str]]:
        def split(value: str) -> list[str]:
            chosen = value.split(",")
            if unknown := [name for name in chosen if name not in allowed]:
                raise argparse.ArgumentTypeError(f"no such name: {', '.join(unknown)}; choose from {', '.join(allowed)}")
            return chosen

        return split

    parser = argparse.ArgumentParser(description="How well lines are told apart: any input × any cleaner, beside the gold.")
    parser.add_argument("--data", type=Path, required=True, metavar="FILE", help="pages with their gold, JSON lines")
    parser.add_argument("--cache", type=Path, default=Path("out/inputs.jsonl"), help="extractor outputs, made if missing")
    parser.add_argument("--folds", type=Path, metavar="DIR", help="cards of fit.py --folds; without it the shipped card")
    parser.add_argument("--inputs", type=names(list(INPUTS)), default=list(INPUTS), help="comma-separated; default: all")
    parser.add_argument("--cleaners", type=names(CLEANERS), default=list(CLEANERS), help="comma-separated; default: all")
    parser.add_argument("--by", type=names(["type", "language"]), default=[], help="further tables: type,language")
    parser.add_argument(
        "--pages", type=int, metavar="N", help="only about N pages, spread evenly over the data: for a quick look"
    )
    parser.add_argument(
        "--disguise", choices=DISGUISES, help="in letters of a language that no file covers: what is done where no word is known"
    )
    parser.add_argument("--errors", type=int, metavar="N", help="print the N worst pages and lines of each input, and no table")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there, of all types and languages")
    parser.add_argument("-j", type=int, default=2, dest="processes", metavar="N", help="processes; default: 2")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    options = parse(arguments)
    pages = load_pages(options.data, options.cache)
    total = len(pages)
    if options.pages:
        pages = pages[:: max(1, total // options.pages)]
    if options.disguise:
        pages = [in_disguise(page, options.disguise) for page in pages]
    if options.errors:
        for name in options.inputs:
            work = partial(study_page, name=name, folds=options.folds)
            show_errors(list(over_pages(work, pages, options.processes, f"studying {name}")), name, options.errors)
        return
    plan = Plan((*options.inputs, CLEAN), tuple(options.cleaners), options.folds)
    figures, sizes = measure(pages, plan, options.processes)
    show_quality(figures, sizes)
    for by in options.by:
        show_groups(figures, sizes, by)
    show_loss(figures)
    if options.json:
        data = f"{options.data.name} in {options.disguise} letters" if options.disguise else options.data.name
        origin = {"data": data, "pages": len(pages), "of": total, "cross_validated": options.folds is not None}
        written = json.dumps({"origin": origin, "groups": sizes, "figures": figures}, indent=1)
        options.json.write_text(written + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
