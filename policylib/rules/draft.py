"""The draft gate: what must be right in a paper before it goes out. Source: domain.md §2.5, §2.6, §3.3, §5.2, CLN-07.

These rules speak of `Snapshot.drafts` only, as other rules speak of works only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from policylib.model import Draft, Finding, NumberKind, NumberMention, Snapshot, Work
from policylib.rules import draft_validity
from policylib.rules.context import Context
from policylib.rules.draft_citations import check_citation, check_number_and_title
from policylib.rules.draft_desk import Desk, quoted
from policylib.rules.draft_in_force import check_amended, check_dead, check_unready
from policylib.rules.integrity import clash
from policylib.rules.norms import REVIEW, STOPPED
from policylib.rules.numbers import FORM, WITH_ORDINAL, form_faults
from policylib.rules.rule import Rule


def rules(context: Context) -> tuple[Rule, ...]:
    """draft.citation, draft.number-and-title, draft.cites-dead, draft.cites-not-in-force, draft.cites-amended,
    draft.damaged-number, draft.own-number, draft.number-used, draft.cited-form; those of `draft_validity`."""
    desk = Desk(context)
    return (*_citation_rules(desk), *_own_rules(desk), *draft_validity.rules(desk))


def _citation_rules(desk: Desk) -> Iterator[Rule]:
    yield Rule(
        id="draft.citation", code="DFT-01", title="稿件所引的文件是否在库", severity="info", basis=REVIEW,
        asks="稿件里引到的每份文件，按标题和文号在本库找不找得到，找到的有没有原文",
        remedy="请查到原件，核对标题、文号和效力；把它读入本库，以后就能自动核对",
        check=partial(check_citation, desk=desk),
        exemptions=("只是提到的书刊、表单等，不查",),
    )  # fmt: skip
    yield Rule(
        id="draft.number-and-title", code="DFT-02", title="稿件所引的文号与标题不符", severity="error", basis=REVIEW,
        asks="稿件里既写标题又写文号的引用，两样在本库是不是同一份文件的",
        remedy="请对照原件改正文号或者标题",
        check=partial(check_number_and_title, desk=desk),
        exemptions=("本库没有那份文件的原文的，算无法判断",),
    )  # fmt: skip
    yield Rule(
        id="draft.cites-dead", code="DFT-03", title="稿件引用了已失效的文件", matter="所引文件的效力", severity="error",
        asks="稿件作依据、引用、转发，或者要延长、继续执行的文件，在检查那天是不是已经废止、失效",
        basis=f"{REVIEW}；{STOPPED}",
        remedy="请改引现行有效的文件；没有替代的，请研究是否还有依据",
        check=partial(check_dead, desk=desk),
        exemptions=(
            "本稿正是废止、修改或者替代它的文件", "解读稿转述所解读文件的依据，只作提醒", "只是提到的，只作说明",
        ),
    )  # fmt: skip
    yield Rule(
        id="draft.cites-not-in-force", code="DFT-04", title="稿件所依据的文件尚未施行、暂停执行或者部分失效",
        asks="稿件作依据的文件，在检查那天施行了没有，是不是停了或者有条款失效了；稿件施行那天它已经施行的不算",
        severity="warning", basis=REVIEW,
        remedy="请核对所引的条款在本稿施行时是否有效",
        check=partial(check_unready, desk=desk),
    )  # fmt: skip
    yield Rule(
        id="draft.cites-amended", code="DFT-05", title="稿件所依据的文件已经修改", severity="info", basis=REVIEW,
        asks="稿件作依据的文件，到检查那天有没有后来的文件改过它的条款",
        remedy="请按修改后的内容引用，必要时写明已修改",
        check=partial(check_amended, desk=desk),
    )  # fmt: skip


def _own_rules(desk: Desk) -> Iterator[Rule]:
    yield Rule(
        id="draft.damaged-number", code="DFT-06", title="稿件所引的文号有缺损", severity="warning", basis=FORM,
        asks="稿件里引到的文号有没有缺字、错字，能推断的，推断是哪一个",
        remedy="请对照原件补全", check=partial(_check_damaged, desk=desk),
    )  # fmt: skip
    yield Rule(
        id="draft.own-number", code="DFT-07", title="稿件自己的文号写得不规范", severity="error", basis=FORM,
        asks="编了号的稿件，自己的文号用没用六角括号，有没有多“第”字、编虚位、少“号”字、用全角数字",
        remedy="请改成规范的写法", check=partial(_check_own_number, desk=desk),
        exemptions=("没有编号的稿件", "令、公告等另有编号方法的"),
    )  # fmt: skip
    yield Rule(
        id="draft.number-used", code="DFT-08", title="稿件的文号已用于另一份文件", severity="error",
        asks="编了号的稿件，这个文号在本库里是不是已经有另一份标题不同的文件",
        basis="党政机关公文处理工作条例第九条：发文字号由发文机关代字、年份、发文顺序号组成，据此一文一号",
        remedy="请核对发文登记，另编一号", check=partial(_check_used, desk=desk),
    )  # fmt: skip
    yield Rule(
        id="draft.cited-form", code="DFT-10", title="稿件所引的文号写得不规范", severity="info", basis=FORM,
        asks="稿件里引到的每个文号，用没用六角括号，有没有多“第”字、编虚位",
        remedy="请对照原件：原件就是这样编的，照原件写；只是稿件录错的，请改正",
        check=partial(_check_cited_form, desk=desk),
        exemptions=("令、公告等另有编号方法的", "有缺损的，见 DFT-06"),
    )  # fmt: skip


# Numbers ------------------------------------------------------------------------------------------------------------


def _check_damaged(rule: Rule, snapshot: Snapshot, *, desk: Desk) -> Iterator[Finding]:
    for examined in desk.examined(snapshot):
        own = examined.draft.analysis.elements.number
        for mention in examined.draft.analysis.numbers:
            if mention.repaired and not (own and own.span == mention.span):
                works = desk.catalogue.by_number(mention.number) if mention.number else ()
                yield rule.finding(
                    "fail", examined.draft.name, _damage(mention, works),
                    evidence=(quoted(examined.draft, mention.span, mention.rule),),
                    related=tuple(work.key for work in works),
                )  # fmt: skip


def _damage(mention: NumberMention, works: Iterable[Work]) -> str:
    if mention.number is None:
        readings = "或".join(map(str, mention.candidates))
        return f"文号“{mention.raw}”缺损，不能确定" + (f"，可能是{readings}" if readings else "")
    labels = "；".join(work.label for work in works)
    known = f"，本库有{labels}" if labels else "，本库没有这个文号"
    return f"文号“{mention.raw}”缺损，推断是{mention.number}{known}"


def _check_own_number(rule: Rule, snapshot: Snapshot, *, desk: Desk) -> Iterator[Finding]:
    for examined in desk.examined(snapshot):
        own = _printed(examined.draft)
        faults = form_faults(own.raw) if own else []
        if own and faults:
            yield rule.finding(
                "fail", examined.draft.name, f"本稿的文号“{own.raw}”应当写作{own.number}：{'；'.join(faults)}",
                severity="warning" if own.repaired else None,
                evidence=(quoted(examined.draft, own.span, own.rule),),
            )  # fmt: skip


def _check_cited_form(rule: Rule, snapshot: Snapshot, *, desk: Desk) -> Iterator[Finding]:
    for examined in desk.examined(snapshot):
        own = examined.draft.analysis.elements.number
        told: set[str] = set()
        for one in examined.draft.analysis.numbers:
            number = one.number
            if number is None or one.repaired or one.raw in told or (own and own.value.key == number.key):
                continue
            if number.kind is not NumberKind.DOCUMENT or (number.code or "").endswith(WITH_ORDINAL):
                continue
            if number.code and number.year and number.serial and (faults := form_faults(one.raw)):
                told.add(one.raw)
                works = tuple(work.key for work in desk.catalogue.by_number(number))
                yield rule.finding(
                    "fail", examined.draft.name, f"引用的文号“{one.raw}”应写作{number}：{'；'.join(faults)}",
                    evidence=(quoted(examined.draft, one.span, one.rule),), related=works,
                )  # fmt: skip


def _printed(draft: Draft) -> NumberMention | None:
    """The draft's own 字号 as its cover prints it. A web page writes it into its fields as it likes."""
    own = draft.analysis.elements.number
    if own is None or own.rule.startswith("metadata") or own.value.kind is not NumberKind.DOCUMENT:
        return None
    return next((one for one in draft.analysis.numbers if one.span == own.span), None)


def _check_used(rule: Rule, snapshot: Snapshot, *, desk: Desk) -> Iterator[Finding]:
    for examined in desk.examined(snapshot):
        own = examined.draft.analysis.elements.number
        if own is None or not examined.work.title:
            continue
        others = [one for one in desk.catalogue.by_number(own.value) if one.key not in examined.itself and one.title]
        organs, tables = desk.context.organs, desk.context.tables
        clashing = [one for one in others if clash(examined.work, one, own.value.key, organs, tables)]
        held = [one for one in clashing if one.held]
        labels = "；".join(one.label for one in held or clashing)
        if clashing:
            message = f"本稿的文号{own.value}，本库已有另一份文件用了：{labels}"
            if not held:
                message = f"本稿的文号{own.value}，其他文件引用时指的是另一份文件：{labels}"
            doubtful = own.rule.startswith("repair") or any(one.number_repaired for one in held)
            yield rule.finding(
                "fail" if held else "unknown", examined.draft.name, message,
                severity="warning" if held and doubtful else None,
                evidence=(quoted(examined.draft, own.span, own.rule),),
                related=tuple(one.key for one in held or clashing),
            )  # fmt: skip
