"""graph: the relations as a picture, whole or round some papers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policylib import graph as network
from policylib.cli.common import Count, OutputFile, as_of_option, command, say, with_library
from policylib.errors import PolicyNotFound
from policylib.export import GRAPH_SUFFIXES, write_graph
from policylib.export.lanes import Standpoint
from policylib.library import Library
from policylib.library.order import OWN
from policylib.link.organs import Registry
from policylib.model import Snapshot, Work
from policylib.rule_sets import within
from policylib.rules.context import Context
from policylib.rules.on_day import OnDay, on_day

if TYPE_CHECKING:
    from policylib.graph import Graph

HOPS = 2
_NAMED = 2  # papers in the heading; the others are counted


@command("graph", "把关系图写成文件，格式看后缀。",
         "policylib graph -o 关系图.html\npolicylib graph -o 关系图.graphml --focus 淄政办发〔2017〕17号 --hops 2",
         "后缀：.html .graphml .gexf .dot .json .csv\n"
         "不写 --focus 的是全部；网页从本单位（没有写明的，从本地区）关系最多的一份看起。\n"
         "--as-of 画那一天的：当时还没有的文件、还没有作出的废止修改不画。")  # fmt: skip
@click.option("-o", "--output", type=OutputFile(GRAPH_SUFFIXES), required=True, metavar="文件",
              help="写到哪个文件。")  # fmt: skip
@click.option("--focus", "names", multiple=True, metavar="文号或标题", help="只要这份文件周围的，可写几次。")
@click.option("--hops", type=Count(), metavar="步数", help="周围几步以内，默认 2。")
@as_of_option
@with_library
def graph_command(library: Library, output: Path, names: tuple[str, ...], hops: int | None, as_of: date | None) -> None:
    then = on_day(library.snapshot(as_of))
    snapshot = then.snapshot
    graph = network.build(snapshot)
    keys = tuple(library.get(name).key for name in names)
    _check_there(then, keys)
    if keys:
        graph = network.focus(graph, keys, HOPS if hops is None else hops)
    start = keys[0] if keys else opening(snapshot, graph, Context(library.tables, library.office))
    about = _named([snapshot.by_key[key] for key in keys])
    title = f"{library.office.issuer or library.path.parent.name or '政策'}关系图{about}"
    note = f"当时还没有的 {len(then.later)} 份没有画" if then.later else ""
    standing = standpoint(library, snapshot)
    write_graph(
        graph, output, title=title, as_of=snapshot.as_of, start=start, asked=keys, seen_from=standing, note=note
    )
    counts = f"{graph.number_of_nodes()} 份文件，{graph.number_of_edges()} 条关系"
    say(f"已写入 {output}：{counts}{f'（截至 {snapshot.as_of}，{note}）' if note else ''}")


def _named(works: Sequence[Work]) -> str:
    """：岚建发〔2018〕26号、…等 3 份: what the picture is about, for its heading; nothing where nobody asked."""
    names = [str(work.number) if work.number else work.label for work in works]
    more = f"等 {len(names)} 份" if len(names) > _NAMED else ""
    return f"：{'、'.join(names[:_NAMED])}{more}" if names else ""


def _check_there(then: OnDay, keys: Sequence[str]) -> None:
    """Raises PolicyNotFound for a paper that was made later than the day of the picture."""
    for work in then.later:
        if work.key in keys:
            made = f"，它成文于{work.day}" if work.day else ""
            raise PolicyNotFound(f"{work.label}：{then.snapshot.as_of} 还没有这份文件{made}；请把 --as-of 写晚一些")


def standpoint(library: Library, snapshot: Snapshot) -> Standpoint:
    """Where the office stands: its own papers first, and apart those of regions that are neither in its own nor round
    it."""
    organs, home = Registry(library.tables, library.office.jurisdiction), library.office.jurisdiction

    def is_away(work: Work) -> bool:
        by_code = organs.region_of_code(work.code) if work.code else ""
        named = organs.region_of(work.issuers[0]) if work.issuers else by_code
        return bool(named) and not within(named, home) and not within(home, named)

    away = frozenset(work.key for work in snapshot.works if is_away(work)) if home else frozenset()
    return Standpoint(library.order().by_key, away)


def opening(snapshot: Snapshot, graph: Graph, context: Context) -> str | None:
    """The paper on which the picture opens: the most linked policy of the office itself, under its former name too
    (市政府办公厅), else of its region. None where the library has none of these, or nobody has said whose it is."""
    office = context.office
    held = [work for work in snapshot.works if work.held and work.role == "policy" and work.issuers]
    own = [work for work in held if office.issuer and any(_is_own(one, context) for one in work.issuers)]
    ours = own or [work for work in held if office.jurisdiction and context.is_ours(work)]

    def linked(work: Work) -> tuple[int, date]:
        return int(graph.degree(work.key)), work.day or date.min  # of two the newer

    return max(ours, key=linked).key if ours else None


def _is_own(organ: str, context: Context) -> bool:
    return context.organs.same(context.office.issuer, organ) in OWN
