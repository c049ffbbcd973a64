"""Records → files, as the suffix of the path says. Pure but for one atomic write at the end.

Names load on first use: who wants `words` only does not load the page and the networks.
"""

from typing import TYPE_CHECKING

from policylib.first_use import first_use

if TYPE_CHECKING:
    from policylib.export.findings import by_gravity, finding_rows
    from policylib.export.graph_file import GRAPH_SUFFIXES, write_graph
    from policylib.export.sarif import sarif_text
    from policylib.export.table import TABLE_SUFFIXES, Columns, Row, write_table

__all__ = [
    "GRAPH_SUFFIXES", "TABLE_SUFFIXES", "Columns", "Row", "by_gravity", "finding_rows", "sarif_text", "write_graph",
    "write_table",
]  # fmt: skip

if not TYPE_CHECKING:
    __getattr__ = first_use(
        __name__,
        {"sarif_text": "policylib.export.sarif"}
        | dict.fromkeys(("by_gravity", "finding_rows"), "policylib.export.findings")
        | dict.fromkeys(("GRAPH_SUFFIXES", "write_graph"), "policylib.export.graph_file")
        | dict.fromkeys(("TABLE_SUFFIXES", "Columns", "Row", "write_table"), "policylib.export.table"),
    )
