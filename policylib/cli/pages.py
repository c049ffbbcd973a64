"""One work on a page, for `show`: what it is, whether it holds, and what other papers say of it, word for word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from policylib.cli.output import cell
from policylib.export.words import ROLES, relation_label, relation_words
from policylib.library import Links
from policylib.model import Evidence, Relation, Status, Unresolved, Work

_CLEANUP = frozenset(
    {"repeals", "lapses", "partly_repeals", "amends", "replaces", "extends", "republishes", "retains", "suspends"}
)
_SECTIONS: tuple[tuple[str, frozenset[str]], ...] = (
    ("依据", frozenset({"basis"})),
    ("解读", frozenset({"interprets"})),
    ("清理与变动", _CLEANUP),
)
_CERTAINTY = {"stated": "文中写明", "proxy": "由旁证推知", "presumed": "推定"}


@dataclass(frozen=True, slots=True)
class Link:
    """A relation as seen from one of its ends."""

    relation: Relation
    other: str
    says: str


def work_page(links: Links, status: Status) -> str:
    """Everything on a work, as lines of text."""
    work = links.work
    lines = [work.label, *_facts(work), "", *_status(status), *_sections(links), *_unresolved(links.unresolved)]
    return "\n".join(lines)


def status_words(status: Status) -> str:
    """有效（2021-04-01 起，至 2026-03-31）."""
    bounds = [
        *([f"{status.since} 起"] if status.since else []),
        *([f"至 {status.until}"] if status.until else []),
    ]
    return status.state.value + (f"（{'，'.join(bounds)}）" if bounds else "")


def seen_from(links: Links) -> tuple[Link, ...]:
    """All relations of the work, its own first."""
    own = [Link(one, one.target, relation_label(one.kind, one.mode, unsure=one.repaired)) for one in links.outgoing]
    others = [Link(one, one.source, _inverse(one)) for one in links.incoming if one.source != one.target]
    return (*own, *others)


def other_label(links: Links, key: str) -> str:
    """What a person calls the work at the other end; it says when no file of it is held."""
    work = links.others.get(key)
    if work is None:
        return key
    return work.label if work.held else f"{work.label}（未入库）"


def quotation(evidence: Evidence) -> str:
    """The quoted words in their sentence: …根据【《甲办法》】，制定…"""
    before, after = cell(evidence.before), cell(evidence.after)
    return f"{'…' if before else ''}{before}【{cell(evidence.quote)}】{after}{'…' if after else ''}"


def _facts(work: Work) -> Iterator[str]:
    drafter = work.drafter
    facts: Sequence[tuple[str, object]] = (
        ("编号", work.key if work.key not in work.label else None),
        ("别的文号", [str(number) for number in work.numbers[1:]]),
        ("登记号", work.registration_number),
        ("类别", ROLES[work.role] + ("" if work.held else "（只见于引用，库中没有原文）")),
        ("文种", work.doc_type),
        ("所印发", [f"《{name}》" for name in work.instruments]),
        ("别称", work.aliases),
        ("发文机关", work.issuers),
        ("起草单位", f"{'、'.join(drafter.names)}（{_CERTAINTY[drafter.certainty]}）" if drafter else None),
        ("解读单位", work.interpreter),
        ("主送", work.addressees),
        ("成文日期", work.dated),
        ("公布日期", work.published),
        ("施行日期", work.effective),
        ("有效期至", work.expires),
        ("公开属性", work.disclosure),
        ("文件", work.paths),
        ("提示", "文号由缺损文字推出，待核实" if work.number_repaired else None),
    )
    for name, value in facts:
        if cell(value):
            yield f"  {name}：{cell(value)}"


def _status(status: Status) -> Iterator[str]:
    yield f"效力：{status_words(status)}（据本库所知，截至 {status.as_of}）"
    decisive = status.decisive
    if decisive and decisive.evidence:
        yield f"  {quotation(decisive.evidence)}"
        yield f"    —— {cell(decisive.evidence.path)}"
    for flag in status.flags:
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
        yield f"    {quotation(link.relation.evidence)}"
        yield f"      —— {cell(link.relation.evidence.path)}"


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


def _inverse(relation: Relation) -> str:
    word = relation_words().get(relation.kind)
    said = word.inverse_by("") if word else f"被{relation.kind}"
    notes = [*(["拟"] if relation.mode == "plan" else []), *(["转述"] if relation.mode == "report" else []),
             *(["待核实"] if relation.repaired else [])]  # fmt: skip
    return said + (f"（{'，'.join(notes)}）" if notes else "")


def work_row(work: Work, status: Status | None) -> dict[str, object]:
    """A work as a row of a listing."""
    return {
        "key": work.key,
        "number": str(work.number) if work.number else None,
        "title": work.title,
        "role": ROLES[work.role],
        "status": status.state.value if status else None,
        "dated": _iso(work.dated),
        "issuers": list(work.issuers),
        "held": work.held,
        "paths": list(work.paths),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
