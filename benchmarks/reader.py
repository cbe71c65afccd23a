"""Train the network of the second pass; :mod:`cleantext.network` says what it is and what it is for.

It learns the labels by themselves, not what the cards leave over: on lines that a card was fitted to, the card seems better
than it is elsewhere, and what is left over there misleads. It reads what a line is by itself, not what is measured around it,
by which it would learn pages by heart: what stands around a line it finds out in its own way, so that it errs elsewhere than
the cards do. It is trained in floating point, clipped as the program clips, and then written in whole numbers.
"""

from __future__ import annotations

from math import floor, log2
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import nn

from cleantext.measure.categories import CATEGORIES
from cleantext.measure.itself import ITSELF
from cleantext.network import EXACT, HIGHEST, UNIT
from cleantext.scales import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["Reading", "network_of", "train"]

READ = [*(name for name, _ in ITSELF), "blank_before", "blank_after", "place", "wording"]
WIDTH = 24
GAPS = (1, 2, 4, 8, 16, 32)
PAGE_LAYER = 3  # after this layer each line hears what the page is like
ROUNDS = 6
RATE = 4e-3
BATCH_LINES = 6000
MOST_LINES = 4000  # of a page
COMMON = 0.01  # a value of so large a share of the lines is an input of its own
DEVIATIONS = 4  # no amount is read as further above its mean


class Reading:
    """What the network reads of all lines, and how the file says it."""

    def __init__(self, values: NDArray[np.uint8], names: Sequence[str]) -> None:
        self.amounts: dict[str, int] = {}
        self.answers: list[list[Any]] = []
        amounts, answers = [], []
        for name in READ:
            column = values[:, names.index(name)]
            common = np.flatnonzero(np.bincount(column, minlength=256) > COMMON * len(column)).tolist()
            if name in CATEGORIES:
                asked = [value for value in common if value in CATEGORIES[name]]
                self.answers += [[name, CATEGORIES[name][value]] for value in asked]
            else:
                known = column[column != UNKNOWN]
                self.amounts[name] = min(UNKNOWN, int(np.ceil(known.mean() + DEVIATIONS * known.std())))
                amounts.append(np.minimum(column, self.amounts[name]))
                asked = [value for value in (0, UNKNOWN) if value in common]
                self.answers += [[name, value] for value in asked]
            answers += [(column == value).astype(np.uint8) for value in asked]
        self.lines: NDArray[np.uint8] = np.stack([*amounts, *answers], axis=1)
        """Lines × inputs."""
        of_amounts = self.lines[:, : len(amounts)]
        self.means: NDArray[np.float64] = np.concatenate([of_amounts.mean(axis=0), np.zeros(len(answers))])
        self.deviations: NDArray[np.float64] = np.concatenate([of_amounts.std(axis=0), np.ones(len(answers))])
        """Of each input."""


class Reader(nn.Module):  # type: ignore[misc]
    """The network as it is trained."""

    def __init__(self, reading: Reading) -> None:
        super().__init__()
        self.reading = reading
        self.means, self.deviations = (
            torch.from_numpy(each.astype(np.float32))[:, None] for each in (reading.means, reading.deviations)
        )
        self.begin = nn.Conv1d(len(reading.means), WIDTH, 1)
        self.near = nn.ModuleList(nn.Conv1d(WIDTH, WIDTH, 3, padding=gap, dilation=gap) for gap in GAPS)
        self.page = nn.Linear(2 * WIDTH, WIDTH)
        self.end = nn.Conv1d(WIDTH, 1, 1)
        self.forget_inputs, self.forget = nn.Dropout(0.1), nn.Dropout(0.15)

    def forward(self, values: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        """Log-odds of main content, pages × lines; ``there`` is 0 behind a page's last line."""
        most = HIGHEST / UNIT
        known = self.begin(self.forget_inputs((values - self.means) / self.deviations)) * there
        for number, near in enumerate(self.near):
            known = (known + self.forget(near(known.clamp(0, most)))) * there
            if number == PAGE_LAYER:
                mean, highest = known.sum(2) / there.sum(2), (known - 1e4 * (1 - there)).amax(2)
                told = self.page(torch.cat([mean, highest], 1).clamp(0, most))
                known = (known + told[:, :, None]) * there
        return self.end(known.clamp(0, most))[:, 0]


def train(reading: Reading, labels: NDArray[np.float64], weights: NDArray[np.float64], pages: Sequence[slice]) -> Reader:
    """A network that has learnt from some pages.

    Args:
        reading: what it reads of all lines.
        labels: their shares of main content.
        weights: what each line counts.
        pages: where the lines of the pages stand that it learns from.
    """
    torch.manual_seed(1)
    chance = np.random.default_rng(1)
    reader = Reader(reading)
    wanted = np.stack([np.ones(len(labels)), labels, weights], axis=1)
    steps = ROUNDS * (len(_batches(pages, None)) + 60)  # batches differ by a few from round to round
    optimizer = torch.optim.AdamW(reader.parameters(), RATE, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps)
    for _ in range(ROUNDS):
        for batch in _batches(pages, chance):
            there, label, weight = _padded(wanted, batch).split(1, dim=1)
            told = reader(_padded(reading.lines, batch), there)
            loss = nn.functional.binary_cross_entropy_with_logits(told, label[:, 0], weight[:, 0], reduction="sum")
            optimizer.zero_grad()
            (loss / (10 * len(batch))).backward()
            nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimizer.step()
            schedule.step()
    return reader.eval()


def network_of(reader: Reader, share: float) -> dict[str, Any]:
    """The network in the file's form.

    Args:
        reader: what was trained.
        share: what its log-odds count for.
    """
    reading, known = reader.reading, np.full(WIDTH, HIGHEST)
    layers: list[dict[str, Any]] = []
    for gap, near in zip(GAPS, reader.near, strict=True):
        beside = np.concatenate([_matrix(near.weight[:, :, place]) for place in range(3)])
        layers.append({"gap": gap, "near": _dense(beside, UNIT * _array(near.bias), np.tile(known, 3)), "page": None})
    layers[PAGE_LAYER]["page"] = _dense(_matrix(reader.page.weight), UNIT * _array(reader.page.bias), np.tile(known, 2))
    read = UNIT * _matrix(reader.begin.weight[:, :, 0]) / reading.deviations[:, None]
    points = 100 * share
    return {
        "amounts": reading.amounts,
        "answers": reading.answers,
        "begin": _dense(read, UNIT * _array(reader.begin.bias) - reading.means @ read, reading.lines.max(axis=0)),
        "layers": layers,
        "end": _dense(_matrix(reader.end.weight[:, :, 0]) * points / UNIT, points * _array(reader.end.bias), known),
    }


def _array(numbers: torch.Tensor) -> NDArray[np.float64]:
    return numbers.detach().numpy().astype(np.float64)


def _matrix(weights: torch.Tensor) -> NDArray[np.float64]:
    return _array(weights).T


def _dense(weights: NDArray[np.float64], bias: NDArray[np.float64], highest: NDArray[Any]) -> dict[str, Any]:
    """A dense part in whole numbers, as fine as exact sums allow, given how high each value is that goes in."""
    largest = (highest @ np.abs(weights) + np.abs(bias)).max()
    shift = max(0, min(16, floor(log2(0.95 * EXACT / largest))))
    whole = (np.rint(each * 2**shift).astype(int).tolist() for each in (weights, bias))
    return dict(zip(("weights", "bias", "shift"), (*whole, shift), strict=True))


def _batches(pages: Sequence[slice], chance: np.random.Generator | None) -> list[list[slice]]:
    """Pages of about the same length together, so that little is padded; in any order if there is chance."""
    lengths = np.array([min(page.stop - page.start, MOST_LINES) for page in pages])
    order = np.argsort(lengths + (0 if chance is None else 20 * chance.random(len(pages))), kind="stable").tolist()
    batches: list[list[slice]] = [[]]
    for number in order:
        if batches[-1] and (len(batches[-1]) + 1) * lengths[number] > BATCH_LINES:
            batches.append([])
        batches[-1].append(pages[number])
    if chance is not None:
        chance.shuffle(batches)
    return batches


def _padded(values: NDArray[Any], batch: Sequence[slice]) -> torch.Tensor:
    """The values of a batch's lines, pages × values × lines, with zeros behind a page's last line."""
    longest = min(max(page.stop - page.start for page in batch), MOST_LINES)
    padded = np.zeros((len(batch), values.shape[1], longest), np.float32)
    for number, page in enumerate(batch):
        here = values[page.start : min(page.stop, page.start + longest)]
        padded[number, :, : len(here)] = here.T
    return torch.from_numpy(padded)
