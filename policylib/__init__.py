"""policylib: policy documents, their numbers, their citations, their interpretations, and the rules that bind them.

    from policylib import Library, analyse, analyse_text, find_numbers, read

    document = read("notice.docx")                  a file to its text and blocks
    analysis = analyse(document)                    all that it says, each value with its span and rule
    numbers = find_numbers("见岚政发〔2019〕3号")      document numbers in any text, damaged ones too

    with Library.open("policies.plib") as library:  many documents, linked, searchable, audited
        library.add(["downloads/"])
        report = audit(library.snapshot())

Names load on first use, so that `import policylib` stays quick. docs/python.md shows a call for each command.
"""

from typing import TYPE_CHECKING

from policylib.first_use import first_use

if TYPE_CHECKING:
    from policylib.draft_gate import check_draft
    from policylib.extract import analyse, analyse_text, find_numbers
    from policylib.library import Library
    from policylib.link import link, status
    from policylib.model import Analysis, Document, DocumentNumber, Finding, Relation, Snapshot, Work
    from policylib.readers import read
    from policylib.rules import audit

__version__ = "0.1.0"

_HOMES = {
    "Analysis": "policylib.model",
    "Document": "policylib.model",
    "DocumentNumber": "policylib.model",
    "Finding": "policylib.model",
    "Library": "policylib.library",
    "Relation": "policylib.model",
    "Snapshot": "policylib.model",
    "Work": "policylib.model",
    "analyse": "policylib.extract",
    "analyse_text": "policylib.extract",
    "audit": "policylib.rules",
    "check_draft": "policylib.draft_gate",
    "find_numbers": "policylib.extract",
    "link": "policylib.link",
    "read": "policylib.readers",
    "status": "policylib.link",
}

__all__ = [
    "Analysis", "Document", "DocumentNumber", "Finding", "Library", "Relation", "Snapshot", "Work", "analyse",
    "analyse_text", "audit", "check_draft", "find_numbers", "link", "read", "status",
]  # fmt: skip

if not TYPE_CHECKING:
    __getattr__ = first_use(__name__, _HOMES)
