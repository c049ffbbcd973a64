"""An office in an invented city, 云泽市: a few papers as text files, and a library beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from policylib.library import Library
from tests.yunze import PAPERS

DAMAGED = PAPERS | {"清理结果.txt": PAPERS["清理结果.txt"].replace("〔2019〕12号）", "〔201912号）")}
"""The decision lost a bracket of the number that it repeals."""


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder of four papers: a policy, its interpretation, an older policy, and the decision that repeals it."""
    folder = tmp_path / "文件"
    folder.mkdir()
    for name, text in DAMAGED.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library in the folder in which the papers stand."""
    with Library.create(tmp_path) as made:
        yield made


@pytest.fixture
def office(library: Library, papers: Path) -> Library:
    """The library with the four papers in it."""
    library.add(papers)
    return library


@pytest.fixture
def holding(tmp_path: Path) -> Iterator[Callable[..., Library]]:
    """Makes a library that holds these texts, each in a file of its own."""
    made: list[Library] = []

    def make(*texts: str) -> Library:
        home = tmp_path / f"库{len(made)}"
        home.mkdir()
        for number, text in enumerate(texts):
            (home / f"{number:03}.txt").write_text(text, encoding="utf-8")
        library = Library.create(home)
        made.append(library)
        library.add(home)
        return library

    yield make
    for library in made:
        library.close()
