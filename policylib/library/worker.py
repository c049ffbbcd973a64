"""A process that reads and analyses one file after the other: `python -m policylib.library.worker`.

Jobs come over standard input and results go over standard output, both pickled; see `workers`. A file that hangs, eats
the memory or breaks a parser written in C costs this process and not the run. It ends with its parent: when standard
input closes, whatever it is doing.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import sys
import threading
from typing import BinaryIO

from policylib.library.reading import Job, Outcome, perform_in_bounds

READY = "ready"


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends its workers
    results = _own_output()
    jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(jobs,), daemon=True).start()
    _send(READY, results)
    while True:
        job = jobs.get()
        limit_memory(job.limits.memory_bytes)
        _send(_done(job), results)


def _send(what: object, channel: BinaryIO) -> None:
    pickle.dump(what, channel)
    channel.flush()


def _done(job: Job) -> Outcome | MemoryError:
    try:
        return perform_in_bounds(job)
    except MemoryError as error:
        return error


def _own_output() -> BinaryIO:
    """The channel of the results; what a library prints goes elsewhere."""
    channel = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return channel


def _listen(jobs: queue.SimpleQueue[Job]) -> None:
    while True:
        try:
            jobs.put(pickle.load(sys.stdin.buffer))
        except (EOFError, OSError):
            os._exit(0)


def limit_memory(size: int) -> None:
    """No more than `size` bytes for this process from now on, where the system can do that (not on Windows)."""
    if sys.platform != "win32":
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        allowed = size if hard == resource.RLIM_INFINITY else min(size, hard)
        resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))


if __name__ == "__main__":
    main()
