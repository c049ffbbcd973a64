"""Number formats of spreadsheets: what stands in the cell, not what the file stores."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from policylib.readers.cell_format import Value, shown

DAY = datetime(2017, 6, 27)
NOON = datetime(2017, 6, 27, 14, 5, 9)


@pytest.mark.parametrize(
    ("value", "pattern", "text"),
    [
        (DAY, 'yyyy"年"m"月"d"日"', "2017年6月27日"),
        (DAY, '[$-804]yyyy"年"m"月"d"日";@', "2017年6月27日"),
        (DAY, '[DBNum1][$-804]yyyy"年"m"月"d"日";@', "二〇一七年六月二十七日"),
        (DAY, r"yyyy\-mm\-dd", "2017-06-27"),
        (DAY, "yyyy/m/d;@", "2017/6/27"),
        (DAY, "yyyy.mm", "2017.06"),
        (DAY, "yy年", "17年"),
        (DAY, "aaaa", "星期二"),
        (DAY, "General", "2017-06-27"),
        (NOON, "yyyy/m/d h:mm", "2017/6/27 14:05"),
        (NOON, "h:mm:ss AM/PM", "2:05:09 PM"),
        (NOON, '上午/下午h"时"mm"分"', "下午2时05分"),
        (time(8, 30), "h:mm", "8:30"),
        (timedelta(hours=30), "[h]:mm:ss", "30:00:00"),
        (5.0, "General", "5"),
        (0.1 + 0.2, "General", "0.3"),
        (20170627, "General", "20170627"),
        (0.25, "0%", "25%"),
        (0.256, "0.0%", "25.6%"),
        (1234567.5, "#,##0.00", "1,234,567.50"),
        (1.5, "0.##", "1.5"),
        (7, "000", "007"),
        (17, '"青科字〔2022〕"0"号"', "青科字〔2022〕17号"),
        (3, 'General"件"', "3件"),
        (3, '0"件"', "3件"),
        (12, "[DBNum1]General", "十二"),
        (-3.5, "#,##0.00_);(#,##0.00)", "(3.50)"),
        (0, '#,##0_);(#,##0);"-"', "-"),
        (-5, "0", "-5"),
        (42, "[$¥-804]#,##0.00", "¥42.00"),
        (0.5, "# ?/?", "0.5"),
        (12, "@", "12"),
        (True, "General", "TRUE"),
        ("青科字〔2017〕3号", "0.00", "青科字〔2017〕3号"),
    ],
)
def test_a_value_as_shown(value: Value, pattern: str, text: str) -> None:
    assert shown(value, pattern) == text


@pytest.mark.parametrize(("number", "text"), [(14, "2017/6/27"), (31, "2017年6月27日"), (57, "2017年6月")])
def test_formats_that_a_file_knows_by_number_only(number: int, text: str) -> None:
    assert shown(DAY, "General", number) == text
