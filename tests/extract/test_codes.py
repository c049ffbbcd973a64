"""What stands left of a number or a title: the whole name of the organ, and no word before it (domain.md §2.1)."""

from __future__ import annotations

import re

import pytest

from policylib.extract.codes import builtin_book, organ_before
from policylib.extract.numbers import find_numbers

NAMES = (
    "岚州市经济和信息化局", "市经信局", "国家经贸委", "国家经济贸易委员会",
    "对外贸易经济合作部", "岚州市林业和草原局", "岚州市自由贸易试验区管理委员会", "岚州市海洋与渔业局",
    "岚州市职称改革办公室", "岚州市大数据局", "岚州市从化区人民政府", "岚州市即墨区人民政府",
    "将乐县人民政府", "日照市人民政府", "松原市人民政府", "岚州市对口支援办公室",
    "岚州市见义勇为基金会", "岚州市应对新冠肺炎疫情指挥部", "岚州市科学技术普及工作联席会议办公室",
    "岚州市普法工作办公室", "岚州市中级人民法院执行局",
)  # fmt: skip
LEADS = ("", "根据", "经", "由", "据", "现将", "并与", "市财政局及", "2019年5月6日", "，原", "批转", "按照")


@pytest.mark.parametrize("lead", LEADS)
@pytest.mark.parametrize("name", NAMES)
def test_words_that_part_sentences_stand_inside_names_too(name: str, lead: str) -> None:
    assert organ_before(lead + name, len(lead + name)).text in (name, f"市财政局及{name}")


def test_a_city_behind_a_verb_is_read_from_its_first_character() -> None:
    assert organ_before("经济南市人民政府", 8).text == "济南市人民政府"
    assert organ_before("经信阳市人民政府", 8).text == "信阳市人民政府"


def test_every_organ_of_the_tables_is_read_whole() -> None:
    names = [name for name in builtin_book().organs if re.fullmatch(r"[\u3400-\u9fff]{3,40}", name)]
    assert len(names) > 300
    assert [name for name in names if organ_before(f"根据{name}", len(name) + 2).text != name] == []


@pytest.mark.parametrize("name", ["国家经济贸易委员会", "国家林业和草原局", "对外贸易经济合作部"])
def test_an_order_is_named_by_the_whole_organ(name: str) -> None:
    assert [str(one.number) for one in find_numbers(f"《岚州市办法》（{name}令第18号）")] == [f"{name}令第18号"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("《岚州市办法》（国 保发[2008]8 号）同时废止", "国保发〔2008〕8号"),
        ("《岚州市办法》（岚 政办发〔2015〕13号）", "岚政办发〔2015〕13号"),
        ("《岚州市办法》（市局 岚财发〔2015〕13号）", "岚财发〔2015〕13号"),
        ("《岚州市办法》（见 岚财发〔2015〕13号）", "岚财发〔2015〕13号"),
    ],
)
def test_a_blank_behind_the_region_does_not_cut_the_code(text: str, number: str) -> None:
    assert [str(one.number) for one in find_numbers(text)] == [number]


def test_what_rules_stand_beside_is_no_organ() -> None:
    text = "有关规定与财政部 税务总局公告2026年第10号不一致的，以本公告为准。"
    assert [str(one.number) for one in find_numbers(text)] == ["财政部、税务总局公告2026年第10号"]
