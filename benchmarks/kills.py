"""Runs that are killed at random moments and resumed must give what one run gives that never was.

A corpus of several shards is cleaned once without being disturbed. Then, as often as asked for, it is cleaned anew by runs that
are killed (SIGKILL) at a random moment each, until one comes to its end by itself; every output must then be the same, byte for
byte. After each kill whatever stands under a final name must be whole.

    python benchmarks/kills.py [--runs 50] [--size 4M] [--jobs 2] [--seed 0]
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from scale import records, size_of

if TYPE_CHECKING:
    from collections.abc import Sequence

SHARDS = 6
FOLDERS = ("out", "cut", "at")
MOST_KILLS = 8  # of one run; then it is let go on to its end


def build(folder: Path, size: int) -> None:
    """Shards of JSON lines, each with a line that is none."""
    (folder / "in").mkdir()
    lines = list(records(size))
    for number in range(SHARDS):
        (folder / "in" / f"{number}.jsonl").write_bytes(b"".join([*lines[number::SHARDS], b"nonsense %d\n" % number]))


def command(jobs: int) -> list[str]:
    """The program with all outputs."""
    outputs = ["-o", "out", "--removed", "cut", "--annotations", "at", "--add-fields"]
    return [sys.executable, "-m", "cleantext", "in", *outputs, "--resume", "--batch-size", "64k", "-j", str(jobs), "-q"]


def outputs(folder: Path) -> dict[str, bytes]:
    """All that stands under a final name."""
    paths = [path for name in FOLDERS for path in (folder / name).glob("*.jsonl")]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def faults(folder: Path) -> list[bytes]:
    """The faults, in no order: a resumed run goes on with other shards than it was killed at."""
    path = folder / "out.errors.jsonl"
    return sorted(path.read_bytes().splitlines()) if path.exists() else []


def clear(folder: Path) -> None:
    """Take away all outputs."""
    for name in FOLDERS:
        shutil.rmtree(folder / name, ignore_errors=True)
    (folder / "out.errors.jsonl").unlink(missing_ok=True)


def run_killed(folder: Path, jobs: int, seconds: float, moments: random.Random) -> int:
    """Runs until one is not killed.

    Args:
        folder: of the corpus.
        jobs: processes that clean.
        seconds: what a whole run takes.
        moments: random numbers.

    Returns:
        How many were killed.
    """
    whole = outputs(folder / "whole")
    for kills in range(MOST_KILLS):
        process = subprocess.Popen(command(jobs), cwd=folder, stderr=subprocess.DEVNULL)
        try:
            process.wait(moments.uniform(0.05, 1.05) * seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        else:
            return kills
        if not outputs(folder).items() <= whole.items():
            raise SystemExit("FAILED: something stands under its final name that is not whole")
    subprocess.run(command(jobs), cwd=folder, stderr=subprocess.DEVNULL, check=False)
    return MOST_KILLS


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it; the exit code is 1 if any output differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("--size", type=size_of, default=4_000_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    moments = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        build(folder, options.size)
        start = time.perf_counter()
        subprocess.run(command(options.jobs), cwd=folder, stderr=subprocess.DEVNULL, check=False)
        seconds = time.perf_counter() - start
        whole, told = outputs(folder), faults(folder)
        if len(whole) != SHARDS * len(FOLDERS) or len(told) != SHARDS:
            raise SystemExit("the run that was not killed did not make all outputs")
        (folder / "whole").mkdir()
        for name in FOLDERS:
            shutil.move(folder / name, folder / "whole" / name)
        kills = same = 0
        for number in range(options.runs):
            clear(folder)
            kills += run_killed(folder, options.jobs, seconds, moments)
            same += outputs(folder) == whole and faults(folder) == told and not list(folder.rglob("*.tmp"))
            print(f"\r{number + 1} runs, {kills} kills, {same} the same", end="", flush=True)
    print(f"\n{same} of {options.runs} runs gave the same bytes; {kills} processes were killed, at seed {options.seed}")
    return 0 if same == options.runs else 1


if __name__ == "__main__":
    sys.exit(main())
