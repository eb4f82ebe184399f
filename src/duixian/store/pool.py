"""Running one function over many tasks in processes, where a task that kills its process is found out and costs only itself."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait as wait_for
from typing import TypeVar

from duixian.store.errors import StoreError

T = TypeVar("T")
R = TypeVar("R")
AHEAD = 2  # tasks given out for each process, so that none waits for the next


class Died:
    """Stands for the result of a task whose process died."""


def run(function: Callable[[T], R], tasks: Sequence[T], workers: int) -> Iterator[tuple[T, R | Died]]:
    """Each task with its result, in the order in which they end.

    Args:
        function: a function of a module (processes find it by name); what it raises is raised here.
        tasks: the tasks, the longest first for an even load.
        workers: number of processes; 1 runs everything in this process.

    Raises:
        StoreError: where no process can be started.
    """
    if workers <= 1:
        yield from ((task, function(task)) for task in tasks)
        return
    waiting = deque(tasks)
    suspects: list[T] = []
    while waiting:
        yield from _together(function, waiting, workers, suspects)
    while suspects:  # each alone: the one that breaks its pool is the one
        alone = deque(suspects[:1])
        again: list[T] = []
        yield from _together(function, alone, 1, again)
        yield from ((task, Died()) for task in again)
        del suspects[:1]


def _together(function: Callable[[T], R], waiting: deque[T], workers: int, suspects: list[T]) -> Iterator[tuple[T, R]]:
    """Results until all is done or a process dies; then the tasks that were given out and have no result are suspects."""
    executor = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _prepare, (os.getpid(),))
    running: dict[Future[R], T] = {}
    try:
        _start(executor)
        while waiting or running:
            while waiting and len(running) < workers * AHEAD:
                future = executor.submit(function, waiting[0])
                running[future] = waiting.popleft()
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                result = future.result()
                yield running.pop(future), result
    except BrokenProcessPool:
        for future, task in running.items():
            if future.done() and future.exception() is None:
                yield task, future.result()
            else:
                suspects.append(task)
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _start(executor: ProcessPoolExecutor) -> None:
    try:
        with _deaf():
            first = executor.submit(os.getpid)
        first.result()
    except BrokenProcessPool:
        raise StoreError("worker processes can't be started; call build() below `if __name__ == '__main__':` or with workers=1") from None


@contextmanager
def _deaf() -> Iterator[None]:
    """Processes started here ignore Ctrl-C from their first instruction: _prepare comes too late for one that is still importing."""
    if threading.current_thread() is not threading.main_thread():  # only the main thread may set signals
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _prepare(parent: int) -> None:
    """In each new process: leave Ctrl-C to the parent, and end when the parent is killed (an orphan would wait for ever)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if (process := multiprocessing.parent_process()) is not None and process.pid == parent:
        threading.Thread(target=_end_with, args=(process.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait_for([sentinel])
    os._exit(1)
