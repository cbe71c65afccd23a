"""The console script's other half: shards of records in, shards of records out.

It is the same command and the same cleaner as for single pages. What is given decides which half is at work: a name that is a
shard's, first bytes that are, or an option that only means something for records.
"""

from __future__ import annotations

import json
import os
import stat
import sys
from typing import TYPE_CHECKING, Any

import click

from cleantext.errors import ConfigError, OutputError
from cleantext.files import write_file
from cleantext.inputs import STANDARD_INPUT, Source
from cleantext.outputs import plan as refuse_losses
from cleantext.outputs import silence
from cleantext.records import FORMATS, recognise, recognise_name
from cleantext.records.model import Keys, Limits
from cleantext.streams.shards import Plan, Shard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cleantext.cleaner import Cleaner

__all__ = ["record_options", "run_records", "wants_records"]

_UNITS = {"k": 1 << 10, "m": 1 << 20, "g": 1 << 30}
_FAILED = 1
_READER_GONE = 141
_PEEK = 1 << 13


def _size(value: str) -> int:
    """Bytes of a number with a unit: ``64k`` is 65,536."""
    number, unit = (value[:-1], _UNITS[value[-1].lower()]) if value[-1:].lower() in _UNITS else (value, 1)
    if not number.isdecimal() or not int(number):
        raise click.BadParameter(f"{value!r} is no size; write 500000, 64k, 16M or 1G")
    return int(number) * unit


_OPTIONS = (
    click.option(
        "--from", "from_", type=click.Choice(list(FORMATS)), help="The records' format; else names or first bytes decide."
    ),
    click.option("--to", type=click.Choice([name for name in FORMATS if name != "html"]), help="Write another format."),
    click.option("-j", "--jobs", type=click.IntRange(0), metavar="N", help="Clean with N processes; 0 for one on each core."),
    click.option("--text-key", metavar="KEY", help="The field with the text; dots lead into nested fields.  [default: text]"),
    click.option("--html-key", metavar="KEY", help="A field with HTML, which is cleaned instead where a record has it."),
    click.option("--url-key", metavar="KEY", help="The field with the page's address.  [default: url]"),
    click.option("--id-key", metavar="KEY", help="The field with the record's id.  [default: id]"),
    click.option(
        "--annotations", metavar="DIR", type=click.Path(file_okay=False), help="Write what would be removed, as Dolma attributes."
    ),
    click.option("--removed", metavar="DIR", type=click.Path(file_okay=False), help="Write what was cut from each record."),
    click.option(
        "--add-fields", is_flag=True, help="Add lengths, share and kinds removed to each record, as its field cleantext."
    ),
    click.option("--drop-empty", is_flag=True, help="Leave out records of which nothing is left."),
    click.option("--resume", is_flag=True, help="Skip shards that an earlier run finished."),
    click.option(
        "--errors", metavar="FILE", type=click.Path(dir_okay=False), help="Where bad records go.  [default: DIR.errors.jsonl]"
    ),
    click.option("--summary", metavar="FILE", type=click.Path(dir_okay=False), help="Write the numbers of the run as JSON."),
    click.option("--max-record-bytes", type=_size, metavar="SIZE", help="The longest record that is read.  [default: 16M]"),
    click.option(
        "--batch-size", type=_size, metavar="SIZE", help="How much is cleaned, and held in memory, at once.  [default: 1M]"
    ),
)
_NAMES = (
    "from_", "to", "jobs", "text_key", "html_key", "url_key", "id_key", "annotations", "removed", "add_fields", "drop_empty",
    "resume", "errors", "summary", "max_record_bytes", "batch_size",
)  # fmt: skip


def record_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of streams of records."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def wants_records(paths: Sequence[str], given: dict[str, Any]) -> bool:
    """Whether what is given are records, not single pages."""
    if any(given[name] not in {None, False} for name in _NAMES):
        return True
    skip = _folders(given)
    return any(_is_shard(path, skip) for path in paths)


def _folders(given: dict[str, Any]) -> frozenset[str]:
    """The folders that are written to; nothing is read from them."""
    return frozenset(os.path.realpath(given[name]) for name in ("output", "annotations", "removed") if given[name] is not None)


def _is_shard(path: str, skip: frozenset[str]) -> bool:
    if path == STANDARD_INPUT:
        return recognise(path, _first_bytes(path)).holds_records
    if os.path.isdir(path):
        return any(True for _ in _walk(path, None, skip))
    named = recognise_name(path)
    return (recognise(path, _first_bytes(path)) if named is None else named).holds_records


def _first_bytes(path: str) -> bytes:
    """The beginning of a file, or what standard input has to give so far; nothing of what cannot be read, as will show.

    Nothing is taken from a named pipe either: it would be lost to whoever reads it.
    """
    try:
        if path != STANDARD_INPUT:
            if not os.path.isfile(path):
                return b""
            with open(path, "rb") as file:
                return file.read(_PEEK)
        standard: Any = None if sys.stdin is None else sys.stdin.buffer
        return b"" if standard is None else bytes(standard.peek(_PEEK))
    except (OSError, ValueError):
        return b""


def _find(paths: Sequence[str], format_: str | None, skip: frozenset[str]) -> Iterator[Shard]:
    """The shards that paths name; of a folder all below it and its pages, hidden ones left out."""
    for path in paths:
        if path != STANDARD_INPUT and os.path.isdir(path):
            shards = list(_walk(path, format_, skip, pages=True))
            if not shards:
                raise ConfigError(f"{path}: no shards in this folder; name files of other names one by one, with --from")
            yield from shards
        else:
            form = recognise(path, _first_bytes(path), format_)
            name = f"stdin{form.suffix}" if path == STANDARD_INPUT else os.path.basename(os.path.normpath(path))
            yield Shard(path, name, form)


def _walk(folder: str, format_: str | None, skip: frozenset[str], *, pages: bool = False) -> Iterator[Shard]:
    for inside, folders, files in os.walk(folder):
        folders[:] = sorted(
            each for each in folders if not each.startswith(".") and os.path.realpath(os.path.join(inside, each)) not in skip
        )
        for file in sorted(files):
            path = os.path.join(inside, file)
            form = recognise_name(file)
            if form is None or file.startswith(".") or (format_ is not None and form.format != format_):
                continue
            if form.holds_records or pages:
                yield Shard(path, os.path.relpath(path, folder), form)


def run_records(paths: Sequence[str], given: dict[str, Any], cleaner: Cleaner) -> int:
    """Clean shards.

    Args:
        paths: files, folders, or ``-``.
        given: the options by their names.
        cleaner: with its settings.

    Returns:
        The exit code.

    Raises:
        ConfigError: what is asked for makes no sense, or would lose something; nothing was written.
        OutputError: nothing can be written any more.
        WorkerError: a process has died.
    """
    from cleantext.streams.faults import FaultFile  # noqa: PLC0415 - the help needs none of these
    from cleantext.streams.run import Run  # noqa: PLC0415
    from cleantext.streams.watch import show, watcher  # noqa: PLC0415
    from cleantext.streams.work import Work  # noqa: PLC0415

    plan = _plan(given)
    shards = list(_find(paths, given["from_"], _folders(given)))
    errors = given["errors"] or _default_errors(plan)
    _check(shards, plan, given, [path for path in (errors, given["summary"]) if path is not None])
    left = [shard for shard in shards if not (given["resume"] and plan.is_finished(shard))]
    work = Work(cleaner, spans=plan.annotations is not None or plan.removed is not None, fields=plan.keys.added)
    faults = FaultFile(errors, {shard.path for shard in left} if given["resume"] else None)
    jobs = given["jobs"] if given["jobs"] is not None else 1
    with watcher(left, quiet=given["quiet"], to_terminal=plan.standard and _is_terminal()) as observer:
        run = Run(plan, work, faults, observer)
        run.summary.skipped = len(shards) - len(left)
        try:
            summary = run.do(left, jobs or _cores())
        except BrokenPipeError:
            silence()
            return _READER_GONE
        except OutputError:
            if plan.standard and sys.stdout is not None:
                silence()  # or the interpreter would try once more at its end, and say so
            raise
    if not given["quiet"]:
        show(summary, errors)
    if given["summary"] is not None:
        write_file(given["summary"], f"{json.dumps(summary.to_dict(), indent=2)}\n".encode())
    return _FAILED if summary.faults or summary.failed else 0


def _plan(given: dict[str, Any]) -> Plan:
    keys, limits = Keys(), Limits()
    return Plan(
        output=given["output"],
        standard=given["output"] is None and given["annotations"] is None,
        to=given["to"],
        annotations=given["annotations"],
        removed=given["removed"],
        drop_empty=given["drop_empty"],
        keys=Keys(
            given["text_key"] or keys.text,
            given["html_key"],
            given["url_key"] or keys.url,
            given["id_key"] or keys.id,
            given["add_fields"],
        ),
        limits=Limits(given["max_record_bytes"] or limits.record, given["batch_size"] or limits.batch),
    )


def _default_errors(plan: Plan) -> str | None:
    """Beside the output's folder, not in it: what stands in it are shards."""
    folder = plan.output or plan.annotations
    return None if folder is None else f"{os.path.abspath(folder)}.errors.jsonl"


def _check(shards: Sequence[Shard], plan: Plan, given: dict[str, Any], files: Sequence[str]) -> None:
    """Refuse what makes no sense or would lose something.

    Raises:
        ConfigError: it does; the message says what to do.
    """
    if given["explain"] or given["as_json"]:
        raise ConfigError(
            "--explain and --json are for single pages; for records there are --add-fields, --annotations, --removed"
        )
    if given["encoding"] is not None or given["html"] is not None:
        raise ConfigError("--encoding, --html and --text are for single pages; for records there are --from and --html-key")
    folders = [os.path.realpath(each) for each in (plan.output, plan.annotations, plan.removed) if each is not None]
    if len(set(folders)) < len(folders):
        raise ConfigError("-o, --annotations and --removed need folders of their own")
    if given["resume"] and not folders:
        raise ConfigError("--resume looks for finished shards in a folder; name it with -o")
    formats = {plan.form(shard).format for shard in shards}
    if plan.keys.added and "text" in formats:
        raise ConfigError("plain text has no fields that --add-fields could add to; write --to jsonl")
    if "warc" in formats and any(shard.form.format != "warc" for shard in shards):
        raise ConfigError("only records of WARC and WET can be written as WARC; --to jsonl holds any")
    if plan.standard:
        _check_standard_output(shards, formats)
    refuse_losses((Source(shard.path, shard.name), target) for shard in shards for target in plan.targets(shard))
    inputs = {os.path.realpath(shard.path) for shard in shards}
    if over := [file for file in files if os.path.realpath(file) in inputs]:
        raise ConfigError(f"{over[0]} is an input; name another file for what is written")


def _check_standard_output(shards: Sequence[Shard], formats: set[str]) -> None:
    if len(formats) > 1:
        raise ConfigError(
            f"{' and '.join(sorted(formats))} cannot both go to standard output; name a folder with -o, or --to jsonl"
        )
    if len(shards) > 1 and formats <= {"parquet", "text"}:
        raise ConfigError("several shards of this format cannot go to standard output; name a folder with -o, or --to jsonl")
    if formats == {"parquet"} and _is_terminal():
        raise ConfigError("Parquet is nothing for a terminal; name a folder with -o, or --to jsonl")
    if sys.stdout is None:
        return
    try:
        here = os.fstat(sys.stdout.fileno())
    except (OSError, ValueError):
        return
    for shard in shards:
        if stat.S_ISREG(here.st_mode) and os.path.exists(shard.path) and os.path.samestat(here, os.stat(shard.path)):
            raise ConfigError(f"standard output is the input {shard.path}; name a folder with -o")


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
