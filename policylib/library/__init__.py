"""The library: facts from files, judgements of people, and what follows from both; the only SQL and the only index."""

from policylib.library.ingest import AddReport, Failure, Moved, Progress, Reading, read_and_analyse
from policylib.library.library import Library, Links, RemoveReport
from policylib.library.schema import FILE_NAME
from policylib.library.search import Hit, SearchResult
from policylib.library.store import FileProblem, Held

__all__ = [
    "FILE_NAME", "AddReport", "Failure", "FileProblem", "Held", "Hit", "Library", "Links", "Moved", "Progress",
    "Reading", "RemoveReport", "SearchResult", "read_and_analyse",
]  # fmt: skip
