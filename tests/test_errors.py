"""Every exception of errors.py says the same in another process."""

from __future__ import annotations

import errno
import pickle
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

import pytest

from policylib import DocumentNumber
from policylib.errors import AmbiguousPolicy, InputError, NumberSyntaxError, PolicylibError, TableError, cause

CALLED_WITH = {
    NumberSyntaxError: ("岚政发2019-3", 3, "〔"),
    TableError: ("tables/issuers.csv", 2, "缺少 issuer"),
    AmbiguousPolicy: ("办法", ("岚政发〔2019〕3号", "岚政发〔2020〕4号"), ("岚政发〔2019〕3号《某办法》",)),
}


def classes(root: type[PolicylibError] = PolicylibError) -> Iterator[type[PolicylibError]]:
    yield root
    for one in root.__subclasses__():
        yield from classes(one)


@pytest.mark.parametrize("kind", list(classes()), ids=lambda kind: kind.__name__)
def test_each_exception_passes_through_pickle(kind: type[PolicylibError]) -> None:
    with_remedy = ("甲.pdf：文件为空", "请重新下载") if issubclass(kind, InputError) else ("说明",)
    error = kind(*CALLED_WITH.get(kind, with_remedy))
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), vars(again)) == (kind, str(error), vars(error))
    assert str(error)


def test_a_pool_hands_on_the_error_of_a_number() -> None:
    with ProcessPoolExecutor(1) as pool, pytest.raises(NumberSyntaxError, match="岚政发") as error:
        list(pool.map(DocumentNumber.parse, ["岚政发〔2019〕3号", "岚政发〔2019〕"]))
    assert error.value.column == 9


@pytest.mark.parametrize(
    ("error", "says"),
    [
        pytest.param(PermissionError(errno.EACCES, "Permission denied"), "没有写入权限", id="no permission"),
        pytest.param(OSError(errno.EROFS, "Read-only file system"), "那里是只读的", id="read-only disk"),
        pytest.param(OSError(errno.ENOSPC, "No space left on device"), "磁盘已满", id="full disk"),
        pytest.param(OSError("奇怪"), "OSError", id="without a number"),
    ],
)
def test_what_the_system_would_not_do_is_said_in_chinese(error: OSError, says: str) -> None:
    assert cause(error) == says


def test_who_may_not_read_is_not_told_of_writing() -> None:
    assert cause(PermissionError(errno.EACCES, "Permission denied"), "读取") == "没有读取权限"
