"""Shards of records through the console script, as a user runs it."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from prose import PROSE
from test_cli import ARTICLE, MARKUP, PAGE, PROGRAM, run, told
from test_records import parquet, table_of, warc

from cleantext import Cleaner, Config, annotate
from cleantext.cli import main
from cleantext.records import Form
from cleantext.records.codecs import CODECS, compress
from cleantext.streams import watch
from cleantext.streams.work import PageOf, Work

CHROME = "Share this article\n\nAdvertisement\n"
PAGES = [PAGE, CHROME, "\n\n".join(PROSE["fr"]), "", "Advertisement\r\n\r\n" + ARTICLE]


def rows(number: int = 12) -> list[dict[str, Any]]:
    return [
        {"id": f"r{each}", "text": PAGES[each % len(PAGES)], "meta": {"score": 0.5, "big": 10**30 + each}}
        for each in range(number)
    ]


def lines(records: list[dict[str, Any]]) -> bytes:
    return "".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in records).encode()


def parsed(data: bytes) -> list[Any]:
    return [json.loads(each) for each in data.decode().split("\n") if each]


def cleaned(records: list[dict[str, Any]]) -> bytes:
    """What should come out: each text as the cleaner gives it, and nothing else changed."""
    cleaner = Cleaner()
    return lines([{**each, "text": cleaner(each["text"])} for each in records])


@pytest.fixture
def shards(tmp_path: Path) -> Path:
    """A folder with two shards of JSON lines and something else."""
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "a.jsonl").write_bytes(lines(rows(12)))
    (tmp_path / "in" / "deep" / "b.jsonl.gz").write_bytes(gzip.compress(lines(rows(5))) + gzip.compress(lines(rows(3))))
    (tmp_path / "in" / "README.md").write_text("No shard.", encoding="utf-8")
    (tmp_path / "in" / ".hidden.jsonl").write_text("nonsense", encoding="utf-8")
    return tmp_path


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("jobs", [[], ["-j", "2", "--batch-size", "4k"]])
def test_shards_come_out_with_the_same_names_and_the_cleaners_text(shards: Path, jobs: list[str]) -> None:
    done = run("in", "-o", "out", *jobs, cwd=shards)
    assert (done.returncode, done.stdout) == (0, b"")
    out = files(shards / "out")
    assert set(out) == {"a.jsonl", str(Path("deep", "b.jsonl.gz"))}
    assert out["a.jsonl"] == cleaned(rows(12))
    assert gzip.decompress(out[str(Path("deep", "b.jsonl.gz"))]) == cleaned(rows(5)) + cleaned(rows(3))
    table = dict(line.rsplit(maxsplit=1) for line in told(done).splitlines() if not line.startswith(("time", "rate")))
    assert (table["shards"], table["records"], table["empty"]) == ("2", "20", "8")


@pytest.mark.parametrize("codec", CODECS)
def test_standard_input_is_recognised_and_comes_out_on_standard_output(codec: str) -> None:
    done = run(given=compress(lines(rows(5)), codec))
    assert (done.returncode, done.stdout) == (0, cleaned(rows(5)))


def test_settings_of_the_cleaner_hold_for_records() -> None:
    done = run("--keep", "share", "--language", "en", given=lines(rows(2)))
    cleaner = Cleaner(Config(keep=frozenset({"share"}), language="en"))
    assert [each["text"] for each in parsed(done.stdout)] == [cleaner(each["text"]) for each in rows(2)]


def test_keys_nulls_and_html(tmp_path: Path) -> None:
    records = [{"doc": {"body": PAGE}, "n": "x"}, {"doc": {"body": None}}, {"doc": {"k": 1}, "html": MARKUP, "at": "http://x/"}]
    done = run("--text-key", "doc.body", "--html-key", "html", "--url-key", "at", given=lines(records), cwd=tmp_path)
    assert done.returncode == 0
    text, null, html = parsed(done.stdout)
    assert text == {"doc": {"body": ARTICLE}, "n": "x"}
    assert null == {"doc": {"body": None}}
    assert html["doc"]["body"].split() == ARTICLE.split()
    assert (html["html"], html["doc"]["k"]) == (MARKUP, 1)


def test_added_fields_say_what_the_document_says() -> None:
    done = run("--add-fields", given=lines(rows(5)))
    for record, page in zip(parsed(done.stdout), PAGES, strict=True):
        document = annotate(page)
        kinds = {each.kind.value for each in document.decisions if each.label == "boilerplate" and each.line.text.strip()}
        assert record["cleantext"] == {
            "length": len(page),
            "kept": len(record["text"]),
            "removed_share": round(document.removed_share, 4),
            "suspect": document.suspect,
            "kinds": sorted(kinds),
        }


def test_annotations_are_dolma_attributes_of_the_untouched_text(shards: Path) -> None:
    done = run("in", "--annotations", "attributes", "-j", "2", cwd=shards)
    assert (done.returncode, done.stdout) == (0, b"")
    out = files(shards / "attributes")
    assert set(out) == {"a.jsonl", str(Path("deep", "b.jsonl.gz"))}
    for record, given in zip(parsed(out["a.jsonl"]), rows(12), strict=True):
        assert record["id"] == given["id"]
        text = given["text"]
        for start, end, score in reversed(record["attributes"]["cleantext__removed"]):
            assert score == 1.0
            text = text[:start] + text[end:]
        assert text == annotate(given["text"]).content


def test_annotations_of_html_hold_the_text_that_they_are_of(tmp_path: Path) -> None:
    given = lines([{"id": 7, "html": MARKUP.replace("<p>", "<p>Advertisement</p><p>", 1)}])
    done = run("--html-key", "html", "--annotations", "at", "-o", "out", given=given, cwd=tmp_path)
    assert done.returncode == 0
    (record,) = parsed((tmp_path / "at" / "stdin.jsonl").read_bytes())
    (result,) = parsed((tmp_path / "out" / "stdin.jsonl").read_bytes())
    text = record["text"]
    for start, end, _ in reversed(record["attributes"]["cleantext__removed"]):
        text = text[:start] + text[end:]
    assert (record["id"], text) == (7, result["text"])


def test_what_was_removed_and_what_is_left_make_the_text(shards: Path) -> None:
    done = run(Path("in", "a.jsonl"), "--removed", "cut", "-o", "out", cwd=shards)
    assert done.returncode == 0
    cut = {each["id"]: each for each in parsed((shards / "cut" / "a.jsonl").read_bytes())}
    for number, (given, left) in enumerate(zip(rows(12), parsed((shards / "out" / "a.jsonl").read_bytes()), strict=True), 1):
        if given["text"] == left["text"]:
            assert given["id"] not in cut
            continue
        assert cut[given["id"]]["position"] == f"line {number}"
        rest = given["text"]
        for each in reversed(cut[given["id"]]["removed"]):
            assert given["text"][each["start"] : each["end"]] == each["text"]
            rest = rest[: each["start"]] + rest[each["end"] :]
        assert rest == left["text"]
        assert {each["kind"] for each in cut[given["id"]]["removed"]} <= {"share", "advertisement", "navigation"}


def test_empty_records_are_dropped_on_request_and_annotated_all_the_same(shards: Path) -> None:
    summary = shards / "summary.json"
    done = run(Path("in", "a.jsonl"), "--drop-empty", "--annotations", "at", "-o", "out", "--summary", summary, cwd=shards)
    assert done.returncode == 0
    left = [each["id"] for each in parsed((shards / "out" / "a.jsonl").read_bytes())]
    assert left == [each["id"] for each in rows(12) if Cleaner()(each["text"]).strip()]
    assert len(parsed((shards / "at" / "a.jsonl").read_bytes())) == 12
    numbers = json.loads(summary.read_text(encoding="utf-8"))
    assert (numbers["shards"], numbers["records"], numbers["dropped"], numbers["faults"]) == (1, 12, 12 - len(left), 0)
    assert numbers["length"] == sum(len(each["text"]) for each in rows(12))
    assert numbers["kept"] == sum(len(Cleaner()(each["text"])) for each in rows(12))
    assert numbers["bytes_read"] == (shards / "in" / "a.jsonl").stat().st_size


def test_parquet_in_and_out_and_from_standard_input(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    table = pa.table({"n": list(range(5)), "text": PAGES})
    (tmp_path / "a.parquet").write_bytes(parquet(table, compression="gzip"))
    (tmp_path / "empty.parquet").write_bytes(parquet(table.slice(0, 0)))
    done = run("a.parquet", "empty.parquet", "-o", "out", "-j", "2", cwd=tmp_path)
    assert (done.returncode, set(files(tmp_path / "out"))) == (0, {"a.parquet", "empty.parquet"})
    after = table_of((tmp_path / "out" / "a.parquet").read_bytes())
    assert after.to_pydict() == {"n": list(range(5)), "text": [Cleaner()(page) for page in PAGES]}
    assert table_of((tmp_path / "out" / "empty.parquet").read_bytes()).equals(table.slice(0, 0))
    piped = run("--to", "jsonl", "--add-fields", given=(tmp_path / "a.parquet").read_bytes())
    assert [(each["n"], each["text"]) for each in parsed(piped.stdout)] == list(enumerate(after["text"].to_pylist()))
    back = run("--to", "parquet", given=piped.stdout)
    assert table_of(back.stdout)["text"].to_pylist() == after["text"].to_pylist()


def test_wet_and_warc_in_and_out(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + MARKUP.encode()
    parts = [
        warc("warcinfo", b"by: hand\r\n"),
        warc("conversion", PAGE.encode(), "WARC-Record-ID: <urn:a>"),
        warc("response", http, "WARC-Record-ID: <urn:b>", content_type="application/http"),
    ]
    (tmp_path / "x.warc.wet.gz").write_bytes(b"".join(compress(part, "gz") for part in parts))
    assert run("x.warc.wet.gz", "-o", "out", cwd=tmp_path).returncode == 0
    written = gzip.decompress((tmp_path / "out" / "x.warc.wet.gz").read_bytes())
    assert written.startswith(parts[0] + warc("conversion", ARTICLE.encode(), "WARC-Record-ID: <urn:a>"))
    done = run("-", "--to", "jsonl", given=written)
    records = parsed(done.stdout)
    assert [record["text"].split() for record in records] == [ARTICLE.split()] * 2
    assert records[0]["id"] == "<urn:a>"
    assert records[1]["warc"]["WARC-Refers-To"] == "<urn:b>"
    assert "aside" in told(done)


def test_compressed_pages_are_shards_of_one_record(tmp_path: Path) -> None:
    (tmp_path / "page.txt.gz").write_bytes(compress(PAGE.encode(), "gz"))
    (tmp_path / "page.html.zst").write_bytes(compress(MARKUP.encode(), "zst"))
    assert run("page.txt.gz", "page.html.zst", "-o", "out", cwd=tmp_path).returncode == 0
    out = files(tmp_path / "out")
    assert gzip.decompress(out["page.txt.gz"]).decode() == ARTICLE
    assert set(out) == {"page.txt.gz", "page.html.txt.zst"}
    many = run("page.txt.gz", "page.html.zst", "--to", "jsonl", cwd=tmp_path)
    assert [each["text"].split() for each in parsed(many.stdout)] == [ARTICLE.split()] * 2


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_faults_are_told_counted_and_kept_and_the_rest_goes_on(shards: Path, jobs: str) -> None:
    bad = [b'{"text": "caf\xe9"}', b"nonsense", b'{"text": "' + b"x" * 70_000 + b'"}']
    data = b"\n".join([lines(rows(1)).strip(), bad[0], bad[1], lines(rows(2)).strip(), bad[2], b""])
    (shards / "in" / "a.jsonl").write_bytes(data)
    (shards / "in" / "deep" / "b.jsonl.gz").write_bytes(gzip.compress(lines(rows(3)))[:-4])
    done = run("in", "gone.jsonl", "-o", "out", "-j", jobs, "--max-record-bytes", "64k", cwd=shards)
    assert done.returncode == 1
    assert files(shards / "out")["a.jsonl"] == cleaned(rows(1)) + cleaned(rows(2))
    assert gzip.decompress(files(shards / "out")[str(Path("deep", "b.jsonl.gz"))]) == cleaned(rows(3)), (
        "cut off behind the last line"
    )
    messages = told(done)
    a = Path("in", "a.jsonl")
    for message in (
        f"Error: {a}: line 2: not UTF-8",
        f"Error: {a}: line 3: not a JSON object",
        "Error: gone.jsonl: the whole shard: no",
    ):
        assert message in messages
    kept = parsed((shards / "out.errors.jsonl").read_bytes())
    assert [(each["shard"], each["position"]) for each in kept] == [
        (str(a), "line 2"),
        (str(a), "line 3"),
        (str(a), "line 6"),
        (str(Path("in", "deep", "b.jsonl.gz")), "line 4"),
        ("gone.jsonl", "the whole shard"),
    ]
    assert "base64" in kept[0]
    assert kept[1]["data"] == "nonsense"
    assert (kept[2]["length"], kept[2]["data"]) == (len(bad[2]), bad[2][: 1 << 16].decode())
    assert not [name for name in files(shards / "out") if "gone" in name or "tmp" in name]


def test_a_page_that_the_cleaner_fails_on_is_a_fault_of_its_own() -> None:
    class Failing(Cleaner):
        def annotate_many(self, texts: Any) -> Any:
            texts = list(texts)
            if "bad" in texts:
                raise MemoryError("too much")
            return super().annotate_many(texts)

    results = Work(Failing())([PageOf("Advertisement", None, None), PageOf("bad", None, None), PageOf(ARTICLE, None, None)])
    assert [each if isinstance(each, str) else each.content for each in results] == [
        "",
        "cleaning failed: MemoryError: too much",
        ARTICLE,
    ]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["in/a.jsonl", "-o", "in"], "would be written over the input"),
        (["in/a.jsonl", "in/a.jsonl", "-o", "out"], "would both be written to"),
        (["in/a.jsonl", "--annotations", "x", "-o", "x"], "need folders of their own"),
        (["in/a.jsonl", "--errors", "in/a.jsonl"], "in/a.jsonl is an input"),
        (["in/a.jsonl", "--summary", "in/a.jsonl"], "in/a.jsonl is an input"),
        (["in/a.jsonl", "--resume"], "name it with -o"),
        (["in/a.jsonl", "--json"], "for single pages"),
        (["in/a.jsonl", "--encoding", "latin-1"], "for single pages"),
        (["in/a.jsonl", "--to", "warc"], "cannot be written as WARC|can be written as WARC"),
        (["in/a.jsonl", "--to", "text", "--add-fields"], "plain text has no fields"),
        (["in/a.jsonl", "--max-record-bytes", "much"], "write 500000, 64k, 16M or 1G"),
        (["in/README.md", "in/a.jsonl"], "cannot both go to standard output"),
        (["in/deep", "--from", "parquet"], "no shards in this folder"),
    ],
)
def test_wrong_usage_is_told_and_writes_nothing(shards: Path, arguments: list[str], complaint: str) -> None:
    before = files(shards)
    done = run(*arguments, cwd=shards)
    assert (done.returncode, done.stdout) == (2, b"")
    assert any(part in " ".join(told(done).split()) for part in complaint.split("|"))
    assert files(shards) == before


def test_a_link_to_the_input_is_the_input(shards: Path) -> None:
    (shards / "out").mkdir()
    (shards / "out" / "a.jsonl").symlink_to(shards / "in" / "a.jsonl")
    done = run("in/a.jsonl", "-o", "out", cwd=shards)
    assert done.returncode == 2
    with (shards / "in" / "a.jsonl").open("ab") as file:
        done = subprocess.run([*PROGRAM, "in/a.jsonl"], stdout=file, stderr=subprocess.PIPE, cwd=shards, check=False)
    assert (done.returncode, b"is the input" in done.stderr) == (2, True)
    assert (shards / "in" / "a.jsonl").read_bytes() == lines(rows(12))


def test_text_of_several_records_is_refused_record_by_record(shards: Path) -> None:
    done = run("in/a.jsonl", "--to", "text", "-o", "out", cwd=shards)
    assert done.returncode == 1
    assert "plain text holds one record a file; --to jsonl holds any number" in told(done)
    assert (shards / "out" / "a.txt").read_text(encoding="utf-8") == ARTICLE


def test_quiet_says_nothing_and_the_summary_counts_what_was_skipped(shards: Path) -> None:
    assert told(run("in", "-o", "out", "-q", cwd=shards)) == ""
    done = run("in", "-o", "out", "--resume", cwd=shards)
    assert "skipped" in told(done)
    (shards / "out" / "a.jsonl").unlink()
    before = files(shards / "out")
    done = run("in", "-o", "out", "--resume", "--summary", "s.json", cwd=shards)
    numbers = json.loads((shards / "s.json").read_text(encoding="utf-8"))
    assert (numbers["shards"], numbers["skipped"], numbers["records"]) == (1, 1, 12)
    assert files(shards / "out").items() >= before.items()


@pytest.mark.skipif(os.name == "nt", reason="a terminal of POSIX")
def test_a_terminal_is_shown_a_bar_and_a_table(shards: Path) -> None:
    reader, terminal = pytest.importorskip("pty").openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "120"}
    command = [*PROGRAM, "in", "--batch-size", "1k"]
    process = subprocess.Popen(command, cwd=shards, env=environment, stdout=subprocess.PIPE, stderr=terminal)
    os.close(terminal)
    assert process.stdout is not None
    output, shown = process.stdout.read(), b""
    process.stdout.close()
    try:
        while block := os.read(reader, 4096):
            shown += block
    except OSError:  # how a terminal says that its other side has gone
        pass
    os.close(reader)
    assert process.wait(60) == 0
    assert output == cleaned(rows(12)) + cleaned(rows(5)) + cleaned(rows(3))
    assert b" records" in shown
    assert b"MB/s" in shown


def test_elsewhere_a_line_tells_now_and_then_how_far_it_is(
    shards: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(watch, "_EVERY", 0.0)
    assert main([str(shards / "in"), "-o", str(shards / "out"), "--batch-size", "1k"]) == 0
    first, *_ = capsys.readouterr().err.splitlines()
    assert re.fullmatch(r"\d+%, \d records, 0\.0 MB, \d+\.\d MB/s, \d+:\d\d left", first)
    assert main([str(shards / "in"), "-o", str(shards / "quiet"), "-q"]) == 0
    assert capsys.readouterr().err == ""


def test_more_faults_than_a_person_reads_are_counted(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"nonsense\n" * 50)
    done = run("a.jsonl", "-o", "out", "-q", cwd=tmp_path)
    messages = told(done).splitlines()
    assert (done.returncode, len(messages), messages[-1]) == (1, 21, "More errors are counted, and not shown.")
    assert len((tmp_path / "out.errors.jsonl").read_bytes().splitlines()) == 50


@pytest.mark.skipif(os.name == "nt", reason="named pipes of POSIX")
def test_nothing_is_lost_of_a_named_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for arguments, given, expected in (
        (["--from", "jsonl"], lines(rows(5)), cleaned(rows(5))),
        ([], PAGE.encode(), ARTICLE.encode()),
    ):
        process = subprocess.Popen([*PROGRAM, "pipe", "-q", *arguments], cwd=tmp_path, stdout=subprocess.PIPE)
        (tmp_path / "pipe").write_bytes(given)
        assert process.communicate(timeout=60)[0] == expected


def test_a_form_says_whether_it_holds_records() -> None:
    assert not Form("text").holds_records
    assert Form("text", "gz").holds_records


def test_help_is_quick() -> None:
    """What reads formats and runs pools is imported when it is needed."""
    lazy = ("pyarrow", "fastwarc", "multiprocessing", "rich", "trafilatura")
    code = f"import sys, cleantext.cli; print([name for name in {lazy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("data", [b"", b"PAR1 and no more"])
def test_a_parquet_shard_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path, data: bytes) -> None:
    pytest.importorskip("pyarrow", reason="needs pyarrow: pip install 'cleantext-web[parquet]'")
    (tmp_path / "broken.parquet").write_bytes(data)
    (tmp_path / "good.jsonl").write_bytes(lines(rows(3)))
    result = run(str(tmp_path / "broken.parquet"), str(tmp_path / "good.jsonl"), "-o", str(tmp_path / "out"))
    assert result.returncode == 1
    assert "broken.parquet" in told(result)
    assert (tmp_path / "out" / "good.jsonl").read_bytes() == cleaned(rows(3))


def test_pages_that_stand_among_the_shards_of_a_folder_are_cleaned_too(shards: Path) -> None:
    (shards / "in" / "page.txt").write_text(PAGE, encoding="utf-8")
    assert run(str(shards / "in"), "-o", str(shards / "out")).returncode == 0
    assert (shards / "out" / "page.txt").read_text("utf-8").rstrip("\n") == Cleaner()(PAGE).rstrip("\n")
    assert (shards / "out" / "a.jsonl").exists()
