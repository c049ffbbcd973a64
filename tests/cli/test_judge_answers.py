"""judge: whatever the program asks, its own command settles, whichever of the two papers is named first."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.link.shelf import paper
from tests.link.test_resolve import NEW, OLD, RULES, TAIL, TALENT, citing
from tests.link.test_suggested import RULINGS, RULINGS_KEY, TRANSIT, TRANSIT_KEY, explaining, telling
from tests.link.test_unprinted import OIL, OIL_KEY, explanation

WHO = ("--who", "张三", "--why", "核对过原件")
CITING = "岚科发〔2020〕30号"
OTHER_RULES = paper(
    "岚州市人民政府关于印发《关于推进公开的意见》实施细则的通知", "岚政发〔2017〕3号", "2017-01-10",
    issuer="岚州市人民政府",
)  # fmt: skip
RULINGS_TOLD = "《关于2024年第二批有关归类决定的政策解读》"
TRANSIT_TOLD = "《政策解读——岚州海关关于便利原产货物享惠的公告》"
UNHELD = "岚州海关公告2024年第110号"
UNDATED = paper("关于开展评审工作的通知", CITING, "", "根据《岚州市项目办法》，现通知如下。")
WATER = paper("岚州市城镇居民生活节约用水管理暂行办法", "岚政发〔2018〕5号", "2018-03-04", issuer="岚州市人民政府")
SMOKE = paper(
    "岚州市人民政府关于划定高污染燃料禁燃区的公告", "岚州市人民政府公告2021年第3号", "2021-03-04",
    issuer="岚州市人民政府",
)  # fmt: skip
CLEANUP = paper(
    "岚州市人民政府关于公布市政府规范性文件清理结果的通知", "岚政发〔2022〕28号", "2022-12-20",
    body="经清理，决定废止下列文件：\n1.《岚州市人民政府关于划定高污染燃料禁燃区的通告》（岚政发〔2016〕9号）\n"
    "2.《岚州市人民政府关于加强城市养犬管理的通告》（岚政发〔2015〕3号）",
    issuer="岚州市人民政府",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: the papers that raise it, who speaks, in which way, and of which paper it is asked."""

    papers: tuple[str, ...]
    speaker: str
    kind: str
    meant: str


QUESTIONS = {
    "named in words, 第二批归类决定": Asked((RULINGS, explaining("第二批")), RULINGS_TOLD, "解读", RULINGS_KEY),
    "ends the same papers": Asked((TRANSIT, telling()), TRANSIT_TOLD, "解读", TRANSIT_KEY),
    "not held, one nearly called so": Asked(
        (WATER, citing("《岚州市城镇居民生活节约用水管埋暂行办法》")), CITING, "依据", "岚政发〔2018〕5号"
    ),
    "number and title disagree": Asked(
        (OLD, TALENT, citing("《岚州市项目办法》（岚科发〔2018〕8号）")), CITING, "依据", "岚科发〔2016〕31号"
    ),
    "another title under that number": Asked(
        (TALENT, citing("《岚州市绿化美化管理规定》（岚科发〔2018〕8号）")), CITING, "依据", "岚科发〔2018〕8号"
    ),
    "two versions": Asked((OLD, NEW, UNDATED), CITING, "依据", "岚科规〔2021〕2号"),
    "another organ": Asked(
        (OLD, citing("住房和城乡建设部《岚州市项目办法》")), CITING, "依据", "岚科发〔2016〕31号"
    ),
    "及其实施细则, and two of them": Asked((RULES, OTHER_RULES, TAIL), CITING, "依据", "岚政发〔2017〕3号"),
}  # fmt: skip


@pytest.fixture
def desk_with(policylib: Run, desk: Path) -> Run:
    """Reads papers into a library that holds nothing else: desk_with("文本", …)."""

    def hold(*papers: str) -> Run:
        folder = desk / "来文"
        folder.mkdir()
        for number, text in enumerate(papers):
            (folder / f"{number}.txt").write_text(text, encoding="utf-8")
        (desk / "policylib.toml").write_text('jurisdiction = "东岭省/岚州市"\n', encoding="utf-8")
        assert policylib("init").exit_code == 0
        assert policylib("add", "来文").exit_code == 0
        return policylib

    return hold  # type: ignore[return-value]


def linked(office: Run, asked: Asked) -> list[tuple[str, bool]]:
    """What the speaker is linked to in that way, and whether a person said so."""
    shown = json.loads(office("show", asked.speaker, "--format", "json").stdout)
    kinds = {"解读": "interprets", "依据": "basis"}
    return [(one["target"], one.get("judged", False)) for one in shown["outgoing"] if one["kind"] == kinds[asked.kind]]


def proposed(office: Run, asked: Asked) -> list[str]:
    """Which papers it is asked whether the speaker means them."""
    shown = json.loads(office("show", asked.speaker, "--format", "json").stdout)
    return [key for one in shown["unresolved"] for key in one["candidates"]]


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("turned", [False, True], ids=["from the speaker", "from the paper meant"])
def test_a_question_is_settled_by_accepting(desk_with: Run, question: str, turned: bool) -> None:
    asked = QUESTIONS[question]
    office = desk_with(*asked.papers)
    before = linked(office, asked)
    assert "可能是" in office("show", asked.speaker).stdout
    here, other = (asked.meant, asked.speaker) if turned else (asked.speaker, asked.meant)
    assert office("judge", here, "--accept", asked.kind, other, *WHO).exit_code == 0
    assert (asked.meant, True) in linked(office, asked)
    assert "可能是" not in office("show", asked.speaker).stdout
    assert office("judge", here, "--undo", asked.kind, other, *WHO).exit_code == 0
    assert "可能是" in office("show", asked.speaker).stdout
    assert linked(office, asked) == before


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_was_denied_is_not_proposed_again(desk_with: Run, question: str) -> None:
    asked = QUESTIONS[question]
    office = desk_with(*asked.papers)
    assert asked.meant in proposed(office, asked)
    assert office("judge", asked.speaker, "--reject", asked.kind, asked.meant, *WHO).exit_code == 0
    assert asked.meant not in proposed(office, asked)
    assert (asked.meant, True) not in linked(office, asked)
    assert office("judge", asked.speaker, "--accept", asked.kind, asked.meant, *WHO).exit_code == 0
    assert (asked.meant, True) in linked(office, asked)


@pytest.mark.parametrize("question", ["ends the same papers", "not held, one nearly called so"])
def test_who_says_that_they_are_one_paper_takes_the_unheld_one_away(desk_with: Run, question: str) -> None:
    asked = QUESTIONS[question]
    office = desk_with(*asked.papers)
    assert [judged for _, judged in linked(office, asked)] == [False]
    office("judge", asked.speaker, "--accept", asked.kind, asked.meant, *WHO)
    assert linked(office, asked) == [(asked.meant, True)]


def test_what_is_linked_to_a_paper_that_is_not_held_is_not_called_unlinked(desk_with: Run) -> None:
    page = desk_with(*QUESTIONS["ends the same papers"].papers)("show", TRANSIT_TOLD).stdout
    assert "未能对应" not in page and "上面列为未入库、请核对的（1）" in page
    assert "可能是：《岚州海关关于简化转运货物单证的公告》" in page.partition("请核对的（1）")[2]


def test_denying_the_unheld_paper_leaves_the_question_and_its_answer(desk_with: Run) -> None:
    asked = QUESTIONS["ends the same papers"]
    office = desk_with(*asked.papers)
    assert office("judge", TRANSIT_TOLD, "--reject", "解读", UNHELD, *WHO).exit_code == 0
    assert "可能是" in office("show", TRANSIT_TOLD).stdout
    found = office("check", "--rule", "INT-09", "--all").stdout
    assert "没有认出来" not in found and f"--accept 解读 {TRANSIT_KEY}" in found
    assert office("judge", TRANSIT_TOLD, "--accept", "解读", TRANSIT_KEY, *WHO).exit_code == 0
    assert linked(office, asked) == [(TRANSIT_KEY, True)]
    assert TRANSIT_TOLD not in office("check", "--rule", "INT-09", "--all").stdout


def test_denying_the_only_mention_of_an_unheld_paper_can_be_taken_back(desk_with: Run) -> None:
    asked = QUESTIONS["ends the same papers"]
    office = desk_with(*asked.papers)
    before = linked(office, asked)
    assert office("judge", TRANSIT_TOLD, "--reject", "解读", UNHELD, *WHO).exit_code == 0
    assert linked(office, asked) == []
    assert office("judge", TRANSIT_TOLD, "--undo", "解读", UNHELD, *WHO).exit_code == 0
    assert linked(office, asked) == before


def test_two_open_citations_in_one_sentence_are_two_questions(desk_with: Run) -> None:
    other = paper("岚州市科学技术局关于印发《岚州市成果办法》的通知", "岚科发〔2015〕7号", "2015-08-22")
    later = paper("岚州市科学技术局关于印发《岚州市成果办法》的通知", "岚科规〔2022〕3号", "2022-08-16")
    body = "根据《岚州市项目办法》《岚州市成果办法》，现通知如下。"
    office = desk_with(OLD, NEW, other, later, paper("关于开展评审工作的通知", CITING, "", body))
    assert office("show", CITING).stdout.count("可能是") == 2
    office("judge", CITING, "--accept", "依据", "岚科规〔2021〕2号", *WHO)
    page = office("show", CITING).stdout
    assert page.count("可能是") == 1 and "《岚州市成果办法》：同名文件不止一份" in page


def test_a_number_that_an_interpretation_gives_goes_when_its_link_is_denied(desk_with: Run) -> None:
    office = desk_with(OIL, explanation())
    told = "《解读｜关于进口渔获采信要求的公告》"
    number = "岚州海关公告〔2023〕93号"
    assert f"解读所称文号：{number}" in office("show", OIL_KEY).stdout
    assert office("judge", OIL_KEY, "--accept", "解读", told, *WHO).exit_code == 0
    assert "，经人工确认" in office("show", OIL_KEY).stdout
    assert office("judge", OIL_KEY, "--reject", "解读", told, *WHO).exit_code == 0
    assert number not in office("show", OIL_KEY).stdout.partition("人工意见")[0]


def test_a_row_that_means_a_paper_nearly_called_so_is_settled(desk_with: Run) -> None:
    office = desk_with(SMOKE, CLEANUP)
    act, held, unheld = "岚政发〔2022〕28号", "岚州市人民政府公告2021年第3号", "岚政发〔2016〕9号"
    listed = ("cleanup", "import", "来文/1.txt")
    assert "可能是：《岚州市人民政府关于划定高污染燃料禁燃区的公告》" in office(*listed).stdout
    assert office("status", held).stdout.count("效力：有效") == 1
    assert office("judge", act, "--accept", "废止", held, *WHO).exit_code == 0
    assert "可能是" not in office(*listed).stdout
    assert "效力：废止" in office("status", held).stdout
    listing = office("list", "--all")
    assert listing.exit_code == 0 and unheld not in listing.stdout


# What nothing suggests -------------------------------------------------------------------------------------------

BATCH = "《关于2024年第三批有关归类决定的政策解读》"
NAMING = ("judge", BATCH, "--accept", "解读", RULINGS_KEY, "--who", "张三")


def test_a_person_names_the_paper_that_an_interpretation_explains(desk_with: Run) -> None:
    office = desk_with(RULINGS, explaining("第三批"))
    asked = Asked((), BATCH, "解读", RULINGS_KEY)
    found = office("check", "--rule", "INT-09", "--all").stdout
    assert f"policylib judge {BATCH} --accept 解读 那份文件 --why 理由" in found
    refused = office(*NAMING)
    assert refused.exit_code != 0 and "加上 --why 写明理由" in refused.stderr
    assert linked(office, asked) == []
    assert office(*NAMING, "--why", "批次写错，核对过").exit_code == 0
    assert linked(office, asked) == [(RULINGS_KEY, True)]
    for page in (office("show", BATCH).stdout, office("show", RULINGS_KEY).stdout):
        assert "，经人工确认" in page and "张三 " in page and "登记（批次写错，核对过）" in page
    assert BATCH not in office("check", "--rule", "INT-09", "--all").stdout
    assert office("judge", RULINGS_KEY, "--undo", "解读", BATCH).exit_code == 0
    assert linked(office, asked) == []
    assert BATCH in office("check", "--rule", "INT-09", "--all").stdout


def test_it_is_told_from_the_paper_that_is_explained_too(desk_with: Run) -> None:
    office = desk_with(RULINGS, explaining("第三批"))
    assert office("judge", RULINGS_KEY, "--accept", "解读", BATCH, *WHO).exit_code == 0
    assert linked(office, Asked((), BATCH, "解读", RULINGS_KEY)) == [(RULINGS_KEY, True)]


def test_who_names_another_paper_hears_what_else_it_is_linked_to(desk_with: Run) -> None:
    office = desk_with(TRANSIT, telling(), OLD)
    said = office("judge", TRANSIT_TOLD, "--accept", "解读", "岚科发〔2016〕31号", *WHO)
    assert f"policylib judge {TRANSIT_TOLD} --reject 解读 {UNHELD}" in said.stdout


@pytest.mark.parametrize(("here", "kind", "other"), [
    ("岚科发〔2016〕31号", "解读", RULINGS_KEY),
    (BATCH, "解读", RULINGS_TOLD),
    (BATCH, "废止", RULINGS_KEY),
    (CITING, "依据", RULINGS_KEY),
], ids=["a policy explains nothing", "an interpretation is not explained", "it ends nothing", "no basis"])  # fmt: skip
def test_nothing_else_is_told_so(desk_with: Run, here: str, kind: str, other: str) -> None:
    office = desk_with(RULINGS, explaining("第二批"), explaining("第三批"), OLD, UNDATED)
    refused = office("judge", here, "--accept", kind, other, *WHO)
    assert refused.exit_code != 0 and "库中没有这条关系" in refused.stderr


def test_a_paper_without_an_interpretation_is_told_of_the_one_that_may_be_its_own(desk_with: Run, desk: Path) -> None:
    office = desk_with(TRANSIT, telling())
    (desk / "policylib.toml").write_text("", encoding="utf-8")  # of all places, for the customs are no city's
    found = office("check", "--rule", "INT-01", "--all").stdout
    assert "本库有一份解读，说的可能是它：《政策解读——" in found
    assert f"policylib judge {TRANSIT_TOLD} --accept 解读 {TRANSIT_KEY}" in found
    office("judge", TRANSIT_TOLD, "--accept", "解读", TRANSIT_KEY, *WHO)
    assert TRANSIT_TOLD not in office("check", "--rule", "INT-01", "--all").stdout
