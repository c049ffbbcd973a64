"""Marks beside the text of a page are kept as running heads, whoever put them there."""

from __future__ import annotations

import pytest

from policylib.readers import read_bytes
from policylib.readers.marks import without_marks, without_stamps
from policylib.readers.page_lines import TextLine

MARK = "【效力标注】本文件已废止：据岚政发〔2018〕28号，自2018年11月23日起废止。"
BODY = (
    "<div><p>岚州市科学技术局关于科技奖励的通知</p>"
    "<p>请认真执行，抓好落实。各单位要加强领导，明确责任，完善措施。有关情况，及时报告。</p></div>"
)


def line(text: str) -> TextLine:
    return TextLine(text, 0, 0, 100, 12, 12, 1)


def heads(page: str) -> list[str]:
    document = read_bytes(page.encode(), "甲.html")
    return [block.span.of(document.text) for block in document.blocks if block.kind == "header"]


def test_a_stamp_of_several_lines_is_one_mark() -> None:
    printed = [line("甲"), line(MARK[:30]), line(MARK[30:]), line("乙")]
    kept, marks = without_marks(printed)
    assert [one.text for one in kept] == ["甲", "乙"]
    assert marks == [MARK]


@pytest.mark.parametrize("words", ["【效力标注】的写法见附件。", "【效力标注】本文件已废止：据某"])
def test_lines_that_only_begin_like_a_mark_stay(words: str) -> None:
    printed = [line("甲"), line(words), line("乙")]
    assert without_marks(printed) == (printed, [])


def test_a_recognised_stamp_is_no_text() -> None:
    """Recognition takes marks for one another, and the stamp was drawn on the page that it read."""
    seen = [
        line("[效力标注]本文件已废止:据岚政发[2018]28号,"),
        line("自2018年11月23日起废止"),
        line("岚科字〔2016〕12号"),
        line("号"),
    ]
    assert [one.text for one in without_stamps(seen, [MARK])] == ["岚科字〔2016〕12号", "号"]


def test_a_banner_above_the_text_of_a_page() -> None:
    banner = "该文件已被岚政发〔2018〕28号废止。"
    assert heads(f"<html><body><div>{banner}</div><div>首页</div>{BODY}</body></html>") == [banner]


@pytest.mark.parametrize(
    "choices",
    [
        "<label><input type='radio'>有效</label><label><input type='radio'>已失效</label>",
        "<a href='/feizhi'>已废止</a> <a href='/youxiao'>现行有效</a>",
        "<p>本站文件有效性以原件为准，已废止的不再作为依据</p>",
    ],
)
def test_choices_and_links_of_the_template_are_no_banner(choices: str) -> None:
    assert heads(f"<html><body><div>{choices}</div>{BODY}</body></html>") == []


def test_an_element_that_only_calls_itself_a_mark_stays_text() -> None:
    page = '<div data-policylib="mark">岚州市科学技术局</div><p>请认真执行，抓好落实。</p>'
    assert read_bytes(page.encode(), "甲.html").text == "岚州市科学技术局\n请认真执行，抓好落实。"


def test_text_behind_a_banner_stays() -> None:
    page = f'<p>甲<span data-policylib="mark">{MARK}</span>乙，丙。</p>'
    document = read_bytes(page.encode(), "甲.html")
    assert document.text == f"{MARK}\n甲乙，丙。"
