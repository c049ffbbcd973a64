"""How many cited titles and numbers find the right record in a large catalogue.

    python benchmarks/linking.py [--catalogue policies.jsonl] [--edges citations.jsonl]

catalogue: rows with id, title, doc_number, issuers, publish_date. edges: rows with src and dst, each with id, title,
number, date. A citation is put to `link.resolve` as a title, as a number, and as both; printed are the counts and the
precision of what was resolved. Without the two files there is nothing to measure, and it says so.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from policylib.extract import find_numbers
from policylib.link.catalogue import Catalogue
from policylib.link.holdings import title_aliases
from policylib.link.organs import Registry
from policylib.link.resolve import Speaker, resolve
from policylib.model import Citation, DocumentNumber, Span, Work
from policylib.tables import builtin

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--catalogue", type=Path, default=DATA / "pkulaw_policykg" / "policies_dev.jsonl")
    parser.add_argument("--edges", type=Path, default=DATA / "gold" / "citation_graph_pkulaw.jsonl")
    parser.add_argument("--show", type=int, default=0, help="print so many citations that were not resolved rightly")
    options = parser.parse_args()
    if not (options.catalogue.exists() and options.edges.exists()):
        print(f"nothing to measure: {options.catalogue} or {options.edges} is not there")
        return 2
    registry = Registry(builtin())
    catalogue = Catalogue(work(row, registry) for row in rows(options.catalogue))
    counts: Counter[tuple[str, str]] = Counter()
    for edge in rows(options.edges):
        if edge["dst"]["id"] in catalogue.works:
            for form, result, why in judged(edge, catalogue, registry):
                counts[form, result] += 1
                if result != "right" and sum(counts[f, r] for f, r in counts if r != "right") <= options.show:
                    print(f"  {form} {result}: {edge['dst']['title']} {edge['dst']['number'] or ''} {why}")
    print("cited by     n  right  wrong   open   none  precision   recall")
    for form in ("title", "number", "both"):
        print(line(form, counts))
    return 0


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def numbers(text: str | None) -> tuple[DocumentNumber, ...]:
    found = find_numbers(text) if text else ()
    return tuple(one.number for one in found if one.number and one.number.complete)


def work(row: dict[str, Any], registry: Registry) -> Work:
    day = date.fromisoformat(row["publish_date"]) if row.get("publish_date") else None
    return Work(
        key=row["id"],
        role="policy",
        held=True,
        title=row["title"],
        numbers=numbers(row.get("doc_number")),
        aliases=title_aliases(row["title"], ()),
        issuers=tuple(registry.canonical(name) or name for name in row["issuers"]),
        dated=day,
    )


def judged(edge: dict[str, Any], catalogue: Catalogue, registry: Registry) -> Iterator[tuple[str, str, str]]:
    source, target = edge["src"], edge["dst"]
    issuer = source["title"].partition("关于")[0]
    on = date.fromisoformat(source["date"]) if source.get("date") else None
    speaker = Speaker(source["id"], registry.canonical(issuer) or "", on)
    cited = numbers(target.get("number"))
    here = Span(0, 1)
    forms = {"title": Citation(here, "title", title=target["title"])}
    if cited:
        forms["number"] = Citation(here, "number", numbers=cited)
        forms["both"] = Citation(here, "full", title=target["title"], numbers=cited)
    for form, citation in forms.items():
        found = resolve(citation, speaker, catalogue, registry)
        if found.work is None:
            yield form, "open" if found.candidates else "none", found.reason
        else:
            yield form, "right" if found.work.key == target["id"] else "wrong", found.work.key


def line(form: str, counts: Counter[tuple[str, str]]) -> str:
    right, wrong, left, none = (counts[form, result] for result in ("right", "wrong", "open", "none"))
    total = right + wrong + left + none
    precision, recall = right / max(right + wrong, 1), right / max(total, 1)
    return f"{form:8s} {total:5d} {right:6d} {wrong:6d} {left:6d} {none:6d} {precision:10.4f} {recall:8.4f}"


if __name__ == "__main__":
    sys.exit(main())
