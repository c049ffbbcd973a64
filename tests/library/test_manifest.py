"""The office's own list: kept with its lines, read twice without a trace, one wrong row at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from policylib.errors import InputError
from policylib.library import Library
from policylib.library.manifest import ManifestReport, read_manifest
from policylib.model import Judgement

MEASURES, AWARD = "云政办发〔2021〕5号", "云科字〔2019〕12号"
HEAD = "起草单位（盖章）,文 号,备注,材料审签日期,解读方案审签日期,文件签发日期\n"
WHOLE = HEAD + f"云泽市司法局,{MEASURES},,2021/3/3,2021年3月1日,2021-03-04\n\n云泽市财政局,{AWARD},,,,\n"


def read(library: Library, folder: Path, text: str, encoding: str = "gbk") -> ManifestReport:
    (folder / "台账.csv").write_bytes(text.encode(encoding))
    return read_manifest(library, folder / "台账.csv", "张三")


@pytest.mark.parametrize("encoding", ["gbk", "utf-8-sig"])
def test_a_list_is_kept_with_its_lines(office: Library, tmp_path: Path, encoding: str) -> None:
    report = read(office, tmp_path, WHOLE, encoding)
    assert [(one.source, one.field, one.value, one.why) for one in report.kept] == [
        (MEASURES, "drafter", "云泽市司法局", "清单 台账.csv 第2行"),
        (MEASURES, "text_approved", "2021-03-03", "清单 台账.csv 第2行"),
        (MEASURES, "plan_approved", "2021-03-01", "清单 台账.csv 第2行"),
        (MEASURES, "signed", "2021-03-04", "清单 台账.csv 第2行"),
        (AWARD, "drafter", "云泽市财政局", "清单 台账.csv 第4行"),
    ]
    assert (report.faults, report.idle) == ((), ("备注",))
    drafter = office.get(MEASURES).drafter
    assert drafter
    assert (drafter.names, drafter.ladder, drafter.certainty) == (("云泽市司法局",), "E1", "stated")


def test_reading_twice_changes_nothing(office: Library, tmp_path: Path) -> None:
    read(office, tmp_path, WHOLE)
    before = office.judgements()
    again = read(office, tmp_path, WHOLE)
    assert (again.kept, again.known, office.judgements()) == ((), 5, before)


def test_a_value_that_the_list_changed_is_kept_anew(office: Library, tmp_path: Path) -> None:
    read(office, tmp_path, WHOLE)
    [changed] = read(office, tmp_path, WHOLE.replace("云泽市财政局", "云泽市审计局")).kept
    assert (changed.source, changed.value) == (AWARD, "云泽市审计局")


def test_a_person_has_the_last_word(office: Library, tmp_path: Path) -> None:
    read(office, tmp_path, WHOLE)
    office.judge(Judgement("set", AWARD, field="drafter", value="云泽市科学技术局", who="李四"))
    assert read(office, tmp_path, WHOLE).kept == ()
    drafter = office.get(AWARD).drafter
    assert drafter
    assert drafter.names == ("云泽市科学技术局",)


ROWS = {
    "unknown paper": ("云泽市司法局,云科字〔2099〕1号,,,,", "库中没有"),
    "no name": ("云泽市司法局,,,,,", "没有写文号，也没有写标题"),
    "no day": (f"云泽市司法局,{AWARD},,,,2021年13月1日", "文件签发日期写得不对"),
    "only cited": ("云泽市司法局,《云泽市奖章制作规范》,,,,", "没有原文"),
    "twice, differently": (f"云泽市审计局,{MEASURES},,,,", "与第2行是同一份文件"),
}


@pytest.mark.parametrize("case", ROWS)
def test_a_wrong_row_costs_itself(office: Library, tmp_path: Path, case: str) -> None:
    row, why = ROWS[case]
    (tmp_path / "规范.txt").write_text(
        "云泽市通知\n云科字〔2023〕1号\n根据《云泽市奖章制作规范》，现通知如下。\n", "utf-8"
    )
    office.add(tmp_path / "规范.txt")
    report = read(office, tmp_path, f"{HEAD}云泽市司法局,{MEASURES},,,,\n{row}\n云泽市财政局,{AWARD},,,,\n")
    assert [one.line for one in report.faults] == [3]
    assert why in report.faults[0].message
    assert {one.source for one in report.kept} == {MEASURES, AWARD}


def test_by_title_and_number_that_do_not_belong_together(office: Library, tmp_path: Path) -> None:
    head = "标题,发文字号,承办单位\n"
    good = read(office, tmp_path, f"{head}云泽市科技奖励办法,{AWARD},云泽市财政局\n云泽市政务公开办法,,云泽市司法局\n")
    assert [one.source for one in good.kept] == [AWARD, MEASURES]
    bad = read(office, tmp_path, f"{head}云泽市政务公开办法,{AWARD},云泽市审计局\n")
    assert (bad.kept, "请核对" in bad.faults[0].message) == ((), True)


@pytest.mark.parametrize("text", ["云政办发〔2021〕5号,云泽市司法局\n", "备注,起草单位\n无,云泽市司法局\n", ",,\n"])
def test_a_list_without_a_head(office: Library, tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="没有找到表头"):
        read(office, tmp_path, text)
