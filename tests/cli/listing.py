"""Listings, as a script reads them."""

from __future__ import annotations

import csv
import io


def table(output: str) -> list[dict[str, str]]:
    """The rows of a listing on a pipe."""
    return list(csv.DictReader(io.StringIO(output), delimiter="\t", quoting=csv.QUOTE_NONE))
