"""What the command line makes of a large corpus: its rate, what it adds to the cleaner, and the memory that it takes.

The corpus is JSON lines, built from the project's seeds and ``samples/`` in random order, each record with an id and an address.

* **Processes**: the same shard with one process and with two, in turns; the ratio of the best times is what the second one gives.
* **Overhead**: the command line with one process beside the bare cleaner, which has the same texts in memory already. Both are
  processes of their own, and what counts is the processor's time from start to end, so that neighbours on the machine do not.
* **Memory**: the peak of all processes together as the corpus grows (the resident memory of each, so shared pages count twice).
* **Engines**: the corpus through Ray Data and Spark, two workers each, JSON lines in and out, beside the command line with two
  processes; an engine that is not installed is left out. Starting an engine counts, as it does for its users.

    python benchmarks/scale.py [--size 1G] [--rounds 3] [--sizes 10M,100M,1G] [--engines 100M] [--folder DIR] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleantext import Cleaner

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HERE = Path(__file__).parent
UNITS = {"k": 10**3, "M": 10**6, "G": 10**9}
POLL = 0.05


@dataclass(frozen=True, slots=True)
class Usage:
    """What a program took."""

    seconds: float
    """By the clock."""
    processor: float
    """Seconds of the processor, of all its processes."""
    peak: int
    """Bytes of memory, of all its processes together."""


# --- The corpus


def read_pages() -> list[str]:
    """The texts that the corpus is made of."""
    files = sorted((HERE.parent / "seeds").glob("*.txt")) + sorted((HERE / "samples").glob("*.txt"))
    return [file.read_bytes().decode() for file in files]


def records(size: int) -> Iterator[bytes]:
    """Lines of at least ``size`` bytes together, the same ones for each size as far as they go."""
    pages = read_pages()
    order = random.Random(0)
    written = number = 0
    while written < size:
        record = {"id": number, "url": f"https://example.org/{number}", "text": order.choice(pages), "score": 0.5}
        line = json.dumps(record, ensure_ascii=False).encode() + b"\n"
        written += len(line)
        number += 1
        yield line


def build(folder: Path, size: int) -> Path:
    """A shard of that size; one that is there already is taken."""
    shard = folder / f"corpus-{size}.jsonl"
    if not shard.exists():
        unfinished = shard.with_suffix(".tmp")
        with unfinished.open("wb") as file:
            file.writelines(records(size))
        unfinished.replace(shard)
    return shard


# --- Running a program


def measure(command: Sequence[str]) -> Usage:
    """Run a program to its end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peaks: dict[int, int] = {}
    while process.poll() is None:
        for each in [process.pid, *children(process.pid)]:
            peaks[each] = max(peaks.get(each, 0), peak_of(each))
        time.sleep(POLL)
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: exit code {process.returncode}")
    processor = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Usage(seconds, processor, sum(peaks.values()))


def children(process: int) -> list[int]:
    """The processes that a process has started."""
    try:
        return [int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()]
    except OSError:
        return []


def peak_of(process: int) -> int:
    """The most memory that a process has held so far, in bytes; 0 when it has gone."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    found = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(found[0]) * 1024 if found else 0


def command_line(shard: Path, jobs: int) -> list[str]:
    """The program on a shard, with its output to a file that is taken away by the next run."""
    return [sys.executable, "-m", "cleantext", str(shard), "-o", str(shard.parent / "out"), "-q", "-j", str(jobs)]


def clean_bare(shard: Path) -> None:
    """The cleaner alone on the texts of a shard: what the overhead is measured against. Prints its processor time."""
    with shard.open("rb") as file:
        texts = [json.loads(line)["text"] for line in file]
    start = time.process_time()
    for document in Cleaner().annotate_many(texts):
        len(document.content)
    print(time.process_time() - start)


def through_ray(shard: Path, out: Path) -> None:
    """The shard through Ray Data, on a cluster of two workers."""
    import ray

    from cleantext.adapters.ray_data import clean_dataset

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    clean_dataset(ray.data.read_json(str(shard), lines=True, override_num_blocks=8)).write_json(str(out))


def through_spark(shard: Path, out: Path) -> None:
    """The shard through Spark, with two workers."""
    from pyspark.sql import SparkSession

    from cleantext.adapters.spark import clean_dataframe

    os.environ["PYSPARK_PYTHON"] = sys.executable
    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    clean_dataframe(spark.read.json(str(shard))).write.mode("overwrite").json(str(out))


ENGINES = {"ray": through_ray, "pyspark": through_spark}


# --- The tables


def processes(shard: Path, rounds: int) -> dict[str, float]:
    """The rates with one and two processes, and their ratio."""
    seconds: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(rounds):
        for jobs, times in seconds.items():
            times.append(measure(command_line(shard, jobs)).seconds)
    best = {jobs: min(times) for jobs, times in seconds.items()}
    size = shard.stat().st_size / 1e6
    result = {"one": size / best[1], "two": size / best[2], "ratio": best[1] / best[2]}
    print(f"\nProcesses, {size:,.0f} MB, best of {rounds} ({len(os.sched_getaffinity(0))} cores)")
    print(f"  1 process    {result['one']:6.2f} MB/s\n  2 processes  {result['two']:6.2f} MB/s")
    print(f"  ratio        {result['ratio']:6.2f}")
    return result


def overhead(shard: Path, rounds: int) -> dict[str, float]:
    """What the command line adds to the time of the cleaner."""
    bare, whole = [], []
    for _ in range(rounds):
        command = [sys.executable, __file__, "--bare", str(shard)]
        bare.append(float(subprocess.run(command, capture_output=True, check=True, text=True).stdout))
        whole.append(measure(command_line(shard, 1)).processor)
    result = {"cleaner": min(bare), "command_line": min(whole), "added": min(whole) / min(bare) - 1}
    print(f"\nOverhead, {shard.stat().st_size / 1e6:,.0f} MB, seconds of the processor, best of {rounds}")
    print(f"  cleaner alone  {result['cleaner']:8.2f} s\n  command line   {result['command_line']:8.2f} s")
    print(f"  added          {result['added']:8.1%}")
    return result


def memory(folder: Path, sizes: Sequence[int]) -> list[dict[str, float]]:
    """Peak memory as the corpus grows."""
    print("\nMemory\n  corpus        jobs   peak MB   seconds")
    rows = []
    for size in sizes:
        shard = build(folder, size)
        for jobs in (1, 2):
            usage = measure(command_line(shard, jobs))
            rows.append({"size": size, "jobs": jobs, **asdict(usage)})
            print(f"  {size / 1e6:8,.0f} MB  {jobs:5}  {usage.peak / 1e6:8,.0f}  {usage.seconds:8.1f}", flush=True)
    return rows


def engines(shard: Path, rounds: int) -> dict[str, float]:
    """Seconds by the clock through each engine and the command line."""
    runs = {"command line": command_line(shard, 2)}
    for name in filter(find_spec, ENGINES):
        runs[name] = [sys.executable, __file__, "--through", name, str(shard)]
    best = {name: min(measure(command).seconds for _ in range(rounds)) for name, command in runs.items()}
    print(f"\nEngines, {shard.stat().st_size / 1e6:,.0f} MB, two workers, best of {rounds}")
    for name, seconds in best.items():
        print(f"  {name:13}{seconds:8.1f} s{shard.stat().st_size / 1e6 / seconds:8.2f} MB/s")
    return best


def size_of(text: str) -> int:
    """Bytes of a number with a unit."""
    return int(text[:-1]) * UNITS[text[-1]] if text[-1] in UNITS else int(text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=size_of, default=10**9, help="size of the corpus for processes and overhead")
    parser.add_argument("--sizes", default="10M,100M,1G", help="sizes for the memory; empty for none")
    parser.add_argument("--engines", type=size_of, default=10**8, help="size of the corpus for the engines; 0 for none")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="where the corpora are kept; a temporary folder if left out")
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--bare", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--through", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.bare is not None:
        clean_bare(options.bare)
        return 0
    if options.through is not None:
        engine, path = options.through
        ENGINES[engine](Path(path), Path(path).parent / f"out-{engine}")
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        shard = build(folder, options.size)
        figures: dict[str, Any] = {"processes": processes(shard, options.rounds), "overhead": overhead(shard, options.rounds)}
        sizes = [size_of(each) for each in options.sizes.split(",") if each]
        figures |= {"memory": memory(folder, sizes)}
        if options.engines:
            figures |= {"engines": engines(build(folder, options.engines), options.rounds)}
    if options.json is not None:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
