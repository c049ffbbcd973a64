"""The names of the parts of a code in Markdown."""

from __future__ import annotations

from policylib.extract import analyse_text


def test_the_mark_of_a_heading_is_no_part_of_a_title() -> None:
    text = (
        "# 岚州市城乡管理条例\n\n# 绿化编\n\n"
        "2020年5月28日 岚州市第七届人民代表大会第三次会议通过\n\n"
        "第一条 为了管好城乡，制定本条例。\n"
    )
    title = analyse_text(text).elements.title
    assert title is not None
    assert title.value == "岚州市城乡管理条例绿化编"
