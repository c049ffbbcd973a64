"""Facts that an interpretation and its policy tell differently: number, title, days, amounts.
Source: domain.md §6.3 INT-10.

A wrong accusation is worse than silence, so a fact counts only where both speak of the very same thing: the sentence
names the policy, nothing in it speaks of an older version, and what the interpretation says stands nowhere in the
policy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from policylib.extract.dates import as_date, find_dates
from policylib.extract.folding import title_key
from policylib.extract.numerals import chinese_number
from policylib.extract.validity import last_day
from policylib.model import Evidence, Finding, Found, Span, Work
from policylib.rules.amounts import differing_amounts
from policylib.rules.calendar import spelled
from policylib.rules.context import Context
from policylib.rules.named import misnamed
from policylib.rules.pairs import Explained, OfPairs
from policylib.rules.passages import Paper
from policylib.rules.rule import Rule

_DAY = r"(?:19|20)\d\d年 ?\d{1,2} ?月 ?\d{1,2} ?日"
_STARTS = re.compile(rf"(?:自|于|从)(?P<day>{_DAY})起?(?:正式)?(?:施行|实施|执行|生效)")
_ENDS = re.compile(rf"有效期(?:限)?(?:截止)?(?:至|到|延长至)(?P<day>{_DAY})")
_TERM = re.compile(r"有效期(?:限)?(?:为|是|:)?(?P<years>\d{1,2}|[一二两三四五六七八九十]{1,2})年(?![度\d])")
_ISSUED = re.compile(rf"(?P<day>{_DAY})[,]?[^。;,《]{{0,40}}(?:印发|公布|发布|出台|下发)了?(?=《)")
# Words after which a sentence speaks of a part, or of what was.
_OTHER = re.compile(
    r"其中|除|原|曾|此前|以前|旧|上一|前一|第[一二三四五六七八九十\d]+[条章款]|过渡|试点|延长|修改前|修订前|系统|平台"
)
_SELF = re.compile(r"(?:本|该|新)(?:办法|规定|细则|实施细则|意见|方案|通知|公告|条例|规则|措施|决定)")
# What may stand between the name of a paper and a fact about it: （岚科规〔2024〕3号），将自2024年4月1日起施行，
_BETWEEN = re.compile(
    r"\)?(?:\([^()]{0,60}\))?[,]?(?:将|已|现|也)?(?:[自于从][^,。;]{0,16}起?(?:正式)?(?:施行|实施|执行|生效)[,;]?)?的?"
)


def rules(context: Context) -> tuple[Rule, ...]:
    """interpretation.facts."""
    return (
        Rule(
            id="interpretation.facts",
            code="INT-10",
            title="解读与原文说法不一",
            asks="解读里说到的文号、标题、施行日期、有效期、数额，与所解读文件正文里的是不是一样",
            severity="error",
            basis="文件自己写明的文号、标题、日期、期限和数额，解读应当与它一致",
            remedy="请对照原件核实，改正写错的一处；若是本库把文号、日期读错了，用 policylib judge 更正",
            check=OfPairs(_ask, context, besides=misnamed),
            exemptions=("说的是旧版本、过渡期或者文件的一部分的", "原文别处有同样的日期、数额的"),
        ),
    )


def _ask(rule: Rule, case: Explained, context: Context) -> Iterator[Finding]:
    original = case.original
    if original is None:
        return
    for text in case.texts:
        for fault in (*_days(text, original), *_amounts(text, original)):
            damaged = text.damaged or original.damaged
            yield rule.finding(
                "fail", text.work.key, fault.message, severity="warning" if damaged else None,
                evidence=(fault.here, fault.there), related=(case.policy.key,),
                remedy=None if not damaged else f"原文或解读有缺字，可能是读错。{rule.remedy}",
            )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Fault:
    """Two sentences that disagree: of the interpretation, and of the policy."""

    message: str
    here: Evidence
    there: Evidence


@dataclass(frozen=True, slots=True)
class _Names:
    """All that a policy is called in one interpretation, as they are compared."""

    keys: frozenset[str]

    @classmethod
    def of(cls, policy: Work, text: Paper) -> _Names:
        """Its title, instruments and other names, and what the text calls it where it names its number or says that
        it explains it, with the short name there (以下简称《办法》)."""
        own = frozenset(title_key(name) for name in (policy.title, *policy.instruments, *policy.aliases) if name)
        numbers = {number.key for number in policy.numbers}
        keys = set(own)
        for claim in text.analysis.claims if text.analysis else ():
            named = {title_key(name) for name in (claim.citation.title, claim.citation.alias) if name}
            if claim.relation == "interprets" or named & own or numbers & {one.key for one in claim.citation.numbers}:
                keys |= named
        return cls(frozenset(keys))

    def govern(self, words: str) -> bool:
        """Whether the words of a sentence before a fact make the policy its subject: it is the last document named in
        them, or they end in 本办法, and nothing else can be the subject (《办法》规定，补贴标准自…)."""
        closed = words.rfind("》")
        if closed < 0:
            own = _SELF.search(words)
            return own is not None and bool(_BETWEEN.fullmatch(words[own.end() :])) and not _OTHER.search(words)
        opened = words.rfind("《", 0, closed)
        named = title_key(words[opened + 1 : closed])
        between = _BETWEEN.fullmatch(words[closed + 1 :])
        return named in self.keys and between is not None and not _OTHER.search(words[max(0, opened - 12) : opened])


_SPEAKS = re.compile("施行|实施|执行|生效|有效期|《[^年]{0,200}年|年[^《]{0,200}《")
"""What a sentence has that says from when or until when something holds, or when it was issued."""
_SPOKEN = ("施行", "实施", "执行", "生效", "有效期", "《")
"""Words of which each such sentence has one."""


# Days ----------------------------------------------------------------------------------------------------------


def _days(text: Paper, original: Paper) -> Iterator[_Fault]:
    spoken = [span for span in text.sentences_with(_SPOKEN) if _SPEAKS.search(text.folded, span.start, span.end)]
    if not spoken or original.analysis is None:
        return
    names = _Names.of(original.work, text)
    written = {as_date(found.value) for found in find_dates(original.text)}
    for span in spoken:
        sentence = text.folded[span.start : span.end]
        if "施行" in sentence or "实施" in sentence or "执行" in sentence or "生效" in sentence:
            yield from _start(text, original, names, span, written)
        if "有效期" in sentence:
            yield from _end(text, original, names, span, written)
        if "《" in sentence and "年" in sentence:
            yield from _issue(text, original, names, span, written)


def _start(text: Paper, original: Paper, names: _Names, span: Span, written: set[date]) -> Iterator[_Fault]:
    stated = original.analysis.elements.effective if original.analysis else None
    if stated is None or stated.rule != "validity.start":
        return
    for match in _STARTS.finditer(text.folded, span.start, span.end):
        day = _day_of(text, match)
        if day and day != stated.value and day not in written and names.govern(text.folded[span.start : match.start()]):
            message = f"施行日期不一致：解读写{spelled(day)}，原文是{spelled(stated.value)}"
            yield _fault(text, original, span, stated.span, message)


def _end(text: Paper, original: Paper, names: _Names, span: Span, written: set[date]) -> Iterator[_Fault]:
    elements = original.analysis.elements if original.analysis else None
    stated, start = (elements.expires, elements.effective) if elements else (None, None)
    if stated is None or (start is not None and start.rule != "validity.start"):
        return
    for pattern in (_ENDS, _TERM):
        for match in pattern.finditer(text.folded, span.start, span.end):
            if not names.govern(text.folded[span.start : match.start()]):
                continue
            day = _day_of(text, match) if pattern is _ENDS else _after(start, match["years"])
            if day and abs((day - stated.value).days) > 1 and day not in written:
                said = text.text[match.start() : match.end()]
                message = f"有效期不一致：解读写“{said}”，原文到{spelled(stated.value)}为止"
                yield _fault(text, original, span, stated.span, message)


def _issue(text: Paper, original: Paper, names: _Names, span: Span, written: set[date]) -> Iterator[_Fault]:
    """2024年2月22日，市科技局印发《X》: not before the day on which X is dated, nor after it was published."""
    work = original.work
    elements = original.analysis.elements if original.analysis else None
    dated = elements.dated if elements else None
    if dated is None or dated.value != work.dated:
        return
    last = max(day for day in (dated.value, work.published_on, work.dated) if day)
    for match in _ISSUED.finditer(text.folded, span.start, span.end):
        closed = text.folded.find("》", match.end(), span.end)
        named = title_key(text.folded[match.end() + 1 : closed]) if closed > 0 else ""
        day = _day_of(text, match)
        before = text.folded[span.start : match.start()]
        if not day or named not in names.keys or day in written or _OTHER.search(before):
            continue
        numbered = any(str(number) in text.folded[closed : closed + 40] for number in work.numbers)
        if numbered and (day < dated.value or (work.published_on and day > last)):
            message = f"印发日期不一致：解读写{spelled(day)}，原文成文于{spelled(dated.value)}"
            yield _fault(text, original, span, dated.span, message)


def _after(start: Found[date] | None, years: str) -> date | None:
    count = chinese_number(years)
    return last_day(start.value, count) if start and count else None


def _day_of(text: Paper, match: re.Match[str]) -> date | None:
    found = next(find_dates(text.text, *match.span("day")), None)
    return as_date(found.value) if found else None


def _fault(text: Paper, original: Paper, here: Span, there: Span, message: str) -> _Fault:
    place = original.sentence_of(there)
    return _Fault(message, text.evidence(here, "interpretation"), original.evidence(place, "original"))


# Amounts -------------------------------------------------------------------------------------------------------


def _amounts(text: Paper, original: Paper) -> Iterator[_Fault]:
    for here, there in differing_amounts(text, original):
        message = f"数额不一致：解读写“{here.words}”，原文是“{there.words}”"
        yield _Fault(
            message,
            text.sentence(here.span, "interpretation"),
            original.sentence(there.span, "original"),
        )
