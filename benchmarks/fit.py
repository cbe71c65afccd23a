"""Fit the scorecard: ``python benchmarks/fit.py --data wcxb-dev.jsonl.xz --cache inputs.jsonl``.

Labels come from :mod:`labels`. Every page counts alike, its lines by the square root of their words. A card is a sum of one-split
trees (boosted stumps), which is a sum of step functions of single measurements: exactly a table of bins and points. Small
symmetric trees on top of the cards say what values mean together. The first
card is fitted on the measurements; the second on these and on the context made from the first pass's scores, which come from
the folds that did not see the page. The second pass has a card for whole pages and a gentler one for text that is mostly prose
already, as extractors give it. The clean main contents themselves are pages of the data too: they teach what must not be lost.

Some things the data does not say, because its gold was made for another end: there are hardly any credits in it, and a headline
is often left out. :data:`POLICY` says those; each is a bound on fitted points, and is written to the file beside them.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import catboost
import lightgbm
import numpy as np
from data import FOLDS, INPUTS, load_pages
from labels import label_lines
from rich.progress import track

from cleantext.cleaner import examine
from cleantext.context import measure_context
from cleantext.lexicon import tables
from cleantext.measure import CATEGORIES, NAMES, phrase_code
from cleantext.model import CONTENT_KINDS, Kind
from cleantext.rules import RULES
from cleantext.score import page_states
from cleantext.scorecard import CONTEXT_NAMES, STATES, parse_card, parse_trees

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_LINES = 350_000  # more changed nothing but the time
WEIGHTS = {"readability": 0.6, "justext": 0.6}
STUMPS = {
    "objective": "cross_entropy", "num_leaves": 2, "learning_rate": 0.4, "feature_fraction": 0.5, "bagging_fraction": 0.5,
    "bagging_freq": 1, "min_data_in_leaf": 100, "min_data_per_group": 50, "cat_smooth": 20, "seed": 1, "verbose": -1,
    "deterministic": True, "force_row_wise": True,
}  # fmt: skip
TREES = {
    "loss_function": "CrossEntropy", "depth": 5, "iterations": 100, "learning_rate": 0.15, "random_seed": 1, "thread_count": 2,
    "verbose": 0, "border_count": 64, "rsm": 0.5, "bootstrap_type": "Bernoulli", "subsample": 0.5, "boosting_type": "Plain",
    "allow_writing_files": False,
}  # fmt: skip
SHIFT = {"whole": 40, "extracted": 100, "clean": 140}
"""Points added to every line: where the line between the labels lies. Chosen on the folds: see README.md."""
POLICY = {
    "line": -450,  # the whole line is a phrase: it was listed because nobody writes it as a sentence
    "part": -250,  # a part of a line that is no long prose
    "credit": -350,  # the same for captions and bylines, of which the gold keeps some
    "clean": -250,  # either where a page betrays next to no chrome otherwise: there it may be a heading
    "shape": {
        "shape.copyright": -400,
        "shape.credit": -350,
        "shape.byline": -350,
        "shape.dateline": -250,
        "shape.date": -150,
        "shape.tags": -350,
        "shape.teaser": -350,
        "shape.breadcrumb": -200,
        "shape.link_list": -100,
    },
}
STRUCTURE = {
    "structure.teaser_river": -1000, "structure.teaser_list": -200, "structure.caption_block": -600, "structure.prose": 260,
    "structure.only_prose": 500, "structure.title": 600,
}  # fmt: skip


class Data(NamedTuple):
    """All lines of all inputs of all pages."""

    values: NDArray[np.uint8]
    """Lines × measurements."""
    labels: NDArray[np.float64]
    weights: NDArray[np.float64]
    folds: NDArray[np.int64]
    pieces: list[tuple[Any, slice]]
    """The rows of each input of each page, and where they stand in the arrays."""
    kind: NDArray[np.int64]
    """Which input each line is of; -1 for the clean main content."""


def collect(pages: list[Any]) -> Data:
    """Measure and label every input of every page."""
    tables(None)
    values, labels, weights, folds, pieces, kinds, count = [], [], [], [], [], [], 0
    for page in track(pages, "measuring"):
        for name, text in page.inputs.items():
            if not text.strip():
                continue
            rows, _, measured = examine([text])
            lines = [rows.text(row) for row in range(len(rows))]
            label, words = label_lines(lines, page.gold)
            if name == "main_content":
                label = np.ones(len(rows))
            share = np.maximum(words, 0.5) / max(1, words.sum())
            values.append(measured.T)
            labels.append(label)
            weights.append(np.sqrt(share) * WEIGHTS.get(name, 1))
            folds.append(np.full(len(rows), page.fold))
            kinds.append(np.full(len(rows), list(INPUTS).index(name) if name in INPUTS else -1))
            pieces.append((rows, slice(count, count + len(rows))))
            count += len(rows)
    return Data(
        np.concatenate(values), np.concatenate(labels), np.concatenate(weights), np.concatenate(folds), pieces,
        np.concatenate(kinds),
    )  # fmt: skip


def fit(values: NDArray[np.uint8], data: Data, chosen: NDArray[np.bool_], names: list[str], rounds: int) -> Any:
    """Boosted stumps on the chosen lines."""
    rows = np.flatnonzero(chosen)
    if len(rows) > MOST_LINES:
        rows = np.random.default_rng(1).choice(rows, MOST_LINES, replace=False)
    categories = [names.index(name) for name in CATEGORIES]
    train = lightgbm.Dataset(
        values[rows], data.labels[rows], weight=data.weights[rows] / data.weights[rows].mean(), categorical_feature=categories
    )
    return lightgbm.train(STUMPS, train, rounds)


def table_of(model: Any, measurements: int) -> tuple[float, NDArray[np.float64]]:
    """The base and the points × 256 of each measurement of a sum of stumps, in log-odds."""
    probes = np.zeros((1 + measurements * 256, measurements), np.uint8)
    for number in range(measurements):
        probes[1 + number * 256 : 1 + (number + 1) * 256, number] = np.arange(256)
    scores = model.predict(probes, raw_score=True)
    return scores[0], (scores[1:] - scores[0]).reshape(measurements, 256)


def card_of(model: Any, names: list[str], values: NDArray[np.uint8], state: str | None = None) -> dict[str, Any]:
    """A card for the file: points centred on what lines have on average, policy applied."""
    base, table = table_of(model, len(names))
    points: dict[str, Any] = {}
    for number, name in enumerate(names):
        counts = np.bincount(values[:, number], minlength=256)
        mean = (table[number] * counts).sum() / counts.sum()
        base += mean
        row = np.round(100 * (table[number] - mean)).astype(int)
        if name in {"phrase", "shape"}:
            row = np.minimum(row, bounds(name, state))
        if not row.any():
            continue
        if name in CATEGORIES:
            points[name] = {label: int(row[value]) for value, label in CATEGORIES[name].items() if row[value]}
        else:
            changes = np.flatnonzero(np.diff(row))
            points[name] = [[int(last), int(row[last])] for last in [*changes, 255]]
    return {"base": round(100 * base) + SHIFT.get(state, 0), "points": points}


def correct(
    values: NDArray[np.uint8], data: Data, chosen: NDArray[np.bool_], scores: NDArray[np.int64], names: list[str]
) -> list[Any]:
    """Trees for what is left when the cards have spoken, in the file's form.

    They may not ask about phrases and shapes: what these are worth is in the cards, where the policy bounds it.
    """
    rows = np.flatnonzero(chosen)
    if len(rows) > MOST_LINES:
        rows = np.random.default_rng(2).choice(rows, MOST_LINES, replace=False)
    asked = [number for number, name in enumerate(names) if name not in {"phrase", "shape"}]
    model = catboost.CatBoost(TREES)
    model.fit(
        catboost.Pool(
            values[np.ix_(rows, asked)].astype(np.float32),
            data.labels[rows],
            weight=data.weights[rows],
            baseline=scores[rows] / 100,
        )
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "trees.json"
        model.save_model(str(path), format="json")
        fitted = json.loads(path.read_text("utf-8"))
    (scale, [bias]) = fitted["scale_and_bias"]
    trees = []
    for tree in fitted["oblivious_trees"]:
        questions = [[names[asked[split["float_feature_index"]]], int(split["border"])] for split in tree["splits"] or ()]
        count = len(questions)
        if count:
            # CatBoost's lowest bit is the first question's; the file's is the highest.
            order = [sum((leaf >> bit & 1) << count - 1 - bit for bit in range(count)) for leaf in range(1 << count)]
            trees.append([questions, [round(100 * scale * tree["leaf_values"][leaf]) for leaf in order]])
    assert abs(bias) < 0.01, "the cards' sum is the baseline"
    return trees


def bounds(name: str, state: str | None) -> NDArray[np.int64]:
    """The highest points that the policy allows each value of a measurement; a gentler one for clean pages."""
    highest = np.full(256, 32767, np.int64)
    clean = state == "clean"
    if name == "shape":
        for number, rule in enumerate(RULES, 1):
            highest[number] = 32767 if clean and rule.id == "shape.date" else POLICY["shape"].get(rule.id, 32767)
    if name == "phrase":
        for kind in set(Kind) - CONTENT_KINDS:
            part = POLICY["credit" if kind in {Kind.CAPTION, Kind.BYLINE} else "part"]
            highest[phrase_code(kind, "line")] = POLICY["clean" if clean else "line"]
            highest[phrase_code(kind, "prefix")] = POLICY["clean"] if clean else part
            highest[phrase_code(kind, "contains")] = POLICY["clean" if clean else "part"]
    return highest


def total(card: dict[str, Any], names: list[str], values: NDArray[np.uint8]) -> NDArray[np.int64]:
    """The score of each line by a card in the file's form."""
    return parse_card("fitted", card, names).total(values.T)


def main() -> None:
    """Fit and write the card."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path("out/inputs.jsonl"), help="extractor outputs, made if missing")
    parser.add_argument("--rounds", type=int, default=250)
    parser.add_argument("--folds", type=Path, help="write the cards of the folds into this folder, for benchmarks/quality.py")
    parser.add_argument("--scores", type=Path, help="write the cross-validated scores of all lines to this .npz, for studies")
    parser.add_argument("--out", type=Path, default=Path("src/cleantext/data/scorecard.json"))
    arguments = parser.parse_args()
    started = time.monotonic()
    pages = load_pages(arguments.data, arguments.cache)
    data = collect(pages)
    names = [*NAMES, *CONTEXT_NAMES]

    first_scores = np.zeros(len(data.labels), np.int64)
    first: dict[int | None, dict[str, Any]] = {}
    for fold in track([*range(FOLDS), None], "first pass"):
        chosen = data.folds != (-1 if fold is None else fold)
        card = card_of(fit(data.values, data, chosen, NAMES, arguments.rounds), NAMES, data.values)
        sums = total(card, NAMES, data.values)
        trees = correct(data.values, data, chosen, sums, NAMES)
        first[fold] = {"first": card, "first_trees": trees}
        held = data.folds == fold
        first_scores[held] = sums[held] + parse_trees("fitted", trees, NAMES).total(data.values[held].T)

    context = np.concatenate([
        measure_context(rows, data.values[where].T, first_scores[where]).T for rows, where in data.pieces
    ])  # fmt: skip
    values = np.concatenate([data.values, context], axis=1)
    states = page_states(data.values.T)
    scores = np.zeros(len(data.labels), np.int64)
    second: dict[int | None, dict[str, Any]] = {}
    for fold in track([*range(FOLDS), None], "second pass"):
        learnt = data.folds != (-1 if fold is None else fold)
        cards, sums = {}, np.zeros(len(data.labels), np.int64)
        for number, state in enumerate(STATES):
            here = states == number
            cards[state] = card_of(fit(values, data, here & learnt, names, arguments.rounds), names, values[here], state)
            sums[here] = total(cards[state], names, values[here])
        trees = correct(values, data, learnt, sums - np.array([SHIFT[state] for state in STATES])[states], names)
        second[fold] = {"second": cards, "second_trees": trees}
        held = data.folds == fold
        scores[held] = sums[held] + parse_trees("fitted", trees, names).total(values[held].T)
    if arguments.scores:
        np.savez(arguments.scores, scores=scores, labels=data.labels, weights=data.weights, kind=data.kind, states=states)
    clean = data.kind == -1
    lost = (data.weights[clean] ** 2 * (scores[clean] < 0)).sum() / (data.weights[clean] ** 2).sum()
    origin = {
        "data": f"WCXB development split (Murrough Foley, 2026, CC-BY-4.0), {len(pages)} pages",
        "date": datetime.now(UTC).date().isoformat(),
        "method": f"benchmarks/fit.py: {arguments.rounds} boosted stumps a card, {TREES['iterations']} trees on top, "
        f"{FOLDS} folds by web domain, policy by hand",
        "lines": len(data.labels),
        "cross_validated": {"clean_words_lost": round(float(lost), 4)},
    }
    write(arguments.out, {"origin": origin, **first[None], **second[None], "structure": STRUCTURE})
    for fold in range(FOLDS if arguments.folds else 0):
        path = arguments.folds / f"{fold}.json"
        write(path, {"origin": origin | {"held_out": fold}, **first[fold], **second[fold], "structure": STRUCTURE})
    print(json.dumps(origin, indent=1), f"{time.monotonic() - started:.0f} s")


def write(path: Path, card: dict[str, Any]) -> None:
    """Write a scorecard with each bin and each tree on a line of its own, so that people and diffs can read it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    trees = {name: card[name] for name in ("first_trees", "second_trees")}
    text = json.dumps(card | {name: name for name in trees}, indent=1)
    text = re.sub(r"\[\s+(-?\d+),\s+(-?\d+)\s+\]", r"[\1, \2]", text)
    for name, each in trees.items():
        text = text.replace(f'"{name}": "{name}"', f'"{name}": [\n  ' + ",\n  ".join(map(json.dumps, each)) + "\n ]")
    path.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
