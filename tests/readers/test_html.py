"""The text of web pages: no character lost, paragraphs and tables as a browser shows them, navigation left out."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylib.errors import NoTextLayer
from policylib.model import Document
from policylib.readers import read_bytes


def read_page(markup: str) -> Document:
    return read_bytes(markup.encode(), "页面.html")


def shown(document: Document, *kinds: str) -> list[str]:
    return [block.span.of(document.text) for block in document.blocks if not kinds or block.kind in kinds]


SENTENCE = "为规范创新券管理，根据有关规定，制定本办法。各单位要认真组织实施，确保落实。"


@pytest.mark.parametrize(
    ("markup", "line"),
    [
        pytest.param(
            "<p>青政办发〔<span lang=EN-US>2017</span>〕<span lang=EN-US>17</span>号</p>",
            "青政办发〔2017〕17号",
            id="number of Word",
        ),
        pytest.param(
            '<p><st1:chsdate w:st="on" Year="2017"><span lang=EN-US>2017</span>年<span lang=EN-US>6</span>月'
            "<span lang=EN-US>27</span>日</st1:chsdate></p>",
            "2017年6月27日",
            id="date in a smart tag",
        ),
        pytest.param(
            "<p><span>配合单位：市财政局<span lang=EN-US>)</span></span><span>。</span><o:p></o:p></p>",
            "配合单位：市财政局)。",
            id="lone full stop",
        ),
        pytest.param("<p>有效期<i>3</i>—<i>5</i>年</p>", "有效期3—5年", id="lone dash"),
        pytest.param("<p>甲<!-- 注 -->乙<![if !x]>丙<![endif]>丁</p>", "甲乙丙丁", id="text after comments"),
        pytest.param("<p>关于印发管理\n   办法的通知</p>", "关于印发管理办法的通知", id="line of the source"),
        pytest.param("<p>GB/T\n 9704</p>", "GB/T 9704", id="line of the source in Latin text"),
        pytest.param("<p>甲<span style='DISPLAY: none'>隐</span><b hidden>藏</b>乙</p>", "甲乙", id="hidden"),
        pytest.param("<p>青科\u200b字&shy;〔2017〕&#65279;3号</p>", "青科字〔2017〕3号", id="invisible characters"),
    ],
)
def test_one_line(markup: str, line: str) -> None:
    assert shown(read_page(markup + "<p>结尾。</p>")) == [line, "结尾。"]


def test_words_that_the_page_hides_are_told() -> None:
    hidden = read_page(f"<div id=zoom><p>{SENTENCE}</p><span style='display:none'>现行有效</span></div>")
    assert (hidden.text, [problem.rule for problem in hidden.problems]) == (SENTENCE, ["HIDDEN_TEXT"])
    unseen = read_page(f"<div id=zoom><p>{SENTENCE}</p><script>甲</script><b hidden> 1 <script>甲</script></b></div>")
    assert not unseen.problems


pieces = st.lists(
    st.tuples(
        st.sampled_from(["", "span", "b", "font", "st1:chsdate"]),
        st.text("〔〕年月日号、。（）—2017甲", min_size=1, max_size=2),
    ),
    min_size=1,
)


@given(pieces)
def test_no_text_node_is_ever_lost(nodes: list[tuple[str, str]]) -> None:
    markup = "".join(f"<{tag}>{text}</{tag}>" if tag else text for tag, text in nodes)
    assert shown(read_page(f"<div><p>{markup}</p></div>")) == ["".join(text for _, text in nodes)]


def test_four_hundred_unclosed_fonts() -> None:
    document = read_page("<html><body>" + "".join(f"<font>第{n}处" for n in range(400)) + "</body></html>")
    assert [int(n) for n in re.findall(r"第(\d+)处", document.text)] == list(range(400))
    assert not document.problems


def test_deeper_than_the_parser_goes() -> None:
    document = read_page("<html><body>" + "<font>甲" * 10_000 + "</body></html>")
    assert document.text.count("甲") == 10_000
    assert [problem.rule for problem in document.problems] == ["DEPTH"]


def test_nested_tables_take_linear_time() -> None:
    document = read_page("<table><tr><td>" * 300 + "正文。" + "</td></tr></table>" * 300)
    assert document.text == "正文。"


@pytest.mark.parametrize("charset", ["gb2312", "utf-8", "iso-8859-1"])
def test_declared_charset_is_not_believed(charset: str) -> None:
    page = f"<html><head><meta charset={charset}></head><body><p>青科字〔2017〕3号</p></body></html>"
    assert read_bytes(page.encode("gbk"), "a.html").text == "青科字〔2017〕3号"


def test_paragraphs_by_blocks_and_breaks() -> None:
    document = read_page("<div>甲<br>乙<p>丙</p>丁<ul><li>戊</ul><h2>己</h2><pre>庚\n辛</pre></div>")
    assert shown(document) == ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"]
    assert [block.kind for block in document.blocks][4:6] == ["item", "heading"]


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        pytest.param("<ol><li>甲</li><li><p>乙</p><p>丙</p></li></ol>", ["1. 甲", "2. 乙", "丙"], id="plain"),
        pytest.param("<ol class='custom_cn x' start=3><li><p>甲</p></li></ol>", ["三、甲"], id="class of an editor"),
        pytest.param("<ol style='list-style: lower-roman'><li>甲<li value=4>乙</ol>", ["i. 甲", "iv. 乙"], id="style"),
        pytest.param("<ol style='list-style:none'><li>甲</li></ol>", ["甲"], id="none"),
        pytest.param("<ol><li>（一）甲<li>2.乙<li><li>3.5万</ol>", ["（一）甲", "2.乙", "4. 3.5万"], id="own"),
        pytest.param("<ol type=a><li>甲<ul><li>乙</li></ul><ol><li>丙</li></ol></li><li>丁</li></ol>",
                     ["a. 甲", "乙", "1. 丙", "b. 丁"], id="nested"),
        pytest.param("<p>甲</p><li>乙</li></ol><ul><li>丙</li></ul>", ["甲", "乙", "丙"], id="no list"),
    ],
)  # fmt: skip
def test_numbers_that_the_browser_writes(markup: str, lines: list[str]) -> None:
    assert shown(read_page(f"<div>{markup}</div>")) == lines


TABLE = """<p>目录：</p><table>
<tr><th>序号</th><th>文件名称</th><th>文号</th><th>意见</th></tr>
<tr><td>1</td><td>甲办法</td><td>青科字〔2010〕5号</td><td rowspan=2>废止</td></tr>
<tr><td>2</td><td>乙办法</td><td>青科字〔<span>2011</span>〕<span>6</span>号</td></tr>
<tr><td colspan=3>合计</td><td>2件</td></tr></table>"""


def test_rows_with_merged_cells() -> None:
    document = read_page(TABLE)
    rows = [[cell.of(document.text) for cell in block.cells] for block in document.blocks if block.kind == "row"]
    assert rows == [
        ["序号", "文件名称", "文号", "意见"],
        ["1", "甲办法", "青科字〔2010〕5号", "废止"],
        ["2", "乙办法", "青科字〔2011〕6号", "废止"],
        ["合计", "", "", "2件"],
    ]
    assert "2\t乙办法\t青科字〔2011〕6号\t废止" in document.text.split("\n")


def test_a_row_with_a_long_cell_is_a_row_of_the_list() -> None:
    cells = [("1", "甲办法", SENTENCE), ("2", "乙办法", SENTENCE * 40), ("3", "丙办法", SENTENCE)]
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in cells)
    assert [line.split("\t")[:2] for line in shown(read_page(f"<table>{rows}</table>"), "row")] == [
        ["1", "甲办法"], ["2", "乙办法"], ["3", "丙办法"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("end", "told"),
    [("<td>2</td><td>乙办", True), ("<td>2</td><td>乙", True), ("<td>2<td>乙办法</body>", False), ("</table>", False)],
)
def test_a_page_that_breaks_off_in_a_table_is_told(end: str, told: bool) -> None:
    page = read_page(f"<p>{SENTENCE}</p><table><tr><td>1</td><td>甲办法</td></tr><tr>{end}")
    assert [problem.rule for problem in page.problems] == (["TRUNCATED"] if told else [])


def test_a_table_that_lays_out_the_page_is_no_table() -> None:
    page = f"<table><tr><td>左栏</td><td><p>{SENTENCE * 20}</p></td></tr><tr><td>左</td><td>右</td></tr></table>"
    assert not shown(read_page(page), "row")


MENU = "".join(f"<li><a href=/{n}>栏目{n}，要闻。动态，公告。</a></li>" for n in range(30))
FOOT = "<div class=foot><p>主办单位：青岚市人民政府办公室　备案号：鲁ICP备00000000号</p></div>"


def whole_page(main: str) -> str:
    return (
        "<html><head><title>青岚市创新券管理办法 - 青岚市人民政府</title><script>var a='甲，乙。';</script></head>"
        f"<body><div class=top><ul>{MENU}</ul></div><div class=wrap>{main}</div>{FOOT}</body></html>"
    )


@pytest.mark.parametrize(
    "container",
    [
        pytest.param("<div id=zoom>{}</div>", id="site rule"),
        pytest.param("<div class='TRS_Editor x'>{}</div>", id="class of a site system"),
        pytest.param("<div class=unheard-of>{}</div>", id="punctuation"),
        pytest.param("<div><!--ZJEG_RSS.content.begin-->{}<!--ZJEG_RSS.content.end--></div>", id="comments"),
    ],
)
def test_main_text_without_menus(container: str) -> None:
    text = f"<p>青科字〔2017〕3号</p><p>{SENTENCE}</p><p>青岚市科学技术局</p><p>2017年6月27日</p>"
    document = read_page(whole_page("<h1>青岚市创新券管理办法</h1>" + container.format(text)))
    assert shown(document, "heading") == ["青岚市创新券管理办法"]
    assert shown(document)[-4:] == ["青科字〔2017〕3号", SENTENCE, "青岚市科学技术局", "2017年6月27日"]
    assert "栏目" not in document.text
    assert "主办单位" not in document.text


def test_comments_mark_a_part_of_an_element() -> None:
    main = f"<p>来源，编辑。打印，关闭。</p><!-- ZJEG_RSS.content.begin -->首句，{SENTENCE}<p>{SENTENCE}</p>"
    document = read_page(whole_page(main + "<!--ZJEG_RSS.content.end--><p>上一篇，下一篇。</p>"))
    assert shown(document) == ["首句，" + SENTENCE, SENTENCE]


def test_empty_containers_without_end_take_linear_time() -> None:
    assert read_page("<div class=zoom>" * 1500 + "<b></b>" * 20_000 + "正文").text == "正文"


def test_a_merged_cell_of_a_hostile_table_is_not_repeated_without_end() -> None:
    wide = "".join(f"<td rowspan=1000>{'甲' * 500}</td>" for _ in range(200))
    document = read_page(f"<p>正文。</p><table><tr>{wide}</tr>{'<tr><td>乙</td></tr>' * 999}</table>")
    assert len(document.text) < 2_000_000


def test_the_merged_cells_of_thousands_of_tables_are_not_repeated_without_end() -> None:
    hanging = "<td rowspan=100>" + "甲" * 100
    table = f"<table><tr>{hanging * 20}</tr>{'<tr><td>乙</td></tr>' * 99}</table>"
    document = read_page(f"<p>正文。</p>{table * 100}")
    assert len(document.text) < 2_000_000
    assert document.text.count("乙") == 9900  # what a row has of its own stays


def test_a_span_beyond_the_end_of_a_table_repeats_nothing() -> None:
    table = "<table><tr><td rowspan=1000>科</td><td>一</td></tr><tr><td>二</td></tr></table>"
    document = read_page(f"<p>正文。</p>{table * 600}")
    assert document.text.endswith("科\t一\n科\t二")


def test_rows_under_many_hanging_cells_take_linear_time() -> None:
    wide = "<td rowspan=1000>" * 2000
    assert (
        "乙" in read_page(f"<p>正文。</p><table><tr>{wide}</tr>{'<tr>' * 999}<tr><td>乙</td><td>丙</td></table>").text
    )


def test_title_is_not_doubled() -> None:
    body = f"<div id=zoom><p>青岚市创新券</p><p>管理办法</p><p>{SENTENCE}</p></div>"
    assert not shown(read_page(whole_page("<h1>青岚市创新券管理办法</h1>" + body)), "heading")


@pytest.mark.parametrize(
    ("around", "expected"),
    [
        pytest.param(
            "<h1>青岚市水利局关于节约用水的通知</h1><p>青水发〔2023〕5号</p>",
            ["青岚市水利局关于节约用水的通知", "青水发〔2023〕5号"],
            id="number below the title",
        ),
        pytest.param(
            "<h1>青岚市水利局<br>关于节约用水<br>的通知</h1>",
            ["青岚市水利局关于节约用水的通知"],
            id="title on three lines",
        ),
        pytest.param(
            "<h1>青岚市水利局关于节约用水的通知（青水发〔2023〕5号）</h1>",
            ["青岚市水利局关于节约用水的通知（青水发〔2023〕5号）"],
            id="title with its number",
        ),
        pytest.param(
            "<h1>青岚市人民政府令</h1><p>第 15 号</p>",
            ["青岚市人民政府令", "第 15 号"],
            id="order that <title> does not name",
        ),
        pytest.param(
            "<h1>青岚市水利局关于节约用水的通知</h1><p>（2023年5月6日青岚市人民政府令第6号公布）</p>",
            ["青岚市水利局关于节约用水的通知", "（2023年5月6日青岚市人民政府令第6号公布）"],
            id="who made it and when",
        ),
    ],
)
def test_cover_outside_the_text(around: str, expected: list[str]) -> None:
    title = "<title>青岚市水利局关于节约用水的通知_青岚市政府网</title>"
    page = read_page(f"<html><head>{title}</head><body>{around}<div id=zoom><p>{SENTENCE}</p></div></body></html>")
    assert shown(page, "heading", "paragraph") == [*expected, SENTENCE]


def test_a_fragment_keeps_all_of_itself() -> None:
    document = read_page(f"<div class=TRS_Editor><p>{SENTENCE}</p></div><a href=x.xls>附件1：预算表.xls</a>")
    assert shown(document) == [SENTENCE, "附件1：预算表.xls"]


@pytest.mark.parametrize(
    "markup", ["<html><head><title>空</title></head><body><script>x</script><img src=a.png></body></html>", "<html>"]
)
def test_a_page_without_text_is_no_success(markup: str) -> None:
    with pytest.raises(NoTextLayer):
        read_page(markup)
