"""Every exception that policylib raises on purpose, with the exit code that the command line gives it.

    PolicylibError                     1
    ├── InputError                     3   one source file cannot be read; the run goes on with the others
    │   ├── FileMissing                    no such file, or a link to none
    │   ├── UnsupportedFormat              not a format that policylib reads
    │   ├── DamagedFile                    not what its signature says, or cannot be opened
    │   │   ├── EmptyFile                  no byte in it
    │   │   ├── TruncatedFile              its end is missing
    │   │   └── HostileFile                holds what serves to read other files or to blow up a small one
    │   ├── EncryptedFile                  needs a password
    │   ├── NoTextLayer                    pictures only: needs OCR
    │   ├── TooLarge                       over a safety limit, which the message names
    │   └── MissingDependency              needs an optional package, which the message names
    ├── NumberSyntaxError (ValueError) 2   not a document number; says at which character
    ├── TableError                     2   a table of domain knowledge has a wrong row; says file and line
    ├── LibraryError                   3
    │   ├── LibraryNotFound                no library here
    │   ├── LibraryLocked                  another process is writing
    │   └── SchemaTooNew                   made by a newer policylib
    ├── QueryError                     2   a search expression that cannot be understood
    ├── JudgementError                 2   a person's word that says nothing this library could apply
    ├── MarkingError                   1   an original that is not to be marked, or not where it was asked
    ├── PolicyNotFound                 1   no work of that name or number
    └── AmbiguousPolicy                1   several works; lists them

A message says what is wrong, where, and what to do, in Chinese: staff read it. Faults *inside* documents are no
exceptions but data: `policylib.model.Problem` and `policylib.model.Finding`.

Each passes from process to process: `args` are what its class was called with, and `__str__` makes the message of them.
"""

from __future__ import annotations

import errno
from collections.abc import Sequence
from typing import Final

_CAUSES: Final = {
    errno.EACCES: "没有{}权限", errno.EPERM: "没有{}权限", errno.EROFS: "那里是只读的", errno.ENOSPC: "磁盘已满",
    errno.ENAMETOOLONG: "名称太长", errno.ENOTDIR: "路径中有一段是文件，不是文件夹",
    errno.EISDIR: "那里是文件夹", errno.EEXIST: "那里已有同名的文件", errno.ENOENT: "没有这个文件或文件夹",
    errno.EBUSY: "正被其他程序使用",
}  # fmt: skip


def cause(error: OSError, doing: str = "写入") -> str:
    """Why the system would not: 没有写入权限; of what is rare in the system's own words."""
    words = _CAUSES.get(error.errno or 0)
    return words.format(doing) if words else error.strerror or type(error).__name__


class PolicylibError(Exception):
    """The root. `exit_code` is what the command line returns for it."""

    exit_code = 1


class InputError(PolicylibError):
    """One source file cannot be read. `code` is stable; `remedy` says what the user can do."""

    exit_code = 3
    code = "INPUT"

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message}。{self.remedy}" if self.remedy else self.message


class FileMissing(InputError):
    code = "MISSING"


class UnsupportedFormat(InputError):
    code = "UNSUPPORTED"


class DamagedFile(InputError):
    code = "DAMAGED"


class EmptyFile(DamagedFile):
    code = "EMPTY"


class TruncatedFile(DamagedFile):
    code = "TRUNCATED"


class HostileFile(DamagedFile):
    code = "HOSTILE"


class EncryptedFile(InputError):
    code = "ENCRYPTED"


class NoTextLayer(InputError):
    code = "NO_TEXT"


class TooLarge(InputError):
    code = "LIMIT"


class MissingDependency(InputError):
    code = "NEEDS_EXTRA"


_QUOTED = 60  # characters of an input that a message repeats: the longest number has 40


class NumberSyntaxError(PolicylibError, ValueError):
    """A text that is no canonical document number. `column` counts from 0."""

    exit_code = 2

    def __init__(self, text: str, column: int, expected: str) -> None:
        self.text, self.column, self.expected = text, column, expected
        super().__init__(text, column, expected)

    def __str__(self) -> str:
        quoted = self.text if len(self.text) <= _QUOTED else f"{self.text[:_QUOTED]}……"
        return f"“{quoted}”不是规范的发文字号：第{self.column + 1}个字处应为{self.expected}"


class TableError(PolicylibError):
    """`line` counts from 1; 0 where no line is to blame, `path` "" where no file is."""

    exit_code = 2

    def __init__(self, path: str, line: int, message: str) -> None:
        self.path, self.line, self.message = path, line, message
        super().__init__(path, line, message)

    def __str__(self) -> str:
        place = f"{self.path} 第{self.line}行：" if self.line else f"{self.path}：" if self.path else ""
        return place + self.message


class LibraryError(PolicylibError):
    exit_code = 3


class LibraryNotFound(LibraryError):
    pass


class LibraryLocked(LibraryError):
    pass


class SchemaTooNew(LibraryError):
    pass


class QueryError(PolicylibError):
    exit_code = 2


class JudgementError(PolicylibError):
    exit_code = 2


class MarkingError(PolicylibError):
    pass


class PolicyNotFound(PolicylibError):
    pass


_CANDIDATES_SHOWN = 10  # in a message; more do not help a reader


class AmbiguousPolicy(PolicylibError):
    """Several works, or files, that a name fits. `candidates` are all their keys (`Work.key`), or paths, the nearest
    first: each of them, asked for, gives one. `labels` say the first ones as people know them, with their titles."""

    def __init__(self, wanted: str, candidates: Sequence[str], labels: Sequence[str] = ()) -> None:
        self.wanted, self.candidates, self.labels = wanted, tuple(candidates), tuple(labels)
        super().__init__(wanted, self.candidates, self.labels)

    @property
    def choices(self) -> tuple[str, ...]:
        """The first candidates in words, and how many there are, for a message."""
        shown = (*self.labels, *self.candidates[len(self.labels) :])[:_CANDIDATES_SHOWN]
        more = len(self.candidates) > len(shown)
        return (*shown, f"等{len(self.candidates)}份") if more else shown

    def __str__(self) -> str:
        return f"“{self.wanted}”对应多份文件，请写明其一：" + "；".join(self.choices)
