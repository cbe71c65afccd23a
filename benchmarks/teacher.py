"""A teacher for the second pass of the scorecard: a small network that reads the lines of a page in their order.

A sum of points and shallow trees see the lines around one only through means over windows. A convolutional network with
growing gaps between the lines that it looks at (van den Oord et al. 2016, *WaveNet*) sees 64 lines to either side as they follow
each other, and knows better what is content. It is not shipped: it could not say why. But cards and trees that are fitted to its
probabilities beside the labels come nearer to it than they come by labels alone (Hinton, Vinyals and Dean 2015, *Distilling the
Knowledge in a Neural Network*), because where the gold is a matter of chance a probability says so and a label does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import nn

from cleantext.measure.categories import CATEGORIES
from cleantext.scales import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["inputs", "taught"]

TRUST = 0.7  # weight of the teacher's probabilities beside the labels
WIDTH = 48
GAPS = (1, 2, 4, 8, 16, 32, 1)
WHOLE_PAGE = (2, 5)  # after these layers each line hears what the page is like
ROUNDS = 6
NETWORKS = 2  # whose probabilities are averaged
RATE = 4e-3
BATCH_LINES = 6000
MOST_LINES = 4000  # of a page
COMMON = 1500  # a category on so many lines has an input of its own


class Network(nn.Module):  # type: ignore[misc]
    """Layers of convolutions over lines, each added to what the one before knew."""

    def __init__(self, measurements: int) -> None:
        super().__init__()
        self.begin = nn.Sequential(
            nn.Dropout(0.1), nn.Conv1d(measurements, 2 * WIDTH, 1), nn.ReLU(), nn.Dropout(0.15), nn.Conv1d(2 * WIDTH, WIDTH, 1)
        )
        self.near = nn.ModuleList(
            nn.Sequential(
                nn.ReLU(), nn.Conv1d(WIDTH, WIDTH, 3, padding=gap, dilation=gap), nn.ReLU(), nn.Conv1d(WIDTH, WIDTH, 1),
                nn.Dropout(0.15),
            )
            for gap in GAPS
        )  # fmt: skip
        self.page = nn.ModuleDict({str(layer): nn.Linear(2 * WIDTH, WIDTH) for layer in WHOLE_PAGE})
        self.end = nn.Sequential(nn.ReLU(), nn.Conv1d(WIDTH, 1, 1))

    def forward(self, values: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        """Log-odds of main content, pages × lines; ``there`` is 0 behind a page's last line."""
        known = self.begin(values) * there
        for number, near in enumerate(self.near):
            known = (known + near(known)) * there
            if str(number) in self.page:
                mean, most = (known * there).sum(2) / there.sum(2), (known - 1e4 * (1 - there)).amax(2)
                known = (known + self.page[str(number)](torch.cat([mean, most], 1))[:, :, None]) * there
        return self.end(known)[:, 0]


def inputs(values: NDArray[np.uint8], names: Sequence[str]) -> NDArray[np.float32]:
    """What the network reads of each line: amounts as deviations from their mean, and which values and categories are common."""
    columns = []
    for number, name in enumerate(names):
        column = values[:, number]
        if name in CATEGORIES:
            telling = np.flatnonzero(np.bincount(column, minlength=256) > COMMON)
        else:
            amount = column.astype(np.float32)
            columns.append(np.clip((amount - amount.mean()) / (amount.std() + 1e-3), -4, 4)[:, None])
            telling = np.array([value for value in (0, UNKNOWN) if 0.01 < (column == value).mean() < 0.99], np.int64)
        columns.append((column[:, None] == telling).astype(np.float32))
    return np.concatenate(columns, axis=1)


def taught(
    lines: NDArray[np.float32],
    labels: NDArray[np.float64],
    weights: NDArray[np.float64],
    pages: Sequence[slice],
    learnt: Sequence[bool],
) -> NDArray[np.float64]:
    """Labels as a teacher sees them who has learnt some of the pages.

    Args:
        lines: what it reads, lines × inputs.
        labels: shares of main content.
        weights: of the lines.
        pages: where each page's lines stand.
        learnt: whether it may learn from each page.
    """
    lessons = [page for page, may in zip(pages, learnt, strict=True) if may]
    networks = [_learn(lines, labels, weights, lessons, seed) for seed in range(NETWORKS)]
    there = np.ones((len(lines), 1))
    seen = labels.copy()
    with torch.no_grad():
        for batch in _batches(pages, None):
            read = _padded(lines, batch), _padded(there, batch)
            told = torch.stack([torch.sigmoid(network(*read)) for network in networks]).mean(0).numpy()
            for page, row in zip(batch, told, strict=True):
                here = slice(page.start, min(page.stop, page.start + MOST_LINES))
                seen[here] += TRUST * (row[: here.stop - here.start] - seen[here])
    return seen


def _learn(
    lines: NDArray[np.float32], labels: NDArray[np.float64], weights: NDArray[np.float64], lessons: Sequence[slice], seed: int
) -> Network:
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    network = Network(lines.shape[1])
    wanted = np.stack([np.ones(len(lines)), labels, weights], axis=1)
    steps = ROUNDS * (len(_batches(lessons, None)) + 60)  # batches differ by a few from round to round
    optimizer = torch.optim.AdamW(network.parameters(), RATE, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps)
    network.train()
    for _ in range(ROUNDS):
        for batch in _batches(lessons, chance):
            there, label, weight = _padded(wanted, batch).split(1, dim=1)
            told = network(_padded(lines, batch), there)
            loss = nn.functional.binary_cross_entropy_with_logits(told, label[:, 0], weight[:, 0], reduction="sum")
            optimizer.zero_grad()
            (loss / (10 * len(batch))).backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
    return network.eval()


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


def _padded(values: NDArray[np.floating], batch: Sequence[slice]) -> torch.Tensor:
    """The values of a batch's lines, pages × values × lines, with zeros behind a page's last line."""
    longest = min(max(page.stop - page.start for page in batch), MOST_LINES)
    padded = np.zeros((len(batch), values.shape[1], longest), np.float32)
    for number, page in enumerate(batch):
        here = values[page.start : min(page.stop, page.start + longest)]
        padded[number, :, : len(here)] = here.T
    return torch.from_numpy(padded)
