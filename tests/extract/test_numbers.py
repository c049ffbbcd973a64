"""发文字号 in text: every shape of domain.md §2.1 to §2.4, where it begins, and what only looks like one."""

from __future__ import annotations

import pytest

from policylib.extract.numbers import find_numbers
from policylib.model import NumberKind, NumberMention

DOCUMENT, ORDER, ANNOUNCEMENT, CONGRESS, REGISTRATION, BARE = NumberKind


def readings(text: str) -> list[str]:
    return [str(one.number) for one in find_numbers(text)]


def only(text: str) -> NumberMention:
    [mention] = find_numbers(text)
    return mention


# Brackets, digits and blanks ------------------------------------------------------------------------------------

SPELLINGS = {
    "canonical": "岚政发〔2019〕3号",
    "square": "岚政发[2019]3号",
    "round": "岚政发(2019)3号",
    "round, full-width": "岚政发（2019）3号",
    "black lenses": "岚政发【2019】3号",
    "white lenses": "岚政发〖2019〗3号",
    "small six-cornered": "岚政发﹝2019﹞3号",
    "angles": "岚政发〈2019〉3号",
    "braces": "岚政发{2019}3号",
    "full-width digits": "岚政发〔２０１９〕３号",
    "traditional": "嵐政發〔2019〕3號",
    "with 第": "岚政发〔2019〕第3号",
    "leading zero": "岚政发〔2019〕03号",
    "年 inside": "岚政发〔2019年〕3号",
    "年 behind": "岚政发〔2019〕年3号",
    "blanks": "岚政发 〔2019 〕 3号",
    "blank before 号": "岚政发〔2019〕3 号",
    "ideographic blank": "岚政发\u3000〔2019〕3号",
    "line break inside": "岚政发〔\n2019〕3号",
    "line break behind": "岚政发〔2019〕\n3号",
    "wrong closing": "岚政发[2019[3号",
    "doubled closing": "岚政发[2019]]3号",
    "two kinds": "岚政发[2019〕3号",
    "swapped": "岚政发2019〔3〕号",
    "文 behind": "岚政发〔2019〕3号文",
    "year and 第, no brackets": "岚政发2019第3号",
}


@pytest.mark.parametrize("case", SPELLINGS)
def test_spelling(case: str) -> None:
    mention = only(SPELLINGS[case])
    assert mention.number
    assert str(mention.number).replace("嵐", "岚") == "岚政发〔2019〕3号"
    assert not mention.repaired
    assert mention.raw == SPELLINGS[case].removesuffix("文")


# Kinds ----------------------------------------------------------------------------------------------------------

KINDS = {
    "国办发明电〔2018〕15号": (DOCUMENT, "国办发明电〔2018〕15号"),
    "岚科（社）函〔2020〕12号": (DOCUMENT, "岚科（社）函〔2020〕12号"),
    "岚财(教)指标〔2019〕3号": (DOCUMENT, "岚财(教)指标〔2019〕3号"),
    "[2021]岚科提复45号": (DOCUMENT, "岚科提复〔2021〕45号"),
    "(2021)岚科函字第99号": (DOCUMENT, "岚科函字〔2021〕99号"),
    "岚科协发〔2022〕宣字9号": (DOCUMENT, "岚科协发〔2022〕宣字9号"),
    "〔2019〕第4号": (DOCUMENT, "〔2019〕4号"),
    "岚政函〔2022〕号": (DOCUMENT, "岚政函〔2022〕号"),
    "税委会公告〔2019〕6号": (DOCUMENT, "税委会公告〔2019〕6号"),
    "国令第707号": (ORDER, "国令第707号"),
    "岚州市人民政府令第9号": (ORDER, "岚州市人民政府令第9号"),
    "岚州市人民政府令第九号": (ORDER, "岚州市人民政府令第9号"),
    "岚州市人民政府第9号令": (ORDER, "岚州市人民政府令第9号"),
    "商务部令2026年第1号": (ORDER, "商务部令〔2026〕第1号"),
    "商务部令二〇二六年第1号": (ORDER, "商务部令〔2026〕第1号"),
    "商务部公告2026年第20号": (ANNOUNCEMENT, "商务部公告2026年第20号"),
    "商务部2026年第20号公告": (ANNOUNCEMENT, "商务部公告2026年第20号"),
    "岚州市人民政府公告2019第9号": (ANNOUNCEMENT, "岚州市人民政府公告2019年第9号"),
    "岚州市公安局通告2020年第3号": (ANNOUNCEMENT, "岚州市公安局通告2020年第3号"),
    "财政部 税务总局公告2019年第87号": (ANNOUNCEMENT, "财政部、税务总局公告2019年第87号"),
    "国家税务总局岚州市税务局公告2019年第3号": (ANNOUNCEMENT, "国家税务总局岚州市税务局公告2019年第3号"),
    "62号公告": (ANNOUNCEMENT, "公告第62号"),
    "公告〔15届〕第19号": (CONGRESS, "公告〔15届〕第19号"),
    "岚州市人民代表大会常务委员会公告第11号": (CONGRESS, "岚州市人民代表大会常务委员会公告第11号"),
    "岚州市人大常委会第11号": (CONGRESS, "岚州市人大常委会公告第11号"),
    "LZCR-2019-0010003": (REGISTRATION, "LZCR-2019-0010003"),
    "LZCR—2019—0010003": (REGISTRATION, "LZCR-2019-0010003"),
    "HFGS-2022-7": (REGISTRATION, "HFGS-2022-7"),
    "LZ0320240034": (REGISTRATION, "LZ0320240034"),
    "2019年第3号": (BARE, "2019年第3号"),
    "第三号": (BARE, "第3号"),
}


@pytest.mark.parametrize("text", KINDS)
def test_kind(text: str) -> None:
    mention = only(text)
    assert mention.number
    assert (mention.number.kind, str(mention.number)) == KINDS[text]
    assert mention.raw == text


def test_the_bracket_of_a_boxed_order_belongs_to_it() -> None:
    assert only("岚州市人民政府令[第9号]").raw == "岚州市人民政府令[第9号]"


# Where the code begins ------------------------------------------------------------------------------------------

LEFT = {
    "按岚办发(1985)49号文件规定办理": "岚办发〔1985〕49号",
    "（以下简称岚政办字〔2017〕20号文）": "岚政办字〔2017〕20号",
    "我院以法〔1998〕86号通知印发了": "法〔1998〕86号",
    "要按照国办发〔1993〕71号": "国办发〔1993〕71号",
    "的通知岚府办规〔2021〕7号": "岚府办规〔2021〕7号",
    "根据岚政发〔2019〕3号": "岚政发〔2019〕3号",
    "岚州市人民政府岚政发〔2019〕3号": "岚政发〔2019〕3号",
    "岚州市科学技术局文件岚科发〔2019〕3号": "岚科发〔2019〕3号",
    "中共岚州市委办公室岚办发〔2019〕3号": "岚办发〔2019〕3号",
    "依据《岚州市人才办法》和岚政发〔2019〕3号": "岚政发〔2019〕3号",
    "以及岚政发〔2019〕3号": "岚政发〔2019〕3号",
    "2019年3月4日岚政发〔2019〕3号": "岚政发〔2019〕3号",
    "文号：岚政发〔2019〕3号": "岚政发〔2019〕3号",
    "自国办发〔2018〕115号印发之日起": "国办发〔2018〕115号",
    "将国办发〔2018〕115号废止": "国办发〔2018〕115号",
    "对国办发〔2018〕115号作如下修改": "国办发〔2018〕115号",
    "原国办发〔2018〕115号": "国办发〔2018〕115号",
    "我局岚科发〔2019〕3号文件": "岚科发〔2019〕3号",
    "市政府岚政发〔2019〕3号": "岚政发〔2019〕3号",
    "将岚政发〔2019〕3号废止": "岚政发〔2019〕3号",
    "现将岚州市人民政府令第9号公布": "岚州市人民政府令第9号",
    "由岚州市人民政府令第9号公布": "岚州市人民政府令第9号",
    "经岚州市人民政府令第9号修改": "岚州市人民政府令第9号",
    "2018年5月1日岚州市人民政府令第9号公布": "岚州市人民政府令第9号",
    "2018年5月1日原岚州市环境保护局公告2018年第9号": "岚州市环境保护局公告2018年第9号",
    "根据第145号令": "令第145号",
    "以第145号令公布": "令第145号",
    "见公告〔15届〕第19号": "公告〔15届〕第19号",
}


@pytest.mark.parametrize("text", LEFT)
def test_left_boundary(text: str) -> None:
    mention = only(text)
    assert str(mention.number) == LEFT[text]
    if mention.number and mention.number.code:
        assert mention.raw.startswith(mention.number.code)


# Lists ----------------------------------------------------------------------------------------------------------

LISTS = {
    "岚科发〔2019〕305号、岚科规字〔2019〕8号": ["岚科发〔2019〕305号", "岚科规字〔2019〕8号"],
    "岚政发〔2019〕3、4号": ["岚政发〔2019〕3号", "岚政发〔2019〕4号"],
    "岚政发〔2019〕3号、5号和〔2020〕7号": ["岚政发〔2019〕3号", "岚政发〔2019〕5号", "岚政发〔2020〕7号"],
    "岚政发〔2019〕3号和4号、6号": ["岚政发〔2019〕3号", "岚政发〔2019〕4号", "岚政发〔2019〕6号"],
    "岚政发〔2019〕3号及2020年5号": ["岚政发〔2019〕3号", "岚政发〔2020〕5号"],
    "岚政发〔2019〕3号、岚政办发〔2019〕4号": ["岚政发〔2019〕3号", "岚政办发〔2019〕4号"],
    "国务院令第238号、第240号": ["国务院令第238号", "国务院令第240号"],
    "海关总署令第238号、240号": ["海关总署令第238号", "海关总署令第240号"],
    "海关总署令第238、240号": ["海关总署令第238号", "海关总署令第240号"],
    "海关总署公告2019年第1号、第3号": ["海关总署公告2019年第1号", "海关总署公告2019年第3号"],
    "岚政发〔2019〕3号，岚州路5号": ["岚政发〔2019〕3号"],
}


@pytest.mark.parametrize("text", LISTS)
def test_list_carries_code_and_year(text: str) -> None:
    assert readings(text) == LISTS[text]
    for one in find_numbers(text):
        assert one.span.of(text) == one.raw


# What only looks like one ---------------------------------------------------------------------------------------

NO_NUMBER = {
    "court": "（2017）岚03民初1号",
    "court, administrative": "(2018)岚0109行初72号",
    "court, appeal": "（2020）东09民终316号民事判决",
    "national standard": "GB/T 9704-2012",
    "local standard": "DB23/T3649.5—2023",
    "site filing": "岚ICP备10010000号-1",
    "police filing": "岚公网安备37030302000001号",
    "index number": "索引号 11370300004224423Q/2025-5521836",
    "index number with a slash": "000014349/2018-00222",
    "broken index number": "11370306004220545G/2018-None",
    "telephone": "0533-3182881",
    "post code": "邮编255000",
    "proposal": "第12届全国人大第5次会议第7240号建议",
    "proposal with its year": "岚州市政协九届二次会议20230205号提案",
    "proposal with its year, ordinal": "第2019228号建议的答复",
    "article": "第十二条第（三）项",
    "code alone": "岚环审字",
    "responsibility": "〔责任单位：市政府各部门、单位〕",
    "slip": "（办761）",
    "plate": "岚C12345号",
    "licence": "营业执照370300000012345号",
    "house": "岚州市中山路2018号",
    "building": "第3号楼",
    "certificate": "岚证字第0012号",
    "contract": "合同编号2019-12号",
    "project": "项目编号：LZ2019-003号",
    "day": "2019年3月4日",
    "year out of range": "岚政发〔1848〕1号",
}


@pytest.mark.parametrize("case", NO_NUMBER)
def test_no_number(case: str) -> None:
    assert readings(NO_NUMBER[case]) == []
    assert readings(f"据查，{NO_NUMBER[case]}，予以说明。") == []


def test_only_the_first_of_these_is_a_number() -> None:
    assert readings("国办函〔2006〕71号 … 第7240号建议的答复") == ["国办函〔2006〕71号"]


# Repairs (§2.6) -------------------------------------------------------------------------------------------------

REPAIRED = {
    "〕 lost": ("岚政办发〔201717号", "岚政办发〔2017〕17号"),
    "〕 lost, one digit": ("(中办发〔20168号)", "中办发〔2016〕8号"),
    "〕 lost, serial begins with 20": ("岚政办发〔202011号", "岚政办发〔2020〕11号"),
    "〕 taken for a blank": ("岚科规〔2009 88号", "岚科规〔2009〕88号"),
    "a blank in the year": ("岚政发〔20 18〕5号", "岚政发〔2018〕5号"),
    "a line that breaks in the year": ("岚政发〔2：018〕5号", "岚政发〔2018〕5号"),
    "both brackets lost": ("中办发201214号", "中办发〔2012〕14号"),
    "〔 lost": ("岚政发2017〕17号", "岚政发〔2017〕17号"),
    "〔 turned": ("根据《通知》（国办发〕2019〕6号）", "国办发〔2019〕6号"),
    "[ turned": ("岚政发]2019]16号", "岚政发〔2019〕16号"),
    "〕 and 号 lost at the line's end": (
        "岚江区府办发〔202026\n岚州市岚江区人民政府办公室",
        "岚江区府办发〔2020〕26号",
    ),
    "号 lost": ("国办发〔2019〕40\n", "国办发〔2019〕40号"),
    "号 lost behind a round bracket": ("苏环辐射字(2023) 5545", "苏环辐射字〔2023〕5545号"),
    "号 lost in brackets": ("（国办发〔2019〕40）", "国办发〔2019〕40号"),
}


@pytest.mark.parametrize("case", REPAIRED)
def test_repaired(case: str) -> None:
    text, wanted = REPAIRED[case]
    mention = only(text)
    assert str(mention.number) == wanted
    assert mention.repaired
    assert mention.rule.startswith("repair.")
    assert 0 < mention.confidence < 0.9


NOT_REPAIRED = {
    "leading zero": "岚政发〔201707号",
    "five digits": "岚政发〔201712345号",
    "nothing behind the year": "岚政发〔2017号",
    "two digits of a year": "岚政发〔9712号",
    "no code": "〔201717号",
    "no year": "岚政发〔00007号",
    "a seal printed into the code": "桂政办发民政府2009〕88号",
    "an organ for a code": "据岚州市人民政府2009〕88号文",
}


@pytest.mark.parametrize("case", NOT_REPAIRED)
def test_repair_refused(case: str) -> None:
    assert all(one.number is None and one.candidates == () for one in find_numbers(NOT_REPAIRED[case]))


@pytest.mark.parametrize("between", range(185, 206))
def test_a_lost_hao_is_found_however_far_behind_another_digit(between: int) -> None:
    """The digits of years are looked for in stretches of text, and one may end inside 2019."""
    text = "共2项。" + "项" * between + "国办发〔2019〕40"
    assert readings(text) == ["国办发〔2019〕40号"]


def test_a_year_after_the_text_is_refused() -> None:
    assert [one.rule for one in find_numbers("岚政发〔203017号", latest_year=2025)] == ["repair.refused"]
    assert [one.rule for one in find_numbers("岚政发〔209912号")] == ["repair.refused"]
    assert [one.rule for one in find_numbers("岚政发〔2099〕12号")] == ["number.document"]


AMBIGUOUS = {
    "岚政办发〔20171718号": {"岚政办发〔2017〕1718号", "岚政办发〔2017〕17号", "岚政办发〔2017〕18号"},
    "岚政办发20171011号": {"岚政办发〔2017〕1011号", "岚政办发〔2017〕10号", "岚政办发〔2017〕11号"},
}


@pytest.mark.parametrize("text", AMBIGUOUS)
def test_repair_ambiguous(text: str) -> None:
    mention = only(text)
    assert mention.number is None
    assert {str(one) for one in mention.candidates} == AMBIGUOUS[text]


def test_repaired_code_is_surer_when_known() -> None:
    assert only("国办发〔201717号").confidence > only("岚缓堵函〔201717号").confidence


def test_an_impossible_zero_serial_names_nothing() -> None:
    assert all(one.number is None or one.number.serial != 0 for one in find_numbers("岚政发〔2020〕0号"))


def test_no_serial_is_kept_and_not_invented() -> None:
    mention = only("岚政函〔2022〕号")
    assert mention.number
    assert (mention.number.year, mention.number.serial, mention.number.complete) == (2022, None, False)


def test_pronunciation_glosses_are_read_over() -> None:
    text = "国办发(fā)〔2018〕115号(hào)文件"
    mention = only(text)
    assert str(mention.number) == "国办发〔2018〕115号"
    assert mention.span.of(text) == mention.raw == "国办发(fā)〔2018〕115号"


@pytest.mark.parametrize("torn", ["\ufffd", "\0", "𠮷", "□", "\ue123", "⽂"])
def test_a_code_behind_a_damaged_character_may_have_begun_before_it(torn: str) -> None:
    [seen] = find_numbers(f"根据岚{torn}政发〔2019〕3号")
    assert (str(seen.number), seen.rule, seen.confidence) == ("政发〔2019〕3号", "number.code_uncertain", 0.6)
    assert seen.repaired
    [known] = find_numbers(f"{torn}国办发〔2019〕3号")
    assert (known.rule, known.confidence) == ("number.document", 1.0)
    [apart] = find_numbers(f"岚{torn}，岚政发〔2019〕3号")
    assert (apart.rule, apart.confidence) == ("number.document", 0.9)


@pytest.mark.parametrize("mark", ["□", "\uf06c"])
def test_the_mark_of_an_item_is_no_damage(mark: str) -> None:
    [item] = find_numbers(f"{mark}岚科发〔2019〕3号\n{mark}国办发〔2019〕3号\n")[:1]
    assert (item.rule, item.repaired) == ("number.code_uncertain", False)
