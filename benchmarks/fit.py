"""Fit the scorecard: ``python benchmarks/fit.py --data wcxb-dev.jsonl.xz --cache inputs.jsonl``.

Labels come from :mod:`labels`. Every page counts alike, its lines by the square root of their words. The points of words are a
logistic regression. A card is a sum of one-split trees (boosted stumps), which is a sum of step functions of single
measurements: exactly a table of bins and points. Small symmetric trees on top of the cards say what values mean together. The
first card is fitted on the measurements, wording included; the second on these and on the context made from the first pass's
scores. Wording and scores come from the folds that did not see the page. The second pass has a card for whole pages and
gentler ones for text that is mostly prose already, as extractors give it; half of what decides is theirs, half a network's that
reads the lines in their order (:mod:`reader`). The clean main contents themselves are pages of the data too: they teach what
must not be lost. And some inputs are learnt from once more in disguise, in letters of languages that no file covers: they teach
the second pass what lines tell to those who know none of their words.

Some things the data does not say, because its gold was made for another end: there are hardly any credits in it, and a headline
is often left out. :data:`POLICY` says those; each is a bound on fitted points, and is written to the file beside them.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import textwrap
import time
from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import catboost
import lightgbm
import numpy as np
import scipy.sparse
from data import DISGUISES, FOLDS, INPUTS, in_disguise, load_pages
from labels import label_lines
from reader import Reading, network_of, train
from rich.progress import track
from sklearn.linear_model import SGDClassifier

from cleantext.cleaner import examine
from cleantext.context import measure_context
from cleantext.lookup import tables
from cleantext.measure.categories import CATEGORIES, phrase_code
from cleantext.model import CONTENT_KINDS, Kind
from cleantext.network import parse_network
from cleantext.rules import RULES
from cleantext.score import allowed, asks_further, page_states
from cleantext.scorecard import FIRST_NAMES, SECOND_NAMES, STATES, parse_card, parse_trees
from cleantext.wording import measure_wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

MOST_LINES = 350_000  # more changed nothing but the time
WEIGHTS = {"readability": 0.6, "justext": 0.6}
STUMPS = {
    "objective": "cross_entropy", "num_leaves": 2, "learning_rate": 0.4, "feature_fraction": 0.5, "bagging_fraction": 0.5,
    "bagging_freq": 1, "min_data_in_leaf": 100, "min_data_per_group": 50, "cat_smooth": 20, "seed": 1, "verbose": -1,
    "deterministic": True, "force_row_wise": True,
}  # fmt: skip
DISGUISED = ("all-text", "trafilatura", "main_content")
"""Inputs that are learnt from a second time, in disguise."""
CLEAN_KIND, DISGUISED_KIND = -1, -2
"""Where the number of an input stands: the clean main content, and what is disguised."""
WORD_PAGES = 20  # a word is worth points when it stands on so many pages
WORD_LEAST = 10  # points below are not worth their place in the file
WORDS = {"loss": "log_loss", "alpha": 3e-6, "max_iter": 5, "tol": None, "random_state": 1, "average": True}
TREES = {
    "loss_function": "CrossEntropy", "depth": 6, "iterations": 120, "learning_rate": 0.15, "random_seed": 1, "thread_count": 2,
    "verbose": 0, "border_count": 64, "rsm": 0.5, "bootstrap_type": "Bernoulli", "subsample": 0.5, "boosting_type": "Plain",
    "allow_writing_files": False,
}  # fmt: skip
SHIFT = {"whole": -10, "extracted": 32, "clean": 109, "unlisted": 70}
"""Points added to every line: where the line between the labels lies. Chosen on the folds: see README.md."""
POLICY = {
    "line": -650,  # the whole line is a phrase: it was listed because nobody writes it as a sentence
    "part": -350,  # a part of a line that is no long prose
    "credit": -500,  # the same for captions and bylines, of which the gold keeps some
    "clean": -350,  # either where a page betrays next to no chrome otherwise: there it may be a heading
    "shape": {
        "shape.copyright": -500,
        "shape.credit": -500,
        "shape.byline": -450,
        "shape.dateline": -350,
        "shape.date": -250,
        "shape.tags": -450,
        "shape.teaser": -450,
        "shape.menu": -450,
        "shape.breadcrumb": -450,
        "shape.link_list": -200,
        "shape.handle": -350,
        "shape.hashtags": -300,
        "shape.pages": -300,
        "shape.address": -150,
        "shape.link": -150,
        "shape.counter": -100,
    },
}
SLACK = 120
"""How far above the policy the trees find the cards: where the data insists, they may undo that much of it. Lines that are a
listed phrase they are never asked about."""
STRUCTURE = {
    "structure.thread": -500, "structure.teaser_river": -500, "structure.teaser_list": -200, "structure.caption_block": -600,
    "structure.name": -300, "structure.tag": -300, "structure.profile": -300, "structure.biography": -300,
    "structure.contents": -200, "structure.repeat": -700, "structure.prose": 70, "structure.only_prose": 500,
    "structure.title": 270, "structure.short_page": 600, "structure.between": 60,
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
    """Which input each line is of, or one of the kinds above."""
    vocabulary: list[str]
    """The words that stand on enough pages."""


def inputs_of(page: Any) -> Iterator[tuple[int, str, str, float]]:
    """What is learnt from a page: the number of an input, its text, the gold beside it, and what its lines count."""
    for name, text in page.inputs.items():
        yield list(INPUTS).index(name) if name in INPUTS else CLEAN_KIND, text, page.gold, WEIGHTS.get(name, 1)
    again = in_disguise(page, list(DISGUISES)[len(page.gold) % len(DISGUISES)])
    for name in DISGUISED:
        yield DISGUISED_KIND, again.inputs[name], again.gold, 1


def collect(pages: list[Any]) -> Data:
    """Measure and label every input of every page."""
    tables(None)
    values, labels, weights, folds, pieces, kinds, count = [], [], [], [], [], [], 0
    spread: Counter[str] = Counter()
    for page in track(pages, "measuring"):
        spoken: set[str] = set()
        for kind, text, gold, weight in inputs_of(page):
            if not text.strip():
                continue
            rows, _, measured = examine([text])
            lines = [rows.text(row) for row in range(len(rows))]
            label, words = label_lines(lines, gold)
            if text == gold:
                label = np.ones(len(rows))
            share = np.maximum(words, 0.5) / max(1, words.sum())
            values.append(measured.T)
            labels.append(label)
            weights.append(np.sqrt(share) * weight)
            folds.append(np.full(len(rows), page.fold))
            kinds.append(np.full(len(rows), kind))
            pieces.append((rows, slice(count, count + len(rows))))
            count += len(rows)
            spoken.update(*rows.vocabularies)
        spread.update(spoken)
    return Data(
        np.concatenate(values), np.concatenate(labels), np.concatenate(weights), np.concatenate(folds), pieces,
        np.concatenate(kinds), sorted(word for word, count in spread.items() if count >= WORD_PAGES),
    )  # fmt: skip


def learnt_from(data: Data, fold: int | None) -> NDArray[np.bool_]:
    """The lines that a fold's points are learnt from: all of the other folds; all there are for no fold."""
    return data.folds != (-1 if fold is None else fold)


def fit_words(data: Data) -> tuple[dict[int | None, dict[str, int]], NDArray[np.uint8]]:
    """Points for words, of each fold and of all, and each line's wording by the points of the fold that did not see it."""
    numbers = {word: number for number, word in enumerate(data.vocabulary)}
    columns, counts, lengths = [], [], []
    for rows, _ in data.pieces:
        found = np.array([numbers.get(word, -1) for word in rows.all_words], np.int64)
        known = np.concatenate(([0], np.cumsum(found >= 0)))
        columns.append(found[found >= 0].astype(np.int32))
        counts.append(np.diff(known[rows.word_edges]))
        lengths.append(np.diff(rows.word_edges))
    edges = np.concatenate(([0], np.cumsum(np.concatenate(counts))))
    each = np.repeat(1 / np.sqrt(np.maximum(np.concatenate(lengths), 1)), np.diff(edges)).astype(np.float32)
    lines = scipy.sparse.csr_matrix((each, np.concatenate(columns), edges), shape=(len(data.labels), len(numbers)))
    words: dict[int | None, dict[str, int]] = {}
    for fold in track([*range(FOLDS), None], "words"):
        chosen = np.flatnonzero(learnt_from(data, fold) & (data.kind != DISGUISED_KIND))
        weights = data.weights[chosen] / data.weights[chosen].mean()
        model = SGDClassifier(**WORDS).fit(lines[chosen], data.labels[chosen] > 0.5, sample_weight=weights)
        points = np.round(100 * model.coef_[0]).astype(int).tolist()
        words[fold] = {word: worth for word, worth in zip(data.vocabulary, points, strict=True) if abs(worth) >= WORD_LEAST}
    wording = np.concatenate([measure_wording(rows, words[data.folds[where.start]]) for rows, where in data.pieces])
    return words, wording


def fit(values: NDArray[np.uint8], data: Data, chosen: NDArray[np.bool_], names: Sequence[str], rounds: int) -> Any:
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


def card_of(model: Any, names: Sequence[str], values: NDArray[np.uint8]) -> dict[str, Any]:
    """A card in the file's form, as fitted: points centred on what lines have on average."""
    base, table = table_of(model, len(names))
    points: dict[str, Any] = {}
    for number, name in enumerate(names):
        counts = np.bincount(values[:, number], minlength=256)
        mean = (table[number] * counts).sum() / counts.sum()
        base += mean
        row = np.round(100 * (table[number] - mean)).astype(int)
        if name in CATEGORIES:
            points[name] = {label: int(row[value]) for value, label in CATEGORIES[name].items()}
        elif row.any():
            changes = np.flatnonzero(np.diff(row))
            points[name] = [[int(last), int(row[last])] for last in [*changes, 255]]
    return {"base": round(100 * base), "points": points}


def bounded(card: dict[str, Any], state: str | None = None, slack: int = 0) -> dict[str, Any]:
    """The card with the policy applied."""
    points = dict(card["points"])
    for name in ("phrase", "shape"):
        highest = bounds(name, state)
        labels = CATEGORIES[name].items()
        points[name] = {label: min(points[name][label], int(highest[value]) + slack) for value, label in labels}
    for name in points.keys() & CATEGORIES.keys():
        points[name] = {label: worth for label, worth in points[name].items() if worth}
    points = {name: worth for name, worth in points.items() if worth}
    return {"base": card["base"], "points": points}


def correct(
    values: NDArray[np.uint8], data: Data, chosen: NDArray[np.bool_], scores: NDArray[np.int64], names: Sequence[str]
) -> list[Any]:
    """Trees for what is left when the cards have spoken, in the file's form.

    They may not ask about phrases and shapes: what these are worth is in the cards, where the policy bounds it.
    """
    rows = np.flatnonzero(chosen & asks_further(values.T))
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
    highest = np.full(256, 32767, np.int64)  # no bound
    clean = state == "clean"
    if name == "shape":
        for number, rule in enumerate(RULES, 1):
            highest[number] = 32767 if clean and rule.id == "shape.date" else POLICY["shape"][rule.id]
    if name == "phrase":
        for kind in set(Kind) - CONTENT_KINDS:
            part = POLICY["credit" if kind in {Kind.CAPTION, Kind.BYLINE} else "part"]
            highest[phrase_code(kind, "line")] = POLICY["clean" if clean else "line"]
            highest[phrase_code(kind, "prefix")] = POLICY["clean"] if clean else part
            highest[phrase_code(kind, "contains")] = POLICY["clean" if clean else "part"]
    return highest


def total(card: dict[str, Any], names: Sequence[str], values: NDArray[np.uint8]) -> NDArray[np.int64]:
    """The score of each line by a card in the file's form."""
    return parse_card("fitted", card, names).total(values.T)


def asked(trees: list[Any], names: Sequence[str], values: NDArray[np.uint8]) -> NDArray[np.int64]:
    """What trees in the file's form add to the score of each line."""
    return np.where(asks_further(values.T), parse_trees("fitted", trees, names).total(values.T), 0)


def first_pass(
    itself: NDArray[np.uint8], data: Data, words: dict[int | None, dict[str, int]], rounds: int
) -> tuple[dict[int | None, dict[str, Any]], NDArray[np.int64]]:
    """The first pass's part of each fold's card, and of the card of all; each line's score by the fold that did not see it."""
    parts: dict[int | None, dict[str, Any]] = {}
    scores = np.zeros(len(data.labels), np.int64)
    for fold in track([*range(FOLDS), None], "first pass"):
        chosen = learnt_from(data, fold) & (data.kind != DISGUISED_KIND)
        card = card_of(fit(itself, data, chosen, FIRST_NAMES, rounds), FIRST_NAMES, itself)
        trees = correct(itself, data, chosen, total(bounded(card, slack=SLACK), FIRST_NAMES, itself), FIRST_NAMES)
        card = bounded(card)
        parts[fold] = {"words": words[fold], "first": card, "first_trees": trees}
        held = data.folds == fold
        scores[held] = total(card, FIRST_NAMES, itself[held]) + asked(trees, FIRST_NAMES, itself[held])
    return parts, scores


def second_pass(values: NDArray[np.uint8], data: Data, rounds: int) -> tuple[dict[int | None, dict[str, Any]], NDArray[np.int64]]:
    """The same of the second pass: half of what cards and trees say, and half of what the network says."""
    states, reading, free = page_states(values.T), Reading(values, SECOND_NAMES), asks_further(values.T)
    parts: dict[int | None, dict[str, Any]] = {}
    scores = np.zeros(len(data.labels), np.int64)
    for fold in track([*range(FOLDS), None], "second pass"):
        chosen = learnt_from(data, fold)
        cards, sums = {}, np.zeros(len(data.labels), np.int64)
        for number, state in enumerate(STATES):
            here = states == number
            card = card_of(fit(values, data, here & chosen, SECOND_NAMES, rounds), SECOND_NAMES, values[here])
            sums[here] = total(bounded(card, state, SLACK), SECOND_NAMES, values[here])
            cards[state] = halved(bounded(card, state))
            cards[state]["base"] += SHIFT[state]
        trees = [[questions, _half(points)] for questions, points in correct(values, data, chosen, sums, SECOND_NAMES)]
        pages = [where for _, where in data.pieces if chosen[where.start]]
        network = network_of(train(reading, data.labels, data.weights * free, pages), 0.5)
        parts[fold] = {"second": cards, "second_trees": trees, "network": network}
        run = parse_network("fitted", network, SECOND_NAMES)
        for rows, where in data.pieces:
            if data.folds[where.start] == fold:
                scores[where] = allowed(values[where].T, run.total(values[where].T, rows))
        held = data.folds == fold
        scores[held] += asked(trees, SECOND_NAMES, values[held])
        for number, state in enumerate(STATES):
            here = held & (states == number)
            scores[here] += total(cards[state], SECOND_NAMES, values[here])
    return parts, scores


def halved(card: dict[str, Any]) -> dict[str, Any]:
    """The card with half its points, but for lines that are a listed phrase: of these the network says nothing."""
    points = {}
    for name, worth in card["points"].items():
        if name in CATEGORIES:
            kept = {
                label: each if name == "phrase" and label.endswith(".line") else round(each / 2) for label, each in worth.items()
            }
            points[name] = {label: each for label, each in kept.items() if each}
        else:
            bins = list(zip([last for last, _ in worth], _half([each for _, each in worth]), strict=True))
            points[name] = [[last, each] for (last, each), (_, after) in pairwise([*bins, (None, None)]) if each != after]
    return {"base": round(card["base"] / 2), "points": {name: worth for name, worth in points.items() if _says(worth)}}


def _half(points: list[int]) -> list[int]:
    return [round(each / 2) for each in points]


def _says(worth: Any) -> bool:
    """Whether any of a measurement's points are not 0."""
    return any(worth.values() if isinstance(worth, dict) else (each for _, each in worth))


def main() -> None:
    """Fit and write the card."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path("out/inputs.jsonl"), help="extractor outputs, made if missing")
    parser.add_argument("--rounds", type=int, default=250)
    parser.add_argument("--folds", type=Path, help="write the cards of the folds into this folder, for benchmarks/quality.py")
    parser.add_argument("--out", type=Path, default=Path("src/cleantext/data/scorecard.json"))
    arguments = parser.parse_args()
    started = time.monotonic()
    pages = load_pages(arguments.data, arguments.cache)
    data = collect(pages)
    words, wording = fit_words(data)
    itself = np.concatenate([data.values, wording[:, None]], axis=1)
    first, scores = first_pass(itself, data, words, arguments.rounds)
    context = np.concatenate([measure_context(rows, data.values[where].T, scores[where]).T for rows, where in data.pieces])
    second, scores = second_pass(np.concatenate([itself, context], axis=1), data, arguments.rounds)
    clean = data.kind == CLEAN_KIND
    lost = (data.weights[clean] ** 2 * (scores[clean] < 0)).sum() / (data.weights[clean] ** 2).sum()
    origin = {
        "data": f"WCXB development split (Murrough Foley, 2026, CC-BY-4.0), {len(pages)} pages",
        "date": datetime.now(UTC).date().isoformat(),
        "method": f"benchmarks/fit.py: {arguments.rounds} boosted stumps a card, {TREES['iterations']} trees on top, "
        f"a network beside them, {FOLDS} folds by web domain, policy by hand",
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
    text = json.dumps(card | {name: name for name in (*trees, "network", "words")}, indent=1, ensure_ascii=False)
    text = re.sub(r"\[\s+(-?\d+),\s+(-?\d+)\s+\]", r"[\1, \2]", text)
    for name, each in trees.items():
        text = text.replace(f'"{name}": "{name}"', f'"{name}": [\n  ' + ",\n  ".join(map(json.dumps, each)) + "\n ]")
    network = re.sub(r"(\], |\{)(?=[\[\"])", lambda found: found[1].rstrip() + "\n  ", json.dumps(card["network"]))
    text = text.replace('"network": "network"', f'"network": {network}')
    words = json.dumps(card["words"], ensure_ascii=False)[1:-1]
    words = textwrap.fill(words, 128, initial_indent="  ", subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
    text = text.replace('"words": "words"', f'"words": {{\n{words}\n }}')
    path.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
