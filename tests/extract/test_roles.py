"""What kind of paper it is, and which one policy an interpretation explains (domain.md §6.1, §7.1)."""

from __future__ import annotations

import pytest

from policylib.extract import analyse, analyse_text
from policylib.model import Analysis
from policylib.readers import read_bytes

ROLES = {
    "岚州市人民政府关于加快科技创新的意见": "policy",
    "岚州市公共租赁住房管理办法": "policy",
    "关于印发2017年政务公开工作方案的通知": "policy",
    "岚州市人民政府关于同意设立园区的批复": "policy",
    "岚州市政策解读工作办法": "policy",
    "甲公司诉岚州市自然资源局要求解除行政协议案": "other",
    "关于提请审议《岚州市节约用水条例（草案）》的议案": "policy",
    "岚州市人民政府办公室关于做好政策解读工作的通知": "policy",
    "《岚州市人才办法》政策解读": "interpretation",
    "《岚州市人才办法》解读": "interpretation",
    "关于《岚州市人才办法》的解读": "interpretation",
    "【政策解读】《岚州市人才办法》": "interpretation",
    "一图读懂《岚州市人才办法》": "interpretation",
    "图解：《岚州市人才办法》": "interpretation",
    "岚州市科技局负责人就《岚州市人才办法》答记者问": "interpretation",
    "市科技局局长解读《岚州市人才办法》": "interpretation",
    "岚州市人民政府关于公布规范性文件清理结果的通知": "cleanup",
    "岚州市人民政府关于废止部分规范性文件的决定": "cleanup",
    "岚州市人民政府关于宣布失效一批规范性文件的决定": "cleanup",
    "岚州市人民政府关于公布继续有效的规范性文件目录的公告": "cleanup",
    "关于开展市级科技计划项目清理验收工作的通知": "policy",
    "岚州市人民政府办公室关于开展规范性文件清理工作的通知": "policy",
    "关于恒川公司等3家企业高新技术企业资格继续有效的通知": "policy",
    "岚州市规范性文件管理办法": "policy",
    "关于《关于废止部分规范性文件的决定》的补充通知": "policy",
    "关于公开征求《岚州市人才办法（征求意见稿）》意见的公告": "other",
    "关于公开征集科技项目的公告": "other",
}


@pytest.mark.parametrize("title", ROLES)
def test_role(title: str) -> None:
    text = f"{title}\n各有关单位：\n现将有关情况通报。请各单位结合实际抓好落实。\n岚州市科技局\n2020年3月4日\n"
    assert analyse_text(text).role.value == ROLES[title]


def test_the_column_of_the_site_tells() -> None:
    text = "栏目：政策解读\n标题：关于岚州市人才办法的说明\n关于岚州市人才办法的说明\n一、背景\n为吸引人才。\n"
    assert analyse_text(text).role.value == "interpretation"


# Targets --------------------------------------------------------------------------------------------------------


def target(text: str) -> tuple[str | None, list[str]] | None:
    found = [claim.citation for claim in analyse_text(text).claims if claim.relation == "interprets"]
    assert len(found) <= 1
    return (found[0].title, [str(number) for number in found[0].numbers]) if found else None


TITLE, NUMBER = "岚州市人才办法", "岚政发〔2020〕1号"
TARGETS = {
    "heading and opening": (
        f"《{TITLE}》政策解读\n近日，市政府印发了《{TITLE}》（{NUMBER}）。现解读如下：\n一、背景\n为吸引人才。\n",
        (TITLE, [NUMBER])),
    "heading alone": (f"《{TITLE}》政策解读\n一、背景\n为吸引人才。\n二、主要内容\n共五条。\n", (TITLE, [])),
    "opening alone": (
        f"政策解读\n近日，市政府印发了《{TITLE}》（{NUMBER}）。现就有关内容解读如下：\n一、背景\n为吸引人才。\n",
        (TITLE, [NUMBER])),
    "heading without (试行)": (
        f"《{TITLE}》解读\n近日，市政府印发了《{TITLE}（试行）》（{NUMBER}）。\n一、背景\n为吸引人才。\n",
        (f"{TITLE}（试行）", [NUMBER])),
    "the basis is not the target": (
        f"《{TITLE}》解读\n一、制定依据\n根据《东岭省人才条例》（东政发〔2019〕9号），市政府制定了《{TITLE}》。\n二、主要内容\n共五条。\n",
        (TITLE, [])),
    "the repealed one is not the target": (
        f"《{TITLE}》解读\n近日，市政府印发了《{TITLE}》（{NUMBER}），《岚州市旧人才办法》（岚政发〔2015〕9号）同时废止。\n"
        "一、背景\n为吸引人才。\n",
        (TITLE, [NUMBER])),
    "answer to the press": (
        f"岚州市科技局有关负责人就《{TITLE}》答记者问\n问：为什么出台《{TITLE}》？\n答：为吸引人才。\n", (TITLE, [])),
    "one picture": (f"一图读懂《{TITLE}》\n一、谁能申请\n青年人才。\n", (TITLE, [])),
    "about the notice": (
        f"《关于印发〈{TITLE}〉的通知》解读\n近日，市政府印发了《关于印发〈{TITLE}〉的通知》（{NUMBER}）。\n一、背景\n为吸引人才。\n",
        (f"关于印发〈{TITLE}〉的通知", [NUMBER])),
    "nothing named": ("政策解读\n一、背景\n为吸引人才。\n二、主要内容\n共五条。\n", None),
}  # fmt: skip


@pytest.mark.parametrize("case", TARGETS)
def test_target(case: str) -> None:
    text, wanted = TARGETS[case]
    assert target(text) == wanted


def interpretation(**lines: str) -> Analysis:
    return analyse_text(
        f"文号：{NUMBER}\n" + "".join(lines.values()) + f"《{TITLE}》政策解读\n一、背景\n为吸引人才。\n"
    )


def test_the_number_of_the_page_is_the_policys() -> None:
    analysis = interpretation()
    assert analysis.elements.number is None
    [claim] = [claim for claim in analysis.claims if claim.relation == "interprets"]
    assert [str(number) for number in claim.citation.numbers] == [NUMBER]


def test_interpreter_of_the_page() -> None:
    found = interpretation(who="解读机关：岚州市科技局\n").elements.interpreter
    assert found
    assert (found.value, found.confidence) == ("岚州市科技局", 1.0)


def test_without_one_the_signer_is_the_interpreter_and_less_sure() -> None:
    text = f"《{TITLE}》政策解读\n近日，市政府印发了《{TITLE}》。\n一、背景\n为吸引人才。\n岚州市科技局\n2020年3月4日\n"
    found = analyse_text(text).elements.interpreter
    assert found
    assert found.value == "岚州市科技局"
    assert found.confidence < 1


def test_a_markdown_file_that_calls_itself_a_case_is_no_policy() -> None:
    text = '---\ntitle: "供水合同的裁判规则"\ncategory: "{}"\n---\n\n# 供水合同的裁判规则\n\n停水三日，应当赔偿。\n'
    roles = [analyse(read_bytes(text.format(one).encode(), "甲.md")).role.value for one in ("案例", "行政法规")]
    assert roles == ["other", "policy"]
