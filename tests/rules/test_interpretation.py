from collections.abc import Callable
from dataclasses import replace

import pytest

from policylib.model import Finding, Office, Snapshot
from policylib.rules import all_rules, audit
from policylib.tables import builtin
from tests.rules.papers import POLICY, audited, findings, page, snapshot_of

World = Callable[[str], Snapshot]


def found(snapshot: Snapshot, rule: str) -> list[Finding]:
    return [finding for finding in audit(snapshot).findings if finding.rule == rule]


def verdicts(snapshot: Snapshot, rule: str) -> list[tuple[str, str]]:
    return [(finding.result, finding.severity) for finding in found(snapshot, rule)]


def test_interpretation_by_another_organ(world: World) -> None:
    snapshot = world("""
        policy 淄科字〔2017〕3号  drafter 市科技局
        interpretation 甲  by 市财政局  interprets 淄科字〔2017〕3号
    """)
    assert [f.rule for f in audit(snapshot).findings] == ["interpretation.not-by-drafter"]


# interpretation.missing ----------------------------------------------------------------------------------------

REGISTERED = "registration_number LZCR-2024-0020003"
MISSING = {
    "an old 办法 without 解读": (
        f"《岚州市科技奖励办法》  {REGISTERED}  issuer 岚州市科学技术局  published 2024-03-01", "fail"),
    "issued by a notice": (
        f"《印发〈x〉的通知》  carries 《科技奖励办法（试行）》  {REGISTERED}  published 2024-03-01", "fail"),
    "issued without 《》": (f"《关于印发岚州市人才公寓管理规定的通知》  {REGISTERED}  published 2024-03-01", "fail"),
    "a 意见": (f"《关于促进民营经济发展的若干意见》  {REGISTERED}  published 2024-03-01", "fail"),
    "registered, whatever its title": (f"《2024年政务公开工作方案》  {REGISTERED}  published 2024-03-01", "fail"),
    "no day of publication, but dated long ago": (f"《岚州市科技奖励办法》  {REGISTERED}  dated 2024-03-01", "fail"),
    "no day of publication, dated lately": (f"《岚州市科技奖励办法》  {REGISTERED}  dated 2024-06-20", None),
    "published one working day ago": (f"《岚州市科技奖励办法》  {REGISTERED}  published 2024-06-27", None),
    "published two working days ago": (f"《岚州市科技奖励办法》  {REGISTERED}  published 2024-06-26", None),
    "published three working days ago": (
        f"《岚州市科技奖励办法》  {REGISTERED}  published 2024-06-25", "fail"),
    "before the duty": (f"《岚州市科技奖励办法》  {REGISTERED}  dated 2016-11-09", "exempt"),
    "registered, no date at all": (f"《岚州市科技奖励办法》  {REGISTERED}", "unknown"),
    "a 办法 without a 登记号": ("《岚州市科技奖励办法》  published 2024-03-01", "unknown"),
    "a 意见 without a 登记号": ("《关于促进民营经济发展的若干意见》  published 2024-03-01", "unknown"),
    "issued by a notice, no 登记号": (
        "《印发〈x〉的通知》  carries 《科技奖励办法（试行）》  published 2024-03-01", "unknown"),
    "an unregistered 办法 published yesterday": ("《岚州市科技奖励办法》  published 2024-06-29", "unknown"),
    "an unregistered 办法 before the duty": ("《岚州市科技奖励办法》  dated 2016-11-09", None),
    "a plain notice": ("《关于做好统计工作的通知》  published 2024-03-01", "unknown"),
    "no date at all": ("《岚州市科技奖励办法》", "unknown"),
    "not to be disclosed": ("《岚州市科技奖励办法》  disclosure 不予公开  published 2024-03-01", "exempt"),
    "registered, but not to be disclosed": (
        f"《岚州市科技奖励办法》  {REGISTERED}  disclosure 不予公开  published 2024-03-01", "exempt"),
    "a 工作方案": ("《关于印发2017年政务公开工作方案的通知》  published 2024-03-01", "exempt"),
    "a 批复": ("《关于同意设立园区的批复》  doc_type 批复  published 2024-03-01", "exempt"),
    "a 函": ("《关于项目事项的复函》  doc_type 函  published 2024-03-01", "exempt"),
    "the fees of one year": (
        "《关于2024年水利工程专业职称申报人员评审费用缴纳有关事宜的通知》  published 2024-03-01", "exempt"),
    "fees for good": ("《关于调整职称评审费标准的通知》  published 2024-03-01", "unknown"),
    "members of a board": (
        "《岚州市人民政府办公室关于调整岚州市教材委员会组成人员的通知》  published 2024-03-01", "exempt"),
    "rules for members of a board": ("《岚州市教材委员会组成人员管理规定》  published 2024-03-01", "unknown"),
    "人事任免": ("《关于张某任职的通知》  published 2024-03-01", "exempt"),
    "表彰": ("《关于表彰先进集体的决定》  published 2024-03-01", "exempt"),
    "rules on 表彰 are rules": (f"《岚州市评比表彰管理办法》  {REGISTERED}  published 2024-03-01", "fail"),
    "rules on 表彰, no 登记号": ("《岚州市评比表彰管理办法》  published 2024-03-01", "unknown"),
    "转发": ("《转发省科技厅关于科技奖励办法的通知》  published 2024-03-01", "exempt"),
    "内部管理 stays internal": ("《岚州市科技局内部管理办法》  published 2024-03-01", "exempt"),
    "会议纪要": ("《市政府常务会议纪要》  doc_type 纪要  published 2024-03-01", "exempt"),
    "征求意见": ("《关于公开征求〈岚州市科技奖励办法〉意见的公告》  published 2024-03-01", "exempt"),
    "not held": (f"《岚州市科技奖励办法》  {REGISTERED}  published 2024-03-01  cited", None),
    "no title": ("published 2024-03-01", None),
}  # fmt: skip


@pytest.mark.parametrize("case", MISSING)
def test_missing(world: World, case: str) -> None:
    fields, wanted = MISSING[case]
    results = [f.result for f in found(world(f"policy 岚科字〔2024〕3号  {fields}"), "interpretation.missing")]
    assert results == ([wanted] if wanted else [])


@pytest.mark.parametrize("board", ["教材委员会组成人员", "防汛工作领导小组成员"])
def test_a_change_of_members_is_an_appointment(world: World, board: str) -> None:
    title = f"岚州市人民政府办公室关于调整岚州市{board}的通知"
    [finding] = found(world(f"policy 岚政办发〔2024〕3号  《{title}》  published 2024-03-01"), "interpretation.missing")
    assert finding.message.startswith("免予解读：人事任免（")


def test_of_a_paper_older_than_the_duty_the_day_is_said_from_which_it_holds(world: World) -> None:
    snapshot = world(f"policy 岚科字〔2016〕3号  《岚州市科技奖励办法》  {REGISTERED}  dated 2016-11-09")
    [finding] = found(snapshot, "interpretation.missing")
    assert finding.message == "不适用：成文于2016-11-09，解读的要求自2016-11-10起"


RULES = "岚州市仪器管理办法\n{history}\n第一条 为了管好仪器，制定本办法。\n第九条 本办法自2013年1月1日起施行。\n"
SENT, REVISED = "2012年12月19日　岚州市人民政府令第25号发布", "2018年11月25日　岚州市人民政府令第49号第二次修正"


@pytest.mark.parametrize(
    ("history", "tail", "quotes"),
    [
        (SENT, "", ["2012年12月19日"]),
        (
            f"{SENT}\n{REVISED}",
            "；库中是2018-11-25修正后的文本，修正的内容如需解读，请另行核对，本条没有查",
            ["2012年12月19日", REVISED],
        ),
        (f"{SENT}\n{REVISED.replace('2018', '2014')}", "", ["2012年12月19日"]),
    ],
    ids=["the first text", "a text revised since the duty began", "revised before it began"],
)
def test_what_was_promulgated_before_the_duty_began_and_revised_since(
    history: str, tail: str, quotes: list[str]
) -> None:
    [finding] = audited({"办法.txt": RULES.format(history=history)}, "interpretation.missing")
    assert finding.result == "exempt"
    assert finding.message == f"不适用：发布于2012-12-19，解读的要求自2016-11-10起{tail}"
    assert [one.quote for one in finding.evidence] == quotes


@pytest.mark.parametrize(
    "text",
    [
        RULES.format(history="1999年5月12日国务院批准　1999年5月25日民政部令第15号发布"),
        "类别：行政法规\n" + RULES.format(history="1999年5月25日民政部令第15号发布"),
    ],
    ids=["approved by the State Council", "by the head of its file"],
)
def test_what_a_ministry_promulgates_for_the_state_council_is_no_rule_of_its_own(text: str) -> None:
    assert audited({"办法.txt": text}, "interpretation.missing") == []


def test_missing_says_what_and_why(world: World) -> None:
    snapshot = world(f"policy 岚科字〔2024〕3号  《岚州市科技奖励办法》  {REGISTERED}  published 2024-03-01")
    [finding] = found(snapshot, "interpretation.missing")
    assert "本库未见解读，已公开82个工作日" in finding.message
    assert finding.severity == "error"
    assert "80号" in finding.basis
    assert "解读材料" in finding.remedy


def test_an_order_is_a_rule_without_a_registration_number(world: World) -> None:
    snapshot = world("policy 岚州市人民政府令第9号  《岚州市公共租赁住房管理办法》  published 2024-03-01")
    [finding] = found(snapshot, "interpretation.missing")
    assert (finding.result, finding.severity) == ("fail", "error")
    assert finding.message.endswith("以令公布的规章")


@pytest.mark.parametrize("kind", ["办法", "规定", "细则", "意见", "若干措施"])
def test_a_title_alone_decides_nothing(world: World, kind: str) -> None:
    snapshot = world(f"policy 岚科字〔2024〕3号  《岚州市科技奖励{kind}》  published 2024-03-01")
    [finding] = found(snapshot, "interpretation.missing")
    assert (finding.result, finding.severity) == ("unknown", "info")
    assert f"标题为“{kind}”，疑为规范性文件，但未见登记号" in finding.message
    assert "登记号" in finding.remedy
    assert audit(snapshot).exit_code == 0


def test_exempt_by_hand(world: World) -> None:
    snapshot = world("""
        policy 岚科字〔2024〕3号  《岚州市科技奖励办法》  published 2024-03-01
        exempt 岚科字〔2024〕3号  与2023年办法内容相同
    """)
    [finding] = found(snapshot, "interpretation.missing")
    assert (finding.result, "内容相同" in finding.message) == ("exempt", True)


def test_interpreted_policy_is_silent(world: World) -> None:
    snapshot = world("""
        policy 岚科字〔2024〕3号  《岚州市科技奖励办法》  issuer 岚州市科学技术局  published 2024-03-01
        interpretation 甲  by 岚州市科学技术局  interprets 岚科字〔2024〕3号  published 2024-03-01
    """)
    assert audit(snapshot).findings == ()


def test_planned_interpretation_is_none(world: World) -> None:
    snapshot = world(f"""
        policy 岚科字〔2024〕3号  《岚州市科技奖励办法》  {REGISTERED}  published 2024-03-01
        other 乙  interprets 岚科字〔2024〕3号 plan
    """)
    assert verdicts(snapshot, "interpretation.missing") == [("fail", "error")]


def test_only_the_own_region_must_interpret(world: World) -> None:
    snapshot = world(f"""
        policy 国办发〔2024〕3号  《关于促进消费的若干意见》  issuer 国务院办公厅  {REGISTERED}  published 2024-03-01
        policy 岚科字〔2024〕3号  《岚州市科技奖励办法》  issuer 岚州市科学技术局  {REGISTERED}  published 2024-03-01
        policy 澄教字〔2024〕1号  《澄江区学位管理办法》  issuer 岚州市澄江区教育局  {REGISTERED}  published 2024-03-01
    """)
    report = audit(snapshot, all_rules(office=Office("东岭省/岚州市")))
    missing = [finding for finding in report.failures if finding.rule == "interpretation.missing"]
    assert [finding.subject for finding in missing] == ["岚科字〔2024〕3号", "澄教字〔2024〕1号"]


@pytest.mark.parametrize("issuer", ["岚州市人民代表大会常务委员会", "东岭省人民代表大会", "最高人民法院"])
def test_what_a_congress_or_a_court_made_needs_no_interpretation(world: World, issuer: str) -> None:
    snapshot = world(f"policy 《岚州市燃放烟花爆竹规定》  issuer {issuer}  published 2024-03-01")
    assert found(snapshot, "interpretation.missing") == []


# interpretation.not-by-drafter ---------------------------------------------------------------------------------

NOT_BY_DRAFTER = {
    "stated drafter, other bureau": ("issuer 岚州市人民政府  drafter 市科技局", "by 市财政局", ("fail", "error")),
    "drafter by proxy": ("issuer 岚州市人民政府  drafter 市科技局 proxy", "by 市财政局", ("fail", "warning")),
    "presumed from the issuer": ("issuer 岚州市科学技术局", "by 市财政局", ("fail", "warning")),
    "short and full name agree": ("issuer 岚州市人民政府  drafter 市科技局", "by 岚州市科学技术局", None),
    "a section of the bureau": ("issuer 岚州市科学技术局", "by 岚州市科学技术局政策法规科", None),
    "relative names on both sides": ("drafter 市科技局", "by 市科技局", None),
    "government paper, drafter unknown": ("issuer 岚州市人民政府办公室", "by 岚州市科学技术局", ("unknown", "info")),
    "party paper, drafter unknown": ("issuer 中共岚州市委办公室", "by 岚州市科学技术局", ("unknown", "info")),
    "office interprets the department's draft": (
        "issuer 岚州市人民政府办公室  drafter 市科技局", "by 岚州市人民政府办公室", ("fail", "warning")),
    "office drafted it itself": ("issuer 岚州市人民政府办公室  drafter 市政府办公室", "by 岚州市人民政府办公厅", None),
    "joint: the lead interprets": ("issuer 岚州市科学技术局、岚州市财政局", "by 岚州市科学技术局", None),
    "joint: a co-issuer interprets": ("issuer 岚州市科学技术局、岚州市财政局", "by 岚州市财政局", ("fail", "warning")),
    "joint: a co-issuer interprets, the lead stated": (
        "issuer 岚州市科学技术局、岚州市财政局  drafter 岚州市科学技术局", "by 岚州市财政局", ("fail", "error"),
    ),
    "joint: the lead among others": ("issuer 岚州市科学技术局、岚州市财政局", "by 市财政局、市科技局", None),
    "no interpreter named": ("issuer 岚州市科学技术局", "", ("unknown", "info")),
    "interpreter only by sign-off": (
        "issuer 岚州市科学技术局  drafter 市科技局", "issuer 岚州市财政局", ("fail", "warning")),
    "perhaps reorganised": ("issuer 岚州市农业局", "by 岚州市农业农村局", ("unknown", "info")),
    "nobody known": ("", "by 市财政局", ("unknown", "info")),
}  # fmt: skip


@pytest.mark.parametrize("case", NOT_BY_DRAFTER)
def test_not_by_drafter(world: World, case: str) -> None:
    policy, interpretation, wanted = NOT_BY_DRAFTER[case]
    snapshot = world(f"""
        policy 岚科字〔2024〕3号  {policy}
        interpretation 甲  {interpretation}  interprets 岚科字〔2024〕3号
    """)
    assert verdicts(snapshot, "interpretation.not-by-drafter") == ([wanted] if wanted else [])


def test_not_by_drafter_shows_its_evidence(world: World) -> None:
    snapshot = world("""
        policy 岚政办发〔2024〕3号  issuer 岚州市人民政府办公室  drafter 市科技局
        interpretation 甲  by 市财政局  interprets 岚政办发〔2024〕3号
    """)
    [finding] = found(snapshot, "interpretation.not-by-drafter")
    assert finding.message == "“谁起草、谁解读”不一致：起草市科技局（文中载明），解读市财政局"
    assert [evidence.quote for evidence in finding.evidence] == ["由市科技局起草", "interprets《岚政办发〔2024〕3号》"]
    assert finding.related == ("甲",)


def test_a_drafter_that_only_a_cleanup_list_names_makes_a_warning(world: World) -> None:
    snapshot = world("""
        policy 岚政办发〔2024〕3号  issuer 岚州市人民政府办公室  drafter 市科技局
        interpretation 甲  by 市财政局  interprets 岚政办发〔2024〕3号
    """)
    policy = snapshot.by_key["岚政办发〔2024〕3号"]
    assert policy.drafter is not None
    listed = replace(policy.drafter, evidence=replace(policy.drafter.evidence, rule="drafter.list"))
    works = tuple(replace(one, drafter=listed) if one is policy else one for one in snapshot.works)
    [finding] = found(replace(snapshot, works=works), "interpretation.not-by-drafter")
    assert (finding.severity, finding.message) == (
        "warning",
        "“谁起草、谁解读”不一致：起草市科技局（清理目录载明），解读市财政局",
    )


def test_one_interpretation_by_the_drafter_is_enough(world: World) -> None:
    snapshot = world("""
        policy 岚科字〔2024〕3号  issuer 岚州市科学技术局
        interpretation 专家解读  by 岚州大学  interprets 岚科字〔2024〕3号
        interpretation 部门解读  by 市科技局  interprets 岚科字〔2024〕3号
    """)
    assert found(snapshot, "interpretation.not-by-drafter") == []


def test_successor_interprets(world: World) -> None:
    ledger = """
        rename 岚州市经济和信息化委员会 -> 岚州市工业和信息化局 since 2019-01-01
        policy 岚经信〔2018〕3号  issuer 岚州市经济和信息化委员会
        interpretation 甲  by 岚州市工业和信息化局  interprets 岚经信〔2018〕3号  published {day}
    """
    [finding] = found(world(ledger.format(day="2019-02-01")), "interpretation.not-by-drafter")
    assert (finding.result, finding.severity) == ("pass", "info")
    assert "机构改革" in finding.message
    assert verdicts(world(ledger.format(day="2018-12-01")), "interpretation.not-by-drafter") == [("unknown", "info")]


def test_former_name_after_the_reform(world: World) -> None:
    snapshot = world("""
        rename 岚州市经济和信息化委员会 -> 岚州市工业和信息化局 since 2019-01-01
        policy 岚工信〔2020〕3号  issuer 岚州市工业和信息化局
        interpretation 甲  by 岚州市经济和信息化委员会  interprets 岚工信〔2020〕3号  published 2020-03-02
    """)
    assert verdicts(snapshot, "interpretation.not-by-drafter") == [("pass", "warning")]


WATER = "issuer 岚州市水利局"
CONTRIBUTED = {
    "own unit": (WATER, "节水科", None),
    "own unit by its full name": (WATER, "岚州市水利局节水科", None),
    "the drafter of a government's paper": ("issuer 岚州市人民政府  drafter 市科技局", "市科技局", None),
    "own unit beside another organ": (WATER, "节水科、市财政局", ("pass", "info")),
    "another organ": (WATER, "市财政局", ("unknown", "info")),
    "another organ, drafter stated": ("issuer 岚州市人民政府  drafter 市科技局", "市财政局", ("unknown", "info")),
    "a unit of nobody knows whom": ("issuer 岚州市科学技术局、岚州市财政局", "社保处", ("unknown", "info")),
    "the lead of a joint paper": ("issuer 岚州市科学技术局、岚州市财政局", "市科技局、市财政局", ("pass", "info")),
    "drafter unknown": ("issuer 岚州市人民政府办公室", "市财政局", ("unknown", "info")),
}


@pytest.mark.parametrize("case", CONTRIBUTED)
def test_who_handed_in_the_words_is_no_sure_interpreter(world: World, case: str) -> None:
    policy, names, wanted = CONTRIBUTED[case]
    snapshot = world(f"""
        policy 岚水发〔2024〕3号  {policy}
        interpretation 甲  contributed 供稿单位：{names}  interprets 岚水发〔2024〕3号
    """)
    assert verdicts(snapshot, "interpretation.not-by-drafter") == ([wanted] if wanted else [])


def test_others_who_handed_in_words_are_told(world: World) -> None:
    snapshot = world("""
        policy 岚水发〔2024〕3号  issuer 岚州市水利局
        interpretation 甲  contributed 报送单位：节水科、市财政局  interprets 岚水发〔2024〕3号
    """)
    [finding] = found(snapshot, "interpretation.not-by-drafter")
    assert finding.message == "一致：报送单位里节水科属于起草单位岚州市水利局，市财政局是另外的单位"
    assert [one.quote for one in finding.evidence] == ["报送单位：节水科、市财政局"]
    [other] = found(
        world("""
            policy 岚水发〔2024〕3号  issuer 岚州市水利局
            interpretation 甲  contributed 供稿单位：市财政局  interprets 岚水发〔2024〕3号
        """),
        "interpretation.not-by-drafter",
    )
    assert other.message == (
        "不能判断是否“谁起草、谁解读”：解读没有写明解读单位，只写了供稿单位市财政局；起草岚州市水利局"
    )


def test_an_interpreter_by_name_beside_one_that_handed_in_words(world: World) -> None:
    ledger = """
        policy 岚水发〔2024〕3号  issuer 岚州市水利局
        interpretation 甲  by {by}  interprets 岚水发〔2024〕3号
        interpretation 乙  contributed 供稿单位：市财政局  interprets 岚水发〔2024〕3号
    """
    assert found(world(ledger.format(by="岚州市水利局")), "interpretation.not-by-drafter") == []
    assert verdicts(world(ledger.format(by="市科技局")), "interpretation.not-by-drafter") == [("unknown", "info")]


# interpretation.late -------------------------------------------------------------------------------------------

LATE = {
    "the same day": ("2024-03-01", "2024-03-01", None),
    "on the weekend after": ("2024-03-01", "2024-03-02", None),
    "the next working day": ("2024-03-01", "2024-03-04", ("pass", "info")),
    "three working days": ("2024-03-01", "2024-03-06", ("pass", "info")),
    "four working days": ("2024-03-01", "2024-03-07", ("fail", "error")),
    "after the Spring Festival": ("2024-02-09", "2024-02-18", ("pass", "info")),
    "before the policy": ("2024-03-01", "2024-02-28", ("fail", "info")),
    "no holiday notice yet": ("2033-03-01", "2033-03-02", ("unknown", "info")),
    "interpretation undated": ("2024-03-01", None, ("unknown", "info")),
    "policy undated": (None, "2024-03-01", ("unknown", "info")),
    "both undated": (None, None, None),
}


@pytest.mark.parametrize("case", LATE)
def test_late(world: World, case: str) -> None:
    policy, interpretation, wanted = LATE[case]
    snapshot = world(f"""
        as_of 2033-12-31
        policy 岚科字〔2024〕3号  {f"published {policy}" if policy else ""}
        interpretation 甲  interprets 岚科字〔2024〕3号  {f"published {interpretation}" if interpretation else ""}
    """)
    assert verdicts(snapshot, "interpretation.late") == ([wanted] if wanted else [])


def test_only_the_first_interpretation_counts(world: World) -> None:
    snapshot = world("""
        policy 岚科字〔2024〕3号  published 2024-03-01
        interpretation 甲  interprets 岚科字〔2024〕3号  published 2024-06-01
        interpretation 乙  interprets 岚科字〔2024〕3号  published 2024-03-01
        interpretation 丙  interprets 岚科字〔2024〕3号
    """)
    assert found(snapshot, "interpretation.late") == []


def test_late_says_how_late(world: World) -> None:
    snapshot = world("""
        policy 岚科字〔2024〕3号  published 2024-03-01
        interpretation 甲  interprets 岚科字〔2024〕3号  published 2024-03-08
    """)
    [finding] = found(snapshot, "interpretation.late")
    assert finding.message == "解读晚于文件5个工作日（超过3个的算晚）：文件2024-03-01公布，解读2024-03-08公布"
    assert finding.evidence[0].quote == "interprets《岚科字〔2024〕3号》"


def test_what_is_known_of_a_policy_without_a_day_is_told(world: World) -> None:
    snapshot = world("""
        policy 岚科字〔2024〕3号  dated 2024-03-01
        interpretation 甲  interprets 岚科字〔2024〕3号  published 2024-05-20
        policy 岚科字〔2024〕4号  dated 2024-03-01
        interpretation 乙  interprets 岚科字〔2024〕4号  published 2024-03-08
    """)
    late, in_doubt = (one.message for one in found(snapshot, "interpretation.late"))
    assert late == (
        "不能判断解读是否及时：解读2024-05-20发布；文件2024-03-01成文，公布日期不明，隔54个工作日，疑似晚发，请核对公布日期"
    )
    assert in_doubt == "不能判断解读是否及时：解读2024-03-08发布；文件2024-03-01成文，公布日期不明"


@pytest.mark.parametrize(("opening", "known"), [
    ("《岚州市科技奖励办法》已于2024年3月1日印发。", "文件2024-03-01印发（据解读），公布日期不明"),
    ("2024年3月1日，岚州市科学技术局发布《岚州市科技奖励办法》。", "文件2024-03-01发布（据解读），公布日期不明"),
    ("《岚州市科技奖励办法》出台了。", "文件的公布日期不明"),
    ("为落实2019年3月1日印发的规划，岚州市科学技术局制定了《岚州市科技奖励办法》。", "文件的公布日期不明"),
])  # fmt: skip
def test_an_interpretation_tells_when_its_policy_was_issued(opening: str, known: str) -> None:
    text = f"《岚州市科技奖励办法》政策解读\n{opening}现解读如下：\n一、出台背景\n鼓励创新。"
    (finding,) = audited({"解读.html": page("《岚州市科技奖励办法》政策解读", text)}, "interpretation.late")
    assert known in finding.message
    assert "解读2024-03-04发布" in finding.message


def test_a_limit_is_called_a_rule_only_where_a_region_has_one(world: World) -> None:
    snapshot = world("""
        policy 岚科字〔2024〕3号  issuer 岚州市科学技术局  published 2024-03-01
        interpretation 甲  interprets 岚科字〔2024〕3号  published 2024-03-08
    """)
    [finding] = found(snapshot, "interpretation.late")
    assert "规定" not in finding.message + finding.basis
    assert "更正" in finding.remedy
    own = {"id": "own", "region": "东岭省", "source": "东岭省政务公开办法", "interpretation": {"limit_working_days": 2}}
    tables = builtin()
    local = replace(
        tables,
        profiles={**tables.profiles, "own": own},
        regions={**tables.regions, "岚州市": ("东岭省/岚州市",)},
    )
    rules = all_rules(local, Office("东岭省/岚州市"))
    [finding] = [one for one in audit(snapshot, rules).findings if one.rule == "interpretation.late"]
    assert "规定不超过2个" in finding.message
    assert finding.basis.endswith("；东岭省政务公开办法：最迟不超过2个工作日")


def test_within_the_limit_is_no_fault(world: World) -> None:
    snapshot = world("""
        policy 岚科字〔2024〕3号  published 2024-03-01
        interpretation 甲  interprets 岚科字〔2024〕3号  published 2024-03-06
    """)
    [finding] = found(snapshot, "interpretation.late")
    assert finding.message == "解读晚于文件3个工作日，未超过3个：文件2024-03-01公布，解读2024-03-06公布"
    assert finding.remedy == ""
    assert audit(snapshot).exit_code == 0


@pytest.mark.parametrize(("head", "wanted"), [
    ('category: "行政法规"', []), ("效力级别：地方性法规", []),
    ('category: "公告通知"', ["unknown"]), ("", ["unknown"]),
])  # fmt: skip
def test_a_head_that_says_it_is_a_statute_counts(head: str, wanted: list[str]) -> None:
    text = (
        f"---\n{head}\n---\n岚州市印章管理的规定\n第一条　印章的直径不得大于4.5厘米。\n岚州市人民政府\n2024年3月1日\n"
    )
    assert [one.result for one in audited({"规定.md": text}, "interpretation.missing")] == wanted


# A link proves that there is one ----------------------------------------------------------------------------------

REGISTERED_PAPER = "登记号：LZCR-2024-0010001\n" + POLICY
LINKED = {
    "by its name": ("《岚州市科技奖励办法》政策解读", "unknown"),
    "a picture of it": ("【图解】岚州市科技奖励办法", "unknown"),
    "a menu": ("政策解读", "fail"),
    "of another policy": ("《岚州市人才公寓办法》政策解读", "fail"),
    "the policy itself": ("岚州市科技奖励办法", "fail"),
}


@pytest.mark.parametrize("case", LINKED)
def test_a_page_that_links_its_interpretation_is_not_accused(case: str) -> None:
    words, result = LINKED[case]
    extra = f'<div class="xgjd"><a href="/zcjd/1.html">{words}</a></div>'
    seen = snapshot_of({"办法.html": page("岚州市科技奖励办法", REGISTERED_PAPER, extra)})
    [said] = findings(seen, "interpretation.missing")
    assert said.result == result
    if result == "unknown":
        assert [one.quote for one in said.evidence] == [words]


def test_a_dead_policy_that_links_its_interpretation_is_said_to_have_one() -> None:
    text = REGISTERED_PAPER.replace("有效期5年", "有效期至2024年5月31日")
    extra = '<div class="xgjd"><a href="/zcjd/1.html">《岚州市科技奖励办法》政策解读</a></div>'
    snapshot = snapshot_of({"办法.html": page("岚州市科技奖励办法", text, extra)})
    [said] = findings(snapshot, "interpretation.missing")
    assert said.message.endswith("；文件有效期至2024-05-31，自2024-06-01起失效")
    assert "不必补写" not in said.remedy
    assert said.remedy.startswith("页面上已有解读的链接")


def test_a_link_tells_the_day_of_the_interpretation() -> None:
    extra = '<div class="xgjd"><a href="/zcjd/1.html">《岚州市科技奖励办法》政策解读 <span>2024-03-05</span></a></div>'
    [said] = findings(
        snapshot_of({"办法.html": page("岚州市科技奖励办法", REGISTERED_PAPER, extra)}), "interpretation.missing"
    )
    assert said.message.startswith("不能判断是谁解读：文件页面上有解读（2024-03-05）的链接")


TOLD = {
    "with its day": (
        "点击查看政策解读：《岚州市科技奖励办法》解读 2024-03-06",
        "不能判断是谁解读：文件上列有解读（2024-03-06）",
    ),
    "in brackets": ("【政策解读】关于《岚州市科技奖励办法》的解读", "不能判断是谁、何时解读：文件上列有解读"),
    "plain": ("解读：《岚州市科技奖励办法》政策解读", "不能判断是谁、何时解读：文件上列有解读"),
    "of another policy": ("解读：《岚州市人才公寓办法》政策解读", "本库未见解读"),
    "a duty": ("解读：由市科技局负责《岚州市科技奖励办法》的解读。", "本库未见解读"),
}


@pytest.mark.parametrize("case", TOLD)
def test_a_paper_whose_text_names_its_interpretation_is_not_accused(case: str) -> None:
    words, said = TOLD[case]
    [finding] = audited({"办法.txt": f"{REGISTERED_PAPER}{words}\n"}, "interpretation.missing")
    assert finding.message.startswith(said)
    assert (finding.result == "unknown") == said.startswith("不能判断")


STATUTES = {
    "a 条例 is made by a congress or the State Council": ("岚州市处分条例", "条例.txt"),
    "kept with local statutes": ("岚州市公共文化服务规定", "岚州地方法规/规定.txt"),
}


@pytest.mark.parametrize("case", STATUTES)
def test_a_statute_without_history_is_asked_for_no_registration_number(case: str) -> None:
    title, path = STATUTES[case]
    text = f"{title}\n第一条 为了管理，制定本规定。\n第二条 本规定自2023年3月1日起施行。\n"
    assert audited({path: text}, "interpretation.missing") == []


# The words that findings stand on ----------------------------------------------------------------------------------

NUMBERED = POLICY.replace("岚科规〔2024〕3号", "LZCR-2024-0010003\n岚科规〔2024〕3号", 1)
ORDER = """\
岚州市人民政府令
第9号

《岚州市公共租赁住房管理办法》已经市政府常务会议通过，现予公布，自2023年5月1日起施行。

市长　某某
2023年3月1日

岚州市公共租赁住房管理办法
第一条 为了保障住房困难家庭，制定本办法。
"""


@pytest.mark.parametrize(
    ("paper", "result", "quotes"),
    [
        (NUMBERED, "fail", ["岚州市科学技术局关于印发《岚州市科技奖励办法》的通知\nLZCR-2024-0010003"]),
        (
            POLICY,
            "unknown",
            [
                "岚州市科学技术局关于印发《岚州市科技奖励办法》的通知",
                "第三条 一等奖每项奖金标准为人民币20万元，二等奖每项奖金标准为10万元",
            ],
        ),
        (ORDER, "fail", ["岚州市人民政府令\n第9号", "岚州市公共租赁住房管理办法"]),
    ],
    ids=[
        "its registration number beside its title",
        "its title and what it lays down",
        "the number of the order and the title of its rules",
    ],
)
def test_what_is_missing_is_shown_to_be_due(paper: str, result: str, quotes: list[str]) -> None:
    snapshot = snapshot_of({"办法.txt": paper})
    [one] = findings(snapshot, "interpretation.missing")
    assert (one.result, [evidence.quote for evidence in one.evidence]) == (result, quotes)
    for evidence in one.evidence:
        assert evidence.span.of(snapshot.texts[evidence.sha256]) == evidence.quote


def test_the_rate_of_a_year_quotes_the_papers_that_lack_an_interpretation() -> None:
    [one] = findings(snapshot_of({"办法.txt": NUMBERED}), "interpretation.rate")
    assert one.about == "岚州市科学技术局2024年"
    assert [evidence.quote for evidence in one.evidence] == ["LZCR-2024-0010003"]


# Of the dead ---------------------------------------------------------------------------------------------------


def test_nobody_is_asked_to_explain_what_holds_no_longer(world: World) -> None:
    line = f"policy 岚科规〔2024〕3号  《岚州市科技奖励办法》  {REGISTERED}  published 2024-03-01"
    dead = world(f"{line}\nstatus 岚科规〔2024〕3号  废止 2024-05-20")
    [finding] = found(dead, "interpretation.missing")
    assert (finding.result, finding.severity) == ("fail", "info")
    assert finding.message.endswith("；文件已于2024-05-20废止")
    assert "，到失效时已公开54个工作日；" in finding.message
    unpublished = line.replace("published", "dated")
    [alive] = found(world(f"as_of 2024-06-28\n{unpublished}"), "interpretation.missing")
    assert "，成文已82个工作日；" in alive.message
    [ended] = found(world(f"{unpublished}\nstatus 岚科规〔2024〕3号  废止 2024-05-20"), "interpretation.missing")
    assert "，从成文到失效隔了54个工作日；" in ended.message
    assert finding.remedy and finding.remedy.startswith("文件已失效，不必补写解读")
    assert "予以废止" in [one.quote for one in finding.evidence]
    assert verdicts(world(line), "interpretation.missing") == [("fail", "error")]


def test_the_rate_of_a_year_counts_the_dead_and_asks_nothing_for_them(world: World) -> None:
    one = f"policy 岚科规〔2023〕1号  《岚州市人才办法》  issuer 岚州市科学技术局  {REGISTERED}  published 2023-03-01"
    two = one.replace("1号", "2号").replace("人才", "奖励").replace("0020003", "0020004")
    gone = "status 岚科规〔2023〕1号  废止 2024-05-20"
    [all_dead] = found(world(f"{one}\n{gone}"), "interpretation.rate")
    assert all_dead.message.endswith("（岚科规〔2023〕1号）（已失效）")
    assert all_dead.remedy and "都已失效，不必补写" in all_dead.remedy
    [half] = found(world(f"{one}\n{two}\n{gone}"), "interpretation.rate")
    assert half.message.endswith("（岚科规〔2023〕1号）（已失效）；《岚州市奖励办法》（岚科规〔2023〕2号）")
    assert half.remedy and half.remedy.endswith("；已失效的不必补写")


def test_who_drafted_it_is_shown_in_its_sentence() -> None:
    policy = POLICY.replace("第五条", "第五条 本办法由市财政局起草并负责解释。\n第六条")
    reading = "《岚州市科技奖励办法》解读\n岚州市科学技术局就《岚州市科技奖励办法》（岚科规〔2024〕3号）解读如下：\n"
    papers = {"办法.txt": policy, "解读.txt": f"{reading}办法规定了奖项。\n解读单位：岚州市科学技术局\n"}
    [finding] = findings(snapshot_of(papers), "interpretation.not-by-drafter")
    assert finding.evidence[0].quote == "第五条 本办法由市财政局起草并负责解释"


def test_a_short_name_of_who_drafts_is_the_citys_own() -> None:
    """发改委 of a city's paper is no ministry, which would be accused of leaving its paper to a city."""
    policy = POLICY.replace("第五条", "第五条 本办法由发改委起草并负责解释。\n第六条").replace("科学技术局", "人民政府")
    reading = (
        "《岚州市科技奖励办法》解读\n岚州市发展和改革委员会就《岚州市科技奖励办法》（岚科规〔2024〕3号）解读如下：\n"
    )
    papers = {"办法.txt": policy, "解读.txt": f"{reading}办法规定了奖项。\n解读单位：岚州市发展和改革委员会\n"}
    snapshot = snapshot_of(papers)
    assert not [one for one in findings(snapshot, "interpretation.not-by-drafter") if one.result != "pass"]
    [work] = [one for one in snapshot.works if one.role == "policy" and one.held]
    assert work.drafter and work.drafter.names == ("岚州市发展和改革委员会",)
