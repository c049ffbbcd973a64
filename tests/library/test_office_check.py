"""What policylib.toml says of the office: a region that is none, a rule set that there is not, a name that is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from policylib.errors import TableError
from policylib.library import Library
from policylib.library.office_check import check_office, cleanup_doubts, office_doubts
from policylib.model import Office
from policylib.office_rules import rule_doubts
from policylib.tables import builtin

ZIBO = "山东省/淄博市"


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("东岭省岚州市", "东岭省/岚州市"),
        ("山东省淄博市张店区", "山东省/淄博市/张店区"),
        ("北京市海淀区", "北京市/海淀区"),
        ("内蒙古自治区锡林郭勒盟", "内蒙古自治区/锡林郭勒盟"),
        ("山东省 淄博市", ZIBO),
        ("山东省／淄博市", ZIBO),
        ("山东省-淄博市", ZIBO),
        ("淄博市", ZIBO),
        ("山东/淄博", ZIBO),
        ("山东省/淄搏市", ZIBO),
        ("山冬省/淄博市", ZIBO),
        ("山东省/淄博市/张店", "山东省/淄博市/张店区"),
        ("山东省/博山区", "山东省/淄博市/博山区"),
        ("岚州市", "没有写明在哪个省"),
        ("鼓楼区", "没有写明在哪个省"),
        ("随便", "“随便”不是省、市、县、区的全称"),
        ("东岭/岚州", "“东岭”不是省、市、县、区的全称"),
    ],
)
def test_a_region_that_is_none_names_its_line_and_the_right_form(tmp_path: Path, written: str, right: str) -> None:
    (tmp_path / "policylib.toml").write_text(f'# 设置\n\njurisdiction = "{written}"\n', "utf-8")
    with pytest.raises(TableError, match=f"第3行：.*{right}"):
        check_office(Office(jurisdiction=written), builtin(), tmp_path)


@pytest.mark.parametrize(
    "written", ["", ZIBO, "山东省", "北京市", "上海市/浦东新区", "湖北省/神农架林区", "东岭省/岚州市", "山东省/岚州市"]
)
def test_a_region_that_may_be_is_taken(tmp_path: Path, written: str) -> None:
    check_office(Office(jurisdiction=written), builtin(), tmp_path)


def test_an_unknown_rule_set_names_those_that_there_are(tmp_path: Path) -> None:
    (tmp_path / "policylib.toml").write_text('profile = "shandong"\n', "utf-8")
    with pytest.raises(TableError, match=r"第1行：没有“shandong”这套规则，现有：national.*shandong-2012（"):
        check_office(Office(profile="shandong"), builtin(), tmp_path)


@pytest.mark.parametrize(
    ("issuer", "said"),
    [
        ("市科技局", '不是全称，请写作 issuer = "淄博市科学技术局"'),
        ("淄博市科技局", '不是全称，请写作 issuer = "淄博市科学技术局"'),
        ("济南市科学技术局", "不是所写地区（山东省/淄博市）的机关"),
        ("淄博市科学技术居", "看不出本单位“淄博市科学技术居”是哪个机关"),
        ("淄博", "看不出本单位“淄博”是哪个机关"),
    ],
)
def test_a_wrong_name_of_the_office_is_told(issuer: str, said: str) -> None:
    (doubt,) = office_doubts(Office(ZIBO, issuer), builtin())
    assert said in doubt


@pytest.mark.parametrize(
    "issuer",
    [
        "淄博市科学技术局", "淄博市人民政府办公室", "中共淄博市委办公室", "淄博市张店区人民政府", "山东理工大学",
        "淄博市住房公积金管理中心", "淄博高新技术产业开发区管理委员会", "国家税务总局淄博市税务局",
    ],
)  # fmt: skip
def test_a_full_name_is_no_matter(issuer: str) -> None:
    assert list(office_doubts(Office(ZIBO, issuer), builtin())) == []


def test_a_library_says_so_before_it_checks(library: Library) -> None:
    (library.path.parent / "policylib.toml").write_text('jurisdiction = "云岭省云泽市"\n', "utf-8")
    with pytest.raises(TableError, match="云岭省/云泽市"):
        Library.open(library.path)


def test_a_region_that_no_table_has_is_told_with_what_it_costs() -> None:
    (doubt,) = office_doubts(Office("东岭省/岚州市"), builtin())
    assert "不补会少查一些问题，见指南第五节" in doubt
    assert "不必理会" not in doubt


def test_a_library_tells_its_doubts_with_the_file_of_each(library: Library) -> None:
    home = library.path.parent
    (home / "tables").mkdir(exist_ok=True)
    (home / "tables" / "organ.csv").write_text("name,kind\n", "utf-8")
    (home / "policylib.toml").write_text('jurisdiction = "东岭省/岚州市"\n', "utf-8")
    with Library.open(library.path) as opened:
        setting, table = opened.doubts()
    assert setting.startswith("policylib.toml：地区表里没有“东岭省/岚州市”")
    assert table.startswith(f"{home / 'tables' / 'organ.csv'}：这个文件不起作用")


def test_a_rule_that_there_is_not_is_told_before_it_is_asked(library: Library) -> None:
    (library.path.parent / "policylib.toml").write_text('# 规则\n[rules]\non = ["nix.rule"]\n', "utf-8")
    with Library.open(library.path) as opened:
        (doubt,) = rule_doubts(opened)
    assert "第3行：rules.on：没有“nix.rule”这条规则" in doubt
    (library.path.parent / "policylib.toml").write_text('[rules]\non = ["interpretation.late"]\n', "utf-8")
    with Library.open(library.path) as opened:
        assert rule_doubts(opened) == ()


def test_settings_in_another_encoding_are_no_csv(library: Library) -> None:
    (library.path.parent / "policylib.toml").write_bytes(b'issuer = "\xff\xff\x81"\n')
    with pytest.raises(TableError, match="用记事本打开，另存为，编码选 UTF-8"):
        Library.open(library.path)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("某某", "看不出“某某”是哪个机关"),
        ("市科技局", "“市科技局”不是全称，清理时找不到它的文件，请写作“淄博市科学技术局”"),
        ("淄博市科学技术局", ""),
        ("淄博市人民政府办公室", ""),
        ("淄博高新技术产业开发区管理委员会", ""),
    ],
)
def test_an_organ_whose_papers_a_cleanup_would_not_find_is_told(name: str, told: str) -> None:
    found = list(cleanup_doubts(Office(jurisdiction=ZIBO, cleanup_issuers=("淄博市人民政府", name)), builtin()))
    assert [told in one for one in found] == ([True] if told else [])


def test_an_organ_of_the_cleanup_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "policylib.toml").write_text('# 清理\n[cleanup]\nissuers = ["某某"]\n', "utf-8")
    with Library.create(tmp_path) as library:
        [doubt] = library.doubts()
    assert doubt.startswith("policylib.toml 第3行：看不出“某某”是哪个机关")
