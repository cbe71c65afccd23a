"""Batches through a pool of processes, in order.

One process reads and writes, the others clean. That one also holds back: it hands out a few batches more than there are
processes, so memory does not grow with the shard, and a single large shard keeps all of them busy. With one process nothing is
started, and the same function runs here.
"""

from __future__ import annotations

import signal
import threading
from collections import deque
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from cleantext.errors import WorkerError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

__all__ = ["in_order"]

_AHEAD = 3
"""Batches that are under way for each process: one is cleaned, one waits for it, one is on its way."""

Given = TypeVar("Given")
Made = TypeVar("Made")


def in_order(
    function: Callable[[Any], Made], batches: Iterable[tuple[Given, Any]], processes: int
) -> Generator[tuple[Given, Made], None, None]:
    """What a function makes of each batch, in the order of the batches.

    Args:
        function: what is done; it must be picklable where there are several processes.
        batches: pairs of what stays here and what the function is given. They are asked for as they are needed.
        processes: how many there are; 1 does all of it in this one.

    Yields:
        What stayed here with what the function made.

    Raises:
        WorkerError: a process has died.

    >>> list(in_order(len, [("first", "abc"), ("second", "de")], processes=1))
    [('first', 3), ('second', 2)]
    """
    if processes == 1:
        for kept, given in batches:
            yield kept, function(given)
        return
    yield from _Pool(function, processes).run(batches)


class _Pool(Generic[Made]):
    def __init__(self, function: Callable[[Any], Made], processes: int) -> None:
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - one process needs none of this
        from multiprocessing import get_context  # noqa: PLC0415

        # Spawned, not forked: a fork inherits the threads' locks of pyarrow and the like without the threads.
        self._executor = ProcessPoolExecutor(processes, get_context("spawn"), _begin, (function,))
        self._processes = processes

    def run(self, batches: Iterable[tuple[Given, Any]]) -> Iterator[tuple[Given, Made]]:
        """See :func:`in_order`."""
        from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

        under_way: deque[tuple[Given, Any]] = deque()
        source = iter(batches)
        try:
            with _deaf_to_interruptions():  # which the processes that begin now inherit
                for _ in range(self._processes):
                    self._executor.submit(int)
            for kept, given in islice(source, self._processes * _AHEAD):
                under_way.append((kept, self._executor.submit(_work, given)))
            while under_way:
                kept, future = under_way.popleft()
                made = future.result()
                for following, given in islice(source, 1):
                    under_way.append((following, self._executor.submit(_work, given)))
                yield kept, made
        except BrokenProcessPool as error:
            advice = "if memory ran out, lower -j or --max-record-bytes; --resume keeps the shards that are finished"
            raise WorkerError(f"a process that cleans has died; {advice}") from error
        finally:
            self._executor.shutdown(cancel_futures=True)


@contextmanager
def _deaf_to_interruptions() -> Iterator[None]:
    """Ctrl-C reaches every process of a terminal; only the one that reads and writes should act on it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


_function: Callable[[Any], Any] | None = None
"""In a process that cleans: what it does."""


def _begin(function: Callable[[Any], Any]) -> None:
    """Get ready in a process that cleans, which lives no longer than the one that started it, even where that is killed."""
    global _function  # noqa: PLW0603 - a pool hands its functions no other place to keep something
    _function = function
    threading.Thread(target=_die_with_parent, daemon=True).start()


def _die_with_parent() -> None:
    import os  # noqa: PLC0415
    from multiprocessing import parent_process  # noqa: PLC0415

    if (parent := parent_process()) is not None:
        parent.join()
        os._exit(1)


def _work(given: Any) -> Any:
    if _function is None:
        raise RuntimeError("this process was not set up")
    return _function(given)
