r"""How well the cleaner does: ``python benchmarks/quality.py --data wcxb-dev.jsonl.xz --cache inputs.jsonl --folds out/folds``.

Any input × any cleaner. Word precision, recall and F1 are those of the data's public script: over the bag of lower-cased ``\w+``
words of a page, then the mean over pages. ``with`` is the share of wanted snippets kept, ``without`` the share of unwanted ones
leaked. With ``--folds`` each page is cleaned by the card that was fitted without its web domain: cross-validated figures.

The clean main contents, fed in as pages, tell what is lost where there is nothing to remove, and what a second cleaning removes.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from data import FOLDS, INPUTS, load_pages
from labels import label_lines, words_of
from rich.console import Console
from rich.progress import track
from rich.table import Table

from cleantext import Cleaner
from cleantext.scorecard import parse_scorecard

if TYPE_CHECKING:
    from collections.abc import Callable

    from data import Page

    Clean = Callable[[Page, str], str]

console = Console(width=150)


def f1(text: str, gold: str) -> tuple[float, float, float]:
    """Word precision, recall and F1 of a text against the gold."""
    have, want = Counter(words_of(text)), Counter(words_of(gold))
    common = (have & want).total()
    if not common:
        return 0.0, 0.0, 0.0
    precision, recall = common / have.total(), common / want.total()
    return precision, recall, 2 * precision * recall / (precision + recall)


def best_lines(page: Page, text: str) -> str:
    """The ceiling: the lines most of whose words belong to the gold."""
    lines = text.splitlines()
    labels, _ = label_lines(lines, page.gold)
    return "\n".join(line for line, label in zip(lines, labels, strict=True) if label >= 0.5)


def snippets(text: str, wanted: tuple[str, ...]) -> float:
    """Share of the snippets that the text holds; not a number when there are none."""
    return sum(snippet in text for snippet in wanted) / len(wanted) if wanted else float("nan")


def measure(pages: list[Page], name: str, clean: Clean) -> np.ndarray:
    """Precision, recall, F1, wanted and unwanted of each page."""
    rows = []
    for page in pages:
        text = clean(page, page.inputs[name])
        rows.append((*f1(text, page.gold), snippets(text, page.wanted), snippets(text, page.unwanted)))
    return np.array(rows)


def show_inputs(pages: list[Page], inputs: list[str], cleaners: dict[str, Clean]) -> dict[str, dict[str, list[float]]]:
    """Print the table of inputs and cleaners; articles stand in columns of their own."""
    columns = (f"{group} {figure}" for group in ("all", "art.") for figure in ("P", "R", "F1", "with", "without"))
    table = Table("input", "cleaner", *columns)
    articles = np.array([page.page_type == "article" for page in pages])
    figures: dict[str, dict[str, list[float]]] = {}
    for name in track(inputs, "inputs", console=Console(stderr=True)):
        for label, clean in cleaners.items():
            rows = measure(pages, name, clean)
            means = [*np.nanmean(rows, axis=0), *np.nanmean(rows[articles], axis=0)]
            figures.setdefault(name, {})[label] = [round(float(mean), 4) for mean in means]
            table.add_row(name, label, *(f"{mean:.3f}" for mean in means))
    console.print(table)
    return figures


def show_loss(pages: list[Page], clean: Clean) -> dict[str, float]:
    """Print what is lost of text that has no chrome, and what a second cleaning loses on top."""
    once, twice, articles = [], [], []
    for page in pages:
        words = len(words_of(page.gold))
        if words:
            first = clean(page, page.gold)
            left = len(words_of(first))
            once.append((words - left, words))
            twice.append((left - len(words_of(clean(page, first))), left))
            articles.append(page.page_type == "article")
    lost, again, chosen = np.array(once), np.array(twice), np.array(articles)
    figures = {
        "clean_words_lost": lost[:, 0].sum() / lost[:, 1].sum(),
        "clean_words_lost_articles": lost[chosen, 0].sum() / lost[chosen, 1].sum(),
        "clean_words_lost_mean_of_pages": (lost[:, 0] / lost[:, 1]).mean(),
        "lost_again": again[:, 0].sum() / again[:, 1].sum(),
    }
    for name, figure in figures.items():
        console.print(f"{name:32} {figure:.4%}")
    return {name: float(figure) for name, figure in figures.items()}


def show_second_cleaning(pages: list[Page], inputs: list[str], clean: Clean) -> dict[str, float]:
    """Print the share of words that cleaning a cleaned page removes."""
    figures = {}
    for name in inputs:
        left = more = 0
        for page in pages:
            first = clean(page, page.inputs[name])
            left += len(words_of(first))
            more += len(words_of(first)) - len(words_of(clean(page, first)))
        figures[name] = more / left
        console.print(f"removed by a second cleaning, {name:14} {figures[name]:.4%}")
    return figures


def show_errors(pages: list[Page], name: str, clean: Clean, count: int) -> None:
    """Print the worst pages of an input and their wrong lines."""
    scored = sorted(pages, key=lambda page: f1(clean(page, page.inputs[name]), page.gold)[2])
    for page in scored[:count]:
        console.rule(f"{page.page_type} {page.url}")
        text = page.inputs[name]
        kept = set(clean(page, text).splitlines())
        lines = [line for line in text.splitlines() if line.strip()]
        labels, _ = label_lines(lines, page.gold)
        for line, label in zip(lines, labels, strict=True):
            if (line in kept) != (label >= 0.5):
                console.print("lost  " if label >= 0.5 else "leaked", line[:120], markup=False, highlight=False)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path("out/inputs.jsonl"), help="extractor outputs, made if missing")
    parser.add_argument("--folds", type=Path, help="cards that benchmarks/fit.py --folds wrote; without it the shipped card")
    parser.add_argument("--inputs", default=",".join(INPUTS), help="comma-separated")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print the N worst pages of the first input")
    parser.add_argument("--json", type=Path, help="write the figures here")
    arguments = parser.parse_args()
    pages = load_pages(arguments.data, arguments.cache)
    inputs = arguments.inputs.split(",")
    if arguments.folds:
        by_fold = [Cleaner(card=parse_scorecard((arguments.folds / f"{fold}.json").read_text("utf-8"))) for fold in range(FOLDS)]
    else:
        by_fold = [Cleaner()] * FOLDS

    def ours(page: Page, text: str) -> str:
        return by_fold[page.fold](text)

    if arguments.errors:
        show_errors(pages, inputs[0], ours, arguments.errors)
        return
    cleaners: dict[str, Clean] = {"none": lambda _, text: text, "cleantext": ours, "best lines": best_lines}
    figures = {
        "inputs": show_inputs(pages, inputs, cleaners),
        "loss": show_loss(pages, ours),
        "second": show_second_cleaning(pages, inputs, ours),
    }
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
