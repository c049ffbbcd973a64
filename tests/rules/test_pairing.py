"""INT-08, INT-09, INT-13, INT-16: an interpretation and its policy belong together."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from policylib.model import Snapshot
from tests.rules.papers import INTERPRETATION, POLICY, audited, findings, page, snapshot_of

World = Callable[[str], Snapshot]
LINKS, TARGET = "interpretation.links", "interpretation.target"
DEAD, FORMER = "interpretation.dead-policy", "interpretation.former-name"
TITLE = "岚州市科学技术局关于印发《岚州市科技奖励办法》的通知"
EXPLAINED = "《岚州市科技奖励办法》解读"

# INT-08 --------------------------------------------------------------------------------------------------------

LINK = '<div class="related">相关解读：<a href="{}">{}</a></div>'
PAGES = {
    "no link": (page(TITLE, POLICY), "fail"),
    "linked by its file": (page(TITLE, POLICY, LINK.format("jiedu.html", "《岚州市科技奖励办法》政策解读材料")), None),
    "linked by its file in a folder, as Windows writes it": (
        page(TITLE, POLICY, LINK.format("files\\jiedu.html", "《岚州市科技奖励办法》政策解读材料")), None),
    "linked by its title": (page(TITLE, POLICY, LINK.format("/t/2024_88.html", EXPLAINED)), None),
    "named in the text": (page(TITLE, POLICY + f"附：{EXPLAINED}\n"), None),
    "linked to another interpretation": (
        page(TITLE, POLICY, LINK.format("/t/2024_99.html", "《岚州市人才公寓管理办法》政策解读")), "fail"),
    "only the text of a page": (
        "<html><body>" + "".join(f"<p>{line}</p>" for line in POLICY.splitlines()) + "</body></html>", "unknown"),
}  # fmt: skip


@pytest.mark.parametrize("case", PAGES)
def test_links(case: str) -> None:
    policy, wanted = PAGES[case]
    found = audited({"banfa.html": policy, "jiedu.html": page(EXPLAINED, INTERPRETATION)}, LINKS)
    assert [one.result for one in found] == ([wanted] if wanted else [])
    assert all(one.subject == "岚科规〔2024〕3号" for one in found)
    assert all("《岚州市科技奖励办法》" in one.evidence[0].quote for one in found)


def test_a_file_that_is_no_page_has_no_links() -> None:
    assert audited({"办法.txt": POLICY, "解读.txt": INTERPRETATION}, LINKS) == []


# INT-09 --------------------------------------------------------------------------------------------------------

TALK = "近来不少市民问起奖励的事。" * 12


LIST = (
    "岚州市商务局关于公布2024年重点商品目录（二）的公告\n（岚州市商务局公告2024年第9号）\n"
    "现将2024年重点商品目录予以公布，企业应当在办理手续时照此填写。\n岚州市商务局\n2024年6月4日\n"
)
OF_THE_LIST = (
    "2024年第二批重点商品目录政策解读\n发布时间：2024-06-05\n近日，市商务局公布2024年第二批重点商品目录。"
    f"现就有关内容解读如下：一、背景。{TALK}\n岚州市商务局\n2024年6月5日\n"
)
TYPED = "policylib judge 《2024年第二批重点商品目录政策解读》 --accept 解读 岚州市商务局公告2024年第9号"


def test_what_may_be_meant_is_named_with_what_to_type() -> None:
    [finding] = audited({"公告.txt": LIST, "解读.txt": OF_THE_LIST}, TARGET)
    assert finding.result == "unknown"
    assert finding.message.endswith("请核对是否同一份：《岚州市商务局关于公布2024年重点商品目录（二）的公告》"
                                    "（岚州市商务局公告2024年第9号）")  # fmt: skip
    assert finding.remedy.startswith(f"是这一份的，写 {TYPED}；不是的，")


def test_who_holds_what_may_be_the_interpretation_is_told_so() -> None:
    [finding] = audited({"公告.txt": LIST, "解读.txt": OF_THE_LIST}, "interpretation.missing")
    assert finding.result == "unknown"
    assert "本库有一份解读，说的可能是它：《2024年第二批重点商品目录政策解读》" in finding.message
    assert finding.remedy.startswith(f"是它的解读的，写 {TYPED}；不是的，")


REVISES = (
    "关于修订维修业务监管要求的政策解读\n为进一步规范维修业务，对《关于维修业务有关监管问题的公告》（岚州市商务局公告"
    f"2015年第59号）与现行要求不一致的内容（第十条）进行了修订，对旧件的处置予以明确统一。{TALK}\n"
)
REVISER = (
    "岚州市商务局关于调整旧件处置要求的公告\n（岚州市商务局公告2024年第3号）\n将《关于维修业务有关监管问题的公告》"
    "（岚州市商务局公告2015年第59号）第十条修改为：“旧件应当全部复运出境。”\n岚州市商务局\n2024年6月4日\n"
)


def test_what_is_revised_is_named_where_the_reviser_is_not_held() -> None:
    [finding] = audited({"解读.txt": REVISES}, TARGET)
    assert finding.message == (
        "不能判断解读的是哪一份文件：解读的是对《关于维修业务有关监管问题的公告》（岚州市商务局公告2015年第59号）第十条的修改，"
        "本库没有收作出修改的文件"
    )
    assert finding.remedy == "请找到作出修改的文件，读入本库"


def test_a_long_sentence_on_a_revision_is_shown_from_where_it_begins() -> None:
    rests = (
        "参照《关于支持维修业务的公告》（岚州市商务局、岚州市生态环境局、岚州市发展和改革委员会公告2020年第16号），" * 2
    )
    long = REVISES.replace("，对《", f"，{rests}对《").replace("予以明确统一", "予以明确统一" + "，并提出要求" * 12)
    [finding] = audited({"解读.txt": long}, TARGET)
    assert finding.evidence[0].quote.startswith("为进一步规范维修业务")
    assert "（第十条）进行了修订" in finding.evidence[0].quote


def test_who_revised_it_is_named_where_that_is_held() -> None:
    [finding] = audited({"公告.txt": REVISER, "解读.txt": REVISES}, TARGET)
    assert "本库有修改它的《岚州市商务局关于调整旧件处置要求的公告》" in finding.message
    assert "--accept 解读 岚州市商务局公告2024年第3号；不是的" in finding.remedy


def test_an_interpretation_of_nothing() -> None:
    [finding] = audited({"解读.txt": f"科技奖励政策解读\n{TALK}"}, TARGET)
    assert (finding.result, finding.severity) == ("fail", "warning"), "no norm demands that a paper be named"
    assert "没有直接要求" in finding.basis
    assert "--rule INT-09" in finding.remedy
    assert finding.evidence[0].path == "解读.txt"


def test_documents_are_named_but_none_is_recognised_as_explained() -> None:
    text = f"科技奖励政策解读\n根据《东岭省科学技术进步条例》的规定，市里开展评奖。{TALK}"
    [finding] = audited({"解读.txt": text}, TARGET)
    assert (finding.result, "没有认出来" in finding.message) == ("unknown", True)
    assert "东岭省科学技术进步条例" in finding.evidence[0].quote


WORDED = "岚州市水利局关于实施许可展期等有关事项公告的解读\n近日，市水利局发布了关于实施许可展期等有关事项的公告，{}"


def test_a_policy_told_in_words_that_the_library_does_not_hold_is_named_in_the_finding() -> None:
    [finding] = audited(
        {"解读.txt": WORDED.format(f"进一步明确了要求。《东岭省许可办法》第三条写得明白。{TALK}")}, TARGET
    )
    assert finding.result == "unknown"
    assert finding.message.endswith("写的是“关于实施许可展期等有关事项的公告”，本库没有标题相符的文件")
    assert "关于实施许可展期等有关事项的公告" in finding.evidence[0].quote


def test_one_policy_is_as_it_should_be() -> None:
    assert audited({"办法.txt": POLICY, "解读.txt": INTERPRETATION}, TARGET) == []


def test_several_policies(world: World) -> None:
    lines = "interprets 岚科字〔2024〕3号  interprets 岚科字〔2024〕4号"
    [fault] = findings(world(f"interpretation 甲  《科技奖励办法解读》  {lines}"), TARGET)
    assert (fault.result, fault.severity, len(fault.evidence)) == ("fail", "warning", 2)
    [exempt] = findings(world(f"interpretation 甲  《科技奖励系列文件综合解读》  {lines}"), TARGET)
    assert (exempt.result, exempt.message) == ("exempt", "综合解读，写明了2份文件")


# INT-13 --------------------------------------------------------------------------------------------------------

EXPIRED = POLICY.replace("有效期5年", "有效期至2024年5月31日")
MARKS = {
    "unmarked": ("", "fail"),
    "marked in the head": ("时效状态：已失效\n", None),
    "marked by a sentence": ("《岚州市科技奖励办法》已于2024年5月31日失效。\n", None),
    "only the old version is said to be dead": ("《岚州市人才公寓规定》已于2019年5月31日废止。\n", "fail"),
}


@pytest.mark.parametrize("case", MARKS)
def test_dead_policy(case: str) -> None:
    mark, wanted = MARKS[case]
    head, _, rest = INTERPRETATION.partition("\n")
    text = page(EXPLAINED, f"{head}\n{mark}{rest}")
    found = audited({"办法.txt": EXPIRED, "解读.html": text}, DEAD)
    assert [one.result for one in found] == ([wanted] if wanted else [])
    assert all("有效期至2024-05-31，自2024-06-01起失效" in one.message and len(one.evidence) == 2 for one in found)


def test_what_is_no_page_cannot_be_seen_to_be_unmarked() -> None:
    [finding] = audited({"办法.txt": EXPIRED, "解读.txt": INTERPRETATION}, DEAD)
    assert finding.result == "unknown"


def test_interpretation_of_a_living_policy() -> None:
    assert audited({"办法.txt": POLICY, "解读.html": page(EXPLAINED, INTERPRETATION)}, DEAD) == []


# INT-16 --------------------------------------------------------------------------------------------------------

NAMES = {
    "long after the reform": ("岚州市环境保护局", "2019-06-03", True),
    "in the first weeks": ("岚州市环境保护局", "2019-02-11", False),
    "before the reform": ("岚州市环境保护局", "2018-12-03", False),
    "the present name": ("岚州市生态环境局", "2019-06-03", False),
    "a name that came back": ("岚州市商务局", "2019-06-03", False),
}


@pytest.mark.parametrize("case", NAMES)
def test_former_name(world: World, case: str) -> None:
    name, day, wrong = NAMES[case]
    snapshot = world(f"""
        rename 岚州市环境保护局 -> 岚州市生态环境局 since 2019-01-18
        rename 岚州市商务局 -> 岚州市经济和商务局 since 2010-01-01
        rename 岚州市经济和商务局 -> 岚州市商务局 since 2015-01-01
        interpretation 甲  《办法》  by {name}  interprets 岚环发〔2019〕3号  published {day}
    """)
    found = findings(snapshot, FORMER)
    assert [one.result for one in found] == (["fail"] if wrong else [])
    assert all("2019-01-18起已改为岚州市生态环境局" in one.message for one in found)


def test_former_name_shows_the_signature() -> None:
    text = page(EXPLAINED, INTERPRETATION.replace("解读单位：岚州市科学技术局", "解读单位：岚州市环境保护局"))
    snapshot = snapshot_of({"办法.txt": POLICY, "解读.html": text})
    renames = {"岚州市环境保护局": (("岚州市生态环境局", date(2019, 1, 18)),)}
    [finding] = findings(replace(snapshot, renames=renames), FORMER)
    assert finding.evidence[0].quote == "解读单位：岚州市环境保护局"
