"""Shards, and what is made of each: where its outputs go, and how they come into being.

A shard has up to three outputs: the cleaned records, where something was removed (annotations, for Dolma), and what was removed.
Each is written under another name; when the shard has ended they are brought to disk and then to their places, the cleaned
records last. So a shard is finished when all its outputs are there, and that is all that a resumed run looks at.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING

from cleantext.errors import OutputError
from cleantext.files import Unfinished, sweep, writing
from cleantext.records import Form, open_writer, renamed
from cleantext.records.model import Keys, Limits

if TYPE_CHECKING:
    from cleantext.records.model import Cleaned, Record

__all__ = ["Plan", "Shard", "Sink"]


@dataclass(frozen=True, slots=True)
class Shard:
    """One file of records."""

    path: str
    """Where it is; ``-`` for standard input."""
    name: str
    """Its name below the output's folder."""
    form: Form
    """How it is written down."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is made of each shard."""

    output: str | None = None
    """The folder of the cleaned shards; None for none, or for standard output."""
    standard: bool = False
    """Whether cleaned records go to standard output."""
    to: str | None = None
    """The format that is written; None for the shard's own."""
    annotations: str | None = None
    """The folder of Dolma attributes."""
    removed: str | None = None
    """The folder of what was removed."""
    drop_empty: bool = False
    keys: Keys = field(default_factory=Keys)
    limits: Limits = field(default_factory=Limits)

    def form(self, shard: Shard) -> Form:
        """How the cleaned shard is written down; on standard output it is not compressed."""
        form = shard.form.to(self.to)
        return Form(form.format) if self.standard else form

    def target(self, shard: Shard) -> str | None:
        """Where the cleaned shard goes."""
        return None if self.output is None else str(Path(self.output, renamed(shard.name, shard.form, self.form(shard))))

    def beside(self, shard: Shard) -> list[str]:
        """Where the annotations and what was removed go, as far as they are wanted."""
        name = renamed(shard.name, shard.form, shard.form.to("jsonl"))
        return [str(Path(folder, name)) for folder in (self.annotations, self.removed) if folder is not None]

    def targets(self, shard: Shard) -> list[str]:
        """All outputs of a shard; the last one is there when all are."""
        target = self.target(shard)
        return [*self.beside(shard), *([] if target is None else [target])]

    def is_finished(self, shard: Shard) -> bool:
        """Whether an earlier run made all outputs of a shard."""
        targets = self.targets(shard)
        return bool(targets) and all(Path(target).exists() for target in targets)


class Sink:
    """One output of a shard.

    Args:
        target: the file; None for standard output.
        form: how it is written down.
        keys: where the text of a record goes.
        like: the shard, where it is of the same form.

    Raises:
        OutputError: it cannot be written there.
    """

    def __init__(self, target: str | None, form: Form, keys: Keys, like: str | None = None) -> None:
        self._name = target or "standard output"
        if target is None and sys.stdout is None:
            raise OutputError("standard output: it is closed; write files with -o")
        if target is not None:
            sweep(target)
        self._unfinished = None if target is None else Unfinished(target)
        self._file: IO[bytes] = sys.stdout.buffer if self._unfinished is None else self._unfinished.file
        try:
            self._writer, self._compressor = open_writer(self._file, form, keys, like)
        except BaseException:
            self.discard()
            raise

    def write(self, record: Record, cleaned: Cleaned | None) -> None:
        """Write a record; see :class:`cleantext.records.model.Writer`.

        Raises:
            Unfit: the format cannot hold it.
            OutputError: the disk is full, or the like.
        """
        with writing(self._name):
            self._writer.write(record, cleaned)

    def line(self, text: str) -> None:
        """Write a line of JSON as it is."""
        with writing(self._name):
            # A lone surrogate is no UTF-8; JSON spells it \\udXXX, which is what this error handler writes.
            self._compressor.write(text.encode(errors="backslashreplace") + b"\n")

    def flush(self) -> None:
        """Hand on to standard output's reader what there is."""
        if self._unfinished is None:
            with writing(self._name):
                self._file.flush()

    def finish(self) -> list[tuple[Record, str]]:
        """End the file, on disk but not in its place; gives the records that its format could not hold, with the reasons."""
        with writing(self._name):
            unfit = list(self._writer.finish())
            if self._compressor is not self._file:
                self._compressor.close()
        if self._unfinished is not None:
            self._unfinished.complete()
        self.flush()
        return unfit

    def appear(self) -> None:
        """Move the file to its place."""
        if self._unfinished is not None:
            self._unfinished.appear()

    def discard(self) -> None:
        """Leave nothing of it."""
        if self._unfinished is not None:
            with suppress(Exception):  # a compressor that is left open would complain later that its file is gone
                self._compressor.close()
            self._unfinished.discard()
