"""Where cleaned pages go: to standard output, one after the other, or each to a file of its own.

Standard output is UTF-8 whatever the locale says, and several pages are headed as ``head`` heads them. Files are planned before
the first is written: a plan in which two pages share a file, or a page would be written over an input, is refused as a whole.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from cleantext.errors import ConfigError, OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleantext.inputs import Source

__all__ = ["plan", "silence", "write_standard"]


def plan(targets: Iterable[tuple[Source, str]]) -> None:
    """Refuse a plan that would lose a page.

    Args:
        targets: each page with the file that it is to be written to.

    Raises:
        ConfigError: two pages would be written to one file, or one over an input; the message names both.
    """
    planned: dict[str, Source] = {}
    for source, target in targets:
        if target in planned:
            both = f"{planned[target].path} and {source.path}"
            raise ConfigError(f"{both} would both be written to {target}; clean them into folders of their own")
        planned[target] = source
    inputs = {_identity(source.path): source.path for source in planned.values()}
    inputs.pop(None, None)
    for target, source in planned.items():
        if (identity := _identity(target)) in inputs:
            over = f"the output for {source.path} would be written over the input {inputs[identity]}"
            raise ConfigError(f"{over}; name another folder with -o")


def _identity(path: str) -> tuple[int, int] | None:
    """What tells a file from every other, whatever names and links lead to it."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def write_standard(data: bytes) -> None:
    """Write to standard output and see it off, so that a closed pipe is noticed at once.

    Raises:
        OutputError: it is closed, or the disk behind it is full.
        BrokenPipeError: the reader has gone.
    """
    if sys.stdout is None:
        raise OutputError("standard output: it is closed; write files with -o")
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        silence()
        raise OutputError(f"standard output: {(error.strerror or str(error)).lower()}; check the disk's free space") from error


def silence() -> None:
    """Send what is still on its way to standard output nowhere: whoever read it has gone."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
