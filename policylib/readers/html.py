"""Web pages, whole as saved or as fragments: metadata lines, the title, and the main text.

The main text is found by the containers that Chinese site systems use, else as the smallest block that holds 85 % of
the sentence punctuation outside links. That rule lost nothing on 102 of 102 real pages, where trafilatura cut a
regulation in half and readability lost three whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from lxml import etree

from policylib.marks import banner
from policylib.model.document import Document, Problem, Source
from policylib.readers import html_metadata, metadata
from policylib.readers.encoding import decode
from policylib.readers.guard import Limits, check_size
from policylib.readers.html_links import Links, base_of, saved_from
from policylib.readers.html_tree import Element, hides_text, is_hidden, lines, parse, stream_lines
from policylib.readers.layout import Line, Repeats, cleaned, compose
from policylib.readers.marks import ATTRIBUTE, take_banners
from policylib.readers.sniff import HTML_ANYWHERE

DECLARED = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
MARKED = "zjeg-rss-content"
SITE_IDS = ("ucapcontent", "ucap-content", "zoomcon", "zoom", "vsb_content", "info_cont")
SITE_CLASSES = (
    "trs_editor", "trs_editor_view", "trs_ueditor", "info_cont", "article-content", "pages_content", "b12c",
    "v_news_content", MARKED,
)  # fmt: skip
BODY_BEGIN = re.compile(r"<!--\s{0,9}ZJEG_RSS\.content\.begin\s{0,9}-->")  # 大汉 (Hanweb) marks the text in comments
BODY_END = re.compile(r"<!--\s{0,9}ZJEG_RSS\.content\.end\s{0,9}-->")
PUNCTUATION = re.compile("[，。；！？]")  # not ：、 that fill metadata tables and menus
CONTAINERS = frozenset(
    "html body div td section article main center form table tbody tr fieldset dl dd".split()  # noqa: SIM905
)
CONTAINER_SHARE = 0.85
MOST_CONTAINERS = 100  # a page has two or three; each candidate without punctuation is searched for text
SITE_SHARE = 0.5  # `#zoom` is sometimes the font switch: a site's container must hold half of the punctuation at least
ANNEX = re.compile(r"附件|.{1,200}\.(?:docx?|pdf|xlsx?|wps|et|ofd|zip|rar|jpg)$", re.IGNORECASE)
"""A line after the text of a fragment that belongs to it: a database puts its links to annexes there."""
TRUNCATED = Problem("TRUNCATED", "网页在表格中间断了，后面的内容可能缺失；请重新下载或保存")
TITLE_LENGTH = 6  # 关于…的通知; shorter headings above a text are column names
TITLE_LINES = 5  # above the last one, over which a title is broken
SITE_TAIL = re.compile(r"[-_|—－]")
TITLE_REACH = 400  # characters at the head of the text within which its own title stands
NUMBER_LINE = re.compile(
    r"[（(]?(?:[\u3400-\u9fff]{2,22}(?:[（(][\u3400-\u9fff]{1,4}[）)][\u3400-\u9fff]{0,4})?\s?"
    r"[〔\[【（(﹝［]\s?\d{4}\s?[〕\]】）)﹞］]|[\u3400-\u9fff]{2,30}(?:令|公告|通告)|\d{4}年)?\s?"
    r"第?\s?[\d一二三四五六七八九十百]{1,5}\s?号[）)]?|[（(]\d{4}年\d{1,2}月\d{1,2}日.{4,200}[）)]"
)
"""A line that is the number of the paper: 岚政办发〔2023〕15号, 第 215 号, （2023年第15号）; or who made the
rules and when."""


def read(data: bytes, source: Source, limits: Limits) -> Document:
    """The document of a page. Raises NoTextLayer when the page has no text, TooLarge when it is over the limit.

    Problems: ENCODING_GUESSED (bytes that fit no encoding), DEPTH (nested so deep that tables were not recognised),
    HIDDEN_TEXT (words in the text that a browser does not show), TRUNCATED (the page ends within a table).
    """
    check_size(len(data), limits.plain_bytes, source.path)
    decoded = decode(data, declared_charset(data))
    text, problems = decoded.text, list(decoded.problems)
    if _breaks_off(text):
        problems.append(TRUNCATED)
    page = parse(_with_container(text))
    if page.cut:
        problems.append(Problem("DEPTH", "网页标记嵌套过深，已按文字顺序读取，表格未还原"))
        return compose(stream_lines(text), source, problems)
    url = html_metadata.address(page.root) or saved_from(text) or source.url
    links = Links(base_of(page.root, url or ""))
    fragment = HTML_ANYWHERE.search(text) is None
    banners = take_banners(page.root) if ATTRIBUTE in text else []
    main = main_text(page.root, fragment)
    if hides_text(main):
        problems.append(Problem("HIDDEN_TEXT", "网页正文含隐藏文字，未读入正文"))
    marks = (Line("header", one) for one in dict.fromkeys(banners))
    found = [*marks, *page_lines(page.root, main, links, fragment)]
    return compose(found, replace(source, url=url), problems)


def _breaks_off(text: str) -> bool:
    """Whether a page ends within a table: neither that nor the page is closed. Other elements are often left open."""
    markup = text.lower()
    table = markup.rfind("<table")
    return table >= 0 and not any(end in markup[table:] for end in ("</table", "</body", "</html"))


def _with_container(text: str) -> str:
    """The page with an element in place of the comments that mark its text."""
    begin = BODY_BEGIN.search(text)
    end = BODY_END.search(text, begin.end()) if begin else None
    if begin is None or end is None:
        return text
    inside = text[begin.end() : end.start()]
    return f'{text[: begin.start()]}<div class="{MARKED}">{inside}</div>{text[end.end() :]}'


def markup_lines(data: bytes, address: str = "", repeats: Repeats | None = None) -> list[Line]:
    """The lines of a page that is the text itself, without navigation: a part of a docx or mht file."""
    text = decode(data, declared_charset(data)).text
    page = parse(text)
    if page.cut:
        return stream_lines(text)
    return list(Links(base_of(page.root, address)).in_text(lines(page.root, repeats=repeats)))


def declared_charset(data: bytes) -> str:
    """What the page calls its own encoding."""
    match = DECLARED.search(data[:4096])
    return match[1].decode("ascii", errors="replace") if match else ""


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What stands before and after the main text."""

    before: list[Line]
    after: list[Line]


def page_lines(root: Element, main: Element, links: Links, fragment: bool) -> Iterator[Line]:
    """Metadata, marks (本文件已废止), title and text of a page, in this order, then the links beside the text. `main`
    holds the text."""
    repeats = Repeats()
    body = cleaned(lines(main, repeats=repeats))
    around = _surroundings(root, main, repeats)
    body, own = _own_metadata(body)
    entries = html_metadata.entries(root, around.before, around.after)
    for text in dict.fromkeys(str(entry) for entry in (*entries, *own)):
        yield Line("metadata", text)
    yield from (Line("header", line.text) for line in around.before if not line.cells and banner(line.text))
    title, below = _title(root, around.before, body)
    if title:
        yield Line("heading", title)
        yield from (Line("paragraph", line.text) for line in around.before[below:] if NUMBER_LINE.fullmatch(line.text))
    yield from links.in_text(body)
    if fragment:
        yield from links.in_text(line for line in around.after if ANNEX.match(line.text))
    yield from links.beside((*around.before, *around.after))


def main_text(root: Element, fragment: bool) -> Element:
    """The smallest element that holds the main text."""
    scores = _scores(root)
    total = scores.get(root, 0)
    repeats = Repeats()
    for element in islice(_site_containers(root), MOST_CONTAINERS):
        if scores.get(element, 0) >= total * SITE_SHARE and any(True for _ in lines(element, repeats=repeats)):
            return element
    if fragment:
        return root
    current = root
    while True:
        larger = [
            child for child in current if child.tag in CONTAINERS and scores[child] >= scores[root] * CONTAINER_SHARE
        ]
        if not larger or total == 0:
            return current
        current = larger[0]


def _scores(root: Element) -> dict[Element, int]:
    """How much sentence punctuation every element holds outside links and hidden parts, in one pass."""
    scores: dict[Element, int] = {}
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, node in walk:
        if event == "start":
            scores[node] = len(PUNCTUATION.findall(node.text or ""))
            if node.tag == "a" or (node is not root and is_hidden(node)):
                scores[node] = 0
                walk.skip_subtree()
        elif (parent := node.getparent()) is not None and node is not root:
            scores[parent] += scores[node] + len(PUNCTUATION.findall(node.tail or ""))
    return scores


def _site_containers(root: Element) -> Iterator[Element]:
    """Elements that a site system names as the text, the most telling names first."""
    named: dict[str, list[Element]] = {}
    for node in root.iter():
        for name in {(node.get("id") or "").lower(), *(node.get("class") or "").lower().split()}:
            if name:
                named.setdefault(name, []).append(node)
    for name in (*SITE_IDS, *SITE_CLASSES):
        yield from named.get(name, ())


def _surroundings(root: Element, main: Element, repeats: Repeats) -> _Surroundings:
    """The lines outside the main text."""
    before: list[Line] = []
    after: list[Line] = []
    for ancestor in (main, *main.iterancestors()):
        if ancestor is root:
            break
        before[:0] = _siblings(reversed(list(ancestor.itersiblings(preceding=True))), repeats)
        after.extend(_siblings(ancestor.itersiblings(), repeats))
    return _Surroundings(cleaned(before), cleaned(after))


def _siblings(nodes: Iterable[Element], repeats: Repeats) -> list[Line]:
    found: list[Line] = []
    for node in nodes:
        if not is_hidden(node):
            found.extend(lines(node, "leaf", repeats))
        if node.tail and node.tail.strip():
            found.append(Line("paragraph", node.tail))
    return found


def _own_metadata(body: list[Line]) -> tuple[list[Line], list[metadata.Entry]]:
    """The text without a label/value table that opens it, and that table's entries."""
    start = next((place for place, line in enumerate(body[:6]) if line.cells), None)
    if start is None:
        return body, []
    stop = next((place for place in range(start, len(body)) if not body[place].cells), len(body))
    entries = metadata.in_table([line.cells for line in body[start:stop]])
    return (body[:start] + body[stop:], entries) if entries else (body, [])


def _title(root: Element, before: list[Line], body: list[Line]) -> tuple[str, int]:
    """The page's own title above the text, unless the text begins with it, and the place behind it in `before`."""
    shown = html_metadata.page_title(root)
    named = _squeeze(shown)
    names = tuple(name for one in shown.split("\n") if len(name := _squeeze(SITE_TAIL.split(one)[0])) > TITLE_LENGTH)
    for place in range(len(before) - 1, -1, -1):
        line = before[place]
        squeezed = _squeeze(line.text)
        known = bool(named) and (squeezed in named or squeezed.startswith(names))  # …的通知（岚政办发〔2023〕15号）
        if line.cells or "位置：" in squeezed or metadata.in_line(line.text):
            continue
        if len(squeezed) < TITLE_LENGTH and not (known and len(squeezed) > 2):
            continue
        numbered = place + 1 < len(before) and NUMBER_LINE.fullmatch(before[place + 1].text)
        if known or (line.kind == "heading" and (not named or numbered)):
            words = _with_lines_above(before, place, named) if known else line.text
            if len(_squeeze(words)) < TITLE_LENGTH:
                continue
            opening = _squeeze("".join(part.text for part in body[:12]))[:TITLE_REACH]
            return "" if _squeeze(words) in opening else words, place + 1
    return _title_of_window(shown, body), len(before)


def _title_of_window(shown: str, body: list[Line]) -> str:
    """The title that only the window shows, of a text that begins with its number."""
    first = next((line.text for line in body if not line.cells and line.text.strip()), "")
    names = [
        name for one in shown.split("\n") if len(_squeeze(name := SITE_TAIL.split(one)[0].strip())) >= TITLE_LENGTH
    ]
    return names[0] if names and NUMBER_LINE.fullmatch(first.strip()) else ""


def _with_lines_above(before: list[Line], place: int, named: str) -> str:
    """The title with its first lines, where it is broken: 岚州市人民政府办公室 | 关于节约用水 | 管理办法的通知."""
    words = before[place].text
    for line in reversed(before[max(0, place - TITLE_LINES) : place]):
        if line.cells or len(_squeeze(line.text)) < 2 or _squeeze(line.text + words) not in named:
            break
        words = line.text + words
    return words


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)
