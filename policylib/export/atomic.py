"""The one way in which an export reaches the disk: whole or not at all."""

from __future__ import annotations

import os
import secrets
import time
from contextlib import suppress
from pathlib import Path

from policylib.errors import PolicylibError, cause

_PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4)  # seconds


def write(path: Path, content: str | bytes) -> None:
    """Put `content` (text as UTF-8) at `path`. A reader sees the old file or the new one, never half of one.

    The temporary file stands in the same folder, so that the replacement is one step of the file system.
    Raises PolicylibError when the folder is missing or the file cannot be replaced (open in Excel, read-only).
    """
    target = path.resolve()
    temporary = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.tmp")
    data = content.encode() if isinstance(content, str) else content
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _replace(temporary, target)
    except FileNotFoundError as error:
        raise PolicylibError(f"无法写入 {path}：文件夹 {target.parent} 不存在，请先建立") from error
    except OSError as error:
        why = f"{cause(error)}。文件可能正被其他程序打开，或所在文件夹只读"
        raise PolicylibError(f"无法写入 {path}：{why}；请关闭它，或换一个可写的位置") from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def make_folder(path: Path) -> None:
    """The folder, with those above it, where it is not there yet. Raises PolicylibError where it cannot be made."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PolicylibError(f"无法建立文件夹 {path.resolve()}：{cause(error)}。请换一个可写的位置") from error


def _replace(temporary: Path, target: Path) -> None:
    """Puts the file in the place of the other. Windows refuses while a scanner for viruses or an index looks at one
    of them, which takes it a moment; a program in which the file is open keeps it for good."""
    for pause in _PAUSES:
        try:
            temporary.replace(target)
            return
        except PermissionError:
            time.sleep(pause)
    temporary.replace(target)
