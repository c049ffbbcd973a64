"""Work without the search for cycles: linking and audits make many records, which stay, and no cycles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collecting(*, for_good: bool = False) -> Iterator[None]:
    """Within it Python looks for no cycles. It would walk through all the records that are being made again and again:
    a third of the time of linking, a quarter of that of an audit. `for_good`: nor will it ever look for them among what
    there is at its end, for a command that tells what it found and is over: else it would walk through all of that as
    soon as the first finding is written, for a fifth of the time of an audit."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if for_good:
                gc.freeze()
            gc.enable()
