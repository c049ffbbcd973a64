"""What stands below the text of a paper: signature, date, notes, annexes, imprint, instrument (domain.md §1.1)."""

from __future__ import annotations

import re
from typing import Final

from policylib.extract.dates import find_damaged_dates
from policylib.extract.layout import Line, is_date_line, set_role
from policylib.extract.organ_names import are_organs, is_organ
from policylib.extract.titles import doc_type_of
from policylib.model import Span

_NOTE = re.compile(r"^[(]?此件.{2,12}[)]?$")
_ANNEX_LIST = re.compile(r"^附件 ?[:](?=.)|^附 ?:")
_ANNEX_HEAD = re.compile(r"^附件 ?[\d一二三四五六七八九十]{0,3} ?[:]?$|^附 ?[\d一二三四五六七八九十]?$")
_IMPRINT = re.compile(r"印发$|^抄送 ?[:]|^主题词")


def mark_signoff(lines: list[Line], start: int) -> int | None:
    """Mark the first line that is a date and nothing else, and the signatures above it; its index: the sign-off (60 of
    60 measured)."""
    for index in range(start, len(lines)):
        line = lines[index]
        if line.role != "body" or len(line.text) > 40:
            continue
        if "年" not in line.text and not line.text[:4].isdigit():
            continue
        if is_date_line(line) or _is_damaged_date_line(line):
            set_role(lines, index, "date")
            _signatures(lines, start, index)
            return index
    return None


def _signatures(lines: list[Line], start: int, signoff: int) -> None:
    """Mark the short lines above the date; below a list of annexes, whose last item may take several lines, only
    names of organs."""
    listed = any(_ANNEX_LIST.match(line.text) for line in lines[max(start, signoff - 20) : signoff])
    for index in range(signoff - 1, start - 1, -1):
        line = lines[index]
        if line.role != "body" or not _is_signature(line) or (listed and not are_organs(line.text)):
            return
        set_role(lines, index, "signature")


def _is_damaged_date_line(line: Line) -> bool:
    damaged = next(find_damaged_dates(line.text), None)
    return bool(damaged and damaged.span.end - damaged.span.start == len(line.text))


_NO_SIGNATURE = re.compile(
    r"。|[;:,《》]$|^《|\d号\)?$|^附|^\d|^[一二三四五六七八九十]+、|"
    r"(?:牵头|负责|配合)[^()]{0,20}\)$"  # 办培训。（人事科牵头）
)


def _is_signature(line: Line) -> bool:
    return len(line.text) <= 40 and not _NO_SIGNATURE.search(line.text)


def mark_what_follows(lines: list[Line], signoff: int) -> None:
    """Mark notes, imprint and the heads of annexes below the sign-off, and the list of annexes above it."""
    for index in range(signoff + 1, len(lines)):
        text = lines[index].text
        if lines[index].role != "body":
            continue
        if _NOTE.match(text):
            set_role(lines, index, "note")
        elif _IMPRINT.search(text) and len(text) < 200:
            set_role(lines, index, "imprint")
        elif _ANNEX_HEAD.match(text):
            set_role(lines, index, "annex")
    for index in range(signoff):
        if lines[index].role == "body" and _ANNEX_LIST.match(lines[index].text):
            set_role(lines, index, "annex")


_INLINE = re.compile(
    r"(?:。|[.][a-z]{3,4}) ?(?P<organs>[\u3400-\u9fff、 ]{2,80}?) ?(?P<date>(?:19|20)\d\d年\d{1,2}月\d{1,2}日)"
    r"(?=$|公告|通知|附件|下载|浏览|打印|[(]此件)"
)


_SIGNED = re.compile(r"(?P<organs>[\u3400-\u9fff、 ]{4,60}?) *(?P<date>(?:19|20)\d\d年\d{1,2}月\d{1,2}日)")
_BEFORE_RULES = re.compile(
    r"。 ?(?P<organs>[\u3400-\u9fff、 ]{2,80}?) ?(?P<date>(?:19|20)\d\d年\d{1,2}月\d{1,2}日) ?"
    r"(?=(?P<heading>[^。;:,《》\n]{4,90}?) ?第一(?:章|条 ))"
)
"""A sign-off that the rules follow at once, heading and first article: 特此公告。海关2024年1月24日…办法第一条 为….
In a sentence no blank stands behind 第一条, and behind the day what was done then: 2024年1月24日印发的办法第一条."""
_DONE_THEN = re.compile(
    r"的|(?:[起前后经将]|以[前后]|之[前后]|已经?)?(?:重新)?"
    r"(?:印发|公布|发布|颁布|下发|签发|制定|修订|修正|修改|通过|批准|出台|作出|施行|实施)"
)


def inline_signoff(lines: list[Line]) -> Span | None:
    """特此公告。海关总署 农业农村部2024年11月1日: pages that lost their line breaks; organ and date on one line."""
    for line in reversed(lines):
        if line.role != "body" or "日" not in line.text:
            continue
        tail = max(0, len(line.text) - 1000)
        if (whole := _SIGNED.fullmatch(line.text)) and _ends_with_organ(whole["organs"]):
            return Span(whole.start("organs"), whole.end("date")).shifted(line.span.start)
        if match := next(_INLINE.finditer(line.text, tail), None) or _before_rules(line.text):
            return Span(match.start("organs"), match.end("date")).shifted(line.span.start)
    return None


def _before_rules(text: str) -> re.Match[str] | None:
    """The sign-off of a notice whose rules stand behind it on the same line."""
    for match in _BEFORE_RULES.finditer(text) if "第一" in text else ():
        heading = match["heading"]
        if _ends_with_organ(match["organs"]) and doc_type_of(heading) and not _DONE_THEN.match(heading):
            return match
    return None


def _ends_with_organ(names: str) -> bool:
    """Whether the last of the names is an organ's: 岚州海关、岚州市水利局."""
    return is_organ(re.split("[、 ]", names.strip())[-1])


def instrument_title(lines: list[Line], signoff: int | None) -> Span | None:
    """The heading of the instrument that follows the notice's sign-off, on one line or more: 岚州市支持养老机构 |
    的若干措施; 岚州市工业行动计划 | （2024—2027年）."""
    if signoff is None:
        return None
    for index, line in enumerate(lines[signoff + 1 : signoff + 9], signoff + 1):
        if line.role in ("note", "annex", "imprint", "furniture", "header"):
            continue
        if (
            line.role == "body"
            and len(line.text) < 90
            and doc_type_of(line.text)
            and not line.text.endswith(("。", ":"))
        ):
            return _whole_heading(lines, index, signoff)
        if line.role == "body" and len(line.text) > 90:
            break
    return None


_IN_BRACKETS = re.compile(r"\([^()]{1,20}\)")
_NO_BEGINNING = re.compile(r"[。;:,、!?》]$|^[(《\d]|^第|^附")  # of a heading over several lines
_ABOVE: Final = 2  # lines of a heading above the one that ends as a title does


def _whole_heading(lines: list[Line], index: int, signoff: int) -> Span:
    """The heading whose last words stand on a line, with the lines above that it breaks off and a bracket below."""
    first = index
    while first - 1 > signoff and index - first < _ABOVE and _breaks_off(lines[first - 1]):
        first -= 1
    below = lines[index + 1] if index + 1 < len(lines) else None
    last = below if below and below.role == "body" and _IN_BRACKETS.fullmatch(below.text) else lines[index]
    return Span(lines[first].span.start, last.span.end)


def _breaks_off(line: Line) -> bool:
    """Whether a line can be the beginning of a heading: short words and no sentence, date or end of a title."""
    return (
        line.role == "body"
        and 4 <= len(line.text) <= 40
        and not _NO_BEGINNING.search(line.text)
        and not doc_type_of(line.text)
        and not is_date_line(line)
    )
