"""The library of the story of corpus/, for the tests that ask it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from policylib import Library
from tests.regold import CORPUS


@pytest.fixture(scope="session")
def story_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The corpus, with the tables and the list of the story. Whoever asks it changes nothing."""
    folder = tmp_path_factory.mktemp("岚州")
    for part in ("documents", "tables"):
        shutil.copytree(CORPUS / part, folder / part)
    (folder / "policylib.toml").write_text('jurisdiction = "东岭省/岚州市"\n', encoding="utf-8")
    with Library.create(folder) as made:
        made.add(folder / "documents")
        report = made.read_list(CORPUS / "lists" / "jiedu-shenqian.csv", "科技局")
        assert report.faults == ()
        yield made
