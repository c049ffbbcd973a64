"""Archives and mails: each member a document with its own path; a bad one costs only itself."""

from __future__ import annotations

import random
import struct
import zipfile
import zlib
from collections.abc import Iterable
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest

from policylib.errors import InputError, UnsupportedFormat
from policylib.model import Document
from policylib.readers import DEFAULT_LIMITS, Limits, Unread, read_bytes, read_each, read_each_bytes

NOTICE = "岚州市人民政府办公室关于做好防汛工作的通知\n岚政办发〔2019〕5号\n各区县：\n请做好防汛工作。\n"
REPLY = "岚州市水利局关于防汛工作的批复\n岚水函〔2019〕8号\n"


def zipped(*members: tuple[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return stream.getvalue()


def mail(*attachments: tuple[str, bytes], text: str = "现将通知发给你们，请查收。") -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "bangongshi@lanzhou.example", "keji@lanzhou.example"
    message["Subject"], message["Message-ID"] = "防汛通知", "<1@lanzhou.example>"
    message["Date"] = "Wed, 05 Jun 2019 09:00:00 +0800"
    message.set_content(text)
    for name, content in attachments:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def in_gbk(data: bytes, name: str) -> bytes:
    """The archive with one of its names as Chinese Windows writes it: GBK, without saying so."""
    plain, gbk = name.encode(), name.encode("gbk")
    padded = gbk + b"x" * (len(plain) - len(gbk))  # lengths stand in many places, so the length stays
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(signature)
        while place >= 0:
            marked = struct.unpack_from("<H", data, place + flags)[0] & ~0x800
            data = data[: place + flags] + struct.pack("<H", marked) + data[place + flags + 2 :]
            place = data.find(signature, place + 4)
    return data.replace(plain, padded)


def each(data: bytes, path: str = "包.zip", limits: Limits = DEFAULT_LIMITS) -> list[Document | Unread]:
    return list(read_each_bytes(data, path, limits))


def paths(found: Iterable[Document | Unread]) -> list[str]:
    return [one.source.path if isinstance(one, Document) else f"{one.path} {one.error.code}" for one in found]


# Archives -------------------------------------------------------------------------------------------------------


def test_each_member_is_a_document_with_its_path() -> None:
    found = each(zipped(("通知.txt", NOTICE.encode()), ("往来/批复.txt", REPLY.encode("gb18030"))))
    assert paths(found) == ["包.zip/通知.txt", "包.zip/往来/批复.txt"]
    assert isinstance(found[1], Document)
    assert found[1].text == REPLY


def test_names_as_chinese_windows_writes_them() -> None:
    data = in_gbk(zipped(("通知.txt", NOTICE.encode())), "通知.txt")
    assert paths(each(data))[0].startswith("包.zip/通知.txt")


def test_a_bad_member_costs_only_itself() -> None:
    data = zipped(("坏.pdf", b"%PDF-1.4 broken"), ("空.txt", b" \n"), ("通知.txt", NOTICE.encode()))
    assert paths(each(data)) == ["包.zip/坏.pdf DAMAGED", "包.zip/空.txt NO_TEXT", "包.zip/通知.txt"]


def test_what_is_no_document_is_passed_over() -> None:
    names = ("__MACOSX/._通知.txt", ".DS_Store", "~$通知.docx", "logo.png", "setup.exe", "Thumbs.db", "目录/")
    assert paths(each(zipped(*((name, b"x") for name in names), ("通知.txt", NOTICE.encode())))) == ["包.zip/通知.txt"]


def test_a_member_whose_name_is_lost() -> None:
    data = zipped(("a", b"%PDF-1.4 broken"), ("通知.txt", NOTICE.encode()))
    entry = data.find(b"PK\x01\x02")
    nameless = data[: entry + 28] + b"\0\0" + data[entry + 30 : entry + 46] + data[entry + 47 :]
    end = nameless.find(b"PK\x05\x06")
    size = struct.unpack_from("<I", nameless, end + 12)[0] - 1
    whole = nameless[: end + 12] + struct.pack("<I", size) + nameless[end + 16 :]
    assert paths(each(whole)) == ["包.zip/通知.txt"]


@pytest.mark.parametrize("name", ["../../通知.txt", "/通知.txt", "C:\\通知.txt", ".\\通知.txt"])
def test_no_path_leads_out_of_the_archive(name: str) -> None:
    assert paths(each(zipped((name, NOTICE.encode())))) == ["包.zip/通知.txt"]


def test_two_members_of_one_name() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped(("通知.txt", NOTICE.encode()), ("通知.txt", REPLY.encode()))
    assert paths(each(data)) == ["包.zip/通知.txt", "包.zip/通知.txt#2"]


def test_an_archive_in_an_archive_and_no_deeper() -> None:
    inner = zipped(("通知.txt", NOTICE.encode()))
    assert paths(each(zipped(("内.zip", inner)))) == ["包.zip/内.zip/通知.txt"]
    deeper = zipped(("中.zip", zipped(("内.zip", inner))), ("批复.txt", REPLY.encode()))
    assert paths(each(deeper)) == ["包.zip/中.zip/内.zip LIMIT", "包.zip/批复.txt"]


def test_more_members_than_allowed() -> None:
    data = zipped(*((f"{number}.txt", NOTICE.encode()) for number in range(5)))
    found = each(data, limits=Limits(members=3))
    assert paths(found) == ["包.zip/0.txt", "包.zip/1.txt", "包.zip/2.txt", "包.zip LIMIT"]


def test_a_bomb_is_counted_while_it_is_unpacked() -> None:
    data = zipped(("炸弹.txt", b"\0" * 3_000_000), ("通知.txt", NOTICE.encode()))
    found = each(data, limits=Limits(package_bytes=1_000_000))
    assert paths(found) == ["包.zip/炸弹.txt LIMIT", "包.zip/通知.txt"]
    found = each(data, limits=Limits(total_bytes=1_000_000))
    assert paths(found) == ["包.zip/炸弹.txt LIMIT", "包.zip LIMIT"]


def test_members_with_a_password() -> None:
    data = bytearray(zipped(("机密.txt", NOTICE.encode())))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(signature) + flags] |= 1
    assert paths(each(bytes(data))) == ["包.zip/机密.txt ENCRYPTED"]


@pytest.mark.parametrize("members", [(), (("logo.png", b"x"),)], ids=["empty", "only a picture"])
def test_an_archive_without_documents_is_an_error(members: tuple[tuple[str, bytes], ...]) -> None:
    with pytest.raises(InputError) as error:
        each(zipped(*members))
    assert "没有可读的文件" in str(error.value)


def test_one_document_may_be_read_as_one() -> None:
    assert read_bytes(zipped(("通知.txt", NOTICE.encode())), "包.zip").source.path == "包.zip/通知.txt"
    with pytest.raises(InputError) as error:
        read_bytes(zipped(("通知.txt", NOTICE.encode()), ("批复.txt", REPLY.encode())), "包.zip")
    assert "内有 2 份文件" in str(error.value)


VOLUME, ON_WINDOWS, ON_UNIX, FILE, LINK = 0x0001, 2, 3, 0o100644, 0o120777
GOES_ON, GOES_BACK, UNICODE_NAME = 0x0002, 0x0001, 0x0200


def rar(*members: bytes, flags: int = 0) -> bytes:
    """An archive of WinRAR 3 whose members are stored as they are, which takes no program to read."""
    return b"Rar!\x1a\x07\0" + rar_block(0x73, flags, bytes(6)) + b"".join(members) + bytes.fromhex("c43d7b00400700")


def rar_member(name: str, content: bytes, flags: int = 0, system: int = ON_WINDOWS, mode: int = 0x20) -> bytes:
    raw = name.encode()
    sizes = struct.pack("<IIBIIBBHI", len(content), len(content), system, zlib.crc32(content), 0x52000000, 29, 0x30,
                        len(raw), mode)  # fmt: skip
    return rar_block(0x74, 0x8000 | UNICODE_NAME | flags, sizes + raw) + content


def rar_block(kind: int, flags: int, body: bytes) -> bytes:
    head = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
    return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head


def test_a_rar_of_stored_members_needs_no_program() -> None:
    data = rar(rar_member("清理/通知.txt", NOTICE.encode("gbk")), rar_member("批复.txt", REPLY.encode()))
    found = each(data, "包.rar")
    assert paths(found) == ["包.rar/清理/通知.txt", "包.rar/批复.txt"]
    assert [one.text for one in found if isinstance(one, Document)] == [NOTICE, REPLY]


def test_links_of_an_archive_are_no_papers() -> None:
    """Of a link on Unix the content is the name of another member: 通知.txt, which was read as a paper."""
    link = zipfile.ZipInfo("最新通知.txt")
    link.create_system, link.external_attr = ON_UNIX, LINK << 16
    stream = BytesIO(zipped(("通知.txt", NOTICE.encode())))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(link, "通知.txt")
    assert paths(each(stream.getvalue(), "包.zip")) == ["包.zip/通知.txt"]
    members = (
        rar_member("通知.txt", NOTICE.encode(), system=ON_UNIX, mode=FILE),
        rar_member("最新通知.txt", "通知.txt".encode(), system=ON_UNIX, mode=LINK),
    )
    assert paths(each(rar(*members), "包.rar")) == ["包.rar/通知.txt"]


def test_a_volume_of_a_rar_is_called_one() -> None:
    """Not damaged: to fetch it again would not help."""
    first = rar(rar_member("通知.txt", REPLY.encode()), rar_member("大.txt", b"x", GOES_ON), flags=VOLUME | 0x0100)
    whole, part = each(first, "包.part1.rar")
    assert isinstance(whole, Document)
    assert isinstance(part, Unread)
    assert part.error.code == "UNSUPPORTED"
    assert "分卷" in part.error.message
    with pytest.raises(UnsupportedFormat, match=r"分卷.*同一文件夹"):
        each(rar(rar_member("大.txt", b"y", GOES_BACK), flags=VOLUME), "包.part2.rar")


def test_rar_needs_a_component_or_a_program() -> None:
    """A stored member of an old rar; whatever is missing on this machine is named, and nothing else is raised."""
    with pytest.raises(InputError) as error:
        each(b"Rar!\x1a\x07\x00" + b"\0" * 40, "包.rar")
    assert error.value.code in ("DAMAGED", "NEEDS_EXTRA")


# Mails ----------------------------------------------------------------------------------------------------------


def test_text_and_attachments_of_a_mail() -> None:
    found = each(mail(("通知.txt", NOTICE.encode()), ("图.png", b"x")), "来信.eml")
    assert paths(found) == ["来信.eml/正文.txt", "来信.eml/通知.txt"]
    assert isinstance(found[0], Document)
    assert found[0].text.strip() == "现将通知发给你们，请查收。"


def test_the_page_of_a_mail_is_read_rather_than_its_plain_twin() -> None:
    message = EmailMessage()
    message["Message-ID"], message["To"] = "<2@lanzhou.example>", "keji@lanzhou.example"
    message.set_content("见网页")
    message.add_alternative(f"<html><body><p>{NOTICE}</p></body></html>", subtype="html")
    assert paths(each(message.as_bytes(), "来信.eml")) == ["来信.eml/正文.html"]


def draft(text: str = "请查收。") -> EmailMessage:
    """A mail as it is saved before it is sent, or of an archive that left out who it went to."""
    message = EmailMessage()
    message["From"], message["Subject"] = "keji@lanzhou.example", "防汛通知"
    message["Date"], message["MIME-Version"] = "Mon, 06 May 2019 09:00:00 +0800", "1.0"
    message.set_content(text)
    return message


def test_a_mail_that_names_nobody_it_goes_to() -> None:
    message = draft()
    message.add_attachment(NOTICE.encode(), maintype="text", subtype="plain", filename="通知.txt")
    assert paths(each(message.as_bytes(), "来信.eml")) == ["来信.eml/正文.txt", "来信.eml/通知.txt"]
    assert paths(each(draft().as_bytes(), "来信.eml")) == ["来信.eml/正文.txt"]


def test_a_mail_with_pictures_in_its_page_keeps_its_attachments() -> None:
    message = draft("见网页")
    message.add_alternative(f"<html><body><p>{NOTICE}<img src='cid:a'></p></body></html>", subtype="html")
    page = message.get_payload()[1]
    page.add_related(b"x", "image", "png", cid="<a>")
    message.add_attachment(NOTICE.encode(), maintype="text", subtype="plain", filename="通知.txt")
    assert paths(each(message.as_bytes(), "来信.eml")) == ["来信.eml/正文.html", "来信.eml/通知.txt"]


def test_a_text_that_begins_like_a_mail_is_a_text() -> None:
    (found,) = each(f"Date: 2019\nSubject: 防汛\n\n{NOTICE}".encode(), "记录.txt")
    assert isinstance(found, Document)
    assert found.source.reader == "txt"


def test_an_archive_in_a_mail() -> None:
    data = mail(("包.zip", zipped(("通知.txt", NOTICE.encode()))), text=" ")
    assert paths(each(data, "来信.eml")) == ["来信.eml/包.zip/通知.txt"]


def test_a_mail_in_a_mail() -> None:
    outer = EmailMessage()
    outer["Message-ID"], outer["To"] = "<3@lanzhou.example>", "keji@lanzhou.example"
    outer.set_content("转发")
    inner = EmailMessage()
    inner["Message-ID"], inner["To"], inner["Subject"] = "<4@lanzhou.example>", "jia@lanzhou.example", "原信"
    inner.set_content(NOTICE)
    outer.add_attachment(inner)
    assert paths(each(outer.as_bytes(), "来信.eml")) == ["来信.eml/正文.txt", "来信.eml/附件1/正文.txt"]


def test_a_mail_with_nothing_in_it() -> None:
    with pytest.raises(InputError) as error:
        each(mail(text=" "), "来信.eml")
    assert "没有正文" in str(error.value)


# Hostile --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("build", [zipped, mail], ids=["zip", "eml"])
def test_damaged_containers_raise_nothing_else(build: object) -> None:
    whole = build(("通知.txt", NOTICE.encode()), ("内.zip", zipped(("批复.txt", REPLY.encode()))))  # type: ignore[operator]
    chance = random.Random(2019)
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.2:
            del data[chance.randrange(len(data)) :]
        try:
            each(bytes(data) or b"x", "包.zip")
        except InputError as error:
            assert str(error).startswith("包.zip")


def test_read_each_reads_files(tmp_path: Path) -> None:
    file = tmp_path / "包.zip"
    file.write_bytes(zipped(("通知.txt", NOTICE.encode())))
    assert paths(read_each(file)) == [f"{file}/通知.txt"]


@pytest.mark.parametrize("name", ["../../通知.txt", "/通知.txt", "C:\\通知.txt", "甲\\..\\..\\通知.txt"])
def test_a_name_that_leads_out_of_the_archive_is_told(name: str) -> None:
    (document,) = each(zipped((name, NOTICE.encode())))
    assert isinstance(document, Document)
    (problem,) = document.problems
    assert problem.rule == "NAME_LEADS_OUT"
    assert f"“{name}”" in problem.message


@pytest.mark.parametrize("name", ["通知.txt", ".\\通知.txt", "甲\\通知.txt", "甲../通知.txt"])
def test_a_name_that_stays_in_the_archive_is_no_problem(name: str) -> None:
    (document,) = each(zipped((name, NOTICE.encode())))
    assert isinstance(document, Document)
    assert document.problems == ()
