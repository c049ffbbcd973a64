"""The draft of the story, put to the library of the corpus: each of its slips is told, and nothing else."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from policylib import Library, check_draft
from tests.regold import CORPUS

AS_OF = date(2024, 12, 31)
DRAFT = CORPUS / "drafts" / "kepu-jidi-songshen.txt"


def test_the_draft_of_the_story(tmp_path: Path) -> None:
    shutil.copytree(CORPUS / "documents", tmp_path / "文件")
    shutil.copytree(CORPUS / "tables", tmp_path / "tables")
    (tmp_path / "policylib.toml").write_text('jurisdiction = "东岭省/岚州市"\n', encoding="utf-8")
    with Library.create(tmp_path) as library:
        library.add(tmp_path / "文件")
        before = library.works()
        gated = check_draft(library, DRAFT, AS_OF)
        assert library.works() == before
    found = [
        (one.rule.removeprefix("draft."), one.result, one.severity, one.evidence[0].quote)
        for one in gated.report.findings
    ]
    assert found == [
        ("own-number", "fail", "error", "岚科规[2024]第05号"),
        ("cites-dead", "fail", "error", "《岚州市科技计划项目管理办法》（岚科发〔2016〕31号）"),
        ("citation", "pass", "info", "《岚州市科技发展专项资金管理办法》（岚财教〔2016〕18号）"),
        ("cites-amended", "fail", "info", "《岚州市科技发展专项资金管理办法》（岚财教〔2016〕18号）"),
        ("number-and-title", "fail", "error", "《岚州市科技创新券管理办法》（岚科规〔2021〕2号）"),
        ("citation", "unknown", "info", "《东岭省科普基地认定细则》（东科发〔2018〕40号）"),
        ("citation", "pass", "info", "《岚州市绿色建筑发展若干规定》（岚政规〔2024〕2号）"),
        ("cites-not-in-force", "fail", "warning", "《岚州市绿色建筑发展若干规定》（岚政规〔2024〕2号）"),
        ("starts-soon", "fail", "warning", "2025年1月1日起施行"),
        ("validity-unstated", "fail", "warning", "2025年1月1日起施行"),
    ]
    assert gated.exit_code == 1
    dead = gated.report.findings[1]
    assert dead.remedy.endswith("（岚科规〔2021〕2号）")
    assert dead.related == ("岚科发〔2016〕31号", "岚科规〔2021〕2号")
