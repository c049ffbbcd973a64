"""The measure of the readers sees what a person would see: lost lines, mixed columns; and not where a line breaks."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from policylib.model import Document, Source
from policylib.readers.layout import Line, compose
from tests.readers.page_truth import page_truth
from tests.readers.truth import Agreement, agreement, bare, compare, gaps

SOURCE = Source("岚州.txt", "0" * 64, "text/plain", "txt")
CHARACTERS = "各区县人民政府和市有关部门应当按照本办法规定的职责做好科技创新资金管理监督检查工作依法公开结果"


def paper(lines: int, seed: int = 0) -> list[str]:
    """Invented lines of twenty characters, none like another."""
    chance = random.Random(seed)
    return ["".join(chance.choices(CHARACTERS, k=20)) for _ in range(lines)]


def read_as(*lines: Line | str) -> Document:
    return compose([Line("paragraph", line) if isinstance(line, str) else line for line in lines], SOURCE)


def test_the_same_text_is_perfect_wherever_its_lines_break() -> None:
    text = "".join(paper(60))
    broken = [text[start : start + 33] for start in range(0, len(text), 33)]
    assert agreement("\n　　".join(paper(60)), read_as(*broken)) == Agreement(1.0, 1.0)


def test_a_lost_line_costs_recall_and_is_shown() -> None:
    lines = paper(50)
    found = agreement("\n".join(lines), read_as(*lines[:20], *lines[21:]))
    assert found.recall == 1 - 20 / 1000
    assert found.precision == 1
    (difference,) = found.differences
    assert sorted(difference.expected) == sorted(lines[20])
    assert difference.got == ""


def test_a_line_read_twice_costs_precision() -> None:
    lines = paper(50)
    found = agreement("\n".join(lines), read_as(*lines[:21], *lines[20:]))
    assert found.recall == 1
    assert found.precision == 1 - 20 / 1020


def test_two_columns_read_across_score_low() -> None:
    left, right = paper(40, seed=1), paper(40, seed=2)
    across = [line for pair in zip(left, right, strict=True) for line in pair]
    found = agreement("\n".join([*left, *right]), read_as(*across))
    assert found.lower < 0.7


def test_a_line_in_the_wrong_place_is_seen() -> None:
    lines = paper(50)
    found = agreement("\n".join(lines), read_as(*lines[1:30], lines[0], *lines[30:]))
    assert found.recall < 0.985
    assert found.precision < 0.985


def test_metadata_may_stand_anywhere_and_need_not_be_in_the_true_text() -> None:
    lines = paper(30)
    block = ["索引号：LZ/2021-00017", "发文机关：岚州市科学技术局"]
    metadata = [Line("metadata", text) for text in block]
    assert agreement("\n".join(lines), read_as(*metadata, *lines)) == Agreement(1.0, 1.0)
    assert agreement("\n".join([*lines, *reversed(block)]), read_as(*metadata, *lines)) == Agreement(1.0, 1.0)


def test_labels_printed_without_a_colon_are_the_same_metadata() -> None:
    lines = paper(30)
    found = agreement(
        "\n".join(["索引号", "LZ/2021-00017", *lines]), read_as(Line("metadata", "索引号：LZ/2021-00017"), *lines)
    )
    assert found.lower == 1


def test_running_heads_and_navigation_cost_nothing() -> None:
    lines = paper(30)
    beside = [Line("header", "岚州市人民政府公报"), Line("furniture", "【政策解读】一图读懂")]
    assert agreement("\n".join(lines), read_as(*lines, *beside)) == Agreement(1.0, 1.0)


def test_text_that_was_taken_for_a_running_head_once_is_not_lost_but_twice_is() -> None:
    lines = paper(30)
    head = Line("header", "岚州市人民政府公报")
    assert agreement("\n".join(["岚州市人民政府公报", *lines]), read_as(*lines, head)).recall == 1
    assert agreement("\n".join(["岚州市人民政府公报", *lines, "岚州市人民政府公报"]), read_as(*lines, head)).recall < 1


def test_a_title_that_the_page_shows_above_the_text_is_permitted() -> None:
    lines, title = paper(30), "关于印发岚州市科技创新资金管理办法的通知"
    assert agreement("\n".join(lines), read_as(Line("heading", title), *lines), [title]) == Agreement(1.0, 1.0)


def test_a_merged_cell_may_be_repeated_in_the_rows_that_it_covers() -> None:
    rows = [(str(number), "岚州市科学技术局" if number < 5 else "岚州市财政局", f"第{number}项") for number in range(9)]
    once = "".join(
        cell
        for above, row in zip([("", "", ""), *rows], rows, strict=False)
        for cell, other in zip(row, above, strict=True)
        if cell != other
    )
    assert agreement(once, read_as(*[Line("row", cells=row) for row in rows])) == Agreement(1.0, 1.0)


def test_a_wrong_character_costs_one_of_each() -> None:
    text = "".join(paper(50))
    found = compare(text, text.replace(text[500:505], "〓" + text[501:505], 1))
    assert (found.recall, found.precision) == (1 - 1 / 1000, 1 - 1 / 1000)


def test_nothing_of_the_text_is_zero() -> None:
    found = compare("".join(paper(50)), "〓" * 900)
    assert (found.recall, found.precision) == (0, 0)


def test_white_space_and_what_nobody_sees_are_left_out() -> None:
    assert bare("岚政发\u200b〔2019〕\u00a03　号\n") == "岚政发〔2019〕3号"


@given(st.text("甲乙丙丁", max_size=80), st.text("甲乙丙丁", max_size=80))
def test_outside_the_gaps_both_texts_are_the_same(one: str, other: str) -> None:
    kept = [one, other]
    for start, end, begin, stop in reversed(list(gaps(one, other))):
        assert start < end or begin < stop
        kept = [kept[0][:start] + kept[0][end:], kept[1][:begin] + kept[1][stop:]]
    assert kept[0] == kept[1]


@given(st.lists(st.integers(0, 59), min_size=30, max_size=60))
def test_long_texts_align_in_order_too(order: list[int]) -> None:
    lines = paper(60)
    one, other = "".join(lines), "".join(lines[index] for index in order)
    pieces = list(gaps(one, other))
    shared = len(one) - sum(end - start for start, end, _, _ in pieces)
    assert shared == len(other) - sum(stop - begin for _, _, begin, stop in pieces)
    assert shared >= 20


PAGE = """<html><head><title>岚州市科学技术局</title></head><body><div>首页 政务公开</div><div id="zoomcon">
<p>关于废止部分文件<br>的通知</p><p style="display: none">内部</p><script>var a = "脚本";</script>
<pre>第一条
第二条</pre>
<table><tr><th>序号</th><th colspan="2">文件</th></tr><tr><td>1</td><td rowspan="2">办法</td><td>废止</td></tr>
<tr><td>2</td><td>失效</td></tr></table><table><tr><td><p>岚州市科学技术局</p><p>2021年3月1日</p></td></tr></table>
</div></body></html>"""


def test_the_truth_of_a_page_is_its_body_as_a_browser_shows_it() -> None:
    truth = page_truth(PAGE)
    assert bare(truth.text) == ("关于废止部分文件的通知第一条第二条序号文件1办法废止2失效岚州市科学技术局2021年3月1日")
    assert truth.paragraphs == ("关于废止部分文件", "的通知", "第一条", "第二条", "岚州市科学技术局", "2021年3月1日")


def test_a_true_row_has_its_merged_cells_repeated_or_once() -> None:
    assert page_truth(PAGE).rows == (
        (("序号", "文件"), ("序号", "文件")),
        (("1", "办法", "废止"), ("1", "办法", "废止")),
        (("2", "办法", "失效"), ("2", "", "失效")),
    )


def test_the_whole_page_has_its_navigation_and_title_too() -> None:
    whole = page_truth(PAGE, whole=True).text
    assert "政务公开" in whole
    assert "岚州市科学技术局" in whole
