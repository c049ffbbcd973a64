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

_SHORT_NAME: Final = 5  # 《采信办法》: a name that no policy has in full; 《处方管理办法》 is one
_SHORT_END = (
    "办法",
    "规定",
    "方案",
    "规划",
    "细则",
    "意见",
    "通知",
    "公告",
    "决定",
    "措施",
    "规则",
    "目录",
    "要点",
    "协定",
    "协议",
    "议定书",
    "安排",
    "基准",
    "纲要",
    "税则",
    "名录",
    "清单",
    "注释",
    "须知",
    "指南",
    "标准",
    "规范",
    "制度",
    "预案",
)
_SHORT_WORDS = re.compile(
    r"[省市区县]?(?:管理|暂行|实施|工作|指导|若干|总体|专项|补充|行动|建设)+"
    rf"(?:{'|'.join(_SHORT_END)})"
)
_ORDINAL = re.compile(r"[(（][一二三四五六七八九十]{1,2}[)）]$")
_BESIDE: Final = (24, 40)  # characters before and behind a name that may say what it is
_PLACES: Final = ("name", "paren", "before", "after")


@dataclass(frozen=True, slots=True)
class Use:
    """A row of data/uses.toml: what is looked for, by place, and whether a name with a kind of paper counts."""

    use: str
    any_kind: bool
    patterns: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def uses() -> tuple[Use, ...]:
    return tuple(
        Use(
            row["use"],
            row.get("any_kind", False),
            tuple((place, re.compile(row[place])) for place in _PLACES if place in row),
        )
        for row in toml_rows("uses.toml")
    )


def use_of(title: str, paren: str, folded: str, outer: Span) -> str | None:
    """form, standard or annex; None for what may be a policy. `paren` is what the brackets behind the title hold."""
    left, right = _BESIDE
    texts = {
        "name": fold(title),
        "paren": paren,
        "before": folded[max(0, outer.start - left) : outer.start],
        "after": folded[outer.end : outer.end + right],
    }
    for row in uses():
        fits = all(texts[place] and pattern.search(texts[place]) for place, pattern in row.patterns)
        if fits and (row.any_kind or not doc_type_of(title)):
            return row.use
    return None


_FILE = re.compile(r"\.(?:docx?|wps|pdf|ofd|xlsx?|zip|rar)(?![a-z])")


def is_file(folded: str, place: int) -> bool:
    """Whether a file's ending stands there: 岚财社〔2024〕110号.docx."""
    return bool(_FILE.match(folded, place))


def is_short(title: str) -> bool:
    """A name that no policy has in full: 《办法》, 《采信办法》, 《裁量基准（二）》, 《管理暂行办法》."""
    if title in DOC_TYPES:
        return title != "法"
    name = _ORDINAL.sub("", title)
    return (len(name) <= _SHORT_NAME and name.endswith(_SHORT_END)) or bool(_SHORT_WORDS.fullmatch(name))
