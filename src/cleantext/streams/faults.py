"""The file of faults: what a run could not use, each with its place, the reason, and the bytes as they stand in the shard.

One JSON object a line: ``shard``, ``position``, ``error``, and ``data`` (or ``base64`` where the bytes are no UTF-8). Of a record
that is too long only the beginning is there, with its ``length``. The file appears with the first fault.
"""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from cleantext.files import write_file, writing

if TYPE_CHECKING:
    from collections.abc import Collection

    from cleantext.records.model import Fault

__all__ = ["FaultFile"]


class FaultFile:
    """Takes the faults of a run.

    Args:
        path: the file; None keeps none. One of an earlier run is replaced.
        resumed: None, or for a resumed run the shards that it is to do: what the file says of other shards is kept.

    Raises:
        OutputError: the file cannot be written.
    """

    def __init__(self, path: str | None, resumed: Collection[str] | None = None) -> None:
        self._path = path
        self._file: IO[bytes] | None = None
        if path is not None and Path(path).exists():
            with writing(path):
                kept = [] if resumed is None else _others(path, resumed)
                if kept:
                    write_file(path, b"".join(kept))
                else:
                    Path(path).unlink()

    def add(self, shard: str, fault: Fault) -> None:
        """Write one fault.

        Raises:
            OutputError: the disk is full, or the like.
        """
        if self._path is None:
            return
        values: dict[str, Any] = {"shard": shard, "position": fault.position, "error": fault.error}
        if fault.length is not None:
            values["length"] = fault.length
        try:
            values["data"] = fault.data.decode()
        except UnicodeDecodeError:
            values["base64"] = base64.b64encode(fault.data).decode()
        with writing(self._path):
            if self._file is None:
                Path(self._path).parent.mkdir(parents=True, exist_ok=True)
                self._file = Path(self._path).open("ab")  # noqa: SIM115 - open as long as the run lasts
            self._file.write(json.dumps(values, ensure_ascii=False).encode(errors="backslashreplace") + b"\n")

    def keep(self) -> None:
        """Bring what there is to disk: the shard that it speaks of is about to appear."""
        if self._file is not None and self._path is not None:
            with writing(self._path):
                self._file.flush()
                os.fsync(self._file.fileno())

    def close(self) -> None:
        """End the file."""
        if self._file is not None and self._path is not None:
            with writing(self._path):
                self._file.close()


def _others(path: str, shards: Collection[str]) -> list[bytes]:
    """The lines that speak of other shards; a killed run may have left half of a last line."""
    kept = []
    with Path(path).open("rb") as file:
        for line in file:
            try:
                if json.loads(line)["shard"] not in shards:
                    kept.append(line)
            except (ValueError, TypeError, KeyError):
                continue
    return kept
