"""OFD: the text in the order in which one reads, whatever order, paths and marks its writer chose."""

from __future__ import annotations

import zipfile
from collections import Counter
from dataclasses import replace
from io import BytesIO

import ofdkit
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylib import analyse
from policylib.errors import InputError
from policylib.model import Document
from policylib.readers import DEFAULT_LIMITS, Limits, Unread, read_bytes, read_each_bytes
from policylib.readers.ofd_package import normal
from policylib.readers.ofd_page import deltas

from .mutation import mutations
from .ofd_file import LEFT, document, entry, lines, ofd, page, root, rule, table, text, zipped

NOTICE = ("岚州市水利局关于做好防汛工作的通知", "岚水发〔2019〕5号", "各区水利局：")


def alone(data: bytes) -> Document:
    """The document of a package that ofdkit reads otherwise: what looks bold twice, what is hidden or outside the page,
    what is damaged."""
    return read_bytes(data, "通知.ofd")


def read(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Document:
    """The document of a package; ofdkit, another reader, finds the same characters in it."""
    found = read_bytes(data, "通知.ofd", limits)
    kept = (block.span.of(found.text) for block in found.blocks if block.kind != "metadata")
    assert Counter("".join("".join(kept).split())) == Counter("".join(ofdkit.extract_text(data).split()))
    return found


def texts(found: Document, kind: str = "paragraph") -> list[str]:
    return [block.span.of(found.text) for block in found.blocks if block.kind == kind]


def kinds(found: Document) -> list[str]:
    return [problem.rule for problem in found.problems]


def code_of(data: bytes, limits: Limits = DEFAULT_LIMITS) -> str:
    with pytest.raises(InputError) as caught:
        read(data, limits)
    assert str(caught.value).startswith("通知.ofd")
    assert caught.value.remedy
    return caught.value.code


def test_lines_become_paragraphs_with_their_pages() -> None:
    found = read(ofd(page(lines(NOTICE)), page(lines(["附件", "防汛物资清单"]))))
    assert texts(found) == [*NOTICE, "附件", "防汛物资清单"]
    assert [block.page for block in found.blocks] == [1, 1, 1, 2, 2]
    assert kinds(found) == []
    assert [str(one.number) for one in analyse(found).numbers] == ["岚水发〔2019〕5号"]


def test_the_order_of_drawing_does_not_matter() -> None:
    drawn = [text(words, LEFT, 37 + place * 9) for place, words in enumerate(NOTICE)]
    assert texts(read(ofd(page("".join(reversed(drawn)))))) == list(NOTICE)


def test_what_is_drawn_twice_to_look_bold_is_read_once() -> None:
    twice = text("防汛工作通知", LEFT, 40) + text("防汛工作通知", LEFT + 0.2, 40)
    assert texts(alone(ofd(page(twice)))) == ["防汛工作通知"]


def test_a_ruled_table_is_read_by_rows() -> None:
    rows = [("序号", "文件名称"), ("1", "岚州市供水管理办法"), ("2", "岚州市节水办法")]
    found = read(ofd(page(lines(NOTICE[:1]) + table(rows, (20, 100), 60))))
    assert [tuple(cell.of(found.text) for cell in block.cells) for block in found.blocks if block.cells] == rows


@pytest.mark.parametrize(
    ("cell", "read_as"),
    [
        pytest.param(
            "名　称：岚州市供水集团公司\n地址、电话：\n开户行及账号：建设银行1234",
            "名　称：岚州市供水集团公司 地址、电话： 开户行及账号：建设银行1234",
            id="each line an entry",
        ),
        pytest.param(
            "名称：供水集团公司\n地址、电话：岚州市青岚区沿江\n路1号",
            "名称：供水集团公司 地址、电话：岚州市青岚区沿江路1号",
            id="an address on two lines",
        ),
        pytest.param(
            "要求：各单位清理文件的结果\n如下：废止三件，修改一件，其余\n继续有效",
            "要求：各单位清理文件的结果如下：废止三件，修改一件，其余继续有效",
            id="running text",
        ),
    ],
)
def test_labels_below_each_other_in_a_cell_are_not_glued(cell: str, read_as: str) -> None:
    found = read(ofd(page(lines(NOTICE[:1]) + table([("购买方", cell), ("备注", "无")], (20, 55), 60))))
    assert found.text.splitlines()[1] == f"购买方\t{read_as}"


def test_labels_and_values_in_columns_are_read_across() -> None:
    pairs = [("名称：", "供水公司"), ("电话：", "0599")]
    inside = [text(one, LEFT + 22 + 18 * x, 62 + 6 * y, size=3.5) for y, pair in enumerate(pairs)
              for x, one in enumerate(pair)]  # fmt: skip
    found = read(ofd(page(table([("购买方", " "), ("备注", "无")], (20, 55), 60) + "".join(inside))))
    assert found.text.splitlines()[0] == "购买方\t名称： 供水公司 电话： 0599"


def test_a_table_in_a_cell_is_words_of_that_cell() -> None:
    outer = table([("序号", "文件名称"), ("1", "岚州市供水管理办法")], (20, 100), 60)
    inner = [text("甲", LEFT + 31, 86, size=3), text("乙", LEFT + 41, 86, size=3)]
    inner += [rule(LEFT + 30 + x, 85, LEFT + 30 + x, 91) for x in (0, 10, 20)]
    inner += [rule(LEFT + 30, y, LEFT + 50, y) for y in (85, 91)]
    found = read(ofd(page(outer + "".join(inner))))
    assert found.text == "序号\t文件名称\n1\t岚州市供水管理办法 甲 乙"


def test_a_template_lies_under_its_pages() -> None:
    head = page(text("岚州市水利局文件", LEFT, 20))
    found = read(
        ofd(
            page(lines(NOTICE[1:]), before='<ofd:Template TemplateID="5"/>'),
            common='<ofd:TemplatePage ID="5" BaseLoc="Tpls/Tpl_0.xml"/>',
            Tpls__Tpl_0_xml=head,
        )
    )
    assert texts(found)[:2] == ["岚州市水利局文件", "岚水发〔2019〕5号"]


def test_composites_are_drawn_where_they_are_named() -> None:
    unit = f'<ofd:CompositeGraphicUnit ID="7"><ofd:Content>{text("防汛通知", 0, 0)}</ofd:Content>'
    resources = f"<ofd:Res xmlns:ofd='x'><ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnit>"
    found = read(
        ofd(
            page('<ofd:CompositeObject ID="3" ResourceID="7" Boundary="30 50 100 10"/>' + text("各区", LEFT, 80)),
            common="<ofd:PublicRes>Res.xml</ofd:PublicRes>",
            Res_xml=resources + "</ofd:CompositeGraphicUnits></ofd:Res>",
        )
    )
    assert texts(found) == ["防汛通知", "各区"]


def test_hidden_text_is_told_and_left_out() -> None:
    found = alone(ofd(page(lines(NOTICE) + text("草稿", LEFT, 200, attributes='Visible="false"'))))
    assert "草稿" not in found.text
    assert kinds(found) == ["HIDDEN_TEXT"]


def test_words_outside_the_page_are_told_and_left_out() -> None:
    shown = lines(["岚州市科技局关于公布结果的通知"])
    found = read(ofd(page(shown + text("市科技局", 28, 400))))
    assert texts(found) == ["岚州市科技局关于公布结果的通知"]
    assert kinds(found) == ["HIDDEN_TEXT"]


def test_a_page_whose_text_lies_outside_its_box_is_read() -> None:
    found = alone(ofd(page(lines(["通知", "市科技局"], top=320))))
    assert texts(found) == ["通知", "市科技局"]
    assert not found.problems


def test_words_that_are_struck_out_are_told() -> None:
    struck = text("继续有效", LEFT, 60) + rule(LEFT, 62.6, LEFT + 20, 62.6)
    assert kinds(read(ofd(page(lines(NOTICE[:1]) + struck)))) == ["STRUCK_TEXT"]
    assert kinds(read(ofd(page(lines(NOTICE[:1]) + text("继续有效", LEFT, 60) + rule(LEFT, 65, LEFT + 20, 65))))) == []


def test_upright_words_stay_together() -> None:
    upright = (
        '<ofd:TextObject ID="4" Boundary="10 40 6 40" Size="5"><ofd:TextCode X="0" Y="4.5" DeltaX="g 2 0" '
        'DeltaY="g 2 9">购买方</ofd:TextCode></ofd:TextObject>'
    )
    assert "购买方" in read(ofd(page(upright + lines(NOTICE)))).text


@pytest.mark.parametrize(
    "place",
    [
        "Doc_0/Document.xml",
        "/Doc_0/Document.xml",
        "Doc_0\\Document.xml",
        "doc_0/DOCUMENT.XML",
        "./x/../Doc_0/Document.xml",
    ],
)
def test_paths_as_writers_write_them(place: str) -> None:
    parts = {
        "OFD.xml": entry(root(place)),
        "Doc_0/Document.xml": document({"/Doc_0/页.xml": ""}),
        "Doc_0/页.xml": page(lines(NOTICE)),
    }
    assert texts(read(zipped(parts))) == list(NOTICE)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda part: part.replace("ofd:", ""), id="no prefix"),
        pytest.param(lambda part: part.replace("ofd:", "版式:"), id="another prefix"),
        pytest.param(lambda part: "\ufeff \n" + part, id="byte order mark"),
        pytest.param(lambda part: part.replace("<ofd:Content>", '<:x xmlns:=""></:x><ofd:Content>'), id="empty prefix"),
        pytest.param(lambda part: part.replace("<ofd:Content>", "<厂商:标记/><ofd:Content>"), id="unknown prefix"),
    ],
)
def test_marks_as_writers_write_them(spoil) -> None:  # type: ignore[no-untyped-def]
    assert texts(read(ofd(spoil(page(lines(NOTICE)))))) == list(NOTICE)


def test_every_document_of_a_package_is_read_and_a_bad_one_costs_itself() -> None:
    parts = {
        "OFD.xml": entry(root("甲/D.xml"), root("没有/D.xml"), root("乙/D.xml")),
        "甲/D.xml": document({"p.xml": ""}),
        "甲/p.xml": page(lines(NOTICE)),
        "乙/D.xml": document({"p.xml": ""}),
        "乙/p.xml": page(lines(["岚州市水利局批复"])),
    }
    first, second, third = read_each_bytes(zipped(parts), "通知.ofd")
    assert isinstance(first, Document)
    assert isinstance(second, Unread)
    assert isinstance(third, Document)
    assert (first.source.path, second.path, third.source.path) == ("通知.ofd/1", "通知.ofd/2", "通知.ofd/3")
    assert texts(first) == list(NOTICE)
    assert second.error.code == "DAMAGED"
    assert first.source.sha256 != third.source.sha256


def test_tags_and_data_with_known_labels_are_metadata() -> None:
    named = (("发文机关", "岚州市水利局"), ("user.name", "李"))
    data = "".join(f'<ofd:CustomData Name="{name}">{value}</ofd:CustomData>' for name, value in named)
    data = f"<ofd:CustomDatas>{data}</ofd:CustomDatas>"
    found = read(
        ofd(
            page(text("岚水发〔2019〕5号", LEFT, 40, identity="64") + lines(["请做好防汛工作。"], top=80)),
            body=f"<ofd:DocInfo><ofd:CreationDate>2020-01-25</ofd:CreationDate>{data}</ofd:DocInfo>",
            more="<ofd:CustomTags>Tags/List.xml</ofd:CustomTags>",
            Tags__List_xml="<CustomTags><CustomTag><FileLoc>Tag.xml</FileLoc></CustomTag></CustomTags>",
            Tags__Tag_xml='<公文><发文字号><ObjectRef PageRef="10">64</ObjectRef></发文字号><份号>1</份号></公文>',
        )
    )
    assert texts(found, "metadata") == ["发文机关：岚州市水利局", "发文字号：岚水发〔2019〕5号"]
    assert "2020-01-25" not in found.text


def test_signatures_attachments_and_missing_pages_are_told() -> None:
    data = ofd(
        page(lines(NOTICE)),
        body="<ofd:Signatures>Doc_0/Signs.xml</ofd:Signatures>",
        more="<ofd:Attachments>Files.xml</ofd:Attachments>",
        Signs_xml="<Signatures><Signature ID='1'/><Signature ID='2'/></Signatures>",
        Files_xml="<Attachments><Attachment Name='附件1.docx'/></Attachments>",
    )
    found = read(data)
    assert kinds(found) == ["SIGNATURE_NOT_VERIFIED", "ATTACHMENT_UNREAD"]
    assert "2 个电子签章" in found.problems[0].message
    assert "附件1.docx" in found.problems[1].message
    lost = {"Doc_0/Document.xml": document({"a.xml": "", "没有.xml": ""}), "Doc_0/a.xml": page(lines(NOTICE))}
    (told,) = read(zipped({"OFD.xml": entry(root()), **lost})).problems
    assert told.rule == "PAGE_MISSING"
    assert "第 2 页" in told.message


def test_private_characters_are_garbled() -> None:
    private = "".join(chr(0xE000 + place) for place in range(30))
    assert "GARBLED" in kinds(read(ofd(page(lines([*NOTICE, private])))))


def test_pages_that_are_pictures_have_no_text() -> None:
    assert code_of(ofd(page('<ofd:ImageObject ID="8" ResourceID="9" Boundary="0 0 210 297"/>'))) == "NO_TEXT"
    drawn = page(rule(10, 10, 100, 10))
    assert kinds(read(ofd(page(lines(NOTICE)), drawn))) == ["NO_TEXT_PAGE"]


def test_a_package_without_its_entry_or_its_document_is_damaged() -> None:
    whole = {"OFD.xml": entry(root()), "Doc_0/Document.xml": "这不是 XML"}
    assert code_of(zipped(whole)) == "DAMAGED"
    assert code_of(zipped({"OFD.xml": "x"})) == "DAMAGED"


def test_encrypted_packages_are_told_apart() -> None:
    assert code_of(zipped({"OFD.xml": entry(root()), "Encryptions.xml": "<a/>"})) == "ENCRYPTED"


def test_a_composite_that_names_itself_ends() -> None:
    unit = '<ofd:CompositeGraphicUnit ID="7"><ofd:Content><ofd:CompositeObject ResourceID="7"/></ofd:Content>'
    resources = f"<ofd:Res xmlns:ofd='x'><ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnit>"
    data = ofd(
        page('<ofd:CompositeObject ResourceID="7"/>' + lines(NOTICE)),
        common="<ofd:PublicRes>Res.xml</ofd:PublicRes>",
        Res_xml=resources + "</ofd:CompositeGraphicUnits></ofd:Res>",
    )
    assert texts(read(data)) == list(NOTICE)


def test_composites_that_multiply_are_stopped() -> None:
    units = "".join(
        f'<CompositeGraphicUnit ID="{level}"><Content>'
        + f'<CompositeObject ResourceID="{level + 1}"/>' * 10
        + "</Content></CompositeGraphicUnit>"
        for level in range(20)
    )
    data = ofd(
        page('<CompositeObject ResourceID="0"/>' + lines(NOTICE)),
        common="<ofd:PublicRes>Res.xml</ofd:PublicRes>",
        Res_xml=f"<Res><CompositeGraphicUnits>{units}</CompositeGraphicUnits></Res>",
    )
    assert code_of(data, replace(DEFAULT_LIMITS, drawn=10_000)) == "LIMIT"


def test_one_page_named_many_times_is_stopped() -> None:
    names = "".join('<ofd:Page ID="1" BaseLoc="p.xml"/>' for _ in range(200))
    whole = document({}).replace("<ofd:Pages>", f"<ofd:Pages>{names}")
    data = zipped({"OFD.xml": entry(root()), "Doc_0/Document.xml": whole, "Doc_0/p.xml": page(lines(NOTICE * 20))})
    assert code_of(data, replace(DEFAULT_LIMITS, total_bytes=1_000_000)) == "LIMIT"
    assert code_of(data, replace(DEFAULT_LIMITS, pages=100)) == "LIMIT"


def test_blocks_in_blocks_end() -> None:
    deep = "<ofd:PageBlock>" * 200 + "</ofd:PageBlock>" * 200
    assert code_of(ofd(page(deep + lines(NOTICE)))) == "DAMAGED"


def test_a_declaration_is_refused() -> None:
    laughs = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    assert code_of(ofd(laughs + page(lines(NOTICE)))) == "HOSTILE"


@given(st.text("g 0123456789.-e, ", max_size=60), st.integers(0, 50))
def test_steps_are_never_more_than_characters(steps: str, count: int) -> None:
    assert len(deltas(steps, count)) <= count


def test_steps_repeat() -> None:
    assert deltas("g 3 5.6 2", 10) == [5.6, 5.6, 5.6, 2]
    assert deltas("g 2000000000 1", 4) == [1, 1, 1, 1]


@given(st.text("ab./\\", max_size=30))
def test_no_path_leaves_the_package(path: str) -> None:
    found = normal(path)
    assert ".." not in found.split("/")
    assert normal(found) == found


def test_gbk_names_are_found() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("OFD.xml", entry(root("文档/D.xml")))
        archive.writestr("aaaa/D.xml", document({"p.xml": ""}))
        archive.writestr("aaaa/p.xml", page(lines(NOTICE)))
    data = stream.getvalue().replace(b"aaaa/", "文档".encode("gbk") + b"/")
    assert texts(read(data)) == list(NOTICE)


def test_damaged_parts_are_refused_or_read() -> None:
    drawn = page(lines(NOTICE) + table([("序号", "名称"), ("1", "办法")], (20, 60), 80)).encode()
    for broken in mutations(drawn, 200):
        try:
            assert alone(ofd(broken)).text.strip()
        except InputError as error:
            assert str(error).startswith("通知.ofd")
