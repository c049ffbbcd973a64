"""What `add` and `remove` did to a library."""

from __future__ import annotations

from dataclasses import dataclass

from policylib.library.reading import Failure
from policylib.library.store import FileProblem


@dataclass(frozen=True, slots=True)
class Moved:
    """A document that was known, at a path that was not. `copy`: it still stands at the former path too, or is a second
    file with the same bytes in one run."""

    former: str
    path: str
    copy: bool


@dataclass(frozen=True, slots=True)
class AddReport:
    """What `add` did, each list in the order of paths. A file is in one of them: `added` (new), `updated` (its bytes
    changed, or it came back), `unchanged`, `moved` (its bytes were known at another path), a failure, `skipped`,
    `own_tables` or `own_copies`. `vanished`: files that stood there and are gone. `skipped`: files in added folders
    that are no documents; `own_tables`: tables that policylib wrote, whether they were filled in or not, whoever named
    them; `own_copies`: marked copies that policylib wrote, which are no pages of a site.
    `still_failed`: files of added folders that could not be read before either, for the same cause; `failed` are all
    others.

    Documents in an archive or a mail are named 包.zip/通知.docx.
    """

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    moved: tuple[Moved, ...] = ()
    vanished: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
    still_failed: tuple[Failure, ...] = ()
    problems: tuple[FileProblem, ...] = ()
    skipped: tuple[str, ...] = ()
    own_tables: tuple[str, ...] = ()
    own_copies: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        return bool(self.added or self.updated or self.moved or self.vanished)


@dataclass(frozen=True, slots=True)
class RemoveReport:
    """The paths that the library forgot, and those it never knew."""

    removed: tuple[str, ...]
    unknown: tuple[str, ...]
