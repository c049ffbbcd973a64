"""How many documents a cleanup result says that it deals with, in the body and over its lists: domain.md §7.3."""

from __future__ import annotations

import pytest

from policylib import analyse_text

PAPER = """岚州市人民政府关于公布规范性文件清理结果的通知
岚政发〔2022〕16号
各单位：
{}
岚州市人民政府
2022年6月20日
"""

SAID = {
    "before the outcome": ("52件继续有效，100件宣布失效。", [("retains", 52, 0), ("lapses", 100, 0)]),
    "after the outcome": ("决定废止10件规范性文件，继续有效491件。", [("repeals", 10, 0), ("retains", 491, 0)]),
    "with its annex in brackets": (
        "废止10件（见附件1），继续有效9件（见附件2）。",
        [("repeals", 10, 0), ("retains", 9, 0)],
    ),
    "in characters": (
        "保留十二件，废止三件，需修改一百零五件。",
        [("retains", 12, 0), ("repeals", 3, 0), ("amends", 105, 0)],
    ),
    "some in no list": ("决定对489件文件宣布失效（其中107件因涉密另行通知）。", [("lapses", 489, 107)]),
    "in brackets behind the outcome": ("决定对下列文件予以废止（共7件）。", [("repeals", 7, 0)]),
    "of what was looked at": ("市政府对152件规范性文件进行了清理。", []),
    "of two outcomes together": ("废止和宣布失效12件。", []),
    "of a year": ("继续有效的文件，自2022年起执行。", []),
}


@pytest.mark.parametrize("case", SAID)
def test_counts(case: str) -> None:
    words, stated = SAID[case]
    found = analyse_text(PAPER.format(words)).counts
    assert [(one.value.relation, one.value.count, one.value.unlisted) for one in found] == stated


def test_a_count_over_the_list_and_below_its_head() -> None:
    text = (
        PAPER.format("现将清理结果公布。")
        + "附件1\n废止的规范性文件目录（共2件）\n附件2\n继续有效的规范性文件目录\n（共3件）\n"
    )
    found = analyse_text(text).counts
    assert [(one.value.relation, one.value.count, one.span.of(text)) for one in found] == [
        ("repeals", 2, "2件"),
        ("retains", 3, "3件"),
    ]


def test_another_paper_counts_nothing() -> None:
    assert analyse_text("岚州市科学技术局关于检查的通知\n各单位：\n废止证书3件。\n2022年6月20日\n").counts == ()


def test_long_lines_take_linear_time() -> None:
    assert len(analyse_text(PAPER.format("废止1件，" * 20_000)).counts) == 20_000
