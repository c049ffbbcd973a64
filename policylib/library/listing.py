"""The files that `add` means: named ones, and what stands in folders and may be a document."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from policylib.errors import InputError
from policylib.marks import FOLDER
from policylib.readers.names import is_candidate, is_document

OVERLAY = "tables"
_PAGES = (".html", ".htm")
_OWN_PAGE = b'<meta name="generator" content="policylib">'
_PAGE_HEAD = 1024


@dataclass(slots=True)
class Listing:
    """What was found under some paths. `skipped`: files in folders that are no documents by their names."""

    home: Path
    named: frozenset[Path]
    files: list[Path] = field(default_factory=list)
    skipped: list[Path] = field(default_factory=list)
    missing: list[Path] = field(default_factory=list)
    errors: list[OSError] = field(default_factory=list)


def list_files(paths: Iterable[Path], home: Path) -> Listing:
    """The files at absolute `paths`, each once; folders in sorted order, without hidden ones and the library's own.

    Nor that of marked copies, unless it is named itself: a copy is no sign that the original on the site was marked.
    """
    given = list(paths)
    listing = Listing(home, frozenset(given))
    found: dict[Path, None] = {}
    for path in given:
        if is_folder(path):
            found.update(dict.fromkeys(_walk(path, listing)))
        elif os.path.lexists(path):
            found[path] = None
        else:
            listing.missing.append(path)
    listing.files = list(found)
    return listing


def _walk(top: Path, listing: Listing) -> Iterator[Path]:
    for folder, folders, files in os.walk(top, onerror=listing.errors.append):
        place = Path(folder)
        folders[:] = sorted(name for name in folders if name[0] != "." and not _is_passed(place / name, listing.home))
        for name in sorted(files):
            if is_document(name):
                yield place / name
            elif is_candidate(name):
                listing.skipped.append(place / name)


def _is_passed(folder: Path, home: Path) -> bool:
    """Whether a folder is none of papers: that of marked copies, or the tables of the library, whatever their case is
    where names have none."""
    if folder.name == FOLDER:
        return True
    tables = home / OVERLAY
    return folder.name.lower() == OVERLAY and tables.is_dir() and folder.samefile(tables)


def absolute(path: str | Path) -> Path:
    """The path from the root, its folder without symbolic links; a linked file keeps its own name.

    Raises InputError for an empty one, which Python takes for the present folder.
    """
    if path == "":
        raise InputError("路径是空的", "请写明文件或文件夹；要用当前文件夹，请写一个点（.）")
    given = Path(path)
    try:
        return given.resolve() if is_folder(given) else given.parent.resolve() / given.name
    except ValueError:  # a zero or half a character in it: nothing stands there
        return Path(os.path.abspath(given))  # noqa: PTH100


def is_folder(path: Path) -> bool:
    """Whether a folder stands there; unlike Path.is_dir, it takes a title of any length."""
    return os.path.isdir(path)  # noqa: PTH112


def meant(path: str | Path, home: Path) -> tuple[Path, ...]:
    """What a path of files in the library may mean: 文件/通知.docx, as the library calls it, is in the library's folder
    `home`; and a path is from here. One that begins with a dot is from here only."""
    here = absolute(path)
    if Path(path).is_absolute() or str(path).startswith("."):
        return (here,)
    return tuple(dict.fromkeys((absolute(home / path), here)))


def stored_path(path: Path, home: Path) -> str:
    """How the library calls an absolute path: relative to its own folder where it is inside, so that both can move
    together."""
    return path.relative_to(home).as_posix() if path.is_relative_to(home) else path.as_posix()


def is_own_page(path: Path) -> bool:
    """Whether it is a page that policylib wrote: a graph of documents is none."""
    if path.suffix.lower() not in _PAGES or not path.is_file():
        return False
    with path.open("rb") as file:
        return _OWN_PAGE in file.read(_PAGE_HEAD)


def is_gone(path: Path) -> bool:
    """Whether nothing stands at `path`; False where that cannot be told (no permission)."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return True
    except OSError:
        return False
    return False


Progress = Callable[[int, int, str], None]
"""Told how many files are done, of how many, and which is next."""
