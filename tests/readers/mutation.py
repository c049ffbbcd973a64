"""Damaged copies of a file, the same ones on every run."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress

from policylib.errors import InputError
from policylib.readers import read_bytes


def mutations(data: bytes, count: int = 300) -> Iterator[bytes]:
    """Copies with a few bytes changed; every other one also cut off, with bytes doubled or left out."""
    chance = random.Random(17)
    for turn in range(count):
        copy = bytearray(data)
        for _ in range(chance.randint(1, 8)):
            start = chance.randrange(len(copy))
            stop = start + chance.choice((1, 1, 1, 4, 40, 400))
            kind = chance.randrange(4) if turn % 2 else 0
            if kind == 0:
                copy[start] = chance.randrange(256)
            elif kind == 1:
                copy[start:stop] = copy[start:stop] * 2
            elif kind == 2 and len(copy) > stop:
                del copy[start:stop]
            elif kind == 3 and start > len(copy) // 2:
                del copy[start:]
        yield bytes(copy)


def survives(data: bytes, name: str) -> bool:
    """Whether reading every damaged copy ends in a document or an InputError; nothing else may come out."""
    for copy in mutations(data):
        with suppress(InputError):
            read_bytes(copy, name)
    return True
