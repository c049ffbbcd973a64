"""Which names in a folder, an archive or a mail may be documents."""

from __future__ import annotations

NAME_LEADS_OUT = "NAME_LEADS_OUT"  # the problem of a member whose name leads out of its archive
CONFIGURATION = "policylib.toml"
_NOT_DOCUMENTS = frozenset({"thumbs.db", "desktop.ini", ".ds_store", CONFIGURATION})  # of systems, and our own
_LIBRARIES = (".plib", ".plib-wal", ".plib-shm", ".plib-journal", ".plib-lock")
# What stands beside documents and is none: parts of saved pages, pictures, sound, data, programs, our own exports.
# Scans (.tif, .bmp) and whatever else may hold a paper are tried, so that staff hear what to do.
_OTHER_SUFFIXES = (
    ".css", ".js", ".mjs", ".map", ".scss", ".less", ".woff", ".woff2", ".ttf", ".otf", ".eot", ".swf",
    ".png", ".jpg", ".jpeg", ".gif", ".ico", ".svg", ".webp", ".cur", ".mp3", ".wav", ".m4a", ".mp4", ".avi", ".mov",
    ".wmv", ".flv", ".csv", ".json", ".jsonl", ".sarif", ".graphml", ".gexf", ".dot", ".toml", ".yaml", ".yml", ".ini",
    ".cfg", ".db", ".sqlite", ".plib", ".tmp", ".py", ".pyc", ".bat", ".cmd", ".sh", ".ps1", ".exe", ".dll", ".msi",
    ".lnk", ".url",
)  # fmt: skip


def is_candidate(name: str) -> bool:
    """Whether a file of this name may be a document at all: no hidden file, lock of Word, or library."""
    lowered = name.lower()
    return not (name.startswith((".", "~$")) or lowered in _NOT_DOCUMENTS or lowered.endswith(_LIBRARIES))


def is_document(name: str) -> bool:
    """Whether a candidate's suffix is that of a document, or of nothing known."""
    return is_candidate(name) and not name.lower().endswith(_OTHER_SUFFIXES)


def unused(name: str, taken: set[str]) -> str:
    """The name, numbered (通知.docx#2) where it is taken; from then on it is."""
    free, count = name, 1
    while free in taken:
        count += 1
        free = f"{name}#{count}"
    taken.add(free)
    return free
