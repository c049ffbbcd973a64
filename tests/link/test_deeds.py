"""More of what a careful clerk would say of papers after one sentence, by what the sentence is about."""

from __future__ import annotations

import pytest

from tests.link.deeds import faults, shelf_after

YEARS = [
    ("", "2014年发布的《岚州市人才办法》同时废止。", "A=F"),
    ("", "2016年发布的《岚州市人才办法》同时废止。", "A=R"),
    ("", "2014年8月22日印发的《岚州市人才办法》停止执行。", "A=F"),
    ("", "废止市科技局2014年印发的《岚州市人才办法》。", "A=F"),
    ("", "市科技局于2016年印发的《岚州市人才办法》停止执行。", "A=R"),
    ("", "《岚州市人才办法》（2014年5月1日发布）同时废止。", "A=F"),
    ("", "《岚州市人才办法》（2014年版）同时废止。", "A=F"),
    ("", "2014年发布的《岚州市人才办法》（岚科发〔2016〕31号）同时废止。", "A=R"),
    ("", "岚科发〔2016〕31号、〔2017〕12号、15号同时废止。", "A=R B=R"),
    ("", "岚科发〔2015〕7号、〔2016〕12号、31号同时废止。", "A=R B=F"),
]
"""A namesake of another year is not meant; a number is."""

ROWS = [*YEARS]


@pytest.mark.parametrize(("title", "body", "wanted"), ROWS)
def test_deed(title: str, body: str, wanted: str) -> None:
    assert not faults(title, body, wanted)


def test_a_year_that_no_namesake_has_is_told() -> None:
    shelf = shelf_after("", "2014年发布的《岚州市人才办法》同时废止。")
    assert [one.reason for one in shelf.unresolved] == ["引文写的是2014年发布的，同名文件不是那一年的"]
