"""Real processes that are killed, interrupted, or have no room left to write: nothing is lost, nothing half-written stays."""

from __future__ import annotations

import gzip
import json
import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest
from prose import PROSE
from test_cli import PROGRAM, run, told
from test_stream import files, lines, rows

posix = pytest.mark.skipif(os.name == "nt", reason="signals, limits and devices of POSIX")
pytestmark = posix


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Four shards that take a moment, with a fault in each."""
    (tmp_path / "in").mkdir()
    for shard in range(4):
        records = [{**each, "text": f"{each['text']}\n\n{' '.join(PROSE['de'])}"} for each in rows(150 + shard)]
        (tmp_path / "in" / f"{shard}.jsonl").write_bytes(lines(records) + b"nonsense %d\n" % shard)
    return tmp_path


COMMAND = [*PROGRAM, "in", "-o", "out", "--removed", "cut", "--resume", "--batch-size", "64k"]


def seen(folder: Path) -> dict[str, bytes]:
    """What a reader of the outputs finds; names that begin with a dot are passed over, as shells do."""
    return {name: data for name, data in files(folder).items() if not Path(name).name.startswith(".")}


def outputs(corpus: Path) -> dict[str, dict[str, bytes]]:
    return {name: seen(corpus / name) for name in ("out", "cut")}


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_killed_runs_that_are_resumed_give_what_one_run_gives(corpus: Path, jobs: str) -> None:
    start = time.monotonic()
    assert run(*COMMAND[len(PROGRAM) :], "-j", jobs, cwd=corpus).returncode == 1
    whole_run = time.monotonic() - start
    whole, faults = outputs(corpus), (corpus / "out.errors.jsonl").read_bytes()
    assert len(whole["out"]) == len(whole["cut"]) == 4
    for name in ("out", "cut"):
        for path in (corpus / name).iterdir():
            path.unlink()
    moments = random.Random(jobs)
    killed = 0
    for _ in range(4):
        process = subprocess.Popen([*COMMAND, "-j", jobs], cwd=corpus, stderr=subprocess.DEVNULL)
        try:
            process.wait(moments.uniform(0.3, 0.9) * whole_run)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            killed += 1
        for name, shards in outputs(corpus).items():
            assert shards.items() <= whole[name].items(), "what is there under its final name is whole"
    assert killed
    assert run(*COMMAND[len(PROGRAM) :], "-j", jobs, cwd=corpus).returncode in {0, 1}
    assert outputs(corpus) == whole
    assert not [name for name in files(corpus) if name.endswith(".tmp")]
    assert sorted((corpus / "out.errors.jsonl").read_bytes().splitlines()) == sorted(faults.splitlines()), "each fault once"


def test_processes_that_clean_die_with_the_one_that_is_killed(corpus: Path) -> None:
    process = subprocess.Popen([*COMMAND, "-j", "2"], cwd=corpus, stderr=subprocess.DEVNULL)
    children: list[int] = []
    deadline = time.monotonic() + 30
    listing = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not listing.exists():
        process.kill()
        process.wait()
        pytest.skip("the system does not list a process's children")
    while len(children) < 3 and time.monotonic() < deadline and process.poll() is None:  # two that clean, one that tidies up
        children = [int(each) for each in listing.read_text(encoding="ascii").split()]
    process.kill()
    process.wait()
    assert len(children) >= 2
    while any(map(is_running, children)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [each for each in children if is_running(each)]


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["SIGINT", "SIGTERM"])
def test_an_interruption_is_quiet_and_leaves_nothing_half_written(corpus: Path, sent: signal.Signals, code: int) -> None:
    process = subprocess.Popen([*COMMAND, "-j", "2"], cwd=corpus, stderr=subprocess.PIPE, start_new_session=True)
    while not (corpus / "out").exists():
        time.sleep(0.01)
    if sent is signal.SIGINT:
        os.killpg(process.pid, sent)  # as a terminal does: to all of them
    else:
        process.send_signal(sent)
    _, messages = process.communicate(timeout=60)
    assert process.returncode == code
    assert not [line for line in messages.decode().splitlines() if line and not line.startswith("Error: in")]
    assert not [name for name in files(corpus) if name.endswith(".tmp")]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_behind_standard_output_is_told_of(corpus: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*PROGRAM, "in/0.jsonl"], stdout=full, stderr=subprocess.PIPE, cwd=corpus, check=False, timeout=60)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr.decode()
    assert "Error: standard output: no space left on device; check" in done.stderr.decode()


@pytest.mark.parametrize("format_", ["jsonl", "jsonl.gz", "parquet"])
def test_a_disk_that_becomes_full_leaves_the_finished_shards_and_no_half_one(corpus: Path, format_: str) -> None:
    resource = pytest.importorskip("resource")
    if format_ == "parquet":
        pytest.importorskip("pyarrow")
    small, large = (
        lines(rows(1)),
        b"".join(
            json.dumps(
                {"text": f"In year {n} the river rose by {random.Random(n).random()} metres, and the mill was closed."}
            ).encode()
            + b"\n"
            for n in range(9999)
        ),
    )
    for name, data in (("a.jsonl", small), ("b.jsonl", large)):
        (corpus / name).write_bytes(data)
    more = ["--to", "parquet"] if format_ == "parquet" else []
    if format_ == "jsonl.gz":
        for name in ("a.jsonl", "b.jsonl"):
            (corpus / f"{name}.gz").write_bytes(gzip.compress((corpus / name).read_bytes()))
    suffix = "jsonl" if format_ == "parquet" else format_
    done = subprocess.run(
        [*PROGRAM, f"a.{suffix}", f"b.{suffix}", "-o", "full", *more],
        cwd=corpus,
        capture_output=True,
        check=False,
        timeout=60,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
    )
    assert done.returncode == 1
    assert told(done).splitlines()[-1].startswith(f"Error: {Path('full', f'b.{format_}')}: file too large; check")
    assert set(files(corpus / "full")) == {f"a.{format_}"}


def test_a_folder_that_cannot_be_written_is_told_of(corpus: Path) -> None:
    (corpus / "out").write_text("a file stands where the folder should be", encoding="utf-8")
    done = run("in", "-o", "out/below", cwd=corpus)
    assert done.returncode == 1
    assert told(done).startswith(f"Error: {Path('out', 'below', '0.jsonl')}: not a directory; check the folder's permissions")
    if os.geteuid():
        (corpus / "closed").mkdir(mode=0o500)
        done = run("in", "-o", "closed", cwd=corpus)
        assert (done.returncode, "permission denied" in told(done)) == (1, True)


def test_a_reader_that_goes_is_no_error(corpus: Path) -> None:
    process = subprocess.Popen([*PROGRAM, "in", "-q", "-j", "2"], cwd=corpus, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    messages = process.stderr.read().decode()
    process.stderr.close()
    assert process.wait(60) == 141
    assert not [line for line in messages.splitlines() if not line.startswith("Error: in")]


def test_a_process_that_dies_is_told_of(corpus: Path) -> None:
    process = subprocess.Popen([*COMMAND, "-j", "2"], cwd=corpus, stderr=subprocess.PIPE)
    listing = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not listing.exists():
        process.kill()
        process.communicate()
        pytest.skip("the system does not list a process's children")
    while not (corpus / "out").exists() and process.poll() is None:
        time.sleep(0.01)
    children = map(int, listing.read_text(encoding="ascii").split())
    cleaning = [child for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]
    os.kill(cleaning[0], signal.SIGKILL)
    _, messages = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Error: a process that cleans has died; if memory ran out, lower -j" in messages.decode()
    assert "Traceback" not in messages.decode()
    assert not [name for name in files(corpus) if name.endswith(".tmp")]
