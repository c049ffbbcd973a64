"""Clauses that say from when and until when this very document holds (domain.md §5.1).

Only clauses about the document itself count: 本办法自2024年3月4日起施行，有效期5年. 有效期 of a licence is not one.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Final

from policylib.extract.dates import as_date, first_date, make_date
from policylib.extract.folding import fold
from policylib.extract.layout import Layout
from policylib.extract.numerals import chinese_number
from policylib.extract.sentences import sentence_pattern, sentences_with
from policylib.model import Found, Problem, Span

_SELF: Final = (
    r"(?:本|该|此)(?:通知|办法|规定|细则|实施细则|意见|实施意见|方案|实施方案|公告|通告|决定|条例|规则|措施|政策|若干政策|制度|标准|计划|指南|指引|"
    r"预案|规划|目录|清单|规程|实施办法|管理办法|暂行办法|规范性文件|文件)"
)
_START = re.compile(
    rf"(?:{_SELF}|^|[。,;、 ])[^。;]{{0,16}}?[自从](?P<when>(?:19|20)\d\d年 ?\d{{1,2}} ?月 ?\d{{1,2}} ?日|"
    r"[^。;,]{0,12}?(?:印发|公布|发布|下发|颁布|签发)之日)"
    r"起?(?P<after>\d{1,3}日后)?起?(?:正式)?(?:施行|实施|执行|生效|试行|管用?(?=[\d一二两三四五六七八九十]{1,2}年))"
)
_NUMBER: Final = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,2})"
_YEARS: Final = (
    rf"为?(?:自[^。;,]{{2,14}}之日起)?(?:计算)?,?(?:暂定)?(?:为|:)?(?P<count>{_NUMBER})(?P<unit>年(?![\d半])|个月)"
)
_PERIOD: Final = r"(?:有效|执行|实施|施行|试行)(?:期限?|时间)"  # as people call the time in which a paper holds
_STARTS: Final = "(?:施行|实施|执行|生效|试行)"
_TERM = re.compile(rf"(?:{_SELF}的?[^。;的]{{0,60}}?|起{_STARTS}[,;。]?[ \n]{{0,2}}(?:试行期|试行)?){_PERIOD}{_YEARS}")
_TRIAL = re.compile(rf"起(?:{_STARTS}[,;。]?[ \n]{{0,2}}(?:试行期|试行|暂行)(?:限)?|管|管用){_YEARS}")
_TERM_FOLLOWS = re.compile(rf"[ \n]{{0,2}}(?:{_SELF})?的?{_PERIOD}")
_DAY: Final = r"(?:19|20)\d\d年 ?\d{1,2} ?月 ?\d{1,2} ?日"
_LAST: Final = rf"(?P<end>{_DAY}|(?:19|20)\d\d年(?: ?\d{{1,2}} ?月)?[底末])"
_UNTIL = tuple(
    map(
        re.compile,
        (
            # 有效期至2026年12月31日, 有效期为2019年8月1日至2022年7月31日, 有效期3年，自2020年1月1日至2022年12月31日
            rf"(?<![条款项])(?<![条款项]的){_PERIOD}(?:为|:)?(?:{_NUMBER}年)?(?:[,(]?(?:即|[自从])?(?P<start>{_DAY})起?)?"
            rf"(?:截止|延续|延长)?(?:截?至|到|-){_LAST}",
            rf"起{_STARTS}[,;]?(?:有效|执行|实施)?(?:至|到){_LAST}",
            rf"日后{_STARTS}[,;](?:至|到){_LAST}止",
            rf"起{_STARTS}[,;](?:于|至|到|自)?{_LAST}(?P<from>起)?(?:(?:自行|自动)(?:失效|废止|终止)|终止|失效|废止)",
            rf"[自从](?P<start>{_DAY})起?(?:至|到){_LAST}止?(?:期间)?(?:{_STARTS}|有效)",
        ),
    )
)
# The term in a sentence of its own: 第四条 本办法有效期3年; 本办法由市科技局负责解释，有效期至2022年7月31日.
_OWN_TERM = re.compile(
    rf"(?:^|[。;,、.)条] {{0,2}}){_SELF}(?:由[^。;,]{{2,40}}负责[^。;,]{{0,8}}[,;])?的?"
    rf"(?:{_PERIOD}(?=为|:|至|到|截|[自从]|{_NUMBER}|暂)|(?=[自从]{_DAY}起?(?:至|到){_DAY}))"
)
_COUNTED = re.compile(rf",?(?:均|统一)?[自从]({_DAY})起(?:计算|算起|计)")
"""有效期3年，自2020年1月1日起计算: the term does not begin with the paper."""
_RENEWS = re.compile(r"(?:自动|自行)(?:延长|延续|顺延|续期|展期)")
"""有效期3年，届满后自动延续: no last day can be told, and a person is asked."""
_OTHER_SUBJECT = re.compile(r"(?:合同|协议|许可证|证书|资格|补贴|待遇|期限|标准|[条款项]|附件\d?)(?:均|一律)?[自从]$")
_ALL_ANNEXES = re.compile(r"附件\d?(?:[、和及]附件\d)*(?:均|一律)?[自从]$")
"""附件1、附件2自2021年1月1日起生效: what a paper has to say stands in its annexes."""
UNREAD_TERM: Final = "term.unread"
"""The problem of a paper whose term may stand in words that were not understood."""
START_EVENT: Final = "validity.start.event"
"""The rule of a start that is counted from the day on which the paper was printed, published or made. All rules of such
a start end so."""
START_ASSUMED: Final = {
    "published": "validity.start.unpublished.event", "printed": "validity.start.unprinted.event",
}  # fmt: skip
"""The rules of a start that ought to be counted from the day of publication, of printing, and is from 成文日期, since
that day is not known (domain.md §5.1)."""
MAX_CLAUSE: Final = 200  # characters between 自…起施行 and 有效期
MAX_YEARS: Final = 10  # domain.md §2.6: longer terms in damaged text are lost dashes (3—5年 -> 35年)


def find_validity(
    text: str,
    layout: Layout,
    issued: Found[date] | None,
    published: Found[datetime] | Found[date] | None,
    *,
    printed: bool,
) -> tuple[Found[date] | None, Found[date] | None, tuple[Problem, ...]]:
    """First and last day of validity, each None where the text does not say or the dates are not known; and a problem
    where it gives a term that cannot be believed. `issued`: the day of printing (`printed`), else 成文日期."""
    effective: Found[date] | None = None
    expires: Found[date] | None = None
    refused: tuple[Problem, ...] = ()
    for offset, clause in _clauses(layout):
        for start in _START.finditer(clause):
            if _about_other(clause, start.start("when")) or _is_quoted(clause, start.start("when")):
                continue
            effective = effective or _effective(text, offset, start, issued, published, printed)
            tail = clause[start.start() : _sentence_end(clause, start.end())]
            expires = expires or _expiry(offset + start.start(), tail, effective)
            refused = refused or tuple(_refused(offset + start.start(), tail))
    for offset, sentence in _own_terms(layout):
        effective = effective or _range_start(offset, sentence)
        expires = expires or _expiry(offset, sentence, effective)
        refused = refused or tuple(_refused(offset, sentence))
    return effective, expires, () if expires else refused


def _own_terms(layout: Layout) -> Iterator[tuple[int, str]]:
    """Terms in a sentence of their own: 本办法有效期5年。 本办法有效期至2026年12月31日。"""
    for line in layout.of("body", "note"):
        for term in _OWN_TERM.finditer(line.text) if _may_tell_term(line.text) else ():
            if _is_quoted(line.text, term.start()):
                continue
            yield line.span.start + term.start(), line.text[term.start() : _sentence_end(line.text, term.end())]


def _may_tell_term(line: str) -> bool:
    """Whether it has what every term in a sentence of its own has. Written out: this is asked of every line."""
    return ("期" in line or "至" in line or "到" in line or "时间" in line) and (
        "本" in line or "该" in line or "此" in line
    )


def states_term(text: str) -> Span | None:
    """The words that say until when this very document holds, whether or not its dates are known yet; None for none.

    本办法自印发之日起施行，有效期5年 · 有效期至2026年12月31日 · 自2024年1月1日起施行，试行2年.
    """
    folded = fold(text)
    found = next((match for shape in (_TERM, *_UNTIL, _TRIAL) if (match := shape.search(folded))), None)
    return Span(*found.span()) if found else None


def stated_months(text: str) -> Found[int] | None:
    """How long this very document says that it holds, in months, whatever it may: 有效期15年 · 试行期2年; None where it
    names no length."""
    folded = fold(text)
    term = _TERM.search(folded) or _TRIAL.search(folded)
    months = _months(term) if term else 0
    return Found(months, Span(*term.span()), "validity.term") if term and months else None


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


def _is_quoted(text: str, position: int) -> bool:
    """第三十条改为“本办法自…起施行，有效期至…”: so says the article of another paper."""
    opened = text.rfind("“", max(0, position - MAX_CLAUSE), position)
    if opened < 0 or text.find("”", opened, position) >= 0:
        return False
    said = text[max(0, opened - _VERB_NEAR) : opened]
    return bool(_REWRITES.search(said) if said.strip() else _WHOLE_ARTICLE.match(text, opened))


_VERB_NEAR: Final = 40
_REWRITES = re.compile(
    r"(?:(?:修改|修订|调整|变更|改)[为成]|增加[^。;“”]{1,20}|表述为|第[^。;“”]{1,12}[条款项]|删[去除][^。;“”]{0,20})[:,]?$"
)
_WHOLE_ARTICLE = re.compile(r"“第[一二三四五六七八九十百\d]{1,5}条")


def _about_other(text: str, position: int) -> bool:
    """《X》自…起施行 speaks of X, 合同自…起执行 of a contract; 《X》已经通过，现予公布，自…起施行 of this paper."""
    near = max(0, position - MAX_CLAUSE)
    if _ALL_ANNEXES.match(text, max(near, text.rfind("。", near, position) + 1), position):
        return False
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
    printed: bool,
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
    asked = "published" if of_page else "printed" if "印发" in match["when"] else ""
    told = anchor is published if of_page else printed
    rule = START_EVENT if told or not asked else START_ASSUMED[asked]
    return Found(day, span, rule, sure)


def _expiry(offset: int, tail: str, effective: Found[date] | None) -> Found[date] | None:
    if (until := _until(tail)) and (day := last_named_day(until["end"])):
        day -= timedelta(days=1) if until.groupdict().get("from") else timedelta()
        return Found(day, Span(offset + until.start(), offset + until.end()), "validity.until")
    term = _TERM.search(tail) or _TRIAL.search(tail)
    months = _months(term) if term else 0
    if term is None or not 1 <= months <= 12 * MAX_YEARS or _RENEWS.search(tail, term.end()):
        return None
    span = Span(offset + term.start(), offset + term.end())
    if counted := _COUNTED.match(tail, term.end()):
        first = first_date(counted[1])
        return Found(last_of(as_date(first.value), months), span, "validity.term") if first else None
    return Found(last_of(effective.value, months), span, "validity.term", effective.confidence) if effective else None


def _until(tail: str) -> re.Match[str] | None:
    return next((match for shape in _UNTIL if (match := shape.search(tail))), None)


def last_named_day(words: str) -> date | None:
    """2022年7月31日; of 2022年6月底 and 2022年底 the last day."""
    if found := first_date(words):
        return as_date(found.value)
    year, *month = map(int, re.findall(r"\d+", words))
    number = month[0] if month else 12
    return date(year, number, monthrange(year, number)[1]) if 1 <= number <= 12 else None


def _range_start(offset: int, sentence: str) -> Found[date] | None:
    """The first day of a term that gives both: 本办法有效期为2019年8月1日至2022年7月31日."""
    until = _until(sentence)
    if until is None or not (start := until.groupdict().get("start")):
        return None
    found = first_date(start)
    place = Span(offset + until.start("start"), offset + until.end("start"))
    return Found(as_date(found.value), place, "validity.start") if found else None


def _months(term: re.Match[str]) -> int:
    count = chinese_number(term["count"]) or 0
    return count * (12 if term["unit"] == "年" else 1)


def _refused(offset: int, tail: str) -> Iterator[Problem]:
    term = _TERM.search(tail) or _TRIAL.search(tail)
    if term and not 1 <= _months(term) <= 12 * MAX_YEARS:
        message = f"“{term['count']}{term['unit']}”的有效期少见，可能缺字（3—5年成了35年），没有采用，请对照原件核实"
        yield Problem("term.refused", message, Span(offset + term.start(), offset + term.end()))


def last_day(start: date, years: int) -> date:
    """A term of 5 years from 2024-03-04 ends on 2029-03-03, inclusive."""
    return last_of(start, 12 * years)


def last_of(start: date, months: int) -> date:
    """The last day of a term of so many months."""
    year, month = divmod(12 * start.year + start.month - 1 + months, 12)
    after = make_date(year, month + 1, start.day)
    return after - timedelta(days=1) if after else date(year, month + 1, monthrange(year, month + 1)[1])


# Who reads one of these in a sentence on the paper itself, and has understood no term, is to ask.
_TERM_WORDS: Final = (
    "有效期", "试行期", "施行期", "执行期", "实施期", "适用期", "失效", "日止", "底止", "末止", "为止", "届满", "期满",
    "到期",
)  # fmt: skip
_PAPER = re.compile(
    r"(?<![自按照据依合反经])本(?:通知|办法|规定|细则|意见|方案|公告|通告|决定|规则|措施|政策|制度|标准|文件|预案|规程|实施\w{2}|"
    r"管理\w{2}|暂行\w{2})"
)
_OTHERS_TERM = re.compile(
    r"(?:凭证|许可证?|证书|证件|合格证|资格证?|执照|牌照|合同|协议|租约|任期|聘期)的?(?:有效期限?|到期|届满|期满|失效)"
)
"""备案凭证有效期三年: no term of the paper."""
_MARKS: Final = "。;\n"
_ENDS_ITSELF = re.compile(
    r"本(?:通知|办法|规定|细则|意见|方案|公告|通告|规则|措施|政策|制度|标准|文件|预案|规程)"
    r"(?:随之|随即|即行?|自行|自动|自然|同时|相应|也|亦|则|便|予以){1,3}(?:废止|失效|终止|作废|停止(?:执行|施行|实施))"
)
"""省办法施行之日起，本办法自行废止: the end of this paper hangs on what it does not know."""


def unread_term(folded: str, effective: Found[date] | None) -> Problem | None:
    """A sentence that may give the term in words that were not understood: it speaks of the paper itself, or gives its
    start (…起施行), or stands behind that, and has a word such as 有效期, 失效, 届满."""
    near = _with_next(folded, effective.span.start) if effective else None
    for said in sentences_with(_TERM_WORDS, folded, _MARKS):
        of_paper = (near and said.overlaps(near)) or _PAPER.search(folded, said.start, said.end)
        if of_paper and any(word in _OTHERS_TERM.sub("", said.of(folded)) for word in _TERM_WORDS):
            message = "这句话或许写的是本文件的有效期，没有读懂；请对照原件，写有期限的，登记失效日期"
            return Problem(UNREAD_TERM, message, said)
    itself = _ENDS_ITSELF.finditer(folded)
    ends = next((one for one in itself if folded.startswith((",", "。", ";"), max(0, one.start() - 1))), None)
    if ends:
        message = "这里写着本文件遇到什么情况就终止，本库不知道那个情况出现没有；请查明，已经终止的，登记失效日期"
        return Problem(UNREAD_TERM, message, Span(*ends.span()))
    return None


def _with_next(folded: str, place: int) -> Span:
    """From a place to the end of the sentence behind its own."""
    ends = [one.end() for one in islice(sentence_pattern(_MARKS).finditer(folded, place), 2)]
    return Span(place, max(ends, default=place))
