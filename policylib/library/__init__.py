"""The library: facts from files, judgements of people, and what follows from both; the only SQL and the only index."""

from policylib.library.ingest import AddReport, Moved
from policylib.library.library import Library, Links, RemoveReport
from policylib.library.listing import Progress
from policylib.library.lists import ListReport, RowFault
from policylib.library.organ_choice import OrganChoice
from policylib.library.reading import Failure, Job, Outcome, Reading, perform
from policylib.library.schema import FILE_NAME
from policylib.library.search import Hit, SearchResult
from policylib.library.selection import Selection, selected
from policylib.library.store import FileProblem, Held

__all__ = [
    "FILE_NAME", "AddReport", "Failure", "FileProblem", "Held", "Hit", "Job", "Library", "Links", "ListReport", "Moved",
    "OrganChoice", "Outcome", "Progress", "Reading", "RemoveReport", "RowFault", "SearchResult", "Selection", "perform",
    "selected",
]  # fmt: skip
