"""INT-06, INT-07, INT-12: what an interpretation says."""

import re
import time
from dataclasses import replace
from pathlib import Path

import pytest

from policylib import tables
from policylib.errors import TableError
from policylib.extract.folding import fold
from policylib.model import Span
from policylib.rules.contents import contents_profile
from policylib.rules.context import Context
from policylib.rules.copying import copied
from policylib.rules.lexicon import Headings, elements, form_of, marks, tells_grounds
from policylib.rules.passages import Paper, paper
from policylib.tables import toml_rows
from tests.rules.papers import INTERPRETATION, POLICY, audited, findings, page, snapshot_of

CONTENTS, COPIED, FORM = "interpretation.contents", "interpretation.copied", "interpretation.form"


def sheet(text: str) -> Paper:
    snapshot = snapshot_of({"一页.txt": text})
    found = paper(snapshot, next(work for work in snapshot.works if work.held))
    assert found
    return found


# The lexicon ---------------------------------------------------------------------------------------------------

ROWS = [(row, example) for row in toml_rows("interpretation.toml", array="element") for example in row["examples"]]
NOT_ROWS = [
    (row, example) for row in toml_rows("interpretation.toml", array="element") for example in row["not_examples"]
]


@pytest.mark.parametrize(("row", "example"), ROWS, ids=[f"{row['id']}-{text}" for row, text in ROWS])
def test_element_is_seen(row: dict[str, str], example: str) -> None:
    element = next(one for one in elements().values() if one.id == row["id"])
    found = sheet(example)
    assert element.seen(found, Headings(found, Span(0, len(found.text))), Span(0, len(found.text)))


@pytest.mark.parametrize(("row", "example"), NOT_ROWS, ids=[f"{row['id']}-{text}" for row, text in NOT_ROWS])
def test_element_is_not_seen(row: dict[str, str], example: str) -> None:
    element = next(one for one in elements().values() if one.id == row["id"])
    found = sheet(example)
    assert element.seen(found, Headings(found, Span(0, len(found.text))), Span(0, len(found.text))) is None


def test_a_heading_tells_more_of_the_contents_than_a_sentence_on_the_background() -> None:
    found = sheet("一、出台背景\n清理是现实需要,也是法治的要求。\n二、清理的主要范围\n2016年底前的文件。")
    place = elements()["主要内容"].seen(found, Headings(found, found.body), found.body)
    assert place and place.of(found.text) == "清理的主要范围"


@pytest.mark.parametrize("row", toml_rows("interpretation.toml", array="form"), ids=lambda row: row["id"])
def test_forms(row: dict[str, list[str]]) -> None:
    assert [form_of(title).id for title in row["examples"]] == [row["id"]] * len(row["examples"])
    assert row["id"] not in [form_of(title).id for title in row["not_examples"]]


@pytest.mark.parametrize("row", toml_rows("interpretation.toml", array="mark"), ids=lambda row: row["id"])
def test_marks(row: dict[str, list[str]]) -> None:
    assert row["examples"]
    assert all(any(marks(sheet(text).folded)) for text in row["examples"])
    assert not any(any(marks(sheet(text).folded)) for text in row["not_examples"])


@pytest.mark.parametrize("row", toml_rows("interpretation.toml", array="grounds"), ids=lambda row: row["id"])
def test_grounds(row: dict[str, str]) -> None:
    pattern = re.compile(row["pattern"])
    assert [text for text in row["examples"] if not pattern.search(fold(text))] == []
    assert [text for text in row["not_examples"] if tells_grounds(fold(text))] == []


def test_headings_of_lines_that_ran_together() -> None:
    found = sheet(
        "现就有关问题解读如下：一、修订背景及目的为了落实新的要求。二、需要说明的主要问题（一）对接国际标准。"
    )
    spans = Headings(found, Span(0, len(found.text)))
    assert [found.text[span.start : span.start + 4] for span in spans] == ["修订背景", "需要说明", "对接国际"]


# INT-06 --------------------------------------------------------------------------------------------------------

WHOLE = {"办法.txt": POLICY, "解读.txt": INTERPRETATION}
DEFINES = "第二条 本办法所称科技人员，是指从事研究开发的专业技术人员。\n"
REPEALS = "《岚州市科技奖励暂行办法》（岚科发〔2019〕8号）同时废止。\n"


def without(*headings: str) -> str:
    """The interpretation without these parts."""
    lines = INTERPRETATION.splitlines()
    for heading in headings:
        at = next(index for index, line in enumerate(lines) if heading in line)
        del lines[at : at + 2]
    return "\n".join(lines)


CASES = {
    "whole": (POLICY, INTERPRETATION, []),
    "no purpose": (POLICY, without("目标任务"), [("fail", "warning", "解读缺少：目标任务；已有背景依据、主要内容")]),
    "no grounds and no purpose": (
        POLICY, without("出台背景", "目标任务"), [("fail", "warning", "解读缺少：背景依据、目标任务；已有主要内容")]),
    "a picture with a caption": (
        POLICY, "一图读懂《岚州市科技奖励办法》\n《岚州市科技奖励办法》（岚科规〔2024〕3号）\n",
        [("unknown", "info", "不能判断解读内容是否齐全：解读的文件里几乎没有文字（图解、视频之类）")]),
    "a term that nobody explains": (
        POLICY.replace("第二条", f"{DEFINES}第二条"), INTERPRETATION,
        [("fail", "info", "文件界定了用语，解读没有解释关键词")]),
    "a term that is explained": (
        POLICY.replace("第二条", f"{DEFINES}第二条"),
        f"{INTERPRETATION}\n五、名词解释\n科技人员，是指做研究的人。\n", []),
    "a term whose meaning stands under another heading": (
        POLICY.replace("第二条", f"{DEFINES}第二条"),
        f"{INTERPRETATION}\n五、适用对象\n从事研究开发工作的专业技术人员，不限户籍。\n", []),
    "a term that is told of by name": (
        POLICY.replace("第二条", f"{DEFINES}第二条"),
        f"{INTERPRETATION}\n五、哪些人可以申请\n科技人员（含在站博士后）都可以申请。\n", []),
    "a definition that lists kinds": (
        POLICY.replace("第二条", "第二条 本办法所称科技奖，包括突出贡献奖、创新奖和合作奖。\n第二条"),
        INTERPRETATION, []),
    "a definition that lists kinds below": (
        POLICY.replace("第二条", "第二条 本办法所称科技奖，是指下列奖项：（一）突出贡献奖；（二）创新奖。\n第二条"),
        INTERPRETATION, []),
    "the second of two terms": (
        POLICY.replace("第二条", f"{DEFINES}第三条 本办法所称孵化器，是指为初创企业提供场地和服务的机构。\n第二条"),
        f"{INTERPRETATION}\n五、适用对象\n从事研究开发工作的专业技术人员，不限户籍。\n",
        [("fail", "info", "文件界定了用语，解读没有解释关键词")]),
    "an old version that nobody compares": (
        POLICY + REPEALS, INTERPRETATION.replace("原有的奖项", "奖项"),
        [("fail", "warning", "文件废止了《岚州市科技奖励暂行办法》（岚科发〔2019〕8号），解读没有说明新旧差异")]),
    "an old version that is compared": (
        POLICY + REPEALS, f"{INTERPRETATION}\n五、新旧变化\n奖项由三类增加到五类。\n", []),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_contents(case: str) -> None:
    policy, interpretation, wanted = CASES[case]
    found = audited({"办法.txt": policy, "解读.txt": interpretation}, CONTENTS)
    assert [(one.result, one.severity, one.message) for one in found] == wanted


DETAIL = "二、调整了两处名称\n根据《岚州市学科名录》（岚州市科学技术局公告第6号），规范了部分学科名称。"


def test_the_source_of_a_detail_is_no_ground_of_the_paper() -> None:
    told = without("出台背景") + DETAIL
    [finding] = audited({"办法.txt": POLICY, "解读.txt": told}, CONTENTS)
    assert finding.message.startswith("解读缺少：背景依据；")


def test_contents_show_what_there_is() -> None:
    [finding] = audited({"办法.txt": POLICY, "解读.txt": without("目标任务")}, CONTENTS)
    assert [one.quote for one in finding.evidence] == ["出台背景", "主要内容"]
    assert finding.subject == "《〈岚州市科技奖励办法〉解读》"
    assert finding.related == ("岚科规〔2024〕3号",)


def test_several_interpretations_are_looked_at_together() -> None:
    second = (
        "岚州市科学技术局负责人就《岚州市科技奖励办法》答记者问\n2024年3月5日，岚州市科学技术局负责人就《岚州市科技奖励"
        "办法》（岚科规〔2024〕3号）回答了记者的提问。\n问：《办法》的目标是什么？\n答："
        + "让作出贡献的人得到尊重。"
        * 12
    )
    assert audited({"办法.txt": POLICY, "解读.txt": without("目标任务"), "答记者问.txt": second}, CONTENTS) == []


def test_an_office_asks_for_other_parts(tmp_path: Path) -> None:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "own.toml").write_text('id = "own"\n[contents]\nrequired = ["联系方式"]\n', "utf-8")
    own = Context(tables.load(tmp_path)).ruled(None, contents_profile)
    assert (own.required, own.copied_percent) == (("联系方式",), 60)


@pytest.mark.parametrize("line", ['required = ["背景"]', 'copied_percent = "六十"', "grace = 3", "rate_percent = -1"])
def test_wrong_setting(tmp_path: Path, line: str) -> None:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "own.toml").write_text(f'id = "own"\n[contents]\n{line}\n', "utf-8")
    with pytest.raises(TableError, match=line.partition(" ")[0]):
        Context(tables.load(tmp_path)).ruled(None, contents_profile)


def test_only_the_own_region_is_asked() -> None:
    papers = {"办法.txt": POLICY, "解读.txt": without("目标任务")}
    assert findings(snapshot_of(papers, jurisdiction="山东省/淄博市"), CONTENTS) == []


# INT-07 --------------------------------------------------------------------------------------------------------

ARTICLES = "".join(
    f"第{number}条 第{number}类项目由推荐单位在{number}月底以前提出，经过形式审查、专家评审和公示以后授奖。\n"
    for number in "一二三四五六七八"
)
HEAD = "《岚州市科技奖励办法》解读\n2024年3月1日，岚州市科学技术局印发《岚州市科技奖励办法》（岚科规〔2024〕3号）。\n"


def test_a_copy_is_told_with_its_longest_passage() -> None:
    [finding] = audited({"办法.txt": POLICY + ARTICLES, "解读.txt": HEAD + ARTICLES}, COPIED)
    assert (finding.result, finding.severity) == ("fail", "warning")
    assert "出自原文（60%及以上算照抄）" in finding.message
    here, there = finding.evidence
    assert here.quote[:20] == there.quote[:20]
    assert here.path == "解读.txt"
    assert there.path == "办法.txt"


def test_own_words_are_no_copy() -> None:
    assert audited(WHOLE, COPIED) == []


def test_the_original_below_the_interpretation_is_no_copy() -> None:
    attached = f"{INTERPRETATION}\n附：原文\n{ARTICLES}"
    assert audited({"办法.txt": POLICY + ARTICLES, "解读.txt": attached}, COPIED) == []


def test_short_texts_are_not_compared() -> None:
    short = HEAD + ARTICLES[:60]
    assert audited({"办法.txt": POLICY + ARTICLES, "解读.txt": short}, COPIED) == []


def test_share_of_a_half_copy() -> None:
    own = "".join(chr(0x4E00 + number) for number in range(3000, 3400))
    taken = "".join(chr(0x4E00 + number) for number in range(5000, 5400))
    text, original = replace(sheet("甲乙"), text=own + taken), sheet("丙丁")
    original = replace(original, text=taken)
    share = copied(text, Span(0, 800), original)
    assert share
    assert round(share.percent) == round(100 * 393 / 793)
    assert (share.longest, share.source) == (Span(400, 800), Span(0, 400))


def test_copying_is_linear() -> None:
    def seconds(times: int) -> float:
        text = replace(sheet("甲乙"), text=ARTICLES * times)
        start = time.perf_counter()
        copied(text, Span(0, len(text.text)), text)
        return time.perf_counter() - start

    small = min(seconds(200) for _ in range(3))
    assert seconds(1600) < max(small, 0.01) * 8 * 4


# INT-12 --------------------------------------------------------------------------------------------------------

PICTURE = "一图读懂《岚州市科技奖励办法》\n《岚州市科技奖励办法》（岚科规〔2024〕3号）\n"


def test_only_a_picture() -> None:
    [finding] = audited({"办法.txt": POLICY, "图解.txt": PICTURE}, FORM)
    assert (finding.result, finding.severity, finding.message) == ("fail", "warning", "只有图解，没有文字解读")
    assert finding.subject == "岚科规〔2024〕3号"


def test_a_picture_beside_a_text() -> None:
    assert audited(WHOLE | {"图解.txt": PICTURE}, FORM) == []


def test_the_menus_round_a_picture_are_no_words() -> None:
    menus = "\n".join(
        (
            "政府信息公开 办事服务 公众参与 领导信箱 在线访谈 意见征集 数据开放 企业开办一窗通 公共资源交易 民生热线",
            "热点信息 窗口服务时间调整的提示 网上办事指南 便民服务地图 政务服务中心工作时间",
            "主办单位：岚州市科学技术局 网站标识码：0000000002 技术支持：岚州市大数据中心 地址：岚州市文澜路十八号",
        )
    )
    [finding] = audited({"办法.txt": POLICY, "图解.txt": PICTURE + menus}, FORM)
    assert (finding.result, finding.message) == ("fail", "只有图解，没有文字解读")
    assert [one.result for one in audited({"办法.txt": POLICY, "图解.txt": PICTURE + menus}, CONTENTS)] == ["unknown"]


def test_a_page_without_words_of_no_known_form() -> None:
    bare = "《岚州市科技奖励办法》解读\n《岚州市科技奖励办法》（岚科规〔2024〕3号）\n"
    [finding] = audited({"办法.txt": POLICY, "解读.html": page("《岚州市科技奖励办法》解读", bare)}, FORM)
    assert finding.result == "unknown"


@pytest.mark.parametrize(("said", "has"), [
    ("与《岚州市科技奖励办法》（岚科规〔2019〕3号）相比，以下内容发生了变化。", "主要内容、新旧差异"),
    ("与外地相比，岚州的企业更多。", "主要内容"),
], ids=["it is about nothing else", "it compares something else"])  # fmt: skip
def test_a_text_that_tells_what_is_new_is_said_to_have_that(said: str, has: str) -> None:
    text = without("目标任务", "出台背景").replace("现解读如下：", f"{said}现解读如下：")
    [finding] = audited({"办法.txt": POLICY, "解读.txt": text}, CONTENTS)
    assert finding.message == f"解读缺少：背景依据、目标任务；已有{has}"
    assert len(finding.evidence) == len(has.split("、"))
