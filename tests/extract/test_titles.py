"""Titles: what stands inside 《》 by depth, and what a title says of itself (domain.md §3.1)."""

from __future__ import annotations

import pytest

from policylib.extract import analyse_text
from policylib.extract.titles import (
    doc_type_of,
    find_titles,
    forwards,
    instruments,
    is_no_title,
    names_nothing,
    parse_title,
    without_trial,
    without_version,
)

INSIDE = {
    "one": ("根据《岚州市人才办法》制定", ["岚州市人才办法"]),
    "two": ("《甲办法》、《乙办法》", ["甲办法", "乙办法"]),
    "nested by the book": ("《关于印发〈岚州市人才办法〉的通知》", ["关于印发〈岚州市人才办法〉的通知"]),
    "nested in the same marks": ("《关于印发《岚州市人才办法》的通知》", ["关于印发《岚州市人才办法》的通知"]),
    "nested with angles": ("《关于印发<岚州市人才办法>的通知》", ["关于印发<岚州市人才办法>的通知"]),
    "nested, full-width": ("《关于印发＜岚州市人才办法＞的通知》", ["关于印发＜岚州市人才办法＞的通知"]),
    "three levels": (
        "《关于转发〈省厅关于转发《部关于做好某事的通知》的通知〉的通知》",
        ["关于转发〈省厅关于转发《部关于做好某事的通知》的通知〉的通知"],
    ),
    "broken over a line": ("《岚州市\n人才办法》", ["岚州市\n人才办法"]),
    "never closed, sentence ends": ("依据《岚州市人才办法。另行通知", ["岚州市人才办法"]),
    "never closed, text ends": ("依据《岚州市人才办法", ["岚州市人才办法"]),
    "inner never closed": ("《关于印发《岚州市人才办法的通知》，现", ["关于印发《岚州市人才办法的通知"]),
    "closed only": ("岚州市人才办法》", []),
    "angles only": ("〈岚州市人才办法〉", []),
    "none": ("岚州市人才办法", []),
}


@pytest.mark.parametrize("case", INSIDE)
def test_inside(case: str) -> None:
    text, wanted = INSIDE[case]
    titles = find_titles(text)
    assert [title.inner.of(text) for title in titles] == wanted
    for title in titles:
        assert text[title.outer.start] == "《"
        assert title.closed == (text[title.outer.end - 1] == "》" and "never" not in case)


def test_two_line_breaks_end_a_title() -> None:
    text = "《岚州市人才办法\n第一条\n第二条》"
    [title] = find_titles(text)
    assert not title.closed
    assert "第二条" not in title.inner.of(text)


def test_only_the_given_stretch_is_read() -> None:
    text = "《甲办法》《乙办法》《丙办法》"
    assert [title.inner.of(text) for title in find_titles(text, 5, 10)] == ["乙办法"]


# issuers, verb, objects, 文种
PARTS = {
    "bare": ("关于印发2017年政务公开工作方案的通知", "", "印发", ("2017年政务公开工作方案",), "通知"),
    "issuer, no marks": (
        "岚州市人民政府关于印发岚州市人才公寓暂行办法的通知",
        "岚州市人民政府", "印发", ("岚州市人才公寓暂行办法",), "通知"),
    "issuer, marks": (
        "岚州市科学技术局关于印发《岚州市人才办法（试行）》的通知",
        "岚州市科学技术局", "印发", ("岚州市人才办法（试行）",), "通知"),
    "angles": ("岚州市科技局关于印发＜岚州市人才办法＞的通知", "岚州市科技局", "印发", ("岚州市人才办法",), "通知"),
    "two instruments": (
        "岚州市财政局关于印发《甲管理办法》《乙管理办法》的通知",
        "岚州市财政局", "印发", ("甲管理办法", "乙管理办法"), "通知"),
    "published": ("岚州市人民政府关于公布《岚州市目录》的公告", "岚州市人民政府", "公布", ("岚州市目录",), "公告"),
    "forwarded, no marks": (
        "岚州市科技局转发东岭省人民政府关于加强基础研究的意见的通知",
        "岚州市科技局", "转发", ("东岭省人民政府关于加强基础研究的意见",), "通知"),
    "forwarded notice": (
        "岚州市人民政府办公室转发东岭省人民政府办公厅关于加强土壤防治工作的通知",
        "岚州市人民政府办公室", "转发", ("东岭省人民政府办公厅关于加强土壤防治工作的通知",), "通知"),
    "forwarded, marks": (
        "岚州市科技局关于转发《省科技厅关于开展活动的通知》的通知",
        "岚州市科技局", "转发", ("省科技厅关于开展活动的通知",), "通知"),
    "forwarded, three levels": (
        "岚州市科协关于转发《省科协关于转发＜中国科协关于开展活动的通知＞的通知》的通知",
        "岚州市科协", "转发", ("省科协关于转发＜中国科协关于开展活动的通知＞的通知",), "通知"),
    "unbalanced": (
        "岚州市科技局关于转发省厅《关于转发“固废”专项申报指南的通知",
        "岚州市科技局", "转发", ("关于转发“固废”专项申报指南",), "通知"),
    "republished": (
        "岚州市环保局关于重新公布《岚州市排污办法》的通知", "岚州市环保局", "公布", ("岚州市排污办法",), "通知"),
    "results are no instrument": (
        "岚州市人民政府关于公布规范性文件清理结果的通知", "岚州市人民政府", "公布", ("规范性文件清理结果",), "通知"),
    "about a subject": ("岚州市人民政府关于加快科技创新的若干意见", "岚州市人民政府", "关于", (), "意见"),
    "a 批复": ("岚州市人民政府关于同意设立园区的批复", "岚州市人民政府", "关于", (), "批复"),
    "an instrument": ("岚州市公共租赁住房管理办法", "", "", (), "办法"),
    "an instrument on trial": ("岚州市科技创新券管理办法（试行）", "", "", (), "办法"),
    "not its verb": ("岚州市司法局关于《关于印发〈X办法〉的通知》的说明", "岚州市司法局", "关于", (), None),
}  # fmt: skip


@pytest.mark.parametrize("case", PARTS)
def test_parts(case: str) -> None:
    title, issuers, verb, objects, doc_type = PARTS[case]
    parts = parse_title(title)
    assert (parts.issuers, parts.verb, parts.doc_type) == (issuers, verb, doc_type)
    assert parts.objects == objects
    carried = verb in ("印发", "公布") and case != "results are no instrument"
    assert instruments(parts) == (objects if carried else ())
    assert forwards(parts) == (verb == "转发")


DOC_TYPES = {
    "岚州市人才办法": "办法",
    "岚州市人才办法（试行）": "办法",
    "岚州市人才办法(2019修订)": "办法",
    "岚州市人才实施细则": "细则",
    "关于某事的复函": "复函",
    "岚州市人民政府令": "令",
    "岚州市科技局工作要点": "要点",
    "岚州市人才公寓申请表": None,
    "岚州市": None,
    "": None,
}


@pytest.mark.parametrize("title", DOC_TYPES)
def test_doc_type(title: str) -> None:
    assert doc_type_of(title) == DOC_TYPES[title]


@pytest.mark.parametrize(
    ("title", "version", "trial"),
    [
        ("岚州市人才办法（2019修订）", "岚州市人才办法", "岚州市人才办法"),
        ("岚州市人才办法(2022)", "岚州市人才办法", "岚州市人才办法"),
        ("岚州市人才办法（第二版）", "岚州市人才办法", "岚州市人才办法"),
        ("岚州市人才办法（试行）", "岚州市人才办法（试行）", "岚州市人才办法"),
        ("岚州市人才办法(暂行)", "岚州市人才办法(暂行)", "岚州市人才办法"),
        ("岚州市人才办法", "岚州市人才办法", "岚州市人才办法"),
        ("岚州市人才办法（征求意见稿）", "岚州市人才办法（征求意见稿）", "岚州市人才办法（征求意见稿）"),
    ],
)
def test_suffixes(title: str, version: str, trial: str) -> None:
    assert without_version(title) == version
    assert without_trial(title) == trial


@pytest.mark.parametrize(
    "text",
    ["岚州增值税电子普通发票 发票代码：0500 发票号码：1223", "案件移送审批表单位公章：　　审批号：岚环〔20　〕号",
     "2* NO!\"#$%&'()*+,$-./012", "x", "2017",
     "Award dataAll files are tables.## fields.csv"],
    ids=["an invoice", "a form", "a font without characters", "a letter", "a figure", "a note in Markdown"],
)  # fmt: skip
def test_what_names_nothing_is_no_title(text: str) -> None:
    assert is_no_title(text)
    assert analyse_text(f"{text}\n以下为正文内容，请各单位对照填写后报送。\n").elements.title is None


@pytest.mark.parametrize(
    "text",
    ["关于开展检查的通知", "岚州市人民政府公报", "一图读懂：岚州市科技奖励办法", "让数据多跑路：问：怎样办理的通知",
     "Measures for Science Awards"],
)  # fmt: skip
def test_what_is_unlike_a_paper_may_still_have_a_title(text: str) -> None:
    assert not is_no_title(text)


@pytest.mark.parametrize("text", ["废止", "公告", "岚府规", "??办法", "岚州市\ufffd\ufffd办法", "锟斤拷办法", "□□规定"])
def test_a_lone_word_or_what_got_lost_is_no_title(text: str) -> None:
    assert names_nothing(text)
    assert analyse_text(f"{text}\n").elements.title is None


@pytest.mark.parametrize("text", ["刑法", "民法典", "党章", "会议纪要", "废止通知", "岚州市“怎么办？”办法"])
def test_a_short_name_may_be_one(text: str) -> None:
    assert not names_nothing(text)


QUOTED = {
    "岚州市水利局关于发布“液位板（带传感器）”归类决定的公告": ("“液位板（带传感器）”归类决定",),
    "岚州市水利局转发东岭省水利厅“关于举办第五届节水大赛的通知”的通知": ("东岭省水利厅关于举办第五届节水大赛的通知",),
    "岚州市水利局转发东岭省水利厅关于举办第五届“节水大赛”的通知": ("东岭省水利厅关于举办第五届“节水大赛”的通知",),
    "岚州市水利局关于印发“节水方案”的通知": ("节水方案",),
}


@pytest.mark.parametrize("title", QUOTED)
def test_quotation_marks_within_a_name_stay(title: str) -> None:
    assert parse_title(title).objects == QUOTED[title]
