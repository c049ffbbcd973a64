"""What nobody means to ask: half characters, zeros, names as long as a page, numbers that are none. Each has an answer,
or an error that is ours."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from policylib import check_draft
from policylib.errors import LibraryError, PolicyNotFound, QueryError
from policylib.library import Failure, Library
from tests.yunze import AWARD

ODD = {"half a character": "\ud800", "a byte of a name": "\udc80", "a zero": "a\0b", "a long name": "长" * 5000}
BELOW = {f"{name}, and below": f"{text}/通知.docx" for name, text in ODD.items()}
NO_TEXT = [*list(ODD.values())[:2], *list(BELOW.values())[:2]]
ask = pytest.mark.parametrize("text", [*ODD.values(), *BELOW.values()], ids=[*ODD, *BELOW])


@ask
def test_no_work_has_such_a_name(office: Library, text: str) -> None:
    for named in (office.get, office.links, office.status):
        with pytest.raises(PolicyNotFound) as told:
            named(text)  # type: ignore[operator]
        str(told.value).encode()
        assert len(str(told.value)) < 200


@ask
def test_no_library_stands_there(text: str, tmp_path: Path) -> None:
    with pytest.raises(LibraryError):
        Library.open(tmp_path / text)
    with pytest.raises(LibraryError):
        Library.create(tmp_path / text / "policies.plib")
    if text != "\udc80":  # which can be the name of a file on Linux
        with pytest.raises(LibraryError):
            Library.create(tmp_path / text)


@ask
def test_a_file_that_cannot_be_is_a_row_of_what_failed(office: Library, text: str) -> None:
    (failed,) = office.add([text]).failed
    assert failed.code == "MISSING"
    failed.path.encode()
    assert office.remove(text).unknown == (text,)
    (part,) = office.peek(text)
    assert isinstance(part, Failure)
    assert len(check_draft(office, text).unread) == 1


@pytest.mark.parametrize("text", NO_TEXT, ids=ascii)
def test_what_is_no_text_is_not_searched_for(office: Library, text: str) -> None:
    asks: list[Callable[[], object]] = [
        lambda: office.text(text), lambda: office.analysis(text), lambda: office.works(doc_type=text),
        lambda: office.search(f"title:{text}"), lambda: office.search(f"number:{text}"),
    ]  # fmt: skip
    for one in asks:
        with pytest.raises(QueryError, match="不成字的编码"):
            one()


@pytest.mark.parametrize("wait", [-1, math.nan, math.inf, 1e9, "2", None], ids=repr)
def test_a_wait_that_is_no_time(office: Library, tmp_path: Path, wait: Any) -> None:
    with pytest.raises(QueryError, match="wait 是等待的秒数"):
        Library.open(office.path, wait=wait)
    with pytest.raises(QueryError, match="wait 是等待的秒数"):
        Library.create(tmp_path / "另一个.plib", wait=wait)
    assert not (tmp_path / "另一个.plib").exists()


@pytest.mark.parametrize("workers", ["2", 1.5, None, -1], ids=repr)
def test_workers_are_counted(office: Library, papers: Path, workers: Any) -> None:
    with pytest.raises(QueryError, match="workers 应为"):
        office.add(papers, workers=workers)


def test_limits_are_limits(office: Library, papers: Path) -> None:
    nothing: Any = None
    with pytest.raises(QueryError, match="limits 应是"):
        office.add(papers, limits=nothing)
    with pytest.raises(QueryError, match="limits 应是"):
        office.peek(papers, limits=nothing)


@pytest.mark.parametrize("page", [{"limit": "2"}, {"limit": 1.5}, {"offset": None}, {"offset": -1}], ids=repr)
def test_a_page_of_hits_is_counted(office: Library, page: dict[str, Any]) -> None:
    with pytest.raises(QueryError, match="limit 和 offset 不能是负数，要写整数"):
        office.search("办法", **page)


def test_years_have_the_figures_of_papers(office: Library) -> None:
    assert (
        [work.key for work in office.works(year="２０１９")]
        == [work.key for work in office.works(year=2019)]
        == [AWARD]
    )
    for year in ("٢٠١٩", "२०१९", "２０１９..٢٠٢٠"):
        with pytest.raises(QueryError, match="年份应写作"):
            office.works(year=year)
