"""DocumentNumber: canonical forms, keys, order, and errors that point at the fault."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylib.errors import NumberSyntaxError
from policylib.model import DocumentNumber, NumberKind

Parts = tuple[NumberKind, str | None, int | None, int | None, str]
DOCUMENT, ORDER, ANNOUNCEMENT, CONGRESS, REGISTRATION, BARE = NumberKind

CANONICAL: dict[str, Parts] = {
    "岚政办发〔2017〕17号": (DOCUMENT, "岚政办发", 2017, 17, ""),
    "法〔1998〕86号": (DOCUMENT, "法", 1998, 86, ""),
    "岚科（社）函〔2020〕12号": (DOCUMENT, "岚科（社）函", 2020, 12, ""),
    "岚财(教)指标〔2019〕3号": (DOCUMENT, "岚财(教)指标", 2019, 3, ""),
    "岚科协发〔2022〕宣字6号": (DOCUMENT, "岚科协发", 2022, 6, "宣字"),
    "内司通〔2015〕号": (DOCUMENT, "内司通", 2015, None, ""),
    "〔2019〕4号": (DOCUMENT, None, 2019, 4, ""),
    "岚政发第49号": (DOCUMENT, "岚政发", None, 49, ""),
    "岚州市人民政府公告〔2019〕6号": (DOCUMENT, "岚州市人民政府公告", 2019, 6, ""),
    "国务院令第711号": (ORDER, "国务院", None, 711, ""),
    "商务部令〔2026〕第1号": (ORDER, "商务部", 2026, 1, ""),
    "岚州市人民政府公告2021年第3号": (ANNOUNCEMENT, "岚州市人民政府", 2021, 3, ""),
    "岚州市公安局通告2020年第3号": (ANNOUNCEMENT, "岚州市公安局", 2020, 3, "通告"),
    "公告第62号": (ANNOUNCEMENT, None, None, 62, ""),
    "东岭省人民代表大会常务委员会公告第40号": (CONGRESS, "东岭省人民代表大会常务委员会", None, 40, ""),
    "岚州市人大常委会公告〔15届〕第19号": (CONGRESS, "岚州市人大常委会", None, 19, "15届"),
    "LZCR-2017-0020003": (REGISTRATION, "LZCR", 2017, 20003, ""),
    "HFGS-2022-7": (REGISTRATION, "HFGS", 2022, 7, ""),
    "LZ0320240034": (REGISTRATION, "LZ03", 2024, 34, ""),
    "第3号": (BARE, None, None, 3, ""),
    "2015年第8号": (BARE, None, 2015, 8, ""),
}


@pytest.mark.parametrize("text", CANONICAL)
def test_canonical(text: str) -> None:
    number = DocumentNumber.parse(text)
    assert (number.kind, number.code, number.year, number.serial, number.infix) == CANONICAL[text]
    assert str(number) == text


SERIAL = "一至五位、不带前导零的阿拉伯数字序号"
# column counts from 0, the message from 1
FAULTS = {
    "": (0, "机关代字"),
    "岚政办发": (4, "“〔”"),
    "岚政办发〔": (5, "四位年份"),
    "岚政办发〔17〕3号": (5, "四位年份"),
    "岚政办发〔2017 17号": (9, "“〕”"),
    "岚政办发〔201717号": (9, "“〕”"),
    "岚政办发〔2017〕017号": (10, SERIAL),
    "岚政办发〔2017〕17": (12, "“号”"),
    "岚政办发〔2017〕17号文": (13, "文字结束"),
    " 岚政办发〔2017〕17号": (0, "机关代字"),
    "岚政办发[2017]17号": (4, "“〔”"),
    "岚政办发(2017)17号": (4, "“〔”"),
    "岚政办发【2017】17号": (4, "“〔”"),
    "国务院令第七百一十一号": (5, SERIAL),
    "国务院令第0711号": (5, SERIAL),
    "国务院令711号": (4, "“第”"),
    "国务院令第711": (8, "“号”"),
    "国务院令第711号文": (9, "文字结束"),
    "商务部令〔26〕第1号": (5, "四位年份"),
    "商务部令〔2026〕1号令": (12, "文字结束"),
    "海关总署公告2015年第号": (12, SERIAL),
    "海关总署公告15年第57号": (6, "四位年份"),
    "ZBCR-17-0020003": (5, "四位年份"),
    "ZBCR-2017": (9, "“-”"),
    "ZB0317": (4, "四位年份"),
    "岚政发第四十九号": (4, SERIAL),
    "2015年第号": (6, SERIAL),
    "第七号": (1, SERIAL),
    "岚政发〔２０１９〕３号": (4, "四位年份"),
    "岚政发〔1819〕3号": (4, "四位年份"),
    "岚政发〔二〇一七〕3号": (4, "四位年份"),
    "岚政发〔2017〕十七号": (9, SERIAL),
    "岚政发〔2017〕第3号": (9, SERIAL),
    "岚政发〔2017〕123456号": (9, SERIAL),
    "国务院令第123456号": (5, SERIAL),
}


@pytest.mark.parametrize("text", FAULTS)
def test_fault_says_where_and_what(text: str) -> None:
    with pytest.raises(NumberSyntaxError) as caught:
        DocumentNumber.parse(text)
    column, expected = FAULTS[text]
    assert (caught.value.column, caught.value.expected) == (column, expected)
    assert str(caught.value).startswith(f"“{text}”不是规范的发文字号：第{column + 1}个字处应为{expected}")
    assert isinstance(caught.value, ValueError)
    assert caught.value.exit_code == 2


ONE_ACT = {
    "orders of the State Council": ("国令第706号", "国务院令第706号", "中华人民共和国国务院令第706号"),
    "announcement in brackets": ("海关总署公告〔2015〕57号", "海关总署公告2015年第57号"),
    "announcement or notice": ("岚州市公安局通告2020年第3号", "岚州市公安局公告2020年第3号"),
    "former organ": ("原岚州市环境保护局令第3号", "岚州市环境保护局令第3号"),
    "joint order, of its lead": (
        "生态环境部、公安部令第23号",
        "生态环境部令第23号",
        "中华人民共和国生态环境部、中华人民共和国公安部令第23号",
    ),
    "brackets of an office": ("岚科（社）函〔2020〕12号", "岚科(社)函〔2020〕12号", "岚科〔社〕函〔2020〕12号"),
}


@pytest.mark.parametrize("case", ONE_ACT)
def test_spellings_of_one_act_share_a_key(case: str) -> None:
    assert len({DocumentNumber.parse(text).key for text in ONE_ACT[case]}) == 1


TWO_ACTS = {
    "serial": ("岚政发〔2017〕1号", "岚政发〔2017〕11号"),
    "year": ("岚政发〔2017〕1号", "岚政发〔2018〕1号"),
    "code": ("岚政发〔2017〕1号", "岚政办发〔2017〕1号"),
    "sub-register": ("岚科发〔2022〕宣字6号", "岚科发〔2022〕6号"),
    "order and document": ("岚州市人民政府令第3号", "岚州市人民政府第3号"),
    "session": ("岚州市人大常委会公告〔15届〕第19号", "岚州市人大常委会公告〔16届〕第19号"),
    "order with and without year": ("商务部令〔2026〕第1号", "商务部令第1号"),
    "joint order, of the second organ": ("生态环境部、公安部令第23号", "公安部令第23号"),
    "joint announcement": ("财政部、税务总局公告2023年第19号", "财政部公告2023年第19号"),
    "registration, zeros": ("HFGS-2022-7", "HFGS-2022-07"),
}


@pytest.mark.parametrize("case", TWO_ACTS)
def test_two_acts_have_two_keys(case: str) -> None:
    first, second = map(DocumentNumber.parse, TWO_ACTS[case])
    assert first.key != second.key


def test_order_is_by_code_year_serial() -> None:
    texts = ["岚政发〔2018〕2号", "岚政发〔2018〕10号", "岚政发〔2017〕30号", "岚科发〔2019〕1号", "内司通〔2015〕号"]
    ordered = [str(number) for number in sorted(map(DocumentNumber.parse, texts))]
    assert ordered == [
        "内司通〔2015〕号",
        "岚政发〔2017〕30号",
        "岚政发〔2018〕2号",
        "岚政发〔2018〕10号",
        "岚科发〔2019〕1号",
    ]


@pytest.mark.parametrize(
    ("text", "complete"),
    [
        ("岚政发〔2017〕1号", True),
        ("国令第706号", True),
        ("〔2019〕4号", False),
        ("内司通〔2015〕号", False),
        ("第3号", False),
    ],
)
def test_complete_numbers_name_a_document_alone(text: str, complete: bool) -> None:
    assert DocumentNumber.parse(text).complete is complete


# Generated ------------------------------------------------------------------------------------------------------

HAN = st.sampled_from("岚东岭澄州政府办科财教建环卫人社规函发字委局文体农水商")
YEARS = st.integers(1949, 2100)
SERIALS = st.integers(1, 9999)
CODES = st.lists(HAN, min_size=1, max_size=8).map("".join)
OFFICES = st.builds(lambda a, b, c: f"{a}（{b}）{c}", CODES, CODES.map(lambda code: code[:4]), CODES)
ORGANS = st.builds(
    lambda region, body: region + body,
    st.sampled_from(["岚州市", "东岭省", "澄江区", ""]),
    st.sampled_from(["人民政府", "公安局", "科学技术局", "财政局", "税务局"]),
)
CONGRESSES = st.builds(
    lambda region, body: region + body,
    st.sampled_from(["岚州市", "东岭省", "岚州市第十五届"]),
    st.sampled_from(["人民代表大会", "人大常委会", "人民代表大会常务委员会"]),
)
NUMBERS = {
    "document": st.builds(DocumentNumber, CODES | OFFICES, YEARS, SERIALS),
    "no serial": st.builds(DocumentNumber, CODES, YEARS, st.none()),
    "no code": st.builds(DocumentNumber, st.none(), YEARS, SERIALS),
    "no year": st.builds(DocumentNumber, CODES, st.none(), SERIALS),
    "sub-register": st.builds(
        lambda code, year, serial, infix: DocumentNumber(code, year, serial, infix=infix),
        CODES, YEARS, SERIALS, st.sampled_from(["宣字", "组", "科函", "人字"]),
    ),
    "order": st.builds(DocumentNumber, ORGANS | st.just("国"), YEARS | st.none(), SERIALS, st.just(ORDER)),
    "announcement": st.builds(
        DocumentNumber, ORGANS | st.none(), YEARS | st.none(), SERIALS, st.just(ANNOUNCEMENT),
        st.sampled_from(["", "通告"]),
    ),
    "congress": st.builds(
        DocumentNumber, CONGRESSES, st.none(), SERIALS, st.just(CONGRESS),
        st.integers(1, 20).map("{}届".format) | st.just(""),
    ),
    "registration": st.builds(
        lambda code, year, serial, width: DocumentNumber(
            code, year, serial, REGISTRATION, width=max(width, len(str(serial)))
        ),
        st.text("ABCDLZR", min_size=2, max_size=6), YEARS, SERIALS, st.integers(1, 8),
    ),
    "joined registration": st.builds(
        lambda code, organ, year, serial: DocumentNumber(f"{code}{organ:02}", year, serial, REGISTRATION, width=4),
        st.text("ABCDLZR", min_size=2, max_size=4), st.integers(1, 9), YEARS, SERIALS,
    ),
    "bare": st.builds(DocumentNumber, st.none(), YEARS | st.none(), SERIALS, st.just(BARE)),
    "order without organ": st.builds(DocumentNumber, st.none(), YEARS | st.none(), SERIALS, st.just(ORDER)),
    "congress without organ": st.builds(
        DocumentNumber, st.none(), st.none(), SERIALS, st.just(CONGRESS), st.integers(1, 20).map("{}届".format)
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", NUMBERS)
def test_parse_reads_what_str_writes(kind: str) -> None:
    @given(NUMBERS[kind])
    def read_back(number: DocumentNumber) -> None:
        assert DocumentNumber.parse(str(number)) == number

    read_back()


@given(st.one_of(*NUMBERS.values()))
def test_equal_numbers_have_one_key_and_one_hash(number: DocumentNumber) -> None:
    twin = DocumentNumber(number.code, number.year, number.serial, number.kind, number.infix, number.width)
    assert (twin.key, hash(twin), twin < number) == (number.key, hash(number), False)


@given(st.text("岚政发办〔〕[]()（）2017号第令公告年-文届 ", max_size=24))
def test_any_text_is_a_number_or_names_a_column(text: str) -> None:
    try:
        number = DocumentNumber.parse(text)
    except NumberSyntaxError as error:
        assert 0 <= error.column <= len(text)
        assert error.expected
    else:
        assert DocumentNumber.parse(str(number)).key == number.key
