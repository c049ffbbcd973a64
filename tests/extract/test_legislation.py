"""题注: what stands under the title of laws, local regulations and rules."""

from datetime import date

import pytest

from policylib import analyse_text
from policylib.extract.legislation import history_of, is_history, steps

ARTICLE = "第一条 为了节约用水，根据《东岭省水条例》，制定本条例。\n"
HISTORY = "2015年3月6日岚州市第十五届人民代表大会常务委员会第三次会议通过"
APPROVED = "2015年5月8日东岭省第十二届人民代表大会常务委员会第九次会议批准"
AMENDED = (
    "根据2019年3月4日岚州市第十六届人民代表大会常务委员会第二十次会议《关于修改〈岚州市节约用水条例〉等三件地方性法规的决定》"
    "修正"
)


def statute(*history: str, start: str = "2015年7月1日", title: str = "岚州市节约用水条例") -> str:
    return "\n".join((title, *history, ARTICLE)) + f"第二十条 本条例自{start}起施行。\n"


@pytest.mark.parametrize(
    "history",
    [
        (HISTORY, APPROVED),
        (f"（{HISTORY}　{APPROVED}）",),
        (f"（{HISTORY}", f"{APPROVED})"),
        ("2015年3月6日 岚州市第十五届人民代表大会常务委员会第三次会议审议通过", APPROVED, AMENDED),
        (HISTORY, f"{APPROVED}　{AMENDED}）"),
        ("（2015 年 3 月 6 日岚州市第十五届人民代表大会常务委员会第三次会议通过 根据《…决定》修正 公告第7号）",),
        (HISTORY, "2015年3月6日岚州市人民代表大会常务委员会公告第二号公布"),
    ],
)
def test_who_passed_a_regulation_is_its_issuer_and_that_day_its_date(history: tuple[str, ...]) -> None:
    elements = analyse_text(statute(*history)).elements
    assert elements.title and elements.title.value == "岚州市节约用水条例"
    assert [one.value for one in elements.issuers] == ["岚州市人民代表大会常务委员会"]
    assert elements.dated and elements.dated.value == date(2015, 3, 6)
    assert elements.effective and elements.effective.value == date(2015, 7, 1)


def test_every_value_points_at_its_words() -> None:
    text = statute(HISTORY, APPROVED)
    elements = analyse_text(text).elements
    assert elements.dated and elements.dated.span.of(text) == "2015年3月6日"
    assert elements.issuers[0].span.of(text) == "岚州市第十五届人民代表大会常务委员会"


def test_a_regulation_made_anew_is_of_that_day() -> None:
    again = "2021年9月30日岚州市第十七届人民代表大会常务委员会第三十次会议修订"
    elements = analyse_text(statute(HISTORY, again, start="2022年1月1日")).elements
    assert elements.dated and elements.dated.value == date(2021, 9, 30)


def test_what_amends_a_regulation_does_not_make_it() -> None:
    elements = analyse_text(statute(HISTORY, AMENDED)).elements
    assert elements.dated and elements.dated.value == date(2015, 3, 6)


def test_its_history_cites_nothing() -> None:
    claims = analyse_text(statute(HISTORY, APPROVED, AMENDED)).claims
    assert [claim.citation.title for claim in claims] == ["东岭省水条例"]


@pytest.mark.parametrize(
    ("step", "issuer", "number"),
    [
        ("2010年7月8日中华人民共和国国务院令第577号公布", "国务院", "中华人民共和国国务院令第577号"),
        ("（２０１２年１２月１９日公安部令第１２５号发布，２０１３年１月１日施行）", "公安部", "公安部令第125号"),
        ("2016年2月3日国务院第120次常务会议通过", "国务院", None),
        ("2008年7月17日经人力资源和社会保障部第6次部务会议通过", "人力资源和社会保障部", None),
        ("1985年9月18日国务院发布", "国务院", None),
        ("2018年6月4日最高人民法院审判委员会第1741次会议通过", "最高人民法院", None),
        ("2020年5月28日第十三届全国人民代表大会第三次会议通过", "全国人民代表大会", None),
        (
            "1994年7月5日第八届全国人民代表大会常务委员会第八次会议通过\n1994年7月5日国家主席令第二十八号公布",
            "全国人民代表大会常务委员会",
            "国家主席令第28号",
        ),
        ("1986年9月16日岚政发〔1986〕139号发布", None, None),
    ],
)
def test_rules_are_of_the_organ_that_promulgated_them(step: str, issuer: str | None, number: str | None) -> None:
    elements = analyse_text(statute(step, title="节约用水管理条例")).elements
    assert [one.value for one in elements.issuers] == ([issuer] if issuer else [])
    assert (str(elements.number.value) if elements.number else None) == number


def test_two_courts_pass_an_interpretation_together() -> None:
    step = "2012年7月9日最高人民法院审判委员会第1552次会议、2012年9月12日最高人民检察院第十一届检察委员会第79次会议通过"
    elements = analyse_text(statute(step, title="关于办理污染环境案件的规定")).elements
    assert [one.value for one in elements.issuers] == ["最高人民法院", "最高人民检察院"]


def test_two_organs_that_pass_it_on_two_days_make_it_on_the_later() -> None:
    passed = "2021年12月13日岚州市中级人民法院审判委员会第18次会议、2022年2月9日岚州市人民检察院检察委员会第8次会议通过"
    assert [step.day.value for step in steps(passed, 0)] == [date(2022, 2, 9)]


PASSED, SENT_OUT = "1998年12月26日岚州市人民政府第11次常务会议通过", "1999年1月22日岚州市人民政府令第58号发布"


def test_what_was_passed_and_then_promulgated_was_made_by_the_promulgation() -> None:
    elements = analyse_text(statute(PASSED, SENT_OUT, start="发布之日", title="岚州市失业保险规定")).elements
    assert elements.dated and elements.dated.value == date(1999, 1, 22)
    assert elements.effective and elements.effective.value == date(1999, 1, 22)


def test_a_database_that_prints_the_day_of_passing_as_published_is_told() -> None:
    page = f"公布日期：1998-12-26\n{statute(PASSED, SENT_OUT, start='发布之日', title='岚州市失业保险规定')}"
    analysis = analyse_text(page)
    assert analysis.elements.published and analysis.elements.published.value == date(1999, 1, 22)
    assert analysis.elements.effective and analysis.elements.effective.value == date(1999, 1, 22)
    [problem] = [one for one in analysis.problems if one.rule == "conflict.published"]
    assert problem.message == "页面所标公布日期1998-12-26早于题注的发布日期1999-01-22，以题注为准"


REVISED = "2024年2月27日岚州市第十七届人民代表大会常务委员会第八次会议第二次修订）"
TWO_COURTS = "2021年12月13日岚州市中级人民法院审判委员会第18次会议、2022年2月9日岚州市人民检察院检察委员会第8次会议通过"


@pytest.mark.parametrize(
    ("on_page", "history", "published", "message"),
    [
        pytest.param(
            "2015-03-06", (HISTORY, REVISED), None,
            "页面所标公布日期2015-03-06早于题注的修订日期2024-02-27，是以前的日期，不作为公布日期",
            id="the first text's day",
        ),
        pytest.param(
            "2021-12-13", (TWO_COURTS,), None,
            "页面所标公布日期2021-12-13早于题注的通过日期2022-02-09，是以前的日期，不作为公布日期",
            id="the first of two organs",
        ),
        pytest.param(
            "1997-06-20",
            ("1997年6月20日岚州市人民政府令第20号发布", "2011年8月24日岚州市人民政府第169次常务会议修订通过",
             "2011年8月31日岚州市人民政府令第63号公布"),
            date(2011, 8, 31), "页面所标公布日期1997-06-20早于题注的公布日期2011-08-31，以题注为准",
            id="promulgated anew",
        ),
        pytest.param(
            "1998-12-26", (PASSED,), date(1998, 12, 26),
            "页面所标公布日期1998-12-26就是题注的通过日期，会议通过以后才公布，请核对公布日期",
            id="the day of the meeting",
        ),
        pytest.param("2015-03-06", (HISTORY,), date(2015, 3, 6), None, id="a congress passes and promulgates in a day"),
        pytest.param("2024-03-01", (HISTORY, REVISED), date(2024, 3, 1), None, id="behind the making"),
    ],
)  # fmt: skip
def test_a_day_of_the_page_that_cannot_be_that_of_publication_is_told(
    on_page: str, history: tuple[str, ...], published: date | None, message: str | None
) -> None:
    analysis = analyse_text(f"公布日期：{on_page}\n{statute(*history, start='2024年5月1日')}")
    found = analysis.elements.published
    assert (found.value if found else None) == published
    assert [one.message for one in analysis.problems if one.rule == "conflict.published"] == [message] * bool(message)


def test_the_day_in_force_may_stand_in_the_history_only() -> None:
    text = (
        "岚州市节约用水条例\n2015年3月6日岚州市第十五届人民代表大会常务委员会第三次会议通过\n2015年7月1日 施行\n"
        + ARTICLE
    )
    elements = analyse_text(text).elements
    assert elements.effective and elements.effective.value == date(2015, 7, 1)


@pytest.mark.parametrize(
    "line",
    [
        "2019年3月4日，市政府第3次常务会议审议通过《岚州市节约用水办法》。",
        "2019年3月4日岚州市人民政府印发了《岚州市节约用水办法》。",
        "2019年3月4日",
        "根据2019年3月4日市政府常务会议精神，现将有关事项通知如下：",
        "岚州市节约用水条例",
    ],
)
def test_sentences_are_no_history(line: str) -> None:
    assert not is_history(line.replace("，", ",").replace("：", ":"))


@pytest.mark.parametrize(
    ("start", "told"),
    [
        ("发布之日", ["施行日期2008-07-17是从公布日期2008-07-17算起的，公布日期待核对，施行日期也待核对"]),
        ("2008年9月1日", []),
    ],
)
def test_a_first_day_that_counts_from_a_doubted_day_is_doubted_too(start: str, told: list[str]) -> None:
    passed = "2008年7月17日 经岚州市人力资源和社会保障局第6次局务会议通过"
    analysis = analyse_text(f"公布日期：2008-07-17\n{statute(passed, start=start)}")
    assert [one.message for one in analysis.problems if one.rule == "start.unsure"] == told


def test_a_step_that_amends_by_a_decision_is_called_so() -> None:
    passed = "1992年2月14日岚州市第八届人民代表大会常务委员会第十次会议通过的《关于修改〈岚州市保密条例〉的决定》修正"
    assert [(one.verb, one.amends) for one in history_of(f"岚州市保密条例\n{passed}\n")] == [("修正", True)]
