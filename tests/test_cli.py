"""The console script, run as a user runs it: as a program of its own, by its arguments, streams and exit code."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from prose import PROSE

from cleantext import Kind
from cleantext.model import CONTENT_KINDS

PROGRAM = [sys.executable, "-m", "cleantext"]
ARTICLE = "\n\n".join(PROSE["en"]) + "\n"
PAGE = f"Skip to main content\n\n{ARTICLE}\nShare this article\nAdvertisement\n"
FRENCH = "\n\n".join(PROSE["fr"]).replace("’", "'") + "\n"
PARAGRAPHS = "".join(f"<p>{each}</p>" for each in PROSE["en"])
MARKUP = f"<html><head><title>x</title></head><body><article>{PARAGRAPHS}</article></body></html>"


def run(
    *arguments: str | Path, given: bytes | str = b"", cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """The program's end: output, messages and exit code."""
    data = given.encode() if isinstance(given, str) else given
    environment = {**os.environ, "PYTHONUTF8": "0", **environment}
    return subprocess.run(
        [*PROGRAM, *map(str, arguments)], input=data, capture_output=True, cwd=cwd, env=environment, timeout=60, check=False
    )


def told(done: subprocess.CompletedProcess[bytes]) -> str:
    """The messages; one that names the machinery of Python is a bug of its own."""
    messages = done.stderr.decode()
    assert "Traceback" not in messages
    return messages


def accounts(output: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.decode().splitlines()]


def replay(account: dict[str, Any], text: str) -> str:
    return "".join(text[line["start"] : line["end"]] for line in account["lines"] if line["label"] == "content")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder with pages, and with what is none."""
    folder = tmp_path / "corpus"
    for name in ("b.txt", "a/deep.TXT", "c.text", "README.md", ".hidden.txt", ".git/d.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(PAGE, encoding="utf-8")
    (folder / "e.html").write_text(MARKUP, encoding="utf-8")
    return folder


def test_standard_input_to_standard_output() -> None:
    done = run(given=PAGE)
    assert (done.returncode, done.stdout.decode(), told(done)) == (0, ARTICLE, "")


def test_output_is_utf8_in_any_locale_and_ends_with_a_line_break() -> None:
    done = run("-", given=FRENCH.rstrip(), LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONCOERCECLOCALE="0")
    assert (done.returncode, done.stdout.decode()) == (0, FRENCH)


def test_line_breaks_stay_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "dos.txt"
    file.write_bytes(ARTICLE.replace("\n", "\r\n").encode())
    assert run(file).stdout == file.read_bytes()


def test_a_lone_surrogate_does_not_stop_the_program() -> None:
    given = ARTICLE.encode("utf-7") + b"And +2AA- it ended.\n"
    text = given.decode("utf-7")
    assert "\ud800" in text
    plain = run("--encoding", "utf-7", given=given)
    assert (plain.returncode, told(plain)) == (0, "")
    account = accounts(run("--encoding", "utf-7", "--json", given=given).stdout)[0]
    assert account["length"] == len(text)
    assert replay(account, text).encode(errors="surrogatepass") == plain.stdout


def test_folders_files_and_headings(corpus: Path) -> None:
    done = run("corpus", "corpus/README.md", cwd=corpus.parent)
    assert (done.returncode, told(done)) == (0, "")
    names = [str(Path("corpus", name)) for name in ("a/deep.TXT", "b.txt", "c.text", "e.html", "README.md")]
    parts = done.stdout.decode().split("==> ")
    assert [part.partition(" <==\n")[0] for part in parts[1:]] == names
    assert parts[2].partition("\n")[2] == f"{ARTICLE}\n", "a blank line stands between two pages"
    assert parts[-1].partition("\n")[2] == ARTICLE, "and none after the last"


def test_one_page_has_no_heading_and_an_empty_one_no_text(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    assert run(tmp_path / "page.txt").stdout.decode() == ARTICLE
    (tmp_path / "page.txt").write_bytes(b"")
    done = run(tmp_path / "page.txt")
    assert (done.returncode, done.stdout) == (0, b"")
    assert told(done) == f"Note: {tmp_path / 'page.txt'}: holds no text\n"


def test_what_fails_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "noise.txt").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "none").mkdir()
    done = run("noise.txt", "gone.txt", "none", "good.txt", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout.decode().endswith(ARTICLE)
    messages = told(done).splitlines()
    assert len(messages) == 3
    for name, step in (("noise.txt", "--encoding"), ("gone.txt", "check the path"), ("none", "one by one")):
        assert any(message.startswith(f"Error: {name}: ") and step in message for message in messages)


def test_an_address_is_answered_with_how_to_fetch_it() -> None:
    assert "curl -sL https://example.org/a | cleantext --html" in told(run("https://example.org/a"))


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"\xef\xbb\xbf" + FRENCH.encode(), "utf-8"),
        (FRENCH.encode("utf-16"), "utf-16-le"),
        (b"\xfe\xff" + FRENCH.encode("utf-16-be"), "utf-16-be"),
        (FRENCH.encode("latin-1"), "cp1252"),
        (FRENCH.encode("utf-16-le"), "utf_16_le"),
    ],
    ids=["utf-8 with a mark", "utf-16-le", "utf-16-be", "latin-1", "utf-16 without a mark"],
)
def test_encodings_are_found(data: bytes, encoding: str, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_bytes(data)
    done = run("page.txt", "--json", cwd=tmp_path)
    account = accounts(done.stdout)[0]
    assert account["encoding"] == encoding
    assert replay(account, FRENCH) == FRENCH
    assert ("likeliest encoding" in told(done)) == ("_" in encoding or encoding == "cp1252"), "a guess is never silent"


def test_an_encoding_that_is_named_is_used_and_its_failure_told() -> None:
    done = run("--encoding", "cp437", given=FRENCH.encode("cp437"))
    assert (done.returncode, done.stdout.decode(), told(done)) == (0, FRENCH, "")
    done = run("--encoding", "ascii", given=FRENCH)
    assert done.returncode == 1
    assert "not text in ascii at byte" in told(done)


def test_html_by_name_and_by_option(corpus: Path) -> None:
    by_name = run(corpus / "e.html")
    assert by_name.stdout.decode().split() == ARTICLE.split()
    assert run("--html", given=MARKUP).stdout == by_name.stdout
    as_text = run("--json", "--text", corpus / "e.html")
    assert accounts(as_text.stdout)[0]["length"] == len(MARKUP)
    assert "--html" in told(run(given=MARKUP)), "HTML that is read as text is told of"


def test_json_can_be_replayed(corpus: Path) -> None:
    done = run("--json", corpus / "b.txt", corpus / "c.text")
    first, second = accounts(done.stdout)
    assert list(first)[:5] == ["schema_version", "program", "version", "path", "encoding"]
    assert (first["schema_version"], first["program"], first["path"]) == (1, "cleantext", str(corpus / "b.txt"))
    assert replay(first, PAGE) == ARTICLE
    assert first["lines"] == second["lines"]
    page = accounts(run("--json", corpus / "e.html").stdout)[0]
    assert replay(page, page["text"]).split() == ARTICLE.split(), "the offsets are of the extracted text, which is in it"


def test_explain_tells_of_every_line() -> None:
    done = run("--explain", given=PAGE)
    rows = [line.split(maxsplit=4) for line in done.stdout.decode().splitlines() if line[:5].strip()][:-1]
    assert [row[4] for row in rows] == [line for line in PAGE.splitlines() if line]
    assert [row[1] for row in rows] == ["-", *"+" * len(PROSE["en"]), "-", "-"]
    assert {row[3] for row in rows if row[1] == "-"} <= {"navigation", "share", "advertisement"}
    assert b"\x1b" not in done.stdout


def test_explain_is_coloured_at_a_terminal_unless_asked_not_to() -> None:
    for environment, coloured in (({}, True), ({"NO_COLOR": "1"}, False)):
        assert (b"\x1b[" in at_a_terminal("--explain", given=PAGE, **environment)) == coloured


def at_a_terminal(*arguments: str, given: str, **environment: str) -> bytes:
    """What the program shows on a terminal."""
    reader, terminal = pytest.importorskip("pty").openpty()
    shown = {
        **{key: value for key, value in os.environ.items() if key not in {"NO_COLOR", "FORCE_COLOR"}},
        "TERM": "xterm",
        **environment,
    }
    process = subprocess.Popen(
        [*PROGRAM, *arguments], stdin=subprocess.PIPE, stdout=terminal, stderr=subprocess.DEVNULL, env=shown
    )
    os.close(terminal)
    assert process.stdin is not None
    process.stdin.write(given.encode())
    process.stdin.close()
    output = b""
    try:
        while block := os.read(reader, 4096):
            output += block
    except OSError:  # how a terminal says that its other side has gone
        pass
    os.close(reader)
    assert process.wait(60) == 0
    return output


def test_kinds_are_kept_on_request() -> None:
    done = run("--keep", "share, Advertisement", "--keep", "navigation", given=PAGE)
    assert (done.returncode, done.stdout.decode()) == (0, PAGE)


def test_stats_count_to_standard_error(corpus: Path) -> None:
    done = run("--stats", corpus / "b.txt", corpus / "c.text")
    title, heading, *body, sums = told(done).splitlines()
    assert title == "2 pages"
    assert heading.split() == ["kind", "lines", "kept", "words", "kept", "lines", "removed", "words", "removed"]
    assert {row.split()[0] for row in body} <= set(Kind)
    assert sums.split() == ["all", "8", str(2 * len(ARTICLE.split())), "6", str(2 * (len(PAGE.split()) - len(ARTICLE.split())))]


def test_a_page_of_chrome_alone_is_told_of_unless_quiet() -> None:
    chrome = "Share this article\n\nAdvertisement\n\nSubscribe to our newsletter\n"
    done = run(given=chrome)
    assert (done.returncode, done.stdout) == (0, b"")
    assert told(done).startswith("Note: standard input: nothing is left of it")
    assert told(run("--quiet", given=chrome)) == ""


def test_a_folder_is_cleaned_into_another(corpus: Path) -> None:
    for _ in range(2):  # again over its own output, which lies inside the folder and is no input
        done = run(".", "-o", "cleaned", cwd=corpus)
        assert (done.returncode, done.stdout, told(done)) == (0, b"", "")
        written = {str(path.relative_to(corpus / "cleaned")) for path in (corpus / "cleaned").rglob("*") if path.is_file()}
        assert written == {str(Path("a", "deep.TXT")), "b.txt", "c.text", "e.html.txt"}
        assert (corpus / "cleaned" / "b.txt").read_text(encoding="utf-8") == ARTICLE
    (corpus / "cleaned" / "b.txt").write_text("old", encoding="utf-8")
    assert run("b.txt", "-", "--json", "-o", "cleaned", cwd=corpus, given=PAGE).returncode == 0
    for name in ("b.txt.json", "stdin.json"):
        assert replay(accounts((corpus / "cleaned" / name).read_bytes())[0], PAGE) == ARTICLE


def test_nothing_is_written_by_a_plan_that_would_lose_a_page(corpus: Path) -> None:
    over = run("b.txt", "c.text", "-o", ".", cwd=corpus)
    assert over.returncode == 2
    assert "the output for b.txt would be written over the input b.txt" in told(over)
    clash = run("b.txt", corpus / "b.txt", "-o", "cleaned", cwd=corpus)
    assert clash.returncode == 2
    assert f"b.txt and {corpus / 'b.txt'} would both be written to" in told(clash)
    assert not (corpus / "cleaned").exists()
    assert (corpus / "b.txt").read_text(encoding="utf-8") == PAGE


def test_a_file_that_cannot_be_written_leaves_nothing_half_done(corpus: Path) -> None:
    (corpus / "cleaned" / "b.txt").mkdir(parents=True)  # a folder stands where the file should go
    done = run("b.txt", "c.text", "-o", "cleaned", cwd=corpus)
    assert done.returncode == 1
    assert told(done).startswith(f"Error: {Path('cleaned', 'b.txt')}: ")
    assert {path.name for path in (corpus / "cleaned").iterdir()} == {"b.txt", "c.text"}


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--threshold", "2"], "above 0 and below 1"),
        (["--threshold", "half"], "not a valid float"),
        (["--keep", "shares"], "kinds of boilerplate are: navigation"),
        (["--language", "xx"], "no phrase file for language 'xx'"),
        (["--encoding", "utf-99"], "no such text encoding"),
        (["--encoding", "base64"], "no such text encoding"),
        (["--explain", "--json"], "exclude each other"),
        (["--explain", "-o", "folder"], "-o writes the same account with --json"),
        (["--no-such-option"], "No such option"),
    ],
)
def test_wrong_usage_is_told(arguments: list[str], complaint: str) -> None:
    done = run(*arguments, given=PAGE)
    assert (done.returncode, done.stdout) == (2, b"")
    assert complaint in " ".join(told(done).split())


def test_help_is_quick_and_names_the_kinds() -> None:
    start = time.monotonic()
    done = run("--help")
    assert time.monotonic() - start < 3
    words = done.stdout.decode().replace(",", " ").replace(".", " ").split()
    assert set(words) >= {kind.value for kind in Kind if kind not in CONTENT_KINDS}
    assert "Examples:" in words
    assert run("-h").stdout == done.stdout


def test_version() -> None:
    done = run("--version")
    assert done.returncode == 0
    assert done.stdout.decode().startswith("cleantext ")


@pytest.mark.skipif(os.name == "nt", reason="a shell of POSIX")
@pytest.mark.parametrize(
    ("closed", "message"), [("<&-", "standard input: it is closed"), (">&-", "standard output: it is closed")]
)
def test_a_closed_stream_is_told_of(closed: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    path = "-" if closed == "<&-" else "page.txt"
    done = subprocess.run(
        ["sh", "-c", f'exec "$@" {closed}', "sh", *PROGRAM, path], cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode == 1
    assert told(done).startswith(f"Error: {message}; ")


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_reader_that_goes_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    process = subprocess.Popen(
        [*PROGRAM, *["page.txt"] * 500], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(60) == 141


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_an_interruption_is_quiet() -> None:
    process = subprocess.Popen([*PROGRAM, "-", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(1.5)  # it now waits for its input
    process.send_signal(signal.SIGINT)
    _, messages = process.communicate(timeout=60)
    assert (process.returncode, messages.strip()) == (130, b"")
