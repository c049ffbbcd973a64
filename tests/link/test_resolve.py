"""A citation finds one work, none, or several that stay several: the tiers of domain.md §3.3."""

from __future__ import annotations

import pytest

from policylib.link import Linked
from policylib.link.catalogue import Catalogue
from policylib.model import Judgement, Work
from tests.link.shelf import analysed, only, paper, said, shelve, work

TALENT = paper("岚州市科学技术局关于印发《岚州市人才办法（试行）》的通知", "岚科发〔2018〕8号", "2018-03-04")
KEY = "岚科发〔2018〕8号"


def citing(words: str, issuer: str = "岚州市科学技术局", day: str = "2020-05-06") -> str:
    return paper("关于开展评审工作的通知", "岚科发〔2020〕30号", day, f"根据{words}，现通知如下。", issuer)


TIERS = {
    "T0 number": ("岚科发〔2018〕8号", "T0"),
    "T0 number and title": ("《岚州市人才办法（试行）》（岚科发〔2018〕8号）", "T0"),
    "T0 number in other brackets": ("《岚州市人才办法（试行）》（岚科发[2018]第8号）", "T0"),
    "T1 full title": ("《岚州市科学技术局关于印发〈岚州市人才办法（试行）〉的通知》", "T1"),
    "T2 issuer outside": ("市科技局《关于印发〈岚州市人才办法（试行）〉的通知》", "T2"),
    "T3 without issuer": ("《关于印发〈岚州市人才办法（试行）〉的通知》", "T3"),
    "T3 instrument": ("《岚州市人才办法（试行）》", "T3"),
    "T4 without (试行)": ("《岚州市人才办法》", "T3"),
}


@pytest.mark.parametrize("case", TIERS)
def test_tier(case: str) -> None:
    words, tier = TIERS[case]
    relation = only(shelve(TALENT, citing(words)), "basis")
    assert (relation.target, relation.tier) == (KEY, tier)


def test_the_lower_the_tier_the_less_sure() -> None:
    sure = [only(shelve(TALENT, citing(words)), "basis").confidence for words, _ in TIERS.values()]
    assert sure == sorted(sure, reverse=True)


def test_a_work_that_says_试行_is_found_without_and_the_other_way_round() -> None:
    final = paper("岚州市科学技术局关于印发《岚州市人才办法》的通知", "岚科发〔2018〕8号", "2018-03-04")
    relation = only(shelve(final, citing("《岚州市人才办法（试行）》")), "basis")
    assert (relation.target, relation.tier) == (KEY, "T4")


STATUTE = (
    "中华人民共和国节约用水法\n2015年3月6日第十二届全国人民代表大会常务委员会第三次会议通过\n第一条 制定本法。\n"
    "第二十条 本法自2015年7月1日起施行。\n"
)
LOCAL = (
    "东岭省节约用水法实施办法\n2016年3月6日东岭省第十二届人民代表大会常务委员会第三次会议通过\n第一条 制定本办法。\n"
    "第二十条 本办法自2016年7月1日起施行。\n"
)


@pytest.mark.parametrize("name", ["《中华人民共和国节约用水法》", "《节约用水法》"])
def test_a_law_of_the_state_is_found_with_and_without_the_name_of_the_state(name: str) -> None:
    relation = only(shelve(STATUTE, LOCAL, citing(name)), "basis")
    assert relation.target == "《中华人民共和国节约用水法》"


def test_a_law_that_is_not_held_is_one_work_by_both_names() -> None:
    linked = shelve(citing("《中华人民共和国节约用水法》"), citing("《节约用水法》").replace("30号", "31号"))
    assert len({one.target for one in linked.relations if one.kind == "basis"}) == 1


@pytest.mark.parametrize(
    ("cited", "held"),
    [
        ("岚州市节约用水条例", "岚州市节约用水条例实施细则"),
        ("岚州市节约用水条例", "关于修改《岚州市节约用水条例》的决定"),
        ("岚州市节水规划（二）", "岚州市节水规划（十二）"),
        ("中华人民共和国节约用水条例", "岚州市节约用水条例"),
        ("岚州市节约用水条例", "岚州市节约用水条例 管网编"),
    ],
)
def test_what_stands_beside_a_paper_is_not_proposed_for_it(cited: str, held: str) -> None:
    assert Catalogue([held_work(held)]).suggest(cited) == ()


def test_a_title_with_a_slip_is_proposed() -> None:
    assert Catalogue([held_work("岚州市节约用水管理暂行办法（2018年）")]).suggest("岚州市节约用水管理暂行办法") != ()


def held_work(title: str) -> Work:
    return Work(key=f"《{title}》", role="policy", held=True, title=title)


def test_a_repaired_number_is_less_sure_and_marked() -> None:
    relation = only(shelve(TALENT, citing("岚科发〔20188号")), "basis")
    assert (relation.target, relation.tier, relation.repaired) == (KEY, "T0", True)
    assert relation.corroboration
    assert "岚科发〔2018〕8号" in relation.corroboration


def test_an_uncorroborated_repair_says_so() -> None:
    relation = only(shelve(citing("岚科发〔20188号")), "basis")
    assert (relation.target, relation.repaired, relation.corroboration) == (KEY, True, None)


# Several fit ----------------------------------------------------------------------------------------------------

OLD = paper("岚州市科学技术局关于印发《岚州市项目办法》的通知", "岚科发〔2016〕31号", "2016-08-22")
NEW = paper("岚州市科学技术局关于印发《岚州市项目办法》的通知", "岚科规〔2021〕2号", "2021-08-16")

VERSIONS = {"2016-08-22": "岚科发〔2016〕31号", "2020-05-06": "岚科发〔2016〕31号", "2022-01-01": "岚科规〔2021〕2号"}


@pytest.mark.parametrize("day", VERSIONS)
def test_the_version_of_the_citing_day(day: str) -> None:
    relation = only(shelve(OLD, NEW, citing("《岚州市项目办法》", day=day)), "basis")
    assert relation.target == VERSIONS[day]


def stays_open(linked: Linked, candidates: set[str], reason: str) -> None:
    assert said(linked, "basis") == []
    [found] = linked.unresolved
    assert set(found.candidates) == candidates
    assert reason in found.reason
    assert found.kind == "basis"
    assert found.evidence.quote.startswith("根据")


def test_versions_without_a_citing_day_stay_open() -> None:
    undated = paper("关于开展评审工作的通知", "岚科发〔2020〕30号", "", "根据《岚州市项目办法》，现通知如下。")
    stays_open(shelve(OLD, NEW, undated), {"岚科发〔2016〕31号", "岚科规〔2021〕2号"}, "同名文件不止一份")


def test_the_organ_before_the_title_decides() -> None:
    finance = paper(
        "岚州市财政局关于印发《岚州市项目办法》的通知", "岚财教〔2016〕3号", "2016-08-22", issuer="岚州市财政局"
    )
    for words, wanted in (
        ("市财政局", "岚财教〔2016〕3号"),
        ("市科技局", "岚科发〔2016〕31号"),
        ("岚州市财政局", "岚财教〔2016〕3号"),
    ):
        assert only(shelve(OLD, finance, citing(f"{words}《岚州市项目办法》")), "basis").target == wanted


def test_papers_of_one_name_in_two_cities_are_no_versions_of_each_other() -> None:
    """济南's is the later one, and no more 烟台's than 青岛's is."""
    jinan = paper("济南市财政局关于印发创新资金办法的通知", "济财教〔2019〕9号", "2019-05-02", issuer="济南市财政局")
    qingdao = paper("青岛市财政局关于印发创新资金办法的通知", "青财教〔2018〕8号", "2018-05-02", issuer="青岛市财政局")
    linked = shelve(jinan, qingdao, citing("《创新资金办法》", "烟台市财政局"))
    stays_open(linked, {"济财教〔2019〕9号", "青财教〔2018〕8号"}, "同名文件不止一份")


def test_another_organ_of_that_name_only_stays_open() -> None:
    linked = shelve(OLD, citing("住房和城乡建设部《岚州市项目办法》"))
    stays_open(linked, {"岚科发〔2016〕31号"}, "制定机关不符")


def test_number_and_title_of_two_works_stay_open() -> None:
    linked = shelve(OLD, TALENT, citing("《岚州市项目办法》（岚科发〔2018〕8号）"))
    stays_open(linked, {"岚科发〔2016〕31号", KEY}, "文号与标题指向不同文件")


def test_a_number_with_a_strange_title_stays_open() -> None:
    linked = shelve(TALENT, citing("《岚州市绿化美化管理规定》（岚科发〔2018〕8号）"))
    assert said(linked, "basis") == []
    assert [set(one.candidates) for one in linked.unresolved] == [{KEY}]
    assert "标题不同" in linked.unresolved[0].reason


def test_two_works_of_one_number_are_told_apart_by_title() -> None:
    flood = paper("岚州市住建局关于做好防汛工作的通知", "岚建发〔2020〕9号", "2020-03-20", issuer="岚州市住建局")
    subsidy = paper("岚州市住建局关于补贴细则的补充通知", "岚建发〔2020〕9号", "2020-03-16", issuer="岚州市住建局")
    by_title = shelve(flood, subsidy, citing("《关于做好防汛工作的通知》（岚建发〔2020〕9号）"))
    assert work(by_title, only(by_title, "basis").target).title == "岚州市住建局关于做好防汛工作的通知"
    stays_open_twice = shelve(flood, subsidy, citing("岚建发〔2020〕9号"))
    assert said(stays_open_twice, "basis") == []
    assert [len(one.candidates) for one in stays_open_twice.unresolved] == [2]


def test_a_title_alone_does_not_reach_a_neighbouring_year() -> None:
    plan = paper("岚州市科学技术局关于印发2016年政务公开工作要点的通知", "岚科发〔2016〕5号", "2016-04-01")
    linked = shelve(plan, citing("《2017年政务公开工作要点》"))
    assert only(linked, "basis").target == "《2017年政务公开工作要点》"


def test_nothing_links_to_itself() -> None:
    own = paper(
        "岚州市科学技术局关于印发《岚州市租赁办法》的通知", "岚科发〔2020〕8号", "2020-03-04",
        "根据《岚州市租赁办法》、岚科发〔2020〕8号和《东岭省住房租赁条例》，请执行。",
    )  # fmt: skip
    assert said(shelve(own)) == [("岚科发〔2020〕8号", "basis", "《东岭省住房租赁条例》")]


# Cited, not held ------------------------------------------------------------------------------------------------


def test_a_cited_number_becomes_one_work_with_its_title() -> None:
    other = paper(
        "关于开展培训的通知", "岚财教〔2020〕5号", "2020-06-01", "根据岚政发〔2015〕1号，现通知如下。", "岚州市财政局"
    )
    linked = shelve(citing("《岚州市人才意见》（岚政发〔2015〕1号）"), other)
    found = work(linked, "岚政发〔2015〕1号")
    assert (found.held, found.title, found.documents) == (False, "岚州市人才意见", ())
    assert {target for _, _, target in said(linked)} == {"岚政发〔2015〕1号"}


def test_a_cited_title_becomes_one_work() -> None:
    linked = shelve(
        citing("《中华人民共和国预算法》"),
        paper("关于开展培训的通知", "岚财教〔2020〕5号", "2020-06-01", "根据《中华人民共和国预算法》，现通知如下。"),
    )
    assert [(one.key, one.held) for one in linked.works if not one.held] == [("《中华人民共和国预算法》", False)]


def test_a_number_cited_with_two_titles_is_two_works() -> None:
    linked = shelve(
        citing("《岚州市人才意见》（岚政发〔2015〕1号）"),
        paper(
            "关于开展培训的通知",
            "岚财教〔2020〕5号",
            "2020-06-01",
            "根据《岚州市河道规划》（岚政发〔2015〕1号），现通知如下。",
        ),
    )
    assert sorted(one.key for one in linked.works if not one.held) == ["岚政发〔2015〕1号", "岚政发〔2015〕1号#2"]


def test_a_mere_mention_of_a_title_makes_no_work() -> None:
    linked = shelve(
        paper("关于开展学习的通知", "岚科发〔2020〕8号", "2020-03-04", "要学习《岚州市先进事迹汇编意见》。")
    )
    assert [one.key for one in linked.works] == ["岚科发〔2020〕8号"]


def test_the_issuer_of_a_cited_work_is_spelled_out() -> None:
    linked = shelve(citing("市政府办公室《岚州市人才意见》（岚政办发〔2015〕1号）"))
    assert work(linked, "岚政办发〔2015〕1号").issuers == ("岚州市人民政府办公室",)


# Tails ----------------------------------------------------------------------------------------------------------

RULES = paper(
    "国务院办公厅印发《关于推进公开的意见》实施细则的通知", "国办发〔2016〕80号", "2016-11-10", issuer="国务院办公厅"
)
TAIL = citing("《关于推进公开的意见》（中办发〔2016〕8号）及其实施细则")


def test_a_tail_finds_the_rules_that_are_held() -> None:
    linked = shelve(RULES, TAIL)
    assert {target for _, _, target in said(linked, "basis")} == {"中办发〔2016〕8号", "国办发〔2016〕80号"}
    assert linked.unresolved == ()


def test_a_tail_without_rules_stays_open_and_makes_none_up() -> None:
    linked = shelve(TAIL)
    assert {target for _, _, target in said(linked, "basis")} == {"中办发〔2016〕8号"}
    [found] = linked.unresolved
    assert (found.wanted, found.candidates) == ("《关于推进公开的意见》的实施细则", ())


def test_a_tail_with_two_rules_stays_open() -> None:
    other = paper(
        "岚州市人民政府关于印发《关于推进公开的意见》实施细则的通知",
        "岚政发〔2017〕3号",
        "2017-01-10",
        issuer="岚州市人民政府",
    )
    linked = shelve(RULES, other, TAIL)
    [found] = linked.unresolved
    assert set(found.candidates) == {"国办发〔2016〕80号", "岚政发〔2017〕3号"}
    assert "多份" in found.reason


# A person's word ------------------------------------------------------------------------------------------------

CITING = citing("《岚州市人才办法》")


def test_reject_takes_the_relation_away() -> None:
    word = Judgement("reject", "岚科发〔2020〕30号", KEY, "basis", who="张")
    assert said(shelve(TALENT, CITING, judgements=[word])) == []


def test_accept_marks_it() -> None:
    word = Judgement("accept", "岚科发〔2020〕30号", KEY, "basis", who="张")
    assert not only(shelve(TALENT, CITING), "basis").judged
    assert only(shelve(TALENT, CITING, judgements=[word]), "basis").judged


def test_accept_settles_what_stayed_open() -> None:
    """A person picks one of the candidates of an unresolved citation."""
    linked = shelve(OLD, TALENT, citing("《岚州市项目办法》（岚科发〔2018〕8号）"), judgements=[
        Judgement("accept", "岚科发〔2020〕30号", "岚科发〔2016〕31号", "basis", who="张"),
    ])  # fmt: skip
    assert said(linked, "basis") == [("岚科发〔2020〕30号", "basis", "岚科发〔2016〕31号")]
    assert only(linked, "basis").judged
    assert linked.unresolved == ()


def test_a_word_on_another_kind_says_nothing() -> None:
    word = Judgement("reject", "岚科发〔2020〕30号", KEY, "repeals", who="张")
    assert len(said(shelve(TALENT, CITING, judgements=[word]))) == 1


@pytest.mark.parametrize(
    ("field", "value", "wanted"),
    [
        ("title", "岚州市人才规定", "岚州市人才规定"),
        ("interpreter", "岚州市财政局", "岚州市财政局"),
        ("disclosure", "不予公开", "不予公开"),
        ("registration_number", "LZCR-2018-0100001", "LZCR-2018-0100001"),
        ("dated", "2018-03-05", "2018-03-05"),
        ("published", "2018-03-06", "2018-03-06"),
        ("effective", "2018-04-01", "2018-04-01"),
        ("expires", "2023-03-31", "2023-03-31"),
    ],
)
def test_set_a_value(field: str, value: str, wanted: str) -> None:
    linked = shelve(TALENT, judgements=[Judgement("set", KEY, field=field, value=value, who="张")])
    assert str(getattr(work(linked, KEY), field)) == wanted


def test_set_the_drafter() -> None:
    linked = shelve(
        TALENT, judgements=[Judgement("set", KEY, field="drafter", value="岚州市财政局、岚州市人社局", who="张")]
    )
    drafter = work(linked, KEY).drafter
    assert drafter
    assert (drafter.names, drafter.ladder, drafter.certainty) == (("岚州市财政局", "岚州市人社局"), "E1", "stated")


def test_a_word_on_the_interpreter_goes_before_who_handed_in_the_words() -> None:
    text = "《岚州市人才办法（试行）》政策解读\n现解读如下：一、内容。供稿单位：人才处、税管局（东岭、岚州）\n"
    key = "《〈岚州市人才办法（试行）〉政策解读》"
    read = work(shelve(text), key)
    assert (read.interpreter, read.contributed_by) == ("人才处、税管局", "供稿单位")
    word = Judgement("set", key, field="interpreter", value="岚州市科学技术局", who="张")
    told = work(shelve(text, judgements=[word]), key)
    assert (told.interpreter, told.contributed_by) == ("岚州市科学技术局", None)
    back = work(shelve(text, judgements=[word, Judgement("set", key, field="interpreter", who="张")]), key)
    assert (back.interpreter, back.contributed_by) == (read.interpreter, read.contributed_by)


# Order ----------------------------------------------------------------------------------------------------------


def test_order_of_arrival_does_not_matter() -> None:
    texts = (
        TALENT,
        OLD,
        NEW,
        RULES,
        TAIL.replace("30号", "31号"),
        CITING,
        citing("《岚州市项目办法》", day="2019-01-01").replace("30号", "32号"),
    )
    first = shelve(*texts)
    assert shelve(*texts, reverse=True) == first
    for cut in range(1, len(texts)):
        assert shelve(*texts[cut:], *texts[:cut]) == first


def test_relations_are_sorted_and_merged() -> None:
    twice = paper(
        "关于开展评审工作的通知", "岚科发〔2020〕30号", "2020-05-06",
        "根据岚科发〔2018〕8号，参照岚科发〔2018〕8号，依照《岚州市人才办法》，现通知如下。岚科发〔2018〕8号已经印发。",
    )  # fmt: skip
    linked = shelve(TALENT, twice)
    assert [(one.kind, one.target) for one in linked.relations] == [("basis", KEY)]
    assert list(linked.works) == sorted(linked.works, key=lambda one: one.key)


# Joint orders ---------------------------------------------------------------------------------------------------

JOINT = paper("废旧电器污染防治办法", "生态环境部　公安部令第23号", "2019-03-04", issuer="生态环境部　公安部")
ALONE = paper("废旧电器污染防治办法", "生态环境部令第23号", "2019-03-04", issuer="生态环境部")
ORDER_CITED = {
    "joint as joint": (JOINT, "生态环境部、公安部令第23号", "T0"),
    "joint by its lead": (JOINT, "生态环境部令第23号", "T0"),
    "joint by its lead, with its title": (JOINT, "《废旧电器污染防治办法》（生态环境部令第23号）", "T0"),
    "printed by its lead, cited as joint": (ALONE, "《废旧电器污染防治办法》（生态环境部 公安部令第23号）", "T0"),
    "by its second organ, with its title": (JOINT, "《废旧电器污染防治办法》（公安部令第23号）", "T1"),
    "with a year that it does not print": (JOINT, "《废旧电器污染防治办法》（生态环境部令2019年第23号）", "T1"),
}


@pytest.mark.parametrize("case", ORDER_CITED)
def test_a_joint_order_is_one_under_the_names_of_its_makers(case: str) -> None:
    order, words, tier = ORDER_CITED[case]
    relation = only(shelve(order, citing(words)), "basis")
    assert relation.target == str(analysed(order)[0].elements.number.value)
    assert relation.tier == tier


def test_the_second_organs_order_of_that_serial_is_another() -> None:
    assert only(shelve(JOINT, citing("公安部令第23号")), "basis").target == "公安部令第23号"


def test_a_joint_order_is_no_order_of_its_lead_alone_unless_the_title_says_so() -> None:
    stays_open(shelve(ALONE, citing("生态环境部、公安部令第23号")), {"生态环境部令第23号"}, "联合制定的机关不符")


def test_two_files_of_a_joint_order_are_one_work() -> None:
    [found] = [one for one in shelve(JOINT, ALONE).works if one.held]
    assert len(found.documents) == 2


def test_a_number_of_another_year_and_one_title_are_no_joint_order() -> None:
    linked = shelve(JOINT, citing("《废旧电器污染防治办法》（公安部令2008年第23号）"))
    assert [one.target for one in linked.relations if one.kind == "basis"] != ["生态环境部、公安部令第23号"]


WORDED = {
    "told in the opening": (
        "岚州市水利局关于实施许可展期等有关事项的公告",
        "岚州市水利局关于实施许可展期等有关事项公告的解读\n近日，市水利局发布了关于实施许可展期等有关事项的公告，明确了要求。\n",
    ),
    "its object in marks": (
        "岚州市水利局关于推进《载货清单》无纸化工作的公告",
        "公告解读：关于推进《载货清单》无纸化工作的公告\n一、目标任务\n不再交纸质《载货清单》。\n",
    ),
}


@pytest.mark.parametrize("case", WORDED)
def test_words_that_are_the_title_of_a_held_paper_name_it(case: str) -> None:
    title, explanation = WORDED[case]
    assert (
        only(shelve(paper(title, day="2024-03-04", issuer="岚州市水利局"), explanation), "interprets").target
        == f"《{title.replace('《', '〈').replace('》', '〉')}》"
    )
    assert not [one for one in shelve(TALENT, explanation).relations if one.kind == "interprets"]


def test_the_announcement_of_rules_is_found_by_the_name_of_the_rules() -> None:
    held = paper("岚州市水利局关于发布《岚州市河道处罚基准（一）》的公告", day="2023-12-11", issuer="岚州市水利局")
    relation = only(
        shelve(held, citing("《关于岚州市河道处罚基准（一）的公告》（岚州市水利局公告2023年第18号）")), "basis"
    )
    assert (relation.target, relation.tier) == ("《岚州市水利局关于发布〈岚州市河道处罚基准（一）〉的公告》", "T3")
