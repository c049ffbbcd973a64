from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylib import tables
from policylib.link.organ_places import OrganPlaces
from policylib.link.organs import Registry
from tests.link.shelf import TABLES

ZIBO = "山东省/淄博市"
BUREAU = "淄博市科学技术局"


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry(tables.builtin(), ZIBO)


CANONICAL = [
    ("市政府办公厅", BUREAU, "淄博市人民政府办公厅"),
    ("市政府办公室", BUREAU, "淄博市人民政府办公室"),
    ("市府办", BUREAU, "淄博市人民政府办公室"),
    ("省府办", BUREAU, "山东省人民政府办公厅"),
    ("市政府", BUREAU, "淄博市人民政府"),
    ("我市人民政府", BUREAU, "淄博市人民政府"),
    ("省委办公厅", ZIBO, "中共山东省委办公厅"),
    ("省委", BUREAU, "中共山东省委员会"),
    ("市委宣传部", BUREAU, "中共淄博市委宣传部"),
    ("中共淄博市委", "", "中共淄博市委员会"),
    ("中共山东省委员会办公厅", "", "中共山东省委办公厅"),
    ("团市委", BUREAU, "共青团淄博市委员会"),
    ("市纪委", BUREAU, "中共淄博市纪律检查委员会"),
    ("我局", BUREAU, BUREAU),
    ("本局", BUREAU, BUREAU),
    ("我局办公室", BUREAU, "淄博市科学技术局办公室"),
    ("局办公室", BUREAU, "淄博市科学技术局办公室"),
    ("组织人事科", BUREAU, "淄博市科学技术局组织人事科"),
    ("我局", "淄博市人民政府", None),
    ("我局", "", None),
    ("市科技局", BUREAU, BUREAU),
    ("市科技局", "山东省/淄博市/张店区", BUREAU),
    ("淄博市科技局", "", BUREAU),
    ("山东省淄博市科技局", "", BUREAU),
    ("淄 博 市 科 技 局", "", BUREAU),
    ("财政局", BUREAU, "淄博市财政局"),
    ("省科技厅", BUREAU, "山东省科学技术厅"),
    ("山东省科技厅", "", "山东省科学技术厅"),
    ("科技厅", "山东省/淄博市", "山东省科学技术厅"),
    ("市发展改革委", BUREAU, "淄博市发展和改革委员会"),
    ("市卫生健康委", BUREAU, "淄博市卫生健康委员会"),
    ("市人社局", BUREAU, "淄博市人力资源和社会保障局"),
    ("市人力资源社会保障局", BUREAU, "淄博市人力资源和社会保障局"),
    ("市法制办", BUREAU, "淄博市人民政府法制办公室"),
    ("市国资委", BUREAU, "淄博市人民政府国有资产监督管理委员会"),
    ("县府办", ZIBO, None),
    ("县府办", "山东省/淄博市/桓台县", "桓台县人民政府办公室"),
    ("区司法局", "山东省/淄博市/张店区", "淄博市张店区司法局"),
    ("区司法局", ZIBO, None),
    ("张店区司法局", "", "淄博市张店区司法局"),
    ("淄博市张店区教体局", "", "淄博市张店区教育体育局"),
    ("市中区教育局", "", None),
    ("市中区教育局", "山东省/枣庄市", "枣庄市市中区教育局"),
    ("市中区教育局", "济南市教育局", "济南市市中区教育局"),
    ("高新区管委会", BUREAU, None),
    ("重庆两江新区管理委员会", ZIBO, "重庆两江新区管理委员会"),  # no organ of Zibo's
    ("淄博高新技术产业开发区管理委员会", ZIBO, "淄博高新技术产业开发区管理委员会"),
    ("两江新区管理委员会", ZIBO, "两江新区管理委员会"),
    ("市政府办公厅", "岚州市科学技术局", "岚州市人民政府办公厅"),
    ("市科技局", "岚州市人民政府", "岚州市科学技术局"),
    ("岚州市澄江区教育局", "", "岚州市澄江区教育局"),
    ("北京市海淀区人民政府", "", "北京市海淀区人民政府"),
    ("市教委", "北京市/海淀区", "北京市教育委员会"),
    ("自治区人民政府", "新疆维吾尔自治区/哈密市", "新疆维吾尔自治区人民政府"),
    ("国办", "", "国务院办公厅"),
    ("科技部", BUREAU, "科学技术部"),
    ("中华人民共和国科学技术部", "", "科学技术部"),
    ("发展改革委", "", "国家发展和改革委员会"),
    ("国家发展改革委办公厅", "", "国家发展和改革委员会办公厅"),
    ("国务院国资委", "", "国务院国有资产监督管理委员会"),
    ("国家卫生健康委", "", "国家卫生健康委员会"),
    ("财政部税政司", "", "财政部税政司"),
    ("国土资源部", "", "国土资源部"),
    ("国家税务总局山东省税务局", "", "国家税务总局山东省税务局"),
    ("教育部门", BUREAU, None),
    ("财政部门", BUREAU, None),
    ("各区县人民政府", BUREAU, None),
    ("有关部门", BUREAU, None),
    ("城市管理局", "山东省/淄博市", "淄博市城市管理局"),
    ("市委、市政府", BUREAU, None),
    ("北京市科学技术委员会、中关村科技园区管理委员会", "", "北京市科学技术委员会、中关村科技园区管理委员会"),
    ("", "", None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "context", "wanted"), CANONICAL, ids=[f"{n}@{c}" for n, c, _ in CANONICAL])
def test_canonical(registry: Registry, name: str, context: str, wanted: str | None) -> None:
    assert registry.canonical(name, context) == wanted


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("重庆两江新区管理委员会", "重庆市"),
        ("淄博高新技术产业开发区管理委员会", ZIBO),
        ("两江新区管理委员会", ""),
    ],
)
def test_where_the_administration_of_a_zone_belongs(registry: Registry, name: str, region: str) -> None:
    assert registry.region_of(name) == region


@pytest.mark.parametrize(
    ("name", "context", "wanted"),
    [
        ("发改委", "岚州市人民政府", "岚州市发展和改革委员会"),
        ("国资委", "淄博市人民政府", "淄博市人民政府国有资产监督管理委员会"),
        ("卫健委", "广东省人民政府办公厅", "广东省卫生健康委员会"),
        ("国家发改委", "岚州市人民政府", "国家发展和改革委员会"),
        ("发改委", "国务院办公厅", "国家发展和改革委员会"),
        ("证监会", "岚州市人民政府", "中国证券监督管理委员会"),
        ("科技部", "岚州市人民政府", "科学技术部"),
    ],
)
def test_who_acts_in_a_paper_of_a_place_is_of_the_place(
    registry: Registry, name: str, context: str, wanted: str
) -> None:
    assert registry.acting(name, context) == wanted


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("市民政局", None),
        ("市财政局", None),
        ("省科技厅", None),
        ("区民政局", None),
        ("发改委", "岚州市发展和改革委员会"),
        ("社科院", ""),
    ],
)
def test_a_short_name_of_an_office_s_own_table_is_no_name_of_the_state(name: str, wanted: str | None) -> None:
    lanzhou = Registry(TABLES, "东岭省/岚州市")
    assert lanzhou.of_the_place(name, "岚州市人民政府") == wanted


def test_canonical_names_stay(registry: Registry) -> None:
    """A full name is its own full name: every organ of the tables, and every name that `canonical` gives."""
    organs = [name for name in OrganPlaces(tables.builtin(), ZIBO).names if not name.startswith("新疆生产建设兵团")]
    wrong = {name: registry.canonical(name) for name in organs if registry.canonical(name) != name}
    wrong |= {name: again for *_, name in CANONICAL if name and (again := registry.canonical(name)) != name}
    assert not wrong


def test_names_without_jurisdiction() -> None:
    registry = Registry(tables.builtin())
    assert registry.canonical("市政府办公厅") is None
    assert registry.canonical("市科技局", "淄博市人民政府") == BUREAU


def test_invented_jurisdiction() -> None:
    registry = Registry(tables.builtin(), "东岭省/岚州市")
    assert registry.canonical("省科技厅") == "东岭省科学技术厅"
    assert registry.canonical("市科技局") == "岚州市科学技术局"
    assert registry.canonical("省政府", "岚州市科学技术局") == "东岭省人民政府"
    assert registry.region_of("岚州市科学技术局") == "东岭省/岚州市"
    assert registry.level_of("岚州市科学技术局") == "prefecture"


SPLIT = [
    ("重庆市人事局重庆市建设委员会重庆市交通委员会", "重庆市人事局 重庆市建设委员会 重庆市交通委员会"),
    ("市委、市政府", "市委 市政府"),
    ("市委市政府", "市委 市政府"),
    ("省委办公厅省政府办公厅", "省委办公厅 省政府办公厅"),
    ("市科技局市财政局", "市科技局 市财政局"),
    ("科技部 财政部", "科技部 财政部"),
    ("科技部财政部国家税务总局", "科技部 财政部 国家税务总局"),
    ("财政部 税务总局 海关总署", "财政部 税务总局 海关总署"),
    ("中共中央国务院", "中共中央 国务院"),
    ("中共中央办公厅国务院办公厅", "中共中央办公厅 国务院办公厅"),
    ("中共中央办公厅和国务院办公厅", "中共中央办公厅 国务院办公厅"),
    ("工业和信息化部办公厅财政部办公厅", "工业和信息化部办公厅 财政部办公厅"),
    ("科学技术部和工业和信息化部", "科学技术部 工业和信息化部"),
    ("市发展和改革委员会和市住房和城乡建设局", "市发展和改革委员会 市住房和城乡建设局"),
    ("国家发展和改革委员会", "国家发展和改革委员会"),
    ("住房和城乡建设部", "住房和城乡建设部"),
    ("淄博市人力资源和社会保障局", "淄博市人力资源和社会保障局"),
    ("农业和农村部", "农业和农村部"),
    ("科技部等12部门", "科技部"),
    ("科技部、财政部等部门", "科技部 财政部"),
    ("淄博市科学技术局会同淄博市财政局", "淄博市科学技术局 淄博市财政局"),
    ("会同县人民政府", "会同县人民政府"),
    ("财 政 部", "财政部"),
    ("国家税务总局山东省税务局", "国家税务总局山东省税务局"),
    ("淄博市财政局国家税务总局淄博市税务局", "淄博市财政局 国家税务总局淄博市税务局"),
    ("北京市科学技术委员会、中关村科技园区管理委员会", "北京市科学技术委员会、中关村科技园区管理委员会"),
    ("淄博市科学技术局办公室", "淄博市科学技术局办公室"),
    ("教育部国际合作与交流司", "教育部国际合作与交流司"),
    ("市委市直机关工作委员会", "市委市直机关工作委员会"),
    ("", ""),
]


@pytest.mark.parametrize(("names", "wanted"), SPLIT, ids=[names for names, _ in SPLIT])
def test_split(registry: Registry, names: str, wanted: str) -> None:
    assert registry.split(names) == tuple(wanted.split())


@given(st.lists(st.sampled_from(["淄博市科学技术局", "淄博市人民政府办公厅", "财政部", "工业和信息化部"]), unique=True))
def test_split_undoes_join(organs: list[str]) -> None:
    registry = Registry(tables.builtin())
    assert registry.split("、".join(organs)) == tuple(organs)
    assert registry.split(" ".join(organs)) == tuple(organs)


def test_every_known_organ_is_one(registry: Registry) -> None:
    assert not [name for name in OrganPlaces(tables.builtin(), ZIBO).names if registry.split(name) != (name,)]


@pytest.mark.parametrize(
    ("organ", "path", "level"),
    [
        ("淄博市科学技术局", ZIBO, "prefecture"),
        ("中共山东省委办公厅", "山东省", "provincial"),
        ("淄博市张店区司法局", "山东省/淄博市/张店区", "county"),
        ("北京市海淀区人民政府", "北京市/海淀区", "county"),
        ("重庆市人民政府", "重庆市", "provincial"),
        ("国家税务总局山东省税务局", "山东省", "provincial"),
        ("科学技术部", "", "central"),
        ("国务院办公厅", "", "central"),
        ("岚州市科学技术局", "岚州市", ""),
        ("有关部门", "", ""),
    ],
)
def test_region_and_level(registry: Registry, organ: str, path: str, level: str) -> None:
    assert (registry.region_of(organ), registry.level_of(organ)) == (path, level)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("市政府办公厅", True),
        ("淄博市人民政府办公室", True),
        ("国办", True),
        ("县府办", True),
        ("岚州市人民政府办公室", True),
        ("淄博市人民政府", False),
        ("市科技局办公室", False),
        ("省委办公厅", False),
    ],
)
def test_government_office(registry: Registry, name: str, wanted: bool) -> None:
    assert registry.is_government_office(name) is wanted


SAME = [
    ("市科技局", BUREAU, None, "same"),
    ("科技部", "科学技术部", None, "same"),
    ("教育部", "教育部高等教育司", None, "subunit"),
    ("市科技局", "淄博市科学技术局政策法规科", None, "subunit"),
    ("淄博市人民政府", "淄博市人民政府办公室", None, "different"),
    ("淄博市人民政府", "淄博市人民政府法制办公室", None, "different"),
    ("国务院", "国务院国有资产监督管理委员会", None, "different"),
    ("市科技局", "市财政局", None, "different"),
    ("淄博市科学技术局", "青岛市科学技术局", None, "different"),
    ("国土资源部", "自然资源部", None, "successor"),
    ("自然资源部", "国土资源部", None, "predecessor"),
    ("国土资源部", "自然资源部", date(2018, 6, 1), "successor"),
    ("国土资源部", "自然资源部", date(2017, 6, 1), "unknown"),
    ("中国保险监督管理委员会", "国家金融监督管理总局", date(2024, 1, 1), "successor"),
    ("卫生部", "国家卫生健康委员会", None, "successor"),
    ("农业部办公厅", "农业农村部办公厅", None, "successor"),
    ("淄博市人民政府办公厅", "淄博市人民政府办公室", date(2022, 1, 1), "successor"),
    ("淄博市人民政府办公厅", "淄博市人民政府办公室", date(2018, 1, 1), "unknown"),
    ("岚州市人民政府办公厅", "岚州市人民政府办公室", None, "same"),
    ("岚州市农业局", "岚州市农业农村局", None, "unknown"),
    ("县府办", "桓台县人民政府办公室", None, "unknown"),
    ("国家标准化管理委员会", "国家市场监督管理总局", None, "subunit"),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b", "on", "wanted"), SAME, ids=[f"{a}-{b}-{on}" for a, b, on, _ in SAME])
def test_same(registry: Registry, a: str, b: str, on: date | None, wanted: str) -> None:
    assert registry.same(a, b, on) == wanted


@pytest.mark.parametrize(
    ("code", "region", "wanted"),
    [
        ("淄政办发", "", "淄博市人民政府办公室"),
        ("济政发", "", "济南市人民政府 济宁市人民政府"),
        ("济政发", "山东省/济宁市", "济宁市人民政府"),
        ("济政发", "山东省/济宁市/任城区", "济宁市人民政府"),
        ("济政发", "广东省", "济南市人民政府 济宁市人民政府"),
        ("国科发资", "", "科学技术部"),
        ("国科发新", "", "科学技术部"),
        ("国科科函字", "", "水利部国际合作与科技司"),
        ("财税", "", "财政部 国家税务总局"),
        ("林政发", "", ""),
        ("林资发", "", "国家林业和草原局"),
        ("岚政办发", "", ""),
    ],
)
def test_issuers_of_code(registry: Registry, code: str, region: str, wanted: str) -> None:
    assert registry.issuers_of_code(code, region) == tuple(wanted.split())


@pytest.mark.parametrize(
    ("code", "issuer", "wanted"),
    [
        ("淄政办发", "淄博市人民政府办公厅", True),
        ("淄政办发", "市政府办公室", True),
        ("国土资发", "国土资源部", True),
        ("淄政办发", "淄博市科学技术局", False),
        ("国办发", "国务院", None),
        ("国科发资", "科技部", True),
        ("国科发新", "财政部", None),
        ("鲁办发", "山东省人民政府办公厅", None),
        ("泰政发", "泰州市人民政府", True),
        ("泰政发", "淄博市人民政府", None),
        ("岚科字", "岚州市科学技术局", None),
        ("淄政发", "县府办", None),
    ],
)
def test_code_agrees(registry: Registry, code: str, issuer: str, wanted: bool | None) -> None:
    assert registry.code_agrees(code, issuer) is wanted


def test_every_code_agrees_with_its_issuer(registry: Registry) -> None:
    rows = [row for group in tables.builtin().codes.values() for row in group]
    assert not [(row.code, row.issuer) for row in rows if registry.code_agrees(row.code, row.issuer) is not True]


@given(st.text(alphabet="我本市县区省中共委办公厅局政府人民科技、和与 等部", max_size=30))
def test_any_name_gives_an_answer(name: str) -> None:
    registry = Registry(tables.builtin(), ZIBO)
    registry.canonical(name, BUREAU)
    assert all(part in name.replace(" ", "").replace("　", "") for part in registry.split(name))
    registry.region_of(name)
