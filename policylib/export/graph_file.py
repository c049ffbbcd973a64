"""The graph → a file, as the suffix of its path says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from policylib.errors import PolicylibError
from policylib.export import atomic, html, network
from policylib.export.lanes import Standpoint
from policylib.graph import focus as focused

if TYPE_CHECKING:
    from policylib.graph import Graph

GRAPH_SUFFIXES = (*network.FORMATS, ".html")


def write_graph(
    graph: Graph,
    path: str | Path,
    *,
    title: str,
    as_of: date,
    focus: str | Iterable[str] | None = None,
    start: str | None = None,
    asked: Iterable[str] = (),
    seen_from: Standpoint = html.NOWHERE,
    note: str = "",
) -> None:
    """Write the graph to `path`: .graphml .gexf .dot .json .csv, or .html for a page that works offline.

    With `focus` (the key of a work, or of several) the file holds what is within two relations of them, and nothing
    else. A page opens on the first of them, else on the work `start`, else on the most linked policy; `seen_from` says
    whose papers its list begins with, and which are of other regions; `note` stands in its head behind the day. It
    shows those of `focus` and those `asked` about strongest.

    Raises PolicylibError for another suffix or when the file cannot be written, PolicyNotFound for an unknown key.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    keys = (focus,) if isinstance(focus, str) else tuple(focus or ())
    part = focused(graph, keys) if keys else graph
    if suffix == ".html":
        first = keys[0] if keys else start
        content = html.page(
            part, title=title, as_of=as_of, start=first, asked={*keys, *asked}, seen_from=seen_from, note=note
        )
    elif suffix in network.FORMATS:
        content = network.FORMATS[suffix](network.clean(part, title=title, as_of=as_of))
    else:
        raise PolicylibError(f"不能导出为“{suffix or path.name}”，关系图支持的后缀：{' '.join(GRAPH_SUFFIXES)}")
    atomic.write(path, content)
