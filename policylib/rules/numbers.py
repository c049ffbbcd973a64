"""Whether a paper's own number is written as GB/T 9704 asks, and fits its date and its issuer.
Source: domain.md §2.5 NUM-01 to NUM-04, NUM-06, NUM-08, NUM-09, §10."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, partial

from policylib.link.organs import Registry
from policylib.model import Evidence, Finding, NumberKind, Severity, Snapshot, Work
from policylib.rule_sets import NumberProfile, disclosure_profile, number_profile
from policylib.rules.context import Context
from policylib.rules.evidence import analyses_of, element_evidence
from policylib.rules.rule import Rule

FORM = "GB/T 9704-2012 7.2.5：年份标全称，用六角括号“〔〕”括入；序号不编虚位，不加“第”字，后加“号”字"
_FORM_1999 = "GB/T 9704-1999（2000-01-01至2012-06-30）：年份标全称，用六角括号“〔〕”括入；序号不编虚位，不加“第”字"
_FORM_NOW = f"现行格式要求（{FORM}）"
# What both standards ask; the rest is told by the one that holds now.
_IN_BOTH = ("年份应当用六角括号“〔〕”", "序号前不加“第”字", "序号不编虚位", "年份应当写四位")
_SINCE_2012 = date(2012, 7, 1)
FORM_FAULTS = (
    (re.compile(r"^[^〔]*$|^[^〕]*$"), "年份应当用六角括号“〔〕”", "岚科规[2024]5号"),
    (re.compile(r"[〕\])）】﹞］]\s*第"), "序号前不加“第”字", "岚科规〔2024〕第5号"),
    (re.compile(r"[〕\])）】﹞］]\s*第?\s*[0０]"), "序号不编虚位", "岚科规〔2024〕05号"),
    (re.compile(r"[^号]$"), "序号后应当有“号”字", "岚科规〔2024〕5"),
    (re.compile(r"[０-９]"), "数字应当用半角的阿拉伯数字", "岚科规〔２０２４〕５号"),
    (re.compile(r"^[〔\[(（【]\s*\d"), "机关代字应当在年份前面", "〔2024〕岚科规5号"),
    (re.compile(r"[〔\[(（【]\s*\d{2}\s*[〕\])）】]"), "年份应当写四位", "岚科规〔24〕5号"),
)
"""What may be wrong with a 字号 as it is printed: its shape, the words for it, an example."""
# As nearly all are written: none of the shapes above fits these.
_FLAWLESS = re.compile(r"[^\s\d〔〕\[\](（）)【】﹝﹞［］号]+〔[12][0-9]{3}〕[1-9][0-9]{0,4}号")
# ﹝﹞ look like 〔〕: a matter of the typeface, not of the paper.
_LOOKS_ALIKE = str.maketrans("﹝﹞", "〔〕")
_BOTH_BRACKETS = re.compile(r"[〔\[(（【［].*[〕\])）】］]")
# 公告〔2020〕第6号: these are written with 第.
WITH_ORDINAL = ("公告", "通告", "令")
_HEAD = re.compile(r"(?P<organs>.{2,80}?)(?:关于|印发|转发|批转|发布|公布|《)")
_KINDS = (NumberKind.DOCUMENT, NumberKind.ANNOUNCEMENT)


def rules(context: Context) -> tuple[Rule, ...]:
    """number.form, number.year, number.other-issuer, number.series-gap."""
    context.ruled(None, number_profile)  # a wrong setting is told before anything is checked
    form = Rule(
        id="number.form",
        code="NUM-01、NUM-02、NUM-03、NUM-04",
        title="文号写法不规范",
        asks="2000年以后成文的文件自己的文号，用没用六角括号，有没有虚位、“第”字、两位数的年份，少不少“号”字",
        matter="文号写法",
        severity="warning",
        basis=FORM,
        remedy="请对照原件：原件就是这样的，今后按标准编号；原件无误、网页或电子稿录错的，请更正",
        check=partial(_check_form, context=context),
        exemptions=(
            "2000年以前的文件（GB/T 9704-1999 尚未实施）",
            "令、公告、通告",
            "网页、纯文本上的写法只作说明，网页信息栏里的不算",
        ),
    )
    year = Rule(
        id="number.year",
        code="NUM-06",
        title="文号年份与成文日期不符",
        asks="有文号也有成文日期的文件，文号里的年份与成文的年份是不是同一年",
        severity="error",
        basis="GB/T 9704-2012 7.2.5：发文字号由机关代字、年份、发文顺序号组成，据此年份应当是发文的年份",
        remedy="请对照原件核对文号和成文日期，更正录错的一个",
        check=_check_year,
        exemptions=("相差一年的（年末取号、年初成文）只作说明", "文号或日期缺损的，见 NUM-05、VAL-07"),
    )
    other = Rule(
        id="number.other-issuer",
        code="NUM-08",
        title="文号的机关代字不是发文机关的",
        asks="有文号、也知道发文机关的文件，文号开头的机关代字在代字表里是不是这个机关的",
        severity="warning",
        basis="党政机关公文处理工作条例第九条：发文字号由发文机关代字、年份、发文顺序号组成，联合行文用主办机关的",
        remedy="请核对发文机关和文号；代字确属本机关的，请在 tables/issuers.csv 登记",
        check=partial(_check_issuer, organs=context.organs),
        exemptions=(
            "代字不在表中、有几个机关共用、或者表中没有把握的",
            "发文机关的地名里有代字的首字（东营、东港都用“东”），而表中没有本机关的代字，或者代字不是同一地区别的机关的",
            "联合发文中有一家用此代字",
        ),
    )
    gap = Rule(
        id="number.series-gap",
        code="NUM-09",
        title="发文顺序号有缺",
        asks="一个机关代字一年里编的号，收得够全（八成以上）的，从最小到最大中间缺哪几个",
        severity="info",
        basis="党政机关公文处理工作条例第九条：发文字号由发文机关代字、年份、发文顺序号组成，据此同一年的顺序号应当接得上",
        remedy="请核对缺号的文件：漏收的读入；不公开或者没有使用的号不必理会",
        check=partial(_check_gaps, context=context),
        exemptions=("收得不全的系列（不到八成）",),
        on=False,  # most libraries hold what is public only, and gaps are then no news
    )
    return form, year, other, gap


# NUM-01 to NUM-04 ----------------------------------------------------------------------------------------------


def _check_form(rule: Rule, snapshot: Snapshot, *, context: Context) -> Iterator[Finding]:
    for work in snapshot.works:
        place, number = work.number_evidence, work.number
        if not work.held or place is None or number is None or not (faults := form_faults(place.quote)):
            continue
        if work.number_repaired and not _BOTH_BRACKETS.search(place.quote):
            continue  # what was lost is not what was written
        if number.kind is not NumberKind.DOCUMENT or (number.code or "").endswith(WITH_ORDINAL):
            continue
        since = context.ruled(work, number_profile).form_since
        if context.is_ours(work) and (number.year or 0) >= since.year:
            yield _badly_formed(rule, work, place, faults, context.ruled(work, disclosure_profile).file_suffixes)


def _badly_formed(rule: Rule, work: Work, place: Evidence, faults: Sequence[str], papers: tuple[str, ...]) -> Finding:
    """Web pages are typed by others than papers: what stands there is for information, and their label no fault."""
    written = re.sub(r"\s", "", place.quote)
    said = f"写作“{written}”，应为{work.number}：{'；'.join(faults)}"
    if place.rule.startswith("metadata"):
        return rule.finding("pass", work.key, f"网页信息栏所标文号{said}", evidence=(place,), remedy="")
    rule = replace(rule, basis=_form_on(work, faults))
    paper = place.path.lower().endswith(papers)
    severity: Severity = "warning" if paper else "info"
    whose = "本文件的文号" if paper else "网页、电子稿上的文号"
    return rule.finding("fail", work.key, whose + said, severity=severity, evidence=(place,))


def _form_on(work: Work, faults: Sequence[str]) -> str:
    """The standard that held when the paper was made; the present one where that is not known, or did not say it."""
    year = work.number.year if work.number else None
    known = work.day or (date(year, 12, 31) if year and year < _SINCE_2012.year else None)
    if known is None:
        return FORM if year and year > _SINCE_2012.year else _FORM_NOW
    if known >= _SINCE_2012:
        return FORM
    return _FORM_1999 if set(faults) <= set(_IN_BOTH) else _FORM_NOW


def form_faults(written: str) -> list[str]:
    """What is not as the standard asks in 岚科发[2019]第03: the brackets, 第, the leading zero, 号 that is missing."""
    if _FLAWLESS.fullmatch(written):
        return []
    bare = written.strip().translate(_LOOKS_ALIKE)
    return [words for shape, words, _ in FORM_FAULTS if shape.search(bare)]


# NUM-06 --------------------------------------------------------------------------------------------------------


def _check_year(rule: Rule, snapshot: Snapshot) -> Iterator[Finding]:
    for work in snapshot.works:
        number, dated = work.number, work.dated
        if not work.held or number is None or dated is None or number.year is None or number.kind not in _KINDS:
            continue
        apart = abs(number.year - dated.year)
        if not apart or work.number_repaired or "repair.date" in work.problems:
            continue
        evidence = (*_number_words(work), *element_evidence(snapshot, work, "dated"))
        message = f"文号{number}是{number.year}年的，成文日期是{dated}"
        if apart == 1:
            yield rule.finding("fail", work.key, f"{message}，相差一年", severity="info", evidence=evidence)
        else:
            yield rule.finding("fail", work.key, f"{message}，相差{apart}年", evidence=evidence)


def _number_words(work: Work) -> tuple[Evidence, ...]:
    return (work.number_evidence,) if work.number_evidence else ()


# NUM-08 --------------------------------------------------------------------------------------------------------


def _check_issuer(rule: Rule, snapshot: Snapshot, *, organs: Registry) -> Iterator[Finding]:
    """The table knows no county's codes: 东政办发 is 东营市's there, and 东港区's too. So a code that begins with a
    character of the issuer's own name accuses only where another organ of the same city uses it: 岚财教 is the
    finance bureau's, and no paper of 岚州市科学技术局 bears it."""
    are_others = cache(partial(_are_others, organs=organs))  # the codes and organs of a library are few
    for work in snapshot.works:
        number = work.number
        if not work.held or work.role == "interpretation" or number is None or number.kind is not NumberKind.DOCUMENT:
            continue
        code = number.code
        if code is None or not work.issuers or work.number_repaired:
            continue
        if are_others(code, work.issuers) and are_others(code, _in_title(work, organs)):
            yield from _of_another(rule, snapshot, work, code, organs)


def _are_others(code: str, names: tuple[str, ...], organs: Registry) -> bool:
    """Whether it is the code of none of these organs."""
    return all(_is_others(code, name, organs) for name in names)


def _is_others(code: str, name: str, organs: Registry) -> bool:
    if code[0] in name:
        return organs.is_neighbours_code(code, name)
    return organs.code_agrees(code, name) is False


def _in_title(work: Work, organs: Registry) -> tuple[str, ...]:
    """The organs that the title begins with; a page may give another one as its issuer."""
    head = _HEAD.match(work.title or "")
    return organs.split(head["organs"]) if head else ()


def _of_another(rule: Rule, snapshot: Snapshot, work: Work, code: str, organs: Registry) -> Iterator[Finding]:
    owner = "、".join(organs.issuers_of_code(code))
    evidence = (*_number_words(work), *element_evidence(snapshot, work, "issuers"))
    message = f"文号{work.number}的代字“{code}”是{owner}的，本文件的发文机关是{'、'.join(work.issuers)}"
    rules_seen = {one.rule for analysis in analyses_of(snapshot, work) for one in analysis.elements.issuers}
    if rules_seen and not any(rule_seen.startswith(_SURE) for rule_seen in rules_seen):
        yield rule.finding(
            "unknown", work.key, f"不能判断：{message}（据页面信息栏，可能是转载单位）", evidence=evidence
        )
    else:
        yield rule.finding("fail", work.key, message, evidence=evidence)


# A page's 发布机构 may be the one that re-posts the paper (domain.md §0).
_SURE = ("title", "signoff", "masthead")


# NUM-09 --------------------------------------------------------------------------------------------------------


def _check_gaps(rule: Rule, snapshot: Snapshot, *, context: Context) -> Iterator[Finding]:
    series: dict[tuple[str, int], dict[int, Work]] = {}
    for work in snapshot.works:
        number = work.number
        if not (work.held and number and number.kind is NumberKind.DOCUMENT and context.is_ours(work)):
            continue
        if number.code and number.year and number.serial and not number.infix:
            series.setdefault((number.code, number.year), {})[number.serial] = work
    profile = context.ruled(None, number_profile)
    for (code, year), held in sorted(series.items()):
        missing = sorted(set(range(1, max(held) + 1)) - set(held))
        if missing and _nearly_whole(held, profile):
            last = held[max(held)]
            message = f"{code}〔{year}〕收有{len(held)}件，最大的是{max(held)}号，缺{_listed(missing)}号"
            about = f"{code}〔{year}〕的文号"
            yield rule.finding("fail", last.key, message, evidence=_number_words(last), about=about)


def _nearly_whole(held: dict[int, Work], profile: NumberProfile) -> bool:
    return len(held) >= profile.series_least and 100 * len(held) >= profile.series_percent * max(held)


def _listed(serials: Sequence[int]) -> str:
    """3、5—7."""
    runs: list[list[int]] = []
    for serial in serials:
        if runs and serial == runs[-1][-1] + 1:
            runs[-1].append(serial)
        else:
            runs.append([serial])
    return "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}—{run[-1]}" for run in runs)
