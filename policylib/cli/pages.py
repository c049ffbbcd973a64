"""One work on a page, for `show`: what it is, whether it holds, what other papers say of it, word for word, and what
people have decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from policylib.cli.output import cell
from policylib.export.findings import quotation
from policylib.export.words import (
    NOT_APPLICABLE,
    ROLES,
    edge_label,
    is_inferred,
    relation_notes,
    relation_words,
    state_word,
)
from policylib.library import Links
from policylib.library.judging import APPROVALS, FIELDS
from policylib.link.listed_drafters import RULE
from policylib.model import (
    DEALS_WITH,
    Drafter,
    Evidence,
    Judgement,
    Office,
    Problem,
    Relation,
    RelationKind,
    Role,
    Status,
    Unresolved,
    Work,
)
from policylib.own_tables import HOW_KNOWN
from policylib.tables import builtin

_SECTIONS: tuple[tuple[str, frozenset[RelationKind]], ...] = (
    ("依据", frozenset({"basis"})),
    ("解读", frozenset({"interprets"})),
    ("清理与变动", DEALS_WITH),
)
UNSURE_DAY = "（由缺损文字推出，待核对）"
_TROUBLES = 3  # of the faults in its files; the rest is in list --problems
_VERDICTS = {"accept": "确认", "reject": "否定", "withdraw": "撤回对"}
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
        *_sections(links), *_unresolved(links.unresolved), *_judgements(links),
    ]  # fmt: skip
    return "\n".join(lines)


def status_words(status: Status, role: Role) -> str:
    """有效（2021-04-01 起，至 2026-03-31）; 废止（2018-11-23 起，此前 2015-01-01 起已失效）; 未知（没有原文）."""
    bounds = [
        *([f"{status.decided} 起"] if status.decided else []),
        *([f"此前 {status.since} 起已失效"] if status.since != status.decided else []),
        *([f"至 {status.until}"] if status.until else []),
    ]
    bounds += [status.doubt.brief] if status.doubt else []
    return state_word(status.state, role) + (f"（{'，'.join(bounds)}）" if bounds else "")


def status_line(status: Status, role: Role) -> str:
    """效力：有效（2021-04-01 起）（据本库所知，截至 2024-12-31）."""
    words = status_words(status, role)
    if words == NOT_APPLICABLE:
        return f"效力：{words}"
    horizon = f"，只看 {status.known} 以前作出的文件" if status.known not in (None, status.as_of) else ""
    return f"效力：{words}（据本库所知，截至 {status.as_of}{horizon}）"


def doubt_lines(status: Status) -> Iterator[str]:
    """Why the state is unknown, and what would decide it."""
    if status.doubt:
        yield f"  原因：{cell(status.doubt.why)}"
        yield f"  怎样判断：{cell(status.doubt.remedy)}"


def seen_from(links: Links) -> tuple[Link, ...]:
    """All relations of the work, its own first."""
    own = [Link(one, one.target, edge_label(one)) for one in links.outgoing]
    others = [Link(one, one.source, _inverse(one)) for one in links.incoming if one.source != one.target]
    return (*own, *others)


def other_label(links: Links, key: str) -> str:
    """What a person calls the work at the other end; it says when no file of it is held."""
    work = links.others.get(key)
    if work is None:
        return key
    return work.label if work.held else f"{work.label}（未入库）"


def inner(words: str) -> str:
    """Words with quotation marks of their own, to stand between others: “‘谁起草、谁解读’不一致”."""
    return words.translate(_INNER)


_INNER = str.maketrans("“”", "‘’")


def judgement_words(judgement: Judgement, works: Mapping[str, Work]) -> str:
    """起草单位改为岚州市财政局, 登记为 where nothing was known; 否定“解读”关系：《甲办法》解读."""
    if judgement.verdict != "set":
        other = works.get(judgement.target)
        label = other.label if other else judgement.target
        of = "的意见" if judgement.takes_back else ""
        return f"{_VERDICTS.get(judgement.verdict, '')}{matter_words(judgement)}{of}：{label}"
    what, field, value = matter_words(judgement), judgement.field, judgement.value
    if field == "number":
        return f"文号确认无误：{value}" if value else "撤回对文号的确认"
    if field.startswith(("exempt:", "completion")) or field in (*APPROVALS, "decision"):
        return f"{what}：{value}" if value else f"撤回{what}"
    if not value:
        return f"{what}恢复为文件所载"
    return f"{what}{'登记为' if judgement.former == '' else '改为'}{value}"


def matter_words(judgement: Judgement) -> str:
    """What a judgement speaks of: 起草单位, 免予解读, 完成情况（全部任务）, “解读”关系."""
    if judgement.verdict != "set":
        word = relation_words().get(judgement.kind)
        return f"“{word.label if word else judgement.kind}”关系"
    name, _, of = judgement.field.partition(":")
    if name == "exempt":
        return "免予解读" if of == "interpretation.missing" else f"不适用规则“{inner(_rule_names().get(of, of))}”"
    if name == "completion":
        return f"{FIELDS[name]}（{of or '全部任务'}）"
    return "对文号的确认" if name == "number" else FIELDS.get(name, name)


@cache
def _rule_names() -> Mapping[str, str]:
    """没有规定有效期（VAL-01), by the id of the rule."""
    from policylib.rules import all_rules

    return {rule.id: f"{rule.title}（{rule.code}）" for rule in all_rules(builtin(), Office())}


def judgement_line(judgement: Judgement, works: Mapping[str, Work], about: str = "") -> str:
    """2024-03-01 张三：起草单位改为岚州市财政局（送审单载明）."""
    when = f"{judgement.when.astimezone():%Y-%m-%d} " if judgement.when else ""
    why = f"（{judgement.why}）" if judgement.why else ""
    return f"{when}{cell(judgement.who or '未署名')}：{cell(about + judgement_words(judgement, works) + why)}"


def number_note(links: Links) -> str | None:
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


def day_note(work: Work) -> str | None:
    """What is to be said of a day that was repaired: everything that counts from it hangs on it."""
    return f"成文日期 {work.dated} 由缺损文字推出，待核对" if work.dated_repaired else None


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
        ("登记号", work.registration_number),
        ("类别", ROLES[work.role] + ("" if work.held else "（只见于引用，库中没有原文）")),
        ("文种", work.doc_type),
        ("所印发", [f"《{name}》" for name in work.instruments]),
        ("别称", work.aliases),
        ("发文机关", issuers or work.issuers),
        ("起草单位", drafter_words(work.drafter) if work.drafter else None),
        ("解读单位", work.interpreter),
        ("主送", work.addressees),
        ("成文日期", f"{work.dated}{UNSURE_DAY}" if work.dated_repaired else work.dated),
        ("公布日期", work.published_on),
        ("施行日期", work.effective),
        ("原定有效期至" if extended else "有效期至", work.expires),
        ("公开属性", _disclosed(links, disclosure)),
        ("任务分工", f"{tasks} 项，用 policylib tasks {work.key} 查看" if tasks else None),
        ("疑点", _troubles(problems)),
        ("提示", number_note(links)),
    )
    for name, value in facts:
        if cell(value):
            yield f"  {name}：{cell(value)}"


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


def drafter_words(drafter: Drafter) -> str:
    """岚州市科学技术局（推定）."""
    return f"{'、'.join(drafter.names)}（{_how_known(drafter)}）"


def _how_known(drafter: Drafter) -> str:
    if drafter.evidence.rule == "judgement":
        return "人工填报"
    return f"{drafter.evidence.path} 的目录载明" if drafter.evidence.rule == RULE else _CERTAINTY[drafter.certainty]


def _status(status: Status, work: Work) -> Iterator[str]:
    yield status_line(status, work.role)
    yield from doubt_lines(status)
    for deciding in (status.decisive, status.extended):
        if deciding and deciding.evidence:
            yield f"  {quotation(deciding.evidence)}"
            yield f"    —— {cell(deciding.evidence.origin)}"
    for flag in (*filter(None, [hangs_on(status, work)]), *status.flags):
        yield f"  提示：{flag}"


def hangs_on(status: Status, work: Work) -> str | None:
    """What is to be said of the state that counts from a day which was repaired."""
    return day_note(work) if status.since is not None and status.since == work.dated else None


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


def _unresolved(unresolved: Iterable[Unresolved]) -> Iterator[str]:
    listed = list(unresolved)
    if listed:
        yield ""
        yield f"未能对应的引用（{len(listed)}）"
    for one in listed:
        yield f"  {cell(one.wanted)}：{cell(one.reason)}"
        yield f"    {quotation(one.evidence)}"
        if one.candidates:
            yield f"    可能是：{cell(one.candidates)}"


def _judgements(links: Links) -> Iterator[str]:
    if links.judgements:
        yield ""
        yield f"人工意见（{len(links.judgements)}）"
    works = {**links.others, links.work.key: links.work}
    for one in links.judgements:
        source = works.get(one.source)
        about = "" if one.source == links.work.key else f"{source.label if source else one.source}："
        yield f"  {judgement_line(one, works, about)}"


def _inverse(relation: Relation) -> str:
    word = relation_words().get(relation.kind)
    said = (word.source_is or word.inverse_by("")) if word else f"被{relation.kind}"
    notes = ["拟"] * (relation.mode == "plan") + relation_notes(relation)
    return said + (f"（{'，'.join(notes)}）" if notes else "")


def work_row(work: Work, status: Status | None, issuers: Sequence[str]) -> dict[str, object]:
    """A work as a row of a listing. An interpretation is known by the day it was published, and by who interprets."""
    is_reading = work.role == "interpretation"
    published = _iso(work.published_on)
    return {
        "key": work.key,
        "number": str(work.number) if work.number else None,
        "title": work.title,
        "name": work.title or work.label,
        "role": ROLES[work.role],
        "status": state_word(status.state, work.role) if status else None,
        "state": _state(status, work.role) if status else None,
        "flags": list(status.flags) if status else [],
        "doubt": f"{status.doubt.brief}：{status.doubt.why}" if status and status.doubt else None,
        "decided_by": status.doubt.remedy if status and status.doubt else None,
        "dated": _iso(work.dated),
        "shown": published if is_reading and not work.dated else None,
        "issuers": list(issuers),
        "reader": work.interpreter if is_reading and work.interpreter not in work.issuers else None,
        "disclosure": work.disclosure,
        "held": work.held,
        "paths": list(work.paths),
        "published": published,
        "interpreter": work.interpreter,
    }


def _state(status: Status, role: Role) -> str:
    """有效; 未知（没有原文）."""
    return state_word(status.state, role) + (f"（{status.doubt.brief}）" if status.doubt else "")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
