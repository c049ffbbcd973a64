"""INT-10: facts that an interpretation and its policy tell differently."""

import pytest

from tests.rules.papers import INTERPRETATION, POLICY, audited, findings, snapshot_of

FACTS = "interpretation.facts"
DATE = "2024年3月1日，岚州市科学技术局印发"
STARTS = "《办法》自2024年4月1日起施行，有效期为5年。"
AWARD = "一等奖的奖金有20万元"
IN_MAY = INTERPRETATION.replace("自2024年4月1日起", "自2024年5月1日起")
PUBLISHED = INTERPRETATION.replace("解读\n", "解读\n发布时间：2024-03-04\n", 1)

CASES = {
    "all agree": (POLICY, INTERPRETATION, []),
    "another first day": (
        POLICY, INTERPRETATION.replace("自2024年4月1日起", "自2024年5月1日起"),
        [("error", "施行日期不一致：解读写2024年5月1日，原文是2024年4月1日")]),
    "first day of a part": (
        POLICY, INTERPRETATION.replace(STARTS, "《办法》中，第三条自2024年5月1日起施行，其余同前。"), []),
    "first day of the old version": (
        POLICY, INTERPRETATION.replace(STARTS, "原《岚州市科技奖励办法》自2019年5月1日起施行。"), []),
    "first day of another paper": (
        POLICY, INTERPRETATION.replace(STARTS, "《东岭省科学技术进步条例》自2023年5月1日起施行。"), []),
    "a day that the policy names elsewhere": (
        POLICY.replace("第四条", "第四条 推荐工作自2024年5月1日起开始。"),
        INTERPRETATION.replace("自2024年4月1日起", "自2024年5月1日起"), []),
    "the policy says: from the day of issue": (
        POLICY.replace("自2024年4月1日起", "自印发之日起"), IN_MAY, []),
    "another term": (
        POLICY, INTERPRETATION.replace("有效期为5年", "有效期为3年"),
        [("error", "有效期不一致：解读写“有效期为3年”，原文到2029年3月31日为止")]),
    "the same term as a day": (
        POLICY, INTERPRETATION.replace("有效期为5年", "有效期至2029年3月31日"), []),
    "another last day": (
        POLICY, INTERPRETATION.replace("有效期为5年", "有效期至2028年3月31日"),
        [("error", "有效期不一致：解读写“有效期至2028年3月31日”，原文到2029年3月31日为止")]),
    "a term of something else": (POLICY, INTERPRETATION.replace("有效期为5年", "证书有效期为3年"), []),
    "a term of something else that is named after a comma": (
        POLICY, INTERPRETATION.replace(STARTS, "《办法》规定了证书的样式，有效期为3年。"), []),
    "first day of something else": (
        POLICY, INTERPRETATION.replace(STARTS, "《办法》规定，新标准自2024年5月1日起执行。"), []),
    "first day of this paper": (
        POLICY, INTERPRETATION.replace(STARTS, "本办法自2024年5月1日起施行。"),
        [("error", "施行日期不一致：解读写2024年5月1日，原文是2024年4月1日")]),
    "issued before it was dated": (
        POLICY, INTERPRETATION.replace(DATE, "2024年2月1日，岚州市科学技术局印发"),
        [("error", "印发日期不一致：解读写2024年2月1日，原文成文于2024年3月1日")]),
    "issued some days later": (POLICY, INTERPRETATION.replace(DATE, "2024年3月6日，岚州市科学技术局印发"), []),
    "another amount for the same": (
        POLICY, INTERPRETATION.replace(AWARD, "一等奖每项奖金标准为人民币30万元"),
        [("error", "数额不一致：解读写“奖金标准为人民币30万元”，原文是“奖金标准为人民币20万元”")]),
    "an amount that the policy has elsewhere": (
        POLICY, INTERPRETATION.replace(AWARD, "一等奖每项奖金标准为人民币10万元"), []),
    "the same amount in another unit": (
        POLICY, INTERPRETATION.replace(AWARD, "一等奖每项奖金标准为人民币200000元"), []),
    "an amount of the past": (
        POLICY, INTERPRETATION.replace(AWARD, "原来一等奖每项奖金标准为人民币5万元"), []),
    "an amount in other words": (POLICY, INTERPRETATION.replace(AWARD, "最高能拿到30万元"), []),
    "another number of days": (
        POLICY, INTERPRETATION.replace(AWARD, "申请人应当在公告之日起20个工作日内提出申请"),
        [("error", "数额不一致：解读写“应当在公告之日起20个工作日”，原文是“应当在公告之日起15个工作日”")]),
    "one figure of several": (
        POLICY.replace("二等奖每项奖金标准为", "二等奖每项奖金标准为人民币"),
        INTERPRETATION.replace(AWARD, "一等奖每项奖金标准为人民币30万元"), []),
    "a damaged paper": (
        POLICY.replace("现将", "依照岚科发〔20238号的安排，现将"), IN_MAY,
        [("warning", "施行日期不一致：解读写2024年5月1日，原文是2024年4月1日")]),
    "another serial": (
        POLICY, PUBLISHED.replace("岚科规〔2024〕3号", "岚科规〔2024〕5号"),
        [("error", "所引文号与原文不一致：解读写岚科规〔2024〕5号，"
                   "《岚州市科学技术局关于印发〈岚州市科技奖励办法〉的通知》是岚科规〔2024〕3号")]),
    "the number of an older version": (
        POLICY, PUBLISHED.replace("岚科规〔2024〕3号", "岚科发〔2019〕8号"), []),
    "another title": (
        POLICY, INTERPRETATION.replace("《岚州市科技奖励办法》", "《岚州市科技奖励规定》"),
        [("error", "文号岚科规〔2024〕3号的标题不一致：解读写《岚州市科技奖励规定》，"
                   "原文是《岚州市科学技术局关于印发〈岚州市科技奖励办法〉的通知》")]),
    "a shortened title": (POLICY, INTERPRETATION.replace("《岚州市科技奖励办法》", "《岚州科技奖励办法》"), []),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_facts(case: str) -> None:
    policy, interpretation, wanted = CASES[case]
    found = audited({"办法.txt": policy, "解读.txt": interpretation}, FACTS)
    assert [(one.severity, one.message) for one in found] == wanted
    assert {one.result for one in found} <= {"fail"}


def test_both_sentences_are_shown() -> None:
    snapshot = snapshot_of({"办法.txt": POLICY, "解读.txt": INTERPRETATION.replace("自2024年4月", "自2024年5月")})
    [finding] = findings(snapshot, FACTS)
    assert [one.quote for one in finding.evidence] == [
        "《办法》自2024年5月1日起施行，有效期为5年。",
        "第五条 本办法自2024年4月1日起施行，有效期5年。",
    ]
    assert all(one.span.of(snapshot.texts[one.sha256]) == one.quote for one in finding.evidence)
    assert finding.related == ("岚科规〔2024〕3号",)
