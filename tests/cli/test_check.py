"""check: of drafts before they go out, of some works only, and for other programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import Result

from tests.yunze import AWARD

Run = Callable[..., Result]

DRAFT = """\
云泽市科学技术局关于开展科技奖励的通知
云科字[2024]第08号

各有关单位：
根据《云泽市科技奖励办法》（云科字〔2019〕12号）和《云岭省科学技术奖励条例》，按照《云泽市政务公开办法》（云政办发〔2021〕6号），通知如下。

云泽市科学技术局
2024年5月6日
"""
CLEAN = """\
云泽市科学技术局关于政务公开的通知
云科字〔2024〕9号

各有关单位：
根据《云泽市政务公开办法》（云政办发〔2021〕5号），通知如下。

云泽市科学技术局
2024年5月6日
"""
DAY = ("--as-of", "2024-05-06")


@pytest.fixture
def drafts(office: Run, desk: Path) -> Run:
    (desk / "送审稿.txt").write_text(DRAFT, encoding="utf-8")
    (desk / "清样.txt").write_text(CLEAN, encoding="utf-8")
    return office


def test_a_draft_is_read_in_its_order(drafts: Run) -> None:
    result = drafts("check", "送审稿.txt", *DAY)
    lines = result.stdout.splitlines()
    assert lines[0] == "送审稿.txt  《云泽市科学技术局关于开展科技奖励的通知》（云科字〔2024〕8号）"
    heads = [line.partition("] ")[0] + "(" + line.rpartition("（")[2] for line in lines if line[:1].isdigit()]
    assert heads == [
        "1. [错误(DFT-07）",
        "2. [错误(DFT-03）",
        "3. [待核对(DFT-01）",
        "4. [提醒(DFT-02）",
    ]
    assert "   稿件：…根据【《云泽市科技奖励办法》（云科字〔2019〕12号）】和《云岭省科学技术奖励条例》" in result.stdout
    assert "   本库：" in result.stdout
    assert "—— 文件/清理结果.txt" in result.stdout
    assert "错误 2，提醒 1；待核对 1（据本库所知，按 2024-05-06 的效力）" in result.stderr
    assert result.exit_code == 1


def test_a_draft_without_faults(drafts: Run) -> None:
    result = drafts("check", "清样.txt", *DAY)
    assert (result.exit_code, "没有发现问题" in result.stdout) == (0, True)
    everything = drafts("check", "清样.txt", "--all", *DAY)
    assert "[符合] 本库有《云泽市人民政府办公室关于印发" in everything.stdout


RAN_OUT = """\
云泽市科学技术局关于印发《云泽市科技人才办法》的通知
云科字〔2019〕18号

各有关单位：
现将《云泽市科技人才办法》印发给你们。本办法自2019年9月1日起施行，有效期至2024年8月31日。

云泽市科学技术局
2019年7月15日
"""
LISTED_SINCE = """\
云泽市科学技术局关于公布规范性文件清理结果的通知
云科字〔2024〕19号

各有关单位：
我局对规范性文件进行了清理，下列文件继续有效：
1.《云泽市科技人才办法》（云科字〔2019〕18号）

云泽市科学技术局
2024年10月21日
"""
REPEALED = """\
云泽市科学技术局关于废止科技人才办法的通知
云科字〔2024〕2号

决定废止《云泽市科技人才办法》（云科字〔2019〕18号）。

云泽市科学技术局
2024年3月1日
"""


def _resting_on_talents(office: Run, desk: Path, **papers: str) -> Result:
    for name, text in papers.items():
        (desk / "文件" / f"{name}.txt").write_text(text, encoding="utf-8")
    rests = CLEAN.replace(
        "《云泽市政务公开办法》（云政办发〔2021〕5号）", "《云泽市科技人才办法》（云科字〔2019〕18号）"
    )
    (desk / "送审稿.txt").write_text(rests, encoding="utf-8")
    office("add", "文件")
    return office("check", "送审稿.txt", "--as-of", "2024-12-31")


def test_a_basis_whose_term_is_over_is_an_error_though_a_cleanup_has_listed_it_since(office: Run, desk: Path) -> None:
    told = _resting_on_talents(office, desk, 办法=RAN_OUT, 清理=LISTED_SINCE)
    assert told.exit_code == 1 and "错误 1（" in told.stderr
    head = next(line for line in told.stdout.splitlines() if "（DFT-03）" in line)
    assert head.startswith("1. [错误] 依据的") and "有效期至2024-08-31，自2024-09-01起失效；" in head
    assert "（云科字〔2024〕19号）把它列为继续有效，没有延长有效期，有效期不变" in head
    assert "【1.《云泽市科技人才办法》（云科字〔2019〕18号）】" in told.stdout, "the row that lists it"
    assert "   依据：" in told.stdout
    assert "   办法：请改引现行有效的文件；确需依据它的，先请制发机关延长有效期或者重新公布" in told.stdout


def test_a_basis_repealed_and_then_listed_is_asked_about_with_basis_and_remedy(office: Run, desk: Path) -> None:
    told = _resting_on_talents(office, desk, 办法=RAN_OUT, 废止=REPEALED, 清理=LISTED_SINCE)
    lines = told.stdout.splitlines()
    assert told.exit_code == 0 and lines[1].startswith("1. [待核对] 不能判断是否有效：依据的")
    assert [line[:6] for line in lines if line.startswith(("   依据：", "   办法："))] == ["   依据：", "   办法："]
    assert "没有发现问题" not in told.stderr and "待核对 1，请逐处核对以后再送审（" in told.stderr


def test_a_draft_is_not_added(drafts: Run) -> None:
    before = drafts("list", "--all").stdout
    drafts("check", "送审稿.txt")
    assert drafts("list", "--all").stdout == before


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        pytest.param(["清样.txt", "送审稿.txt"], 1, "错误 2", id="one of several has faults"),
        pytest.param(["清样.txt", "没有.docx"], 3, "没有.docx：找不到这个文件", id="one cannot be read"),
        pytest.param(["送审稿.txt", "--rule", "draft.citation"], 0, "待核对 1，请逐处核对以后再送审（", id="one rule"),
        pytest.param(["送审稿.txt", "--rule", "DFT-02", "--fail-on", "warning"], 1, "提醒 1", id="warnings count"),
        pytest.param(["送审稿.txt", "--rule", "INT-01"], 2, "这条规则不查稿件", id="a rule of works"),
        pytest.param(["送审稿.txt", "--issuer", "科技局"], 2, "不能与稿件同用", id="a filter of works"),
        pytest.param(["--rule", "draft"], 2, "请写明稿件", id="a rule of drafts without a draft"),
    ],
)
def test_how_it_ends(drafts: Run, arguments: list[str], code: int, says: str) -> None:
    result = drafts("check", *arguments, *DAY)
    assert (result.exit_code, says in result.stderr) == (code, True), result.stderr


def test_what_can_be_read_is_checked_all_the_same(drafts: Run) -> None:
    assert "（DFT-03）" in drafts("check", "没有.docx", "送审稿.txt", *DAY).stdout


def test_the_day_decides_what_holds(drafts: Run) -> None:
    assert "（DFT-03）" not in drafts("check", "送审稿.txt", "--as-of", "2021-12-31").stdout


def test_a_day_before_the_papers_accuses_none_of_them(office: Run) -> None:
    result = office("check", "--as-of", "2018-12-31")
    assert (result.exit_code, result.stdout) == (0, "")
    told = [line for line in result.stderr.splitlines() if "当时还没有" in line]
    assert told and told[0].startswith("按 2018-12-31 查：当时还没有的 ") and "后来的事不算" in told[0]
    assert "本库不知道" in result.stderr
    assert "当时还没有" not in office("check", "--as-of", "2030-12-31").stderr


def test_a_draft_that_rests_on_a_later_paper(drafts: Run) -> None:
    page = drafts("check", "清样.txt", "--as-of", "2020-12-31").stdout
    assert "[待核对] 本库有" in page and "2020-12-31还没有" in page


def test_a_draft_for_programs_and_for_sheets(drafts: Run, desk: Path) -> None:
    rows = json.loads(drafts("check", "送审稿.txt", *DAY, "--format", "json").stdout)
    assert {row["subject"] for row in rows} == {"送审稿.txt"}
    drafts("check", "送审稿.txt", *DAY, "-o", "问题.csv")
    saved = list(csv.DictReader(io.StringIO((desk / "问题.csv").read_text(encoding="utf-8-sig"))))
    assert [row["规则"] for row in saved] == [row["rule"] for row in rows]
    log = json.loads(drafts("check", "送审稿.txt", *DAY, "--format", "sarif").stdout)
    text = drafts("extract", "--text", "送审稿.txt").stdout
    (run,) = log["runs"]
    assert {rule["id"].partition(".")[0] for rule in run["tool"]["driver"]["rules"]} == {"draft"}
    for result in run["results"]:
        region = result["locations"][0]["physicalLocation"]["region"]
        start = region["charOffset"]
        assert text[start : start + region["charLength"]] == region["snippet"]["text"]


def test_an_archive_of_drafts(drafts: Run, desk: Path) -> None:
    with ZipFile(desk / "送审.zip", "w") as archive:
        archive.writestr("a.txt", DRAFT)
        archive.writestr("b.txt", CLEAN)
    page = drafts("check", "送审.zip", *DAY).stdout
    assert page.startswith("送审.zip/a.txt")
    assert "送审.zip/b.txt" in page


# Of some works -------------------------------------------------------------------------------------------------------


def test_findings_of_an_organ_and_from_a_day_on(office: Run) -> None:
    every = json.loads(office("check", "--all", "--format", "json").stdout)
    of_office = office("check", "--all", "--format", "json", "--issuer", "市政府办公室")
    assert {row["subject"] for row in every} > {row["subject"] for row in json.loads(of_office.stdout)}
    assert "机关“市政府办公室”：库中 4 份文件里的 1 份；" in of_office.stderr
    recent = office("check", "--since", "2022-01-01", "--rule", "interpretation", "--all", "--format", "json")
    assert {row["subject"] for row in json.loads(recent.stdout)} <= {"云科字〔2022〕3号"}
    assert "2022-01-01 以来：库中 4 份文件里的 1 份（另有 1 份日期不明，没有计入）；" in recent.stderr
    nobody = office("check", "--issuer", "水利局")
    assert (nobody.exit_code, "库中没有符合条件的文件：机关“水利局”" in nobody.stderr) == (1, True)


def test_an_audit_as_sarif(office: Run, desk: Path) -> None:
    office("judge", "云科字〔2019〕12号", "--set", "登记号=YZCR-2019-0010001")
    office("judge", "云科字〔2019〕12号", "--exempt", "行业自律标准", "--who", "张三")
    assert office("check", "-o", "问题.sarif").exit_code in (0, 1)
    (run,) = json.loads((desk / "问题.sarif").read_text(encoding="utf-8"))["runs"]
    suppressed = [one["suppressions"][0]["justification"] for one in run["results"] if "suppressions" in one]
    assert suppressed == ["行业自律标准"]
    assert not any(rule["id"].startswith("draft.") for rule in run["tool"]["driver"]["rules"])


OF_AWARDS = ("check", AWARD, "--as-of", "2024-12-31")


def test_a_key_of_the_library_asks_for_all_findings_about_that_paper(office: Run) -> None:
    every = json.loads(office("check", "--as-of", "2024-12-31", "--all", "--format", "json").stdout)
    key = json.loads(office("show", AWARD, "--format", "json").stdout)["work"]["key"]
    about = [one for one in every if key in (one["subject"], *one["related"])]
    assert 0 < len(about) < len(every)
    result = office(*OF_AWARDS, "--all", "--format", "json")
    assert json.loads(result.stdout) == about
    shown = json.loads(office(*OF_AWARDS, "--format", "json").stdout)
    assert shown == [one for one in about if one["result"] in ("不符", "无法判断")]
    assert result.stderr.startswith("《云泽市科学技术局关于印发〈云泽市科技奖励办法〉的通知》（云科字〔2019〕12号）：")
    assert office("check", "科技奖励办法", "--as-of", "2024-12-31").stdout == office(*OF_AWARDS).stdout


@pytest.mark.parametrize(
    ("typed", "code", "says"),
    [
        (("送审稿.txt", AWARD), 2, "稿件和库里的文件请分两次查"),
        ((AWARD, "--issuer", "科技局"), 2, "也不能与文号同用"),
        ((AWARD, "--rule", "draft"), 2, "这条规则只查稿件"),
        (("云科字〔2019〕99号",), 3, "找不到这个文件或文件夹，库中也没有这个文号或标题"),
    ],
    ids=["a draft and a paper", "a paper and an organ", "a rule of drafts", "known nowhere"],
)
def test_what_cannot_be_asked_of_a_paper(drafts: Run, typed: tuple[str, ...], code: int, says: str) -> None:
    result = drafts("check", *typed)
    assert (result.exit_code, says in result.stderr) == (code, True)


def test_a_folder_of_drafts_is_checked_draft_by_draft(drafts: Run, desk: Path) -> None:
    (desk / "稿件" / "下周").mkdir(parents=True)
    for name in ("送审稿.txt", "清样.txt"):
        (desk / name).rename(desk / "稿件" / "下周" / name)
    result = drafts("check", "稿件", *DAY)
    heads = [line for line in result.stdout.splitlines() if not line.startswith((" ", *"123456789"))]
    assert [head.split("  ")[0] for head in heads] == ["稿件/下周/清样.txt", "稿件/下周/送审稿.txt"]
    assert result.exit_code == 1
    assert "已经读入库里" not in result.stderr


def test_what_the_library_holds_is_no_draft_in_a_folder(drafts: Run, desk: Path) -> None:
    result = drafts("check", ".", *DAY)
    assert "文件夹里有 4 份已经读入库里，不当作稿件查" in result.stderr
    assert [line.split("  ")[0] for line in result.stdout.splitlines() if "《" in line and line[0] not in " 1234"] == [
        "清样.txt", "送审稿.txt",
    ]  # fmt: skip
    (desk / "空").mkdir()
    empty = drafts("check", "空")
    assert (empty.exit_code, empty.stderr) == (1, "文件夹里没有可查的稿件\n")


def test_a_draft_in_brief_and_a_basis_once(drafts: Run) -> None:
    whole = drafts("check", "送审稿.txt", *DAY).stdout.splitlines()
    brief = drafts("check", "送审稿.txt", "--brief", *DAY).stdout.splitlines()
    assert brief == [line for line in whole if not line.startswith("   ")]
    bases = [line for line in drafts("check", "送审稿.txt", "送审稿.txt", *DAY).stdout.splitlines() if "依据：" in line]
    assert len(bases) == len(set(bases)) > 0


@pytest.mark.parametrize("text", ["x", "今天下午三点开会，请带笔记本。\n"], ids=["a letter", "a note"])
def test_a_file_that_is_no_paper_is_not_called_faultless(office: Run, desk: Path, text: str) -> None:
    (desk / "稿.txt").write_text(text, encoding="utf-8")
    result = office("check", "稿.txt")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "错误：稿.txt：无法判断：读出了文字，但没有认出标题、文号、日期" in result.stderr
    assert "请核对是不是交错了文件" in result.stderr
    assert "没有发现问题" not in result.stderr


def test_a_title_is_enough_to_be_checked(office: Run, desk: Path) -> None:
    (desk / "稿.txt").write_text("云泽市科普基地管理办法\n第一条 为办好科普基地，制定本办法。\n", encoding="utf-8")
    assert office("check", "稿.txt").exit_code == 0
