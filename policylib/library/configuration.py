"""`policylib.toml` beside a library: what the office says of itself."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from policylib.errors import TableError
from policylib.model import Office
from policylib.readers.names import CONFIGURATION
from policylib.table_files import read_text
from policylib.toml_lines import line_of, line_of_error, written_twice

TEMPLATE = """\
# 本政策库的设置。删去行首的“#”即生效；改动后下次运行命令时自动按新的来。

# 本单位所在地区，从省写到市（或区县），用“/”分开。
# 写明后，“市政府办公室”“省委”这样不带地名的称呼才能认出是哪一个机关；应解读未解读也只查本地区的文件。
# jurisdiction = "山东省/淄博市"

# 本单位全称。
# issuer = "淄博市科学技术局"

# 适用哪一套规则（有效期几年、解读几日）。一般不必写，按地区和时间自动选用；现有的几套见 policylib tables。
# profile = "shandong-2012"

# 增减检查规则，写名称（interpretation.late）或代号（INT-05），见 policylib rules。
# 个别文件不适用某条规则的，不要在这里关，用 policylib judge 登记理由。
# [rules]
# on = ["interpretation.first-person"]
# off = ["interpretation.late"]

# 清理范围：哪些机关、哪一天以前的文件应当列入清理结果。不写则按清理文件的制发机关和成文日期。
# [cleanup]
# issuers = ["淄博市人民政府", "淄博市人民政府办公室"]
# until = 2023-12-31
"""

_TEXT, _LIST, _DAY = (
    '一段文字，用英文引号，例如 "…"',
    '一列文字，例如 ["…", "…"]',
    "一个日期，例如 2023-12-31，不用引号",
)
_SETTINGS: Mapping[str, tuple[str, str]] = {
    "jurisdiction": ("jurisdiction", '"山东省/淄博市"'),
    "issuer": ("issuer", _TEXT),
    "profile": ("profile", _TEXT),
    "rules.on": ("rules_on", _LIST),
    "rules.off": ("rules_off", _LIST),
    "cleanup.issuers": ("cleanup_issuers", _LIST),
    "cleanup.until": ("cleanup_until", _DAY),
}
"""Setting to the field of `Office` that it fills, and how it is written."""
_EXAMPLES: Mapping[str, str] = {_TEXT: '"…"', _LIST: '["…", "…"]', _DAY: "2023-12-31"}


def configuration(folder: Path) -> Office:
    """What `policylib.toml` in `folder` says; an empty `Office` where there is none.

    Raises TableError with the line of the fault.
    """
    path = folder / CONFIGURATION
    if not path.exists():
        return Office()
    text = read_text(path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = line_of_error(error, text)
        if twice := written_twice(text):
            raise TableError(str(path), *twice) from None
        name = next((one for one in _SETTINGS if line_of(one, text) == line), "jurisdiction")
        form = _SETTINGS[name][1]
        advice = f"写法有误。应写作 {name.rpartition('.')[2]} = {_EXAMPLES.get(form, form)}，用英文引号"
        raise TableError(str(path), line, advice) from None
    values: dict[str, Any] = {}
    for name, value in _flat(data).items():
        if name not in _SETTINGS:
            raise TableError(str(path), line_of(name, text), f"没有“{name}”这项设置，可写：{'、'.join(_SETTINGS)}")
        field, form = _SETTINGS[name]
        if not _fits(value, form):
            raise TableError(str(path), line_of(name, text), f"{name} 应写作{'' if form[0] == '一' else ' '}{form}")
        values[field] = tuple(value) if isinstance(value, list) else value
    if "jurisdiction" in values:
        values["jurisdiction"] = values["jurisdiction"].strip("/ ")
    return Office(**values)


def _flat(data: Mapping[str, Any]) -> dict[str, Any]:
    """{"rules": {"on": …}} as {"rules.on": …}; a table that is none of ours stays whole."""
    tables = {name.partition(".")[0] for name in _SETTINGS if "." in name}
    found: dict[str, Any] = {}
    for name, value in data.items():
        if name in tables and isinstance(value, dict):
            found |= {f"{name}.{inner}": one for inner, one in value.items()}
        else:
            found[name] = value
    return found


def _fits(value: object, form: str) -> bool:
    if form == _LIST:
        return isinstance(value, list) and all(isinstance(one, str) and one for one in value)
    if form == _DAY:
        return isinstance(value, date) and not isinstance(value, datetime)
    return isinstance(value, str)


def write_template(folder: Path) -> None:
    """A commented `policylib.toml`, unless there is one."""
    try:
        with (folder / CONFIGURATION).open("x", encoding="utf-8") as file:
            file.write(TEMPLATE)
    except FileExistsError:
        return
