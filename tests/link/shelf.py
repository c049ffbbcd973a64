"""A small shelf of papers about 岚州, written in a few words and linked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from policylib import tables
from policylib.extract import analyse_text
from policylib.link import Linked, link
from policylib.link.status import status
from policylib.model import Analysis, Effect, Judgement, Office, Relation, Snapshot, Status, Work
from policylib.tables import Tables

JURISDICTION = "东岭省/岚州市"
TABLES = tables.load(Path(__file__).resolve().parents[2] / "corpus" / "tables")


def paper(
    title: str,
    number: str = "",
    day: str = "",
    body: str = "请认真执行。",
    issuer: str = "岚州市科学技术局",
) -> str:
    """A notice: cover, text, sign-off; what is not given is not printed."""
    lines = [title, number, "各有关单位：", body, issuer if day else "", day and _written(day)]
    return "".join(f"{line}\n" for line in lines if line)


def _written(day: str) -> str:
    made = date.fromisoformat(day)
    return f"{made.year}年{made.month}月{made.day}日"


def analysed(*texts: str) -> list[Analysis]:
    return [analyse_text(text, TABLES) for text in texts]


def shelve(
    *texts: str,
    judgements: Sequence[Judgement] = (),
    jurisdiction: str = JURISDICTION,
    reverse: bool = False,
    read: str = "",
    tables: Tables = TABLES,
) -> Linked:
    """`read`: the day on which all of them were fetched."""
    analyses = analysed(*texts)
    by_hash = {analysis.source.sha256: text for analysis, text in zip(analyses, texts, strict=True)}
    day = date.fromisoformat(read) if read else None
    return link(
        analyses[::-1] if reverse else analyses, by_hash.__getitem__, judgements, tables, jurisdiction,
        read_on=lambda sha256: day,
    )  # fmt: skip


def work(linked: Linked, key: str) -> Work:
    [found] = [one for one in linked.works if one.key == key]
    return found


def said(linked: Linked, kind: str = "") -> list[tuple[str, str, str]]:
    """source, kind, target of the relations, mentions left out"""
    return [
        (one.source, one.kind, one.target)
        for one in linked.relations
        if one.kind == kind or (not kind and one.kind != "mentions")
    ]


def only(linked: Linked, kind: str) -> Relation:
    [found] = [one for one in linked.relations if one.kind == kind]
    return found


def held(linked: Linked, key: str, as_of: str) -> Status:
    return status(work(linked, key), linked.effects, date.fromisoformat(as_of))


def snapshot(
    *texts: str, on: str = "2024-06-30", office: Office | None = None, read: str = "", tables: Tables = TABLES
) -> Snapshot:
    """The shelf as rules see it on a day."""
    analyses = analysed(*texts)
    by_hash = {analysis.source.sha256: text for analysis, text in zip(analyses, texts, strict=True)}
    linked = shelve(*texts, read=read, tables=tables)
    effects: dict[str, tuple[Effect, ...]] = {}
    for effect in linked.effects:
        effects[effect.work] = (*effects.get(effect.work, ()), effect)
    day = date.fromisoformat(on)
    return Snapshot(
        as_of=day,
        works=linked.works,
        relations=linked.relations,
        statuses={work.key: status(work, effects.get(work.key, ()), day) for work in linked.works},
        unresolved=linked.unresolved,
        effects=effects,
        texts=by_hash,
        analyses={analysis.source.sha256: analysis for analysis in analyses},
        office=office or Office(JURISDICTION),
    )
