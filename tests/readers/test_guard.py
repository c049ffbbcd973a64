"""Files that strangers made to do harm: refused with a message, in little time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from policylib.errors import DamagedFile, QueryError, TooLarge
from policylib.readers import DEFAULT_LIMITS, Limits, read_bytes
from policylib.readers.guard import MEGABYTE, check_package
from tests.readers.zipped import zipped


@pytest.mark.parametrize(("name", "value"), [("seconds", -1), ("seconds", 0), ("memory_bytes", 0), ("pages", -1)])
def test_a_limit_that_is_none_is_refused(name: str, value: int) -> None:
    with pytest.raises(QueryError, match=f"limits：{name} 应为不小于 [01] 的数，不是 {value}"):
        replace(DEFAULT_LIMITS, **{name: value})


def test_nothing_may_be_allowed_of_what_is_counted() -> None:
    assert Limits(ocr_pages=0, nesting=0).ocr_pages == 0


SMALL = Limits(plain_bytes=1000, zip_entries=5, part_bytes=MEGABYTE, total_bytes=2 * MEGABYTE, part_tags=1000)


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param({"word/document.xml": bytes(3 * MEGABYTE)}, id="one large part"),
        pytest.param({f"word/{n}.bin": bytes(MEGABYTE - 1) for n in range(4)}, id="many parts"),
        pytest.param({f"word/{n}.bin": b"" for n in range(9)}, id="too many entries"),
        pytest.param({"word/document.xml": b"<w:p/>" * 2000}, id="too many paragraphs"),
    ],
)
def test_bombs_are_refused(parts: dict[str, bytes]) -> None:
    with pytest.raises(TooLarge, match=r"炸弹\.docx.*上限|炸弹\.docx.*多于"):
        read_bytes(zipped(parts), "炸弹.docx", SMALL)


@pytest.mark.parametrize(
    "xml",
    [
        pytest.param(b'<!DOCTYPE x [<!ENTITY a "aa">]><w:document>&a;</w:document>', id="entity"),
        pytest.param('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x><x/>'.encode("utf-16"), id="hidden in UTF-16"),
        pytest.param(b"<a>" + b" " * (MEGABYTE - 8) + b"<!DOCTYPE x>", id="across two reads"),
    ],
)
def test_document_types_are_refused(xml: bytes) -> None:
    with pytest.raises(DamagedFile, match="来历不明的不要打开") as refused:
        check_package(zipped({"word/document.xml": xml}), "实体.docx")
    assert refused.value.remedy.startswith("来历不明的不要打开")  # before anything that is to be done with it
    assert "DTD" not in str(refused.value)


def test_a_web_page_in_a_package_may_have_a_doctype() -> None:
    check_package(zipped({"word/afchunk.mht": b"<!DOCTYPE html><html></html>"}), "好.docx")


def test_a_cut_package_is_damaged() -> None:
    data = zipped({"word/document.xml": b"<a/>" * 100, "word/styles.xml": b"<b/>"})
    with pytest.raises(DamagedFile, match="不完整或已损坏"):
        read_bytes(data[:-30], "半截.docx")


def test_large_plain_files_are_named_with_their_size() -> None:
    with pytest.raises(TooLarge, match="安全上限"):
        read_bytes("字".encode() * 1000, "大.txt", SMALL)
