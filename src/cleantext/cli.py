"""The console script: arguments to pages to the cleaner to output.

It behaves as the tools it stands beside in a pipeline do: text on standard output and everything else on standard error, one
page in memory at a time, a page that fails does not stop the others, and the exit code says what happened (0 all done, 1 some
pages failed, 2 wrong usage, 130 interrupted, 141 the reader of the output has gone, 143 told to end). Shards of records are
:mod:`cleantext.streams`'s.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

import click

from cleantext.cleaner import Cleaner
from cleantext.config import Config
from cleantext.errors import CleantextError, ConfigError, InputError, MissingExtraError, OutputError
from cleantext.explain import Tally, concern, explain, explain_in_colour, tally_in_colour
from cleantext.files import write_file
from cleantext.inputs import STANDARD_INPUT, check_encoding, find_sources, read_page
from cleantext.lexicon import languages
from cleantext.model import CONTENT_KINDS, Kind
from cleantext.outputs import plan, silence, write_standard
from cleantext.release import release
from cleantext.streams import record_options, run_records, wants_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cleantext.document import Document
    from cleantext.inputs import Page, Source

__all__ = ["main"]

_SCHEMA_VERSION = 1
_FAILED = 1
_INTERRUPTED = 130
_ENDED = 143
_READER_GONE = 141
_MANY_PAGES = 20  # from here on a person wonders how long it takes
_OPENINGS = ("<!doctype html", "<html", "<?xml")


class _Form(Enum):
    TEXT = "text"
    EXPLAIN = "explain"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class _Options:
    """What was asked for, the cleaner's own settings aside."""

    form: _Form
    html: bool | None
    """Whether pages are HTML; None goes by the name."""
    encoding: str | None
    folder: str | None
    """Where to write files; None for standard output."""
    stats: bool
    quiet: bool

    def is_html(self, source: Source) -> bool:
        return source.is_html if self.html is None else self.html

    def target(self, source: Source) -> str:
        """The file that a page's output goes to."""
        added = ".json" if self.form is _Form.JSON else ".txt" if self.is_html(source) or source.path == STANDARD_INPUT else ""
        return os.path.join(self.folder or "", source.name + added)


@dataclass(slots=True)
class _Run:
    """One call of the program, from its first page to its last."""

    options: _Options
    cleaner: Cleaner
    several: bool = False
    """Whether more than one page goes to standard output, so that each needs a heading."""
    failures: int = 0
    written: int = 0
    tally: Tally = field(default_factory=Tally)

    def fail(self, error: CleantextError) -> None:
        """Say what went wrong with one page; the others go on."""
        self.failures += 1
        click.echo(f"Error: {error}", err=True)

    def note(self, source: Source, message: str) -> None:
        """Say what a person may want to know of one page."""
        if not self.options.quiet:
            click.echo(f"Note: {_shown(source.path)}: {message}", err=True)

    def clean(self, source: Source) -> None:
        """Read, clean and write one page."""
        try:
            page = read_page(source, self.options.encoding)
        except InputError as error:
            self.fail(error)
            return
        html = self.options.is_html(source)
        document = self.cleaner.annotate_html(page.text) if html else self.cleaner.annotate(page.text)
        try:
            self._write(source, document, page)
        except OutputError as error:
            if self.options.folder is None:
                raise
            self.fail(error)
            return
        if self.options.stats:
            self.tally.add(document)
        self._comment(source, document, page)

    def _write(self, source: Source, document: Document, page: Page) -> None:
        if self.options.form is _Form.JSON:
            data = _json(source, document, page)
        elif self.options.form is _Form.EXPLAIN:
            text = explain_in_colour(document) if _coloured(sys.stdout) else explain(document)
            data = f"{text}\n".encode(errors="backslashreplace")
        else:
            # A lone surrogate is no UTF-8, but it is what the page holds, and nothing is rewritten.
            data = document.content.encode(errors="surrogatepass")
            data += b"\n" if data and not data.endswith((b"\n", b"\r")) else b""
        if self.options.folder is not None:
            write_file(self.options.target(source), data)
        elif self.several and self.options.form is not _Form.JSON:
            heading = f"==> {_shown(source.path)} <==\n".encode(errors="surrogateescape")
            write_standard((b"\n" if self.written else b"") + heading + data)
        else:
            write_standard(data)
        self.written += 1

    def _comment(self, source: Source, document: Document, page: Page) -> None:
        if page.guessed:
            self.note(source, f"is not UTF-8; was read as {page.encoding}, its likeliest encoding; --encoding names another")
        html = self.options.is_html(source)
        if self.options.html is None and not html and page.text[:100].lstrip().lower().startswith(_OPENINGS):
            self.note(source, "looks like HTML, but was read as text; --html reads it as HTML")
        if not html and page.text[:100].lstrip().startswith('[{"'):
            self.note(source, "looks like a JSON array; write its records one a line to a file named .jsonl (jq -c '.[]')")
        if html and page.text.strip() and not document.text.strip():
            self.note(source, "no text was found in this HTML; if it is plain text, read it with --text")
        elif (message := concern(document)) is not None:
            self.note(source, message)


def _json(source: Source, document: Document, page: Page) -> bytes:
    account = {
        "schema_version": _SCHEMA_VERSION,
        "program": "cleantext",
        "version": release(),
        "path": source.path,
        "encoding": page.encoding,
        **document.to_dict(),
    }
    # JSON spells a lone surrogate as \udXXX, which is what this error handler writes.
    return f"{json.dumps(account, ensure_ascii=False)}\n".encode(errors="backslashreplace")


def _shown(path: str) -> str:
    return "standard input" if path == STANDARD_INPUT else path


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()


def _coloured(stream: TextIO | None) -> bool:
    return _is_terminal(stream) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _run(paths: Sequence[str], options: _Options, config: Config) -> int:
    """Clean all pages.

    Returns:
        The exit code.

    Raises:
        ConfigError: the output's plan would lose a page; nothing was written.
    """
    run = _Run(options, Cleaner(config))
    sources = list(find_sources(paths, run.fail, skip=options.folder))
    if options.folder is not None:
        plan((source, options.target(source)) for source in sources)
    run.several = len(sources) > 1
    try:
        for source in _followed(sources, options):
            run.clean(source)
    except BrokenPipeError:
        silence()
        return _READER_GONE
    if options.stats:
        click.echo(tally_in_colour(run.tally) if _coloured(sys.stderr) else str(run.tally), err=True)
    return _FAILED if run.failures else 0


def _followed(sources: list[Source], options: _Options) -> Iterable[Source]:
    """The pages; with a progress bar where a person waits for many and it does not get between the output."""
    between = options.folder is None and _is_terminal(sys.stdout)
    if options.quiet or len(sources) <= _MANY_PAGES or between or not _is_terminal(sys.stderr):
        return sources
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.progress import track  # noqa: PLC0415

    return track(sources, "Cleaning", console=Console(stderr=True), transient=True)


_HELP = """Remove the chrome of web pages from text: share bars, teasers, menus, cookie notices and the like. The article's text
stays, and comes out as it went in, on standard output.

PATHs are text or HTML files, folders (every .txt, .text, .html, .htm and .xhtml file below them), or - for standard input,
which is also read when no PATH is given. They may also be shards of records: JSON lines, Parquet, WARC and WET, each also
compressed (.gz, .zst, .xz, .bz2). A shard comes out as a shard of the same name and format."""

_EPILOG = f"""\b
Examples:
  cleantext page.txt                      print the article's text
  curl -s https://example.org | cleantext --html
  cleantext --explain page.txt            say of every line why it stays or goes
  cleantext corpus -o cleaned --stats     clean a folder into another one
  cleantext --keep byline,caption *.txt   keep some of what is removed
  cleantext --json corpus | jq -r 'select(.suspect) | .path'
  cleantext shards/*.jsonl.zst -o cleaned -j 2 --resume
  zcat part.jsonl.gz | cleantext --text-key content > cleaned.jsonl

Kinds: {", ".join(kind for kind in Kind if kind not in CONTENT_KINDS)}.

Languages: {", ".join(tag for tag in languages() if tag != "und")}.

Exit codes: 0 all done, 1 some pages or records failed, 2 wrong usage, 130 interrupted, 143 ended."""


def _show_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click calls it
    if wanted:
        click.echo(f"cleantext {release()}")
        context.exit()


@click.command(help=_HELP, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.argument("paths", nargs=-1, type=click.Path(allow_dash=True), metavar="[PATH]...")
@click.option("-o", "--output", metavar="DIR", type=click.Path(file_okay=False), help="Write one file per page into DIR.")
@click.option("--explain", is_flag=True, help="Print every line with its fate, probability, kind and reason.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per page, each on a line of its own.")
@click.option("--keep", multiple=True, metavar="KIND[,KIND]", help="Keep lines of these kinds; can be given more than once.")
@click.option(
    "--threshold",
    type=float,
    default=Config.__dataclass_fields__["threshold"].default,
    show_default=True,
    metavar="P",
    help="Keep lines from this probability of being main content on; lower keeps more.",
)
@click.option("--language", metavar="TAG", help="The pages' language, such as en; found for each page if left out.")
@click.option("--html/--text", "html", default=None, help="Read all pages as HTML, or as text; else their names decide.")
@click.option("--encoding", metavar="NAME", help="The pages' encoding; found for each page if left out.")
@record_options
@click.option("--stats", is_flag=True, help="Print a table of what was kept and removed to standard error.")
@click.option("-q", "--quiet", is_flag=True, help="Print no notes and no progress; errors are still printed.")
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="Print the version.")
@click.pass_context
def _program(context: click.Context, /, paths: tuple[str, ...], **given: Any) -> int:
    if not paths and (sys.stdin is None or sys.stdin.isatty()):
        click.echo(context.get_help())
        return 0
    if given["explain"] and given["as_json"]:
        raise click.UsageError("--explain and --json exclude each other")
    if given["explain"] and given["output"] is not None:
        raise click.UsageError("--explain is for reading and goes to standard output; -o writes the same account with --json")
    form = _Form.EXPLAIN if given["explain"] else _Form.JSON if given["as_json"] else _Form.TEXT
    options = _Options(form, given["html"], given["encoding"], given["output"], given["stats"], given["quiet"])
    keep: frozenset[Any] = frozenset(name.strip().lower() for names in given["keep"] for name in names.split(",") if name.strip())
    try:
        if options.encoding is not None:
            check_encoding(options.encoding)
        config = Config(keep, given["threshold"], given["language"])
        paths = paths or (STANDARD_INPUT,)
        if wants_records(paths, given):
            return run_records(paths, given, Cleaner(config))
        return _run(paths, options, config)
    except (ConfigError, MissingExtraError) as error:
        raise click.UsageError(str(error)) from error


def _end(*_: object) -> NoReturn:
    """End as an interruption does: with what is half-written taken away, and the other processes ended."""
    raise SystemExit(_ENDED)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program.

    Args:
        arguments: the command line without the program's name; None for the one that this process was started with.

    Returns:
        The exit code: 0 all done, 1 some pages failed, 2 wrong usage, 130 interrupted, 141 the output's reader has gone,
        143 told to end by another program.
    """
    if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, _end)
    try:
        return int(_program.main(arguments, prog_name="cleantext", standalone_mode=False))
    except click.Abort:
        return _INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except CleantextError as error:
        click.echo(f"Error: {error}", err=True)
        return _FAILED
