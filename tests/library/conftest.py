"""An office in an invented city, 云泽市: a few papers as text files, and a library beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from policylib.library import Library

PAPERS = {
    "政务公开办法.txt": """\
云泽市人民政府办公室关于印发《云泽市政务公开办法》的通知
云政办发〔2021〕5号

各区县人民政府，市政府各部门：
《云泽市政务公开办法》已经市政府同意，现印发给你们，请认真贯彻执行。

云泽市人民政府办公室
2021年3月4日

云泽市政务公开办法
第一条 为了推进政务公开，保障群众知情权，制定本办法。
第二条 本办法自2021年4月1日起施行，有效期5年。
""",
    "政务公开办法解读.txt": """\
《云泽市政务公开办法》解读
云泽市人民政府办公室印发了《云泽市政务公开办法》（云政办发〔2021〕5号），现解读如下。
一、背景依据。为了让群众看得懂、用得上。
""",
    "科技奖励办法.txt": """\
云泽市科学技术局关于印发《云泽市科技奖励办法》的通知
云科字〔2019〕12号

各有关单位：
现将《云泽市科技奖励办法》印发给你们。

云泽市科学技术局
2019年6月10日
""",
    "清理结果.txt": """\
云泽市科学技术局关于废止部分规范性文件的决定
云科字〔2022〕3号

决定废止《云泽市科技奖励办法》（云科字〔201912号）。本决定自印发之日起施行。

云泽市科学技术局
2022年1月20日
""",
}


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder of four papers: a policy, its interpretation, an older policy, and the decision that repeals it."""
    folder = tmp_path / "文件"
    folder.mkdir()
    for name, text in PAPERS.items():
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
