"""What policylib does, on the sample documents: `make demo`, or `python corpus/demo.py`. Writes to out/."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from policylib import Library, audit
from policylib.cli.findings import save_findings, totals
from policylib.export import write_graph
from policylib.export.findings import RESULTS, SEVERITIES, by_gravity
from policylib.export.words import ROLES, relation_label
from policylib.link.cascade import cascade
from policylib.model import Relation, Report, Snapshot
from policylib.rules import all_rules

CORPUS = Path(__file__).resolve().parent
OUT = CORPUS.parent / "out"
AS_OF = date(2024, 12, 31)  # the day on which the story of STORY.md ends
REPEALED = "东政发〔2021〕14号"  # the top of a ladder of six
SHOWN = 10  # findings on the screen
QUERY = "科技 项目管理 状态:有效"


def main() -> None:
    with new_library() as library:
        report = library.add(CORPUS / "documents")
        snapshot = library.snapshot(AS_OF)
        rules = all_rules(library.tables, library.office)
        findings = by_gravity(audit(snapshot, rules), library.order().by_key)
        heading(f"一、读入 {len(report.added)} 份样本文件，读不了的 {len(report.failed)} 份")
        show_works(snapshot)
        heading(f"二、关系 {len(snapshot.relations)} 条，每条都记着所依据的原句")
        show_relations(snapshot)
        heading("三、修复的文号")
        show_repairs(snapshot.relations)
        heading(f"四、问题 {len(findings.failures)} 处，最要紧的在前，先看 {SHOWN} 处")
        show_findings(findings, snapshot)
        heading(f"五、{REPEALED}废止后，哪些文件失去依据")
        show_cascade(snapshot, library.get(REPEALED).key)
        heading(f"六、检索：{QUERY}")
        for hit in library.search(QUERY, as_of=AS_OF).hits:
            print(f"  {hit.number or '（无文号）'}  {hit.title}\n      {hit.snippet}")
        write_graph(library.graph(AS_OF), OUT / "graph.html", title="岚州市政策关系图", as_of=AS_OF)
        write_graph(library.graph(AS_OF), OUT / "graph.graphml", title="岚州市政策关系图", as_of=AS_OF)
        save_findings(findings, rules, snapshot, OUT, OUT / "findings.csv", everything=False)
    heading("七、已写入 out/：graph.html（用浏览器打开）、graph.graphml、findings.csv（用表格软件打开）、policies.plib")


def new_library() -> Library:
    """An empty library in out/, with the tables and the region that an office of this city would set."""
    shutil.rmtree(OUT, ignore_errors=True)
    shutil.copytree(CORPUS / "tables", OUT / "tables")
    (OUT / "policylib.toml").write_text('jurisdiction = "东岭省/岚州市"\n', encoding="utf-8")
    return Library.create(OUT)


def heading(text: str) -> None:
    print(f"\n{text}")


def show_works(snapshot: Snapshot) -> None:
    held = [work for work in snapshot.works if work.held]
    roles = Counter(work.role for work in held)
    print("  " + "，".join(f"{word} {roles[role]}" for role, word in ROLES.items()) + "；")
    print(f"  另有 {len(snapshot.works) - len(held)} 份只被引用、库中没有。")
    states = Counter(snapshot.statuses[work.key].state.value for work in held if work.role == "policy")
    print("  效力：" + "，".join(f"{state} {count}" for state, count in sorted(states.items())))


def show_relations(snapshot: Snapshot) -> None:
    kinds = Counter(relation.kind for relation in snapshot.relations)
    print("  " + "，".join(f"{relation_label(kind)} {count}" for kind, count in kinds.most_common()))
    example = next(relation for relation in snapshot.relations if relation.kind == "repeals")
    works = snapshot.by_key
    print(f"  例：{works[example.source].label}\n      废止 {works[example.target].label}")
    print(f"      原句：{' '.join(example.evidence.quote.split())}")


def show_repairs(relations: tuple[Relation, ...]) -> None:
    for relation in relations:
        if relation.repaired:
            print(f"  {relation.target}：{relation.corroboration or '没有别处印证，请核对原件'}")


def show_findings(report: Report, snapshot: Snapshot) -> None:
    """The gravest, each with what it rests on and what is to be done, and where the rest is."""
    for place, finding in enumerate(report.failures[:SHOWN], 1):
        print(f"  {place}. [{SEVERITIES[finding.severity]}] {snapshot.by_key[finding.subject].label}")
        print(f"      {finding.message}")
        for word, text in (("依据", finding.basis), ("办法", finding.remedy)):
            if text:
                print(f"      {word}：{text}")
    print(f"  {totals(report)}。{RESULTS['unknown']}和{RESULTS['exempt']}都不算问题。")
    print("  全部问题和原句：打开 out/findings.csv；或者激活 .venv 以后运行")
    print(f"      policylib check --library out --as-of {AS_OF}")


def show_cascade(snapshot: Snapshot, key: str) -> None:
    for resting in cascade(snapshot, [key], depth=6):
        others = "、".join(snapshot.by_key[other].label for other in resting.others)
        print(f"  第{resting.depth}层 {resting.work.label}" + (f"；另有依据：{others}" if others else ""))
        print(f"      {' '.join(resting.path[0].evidence.quote.split())}")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    main()
