"""What a person sees of a run, all of it on standard error.

That is a bar at a terminal, or now and then a line elsewhere; faults as they come; and the numbers at the end.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from cleantext.inputs import STANDARD_INPUT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.progress import Progress

    from cleantext.records.model import Fault
    from cleantext.streams.run import Observer
    from cleantext.streams.shards import Shard
    from cleantext.streams.summary import Summary

__all__ = ["show", "watcher"]

_FAULTS_SHOWN = 20
_EVERY = 10.0
"""Seconds between two lines."""


class _Plain:
    """Faults, and now and then a line."""

    def __init__(self, total: int | None, *, quiet: bool) -> None:
        self._total = total
        self._quiet = quiet
        self._faults = 0
        self._told = time.monotonic()

    def fault(self, shard: str, fault: Fault) -> None:
        """Tell of the first ones; a shard of another format than is thought has as many as lines."""
        self._faults += 1
        if self._faults <= _FAULTS_SHOWN:
            name = "standard input" if shard == STANDARD_INPUT else shard
            self._echo(f"Error: {name}: {fault.position}: {fault.error}")
        elif self._faults == _FAULTS_SHOWN + 1:
            self._echo("More errors are counted, and not shown.")

    def progress(self, summary: Summary) -> None:
        """Tell how far it is, if that is some time ago."""
        if not self._quiet and time.monotonic() - self._told >= _EVERY:
            self._told = time.monotonic()
            self._echo(_line(summary, self._total))

    def _echo(self, message: str) -> None:
        click.echo(message, err=True)


class _Bar(_Plain):
    """The same at a terminal."""

    def __init__(self, bar: Progress, total: int | None) -> None:
        super().__init__(total, quiet=True)
        self._bar = bar
        self._task = bar.add_task("Cleaning", total=total)

    def progress(self, summary: Summary) -> None:
        """Move the bar."""
        self._bar.update(self._task, completed=summary.bytes_read, description=f"{summary.records:,} records")

    def _echo(self, message: str) -> None:
        self._bar.console.print(message, markup=False, highlight=False, soft_wrap=True)


def _line(summary: Summary, total: int | None) -> str:
    """How far it is: records, share, rate, time left."""
    rate = summary.bytes_read / summary.seconds
    parts = [f"{summary.records:,} records", f"{summary.bytes_read / 1e6:,.1f} MB", f"{rate / 1e6:,.1f} MB/s"]
    if total and rate:
        left = max(0, total - summary.bytes_read) / rate
        parts = [f"{summary.bytes_read / total:.0%}", *parts, f"{int(left) // 60}:{int(left) % 60:02} left"]
    return ", ".join(parts)


@contextmanager
def watcher(shards: Sequence[Shard], *, quiet: bool, to_terminal: bool) -> Iterator[Observer]:
    """Something to watch a run with.

    Args:
        shards: what is to be done.
        quiet: show faults only.
        to_terminal: whether records go to the terminal, where a bar would get between them.
    """
    sizes = [os.path.getsize(shard.path) if os.path.isfile(shard.path) else None for shard in shards]
    total = sum(size for size in sizes if size is not None) if None not in sizes else None
    if quiet or to_terminal or not _is_terminal():
        yield _Plain(total, quiet=quiet)
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield _Bar(bar, total)


def show(summary: Summary, errors: str | None) -> None:
    """Print the numbers of a run."""
    if not _is_terminal():
        click.echo(str(summary), err=True)
    else:
        from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
        from rich.table import Table  # noqa: PLC0415

        table = Table(show_header=False)
        table.add_column()
        table.add_column(justify="right")
        for row in summary.rows():
            table.add_row(*row)
        Console(stderr=True).print(table)
    if summary.faults:
        click.echo(f"Faults are in {errors}." if errors else "Faults were not kept; --errors FILE keeps them.", err=True)


def _is_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()
