"""The one way in which an export reaches the disk: whole or not at all."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from policylib.errors import PolicylibError


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
        temporary.replace(target)
    except FileNotFoundError as error:
        raise PolicylibError(f"无法写入 {path}：文件夹 {target.parent} 不存在，请先建立") from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise PolicylibError(f"无法写入 {path}：{reason}。文件可能正被其他程序打开，或所在文件夹只读") from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
