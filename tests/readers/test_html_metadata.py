"""Label/value lines of pages in the four shapes that government sites use."""

from __future__ import annotations

import pytest

from policylib.extract import analyse
from policylib.readers import read_bytes
from policylib.readers.metadata import Entry, in_line, in_table, publish_time

BODY = (
    "<div id=zoom><p>青岚市科学技术局关于印发管理办法的通知</p>"
    "<p>现予印发，请遵照执行。各单位要落实，确保成效。</p></div>"
)


def entries_of(around: str, head: str = "") -> list[str]:
    page = f"<html><head>{head}</head><body><div>{around}{BODY}</div></body></html>"
    document = read_bytes(page.encode(), "页面.html")
    assert all(block.kind != "metadata" for block in document.blocks[len(_metadata(document)) :])
    return _metadata(document)


def _metadata(document) -> list[str]:  # type: ignore[no-untyped-def]
    return [block.span.of(document.text) for block in document.blocks if block.kind == "metadata"]


@pytest.mark.parametrize(
    ("around", "expected"),
    [
        pytest.param(
            "<table><tr><td><b>索 引 号：</b></td><td>0001/2019-3</td>"
            "<td><b>主题分类：</b></td><td>商贸\\海关</td></tr>"
            "<tr><td><b>标　　题：</b></td><td colspan=3>关于印发管理办法的通知</td></tr></table>"
            "<table><tr><td><b>主 题 词：</b></td><td></td><td></td></tr></table>",
            ["索引号：0001/2019-3", "主题分类：商贸\\海关", "标题：关于印发管理办法的通知"],
            id="table of gov.cn",
        ),
        pytest.param(
            "<table><tr><td colspan=2>索引号</td><td colspan=3>0001/2019-3</td></tr>"
            "<tr><td colspan=2>文号</td><td></td><td>发布机构</td><td>青岚市科学技术局</td></tr></table>",
            ["索引号：0001/2019-3", "发布机构：青岚市科学技术局"],
            id="labels merged over columns",
        ),
        pytest.param(
            "<ul><li><span>统一编号：</span>\n QL0320190014\n</li>"
            "<li><span>文　　号：</span>青残联规字〔2019〕2 号</li>"
            "<li><span id=file_status>文件状态：</span><script>var file_status = '失效（提前废止）';</script></li></ul>"
            "<h1>某某办法的通知</h1>",
            ["统一编号：QL0320190014", "文号：青残联规字〔2019〕2 号", "文件状态：失效（提前废止）"],
            id="list with the status in a script",
        ),
        pytest.param(
            '<script>window.x={DETAIL:{"id":3,"title":"某办法","gkml_data":{"identifier":"QL-01","document_number":'
            '"青府办〔2020〕5号","date":1577836800,"is_abolished":1,"publisher":null}}};</script>',
            ["索引号：QL-01", "名称：某办法", "文号：青府办〔2020〕5号", "成文日期：2020-01-01", "文件状态：废止"],
            id="record in a script",
        ),
        pytest.param(
            "<div><span>发表时间：<b>2023-08-09 23:04:15</b></span>\n<span>信息来源：<b>市科技局</b></span>\n"
            "<span>浏览量：<b>-</b></span></div>",
            ["发表时间：2023-08-09 23:04:15", "信息来源：市科技局"],
            id="line",
        ),
        pytest.param("<p>2017-6-27 10:40:54点击：12</p>", ["发布时间：2017-6-27 10:40:54"], id="time without a label"),
        pytest.param(
            "<li><img title=发布时间><span>2024-01-05</span></li>", ["发布时间：2024-01-05"], id="label drawn"
        ),
        pytest.param("<dl><dt>索引号</dt><dd>QL-02</dd></dl>", ["索引号：QL-02"], id="label above its value"),
        pytest.param(
            "<table><tr><th>索引号</th><th>发文机关</th><th>文号</th></tr>"
            "<tr><td>QL-03</td><td>青岚市水利局</td><td>青水发〔2023〕5号</td></tr></table>",
            ["索引号：QL-03", "发文机关：青岚市水利局", "文号：青水发〔2023〕5号"],
            id="labels above their values",
        ),
        pytest.param(
            "<table><tr><td><table><tr><td>发 文 机 关</td><td>：</td><td>青岚市水利局</td></tr></table></td></tr>"
            "</table>",
            ["发文机关：青岚市水利局"],
            id="colon in a cell of its own",
        ),
        pytest.param(
            "<p><label>索引号</label><em>QL-04</em></p><p><label>发布机构</label><em>青岚市水利局</em></p>"
            "<p><label>文号</label><em>青水发〔2023〕5号</em></p>",
            ["索引号：QL-04", "发布机构：青岚市水利局", "文号：青水发〔2023〕5号"],
            id="labels apart by style alone",
        ),
        pytest.param("<p>来源于群众的意见</p><p>标题要醒目</p>", [], id="sentences that begin like labels"),
        pytest.param("<div>【文号】青水发〔2023〕5号</div>", ["文号：青水发〔2023〕5号"], id="label in lenses"),
        pytest.param(
            "<div>2023-06-15 09:00　来源：本站</div>",
            ["来源：本站", "发布时间：2023-06-15 09:00"],
            id="time and source",
        ),
        pytest.param(
            "<div><div>发文日期</div><div>2023-06-14</div></div>", ["发文日期：2023-06-14"], id="a day of another label"
        ),
        pytest.param("<!-- <li>文件状态：现行有效</li> --><p>文号：</p>", [], id="comments and empty values"),
        pytest.param("<p>会议于2017-6-27召开。</p>", [], id="a date in a sentence"),
    ],
)
def test_visible_blocks(around: str, expected: list[str]) -> None:
    assert entries_of(around) == expected


def test_meta_tags_by_their_standard_names() -> None:
    head = (
        "<title>通知公告 - 青岚市</title><meta name=articletitle content='关于印发管理办法的通知'>"
        "<meta name=PubDate content='2017-06-27\u00a010:40'><meta name=PubDate content='2017-06-27 10:40'>"
        "<meta name=ContentSource content=市科技局>"
        "<meta name=keywords content=青岚市,政策><meta name=Author content=''>"
    )
    assert entries_of("", head) == [
        "ArticleTitle：关于印发管理办法的通知",
        "PubDate：2017-06-27\u00a010:40",
        "ContentSource：市科技局",
    ]


def test_the_time_that_is_given_to_search_engines() -> None:
    head = '<meta property="article:published_time" content="2023-06-15T08:00:00+08:00">'
    assert entries_of("", head) == ["PubDate：2023-06-15"]


def test_a_date_that_nobody_filled_in_is_no_entry() -> None:
    head = "<meta name=PUBDATE content='9999-99-99 99:99'><meta name=contentSource content=市科技局>"
    block = "<table><tr><td>索引号</td><td>QL-1</td><td>失效日期</td><td>0000-00-00</td></tr></table>"
    assert entries_of(block, head) == ["索引号：QL-1", "ContentSource：市科技局"]


def test_who_posts_a_paper_again_is_kept_apart_from_who_issued_it() -> None:
    block = "<table><tr><td>发布机构</td><td>天园街道办事处</td><td>文号</td><td></td></tr></table>"
    text = f"<p>青府办规〔2024〕13号</p>{BODY}<p>青岚市人民政府办公室</p><p>2024年5月6日</p>"
    page = f"<html><body>{block}<div id=zoom>{text}</div></body></html>"
    document = read_bytes(page.encode(), "a.html")
    elements = analyse(document).elements
    assert _metadata(document) == ["发布机构：天园街道办事处"]
    assert str(elements.number and elements.number.value) == "青府办规〔2024〕13号"
    assert [issuer.value for issuer in elements.issuers] == ["青岚市科学技术局"]


def test_an_editor_is_no_author() -> None:
    assert entries_of("", "<meta name=author content=wps>") == []


def test_address_becomes_the_source() -> None:
    head = "<meta name=ArticleTitle content=某办法><meta name=Url content='http://www.qinglan.example/art/1.html'>"
    page = f"<html><head>{head}</head><body>{BODY}</body></html>"
    assert read_bytes(page.encode(), "a.html").source.url == "http://www.qinglan.example/art/1.html"


def test_no_line_stands_twice() -> None:
    block = "<p>索引号：QL-01</p>"
    assert entries_of(block + block) == ["索引号：QL-01"]


@pytest.mark.parametrize(
    ("line", "labels"),
    [
        pytest.param(
            "索引号: 331/2017-9 发布机构: 县府办 发布时间: 2017-10-29", ["索引号", "发布机构", "发布时间"], id="three"
        ),
        pytest.param("【发文字号】：青科字〔2017〕3号", ["发文字号"], id="bracketed"),
        pytest.param("会议时间：2017年6月", [], id="a longer word"),
        pytest.param("市政府决定：废止下列文件", [], id="no label"),
    ],
)
def test_entries_in_a_line(line: str, labels: list[str]) -> None:
    assert [entry.label for entry in in_line(line)] == labels


def test_a_cleanup_table_is_no_metadata() -> None:
    assert in_table([["序号", "文件名称", "文号"], ["1", "甲办法", "青科字〔2010〕5号"]]) == []
    assert in_table([["发文字号", "青科字〔2010〕5号"], ["成文日期：2010年1月1日"]]) == [
        Entry("发文字号", "青科字〔2010〕5号"),
        Entry("成文日期", "2010年1月1日"),
    ]


@pytest.mark.parametrize(
    ("line", "time"),
    [
        ("2017-6-27 10:40:54点击:", "2017-6-27 10:40:54"),
        ("2024年1月5日", "2024年1月5日"),
        ("2024-01-05 公告", ""),
        ("自2024-01-05起", ""),
    ],
)
def test_publish_times(line: str, time: str) -> None:
    assert publish_time(line) == time
