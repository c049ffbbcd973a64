import dataclasses
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from policylib import table_layers, tables
from policylib.errors import TableError
from policylib.model import DocumentNumber
from policylib.table_doubts import table_doubts

CODES = "code,issuer,level,region,kind,certainty,note,example\n"
ORGANS = "name,kind,target,since,region,source,note\n"


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    return tmp_path


def write(overlay: Path, name: str, text: str, encoding: str = "utf-8") -> None:
    (overlay / name).parent.mkdir(exist_ok=True)
    (overlay / name).write_bytes(text.encode(encoding))


# The tables that ship ------------------------------------------------------------------------------------------


def test_builtin_is_read_once() -> None:
    assert tables.builtin() is tables.builtin()


def test_import_is_cheap() -> None:
    code = "import sys, policylib.tables; print('networkx' in sys.modules or 'lxml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


@pytest.mark.parametrize(
    ("code", "issuers"),
    [
        ("淄政办发", ["淄博市人民政府办公室"]),
        ("国土资发", ["自然资源部"]),
        ("财税", ["财政部", "国家税务总局"]),
        ("济政发", ["济南市人民政府", "济宁市人民政府"]),
        ("鲁办发", ["中共山东省委办公厅"]),
        ("川办发", ["四川省人民政府办公厅"]),
        ("国科科函字", ["水利部国际合作与科技司"]),
    ],
)
def test_codes(code: str, issuers: list[str]) -> None:
    assert [row.issuer for row in tables.builtin().codes[code]] == issuers


def test_code_rows_are_whole() -> None:
    builtin = tables.builtin()
    rows = [
        row
        for mapping in (builtin.codes, builtin.families, builtin.region_prefixes)
        for group in mapping.values()
        for row in group
    ]
    assert not [row for row in rows if not row.level or not row.certainty]
    assert not [row for row in rows if row.level != "central" and not row.region]
    assert not [row for row in rows if set(row.issuer) & set("（）()、/") or row.issuer.startswith("原")]


def test_shared_codes_are_marked() -> None:
    """A code of organs in several regions never decides alone: at least one row says so."""
    for code, rows in tables.builtin().codes.items():
        if len({row.region for row in rows}) > 1:
            assert "X" in {row.certainty for row in rows}, code


def test_examples_bear_their_code() -> None:
    examples = [row for rows in tables.builtin().codes.values() for row in rows if row.example]
    assert len(examples) > 15
    for row in examples:
        number = row.example
        assert number.startswith(row.code)
        if "令" not in number:
            assert DocumentNumber.parse(number).code == row.code


def test_no_row_names_a_commercial_database() -> None:
    for path in table_layers.DATA.rglob("*.*"):
        text = path.read_text(encoding="utf-8") if path.suffix in (".csv", ".toml") else ""
        assert "policy-kg" not in text
        assert "法宝" not in text


@pytest.mark.parametrize(
    ("name", "paths"),
    [
        ("淄博市", ("山东省/淄博市",)),
        ("张店区", ("山东省/淄博市/张店区",)),
        ("北京市", ("北京市",)),
        ("内蒙古自治区", ("内蒙古自治区",)),
        ("莱芜市", ("山东省/莱芜市",)),
    ],
)
def test_regions(name: str, paths: tuple[str, ...]) -> None:
    assert tables.builtin().regions[name] == paths


def test_every_region_of_a_row_is_known() -> None:
    builtin = tables.builtin()
    known = {path for paths in builtin.regions.values() for path in paths}
    used = {row.region for rows in builtin.codes.values() for row in rows if row.region}
    assert not used - known
    assert not {path.rpartition("/")[0] for path in known if "/" in path} - known


def test_renames_and_aliases() -> None:
    builtin = tables.builtin()
    assert builtin.renames["淄博市人民政府办公厅"] == (("淄博市人民政府办公室", date(2019, 1, 1)),)
    assert builtin.aliases["国办"] == "国务院办公厅"
    assert builtin.aliases["发展改革委"] == "国家发展和改革委员会"
    assert builtin.abbreviations["科技局"] == "科学技术局"


def test_aliases_lead_to_known_organs() -> None:
    builtin = tables.builtin()
    assert not {target for target in builtin.aliases.values() if target not in builtin.organs}
    assert not set(builtin.aliases) & set(builtin.organs)
    assert not {name for name in builtin.abbreviations if name in builtin.abbreviations.values()}


def test_renames_end() -> None:
    """No organ follows itself, over any number of steps."""
    renames = tables.builtin().renames
    for name in renames:
        front, seen = [name], set()
        while front:
            current = front.pop()
            for successor, _ in renames.get(current, ()):
                assert successor != name
                if successor not in seen:
                    seen.add(successor)
                    front.append(successor)


def test_tables_are_frozen() -> None:
    builtin = tables.builtin()
    with pytest.raises(TypeError):
        builtin.codes["甲"] = ()  # type: ignore[index]
    with pytest.raises(dataclasses.FrozenInstanceError):
        builtin.codes = {}  # type: ignore[misc]


# The user's own tables -----------------------------------------------------------------------------------------


def test_no_overlay_folder(overlay: Path) -> None:
    assert tables.load(overlay / "tables").codes == tables.builtin().codes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_own_codes_go_over_the_built_in(overlay: Path, encoding: str) -> None:
    text = (
        CODES + "岚科字,岚州市科学技术局,prefecture,东岭省/岚州市,full,A,,\r\n,,,,,,,\r\n济政发,济宁市人民政府,,,,,,\n"
    )
    write(overlay, "issuers.csv", text, encoding)
    own = tables.load(overlay)
    assert own.codes["岚科字"][0].issuer == "岚州市科学技术局"
    assert [row.issuer for row in own.codes["济政发"]] == ["济宁市人民政府"]
    assert own.codes["淄政办发"] == tables.builtin().codes["淄政办发"]


def test_chinese_head_line(overlay: Path) -> None:
    write(overlay, "issuers.csv", "代字,发文机关,地区\n岚科字,岚州市科学技术局,东岭省/岚州市\n", "gb18030")
    assert tables.load(overlay).codes["岚科字"][0].region == "东岭省/岚州市"


def test_own_organs(overlay: Path) -> None:
    write(
        overlay, "organs.csv", ORGANS + "岚州市,region,东岭省/岚州市,,,,\n岚州市科委,renamed,岚州市科技局,2019-01,,,\n"
    )
    own = tables.load(overlay)
    assert own.regions["岚州市"] == ("东岭省/岚州市",)
    assert own.renames["岚州市科委"] == (("岚州市科技局", date(2019, 1, 1)),)


@pytest.mark.parametrize(
    ("name", "text", "line", "fault"),
    [
        ("issuers.csv", CODES + "岚科字,,,,,,,\n", 2, "缺少 issuer"),
        ("issuers.csv", CODES + "甲,乙,,,whole,,,\n", 2, "kind 不能是“whole”"),
        ("issuers.csv", CODES + "甲,乙,,,,D,,\n", 2, "certainty 不能是“D”"),
        ("issuers.csv", CODES + "甲,乙,,,,,,\n甲,乙,,,,,,\n", 3, "与第2行重复"),
        ("issuers.csv", CODES + '甲,乙,,,,,"两\n行",\n丙,,,,,,,\n', 4, "缺少 issuer"),
        ("issuers.csv", "code,issuer,colour\n甲,乙,丙\n", 1, "没有“colour”这样的列"),
        ("issuers.csv", "issuer\n乙\n", 1, "表头缺少列：code"),
        ("issuers.csv", "code,issuer\n甲,乙,丙\n", 2, "本行有3格，表头只有2列"),
        ("issuers.csv", "code,issuer,code\n甲,乙,丙\n", 1, "出现不止一次"),
        ("organs.csv", ORGANS + "甲局,alias,,,,,\n", 2, "缺少 target"),
        ("organs.csv", ORGANS + "甲局,renamed,乙局,,,,\n", 2, "缺少 since"),
        ("organs.csv", ORGANS + "甲局,renamed,乙局,2019年,,,\n", 2, "since 应写作"),
        ("organs.csv", ORGANS + "甲局,renamed,乙局,2019-13,,,\n", 2, "since 应写作"),
        ("organs.csv", ORGANS + "甲局,alias,甲局,,,,\n", 2, "指向了自己"),
        ("organs.csv", ORGANS + "甲局,nickname,乙局,,,,\n", 2, "kind 不能是“nickname”"),
        ("issuers.csv", 'code,issuer\n甲,"乙\n丙,丁\n戊,己\n', 2, "引号没有成对"),
        ("issuers.csv", 'code,issuer,note\n甲,乙,"两\n行"\n丙,丁,"开\n戊,己,"又开"\n', 4, "引号没有成对"),
        ("issuers.csv", 'code,issuer\n甲,乙\n丙,"丁"丁\n', 3, "引号没有成对"),
        ("issuers.csv", 'code,issuer\n甲,"乙\n丙,丁"\n', 3, "issuer 一格里有好几行"),
        ("issuers.csv", "code,issuer\n甲\0,乙\n", 2, "控制字符"),
        ("issuers.csv", CODES + "岚科字,岚州市科学技术局,,,,,,岚政发〔2019〕1号\n", 2, "以“岚科字”开头"),
        ("organs.csv", ORGANS + "甲局,renamed,乙局,2018,,,\n乙局,renamed,甲局,2019,,,\n", 2, "since 应写作"),
        ("organs.csv", ORGANS + "甲局,renamed,乙局,2018-1,,,\n乙局,renamed,甲局,2019-1,,,\n", 3, "乙局→甲局→乙局"),
        (
            "organs.csv",
            ORGANS + "甲,alias,乙,,,,\n乙,alias,丙,,,,\n丁,alias,丙,,,,\n丙,alias,甲,,,,\n",
            5,
            "丙→甲→乙→丙",
        ),
        ("issuers.csv", CODES + "123,岚州市科学技术局,,,,,,\n", 2, "code（代字）应是文号里年份前面的汉字.*不是“123”"),
        ("issuers.csv", CODES + "岚科发〔2016〕,岚州市科学技术局,,,,,,\n", 2, "code（代字）应是"),
        ("issuers.csv", CODES + "岚科发,12,,,,,,\n", 2, "不是“12”"),
        ("issuers.csv", CODES + "岚科发,甲局,,东岭省/岚州市,,,,\n岚财,乙局,,火星/月亮,,,,\n", 3, "地区.*“火星”不是省"),
        ("issuers.csv", CODES + "岚科发,甲局,,东岭省岚州市,,,,\n", 2, "应写作 东岭省/岚州市"),
        ("organs.csv", ORGANS + "甲局,organ,,,火星/月亮,,\n", 2, "地区.*“火星”不是省"),
        (
            "organs.csv",
            ORGANS + "岚州市,region,东岭省/岚州市,,,,\n东岭,region,火星/东岭,,,,\n",
            3,
            "对应.*“火星”不是省",
        ),
        ("organs.csv", ORGANS + "123,organ,,,,,\n", 2, "不是“123”"),
        ("profiles/own.toml", 'title = "无名"\n', 1, "缺少 id"),
        ("profiles/own.toml", 'id = "own"\nterm = [3,\n', 2, "TOML"),
        ("profiles/own.toml", 'id = "national"\n', 1, "已用于另一个规则文件"),
    ],
)
def test_wrong_rows(overlay: Path, name: str, text: str, line: int, fault: str) -> None:
    write(overlay, name, text)
    with pytest.raises(TableError, match=fault) as error:
        tables.load(overlay)
    assert error.value.line == line
    assert Path(error.value.path).name == Path(name).name


@pytest.mark.parametrize("name", ["issuers.xlsx", "Issuers.CSV", "organs.csv.txt"])
def test_a_table_in_another_format_is_told(overlay: Path, name: str) -> None:
    (overlay / name).write_bytes(b"PK")
    with pytest.raises(TableError, match=rf"{name}：不能直接读.*文件名写 (issuers|organs)\.csv"):
        tables.load(overlay)


def test_a_name_in_capitals_is_to_be_changed_and_not_saved_anew(overlay: Path) -> None:
    write(overlay, "ISSUERS.csv", CODES)
    with pytest.raises(TableError, match=r"大小写不对，请改名：文件名写 issuers\.csv") as error:
        tables.load(overlay)
    assert error.value.line == 0


@pytest.mark.parametrize("path", ["山东省/济宁市/任岭区", "东岭省/岚州市/澄江区/马尚镇", "北京市/海淀区/中关村街道"])
def test_a_row_makes_a_region_known_that_no_table_has(overlay: Path, path: str) -> None:
    name = path.rpartition("/")[2]
    write(overlay, "organs.csv", ORGANS + f"{name},region,{path},,,,\n{name}政府,organ,,,{path},,\n")
    write(overlay, "issuers.csv", CODES + f"岚科发,甲局,,{path},,,,\n")
    assert tables.load(overlay).regions[name][-1] == path


def test_a_workbook_beside_the_table_made_of_it_is_no_matter(overlay: Path) -> None:
    (overlay / "issuers.xlsx").write_bytes(b"PK")
    write(overlay, "issuers.csv", CODES + "岚科字,岚州市科学技术局,,,,,,\n")
    assert "岚科字" in tables.load(str(overlay)).codes


@pytest.mark.parametrize("name", ["issuers.csv", "organs.csv", "profiles/own.toml"])
def test_a_folder_is_no_table(overlay: Path, name: str) -> None:
    (overlay / name).mkdir(parents=True)
    with pytest.raises(TableError, match=f"{name}：这是文件夹"):
        tables.load(overlay)


def test_neither_utf8_nor_gb18030(overlay: Path) -> None:
    (overlay / "issuers.csv").write_bytes(b"code,issuer\n\xff\xff\xff,\x81\n")
    with pytest.raises(TableError, match="CSV UTF-8"):
        tables.load(overlay)


def test_a_file_of_settings_is_no_csv(overlay: Path) -> None:
    (overlay / "profiles").mkdir()
    (overlay / "profiles" / "own.toml").write_bytes(b'id = "\xff\xff\x81"\n')
    with pytest.raises(TableError, match="用记事本打开，另存为，编码选 UTF-8"):
        tables.load(overlay)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("岚科发,甲局,,,,,,\n岚科发,乙局,,,,,,\n", ["第3行：代字“岚科发”第2行已经登记给甲局"]),
        ("岚科发,甲局,,,,X,,\n岚科发,乙局,,,,X,,\n", []),
        ("岚科发,甲局,,,,,,\n岚科发,甲局,,,family,,,\n", []),
        ("岚,甲市,,,region-prefix,,,\n岚,乙市,,,region-prefix,,,\n", []),
        ("淄政办发,岚州市人民政府,,,,,,\n", ["第2行：代字“淄政办发”内置表里是淄博市人民政府办公室的"]),
        ("淄政办发,淄博市人民政府办公室,,,,,,\n", []),
        ("济政发,济宁市人民政府,,,,,,\n", []),  # who shares a code names himself
        ("淄政办发,岚州市人民政府办公室,,东岭省/岚州市,,,,\n", []),  # another province may have it too
        ("淄政办发,淄博市人民政府,,山东省/淄博市,,,,\n", ["内置表里是淄博市人民政府办公室的"]),
        ("财税,财政部,,,,,,\n", []),
        ("财税,岚州市财政局,,,,,,\n", ["内置表里是财政部、国家税务总局的"]),
    ],
)  # fmt: skip
def test_a_code_of_two_organs_is_a_doubt(overlay: Path, rows: str, told: list[str]) -> None:
    write(overlay, "issuers.csv", CODES + rows)
    tables.load(overlay)
    found = table_doubts(overlay)
    assert len(found) == len(told)
    assert all(one in doubt for one, doubt in zip(told, found, strict=True))
    assert all(str(overlay / "issuers.csv") in doubt for doubt in found)


def test_a_region_nearly_like_a_known_one_is_a_doubt_until_it_is_made_known(overlay: Path) -> None:
    rows = "岚科发,甲局,,山东省/淄搏市,,,,\n岚财发,乙局,,山东省/淄搏市,,,,\n岚民发,丙局,,河北省/岚州市,,,,\n"
    write(overlay, "issuers.csv", CODES + rows)
    tables.load(overlay)
    (doubt,) = table_doubts(overlay)
    assert "issuers.csv 第2行：没有“山东省/淄搏市”这个地区，应写作 山东省/淄博市；确有这个地区的" in doubt
    write(overlay, "organs.csv", ORGANS + "淄搏市,region,山东省/淄搏市,,,,\n")
    assert table_doubts(overlay, tables.load(overlay)) == ()


def test_a_table_that_nothing_reads_is_a_doubt(overlay: Path) -> None:
    write(overlay, "organ.csv", ORGANS)
    write(overlay, "cues.toml", "")
    write(overlay, "organs.csv", ORGANS)
    tables.load(overlay)
    assert [Path(one.partition("：")[0]).name for one in table_doubts(overlay)] == ["cues.toml", "organ.csv"]
    assert table_doubts(None) == table_doubts(overlay / "none") == ()


def test_toml_rows(overlay: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = overlay / "shipped"
    write(
        shipped,
        "cues.toml",
        '[[cue]]\nid = "a"\nword = "根据"\n[[cue]]\nid = "b"\nword = "废止"\n[[stop]]\nword = "和"\n',
    )
    monkeypatch.setattr(table_layers, "DATA", shipped)
    assert [row["word"] for row in tables.toml_rows("cues.toml")] == ["根据", "废止", "和"]
    own = overlay / "own"
    write(own, "cues.toml", '[[cue]]\nid = "b"\nword = "失效"\n[[stop]]\nword = "及"\n')
    assert [row["word"] for row in tables.toml_rows("cues.toml", own, "cue")] == ["根据", "失效"]
    assert [row["word"] for row in tables.toml_rows("cues.toml", own, "stop")] == ["和", "及"]
    write(own, "cues.toml", '[[cue]]\nid = "b"\n[[cue]]\nid = "b"\n')
    with pytest.raises(TableError, match="id“b”重复") as error:
        tables.toml_rows("cues.toml", own)
    assert error.value.line == 3
    with pytest.raises(TableError, match="没有这张表"):
        tables.toml_rows("words.toml")


def test_listing_says_where_rows_come_from(overlay: Path) -> None:
    write(overlay, "issuers.csv", CODES + "岚科字,岚州市科学技术局,,,,,,\n")
    listing = tables.rows("issuers", overlay)
    assert listing.columns[:2] == ("code", "issuer")
    assert listing.rows[-1][:2] == ("岚科字", "岚州市科学技术局")
    assert set(listing.origins) == {"内置", str(overlay / "issuers.csv")}
    assert all(len(row) == len(listing.columns) for row in listing.rows)


def test_every_table_can_be_listed() -> None:
    assert {"issuers.csv", "organs.csv", "profiles/national.toml"} <= set(tables.names())
    for name in tables.names():
        listing = tables.rows(name)
        assert len(listing.rows) == len(listing.origins)
        assert listing.rows
