"""`policylib.toml` beside a library: what the office says of itself."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from policylib.errors import TableError
from policylib.readers.names import CONFIGURATION
from policylib.tables import read_text, toml_line

TEMPLATE = """\
# 本政策库的设置。删去行首的“#”即生效；改动后下次打开库时自动重新关联。

# 本单位所在地区，从省写到市（或区县），用“/”分开。
# 写明后，“市政府办公室”“省委”这样不带地名的称呼才能认出是哪一个机关。
# jurisdiction = "山东省/淄博市"
"""


@dataclass(frozen=True, slots=True)
class Configuration:
    """jurisdiction: the region from the province down, 山东省/淄博市; empty when the office did not say."""

    jurisdiction: str = ""


def configuration(folder: Path) -> Configuration:
    """What `policylib.toml` in `folder` says; defaults where there is none.

    Raises TableError with the line of the fault.
    """
    path = folder / CONFIGURATION
    if not path.exists():
        return Configuration()
    text = read_text(path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TableError(
            str(path), toml_line(error, text), '写法有误。应写作 jurisdiction = "山东省/淄博市"，用英文引号'
        ) from None
    unknown = sorted(set(data) - {"jurisdiction"})
    if unknown:
        raise TableError(str(path), 0, f"没有“{'、'.join(unknown)}”这项设置，可写：jurisdiction")
    jurisdiction = data.get("jurisdiction", "")
    if not isinstance(jurisdiction, str):
        raise TableError(str(path), 0, 'jurisdiction 应写作 "山东省/淄博市"')
    return Configuration(jurisdiction.strip("/ "))


def write_template(folder: Path) -> None:
    """A commented `policylib.toml`, unless there is one."""
    try:
        with (folder / CONFIGURATION).open("x", encoding="utf-8") as file:
            file.write(TEMPLATE)
    except FileExistsError:
        return
