"""岚州市 of 东岭省, a city that does not exist: snapshots of any size, the same every time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from policylib.model import (
    DocumentNumber,
    Drafter,
    Evidence,
    Relation,
    RelationKind,
    Role,
    Snapshot,
    Span,
    State,
    Status,
    Work,
)

AS_OF = date(2024, 6, 30)

ORGANS = (
    ("中华人民共和国国务院", "国发", "关于深化第{n}批简政放权改革的意见"),
    ("国务院办公厅", "国办发", "关于全面推进第{n}项政务公开工作的实施意见"),
    ("东岭省人民政府", "东政发", "关于印发《东岭省第{n}期科技创新规划》的通知"),
    ("东岭省人民政府办公厅", "东政办发", "关于加强第{n}类政策解读工作的通知"),
    ("岚州市人民政府", "岚政发", "关于印发《岚州市第{n}类公共资源交易管理办法》的通知"),
    ("岚州市人民政府办公室", "岚政办发", "关于印发《岚州市第{n}项政务公开工作要点》的通知"),
    ("岚州市科学技术局", "岚科字", "关于开展第{n}批科技型中小企业创新券申领兑付工作的通知"),
    ("岚州市市场监督管理局", "岚市监字", "关于规范第{n}类市场经营行为的通告"),
    ("岚州市财政局", "岚财字", "关于修订《岚州市第{n}项专项资金管理办法》的通知"),
    ("岚州市青山区人民政府", "青山政发", "关于落实第{n}项惠企政策的通知"),
)
ORDER = (1, 5, 4, 6, 3, 5, 8, 0, 4, 7, 2, 5, 9)
STATES = (State.IN_FORCE, State.IN_FORCE, State.AMENDED, State.IN_FORCE, State.REPEALED, State.EXPIRED, State.UNKNOWN)
CUES: tuple[tuple[RelationKind, str], ...] = (
    ("basis", "根据{}，制定本办法。"),
    ("basis", "为贯彻落实{}精神，结合我市实际，现通知如下。"),
    ("reference", "具体标准参照{}执行。"),
    ("supplements", "现就{}补充通知如下。"),
    ("repeals", "{}同时废止。"),
    ("amends", "将{}第三条修改为。"),
    ("extends", "{}有效期延长至2026年12月31日。"),
)


def number(text: str) -> DocumentNumber:
    return DocumentNumber.parse(text)


def evidence(quote: str, path: str, before: str = "", after: str = "") -> Evidence:
    return Evidence("0" * 64, path, Span(10, 10 + len(quote)), quote, before, after, "test")


def relation(kind: RelationKind, source: str, target: str, quote: str = "", **more: object) -> Relation:
    words = evidence(quote or f"根据{target}", f"{source}.docx", "各区县人民政府，市政府各部门：", "请认真贯彻执行。")
    return Relation(kind, source, target, words, 0.95, "T0", **more)  # type: ignore[arg-type]


def policy(i: int) -> Work:
    issuer, code, title = ORGANS[ORDER[i % len(ORDER)]]
    year = 2013 + (i * 7) % 11
    own = number(f"{code}〔{year}〕{i + 1}号")
    held = i % 5 != 3
    drafter = Drafter(("岚州市科学技术局",), "E1", "stated", evidence("由市科技局起草", "a.docx"))
    return Work(
        key=str(own),
        role="policy",
        held=held,
        title=issuer + title.format(n=i + 1),
        numbers=(own,),
        issuers=(issuer,) if held else (),
        drafter=drafter if i % 4 == 0 else None,
        dated=date(year, 1 + i % 12, 1 + i % 28) if held else None,
        doc_type="通知" if held else None,
        paths=(f"政策文件/{year}/{own}.docx",) if held else (),
    )


def companion(work: Work, i: int) -> Work:
    role: Role = "cleanup" if i % 25 == 24 else "interpretation"
    title = f"《{work.title}》政策解读" if role == "interpretation" else f"岚州市人民政府关于第{i}次文件清理结果的公告"
    return Work(
        key=f"《{title}》",
        role=role,
        held=True,
        title=title,
        issuers=("岚州市人民政府办公室",),
        dated=work.dated or AS_OF,
    )


def snapshot(size: int) -> Snapshot:
    """`size` works of which a fifth are interpretations or cleanup results, with about 1.4 relations a work."""
    policies = [policy(i) for i in range(size - size // 5)]
    works = list(policies)
    relations: list[Relation] = []
    by_age = sorted(policies, key=lambda work: (work.numbers[0].year or 0, work.key))
    dice = Random(size)
    for i, work in enumerate(by_age[1:], start=1):
        for _ in range(1 + dice.randrange(2)):
            kind, cue = CUES[dice.choice((0, 0, 0, 1, 1, 2, 3, 4, 5, 6))]
            target = by_age[dice.randrange(max(0, i - 15), i) if dice.random() < 0.7 else dice.randrange(min(i, 8))]
            plan = kind == "repeals" and dice.random() < 0.3
            quote = cue.format(target.label)
            relations.append(relation(kind, work.key, target.key, quote, mode="plan" if plan else "act"))
    for i in range(size // 5):
        own = companion(policies[i * 3 % len(policies)], i)
        works.append(own)
        word: RelationKind = "interprets" if own.role == "interpretation" else "lapses"
        relations.append(relation(word, own.key, policies[i * 3 % len(policies)].key, repaired=i % 4 == 0))
    states = {
        work.key: Status(work.key, AS_OF, STATES[i % len(STATES)] if work.held else State.UNKNOWN, since=work.dated)
        for i, work in enumerate(works)
    }
    ordered = tuple(sorted(works, key=lambda work: work.key))
    return Snapshot(AS_OF, ordered, tuple(sorted(relations, key=lambda r: (r.source, r.target, r.kind))), states)


HOSTILE = "</script><img src=x onerror=alert(1)>\"'&\x00\x1b\ud800\u2028\u2029\r\n=1+1\t{{data}} \\\\ <!--"


def hostile() -> Snapshot:
    """Twelve works, the first with a title, key, path and quotation that try to break every format."""
    city = snapshot(12)
    first, second, *others = city.works
    bad = replace(first, key=HOSTILE, title=HOSTILE, paths=(HOSTILE, HOSTILE), issuers=(HOSTILE, "岚州市财政局"))
    twin = replace(second, key=HOSTILE.replace("\x00", "\x01"), title="=1+1", aliases=("@SUM(1)", "+2"))
    words = evidence(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    edges = tuple(replace(one, evidence=words, detail=HOSTILE) for one in city.relations if one.source in city.by_key)
    names = {first.key: bad.key, second.key: twin.key}
    moved = (replace(e, source=names.get(e.source, e.source), target=names.get(e.target, e.target)) for e in edges)
    loop = relation("mentions", bad.key, bad.key, "=HYPERLINK(1)")
    lost = relation("basis", bad.key, "岚州市不存在的文件", "-1")
    return Snapshot(AS_OF, (bad, twin, *others), (*moved, loop, loop, lost), city.statuses)


@pytest.fixture(scope="session")
def city() -> Callable[[int], Snapshot]:
    return snapshot


@pytest.fixture(scope="session")
def hostile_city() -> Snapshot:
    return hostile()
