"""公文要素 from cover, page and sign-off, and which of them wins (domain.md §1.1)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from policylib.extract import analyse, analyse_text
from policylib.model import Elements, Found, Source, plain_document
from policylib.readers import read_bytes

PAPER = """岚州市科学技术局文件
岚科发〔2020〕8号
岚州市科学技术局关于印发《岚州市人才办法》的通知
各县（市、区）科技局，局属各单位：
现将《岚州市人才办法》印发给你们，请认真贯彻执行。
附件：1.人才目录
岚州市科学技术局
2020年3月4日
（此件公开发布）
岚州市人才办法
第一条　为吸引人才，制定本办法。
第二条　本办法由岚州市科学技术局负责解释。
抄送：市财政局，市人社局。
岚州市科学技术局办公室　　　　2020年3月6日印发
"""


def value(found: Found[Any] | None) -> Any:
    return None if found is None else found.value


def values(found: tuple[Found[str], ...]) -> list[str]:
    return [one.value for one in found]


def elements(text: str) -> Elements:
    return analyse_text(text).elements


def test_a_whole_paper() -> None:
    found = elements(PAPER)
    assert value(found.title) == "岚州市科学技术局关于印发《岚州市人才办法》的通知"
    assert str(value(found.number)) == "岚科发〔2020〕8号"
    assert values(found.issuers) == ["岚州市科学技术局"]
    assert values(found.addressees) == ["各县（市、区）科技局", "局属各单位"]
    assert value(found.doc_type) == "通知"
    assert (value(found.dated), value(found.printed)) == (date(2020, 3, 4), date(2020, 3, 6))
    assert value(found.disclosure) == "主动公开"
    assert values(found.instruments) == ["岚州市人才办法"]
    assert values(found.annexes) == ["人才目录"]
    assert values(found.copied_to) == ["市财政局，市人社局"]
    assert found.published is None
    assert found.registration_number is None


def test_every_element_stands_where_it_says() -> None:
    found = elements(PAPER)
    for one in (found.title, found.registration_number, found.drafter, *found.issuers, *found.addressees):
        assert one is None or one.span.of(PAPER) == one.value
    assert found.number
    assert found.number.span.of(PAPER) == "岚科发〔2020〕8号"
    assert found.dated
    assert found.dated.span.of(PAPER) == "2020年3月4日"


# Titles ---------------------------------------------------------------------------------------------------------

BODY = "\n各单位：\n请认真执行。\n岚州市科技局\n2020年3月4日\n"
COVER = {
    "number under it": ("岚州市科技局关于做好某事的通知\n岚科发〔2020〕8号", "岚州市科技局关于做好某事的通知"),
    "number above it": ("岚科发〔2020〕8号\n岚州市科技局关于做好某事的通知", "岚州市科技局关于做好某事的通知"),
    "broken in the middle": ("岚州市科技局\n关于做好某事的通知\n岚科发〔2020〕8号", "岚州市科技局关于做好某事的通知"),
    "broken inside 《》": (
        "岚州市科技局关于印发《岚州市\n人才办法》的通知\n岚科发〔2020〕8号",
        "岚州市科技局关于印发《岚州市人才办法》的通知"),
    "broken in three": (
        "岚州市科技局\n关于印发《岚州市人才办法》\n的通知\n岚科发〔2020〕8号",
        "岚州市科技局关于印发《岚州市人才办法》的通知"),
    "number behind it": ("岚州市科技局关于做好某事的通知（岚科发〔2020〕8号）", "岚州市科技局关于做好某事的通知"),
    "navigation above": (
        "当前位置：首页 > 信息公开\n关于做好某事的通知\n岚科发〔2020〕8号", "关于做好某事的通知"),
    "clicks below": ("关于做好某事的通知\n2020-3-5 10:40:54点击:\n岚科发〔2020〕8号", "关于做好某事的通知"),
    "masthead above": ("岚州市科学技术局文件\n岚科发〔2020〕8号\n关于做好某事的通知", "关于做好某事的通知"),
    "two mastheads": (
        "岚州市科学技术局\n岚州市财政局文件\n岚科发〔2020〕8号\n关于做好某事的通知", "关于做好某事的通知"),
    "half-width marks inside": ("关于印发<岚州市人才办法>的通知\n岚科发〔2020〕8号", "关于印发<岚州市人才办法>的通知"),
}  # fmt: skip


@pytest.mark.parametrize("case", COVER)
def test_cover(case: str) -> None:
    cover, title = COVER[case]
    found = elements(cover + BODY)
    assert value(found.title) == title
    assert str(value(found.number)) == "岚科发〔2020〕8号"


ENDING = "\n岚州市科技局\n2020年3月4日\n"
NO_OWN_NUMBER = {
    "cited in the text": "关于做好某事的通知\n各单位：\n根据岚政发〔2019〕3号，现通知如下。",
    "cited in the title": "岚州市科技局关于落实岚政发〔2019〕3号文件的通知\n各单位：\n请执行。",
    "cited behind a title": "关于做好某事的通知\n各单位：\n按照《人才办法》（岚政发〔2019〕3号）执行。",
    "registration only": "LZCR-2019-0010003\n关于做好某事的通知\n各单位：\n请执行。",
}


@pytest.mark.parametrize("case", NO_OWN_NUMBER)
def test_no_own_number(case: str) -> None:
    assert elements(NO_OWN_NUMBER[case] + ENDING).number is None


# Sign-off -------------------------------------------------------------------------------------------------------

SIGNED = {
    "one organ": ("岚州市科技局\n2020年3月4日", ["岚州市科技局"], date(2020, 3, 4)),
    "joint, a line each": (
        "岚州市科技局\n岚州市财政局\n2020年3月4日",
        ["岚州市科技局", "岚州市财政局"],
        date(2020, 3, 4),
    ),
    "joint, one line": ("岚州市科技局　岚州市财政局\n2020年3月4日", ["岚州市科技局", "岚州市财政局"], date(2020, 3, 4)),
    "Han date": ("岚州市科技局\n二〇一〇年三月四日", ["岚州市科技局"], date(2010, 3, 4)),
    "wide margins": ("                岚州市科技局\n                2020年3月4日", ["岚州市科技局"], date(2020, 3, 4)),
    "damaged date": ("岚州市科技局\n2020827", ["岚州市科技局"], date(2020, 8, 27)),
    "none": ("请认真执行。", [], None),
}


@pytest.mark.parametrize("case", SIGNED)
def test_sign_off(case: str) -> None:
    ending, issuers, dated = SIGNED[case]
    found = elements(f"关于做好某事的通知\n各单位：\n请认真执行某项工作。\n{ending}\n")
    assert values(found.issuers) == issuers
    assert value(found.dated) == dated


RULES = "第一章 总则第一条 为规范渔船备案，制定本办法。第二条 本办法由岚州市水利局解释。"
RUN_ON = {
    "rules with chapters": (f"特此公告。岚州市水利局2024年3月4日岚州市渔船备案管理办法{RULES}", "岚州市水利局"),
    "rules with articles": (
        "特此公告。岚州市水利局2024年3月4日岚州市水利局对岚州—东岭渔船的备案办法（二）第一条 为规范备案，制定本办法。",
        "岚州市水利局",
    ),
    "joint": (f"特此公告。岚州市财政局 岚州市水利局2024年3月4日前海渔船备案办法{RULES}", "岚州市财政局、岚州市水利局"),
}


@pytest.mark.parametrize("case", RUN_ON)
def test_sign_off_that_the_rules_follow_on_its_line(case: str) -> None:
    text, issuers = RUN_ON[case]
    found = elements(f"为规范渔船备案，制定了《备案办法》，现予公布。{text}")
    assert value(found.dated) == date(2024, 3, 4)
    assert "、".join(values(found.issuers)) == issuers


NO_RUN_ON = {
    "what was made on the day": f"检查依据如下。岚州市水利局2024年3月4日印发的渔船备案办法{RULES}",
    "what held from the day": f"检查依据如下。岚州市水利局2024年3月4日起施行渔船备案办法{RULES}",
    "an article that is cited": "检查依据如下。岚州市水利局2024年3月4日岚州市渔船备案办法第一条规定了备案。",
    "no organ": f"检查依据如下。备案期限2024年3月4日岚州市渔船备案办法{RULES}",
    "no heading": f"检查依据如下。岚州市水利局2024年3月4日上午在水务大厅集中受理{RULES}",
}


@pytest.mark.parametrize("case", NO_RUN_ON)
def test_a_day_within_a_sentence_signs_nothing(case: str) -> None:
    found = elements(f"为规范渔船备案，制定本通告。{NO_RUN_ON[case]}")
    assert found.dated is None
    assert found.issuers == ()


def test_the_first_date_line_is_the_sign_off() -> None:
    notice = f"关于印发某方案的通知\n各单位：\n现印发。{ENDING}"
    found = elements(f"{notice}某方案\n一、目标\n完成任务。\n岚州市财政局\n2021年5月6日\n")
    assert (values(found.issuers), value(found.dated)) == (["岚州市科技局"], date(2020, 3, 4))


def test_a_date_in_the_body_is_no_sign_off() -> None:
    found = elements("关于做好某事的通知\n各单位：\n请于2020年3月4日前完成。\n")
    assert found.dated is None


def test_an_ambiguous_damaged_date_stays_open() -> None:
    analysis = analyse_text("关于做好某事的通知\n各单位：\n请执行。\n岚州市科技局\n2017111\n")
    assert analysis.elements.dated is None
    [problem] = [one for one in analysis.problems if one.rule == "repair.date"]
    assert "2017-01-11" in problem.message
    assert "2017-11-01" in problem.message


# Addressees -----------------------------------------------------------------------------------------------------

ADDRESSEES = {
    "各单位：": ["各单位"],
    "各县（市、区）人民政府，市政府各部门：": ["各县（市、区）人民政府", "市政府各部门"],
    "局属各单位,机关各科室:": ["局属各单位", "机关各科室"],
    "现将有关事项通知如下：": [],
    "包括以下内容：": [],
}


@pytest.mark.parametrize("line", ADDRESSEES)
def test_addressees(line: str) -> None:
    found = elements(f"关于做好某事的通知\n{line}\n请认真执行。\n岚州市科技局\n2020年3月4日\n")
    assert values(found.addressees) == ADDRESSEES[line]


# Disclosure -----------------------------------------------------------------------------------------------------

DISCLOSURE = {
    "（此件公开发布）": "主动公开",
    "（此件主动公开）": "主动公开",
    "(此件公开发布)": "主动公开",
    "（此件依申请公开）": "依申请公开",
    "（此件不予公开）": "不予公开",
    "（此件删减后公开）": "主动公开（删减）",
    "（此件主动公开。规范性文件登记号：LZCR-2020-0100002）": "主动公开",
    "（本文有删减）": None,
}


@pytest.mark.parametrize("note", DISCLOSURE)
def test_disclosure(note: str) -> None:
    found = elements(f"关于做好某事的通知\n各单位：\n请执行。\n岚州市科技局\n2020年3月4日\n{note}\n")
    assert value(found.disclosure) == DISCLOSURE[note]


CONTRADICTIONS = {
    "公开方式：依申请公开": ["conflict.disclosure"],
    "公开方式：主动公开": [],
    "公开方式：全文": [],
}


@pytest.mark.parametrize("label", CONTRADICTIONS)
def test_page_and_paper_mark_it_in_two_ways(label: str) -> None:
    analysis = analyse_text(
        f"{label}\n关于做好某事的通知\n各单位：\n请执行。\n岚州市科技局\n2020年3月4日\n（此件公开发布）\n"
    )
    assert [one.rule for one in analysis.problems] == CONTRADICTIONS[label]


def test_headings_of_a_text_about_disclosure_mark_nothing_twice() -> None:
    text = (
        "关于做好公开的通知\n各单位：\n方式有：\n主动公开\n依申请公开\n岚州市科技局\n2020年3月4日\n（此件依申请公开）\n"
    )
    assert analyse_text(text).problems == ()


ANNEXES = {
    "one": ("附件：人才目录", ["人才目录"]),
    "numbered": ("附件：1．人才目录\n2．申请流程\n3．联系方式", ["人才目录", "申请流程", "联系方式"]),
    "numbered, half-width": ("附件:1.人才目录\n2.申请流程", ["人才目录", "申请流程"]),
    "none": ("请认真执行。", []),
}


@pytest.mark.parametrize("case", ANNEXES)
def test_annexes(case: str) -> None:
    lines, wanted = ANNEXES[case]
    assert values(elements(f"关于做好某事的通知\n各单位：\n请执行。\n{lines}{ENDING}").annexes) == wanted


# The page's own block -------------------------------------------------------------------------------------------

PAGE = """标　　题：岚州市科技局关于做好某事的通知
索 引 号：113700000/2020-00003
发文机关：岚州市科技局
发文字号：岚科发〔2020〕8号
成文日期：2020年3月4日
发布日期：2020-03-06 09:30
统一编号：LZCR-2020-0010003
公开方式：主动公开
有效性：有效
实施日期：2020-04-01
失效日期：2025-03-31
起草单位：岚州市人才办
岚州市科技局关于做好某事的通知
各单位：
请认真执行。
岚州市科技局
2020年3月4日
"""


def test_page() -> None:
    found = elements(PAGE)
    assert value(found.title) == "岚州市科技局关于做好某事的通知"
    assert str(value(found.number)) == "岚科发〔2020〕8号"
    assert value(found.index_number) == "113700000/2020-00003"
    assert value(found.registration_number) == "LZCR-2020-0010003"
    assert value(found.dated) == date(2020, 3, 4)
    assert value(found.published) == datetime(2020, 3, 6, 9, 30)
    assert (value(found.effective), value(found.expires)) == (date(2020, 4, 1), date(2025, 3, 31))
    assert value(found.disclosure) == "主动公开"
    assert value(found.status_label) == "有效"
    assert value(found.drafter) == "岚州市人才办"
    assert found.drafter
    assert found.drafter.rule == "drafter.E1"


@pytest.mark.parametrize("label", ["发表时间", "发稿时间", "上传时间", "时间", "日期"])
def test_a_page_says_in_many_words_when_it_was_published(label: str) -> None:
    markup = (
        "<html><body><h1>岚州市科技局关于做好某事的通知</h1>"
        f"<div>{label}：2020-03-06 09:30 来源：市科技局 浏览量：1</div>"
        f"<div id=zoom>{'<p>各单位：请认真执行，抓好落实。</p>' * 9}</div></body></html>"
    )
    document = read_bytes(markup.encode(), "网页.html")
    assert f"{label}：2020-03-06 09:30" in document.text
    assert value(analyse(document).elements.published) == datetime(2020, 3, 6, 9, 30)


def test_the_time_of_a_meeting_is_no_time_of_publication() -> None:
    text = "岚州市科技局会议通知\n时间：2020年3月6日\n地点：三楼会议室\n请准时参加。\n岚州市科技局\n2020年3月4日\n"
    assert elements(text).published is None


def test_the_page_wins_over_the_paper_and_says_that_they_differ() -> None:
    analysis = analyse_text(
        PAGE.replace("请认真执行。\n岚州市科技局\n2020年3月4日", "请认真执行。\n岚州市科技局\n2020年3月5日")
    )
    assert value(analysis.elements.dated) == date(2020, 3, 4)
    assert [one.rule for one in analysis.problems] == ["conflict.dated"]


def test_a_number_that_page_and_cover_give_differently_is_told() -> None:
    head, _, rest = PAGE.partition("\n各单位")
    analysis = analyse_text(f"{head}\n岚科发〔2020〕9号\n各单位{rest}")
    assert str(value(analysis.elements.number)) == "岚科发〔2020〕8号"
    assert [one.rule for one in analysis.problems] == ["conflict.number"]


ENDS = {
    # what the page says below 失效日期 and 有效性, the clause, the last day to go by, its rule, the problems
    "the same day": ("2025-03-31", "有效", "有效期5年", (2025, 3, 31), "metadata.失效日期", []),
    "the day after": ("2025-04-01", "有效", "有效期5年", (2025, 4, 1), "metadata.失效日期.day_after", []),
    "the day before": ("2025-03-30", "有效", "有效期5年", (2025, 3, 30), "metadata.失效日期", []),
    "two years later": ("2025-03-31", "有效", "有效期3年", (2023, 3, 31), "validity.term", ["conflict.expires"]),
    "named by the paper": (
        "2025-03-31", "有效", "有效期至2024年12月31日", (2024, 12, 31), "validity.until", ["conflict.expires"]),
    "prolonged": ("2025-03-31", "有效（延续实施）", "有效期3年", (2025, 3, 31), "metadata.失效日期", []),
    "repealed before": ("2022-06-01", "失效（提前废止）", "有效期5年", (2022, 6, 1), "metadata.失效日期", []),
}  # fmt: skip


@pytest.mark.parametrize("case", ENDS)
def test_the_end_that_a_page_prints_against_that_of_the_paper(case: str) -> None:
    day, label, clause, last, rule, problems = ENDS[case]
    text = PAGE.replace("请认真执行。", f"本通知自2020年4月1日起施行，{clause}。").replace("2025-03-31", day)
    analysis = analyse_text(text.replace("有效性：有效", f"有效性：{label}"))
    end = analysis.elements.expires
    assert end and (end.value, end.rule) == (date(*last), rule)
    assert [one.rule for one in analysis.problems] == problems


@pytest.mark.parametrize(("day", "rule"), [
    ("2023-04-01", "metadata.失效日期.day_after"),
    ("2023-03-31", "metadata.失效日期"),
    ("2024-03-31", "metadata.失效日期"),
])  # fmt: skip
def test_the_end_of_a_page_that_alone_gives_the_first_day(day: str, rule: str) -> None:
    text = PAGE.replace("请认真执行。", "请认真执行。本通知有效期3年。").replace("2025-03-31", day)
    analysis = analyse_text(text)
    end = analysis.elements.expires
    assert end and (end.value, end.rule) == (date.fromisoformat(day), rule)
    assert analysis.problems == ()


def test_the_page_may_know_better_when_a_paper_was_issued() -> None:
    text = PAGE.replace("请认真执行。", "本通知自印发之日起施行，有效期5年。")
    analysis = analyse_text(text)
    assert (value(analysis.elements.expires), analysis.problems) == (date(2025, 3, 31), ())


def test_a_term_that_cannot_be_is_refused_and_told() -> None:
    text = PAPER.replace("第二条　本办法", "第二条　本办法自2020年5月1日起施行，有效期35年。\n第三条　本办法")
    analysis = analyse_text(text)
    assert value(analysis.elements.expires) is None
    [problem] = analysis.problems
    assert problem.rule == "term.refused"
    assert problem.span is not None
    assert problem.span.of(text) == "本办法自2020年5月1日起施行，有效期35年"
    assert analyse_text(f"失效日期：2025-04-30\n{text}").problems == ()  # the page tells the end


# Drafter --------------------------------------------------------------------------------------------------------

DRAFTERS = {
    "本办法由岚州市财政局起草。": ("岚州市财政局", "drafter.E2"),
    "本办法由岚州市财政局牵头起草。": ("岚州市财政局", "drafter.E2"),
    "市财政局牵头起草了本办法。": ("市财政局", "drafter.E2"),
    "市气象局代市政府起草了本办法。": ("市气象局", "drafter.E2"),
    "为规范管理，市财政局会同市审计局起草了本办法。": ("市财政局", "drafter.E2"),
    "本办法由市财政局会同市审计局起草。": ("市财政局", "drafter.E2"),
    "本办法由市财政局、市审计局联合起草。": ("市财政局、市审计局", "drafter.E2"),
    "有关单位起草了本办法。": None,
    "执行中遇到问题，请径向市住房城乡建设局反映。": ("市住房城乡建设局", "drafter.E4"),
    "实施中遇到问题，请径向岚州市人社局、岚州市公安局反映。": ("岚州市人社局、岚州市公安局", "drafter.E4"),
    "本办法由岚州市财政局负责解释。": ("岚州市财政局", "drafter.E4"),
    "具体工作由岚州市财政局承担。": ("岚州市财政局", "drafter.E4"),
    "本办法的具体应用问题由岚州市财政局解释。": ("岚州市财政局", "drafter.E4"),
    "根据有关规定，我局起草了本办法。": ("我局", "drafter.E2"),
    "（起草单位：岚州市财政局）": ("岚州市财政局", "drafter.E1"),
    "执行中如有问题，请径向相关主管部门反映。": None,
    "本办法由发文机关负责解释。": None,
    "请认真执行。": None,
}


@pytest.mark.parametrize("sentence", DRAFTERS)
def test_drafter(sentence: str) -> None:
    found = elements(f"岚州市政府关于做好某事的通知\n各单位：\n{sentence}\n岚州市人民政府\n2020年3月4日\n").drafter
    assert (None if found is None else (found.value, found.rule)) == DRAFTERS[sentence]


FORWARDED = {
    ("岚州市人民政府办公室", "市财政局等部门关于加强预算管理的意见"): "市财政局等部门",
    ("岚州市人民政府办公室", "岚州市财政局、岚州市审计局关于加强预算管理的意见"): "岚州市财政局、岚州市审计局",
    ("国务院办公厅", "财政部等部门关于加强预算管理的意见"): "财政部等部门",
    ("岚州市人民政府办公室", "省财政厅等部门关于加强预算管理的意见"): None,
    ("岚州市人民政府办公室", "自治区财政厅等5部门关于加强预算管理的意见"): None,
    ("东陵区人民政府办公室", "市财政局等部门关于加强预算管理的意见"): None,
    ("岚州市人民政府办公室", "财政部等部门关于加强预算管理的意见"): None,
    ("岚州市人民政府办公室", "东岭省人民政府办公厅关于加强预算管理的意见"): None,
    ("岚州市财政局", "市审计局关于加强预算管理的意见"): None,
}


@pytest.mark.parametrize(("issuer", "forwarded"), FORWARDED)
def test_the_drafter_of_what_a_government_forwards(issuer: str, forwarded: str) -> None:
    text = f"{issuer}转发{forwarded}的通知\n岚政办发〔2020〕3号\n各单位：\n请认真执行。\n{issuer}\n2020年3月4日\n"
    found = elements(text).drafter
    wanted = FORWARDED[issuer, forwarded]
    assert (found and (found.value, found.rule)) == (wanted and (wanted, "drafter.E3"))


def test_what_the_text_says_of_the_drafter_stands_above_whose_paper_is_forwarded() -> None:
    issuer = "岚州市人民政府办公室"
    title = f"{issuer}转发市财政局等部门关于加强预算管理的意见的通知"
    text = f"{title}\n各单位：\n本意见由市审计局起草。\n{issuer}\n2020年3月4日\n"
    found = elements(text).drafter
    assert found is not None
    assert (found.value, found.rule) == ("市审计局", "drafter.E2")


# Instruments ----------------------------------------------------------------------------------------------------

INSTRUMENTS = {
    "岚州市科技局关于印发《岚州市人才办法》的通知": ["岚州市人才办法"],
    "岚州市科技局关于印发岚州市人才办法的通知": ["岚州市人才办法"],
    "岚州市科技局关于印发《岚州市人才办法》《岚州市科技办法》的通知": ["岚州市人才办法", "岚州市科技办法"],
    "岚州市科技局关于转发《岚州市人才办法》的通知": [],
    "岚州市科技局关于修改《岚州市人才办法》的通知": [],
    "岚州市科技局关于公布清理结果的通知": [],
    "岚州市科技局关于做好某事的通知": [],
}


@pytest.mark.parametrize("title", INSTRUMENTS)
def test_instruments(title: str) -> None:
    found = elements(f"{title}\n岚科发〔2020〕8号\n各单位：\n请执行。\n岚州市科技局\n2020年3月4日\n")
    assert values(found.instruments) == INSTRUMENTS[title]


def test_a_repaired_number_after_the_date_of_the_paper_is_refused() -> None:
    analysis = analyse_text("关于某事的通知\n各单位：\n根据岚政发〔203017号，现通知。\n岚州市科技局\n2020年3月4日\n")
    assert [(one.number, one.rule) for one in analysis.numbers] == [(None, "repair.refused")]
    assert [one.rule for one in analysis.problems] == ["repair.number.open"]


TERMS = {
    "本办法有效期至2026年12月31日。": date(2026, 12, 31),
    "本办法自2020年4月1日起施行。本办法有效期5年。": date(2025, 3, 31),
    "本办法有效期5年。": None,
    "本办法自2020年4月1日起施行。\n第九条　本办法有效期至2022年6月26日。": date(2022, 6, 26),
    "本办法有效期三年。\n第九条　本办法自2020年4月1日起施行。": date(2023, 3, 31),
    "本办法有效期为2020年4月1日至2022年3月31日。": date(2022, 3, 31),
    "本办法由市科技局负责解释，有效期至2022年7月31日。": date(2022, 7, 31),
    "本办法自2020年4月1日起施行，2022年7月31日自行失效。": date(2022, 7, 31),
    "本办法自2020年4月1日起施行，暂行三年。": date(2023, 3, 31),
    "本办法自2020年4月1日起施行，执行至2022年底。": date(2022, 12, 31),
    "本办法自2020年4月1日至2022年3月31日施行。": date(2022, 3, 31),
    "本通知执行期限至2022年6月底。": date(2022, 6, 30),
    "本办法自2020年4月1日起施行，有效期18个月。": date(2021, 9, 30),
    "本办法规定的资格有效期3年，自2020年4月1日起施行。": None,
    "本补贴执行时间为2020年4月1日至2022年3月31日。": None,
    "本办法实施时间为2020年4月1日。": None,
    "许可证有效期至2026年12月31日。": None,
    "有效期至2026年12月31日的证书继续有效。": None,
}


@pytest.mark.parametrize("sentence", TERMS)
def test_a_term_in_a_sentence_of_its_own(sentence: str) -> None:
    text = PAGE.replace("请认真执行。", sentence).replace("失效日期：2025-03-31\n", "")
    assert value(elements(text).expires) == TERMS[sentence]


def test_the_first_day_of_a_term_that_gives_both() -> None:
    text = PAPER.replace("第二条　本办法", "第二条　本办法有效期为2020年5月1日至2022年4月30日。\n第三条　本办法")
    assert value(elements(text).effective) == date(2020, 5, 1)


UNREAD = {
    "本办法执行到期后另行研究。": True,
    "本办法自2020年5月1日起施行。期满后自动失效。": True,
    "本办法自2020年5月1日起施行，有效期3年。": False,
    "自本办法施行之日起发放的证书设置2年有效期。": False,
    "许可证有效期届满前三十日申请换证。": False,
    "将该细则的有效期延长三个月。": False,
}


@pytest.mark.parametrize("sentence", UNREAD)
def test_a_sentence_that_may_give_the_term_is_told(sentence: str) -> None:
    text = PAPER.replace("第二条　本办法", f"第二条　{sentence}\n第三条　本办法")
    told = [one.span.of(text) for one in analyse_text(text).problems if one.rule == "term.unread" and one.span]
    assert bool(told) is UNREAD[sentence]
    assert all(one.strip() in f"第二条　{sentence}" for one in told)


@pytest.mark.parametrize("mark", ["# ", "附件1\n", "附件1", "附件 2\n", "附件\n", "附\n"])
def test_the_title_of_an_annex_of_its_own_is_without_its_mark(mark: str) -> None:
    assert (
        value(elements(f"{mark}废止的规范性文件目录\n1.《岚州市供水办法》（岚政发〔2010〕3号）\n").title)
        == "废止的规范性文件目录"
    )


BROKEN_HEADINGS = {
    "its first line": ("岚州市支持社会力量兴办养老机构\n的若干措施", "岚州市支持社会力量兴办养老机构的若干措施"),
    "the organ on a line of its own": ("岚州市水利局\n河道处罚裁量措施", "岚州市水利局河道处罚裁量措施"),
    "a bracket below": ("岚州市水价措施\n（试行）", "岚州市水价措施（试行）"),
    "one line below a sentence": ("请遵照执行。\n岚州市水价措施", "岚州市水价措施"),
}


@pytest.mark.parametrize("case", BROKEN_HEADINGS)
def test_the_heading_of_an_instrument_is_read_whole(case: str) -> None:
    heading, name = BROKEN_HEADINGS[case]
    text = (
        f"岚州市水利局关于印发{name}的通知\n岚水发〔2024〕7号\n各科室：\n现印发给你们。\n岚州市水利局\n2024年11月20日\n"
        f"（此件公开发布）\n{heading}\n第一条 为加强管理，制定本措施。\n"
    )
    [found] = analyse_text(text).elements.instruments
    assert (found.value, found.rule) == (name, "instrument.heading")
    assert found.span.of(text) == heading.removeprefix("请遵照执行。\n")


NOTE = "# Award data\nAll files are tables.\n\n## fields.csv\nname; label.\n"


@pytest.mark.parametrize(("path", "text", "told"), [
    ("README.md", NOTE, True),
    ("README.txt", NOTE, False),
    ("通知.md", "# 岚州市科学技术局关于做好统计工作的通知\n各区县：\n请做好统计工作。\n", False),
])  # fmt: skip
def test_a_note_beside_the_papers_is_told_to_be_none(path: str, text: str, told: bool) -> None:
    found = analyse(plain_document(text, Source(path, "a" * 64, "text/plain", "text")))
    assert ("paper.none" in [one.rule for one in found.problems]) is told


SAVED = "各区县财政局：\n现下达你们补助资金，请抓紧拨付。\n岚州市财政局\n2024年9月3日\n{last}"


@pytest.mark.parametrize(("last", "told"), [
    ("岚财社〔2024〕110号.docx", True),
    ("附件：岚财社〔2024〕110号.docx", False),
    ("岚财社〔2024〕110号分配表.docx", False),
    ("岚财社〔2024〕110号", False),
])  # fmt: skip
def test_a_page_without_a_number_tells_the_name_of_its_attachment(last: str, told: bool) -> None:
    found = analyse_text(SAVED.format(last=last))
    assert found.elements.number is None
    said = [one.message for one in found.problems if one.rule == "number.attachment"]
    assert said == [f"页面没有标题和文号，附件名为 {last}，请查原件"] * told
