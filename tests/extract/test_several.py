"""Several papers in one file: what one says is not said by another."""

from __future__ import annotations

from datetime import date

import pytest

from policylib.extract import analyse_text
from policylib.model import Analysis

TALENT = (
    "岚州市科学技术局文件\n岚科规〔2021〕2号\n岚州市科学技术局关于印发《岚州市青年科技人才办法》的通知\n"
    "各区县：\n"
    "现将《岚州市青年科技人才办法》印发给你们，请遵照执行。\n岚州市科学技术局\n2021年3月4日\n"
    "岚州市青年科技人才办法\n第一条 为支持青年科技人才，制定本办法。\n第二条 本办法自2021年4月4日起施行，有效期5年。\n"
)
TRAVEL = (
    "岚州市财政局文件\n岚财规〔2021〕5号\n岚州市财政局关于规范差旅费管理的通知\n各区县财政局：\n"
    "经研究，《岚州市差旅费管理办法》（岚财行〔2014〕8号）同时废止。\n本通知自2021年6月1日起施行，有效期1年。\n"
    "岚州市财政局\n2021年5月6日\n"
)
TOLD = "paper.several"


def acts(analysis: Analysis) -> list[tuple[str, str | None]]:
    return [(one.relation, one.citation.title) for one in analysis.claims if one.relation != "issues"]


def rules(analysis: Analysis) -> list[str]:
    return [problem.rule for problem in analysis.problems]


def test_of_a_compilation_the_first_paper_is_read_and_the_others_are_told() -> None:
    text = TALENT + TRAVEL
    analysis = analyse_text(text)
    assert acts(analysis) == []
    assert str(analysis.elements.expires.value if analysis.elements.expires else None) == "2026-04-03"
    [told] = [problem for problem in analysis.problems if problem.rule == TOLD]
    assert told.span and told.span.of(text) == "岚州市财政局文件"
    assert "不止一份公文" in told.message


def test_each_paper_alone_is_whole() -> None:
    assert TOLD not in rules(analyse_text(TALENT)) + rules(analyse_text(TRAVEL))
    assert acts(analyse_text(TRAVEL)) == [("repeals", "岚州市差旅费管理办法")]


def test_a_title_may_stand_above_the_number() -> None:
    title, number = "岚州市财政局关于规范差旅费管理的通知\n", "岚财规〔2021〕5号\n"
    swapped = TRAVEL.replace("岚州市财政局文件\n" + number + title, title + number)
    assert TOLD in rules(analyse_text(TALENT + swapped))


def test_what_a_forwarded_paper_repeals_the_notice_does_not() -> None:
    notice = (
        "岚州市科学技术局文件\n岚科发〔2021〕9号\n岚州市科学技术局转发市财政局关于规范差旅费管理的通知\n局属各单位：\n"
        "现将《岚州市财政局关于规范差旅费管理的通知》（岚财规〔2021〕5号）转发给你们，请遵照执行。\n"
        "岚州市科学技术局\n2021年5月20日\n"
    )
    analysis = analyse_text(notice + TRAVEL)
    assert "repeals" not in [relation for relation, _ in acts(analysis)]
    assert TOLD not in rules(analysis)


def test_a_list_of_papers_is_no_compilation() -> None:
    listed = "".join(
        f"岚州市财政局关于规范第{place}项经费的通知\n岚财规〔201{place}〕5号\n201{place}年5月6日\n"
        for place in range(1, 6)
    )
    assert TOLD not in rules(analyse_text(TALENT + "附件\n" + listed))


def test_an_annex_that_cites_numbers_is_no_compilation() -> None:
    annex = "附件\n申报表\n依据文件\n岚财规〔2021〕5号\n填表人须如实填写。\n"
    assert TOLD not in rules(analyse_text(TALENT + annex))


FORWARDING = (
    "岚州市人民政府办公室文件\n岚政办发〔2021〕9号\n岚州市人民政府办公室转发市教育局关于扩大寄宿班规模有关问题请示的通知\n"
    "各区县人民政府：\n"
    "根据《岚州市教育督导办法》（岚政发〔2019〕4号），市教育局《关于扩大寄宿班规模有关问题的请示》已经市政府同意，"
    "现转发给你们。\n{signed}"
)
REQUEST = (
    "关于扩大寄宿班\n规模有关问题的请示\n市政府：\n"
    "根据《岚州市寄宿学校管理办法》（岚政发〔2018〕7号），现就扩大寄宿班规模提出以下意见。\n以上意见如无不妥，请批转执行。\n"
    "市教育局\n2021年3月8日\n"
)


@pytest.mark.parametrize("signed", ["岚州市人民政府办公室\n2021年3月20日\n", ""], ids=["signed", "the date lost"])
def test_what_an_attached_request_rests_on_the_notice_only_mentions(signed: str) -> None:
    request = REQUEST if signed else REQUEST.replace("市教育局\n2021年3月8日\n", "")
    found = {title: relation for relation, title in acts(analyse_text(FORWARDING.format(signed=signed) + request))}
    assert found["岚州市教育督导办法"] == "basis"
    assert found["岚州市寄宿学校管理办法"] == "mentions"


def test_a_request_that_is_forwarded_by_nobody_rests_on_its_own_grounds() -> None:
    notice = FORWARDING.replace("转发市教育局", "印发市教育局").replace("现转发给", "现印发给")
    signed = notice.format(signed="岚州市人民政府办公室\n2021年3月20日\n")
    assert ("basis", "岚州市寄宿学校管理办法") in acts(analyse_text(signed + REQUEST))


def test_the_title_of_the_paper_behind_may_stand_on_two_lines() -> None:
    title = "岚州市财政局关于规范差旅费管理的通知\n"
    assert TOLD in rules(analyse_text(TALENT + TRAVEL.replace(title, "岚州市财政局关于规范差旅费\n管理的通知\n")))


FORWARDS = (
    "岚州市科学技术局\n转发关于做好2024年仪器保险补偿申报工作的通知\n岚科发〔2024〕13号\n各区科技局：\n"
    "现将东岭省科学技术厅《关于做好仪器保险补偿申报工作的通知》{number}转发给你们，请于10月30日前报送材料。\n"
    "岚州市科学技术局\n2024年11月1日\n（此件公开发布）\n"
)
FORWARDED = (
    "东岭省科学技术厅\n关于做好仪器保险补偿\n申报工作的通知\n"
    "申报仪器应当列入《东岭省仪器推广目录》，根据《东岭省科技条例》审核。\n《东岭省仪器补偿办法》同时废止。\n"
    "请市科技局于11月25日前报送审核材料。\n本通知有效期3年。\n东岭省科学技术厅\n2024年10月28日\n"
)


@pytest.mark.parametrize("number", ["（东科函〔2024〕40号）", ""], ids=["cited by its number", "without a number"])
def test_what_a_forwarded_notice_says_the_forwarding_one_does_not(number: str) -> None:
    analysis = analyse_text(FORWARDS.format(number=number) + FORWARDED)
    assert {claim.relation for claim in analysis.claims} - {"none"} == {"forwards"}
    assert (analysis.elements.expires, analysis.problems) == (None, ())
    assert not [one for one in analysis.tasks if one.deadline and one.deadline.value.latest == date(2024, 11, 25)]


def test_an_opinion_that_is_forwarded_gets_its_force_by_the_notice() -> None:
    text = (FORWARDS.format(number="") + FORWARDED).replace("申报工作的通知", "申报工作的意见")
    assert ("repeals", "东岭省仪器补偿办法") in {
        (claim.relation, claim.citation.title)
        for claim in analyse_text(text.replace("意见\n岚科", "意见的通知\n岚科")).claims
    }


REPLY = (
    "岚州市人民政府办公室关于青石村地质险情有关问题的复函\n岚政办函〔2024〕8号\n云泽区人民政府：\n"
    "你区《关于解决青石村险情有关问题的请示》（云政文〔2024〕15号）收悉。经市政府同意，现函复如下。\n"
    "附件：1.市自然资源局关于青石村险情调研情况的报告\n岚州市人民政府办公室\n2024年11月4日\n附件1\n"
)
REPORT = (
    "关于青石村\n险情调研情况的报告\n市人民政府：\n"
    "根据《岚州市地质灾害防治办法》（岚政发〔2020〕5号），我局于2024年4月13日进行了调研。\n"
)
SIGNED = "岚州市自然资源局\n2024年10月10日\n"


@pytest.mark.parametrize("report", [REPORT + SIGNED, REPORT.replace("市人民政府：\n", "") + SIGNED, REPORT])
def test_what_another_organ_reports_in_an_annex_the_reply_does_not_rest_on(report: str) -> None:
    claims = analyse_text(REPLY + report).claims
    assert [one.relation for one in claims if "岚政发〔2020〕5号" in map(str, one.citation.numbers)] == ["mentions"]
    assert "answers" in {one.relation for one in claims}


def test_an_annex_of_its_own_is_the_papers_word() -> None:
    own = "青石村险情处置办法\n第一条 根据《岚州市地质灾害防治办法》（岚政发〔2020〕5号），制定本办法。\n"
    claims = analyse_text(REPLY + own).claims
    assert [one.relation for one in claims if "岚政发〔2020〕5号" in map(str, one.citation.numbers)] == ["basis"]
