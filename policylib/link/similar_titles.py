"""Whether two titles can be of one work, or one cited title of a work that is held."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Final
from unicodedata import normalize

from policylib.extract.folding import title_key
from policylib.extract.numerals import chinese_number
from policylib.extract.organ_names import STATE

SAME_TITLE: Final = 0.93  # domain.md §3.3 T6
_SERIES = re.compile(
    r"[(（](?P<counted>[一二三四五六七八九十\d]{1,4}|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ]|[IVX]{1,4})[)）]|"
    r"第(?P<batch>[一二三四五六七八九十\d]{1,3})批"
)
"""Which of a series a paper is: 归类决定（Ⅱ）, 裁量基准（二）, 第二批归类决定."""
_ROMAN: Final = {
    "I": 1,
    "II": 2,
    "III": 3,
    "IV": 4,
    "V": 5,
    "VI": 6,
    "VII": 7,
    "VIII": 8,
    "IX": 9,
    "X": 10,
    "XI": 11,
    "XII": 12,
}
_BESIDE = re.compile("实施|适用|施行|贯彻|解释|补充|修改|修正|修订|废止|细则|解读|编$")
"""What a title has besides, that is on the paper or a part of it: 民法典 继承编."""


def similar(a: str, b: str) -> bool:
    """Whether two titles can be of one work: equal, one within the other (issuer dropped), or nearly equal."""
    one, other = title_key(a), title_key(b)
    if not one or not other or one in other or other in one:
        return True
    if _figures(one) != _figures(other):
        return False  # titles that differ only in a year are two
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= SAME_TITLE


def may_be_meant(wanted: str, title: str) -> bool:
    """Whether a title is nearly the one that is cited, and no paper on it: 实施《X》办法, X的解释, X修正案（二）. A law
    of the State is no local paper. Of a series it is the same one, however counted: 第二批X, X（Ⅱ）."""
    if wanted.startswith(STATE) != title.startswith(STATE) or _places(wanted) != _places(title):
        return False
    wanted, title = (_SERIES.sub("", one) for one in (wanted, title))
    if not similar(wanted, title):
        return False
    shorter, longer = sorted((title_key(wanted), title_key(title)), key=len)
    return shorter not in longer or not _BESIDE.search(longer.replace(shorter, "", 1))


def _places(title: str) -> list[int | str]:
    """Its places in series, in order."""
    found = [match["counted"] or match["batch"] for match in _SERIES.finditer(title)]
    return [_ROMAN.get(normalize("NFKC", one)) or chinese_number(one) or one for one in found]


def _figures(key: str) -> list[str]:
    return [character for character in key if character.isdigit()]
