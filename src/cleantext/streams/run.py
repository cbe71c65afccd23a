"""A run over shards: records are read, cleaned in batches and written.

The shards make one stream of batches, so that many small ones keep all processes as busy as a large one does. What cannot be used
goes to the file of faults and the run goes on; where nothing can be written any more it stops, and leaves nothing half-written.
"""

from __future__ import annotations

import json
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol

from cleantext.inputs import STANDARD_INPUT
from cleantext.records import read_records
from cleantext.records.codecs import Input
from cleantext.records.model import Fault, Record, Unfit
from cleantext.streams.parallel import in_order
from cleantext.streams.shards import Sink
from cleantext.streams.summary import Summary
from cleantext.streams.work import PageOf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleantext.records import Form
    from cleantext.records.model import Cleaned
    from cleantext.streams.faults import FaultFile
    from cleantext.streams.shards import Plan, Shard
    from cleantext.streams.work import Work

__all__ = ["Observer", "Run"]


class Observer(Protocol):
    """Whoever watches a run."""

    def fault(self, shard: str, fault: Fault) -> None:
        """Something could not be used."""

    def progress(self, summary: Summary) -> None:
        """A batch was written."""


class Run:
    """One run.

    Args:
        plan: what is made of each shard.
        work: what is done to each batch.
        faults: takes what cannot be used.
        observer: watches.
    """

    def __init__(self, plan: Plan, work: Work, faults: FaultFile, observer: Observer) -> None:
        self.plan = plan
        self.summary = Summary()
        self._work = work
        self._faults = faults
        self._observer = observer

    def do(self, shards: Iterable[Shard], processes: int = 1) -> Summary:
        """Make all outputs of all shards.

        Args:
            shards: in the order in which they are done.
            processes: how many processes clean.

        Raises:
            OutputError: nothing can be written any more; the shards that were finished before are there.
            WorkerError: a process has died; the same holds.
            MissingExtraError: a library that a format needs is missing.
            BrokenPipeError: the reader of standard output has gone.
        """
        batches = ((batch, batch.pages()) for shard in shards for batch in self._read(shard))
        job: _Job | None = None
        try:
            with closing(in_order(self._work, batches, processes)) as results:
                for batch, cleaned in results:
                    job = job or _Job(self, batch.shard)
                    job.write(batch, cleaned)
                    if batch.is_last:
                        job.finish(failed=batch.failed)
                        job = None
                    self._observer.progress(self.summary)
        finally:
            if job is not None:
                job.discard()
            self._faults.close()
        return self.summary

    def fault(self, shard: Shard, fault: Fault) -> None:
        """Count, keep and tell of what cannot be used."""
        self.summary.faults += 1
        self._faults.add(shard.path, fault)
        self._observer.fault(shard.path, fault)

    def keep_faults(self) -> None:
        """Bring the faults to disk."""
        self._faults.keep()

    def _read(self, shard: Shard) -> Iterator[_Batch]:
        """A shard in batches; the last one ends it."""
        batch = _Batch(shard)
        try:
            with _opened(shard.path) as file:
                source = Input(file, shard.form.codec)
                before = 0
                for item in read_records(source, shard.form, self.plan.keys, self.plan.limits):
                    batch.add(item)
                    if batch.size >= self.plan.limits.batch:
                        batch.taken, before = source.taken - before, source.taken
                        yield batch
                        batch = _Batch(shard)
                batch.taken = source.taken - before
        except OSError as error:
            advice = "check the path" if isinstance(error, FileNotFoundError) else "check the file and its permissions"
            batch.add(Fault("the whole shard", f"{(error.strerror or str(error)).lower()}; {advice}"))
            batch.failed = True
        batch.is_last = True
        yield batch


@contextmanager
def _opened(path: str) -> Iterator[IO[bytes]]:
    if path != STANDARD_INPUT:
        with Path(path).open("rb") as file:
            yield file
    elif sys.stdin is None:
        raise OSError("it is closed")
    else:
        yield sys.stdin.buffer


class _Batch:
    """A stretch of a shard that is cleaned together."""

    def __init__(self, shard: Shard) -> None:
        self.shard = shard
        self.items: list[Record | Fault] = []
        self.size = 0
        self.taken = 0
        """Bytes of the file that were read for it."""
        self.is_last = False
        self.failed = False
        """Whether the shard could not be read to its end."""

    def add(self, item: Record | Fault) -> None:
        self.items.append(item)
        self.size += item.size if isinstance(item, Record) else len(item.data)

    def pages(self) -> list[PageOf]:
        """What is to be cleaned."""
        return [PageOf(item.text, item.html, item.url) for item in self.items if isinstance(item, Record) and item.is_page]


class _Job:
    """The outputs of one shard in the making."""

    def __init__(self, run: Run, shard: Shard) -> None:
        self._run = run
        self._plan = plan = run.plan
        self._shard = shard
        self._form = plan.form(shard)
        self._sinks: list[Sink] = []
        """All outputs, in the order in which they appear."""
        self._annotations = self._removed = self._main = None
        lines, beside = shard.form.to("jsonl"), plan.beside(shard)
        try:
            if plan.annotations is not None:
                self._annotations = self._open(beside[0], lines)
            if plan.removed is not None:
                self._removed = self._open(beside[-1], lines)
            if plan.standard or plan.output is not None:
                self._main = self._open(plan.target(shard), self._form)
        except BaseException:
            self.discard()
            raise

    def _open(self, target: str | None, form: Form) -> Sink:
        is_like = form == self._shard.form and self._shard.path != STANDARD_INPUT
        self._sinks.append(Sink(target, form, self._plan.keys, self._shard.path if is_like else None))
        return self._sinks[-1]

    def write(self, batch: _Batch, cleaned: Iterable[Cleaned | str]) -> None:
        """Write a batch, in order."""
        verdicts = iter(cleaned)
        summary = self._run.summary
        for item in batch.items:
            if isinstance(item, Fault):
                self._run.fault(self._shard, item)
                continue
            summary.records += 1
            verdict = next(verdicts) if item.is_page else None
            if isinstance(verdict, str):
                self._fail(item, verdict)
            elif item.aside and self._form.format != self._shard.form.format:
                summary.aside += 1
            else:
                self._write(item, verdict)
        summary.bytes_read += batch.taken
        for sink in self._sinks:
            sink.flush()

    def _write(self, record: Record, cleaned: Cleaned | None) -> None:
        dropped = self._count(cleaned)
        if not record.aside:
            self._write_beside(record, cleaned)
        if self._main is not None and not dropped:
            try:
                self._main.write(record, cleaned)
            except Unfit as error:
                self._fail(record, str(error))

    def _count(self, cleaned: Cleaned | None) -> bool:
        """Count a record; True if it is to be dropped."""
        if cleaned is None:
            return False
        summary = self._run.summary
        empty = not cleaned.content.strip()
        dropped = empty and self._plan.drop_empty
        summary.cleaned += 1
        summary.empty += empty
        summary.dropped += dropped
        summary.suspect += cleaned.suspect
        summary.length += cleaned.length
        summary.kept += len(cleaned.content)
        return dropped

    def _write_beside(self, record: Record, cleaned: Cleaned | None) -> None:
        removed = () if cleaned is None else cleaned.removed
        extracted = None if cleaned is None else cleaned.extracted
        if self._annotations is not None:
            spans = [[each.start, each.end, 1.0] for each in removed]
            text = "" if extracted is None else f'"text": {json.dumps(extracted, ensure_ascii=False)}, '
            self._annotations.line(f'{{"id": {record.id}, {text}"attributes": {{"cleantext__removed": {json.dumps(spans)}}}}}')
        if self._removed is not None and removed:
            page = (record.text if extracted is None else extracted) or ""
            cut = [{**each._asdict(), "text": page[each.start : each.end]} for each in removed]
            position = json.dumps(record.position)
            self._removed.line(f'{{"id": {record.id}, "position": {position}, "removed": {json.dumps(cut, ensure_ascii=False)}}}')

    def _fail(self, record: Record, error: str) -> None:
        self._run.fault(self._shard, Fault(record.position, error, record.original.raw()))

    def finish(self, *, failed: bool) -> None:
        """End the shard: its outputs appear, unless it could not be read."""
        if failed:
            self._run.summary.failed += 1
            self.discard()
            return
        try:
            for record, error in [unfit for sink in self._sinks for unfit in sink.finish()]:
                self._fail(record, error)
            self._run.keep_faults()
            for sink in self._sinks:
                sink.appear()
        except BaseException:
            self.discard()
            raise
        self._run.summary.shards += 1

    def discard(self) -> None:
        """Leave nothing of it."""
        for sink in self._sinks:
            sink.discard()
