"""The library: facts from files, judgements of people, and what follows from both; the only SQL and the only index."""

from typing import TYPE_CHECKING

from policylib.first_use import first_use
from policylib.library.database import FILE_NAME
from policylib.library.library import Library
from policylib.library.links import Links
from policylib.library.listing import Progress
from policylib.library.organ_choice import OrganChoice
from policylib.library.reports import AddReport, Moved, RemoveReport
from policylib.library.search import Hit, SearchResult
from policylib.library.selection import Selection, selected
from policylib.library.store import FileProblem, Held

if TYPE_CHECKING:
    from policylib.library.lists import ListReport, RowFault
    from policylib.library.reading import Failure, Job, Outcome, Reading, perform

__all__ = [
    "FILE_NAME", "AddReport", "Failure", "FileProblem", "Held", "Hit", "Job", "Library", "Links", "ListReport", "Moved",
    "OrganChoice", "Outcome", "Progress", "Reading", "RemoveReport", "RowFault", "SearchResult", "Selection", "perform",
    "selected",
]  # fmt: skip

if not TYPE_CHECKING:
    __getattr__ = first_use(
        __name__,
        dict.fromkeys(("ListReport", "RowFault"), "policylib.library.lists")
        | dict.fromkeys(("Failure", "Job", "Outcome", "Reading", "perform"), "policylib.library.reading"),
    )
