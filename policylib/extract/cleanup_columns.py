"""The columns of the tables of a cleanup result: what each is headed, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from policylib.extract.cleanup_outcomes import outcomes_in

TICKED: Final = "ticked:"  # 废止 | 失效 | 继续有效: columns of outcomes, of which a row has one ticked
_COLUMNS: Final = {
    "title": re.compile(r"文件名称|名称|标题|文件题目|规范性文件$|^文件$"),
    "number": re.compile(r"文号|发文字号|文件编号|字号"),
    "outcome": re.compile(
        r"清理(?:结果|意见|结论)|处理(?:意见|结果|方式)|^(?:结果|意见|结论|处理|清理|类别|效力|效力状态)$|"
        r"(?:保留|废止|修改|失效|继续有效)[/、或](?:保留|废止|修改|失效|继续有效)"
    ),
    "until": re.compile(r"有效期.{0,4}(?:延长|延续|延)|(?:延长|延续).{0,4}(?:有效期|至)"),
    "deadline": re.compile(r"时限|期限|完成时间"),
    "reason": re.compile(r"理由|原因|依据|备注"),
    # 起草（实施）部门 does not say which of the two.
    "drafter": re.compile(r"^(?:牵头|原)?起草(?:部门|单位|机关|科室|处室)$"),
    "issuer": re.compile(r"制定机关|发文机关|起草|实施部门|责任单位|制定单位"),
}


def columns_of(cells: Sequence[str]) -> dict[str, int]:
    """Column names to positions when the row is a header; it may repeat on every page."""
    found: dict[str, int] = {}
    for index, cell in enumerate(cells):
        if len(cell) > 16:
            return {}
        words = cell.replace(" ", "").replace("\n", "")
        for name, pattern in _COLUMNS.items():
            if name not in found and pattern.search(words):
                found[name] = index
                break
        else:
            if len(outcomes_in(words)) == 1:
                found[f"{TICKED}{words}"] = index
    columns = len(found) + ("序号" in [cell.replace(" ", "") for cell in cells])
    return found if columns > 1 and ("title" in found or {"number", "outcome"} <= found.keys()) else {}
