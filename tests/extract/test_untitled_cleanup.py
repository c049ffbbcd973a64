"""A cleanup result of which the title is lost: its own words say what it is, and how many papers it decides on."""

from __future__ import annotations

import pytest

from policylib.extract import analyse_text

OPENING = "经市政府第12次常务会议审议通过，现将清理结果集中公布如下："
RESULT = """〔2019〕第7号
为维护法制统一，按照有关要求，我市对2018年12月31日以前发布的规范性文件进行了全面清理。{opening}
一、对需继续执行，且内容合法、可行的规范性文件26件宣布继续有效。
二、对相关职责发生变化或者所依据的法律、法规、上级文件已作修订的规范性文件6件予以修订。
三、对适用期已过或者阶段性工作已完成，实际上不再执行的规范性文件7件宣布失效。
四、对已出台新的文件规定完全涵盖了原文件内容，以及未按时进行修订的规范性文件5件宣布废止。
五、凡未纳入本次公布继续有效目录的规范性文件，一律废止，不再引用和执行。
岚州市人民政府
2019年1月25日
"""


def test_its_opening_says_what_it_is() -> None:
    found = analyse_text(RESULT.format(opening=OPENING))
    assert (found.elements.title, found.role.value, found.role.rule) == (None, "cleanup", "opening.cleanup")
    assert "catch_all" in [one.value for one in found.clauses]


def test_what_stands_behind_the_number_is_decided() -> None:
    counts = analyse_text(RESULT.format(opening=OPENING)).counts
    assert [(one.value.relation, one.value.count) for one in counts] == [
        ("retains", 26),
        ("amends", 6),
        ("lapses", 7),
        ("repeals", 5),
    ]


@pytest.mark.parametrize("opening", ["现将清理工作安排通知如下：", "现将清理结果报告岚州市人大常委会。"])
def test_what_only_asks_for_a_cleanup_or_reports_one_is_none(opening: str) -> None:
    assert analyse_text(RESULT.format(opening=opening)).role.value == "policy"
