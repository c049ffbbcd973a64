"""One work on a page, for `show`: what it is, whether it holds, what other papers say of it, word for word, and what
people have decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policylib.cli.judgement_standing import Standing, holding_first
from policylib.cli.judgement_words import judgement_line
from policylib.cli.output import cell
from policylib.cli.status_words import dated_words, doubt_lines, hangs_on, status_line
from policylib.export.findings import quotation
from policylib.export.words import EFFECTS, ROLES, edge_label, is_inferred, relation_notes, relation_words
from policylib.library import Links
from policylib.link.listed_drafters import RULE
from policylib.model import (
    DEALS_WITH,
    Drafter,
    Effect,
    Evidence,
    Problem,
    Relation,
    RelationKind,
    Status,
    Unresolved,
    Work,
    nested,
    told_apart,
)
from policylib.own_tables import HOW_KNOWN

_SECTIONS: tuple[tuple[str, frozenset[RelationKind]], ...] = (
    ("依据", frozenset({"basis"})),
    ("解读", frozenset({"interprets"})),
    ("清理与变动", DEALS_WITH),
)
_TROUBLES = 3  # of the faults in its files; the rest is in list --problems
_CERTAINTY = {"stated": "文中写明", **HOW_KNOWN}


@dataclass(frozen=True, slots=True)
class Link:
    """A relation as seen from one of its ends."""

    relation: Relation
    other: str
    says: str


def work_page(
    links: Links, status: Status, disclosure: Evidence | None = None, tasks: int = 0, issuers: Sequence[str] = (),
    files: Sequence[str] = (), problems: Sequence[Problem] = (),
) -> str:  # fmt: skip
    """Everything on a work, as lines of text. `disclosure` is where its file says its 公开属性; it gives so many
    `tasks`; `issuers` as people are to read them; it stands in these `files`, which have these `problems`."""
    work = links.work
    lines = [
        work.label, *_facts(links, status, disclosure, tasks, issuers, problems), *_files(files or work.paths),
        "", *_status(status, work),
        *_sections(links), *_unresolved(links), *_judgements(links),
    ]  # fmt: skip
    return "\n".join(lines)


def seen_from(links: Links) -> tuple[Link, ...]:
    """All relations of the work, its own first."""
    own = [Link(one, one.target, edge_label(one)) for one in links.outgoing]
    others = [Link(one, one.source, _inverse(one)) for one in links.incoming if one.source != one.target]
    return (*own, *others)


def by_kind(links: Sequence[Link]) -> tuple[Link, ...]:
    """The same with what says one thing side by side, in the order in which each kind first comes: 依据, 依据, 废止."""
    places = {one.says: place for place, one in reversed([*enumerate(links)])}
    return tuple(sorted(links, key=lambda one: places[one.says]))


def other_label(links: Links, key: str) -> str:
    """What a person calls the work at the other end; it says when no file of it is held."""
    work = links.others.get(key)
    if work is None:
        return key
    return work.label if work.held else f"{work.label}（未入库）"


def _number_note(links: Links) -> str | None:
    """What is to be said of a number that was repaired: whether anything or anybody speaks for it."""
    work = links.work
    if not work.number_repaired:
        return None
    said = [one.value for one in links.judgements if one.source == work.key and one.field == "number"]
    if said and said[-1]:
        return "文号由缺损文字推出，经人工确认"
    if work.number_corroboration:
        return f"文号由缺损文字推出，已有印证：{work.number_corroboration}"
    return "文号由缺损文字推出，待核实"


def _troubles(problems: Sequence[Problem]) -> str | None:
    """What is wrong with the files, in one line: first how they were read, which bears on all that is said of them."""
    said = dict.fromkeys(one.message for one in sorted(problems, key=lambda one: one.span is not None))
    if not said:
        return None
    shown = "；".join([*said][:_TROUBLES])
    more = f"；等 {len(said)} 处" if len(said) > _TROUBLES else ""
    return f"{shown}{more}（原文用 policylib list --problems 查看）"


def _facts(
    links: Links, status: Status, disclosure: Evidence | None, tasks: int, issuers: Sequence[str],
    problems: Sequence[Problem],
) -> Iterator[str]:  # fmt: skip
    work = links.work
    extended = any(
        one.kind == "extend" and one.until and (one.made is None or one.made <= status.as_of) for one in links.effects
    )
    facts: Sequence[tuple[str, object]] = (
        ("编号", work.key if work.key not in work.label else None),
        ("别的文号", [str(number) for number in work.numbers[1:]]),
        ("修订令的文号", [str(number) for number in work.revised_by]),
        ("解读所称文号", [f"{number}（所存文件没有文号）" for number in work.cited_as]),
        ("解读所称标题", f"《{nested(work.called)}》（所存文件没有标题）" if work.called else None),
        ("登记号", work.registration_number),
        ("类别", ROLES[work.role] + ("" if work.held else "（只见于引用，库中没有原文）")),
        ("文种", work.doc_type),
        ("所印发", [f"《{name}》" for name in work.instruments]),
        ("别称", work.aliases),
        ("发文机关", issuers or work.issuers),
        ("起草单位", _drafter_words(work.drafter) if work.drafter else None),
        ("解读单位", _interpreter_words(work)),
        ("主送", work.addressees),
        ("成文日期", dated_words(work, links.judgements)),
        ("公布日期", work.published_on),
        ("施行日期", work.effective),
        ("原定有效期至" if extended else "有效期至", work.expires),
        ("公开属性", _disclosed(links, disclosure)),
        ("任务分工", f"{tasks} 项，用 policylib tasks {work.key} 查看" if tasks else None),
        ("疑点", _troubles(problems)),
        ("提示", _number_note(links)),
    )
    for name, value in facts:
        if cell(value):
            yield f"  {name}：{cell(value)}"


def _interpreter_words(work: Work) -> str | None:
    """Who interprets; of those who only handed in the words, what the page calls them."""
    label = work.contributed_by
    return f"{work.interpreter}（{label}）" if label else work.interpreter


def _files(files: Sequence[str]) -> Iterator[str]:
    """文件：甲.docx; of several, each on a line, with how many there are."""
    if len(files) == 1:
        yield f"  文件：{cell(files[0])}"
    elif files:
        yield f"  文件（{len(files)} 个）："
        yield from (f"    {cell(path)}" for path in files)


def _disclosed(links: Links, evidence: Evidence | None) -> str | None:
    """主动公开（【此件公开发布】）, or 未注明 of a policy that should say it."""
    work = links.work
    if work.disclosure is None:
        return "未注明" if work.held and work.role in ("policy", "cleanup") else None
    judged = [one.value for one in links.judgements if one.source == work.key and one.field == "disclosure"]
    if judged and judged[-1]:
        return f"{work.disclosure}（人工填报）"
    return f"{work.disclosure} {quotation(evidence)} —— {cell(evidence.path)}" if evidence else work.disclosure


def _drafter_words(drafter: Drafter) -> str:
    """岚州市科学技术局（推定）."""
    return f"{'、'.join(drafter.names)}（{_how_known(drafter)}）"


def _how_known(drafter: Drafter) -> str:
    if drafter.evidence.rule == "judgement":
        return "人工填报"
    return f"{drafter.evidence.path} 的目录载明" if drafter.evidence.rule == RULE else _CERTAINTY[drafter.certainty]


def _said(effect: Effect | None) -> Iterator[str]:
    """The words that an event stands on, and those that give its day where they stand elsewhere."""
    if effect and effect.evidence:
        yield f"  {quotation(effect.evidence)}"
        yield f"    —— {cell(effect.evidence.origin)}"
    if effect and effect.since:
        yield f"  日期见：{quotation(effect.since.evidence)}"
        yield f"    —— {cell(effect.since.evidence.origin)}"


def _status(status: Status, work: Work) -> Iterator[str]:
    yield status_line(status, work.role)
    yield from doubt_lines(status)
    for deciding in (status.decisive, status.extended, status.ending):
        yield from _said(deciding)
    if status.ended and status.ended != status.decisive:
        yield f"  此前已失效：{status.since} 起，{EFFECTS[status.ended.kind]}"
        yield from _said(status.ended)
    for flag in (*hangs_on(status, work), *status.flags):
        yield f"  提示：{flag}"


def _sections(links: Links) -> Iterator[str]:
    rest = seen_from(links)
    for title, kinds in _SECTIONS:
        yield from _section(title, [link for link in rest if link.relation.kind in kinds], links)
        rest = tuple(link for link in rest if link.relation.kind not in kinds)
    yield from _section("其他关系", rest, links)


def _section(title: str, section: Sequence[Link], links: Links) -> Iterator[str]:
    if section:
        yield ""
        yield f"{title}（{len(section)}）"
    for link in section:
        judged = "，经人工确认" if link.relation.judged else ""
        detail = f"，{cell(link.relation.detail)}" if link.relation.detail else ""
        yield f"  {cell(link.says)}：{cell(other_label(links, link.other))}{detail}{judged}"
        if link.relation.repaired and link.relation.corroboration:
            yield f"    文号经修复，已有印证：{cell(link.relation.corroboration)}"
        if is_inferred(link.relation):
            yield "    原文没有写它的名称，是推断的，请核对；对的用 policylib judge --accept 确认"
        yield f"    {quotation(link.relation.evidence)}"
        yield f"      —— {cell(link.relation.evidence.origin)}"


def _unresolved(links: Links) -> Iterator[str]:
    """What is linked to nothing; and what is, to a paper that is not held, where a held one may be it."""
    linked = {(one.kind, links.others[one.target].label) for one in links.outgoing if one.target in links.others}
    asked = [one for one in links.unresolved if (one.kind, one.wanted) in linked]
    open_ = [one for one in links.unresolved if one not in asked]
    yield from _citations("未能对应的引用", open_, links)
    yield from _citations("上面列为未入库、请核对的", asked, links)


def _citations(title: str, listed: Sequence[Unresolved], links: Links) -> Iterator[str]:
    works = links.others
    if listed:
        yield ""
        yield f"{title}（{len(listed)}）"
    for one in listed:
        yield f"  {cell(one.wanted)}：{cell(one.reason)}"
        yield f"    {quotation(one.evidence)}"
        if one.candidates:
            held = told_apart([works[key] for key in one.candidates if key in works])
            named = "；".join((*held, *(key for key in one.candidates if key not in works)))
            yield f"    可能是：{cell(named)}"


def _judgements(links: Links) -> Iterator[str]:
    if links.judgements:
        yield ""
        yield f"人工意见（{len(links.judgements)}）"
    works = {**links.others, links.work.key: links.work}
    for one, standing in holding_first(links.judgements):
        source = works.get(one.source)
        about = "" if one.source == links.work.key else f"{source.label if source else one.source}："
        marked = "" if standing is Standing.HOLDS else f"【{standing}】"
        yield f"  {marked}{judgement_line(one, works, about)}"


def _inverse(relation: Relation) -> str:
    word = relation_words().get(relation.kind)
    said = (word.source_is or word.inverse_by("")) if word else f"被{relation.kind}"
    notes = ["拟"] * (relation.mode == "plan") + relation_notes(relation)
    return said + (f"（{'，'.join(notes)}）" if notes else "")
