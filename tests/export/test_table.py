"""Tables that Excel opens without harm."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylib.errors import PolicylibError
from policylib.export import write_table
from policylib.export.table import cell, csv_text, json_text
from policylib.model import DocumentNumber

COLUMNS = (("number", "文号"), ("title", "标题"), ("dated", "成文日期"), ("held", "本库收有"), ("issuers", "发文机关"))
NUMBER = DocumentNumber.parse("岚政发〔2019〕5号")
ROWS = (
    {"number": NUMBER, "title": "=1+1", "dated": date(2019, 3, 1), "held": True, "issuers": ("甲", "乙")},
    {"number": None, "title": '第一行\r\n"第二行",\x00', "held": False, "surplus": "不导出"},
)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        pytest.param("=1+1", "'=1+1", id="formula"),
        pytest.param("+86", "'+86", id="plus"),
        pytest.param("-", "'-", id="dash"),
        pytest.param("@SUM(A1)", "'@SUM(A1)", id="at"),
        pytest.param("\t=1", "'\t=1", id="tab"),
        pytest.param("  =1", "'  =1", id="blank-before"),
        pytest.param("\r\n=1", "'\n=1", id="line-end-before"),
        pytest.param("＝1+1", "'＝1+1", id="full-width"),
        pytest.param("岚政发〔2019〕5号", "岚政发〔2019〕5号", id="number"),
        pytest.param(-5, "-5", id="negative-number"),
        pytest.param(None, "", id="nothing"),
        pytest.param(False, "否", id="truth"),
        pytest.param(NUMBER, "岚政发〔2019〕5号", id="document-number"),
        pytest.param(("=甲", "乙"), "'=甲；乙", id="several"),
    ],
)
def test_cell(value: object, shown: str) -> None:
    assert cell(value) == shown


def test_csv() -> None:
    text = csv_text(ROWS, COLUMNS)
    assert text.startswith("\ufeff文号,标题,成文日期,本库收有,发文机关\r\n")
    assert list(csv.reader(io.StringIO(text[1:], newline="")))[1:] == [
        ["岚政发〔2019〕5号", "'=1+1", "2019-03-01", "是", "甲；乙"],
        ["", '第一行\n"第二行",\ufffd', "", "否", ""],
    ]


def test_json() -> None:
    assert json.loads(json_text(ROWS, COLUMNS)) == [
        {"number": "岚政发〔2019〕5号", "title": "=1+1", "dated": "2019-03-01", "held": True, "issuers": ["甲", "乙"]},
        {"number": None, "title": '第一行\n"第二行",\ufffd', "dated": None, "held": False, "issuers": None},
    ]


@given(st.text(st.characters()))
def test_no_text_acts_as_a_formula(text: str) -> None:
    assert not cell(text).lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


@pytest.mark.parametrize("suffix", [".csv", ".CSV", ".json"])
def test_write(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"清单{suffix}"
    write_table(ROWS, COLUMNS, path)
    assert path.read_bytes().decode().count("岚政发〔2019〕5号") == 1
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["清单.docx", "清单"])
def test_unknown_suffix_lists_what_is_supported(tmp_path: Path, name: str) -> None:
    with pytest.raises(PolicylibError, match=r"表格支持的后缀: \.csv \.json"):
        write_table(ROWS, COLUMNS, tmp_path / name)
    assert not list(tmp_path.iterdir())
