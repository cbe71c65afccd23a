"""What a run over shards did, in numbers: for a person as a table, for a program as JSON."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, field
from typing import Any

__all__ = ["Summary"]


@dataclass(slots=True)
class Summary:
    """The numbers of one run. Lengths are in code points, white space included."""

    shards: int = 0
    """Shards that were finished."""
    skipped: int = 0
    """Shards that an earlier run had finished."""
    failed: int = 0
    """Shards that could not be read to their end; no output was made of them."""
    records: int = 0
    """Records that were read, faults not counted."""
    cleaned: int = 0
    """Records that had a page."""
    empty: int = 0
    """Pages of which nothing is left."""
    suspect: int = 0
    """Pages that a person should look at."""
    dropped: int = 0
    """Records left out because nothing of their page is left."""
    aside: int = 0
    """Records of another kind, such as WARC's requests, left out because the output's format cannot hold them."""
    faults: int = 0
    """Bad lines, records, encodings and members."""
    bytes_read: int = 0
    """Bytes of the shards, as they are on disk."""
    length: int = 0
    """Of all pages."""
    kept: int = 0
    """Of what is left of them."""
    started: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """Time since the run began."""
        return max(1e-9, time.monotonic() - self.started)

    def to_dict(self) -> dict[str, Any]:
        """The numbers as plain values, with the share removed (0 to 1), the seconds, and the rate in pages a second."""
        values = asdict(self)
        del values["started"]
        seconds = self.seconds
        share = 1 - self.kept / self.length if self.length else 0.0
        return values | {
            "removed_share": round(share, 4),
            "seconds": round(seconds, 3),
            "pages_per_second": round(self.cleaned / seconds, 1),
        }

    def rows(self) -> list[tuple[str, str]]:
        """The table: what is counted, and how much it is; counts of what did not happen are left out."""
        values, seconds = self.to_dict(), self.seconds
        always = ("shards", "records", "cleaned")
        counts = [
            (name, f"{values[name]:,}")
            for name in ("shards", "skipped", "failed", "records", "cleaned", "empty", "suspect", "dropped", "aside", "faults")
            if values[name] or name in always
        ]
        return [
            *counts,
            ("characters", f"{self.length:,}"),
            ("kept", f"{self.kept:,}"),
            ("removed", f"{values['removed_share']:.1%}"),
            ("time", f"{seconds:,.1f} s"),
            ("rate", f"{self.bytes_read / 1e6 / seconds:,.1f} MB/s, {values['pages_per_second']:,.0f} pages/s"),
        ]

    def __str__(self) -> str:
        """The table as plain text, in aligned columns."""
        rows = self.rows()
        first, second = (max(map(len, column)) for column in zip(*rows, strict=True))
        return "\n".join(f"{name.ljust(first)}  {value.rjust(second)}" for name, value in rows)
