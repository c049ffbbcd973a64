"""Whether a name in 《》 is a policy's: a form, a standard, an annex and a short name are none (domain.md §2.4, §3.3).
The words are rows of data/uses.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from policylib.extract.folding import fold
from policylib.extract.titles import DOC_TYPES, doc_type_of
from policylib.model import Span
from policylib.tables import toml_rows

_BESIDE: Final = (24, 40)  # characters before and behind a name that may say what it is
_PLACES: Final = ("name", "paren", "before", "after")


@dataclass(frozen=True, slots=True)
class Use:
    """A row of data/uses.toml: what is looked for, by place, and whether a name with a kind of paper, or with
    a document number, counts."""

    use: str
    any_kind: bool
    numbered: bool
    patterns: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def uses() -> tuple[Use, ...]:
    """The rows of data/uses.toml, in their order."""
    return tuple(
        Use(
            row["use"],
            row.get("any_kind", False),
            row.get("numbered", False),
            tuple((place, re.compile(row[place])) for place in _PLACES if place in row),
        )
        for row in toml_rows("uses.toml", array="use")
    )


@cache
def _numbered() -> tuple[Use, ...]:
    return tuple(row for row in uses() if row.numbered)


def use_of(title: str, paren: str, folded: str, outer: Span, numbered: bool = False) -> str | None:
    """form, standard or annex; None for what may be a policy. `paren` is what the brackets behind the title hold;
    `numbered`: a document number stands with the title."""
    left, right = _BESIDE
    texts = {
        "name": fold(title),
        "paren": paren,
        "before": folded[max(0, outer.start - left) : outer.start],
        "after": folded[outer.end : outer.end + right],
    }
    for row in uses() if not numbered else _numbered():
        for place, pattern in row.patterns:
            if not texts[place] or not pattern.search(texts[place]):
                break
        else:
            if row.any_kind or not doc_type_of(title):
                return row.use
    return None


_FILE = re.compile(r"\.(?:docx?|wps|pdf|ofd|xlsx?|zip|rar)(?![a-z])")


def is_file(folded: str, place: int) -> bool:
    """Whether a file's ending stands there: 岚财社〔2024〕110号.docx."""
    return bool(_FILE.match(folded, place))


@dataclass(frozen=True, slots=True)
class _Short:
    """The row of data/uses.toml on short names: the kinds they end in, how long one is with its kind, and the names
    that say no more than of what kind they are."""

    kinds: tuple[str, ...]
    longest: int
    bare: re.Pattern[str]


@cache
def _short() -> _Short:
    [row] = toml_rows("uses.toml", array="short")
    bare = rf"[省市区县]?(?:{'|'.join(row['words'])})+(?:{'|'.join(row['kinds'])})"
    return _Short(tuple(row["kinds"]), row["longest"], re.compile(bare))


_ORDINAL = re.compile(r"\([一二三四五六七八九十]{1,2}\)$")


def is_short(title: str) -> bool:
    """A name that no policy has in full: 《办法》, 《采信办法》, 《裁量基准（二）》, 《管理暂行办法》."""
    title = fold(title)
    if title in DOC_TYPES:
        return title != "法"
    name, short = _ORDINAL.sub("", title), _short()
    return (len(name) <= short.longest and name.endswith(short.kinds)) or bool(short.bare.fullmatch(name))
