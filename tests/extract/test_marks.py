"""A marked paper is read as it was before it was marked."""

from __future__ import annotations

from typing import Any

import pytest

from policylib import analyse_text
from policylib.model import Analysis

MARK = (
    "【效力标注】本文件已废止：据《岚州市人民政府关于废止部分文件的决定》（岚政发〔2018〕28号），"
    "自2018年11月23日起废止。"
)
PAPER = """\
岚州市科学技术局关于印发《岚州市科技奖励办法》的通知
岚科字〔2016〕12号

各有关单位：
根据《东岭省科技奖励规定》（东政发〔2015〕3号），制定《岚州市科技奖励办法》，现印发给你们。

岚州市科学技术局
2016年6月10日
"""


def said(analysis: Analysis) -> dict[str, Any]:
    """All that an analysis says, without where it stands."""

    def bare(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: bare(one) for key, one in value.items() if "start" not in key and "end" not in key}
        return [bare(one) for one in value] if isinstance(value, list) else value

    whole: dict[str, Any] = bare(analysis.to_dict())
    return {key: value for key, value in whole.items() if key not in ("source", "marks")}


@pytest.mark.parametrize(
    ("marked", "says"),
    [
        pytest.param(f"{MARK}\n\n{PAPER}", "废止", id="our mark above"),
        pytest.param(f"{PAPER}\n{MARK}\n", "废止", id="our mark as a foot"),
        pytest.param(f"该文件已被《岚州市某决定》（岚政发〔2018〕28号）废止。\n{PAPER}", "废止", id="a site's banner"),
        pytest.param(f"【已失效】\n{PAPER}", "失效", id="a site's stamp"),
        pytest.param(PAPER.replace("》的通知", "》的通知（已废止）"), "废止", id="behind the title"),
        pytest.param(f"【失效】{PAPER}", "失效", id="before the title"),
    ],
)
def test_a_marked_paper_says_what_it_said(marked: str, says: str) -> None:
    analysis = analyse_text(marked)
    assert said(analysis) == said(analyse_text(PAPER))
    assert [mark.value for mark in analysis.marks] == [says]


def test_a_mark_stands_where_it_says() -> None:
    text = f"{MARK}\n\n{PAPER}"
    (mark,) = analyse_text(text).marks
    assert mark.span.of(text) == MARK


def test_the_repealing_number_in_a_mark_is_no_mention() -> None:
    """Else our own words would corroborate a number that was repaired."""
    assert [one.raw for one in analyse_text(f"{MARK}\n{PAPER}").numbers] == [
        one.raw for one in analyse_text(PAPER).numbers
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "本文件已废止。",
        "该文件已被岚政发〔2018〕28号废止。",
        f"网站应当在页面上方写明“{MARK}”",
        "《岚州市科技奖励办法》（岚科字〔2010〕2号）（已废止）",
    ],
)
def test_a_sentence_of_the_text_is_no_mark(sentence: str) -> None:
    text = PAPER.replace("现印发给你们。", f"现印发给你们。\n请认真执行。\n有关事项通知如下。\n{sentence}")
    assert analyse_text(text).marks == ()


def test_a_list_of_repealed_papers_is_not_repealed_itself() -> None:
    listing = (
        "废止的规范性文件目录\n1.岚州市科学技术局关于科技奖励的通知（已废止）\n2.岚州市财政局关于资金的通知（废止）"
    )
    assert analyse_text(listing).marks == ()


def test_a_page_that_cites_a_title_with_a_mark() -> None:
    assert analyse_text("《关于科技奖励的通知（已废止）》解读\n一、背景。").marks == ()


def test_a_mark_is_not_read_back_out_of_json_differently() -> None:
    analysis = analyse_text(f"{MARK}\n{PAPER}")
    assert Analysis.from_dict(analysis.to_dict()) == analysis
