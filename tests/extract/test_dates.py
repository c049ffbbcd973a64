"""Dates in every script, the ones that lost 年 and 月, and clauses of validity (domain.md §1.1, §2.6, §5.1)."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylib.extract import analyse_text
from policylib.extract.dates import find_damaged_dates, find_dates, settle
from policylib.extract.validity import last_day

WHOLE = {
    "2017年6月27日": date(2017, 6, 27),
    "2017年06月07日": date(2017, 6, 7),
    "２０１７年６月２７日": date(2017, 6, 27),
    "2017 年 6 月 27 日": date(2017, 6, 27),
    "2017-6-27": date(2017, 6, 27),
    "2017-06-27": date(2017, 6, 27),
    "2017/6/27": date(2017, 6, 27),
    "2017.6.27": date(2017, 6, 27),
    "2017-6-27 10:40:54点击:": datetime(2017, 6, 27, 10, 40, 54),
    "2017-06-27 10:40": datetime(2017, 6, 27, 10, 40),
    "2017-06-27T10:40:54": datetime(2017, 6, 27, 10, 40, 54),
    "二〇一七年六月二十七日": date(2017, 6, 27),
    "二○一○年四月三十日": date(2010, 4, 30),
    "二OO六年十月一日": date(2006, 10, 1),
    "二00二年八月二十九日": date(2002, 8, 29),
    "二零一一年十二月三十一日": date(2011, 12, 31),
    "一九九八年二月十日": date(1998, 2, 10),
}


@pytest.mark.parametrize("text", WHOLE)
def test_whole(text: str) -> None:
    [found] = find_dates(text)
    assert found.value == WHOLE[text]


NO_DATE = [
    "2017年2月30日",
    "2017年13月1日",
    "12017年6月27日",
    "2017年",
    "6月27日",
    "2018—2035年",
    "20182035年",
    "1.2.3",
]


@pytest.mark.parametrize("text", NO_DATE)
def test_no_date(text: str) -> None:
    assert list(find_dates(text)) == []


@given(st.dates(date(1949, 10, 1), date(2099, 12, 31)))
def test_arabic_and_han_say_the_same(day: date) -> None:
    digits = "〇一二三四五六七八九"
    tens = ["", "十", "二十", "三十"]
    year = "".join(digits[int(one)] for one in str(day.year))
    month, number = (f"{tens[n // 10]}{digits[n % 10] if n % 10 else ''}" for n in (day.month, day.day))
    text = f"{day.year}年{day.month}月{day.day}日，{year}年{month}月{number}日"
    assert [found.value for found in find_dates(text)] == [day, day]


# Damaged --------------------------------------------------------------------------------------------------------

PAGE = date(2017, 6, 27)
DAMAGED: dict[str, tuple[str, date | None, date | None]] = {
    "page says when": ("2017627", PAGE, date(2017, 6, 27)),
    "page goes up later": ("2017615", PAGE, date(2017, 6, 15)),
    "no page time, one reading": ("2017627", None, date(2017, 6, 27)),
    "日 kept": ("2017822日", None, date(2017, 8, 22)),
    "two readings": ("2017111", None, None),
    "two readings, the page decides": ("2017111", date(2017, 11, 3), date(2017, 11, 1)),
    "two readings, the page allows both": ("2017111", date(2018, 6, 1), None),
    "one reading long before the page": ("2017627", date(2019, 1, 1), date(2017, 6, 27)),
}


@pytest.mark.parametrize("case", DAMAGED)
def test_damaged(case: str) -> None:
    text, page, wanted = DAMAGED[case]
    [damaged] = find_damaged_dates(text)
    settled = settle(damaged, page)
    assert (settled.value if settled else None) == wanted
    if settled:
        assert settled.rule.startswith("repair.date")
        assert settled.confidence < 1


@pytest.mark.parametrize("text", ["20182035年", "20171718号", "201706", "2017099", "12017627", "2017.627%", "1718"])
def test_no_damaged_date(text: str) -> None:
    assert list(find_damaged_dates(text)) == []


@given(st.dates(date(1980, 1, 1), date(2026, 12, 31)))
def test_a_damaged_date_keeps_its_day_among_the_readings(day: date) -> None:
    [damaged] = find_damaged_dates(f"{day.year}{day.month}{day.day}")
    assert day in damaged.candidates
    settled = settle(damaged, day)
    assert settled is None or settled.value == day or len(damaged.candidates) > 1


# Validity -------------------------------------------------------------------------------------------------------

NOTICE = (
    "岚州市财政局关于印发《岚州市补贴办法》的通知\n岚财〔2019〕3号\n各单位：\n{clause}\n岚州市财政局\n2019年3月4日\n"
)
VALIDITY: dict[str, tuple[str, date | None, date | None]] = {
    "a day and a term": ("本通知自2019年7月1日起实施，有效期5年。", date(2019, 7, 1), date(2024, 6, 30)),
    "term in Han": ("本办法自2019年7月1日起施行，有效期三年。", date(2019, 7, 1), date(2022, 6, 30)),
    "two years, 两": ("本办法自2019年7月1日起试行，试行期两年。", date(2019, 7, 1), date(2021, 6, 30)),
    "a last day": ("本办法自2019年7月1日起施行，有效期至2026年12月31日。", date(2019, 7, 1), date(2026, 12, 31)),
    "from its issue": ("本办法自印发之日起施行，有效期5年。", date(2019, 3, 4), date(2024, 3, 3)),
    "from its issue, a last day": (
        "本办法自印发之日起施行，有效期至2026年12月31日。",
        date(2019, 3, 4),
        date(2026, 12, 31),
    ),
    "no term": ("本办法自2019年7月1日起施行。", date(2019, 7, 1), None),
    "days after": ("本办法自发布之日起30日后施行。", date(2019, 4, 4), None),
    "leap day": ("本办法自2020年2月29日起施行，有效期1年。", date(2020, 2, 29), date(2021, 2, 28)),
    "a term too long, a lost dash": ("本办法自2019年7月1日起施行，有效期35年。", date(2019, 7, 1), None),
    "no clause": ("请认真贯彻执行。", None, None),
    "a licence": ("电子居住证有效期为一年，每年签注一次。", None, None),
    "a contract": ("服务协议有效期可为1年、2年或3年。", None, None),
    "a certificate until a day": ("许可证有效期至2026年12月31日。", None, None),
    "another document": ("《岚州市人才办法》自2018年1月1日起施行，有效期5年。", None, None),
    "another act's date": ("自2019年7月1日起停止发放补贴。", None, None),
}


@pytest.mark.parametrize("case", VALIDITY)
def test_validity(case: str) -> None:
    clause, effective, expires = VALIDITY[case]
    text = NOTICE.format(clause=clause)
    elements = analyse_text(text).elements
    assert (elements.effective.value if elements.effective else None) == effective
    assert (elements.expires.value if elements.expires else None) == expires


@pytest.mark.parametrize(
    ("start", "years", "end"),
    [
        (date(2024, 3, 4), 5, date(2029, 3, 3)),
        (date(2024, 1, 1), 1, date(2024, 12, 31)),
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 28)),
        (date(2024, 3, 1), 1, date(2025, 2, 28)),
    ],
)
def test_last_day_is_inclusive(start: date, years: int, end: date) -> None:
    assert last_day(start, years) == end
