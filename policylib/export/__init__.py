"""Records → files, as the suffix of the path says. Pure but for one atomic write at the end.

Names load on first use: who wants `words` only does not load the page and the networks.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policylib.export.graph_file import GRAPH_SUFFIXES, write_graph
    from policylib.export.sarif import sarif_text
    from policylib.export.table import TABLE_SUFFIXES, Columns, Row, write_table

_HOMES = {
    "GRAPH_SUFFIXES": "policylib.export.graph_file",
    "write_graph": "policylib.export.graph_file",
    "sarif_text": "policylib.export.sarif",
    "TABLE_SUFFIXES": "policylib.export.table",
    "Columns": "policylib.export.table",
    "Row": "policylib.export.table",
    "write_table": "policylib.export.table",
}

__all__ = ["GRAPH_SUFFIXES", "TABLE_SUFFIXES", "Columns", "Row", "sarif_text", "write_graph", "write_table"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'policylib.export' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
