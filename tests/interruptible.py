"""Programs that tests interrupt. A runner in the background ignores Ctrl-C, and hands that on to all that it starts: to
these programs it must not."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Sequence
from typing import Any


def start(command: Sequence[str], **settings: Any) -> subprocess.Popen[Any]:
    return subprocess.Popen(command, preexec_fn=_hear_ctrl_c, **settings)


def _hear_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
