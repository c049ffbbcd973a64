"""Clauses that say from when and until when this very document holds (domain.md §5.1).

Only clauses about the document itself count: 本办法自2024年3月4日起施行，有效期5年. 有效期 of a licence is not one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from policylib.extract.dates import as_date, first_date, make_date
from policylib.extract.folding import fold
from policylib.extract.layout import Layout
from policylib.extract.number_shapes import chinese_number
from policylib.model import Found, Problem, Span

_SELF: Final = (
    r"(?:本|该|此)(?:通知|办法|规定|细则|实施细则|意见|实施意见|方案|实施方案|公告|通告|决定|条例|规则|措施|政策|若干政策|制度|标准|计划|指南|指引|"
    r"预案|规划|目录|清单|规程|实施办法|管理办法|暂行办法|规范性文件|文件)"
)
_START = re.compile(
    rf"(?:{_SELF}|^|[。,;、 ])[^。;]{{0,16}}?[自从](?P<when>(?:19|20)\d\d年 ?\d{{1,2}} ?月 ?\d{{1,2}} ?日|"
    r"[^。;,]{0,12}?(?:印发|公布|发布|下发|颁布|签发)之日)"
    r"起?(?P<after>\d{1,3}日后)?起?(?:正式)?(?:施行|实施|执行|生效|试行)"
)
_YEARS: Final = r"(?:暂定)?(?:为|:)?(?P<years>\d{1,2}|[一二两三四五六七八九十]{1,2})年"
_TERM = re.compile(
    rf"(?:{_SELF}[^。;]{{0,30}}?|起(?:施行|实施|执行|生效|试行)[,;。]?[ \n]{{0,2}}(?:试行期|试行)?)"
    rf"有效期(?:限)?{_YEARS}"
)
_TRIAL = re.compile(rf"起(?:施行|实施|执行|试行)[,;。]?[ \n]{{0,2}}(?:试行期|试行)(?:限)?{_YEARS}")
_TERM_FOLLOWS = re.compile(rf"[ \n]{{0,2}}(?:{_SELF})?(?:有效期|试行期)")
_DAY: Final = r"(?:19|20)\d\d年 ?\d{1,2} ?月 ?\d{1,2} ?日"
_UNTIL = re.compile(
    rf"(?:有效期(?:限)?(?:截止|延续|延长|自{_DAY}起?)?|起(?:施行|实施|执行|生效|试行)[,;]?)(?:至|到)(?P<end>{_DAY})"
)
_OWN_TERM = re.compile(rf"(?:^|[。;,;] ?){_SELF}的?有效期(?:限)?(?=为|:|至|到|截止|\d|[一二两三四五六七八九十])")
_OTHER_SUBJECT = re.compile(r"(?:合同|协议|许可证|证书|资格|补贴|待遇|期限)(?:均|一律)?[自从]$")
MAX_CLAUSE: Final = 200  # characters between 自…起施行 and 有效期
MAX_YEARS: Final = 10  # domain.md §2.6: longer terms in damaged text are lost dashes (3—5年 -> 35年)


def find_validity(
    text: str, layout: Layout, issued: Found[date] | None, published: Found[datetime] | Found[date] | None
) -> tuple[Found[date] | None, Found[date] | None, tuple[Problem, ...]]:
    """First and last day of validity, each None where the text does not say or the dates are not known; and a problem
    where it gives a term that cannot be believed."""
    effective: Found[date] | None = None
    expires: Found[date] | None = None
    refused: tuple[Problem, ...] = ()
    for offset, clause in _clauses(layout):
        for start in _START.finditer(clause):
            if _about_other(clause, start.start("when")):
                continue
            effective = effective or _effective(text, offset, start, issued, published)
            tail = clause[start.start() : _sentence_end(clause, start.end())]
            expires = expires or _expiry(offset + start.start(), tail, effective)
            refused = refused or tuple(_refused(offset + start.start(), tail))
    for offset, sentence in _own_terms(layout):
        expires = expires or _expiry(offset, sentence, effective)
        refused = refused or tuple(_refused(offset, sentence))
    return effective, expires, () if expires else refused


def _own_terms(layout: Layout) -> Iterator[tuple[int, str]]:
    """Terms in a sentence of their own: 本办法有效期5年。 本办法有效期至2026年12月31日。"""
    for line in layout.of("body", "note"):
        for term in _OWN_TERM.finditer(line.text) if "有效期" in line.text else ():
            yield line.span.start + term.start(), line.text[term.start() : _sentence_end(line.text, term.end())]


def states_term(text: str) -> Span | None:
    """The words that say until when this very document holds, whether or not its dates are known yet; None for none.

    本办法自印发之日起施行，有效期5年 · 有效期至2026年12月31日 · 自2024年1月1日起施行，试行2年.
    """
    folded = fold(text)
    found = next((match for shape in (_TERM, _UNTIL, _TRIAL) if (match := shape.search(folded))), None)
    return Span(*found.span()) if found else None


def _clauses(layout: Layout) -> Iterator[tuple[int, str]]:
    """The lines that may speak of validity, each with its offset; a sentence broken over lines is put together."""
    lines = layout.of("body", "note")
    for index, line in enumerate(lines):
        if "自" not in line.text and "从" not in line.text:
            continue
        clause = line.text
        for following in lines[index + 1 : index + 3]:
            gap = following.span.start - line.span.start - len(clause)
            if clause.endswith(("。", ";", ":")) or not 0 < gap <= 2:
                break
            clause += " " * gap + following.text
        if "日" in clause:
            yield line.span.start, clause


def _sentence_end(text: str, position: int) -> int:
    """The end of the sentence, or of the next one where that gives the term: …起施行。有效期5年。"""
    limit = position + MAX_CLAUSE
    end = text.find("。", position, limit)
    if end >= 0 and _TERM_FOLLOWS.match(text, end + 1, limit):
        end = text.find("。", end + 1, limit)
    return min(len(text), limit) if end < 0 else end + 1


def _about_other(text: str, position: int) -> bool:
    """《X》自…起施行 speaks of X, 合同自…起执行 of a contract; 《X》已经通过，现予公布，自…起施行 of this paper."""
    near = max(0, position - MAX_CLAUSE)
    if _OTHER_SUBJECT.search(text, near, position):
        return True
    sentence = text[max(near, text.rfind("。", near, position) + 1) : position]
    after = sentence[sentence.rfind("》") + 1 :]
    return "》" in sentence and not re.search(rf"{_SELF}|现(?:予|将|印发)", after)


def _effective(
    text: str,
    offset: int,
    match: re.Match[str],
    issued: Found[date] | None,
    published: Found[datetime] | Found[date] | None,
) -> Found[date] | None:
    span = Span(offset + match.start("when"), offset + match.end())
    if found := first_date(text, span.start, span.end):
        return Found(as_date(found.value), span, "validity.start")
    of_page = re.search(r"公布|发布|颁布", match["when"])
    anchor = (published if of_page and published else issued) or published
    if anchor is None:
        return None
    day = as_date(anchor.value)
    if match["after"]:
        day += timedelta(days=int(match["after"].removesuffix("日后")) + 1)
    sure = 0.9 if (of_page and anchor is published) or not of_page else 0.7
    return Found(day, span, "validity.start.event", sure)


def _expiry(offset: int, tail: str, effective: Found[date] | None) -> Found[date] | None:
    if until := _UNTIL.search(tail):
        found = first_date(tail, until.start("end"), until.end("end"))
        if found:
            return Found(as_date(found.value), Span(offset + until.start(), offset + until.end()), "validity.until")
    term = _TERM.search(tail) or _TRIAL.search(tail)
    years = _term_years(term)
    if term is None or years is None or effective is None or not 1 <= years <= MAX_YEARS:
        return None
    span = Span(offset + term.start(), offset + term.end())
    return Found(last_day(effective.value, years), span, "validity.term", effective.confidence)


def _term_years(term: re.Match[str] | None) -> int | None:
    return chinese_number(term["years"].replace("两", "二")) if term else None


def _refused(offset: int, tail: str) -> Iterator[Problem]:
    term = _TERM.search(tail) or _TRIAL.search(tail)
    years = _term_years(term)
    if term and years is not None and not 1 <= years <= MAX_YEARS:
        message = f"“{term['years']}年”的有效期少见，可能缺字（3—5年成了35年），没有采用，请对照原件核实"
        yield Problem("term.refused", message, Span(offset + term.start(), offset + term.end()))


def last_day(start: date, years: int) -> date:
    """A term of 5 years from 2024-03-04 ends on 2029-03-03, inclusive."""
    end = make_date(start.year + years, start.month, start.day) or date(start.year + years, 3, 1)
    return end - timedelta(days=1)


_PAPER = re.compile(
    r"(?:本|该)(?:通知|办法|规定|细则|意见|方案|公告|通告|决定|规则|措施|政策|制度|标准|文件|预案|规程|实施\w{2}|管理\w{2}|暂行\w{2})"
)
_SENTENCE = re.compile(r"[^。；;\n]+[。；;]?")
_NEAR: Final = 1  # one sentence after …起施行 may still give the term


def perhaps_terms(text: str, effective: Found[date] | None, words: Sequence[str]) -> Iterator[Span]:
    """Sentences that may give the term in words that were not understood: they speak of the paper itself, or stand with
    its start, and have one of these words, such as 有效期, 失效, 届满."""
    if not any(word in text for word in words):
        return
    near = 0
    for match in _SENTENCE.finditer(text):
        here = bool(effective and match.start() <= effective.span.start < match.end())
        near = _NEAR + 1 if here else max(0, near - 1)
        said = fold(match.group())
        if (near or _PAPER.search(said)) and any(fold(word) in said for word in words):
            yield Span(*match.span())
