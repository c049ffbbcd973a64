"""公开属性: is the paper marked with one, published in time, no more open than what it forwards.
Source: domain.md §1.4, §6.3 OPN-01 to OPN-03; 政府信息公开条例; 国办发〔2016〕80号."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import chain

from policylib.extract.dates import as_date, find_dates
from policylib.extract.folding import fold
from policylib.extract.organ_names import are_organs
from policylib.model import Analysis, Evidence, Finding, NumberKind, Snapshot, Span, Work
from policylib.rule_sets import DisclosureProfile, disclosure_profile
from policylib.rules.calendar import working_days
from policylib.rules.context import Context
from policylib.rules.evidence import analyses_of, element_evidence, words_at
from policylib.rules.rule import Rule
from policylib.rules.scope import interpretation_profile, with_duties

_BY_ORDER = (NumberKind.ORDER, NumberKind.CONGRESS, NumberKind.ANNOUNCEMENT)
# Of a picture, or of fonts that say something else, a small note under the date is read last.
_RECOGNISED = ("OCR_USED", "OCR_UNSURE", "OCR_LIMIT")
_SIGNED = "signoff"  # how the rules begin that read a sign-off
_HARD_TO_READ = ("NO_TEXT_PAGE", "GARBLED")


def rules(context: Context) -> tuple[Rule, ...]:
    """disclosure.missing, disclosure.late, disclosure.inconsistent."""
    context.ruled(None, disclosure_profile)  # a wrong setting is told before anything is checked
    missing = Rule(
        id="disclosure.missing",
        code="OPN-01",
        title="没有标注公开属性，或者标注不一",
        asks="2016年11月10日以后成文的公文，附注处有没有标明主动公开、依申请公开或者不予公开，几处标的是不是一样",
        severity="warning",
        basis="国办发〔2016〕80号：拟制公文时明确主动公开、依申请公开、不予公开属性，随公文一并报批",
        remedy="请由起草单位确定公开属性，在附注处标明；已有标注而没有读到的，登记公开属性",
        check=partial(_check_missing, context=context),
        exemptions=(
            "2008年5月1日以前的文件", "2016年11月10日以前的，当时没有统一要求",
            "令、公告、通告、法律法规", "请示、报告等不在标注之列的文种",
            "网页、纯文本（附注常被略去，不能说明原件没有）",
        ),
    )  # fmt: skip
    late = Rule(
        id="disclosure.late",
        code="OPN-02",
        title="主动公开超过期限",
        asks="2008年5月1日以后成文、标为主动公开的政策文件和清理结果，从成文到首次公开隔了几个工作日，规定是20个",
        severity="warning",
        basis="政府信息公开条例（国务院令第711号）第二十六条：属于主动公开范围的，自形成或者变更之日起20个工作日内公开；另有规定的从其规定",
        remedy="请核对成文日期和首次公开的日期，录错的更正；确属晚公开的，说明原因，今后按时公开",
        check=partial(_check_late, context=context),
        exemptions=(
            "不是主动公开的",
            "2008年5月1日以前的文件",
            "页面日期比成文晚一年以上的，多半是补录、改版，不能判断",
        ),
    )
    inconsistent = Rule(
        id="disclosure.inconsistent",
        code="OPN-03",
        title="公开属性与所转发的文件不一致",
        asks="转发或者联合印发的文件，标的公开属性是不是比所转发的那份、比别的联署机关那份更公开",
        severity="warning",
        basis="政府信息公开条例（国务院令第711号）第十条：几个机关共同制作的由牵头的负责公开；"
        "转发的没有全国统一的规定，外地的例子：通榆县、宿迁市要求与所转发的文件一致",
        remedy="请与原发文机关、牵头单位核实，从严确定；不应公开的，先从网站撤下",
        check=partial(_check_inconsistent, context=context),
        exemptions=("所转发的文件没有标注，或者不在本库",),
    )
    return missing, late, inconsistent


# OPN-01 --------------------------------------------------------------------------------------------------------


def _check_missing(rule: Rule, snapshot: Snapshot, *, context: Context) -> Iterator[Finding]:
    for work in context.own(snapshot, "policy", "cleanup"):
        if "conflict.disclosure" in work.problems:
            yield from _several(rule, snapshot, work)
        elif work.disclosure is None and work.dated:
            profile = context.ruled(work, disclosure_profile)
            if work.dated >= profile.since and _must_bear(work, profile):
                yield from _unmarked(rule, snapshot, work, profile)


def _several(rule: Rule, snapshot: Snapshot, work: Work) -> Iterator[Finding]:
    said = [one for one in snapshot.judgements if one.verdict == "set" and one.field == "disclosure"]
    if any(one.source == work.key and one.value for one in said):
        return
    for analysis in analyses_of(snapshot, work):
        for problem in analysis.problems:
            if problem.rule == "conflict.disclosure" and problem.span:
                first = element_evidence(snapshot, work, "disclosure")
                evidence = (*first, *words_at(snapshot, analysis, problem.span, problem.rule))
                yield rule.finding("fail", work.key, problem.message, evidence=evidence)
                return


def _must_bear(work: Work, profile: DisclosureProfile) -> bool:
    by_order = work.number is not None and work.number.kind in _BY_ORDER
    return not by_order and work.doc_type in profile.mark_doc_types


def _unmarked(rule: Rule, snapshot: Snapshot, work: Work, profile: DisclosureProfile) -> Iterator[Finding]:
    """Only a paper shows that nothing stands under its date: one that was read whole, from sign-off to imprint."""
    if not any(path.lower().endswith(profile.file_suffixes) for path in work.paths):
        return
    for analysis in analyses_of(snapshot, work):
        if not analysis.source.path.lower().endswith(profile.file_suffixes):
            continue
        place, title = _note_place(snapshot, analysis), _title_of(snapshot, analysis)
        if work.dated and work.dated < profile.mark_since:
            message = f"不适用：没有标注公开属性；当时（{profile.mark_since}以前）还没有统一要求"
            yield rule.finding("exempt", work.key, message, evidence=place or title, remedy="")
        elif why := _unread(snapshot, analysis):
            message, remedy = f"不能判断有没有标注公开属性：{why}", "请对照原件，登记公开属性"
            yield rule.finding("unknown", work.key, message, evidence=place or title, remedy=remedy)
        else:
            message = "落款之后、版记之前没有标注公开属性（此件公开发布、此件依申请公开、此件不予公开）"
            yield rule.finding("fail", work.key, message, evidence=place)
        return


def _title_of(snapshot: Snapshot, analysis: Analysis) -> tuple[Evidence, ...]:
    """The title in the file that was judged, which need not be the one that gives the work its title."""
    title = analysis.elements.title
    return words_at(snapshot, analysis, title.span, title.rule) if title else ()


def _unread(snapshot: Snapshot, analysis: Analysis) -> str:
    """Why a mark may stand in the file though none was read; "" where it was read from sign-off to imprint. A day that
    stands by itself without an organ above it is no whole sign-off: the organ is what lacks, and not the day."""
    problems = {problem.rule for problem in analysis.problems}
    if problems.intersection(_RECOGNISED):
        return "原件的文字是识别出来的，附注的小字可能没有认出"
    if problems.intersection(_HARD_TO_READ):
        return "原件有的页没有文字或者是乱码，附注可能没有读到"
    above, below = _sign_off_and_imprint(snapshot, analysis)
    signed = above is None or _is_signed(snapshot, analysis, above)
    there = {"落款日期": above is not None, "署名": signed, "版记": below is not None}
    lacking = [name for name, read in there.items() if not read]
    return f"原件没有读到{'和'.join(lacking)}，附注可能没有收全" if lacking else ""


def _note_place(snapshot: Snapshot, analysis: Analysis) -> tuple[Evidence, ...]:
    """The date of the sign-off and the imprint, between which 附注 stands; empty where one of them was not read."""
    above, below = _sign_off_and_imprint(snapshot, analysis)
    if above is None or below is None:
        return ()
    return (*words_at(snapshot, analysis, above, "signoff"), *words_at(snapshot, analysis, below, "imprint"))


def _sign_off_and_imprint(snapshot: Snapshot, analysis: Analysis) -> tuple[Span | None, Span | None]:
    imprint = next(iter(analysis.elements.copied_to), None) or analysis.elements.printed
    return _sign_off(snapshot, analysis), imprint.span if imprint else None


def _sign_off(snapshot: Snapshot, analysis: Analysis) -> Span | None:
    """The date of the sign-off; where a label at the head of the file gives the day (成文日期：2024-03-04), the line
    below the title that is that day and nothing else."""
    dated, title = analysis.elements.dated, analysis.elements.title
    if dated is None or dated.rule.startswith(_SIGNED):
        return dated.span if dated else None
    text = snapshot.texts.get(analysis.source.sha256, "")
    for found in find_dates(text, title.span.end if title else 0):
        before, after = text[: found.span.start].rpartition("\n")[2], text[found.span.end :].partition("\n")[0]
        if not before.strip() and not after.strip() and as_date(found.value) == dated.value:
            return found.span
    return None


def _is_signed(snapshot: Snapshot, analysis: Analysis, day: Span) -> bool:
    """Whether an organ stands with the date of the sign-off: on the line above it."""
    if analysis.elements.dated and analysis.elements.dated.rule.startswith(_SIGNED):
        return True
    above = fold(snapshot.texts.get(analysis.source.sha256, "")[: day.start]).rstrip()
    return are_organs(above.rpartition("\n")[2].strip())


# OPN-02 --------------------------------------------------------------------------------------------------------


def _check_late(rule: Rule, snapshot: Snapshot, *, context: Context) -> Iterator[Finding]:
    results = ((work, None) for work in context.own(snapshot, "cleanup"))
    for work, duty in chain(with_duties(snapshot, context), results):
        made, published = work.dated, work.published_on
        if made is None or published is None or published > snapshot.as_of or "repair.date" in work.problems:
            continue  # what was published after the day asked about had not been published late on that day
        limit = (duty.profile if duty else context.ruled(work, interpretation_profile)).publish_working_days
        if (published - made).days <= limit:
            continue  # as most papers: in time, working days or not
        profile = context.ruled(work, disclosure_profile)
        if made >= profile.since and _name_of(work.disclosure, profile) == "主动公开":
            yield from _late(rule, snapshot, work, profile, limit, made, published)


def _late(
    rule: Rule, snapshot: Snapshot, work: Work, profile: DisclosureProfile, limit: int, made: date, published: date
) -> Iterator[Finding]:
    days = working_days(made, published)
    apart = (published - made).days
    if (days is None and apart <= 2 * limit) or (days is not None and days <= limit):
        return
    evidence = (*element_evidence(snapshot, work, "dated"), *element_evidence(snapshot, work, "published"))
    spell = f"隔{days}个工作日" if days is not None else f"隔{apart}天"
    message = f"{made}成文，{published}公开，{spell}，期限{limit}个工作日"
    if apart > profile.repost_days:
        message = f"不能判断是否按时公开：{message}；相隔太久，页面日期可能是补录、改版的"
        yield rule.finding("unknown", work.key, message, evidence=evidence, remedy="请登记首次公开的日期（公布日期）")
    else:
        yield rule.finding("fail", work.key, message, evidence=evidence)


def _name_of(mark: str | None, profile: DisclosureProfile) -> str | None:
    place = profile.openness(mark)
    return None if place is None else profile.attributes[place].name


# OPN-03 --------------------------------------------------------------------------------------------------------


def _check_inconsistent(rule: Rule, snapshot: Snapshot, *, context: Context) -> Iterator[Finding]:
    for relation in snapshot.of_kind.get("forwards", ()):
        if relation.mode != "act":
            continue
        work, target = snapshot.by_key.get(relation.source), snapshot.by_key.get(relation.target)
        if work and target and _marked(work) and _wider(work, target, context.ruled(work, disclosure_profile)):
            evidence = tuple(one for each in (work, target) for one in element_evidence(snapshot, each, "disclosure"))
            message = f"本文件{work.disclosure}，所转发的{target.label}是{target.disclosure}"
            yield rule.finding(
                "fail", work.key, message, evidence=(relation.evidence, *evidence), related=(target.key,)
            )
    for work in snapshot.works:
        if len(work.documents) > 1 and _marked(work):
            yield from _copies(rule, snapshot, work, context.ruled(work, disclosure_profile))


def _marked(work: Work) -> bool:
    return work.held and work.role in ("policy", "cleanup") and work.disclosure is not None


def _wider(work: Work, target: Work, profile: DisclosureProfile) -> bool:
    """Whether the work is more open than what it forwards."""
    ours, theirs = profile.openness(work.disclosure), profile.openness(target.disclosure)
    return ours is not None and theirs is not None and ours > theirs


def _copies(rule: Rule, snapshot: Snapshot, work: Work, profile: DisclosureProfile) -> Iterator[Finding]:
    """Files of one work that are marked in different ways."""
    marks: dict[int, tuple[str, tuple[Evidence, ...]]] = {}
    for analysis in analyses_of(snapshot, work):
        found = analysis.elements.disclosure
        place = profile.openness(found.value) if found else None
        if found and place is not None and place not in marks:
            marks[place] = (found.value, words_at(snapshot, analysis, found.span, found.rule))
    if len(marks) > 1:
        said = "、".join(f"“{mark}”" for mark, _ in marks.values())
        evidence = tuple(one for _, words in marks.values() for one in words)
        yield rule.finding("fail", work.key, f"本文件的几份，公开属性标注不一：{said}", evidence=evidence)
