"""What a person types to settle what was found, whole, so that it can be copied from the screen."""

from __future__ import annotations

import re

from policylib.model import Work

# What a shell would take apart or read as its own: blanks, signs, figures of other alphabets do no harm.
_PARTED = re.compile(r"[\s()<>&|;*?$`'!#\[\]{}~]")


def typed(work: Work) -> str:
    """How a work is named on the command line: 岚科规〔2024〕3号, 《…的公告》; in quotes where blanks stand in it."""
    name = str(work.number or work.key)
    return f'"{name}"' if _PARTED.search(name) else name


def accepting(speaker: Work, word: str, other: Work | None = None) -> str:
    """policylib judge 岚科发〔2024〕19号 --accept 废止 岚科发〔2018〕12号; 那份文件, where a person is to say."""
    return f"policylib judge {typed(speaker)} --accept {word} {_meant(other)}"


def rejecting(speaker: Work, word: str, other: Work) -> str:
    """policylib judge 岚科发〔2024〕19号 --reject 废止 岚科发〔2018〕12号."""
    return f"policylib judge {typed(speaker)} --reject {word} {typed(other)}"


def exempting(work: Work | None, code: str) -> str:
    """policylib judge 岚科发〔2018〕12号 --exempt 理由 --rule CLN-10."""
    return f"policylib judge {_meant(work)} --exempt 理由 --rule {code}"


def _meant(work: Work | None) -> str:
    return typed(work) if work else "那份文件"
