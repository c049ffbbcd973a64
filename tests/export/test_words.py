"""The words and places of the picture."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from policylib.export.lanes import LANES, UNKNOWN, Place, lanes, level_of_organ, short_title
from policylib.export.words import CERTAINTIES, EFFECTS, LOOKS, MODES, ROLES, RelationWord, relation_words
from policylib.model import RelationKind, Role, State
from policylib.model.analysis import Mode
from policylib.model.work import Certainty, EffectKind
from policylib.tables import builtin


def test_every_word_of_the_model_has_words_for_people() -> None:
    assert set(relation_words()) == set(get_args(RelationKind))
    assert set(ROLES) == set(get_args(Role))
    assert set(MODES) == set(get_args(Mode))
    assert set(LOOKS) == set(State)
    assert set(CERTAINTIES) == set(get_args(Certainty))
    assert set(EFFECTS) == set(get_args(EffectKind))


@pytest.mark.parametrize("row", relation_words().values(), ids=lambda row: row.kind)
def test_row_of_relations(row: RelationWord) -> None:
    assert row.inverse.count("…") == 1
    assert re.fullmatch(r"#[0-9a-f]{6}", row.colour)
    assert row.line in ("solid", "dashed", "dotted")
    assert row.example
    assert row.not_example
    assert row.why


@pytest.mark.parametrize("row", relation_words().values(), ids=lambda row: row.kind)
def test_an_inverse_reads_well_with_a_name_and_without(row: RelationWord) -> None:
    assert row.inverse.startswith(("被…", "附有…", "让位于…"))
    assert row.inverse_by("") not in ("被", "")


def test_relations_are_told_apart_by_colour_and_line() -> None:
    looks = [(row.colour, row.line) for row in relation_words().values()]
    assert len(set(looks)) == len(looks)


@pytest.mark.parametrize(
    ("organ", "lane"),
    [
        ("中华人民共和国国务院", "国家"),
        ("科学技术部", "国家"),
        ("国家税务总局", "国家"),
        ("中共中央办公厅", "国家"),
        ("东岭省人民政府", "省"),
        ("省科技厅", "省"),
        ("宁夏回族自治区人民政府", "省"),
        ("上海市人民政府", "省"),
        ("岚州市人民政府办公室", "市"),
        ("岚州市市场监督管理局", "市"),
        ("市科技局", "市"),
        ("中共岚州市委宣传部", "市"),
        ("岚州市青山区人民政府", "区县"),
        ("东岭省清水县财政局", "区县"),
        ("青山区石桥街道办事处", "区县"),
        ("石桥镇人民政府", "区县"),
        ("市场监督管理局", None),
        ("发展和改革委员会", None),
    ],
)
def test_level_of_organ(organ: str, lane: str | None) -> None:
    level = level_of_organ(organ)
    assert (None if level is None else LANES[level]) == lane


def test_lanes_of_works_without_issuers() -> None:
    known = Place(("岚州市人民政府",), "", "岚政发")
    asked = [
        Place((), "", "岚政发"),  # the code as others use it
        Place((), "", "岚财字"),  # the first character as others use it
        Place((), "", "国办发"),
        Place((), "东岭省政务公开办法", ""),
        Place((), "中华人民共和国政府信息公开条例", ""),
        Place((), "市政设施管理办法", ""),
    ]
    assert lanes([known, *asked], builtin()) == (2, 2, 2, 0, 1, 0, UNKNOWN)


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("岚州市人民政府关于印发《岚州市公共资源交易管理办法》的通知", "岚州市公共资源交易管理办法"),
        ("关于转发〈东岭省关于加强解读的意见〉的通知", "东岭省关于加强解读的意见"),
        ("岚州市科学技术局关于开展创新券兑付工作的通知", "开展创新券兑付工作"),
        ("《岚州市人民政府关于做好防汛工作的意见》政策解读", "做好防汛工作"),
        ("东岭省政务公开办法", "东岭省政务公开办法"),
        ("", ""),
    ],
)
def test_short_title(title: str, short: str) -> None:
    assert short_title(title) == short
