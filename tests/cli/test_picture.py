"""graph: the relations as a picture."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.yunze import AWARD, MEASURES

Run = Callable[..., Result]


@pytest.mark.parametrize("suffix", ["graphml", "gexf", "dot", "json", "csv", "html"])
def test_graph_by_suffix(office: Run, desk: Path, suffix: str) -> None:
    result = office("graph", "-o", f"关系图.{suffix}")
    assert result.exit_code == 0
    assert (desk / f"关系图.{suffix}").stat().st_size > 100
    assert "份文件" in result.stderr


def test_the_whole_graph_opens_at_home(office: Run, desk: Path) -> None:
    others = "".join(f"《云岭省第{one}号办法》（云政发〔2018〕{one}号）、" for one in range(1, 9))
    law = f"云岭省科技厅关于科技工作的意见\n云厅发〔2018〕1号\n根据{others}提出本意见。\n云岭省科技厅\n2018年5月6日\n"
    (desk / "文件" / "省.txt").write_text(law, encoding="utf-8")
    office("add", "文件")
    for setting, home in (("", (MEASURES, AWARD)), ('issuer = "云泽市科学技术局"\n', (AWARD,))):
        (desk / "policylib.toml").write_text(f'jurisdiction = "云岭省/云泽市"\n{setting}', encoding="utf-8")
        office("graph", "-o", "a.html")
        data = json.loads(re.search(r'id="data"[^>]*>(.*?)</script>', (desk / "a.html").read_text("utf-8"), re.S)[1])
        assert data["nodes"][data["focus"]]["key"] in home


def test_what_the_office_made_under_its_former_name_is_its_own(office: Run, desk: Path) -> None:
    """Two papers rest on that of the former 办公厅, none on that of the 办公室."""
    (desk / "policylib.toml").write_text('jurisdiction = "云岭省/云泽市"\nissuer = "云泽市人民政府办公室"\n', "utf-8")
    (desk / "tables").mkdir()
    (desk / "tables" / "organs.csv").write_text(
        "name,kind,target,since,region,source,note\n云岭省,region,云岭省,,,,\n云泽市,region,云岭省/云泽市,,,,\n"
        "云泽市人民政府办公厅,renamed,云泽市人民政府办公室,2019-01-18,云岭省/云泽市,,\n",
        encoding="utf-8",
    )
    (desk / "文件" / "旧.txt").write_text(
        "云泽市人民政府办公厅关于印发《云泽市解读办法》的通知\n云政办发〔2017〕26号\n\n各区县人民政府：\n请认真执行。\n\n"
        "云泽市人民政府办公厅\n2017年5月6日\n",
        encoding="utf-8",
    )
    for serial in (5, 6, 7):
        (desk / "文件" / f"{serial}.txt").write_text(
            f"云泽市科学技术局关于第{serial}件事的通知\n云科字〔2018〕{serial}号\n\n各科室：\n"
            "根据《云泽市解读办法》（云政办发〔2017〕26号），现通知如下。\n\n云泽市科学技术局\n2018年5月6日\n",
            encoding="utf-8",
        )
    office("add", "文件")
    office("graph", "-o", "a.html")
    data = json.loads(re.search(r'id="data"[^>]*>(.*?)</script>', (desk / "a.html").read_text("utf-8"), re.S)[1])
    assert data["nodes"][data["focus"]]["key"] == "云政办发〔2017〕26号"


def test_graph_round_one_policy(office: Run, desk: Path) -> None:
    assert "1 份文件" in office("graph", "-o", "a.json", "--focus", AWARD, "--hops", "0").stderr
    assert office("graph", "-o", "a.html", "--focus", AWARD).exit_code == 0
    page = (desk / "a.html").read_text("utf-8")
    assert AWARD in page and MEASURES not in page
    assert office("graph", "-o", "a.json", "--focus", "木芙蓉").exit_code == 1
    assert office("graph", "-o", "a.xyz").exit_code == 2


def test_the_picture_of_a_day_has_nothing_that_was_made_later_and_says_so(office: Run, desk: Path) -> None:
    told = office("graph", "-o", "a.html", "--as-of", "2020-12-31").stderr
    data = json.loads(re.search(r'id="data"[^>]*>(.*?)</script>', (desk / "a.html").read_text("utf-8"), re.S)[1])
    assert [node["number"] for node in data["nodes"]] == [AWARD]
    assert (data["edges"], data["nodes"][0]["status"]) == ([], "有效")
    assert data["note"] == "当时还没有的 3 份没有画"
    assert f"截至 2020-12-31，{data['note']}" in told
    office("graph", "-o", "b.html", "--as-of", "2026-01-01")
    assert '"note":""' in (desk / "b.html").read_text("utf-8")


def test_who_asks_for_a_paper_that_was_not_there_yet_is_told(office: Run, desk: Path) -> None:
    result = office("graph", "-o", "a.html", "--focus", MEASURES, "--as-of", "2020-12-31")
    assert result.exit_code == 1
    assert "2020-12-31 还没有这份文件，它成文于2021-03-04" in result.stderr
    assert not (desk / "a.html").exists()


def test_the_page_knows_which_papers_were_asked_about(office: Run, desk: Path) -> None:
    for names, keys in (((AWARD,), {AWARD}), ((AWARD, MEASURES), {AWARD, MEASURES}), ((), set())):
        office("graph", "-o", "a.html", *(word for name in names for word in ("--focus", name)))
        data = json.loads(re.search(r'id="data"[^>]*>(.*?)</script>', (desk / "a.html").read_text("utf-8"), re.S)[1])
        assert {data["nodes"][i]["key"] for i in data["asked"]} == keys
        assert data["title"].endswith(f"关系图：{'、'.join(names)}" if names else "关系图")


def test_a_page_bears_the_name_of_the_office_that_is_set(office: Run, desk: Path) -> None:
    (desk / "policylib.toml").write_text('issuer = "云泽市科学技术局"\n', encoding="utf-8")
    office("graph", "-o", "图.html")
    assert '"title":"云泽市科学技术局关系图"' in (desk / "图.html").read_text(encoding="utf-8")


ELSEWHERE = """\
青禾市人民政府办公室关于做好政务公开工作的通知
青政办发〔2020〕17号

各区县人民政府：
根据《云泽市科技奖励办法》（云科字〔2019〕12号），参照《云泽市政务公开办法》（云政办发〔2021〕5号），通知如下。

青禾市人民政府办公室
2024年4月6日
"""


def test_the_list_beside_the_picture_begins_with_the_own_office_and_other_cities_stand_apart(
    office: Run, desk: Path
) -> None:
    (desk / "文件" / "青禾.txt").write_text(ELSEWHERE, encoding="utf-8")
    (desk / "policylib.toml").write_text(
        'jurisdiction = "云岭省/云泽市"\nissuer = "云泽市科学技术局"\n', encoding="utf-8"
    )
    (desk / "tables").mkdir()
    regions = "云岭省,region,云岭省,,,,\n云泽市,region,云岭省/云泽市,,,,\n青禾市,region,云岭省/青禾市,,,,\n"
    (desk / "tables" / "organs.csv").write_text(
        f"name,kind,target,since,region,source,note\n{regions}", encoding="utf-8"
    )
    office("add", "文件")
    office("graph", "-o", "a.html")
    data = json.loads(re.search(r'id="data"[^>]*>(.*?)</script>', (desk / "a.html").read_text("utf-8"), re.S)[1])
    bands = {node["number"]: data["lanes"][node["lane"]] for node in data["nodes"] if node["held"]}
    assert bands["青政办发〔2020〕17号"] == "外地"
    assert bands[MEASURES] == bands[AWARD] == "市"
    listed = [row["key"] for row in json.loads(office("list", "--all", "--format", "json").stdout)]
    by_place = [node["key"] for node in sorted(data["nodes"], key=lambda node: node["place"])]
    assert [key for key in by_place if key in listed] == listed
    first = data["nodes"][[node["key"] for node in data["nodes"]].index(by_place[0])]
    assert first["number"].startswith("云科字")
