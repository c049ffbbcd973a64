"""Workers: processes that read files side by side, each of which can be killed without harm to the others.

A job has so many seconds (`Limits.seconds`) and so much memory; then its worker is killed, the file is a failure, and
the next job gets a new worker. The first is started with the first job, others when those at hand had enough to do.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import subprocess
import sys
import time
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import suppress
from threading import Lock, Timer

from policylib.library.reading import Failure, Job, Outcome

BROKEN = (EOFError, OSError, pickle.UnpicklingError)
"""What is raised at this end when a worker dies."""


_PAYS_SECONDS = 3.0  # a start and what it then loads cost 0.9 s of a processor: as much as one reads 60 files in
_PAUSE_SECONDS = 0.05
_NEAR = 0.75  # of the limit of memory: 0.87 to 0.99 where pdfium met it


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Workers:
    """Up to `count` workers: one, and as many again each time that so much was read that a start pays. Use it in a
    `with` block: they end with it."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="policylib")
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        self._all: list[_Worker] = []
        self._living = 0
        self._began = 0.0
        self._lock = Lock()
        self._closed = False

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._closed = True
            for worker in self._all:
                worker.kill()
        self._threads.shutdown(cancel_futures=True)
        for worker in self._all:
            worker.close()

    def submit(self, job: Job) -> Future[Outcome]:
        """The outcome of a job, when it will be done. It raises nothing: a worker that dies is a failure."""
        return self._threads.submit(self._perform, job)

    def _perform(self, job: Job) -> Outcome:
        worker = self._worker()
        outcome, alive = worker.perform(job)
        if alive:
            self._idle.put(worker)
        else:
            with self._lock:
                self._living -= 1
        return outcome

    def _worker(self) -> _Worker:
        """One that is idle, as soon as there is one, or a new one."""
        while True:
            with suppress(queue.Empty):
                return self._idle.get_nowait()
            with self._lock:
                if self._closed:
                    raise CancelledError
                if self._living < self._allowed():
                    self._living += 1
                    self._all.append(_Worker())
                    return self._all[-1]
            with suppress(queue.Empty):
                return self._idle.get(timeout=_PAUSE_SECONDS)

    def _allowed(self) -> int:
        """How many pay by now: 1, then 2, 4, 8 …, so that neither few files nor many processors start too many."""
        self._began = self._began or time.monotonic()
        rounds = int((time.monotonic() - self._began) / _PAYS_SECONDS)
        return min(self.count, 1 << min(rounds, self.count))


class _Worker:
    """One process, and its two channels."""

    def __init__(self) -> None:
        self._timed_out = False
        self._process = subprocess.Popen(
            [sys.executable, "-m", "policylib.library.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )
        self._ready = False

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """Closes the channels of a worker that is dead and that no thread listens to."""
        for channel in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                channel.close()  # type: ignore[union-attr]

    def perform(self, job: Job) -> tuple[Outcome, bool]:
        """The outcome of a job, and whether the worker can do another."""
        timer = Timer(job.limits.seconds, self._give_up)
        try:
            self._wait_until_ready()
            timer.start()
            result = self._asked(job)
        except BROKEN:
            return Outcome((self._failure(job, self._end()),)), False
        finally:
            timer.cancel()
        if isinstance(result, MemoryError):
            self.kill()
            return Outcome((_too_large(job),)), False
        return result, True

    def _wait_until_ready(self) -> None:
        """A worker that starts is no slow file."""
        if not self._ready:
            assert self._process.stdout
            pickle.load(self._process.stdout)
            self._ready = True

    def _asked(self, job: Job) -> Outcome | MemoryError:
        assert self._process.stdin and self._process.stdout
        pickle.dump(job, self._process.stdin)
        self._process.stdin.flush()
        result: Outcome | MemoryError = pickle.load(self._process.stdout)
        return result

    def _give_up(self) -> None:
        self._timed_out = True
        self._process.kill()

    def _end(self) -> int:
        """Ends the process, and gives the most memory that it ever held, in bytes; 0 where the system does not say."""
        if sys.platform == "win32":
            self.kill()
            return 0
        with suppress(ProcessLookupError, ChildProcessError):  # another thread has ended it, as at the end of a run
            os.kill(self._process.pid, signal.SIGKILL)  # Popen.kill would ask for its end, and forget what it used
            _, status, used = os.wait4(self._process.pid, 0)
            self._process.returncode = os.waitstatus_to_exitcode(status)
            return used.ru_maxrss if sys.platform == "darwin" else used.ru_maxrss * 1024
        self.kill()
        return 0

    def _failure(self, job: Job, held: int) -> Failure:
        """Why a worker died that held so much memory. A parser written in C aborts where it gets no more, as pdfium
        does. What it was refused is not counted in what it held, and the engine of recognition alone holds half."""
        if self._timed_out:
            return Failure(
                str(job.path), "TIMEOUT", f"读了 {job.limits.seconds} 秒还没有读完，已放弃", "请拆分文件，或另存后再试"
            )
        if held >= _NEAR * job.limits.memory_bytes:
            return _too_large(job)
        return Failure(
            str(job.path), "CRASHED", "读取时程序出错退出，文件可能已损坏", "请用办公软件打开后另存，再试一次"
        )


def _too_large(job: Job) -> Failure:
    limit = job.limits.memory_bytes // (1024 * 1024)
    return Failure(
        str(job.path),
        "LIMIT",
        f"读取占用的内存超过安全上限 {limit} MB，可能是压缩炸弹",
        "来历不明的不要打开；确是本单位的文件，请拆分，或打印为新的 PDF 后再试",
    )
