"""Files that appear whole or not at all, also where the program is killed or the disk is full."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING

from cleantext.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Unfinished", "sweep", "write_file", "writing"]


@contextmanager
def writing(target: str) -> Iterator[None]:
    """Say of an operating system's error which file could not be written, and what to do.

    Raises:
        OutputError: in place of the ``OSError``.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(f"{target}: {reason}; check the folder's permissions and the disk's free space") from error


class Unfinished:
    """A file that is written under a name of its own, beside its place, and then moved there.

    Args:
        target: its place. The folders that lead to it are made.

    Raises:
        OutputError: it cannot be written there.
    """

    def __init__(self, target: str) -> None:
        self.target = Path(target)
        self._temporary = self.target.with_name(f".{self.target.name}.{os.getpid()}.tmp")
        with writing(target):
            self.target.parent.mkdir(parents=True, exist_ok=True)
            self.file = self._temporary.open("wb")

    def complete(self, *, sync: bool = True) -> None:
        """End it; with ``sync`` only when the disk holds all of it."""
        with writing(str(self.target)):
            self.file.flush()
            if sync:
                os.fsync(self.file.fileno())
            self.file.close()

    def appear(self) -> None:
        """Move it to its place, in one step, over an older one."""
        with writing(str(self.target)):
            self._temporary.replace(self.target)

    def discard(self) -> None:
        """Take it away, whatever state it is in."""
        with suppress(OSError):
            self.file.close()
        with suppress(OSError):
            self._temporary.unlink(missing_ok=True)


def write_file(target: str, data: bytes) -> None:
    """Write a file whole, with the folders that lead to it; until it is complete, an older one stays as it is.

    It is not waited for the disk: what is written in one piece is small, and soon made again.

    Raises:
        OutputError: it cannot be written.
    """
    unfinished = Unfinished(target)
    try:
        with writing(target):
            unfinished.file.write(data)
        unfinished.complete(sync=False)
        unfinished.appear()
    except BaseException:
        unfinished.discard()
        raise


def sweep(target: str) -> None:
    """Take away what killed runs left of a file."""
    path = Path(target)
    for left in path.parent.glob(f".{escape(path.name)}.*.tmp"):
        with suppress(OSError):
            left.unlink()
