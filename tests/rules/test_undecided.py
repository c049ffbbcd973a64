"""Papers of which their marks do not tell whether they must be interpreted: what is said of them, and quoted."""

from __future__ import annotations

import pytest

from policylib.extract.folding import fold
from policylib.model import Finding
from policylib.rules.outsiders import binding
from policylib.tables import toml_rows
from tests.rules.papers import audited


def asked(name: str, text: str) -> Finding:
    (found,) = audited({name: text}, "interpretation.missing")
    assert found.result == "unknown"
    return found


@pytest.mark.parametrize("row", toml_rows("outsiders.toml", array="binding"), ids=lambda row: str(row["id"]))
def test_words_that_bind(row: dict[str, list[str]]) -> None:
    assert all(binding().search(fold(one)) for one in row["examples"])
    assert not any(binding().search(fold(one)) for one in row["not_examples"])


ANNOUNCEMENT = (
    "根据海关总署与澄国农业部关于澄国雪梨输华植物检疫要求的规定，即日起，允许符合以下要求的澄国雪梨进口：一、检验检疫依据（一）"
    "《中华人民共和国生物安全法》。二、包装箱上应当用英文标出产地。特此公告。海关总署2024年3月1日"
    "公告下载链接：海关总署关于进口澄国雪梨植物检疫要求的公告.doc海关总署关于进口澄国雪梨植物检疫要求的公告.pdf"
)


def test_an_organ_that_registers_nothing_is_not_asked_for_a_number() -> None:
    found = asked("公告.txt", ANNOUNCEMENT)
    assert found.message == "不能判断是否需要解读：海关总署的公告不编规范性文件登记号，是不是规范性文件要看内容"
    assert "补登记号" not in found.remedy


def test_the_sentence_that_binds_is_quoted_and_no_link() -> None:
    (quoted,) = asked("公告.txt", ANNOUNCEMENT).evidence
    assert quoted.quote.endswith("允许符合以下要求的澄国雪梨进口")
    assert "下载" not in quoted.quote


RULING = (
    "{first}。{then}。特此公告。海关总署2024年3月1日"
    "公告下载链接：海关总署关于口岸管理有关事项的公告.doc海关总署关于口岸管理有关事项的公告.pdf"
)
RATHER = {
    "what is spared, not the day": ("本公告自发布之日起执行", "进口人无需提交未再加工证明"),
    "what is changed, not the day": ("调整后的标准从2024年10月1日起执行", "补贴标准由每人每月80元调整为90元"),
    "no clause begins within brackets": (
        "自发布之日起执行", "将海关总署公告中的氧化锆块（编号：甲56）的范围限定为未经烧制的"),
    "what is to be done, not what counts": (
        "重大决定包括：（一）责令停产；（二）市政府认为应当备案的其他决定", "作出重大决定的，应当报市政府备案"),
}  # fmt: skip


@pytest.mark.parametrize("case", RATHER)
def test_the_sentence_that_tells_more_is_quoted(case: str) -> None:
    first, then = RATHER[case]
    (quoted,) = asked("公告.txt", RULING.format(first=first, then=then)).evidence
    assert quoted.quote == then


def test_the_first_day_is_quoted_where_nothing_else_binds() -> None:
    (quoted,) = asked("公告.txt", RULING.format(first="现公布商品目录", then="本公告自发布之日起执行")).evidence
    assert quoted.quote == "本公告自发布之日起执行"


def test_a_paper_that_binds_by_no_such_words_is_quoted_from_its_beginning() -> None:
    text = ANNOUNCEMENT.replace("允许", "对").replace("应当", "").replace("即日起，", "")
    (quoted,) = asked("公告.txt", text).evidence
    assert quoted.quote.startswith("根据海关总署")


NOTICE = """\
岚州市科学技术局关于废止《岚州市科技奖励办法》的通知
岚科发〔2024〕8号
各区县科技局：
经研究，决定废止《岚州市科技奖励办法》（岚科规〔2019〕3号），本通知自印发之日起施行。{more}
岚州市科学技术局
2024年3月4日
"""


def test_a_paper_that_only_ends_another_lays_nothing_down() -> None:
    found = asked("通知.txt", NOTICE.format(more="特此通知。"))
    assert found.message == "不能判断是否需要解读：只废止、宣布失效别的文件，没有新的规定，一般不必另写解读"
    assert found.remedy == "核对无误的，登记不需解读的理由"
    assert any("决定废止" in one.quote for one in found.evidence)


def test_a_paper_that_also_asks_for_something_is_none_of_these() -> None:
    found = asked("通知.txt", NOTICE.format(more="已受理的申请，各区县应当在5月底前办结。"))
    assert "只废止" not in found.message
    assert "补登记号" in found.remedy
