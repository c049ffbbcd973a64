"""How long the status of every work and a full audit take, and whether the time grows with the library and no faster.

    python benchmarks/audit.py [--works 100000] [--rules 8]

The library is made up: policies of twelve organs over twenty years with bases, repeals and terms, an interpretation for
every eighth, a cleanup result of 20 rows for every fiftieth work. Texts and analyses come as a library gives them,
decoded when they are asked for. Printed are seconds for an eighth of the works and for all of them, their ratio (8 is
linear), and the rules that took longest, each asked alone: what rules share is counted with all of them.
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from time import process_time
from typing import Any, TypeVar

from policylib import analyse_text
from policylib.link.effects import effects_of
from policylib.link.status import status
from policylib.model import (
    Analysis,
    DocumentNumber,
    Drafter,
    Effect,
    Evidence,
    Office,
    Relation,
    Snapshot,
    Span,
    Work,
)
from policylib.rules import all_rules, audit
from policylib.tables import load

TABLES = Path(__file__).resolve().parents[1] / "corpus" / "tables"
CITY = "岚州市"
NAMES = ("科学技术", "财政", "教育", "民政", "司法", "水务", "商务", "审计", "统计", "医疗保障", "体育", "林业")
ORGANS = [f"{CITY}{name}局" for name in NAMES]
CODES = "科财教民司水商审统医体林"
AS_OF = date(2024, 12, 31)
FIRST = date(2004, 1, 5)
ANY_FILE = "f" * 64
T = TypeVar("T")


class Made(Mapping[str, T]):
    """Values made when they are asked for, as a library reads them."""

    def __init__(self, keys: list[str], make: Callable[[str], T]) -> None:
        self._keys = dict.fromkeys(keys)
        self._make = make

    def __getitem__(self, key: str) -> T:
        if key not in self._keys:
            raise KeyError(key)
        return self._make(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


def library(count: int) -> Snapshot:
    """A made-up library of so many works."""
    random = Random(7)
    works: list[Work] = []
    relations: list[Relation] = []
    policies: list[Work] = []
    for place in range(count):
        day = FIRST + timedelta(days=place * 7500 // count)
        kind = "cleanup" if place % 50 == 49 else "interpretation" if place % 8 == 7 else "policy"
        work = made(place, kind, day, random)
        works.append(work)
        if kind == "policy":
            bases = random.sample(policies[-400:], min(2, len(policies)))
            relations += [edge("basis", work, other) for other in bases]
            policies.append(work)
        elif kind == "interpretation" and policies:
            relations.append(edge("interprets", work, policies[-1]))
        elif policies:
            dealt_with = random.sample(policies[-900:], min(20, len(policies)))
            relations += [edge(random.choice(("retains", "repeals", "lapses")), work, one) for one in dealt_with]
    works.sort(key=lambda work: work.key)
    effects: dict[str, list[Effect]] = {}
    for effect in effects_of(works, relations, (), lambda sha256: ""):
        effects.setdefault(effect.work, []).append(effect)
    papers = {"policy": PAPER, "interpretation": READING, "cleanup": CLEANUP}
    kinds = {work.documents[0]: work.role for work in works}
    stored = {kind: analysed(text).stored() for kind, text in papers.items()}

    def analysis(sha256: str) -> Analysis:
        text = stored[kinds[sha256]].replace(ANY_FILE, sha256, 1)
        return Analysis.read_as_asked(text, f"{int(sha256)}.html")

    return Snapshot(
        as_of=AS_OF,
        works=tuple(works),
        relations=tuple(sorted(relations, key=lambda one: (one.source, one.target, one.kind))),
        effects={key: tuple(group) for key, group in effects.items()},
        texts=Made(list(kinds), lambda sha256: papers[kinds[sha256]]),
        analyses=Made(list(kinds), analysis),
        office=Office("东岭省/岚州市"),
    )


def analysed(text: str) -> Analysis:
    analysis = analyse_text(text)
    return replace(analysis, source=replace(analysis.source, sha256=ANY_FILE))


def made(place: int, kind: Any, day: date, random: Random) -> Work:
    organ = ORGANS[place % len(ORGANS)]
    number = (
        DocumentNumber.parse(f"岚{CODES[place % 12]}规〔{day.year}〕{place // 12 % 9000 + 1}号")
        if kind != "interpretation"
        else None
    )
    title = f"{organ}关于印发{CITY}第{place}号事项管理办法的通知"
    words = {
        "policy": title,
        "interpretation": f"《{CITY}第{place}号事项管理办法》政策解读",
        "cleanup": f"{CITY}人民政府关于公布规范性文件清理结果的通知",
    }
    sha256 = f"{place:064d}"
    where = Evidence(sha256, f"{place}.html", Span(0, 10), organ)
    quoted = replace(where, quote=str(number))
    term = day.year > 2018 and random.random() < 0.5  # older ones with a term are long repealed, or have none
    return Work(
        key=str(number) if number else f"《{words[kind]}》",
        role=kind,
        held=True,
        title=words[kind],
        numbers=(number,) if number else (),
        aliases=(f"{CITY}第{place}号事项管理办法",) if kind == "policy" else (),
        issuers=(organ if kind != "cleanup" else f"{CITY}人民政府",),
        drafter=Drafter((organ,), "E5", "presumed", where) if kind == "policy" else None,
        interpreter=organ if kind == "interpretation" else None,
        doc_type="通知",
        registration_number=f"LZCR-{day.year}-{place:07d}" if kind == "policy" and place % 2 else None,
        dated=day if kind != "interpretation" else None,
        published=day + timedelta(days=1),
        effective=day + timedelta(days=31) if kind == "policy" else None,
        expires=day + timedelta(days=31 + 5 * 365) if kind == "policy" and term else None,
        effective_evidence=where,
        expires_evidence=where,
        disclosure="主动公开" if random.random() < 0.95 else None,
        number_evidence=quoted if number else None,
        documents=(sha256,),
        paths=(where.path,),
    )


def edge(kind: Any, source: Work, target: Work) -> Relation:
    words = f"《{target.title}》（{target.key}）"
    where = Evidence(source.documents[0], source.paths[0], Span(0, len(words)), words)
    return Relation(kind, source.key, target.key, where, 1.0, "T0")


def measured(snapshot: Snapshot) -> tuple[float, float, dict[str, float]]:
    """Seconds of processor time for the statuses, for the audit, and for each rule asked alone."""
    gc.collect()
    gc.freeze()  # the collector walks all that is held, again and again: that would measure the size of the heap
    start = process_time()
    statuses = {work.key: status(work, snapshot.effects.get(work.key, ()), AS_OF) for work in snapshot.works}
    states = process_time() - start
    seen = replace(snapshot, statuses=statuses)
    rules = all_rules(load(TABLES), seen.office)
    start = process_time()
    audit(seen, rules)
    whole = process_time() - start
    each: dict[str, float] = {}
    for rule in rules:
        start = process_time()
        audit(seen, [rule])
        each[rule.id] = process_time() - start
    return states, whole, each


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--works", type=int, default=100_000)
    parser.add_argument("--rules", type=int, default=8, help="how many of the slowest rules to name")
    options = parser.parse_args()
    audit(library(200))  # tables and calendars are read once
    small, whole = (measured(library(count)) for count in (options.works // 8, options.works))
    print(f"works        {options.works // 8:10d} {options.works:10d}   ratio")
    for name, few, all_ in (("status", small[0], whole[0]), ("audit", small[1], whole[1])):
        print(f"{name:12s} {few:10.2f} {all_:10.2f} {all_ / max(few, 1e-9):7.1f}")
    for name, seconds in sorted(whole[2].items(), key=lambda pair: -pair[1])[: options.rules]:
        print(f"  {seconds:6.2f} s  {name}  (x{seconds / max(small[2][name], 1e-9):.1f})")
    return 0


PAPER = """岚州市科学技术局关于印发岚州市事项管理办法的通知
岚科规〔2019〕3号
各有关单位：
现将《岚州市事项管理办法》印发给你们，请认真贯彻执行。
岚州市科学技术局
2019年2月1日
岚州市事项管理办法
第一条 为规范事项管理，根据《岚州市科技条例》，制定本办法。
""" + "".join(
    f"第{place}条 申请人应当如实提交第{place}项材料，主管部门在{place}个工作日内答复。\n" for place in range(2, 30)
)
READING = """《岚州市事项管理办法》政策解读
一、背景依据
近年来申请办理这类事项的人越来越多，各区做法不一，群众反映跑的次数多、等的时间长，需要有统一的规矩。
二、目标任务
让办事的人心里有数，把材料减下来，把时间定下来。
三、主要内容
""" + "".join(
    f"（{place}）以前要跑{place}趟的，现在在窗口一次交清，由窗口转给有关科室，谁受理谁答复。\n"
    for place in range(1, 16)
)
CLEANUP = (
    """岚州市人民政府关于公布规范性文件清理结果的通知
岚政发〔2022〕16号
各单位：
我们对规范性文件进行了清理，继续有效10件，废止10件，现将结果公布如下。
岚州市人民政府
2022年6月20日
附件1
继续有效的规范性文件目录
"""
    + "".join(f"{place}.《岚州市第{place}号办法》（岚政发〔2011〕{place}号）\n" for place in range(1, 11))
    + """附件2
废止的规范性文件目录
"""
    + "".join(f"{place}.《岚州市第{place}号规定》（岚政发〔2010〕{place}号）\n" for place in range(1, 11))
)

if __name__ == "__main__":
    sys.exit(main())
