"""What a page says about its text: <meta> tags, the label/value block above it, and values that only scripts hold.

Four shapes are known:
(a) a table 索引号/分类/发布机构/… and the same as JSON `DETAIL:{…}` (Guangdong gkmlpt);
(b) a list `<li><span>统一编号：</span>…` whose status stands only in a script (gz.gov.cn);
(c) the table of gov.cn with `<b>索 引 号：</b>`;
(d) lines such as 发布时间：… 来源：….
Comments are never read: one page keeps a stale 文件状态 现行有效 in a comment.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta, timezone

from policylib.readers.html_tree import Element
from policylib.readers.layout import Line, clean
from policylib.readers.metadata import (
    PUBLISHED,
    PUBLISHED_LABELS,
    Entry,
    in_lines,
    in_row,
    publish_time,
    under_heads,
)

META_NAMES = {
    name.lower(): name
    for name in (
        "ArticleTitle", "PubDate", "ContentSource", "Author",
        "SiteName", "SiteIDCode", "ColumnName", "ColumnType", "Url",
    )
}  # fmt: skip
"""The tags of an article page (GB/T practice of government sites) that tell of the article; keywords and descriptions
are of the site, and name policies that the page is not about."""
STATUS = re.compile(r"\bfile_status\s*=\s*(['\"])(?P<value>[^'\"\n]{1,40})\1")
DETAIL = re.compile(r"\bDETAIL\s*[:=]\s*(?=\{)")
DETAIL_LABELS = {
    "identifier": "索引号",
    "title": "名称",
    "document_number": "文号",
    "publisher": "发布机构",
    "date": "成文日期",
    "create_time": "成文日期",
    "display_publish_time": "发布日期",
    "classify_main_name": "分类",
    "validity": "有效性",
    "expired_time": "失效日期",
}
WEB_ADDRESS = re.compile(r"https?://\S{1,2000}")
PLACEHOLDER = re.compile(r"(?:9999|0000)-(?:99|00)-(?:99|00)(?:\s(?:99|00):(?:99|00)(?::(?:99|00))?)?")
"""A date field that nobody filled in."""
NEAR = 30  # lines above the text in which its publish time stands
BEIJING = timezone(timedelta(hours=8))
LATEST_SECONDS = 4_102_444_800  # 2100; a larger figure is no time


def entries(root: Element, before: Sequence[Line], after: Sequence[Line]) -> list[Entry]:
    """All entries of a page: visible ones, those of scripts, then those of <meta>. The first value of a label wins.

    Before the text every line counts, after it only tables: a foot says 主办单位 and 来源 of the site.
    """
    found: dict[str, Entry] = {}
    for entry in (*visible(before), *visible(line for line in after if line.cells), *in_scripts(root)):
        found.setdefault(entry.label, entry)
    time = "" if PUBLISHED_LABELS & found.keys() else _unlabelled_time(before[-NEAR:])
    if time and all(entry.value != time for entry in found.values()):  # 发文日期 with its value on the line below
        found[PUBLISHED] = Entry(PUBLISHED, time)
    return [entry for entry in (*found.values(), *in_head(root)) if not PLACEHOLDER.fullmatch(entry.value)]


def visible(around: Iterable[Line]) -> Iterator[Entry]:
    """The entries of tables, lists and lines around the text."""
    texts: list[Line] = []
    above: Line | None = None
    for line in around:
        if line.cells:
            yield from (above and under_heads(above.cells, line.cells)) or in_row(line.cells)
        else:
            texts.append(line)
        above = line if line.cells else None
    yield from in_lines(texts)


def in_head(root: Element) -> Iterator[Entry]:
    """The <meta> tags that tell of the article, under the names that the standard gives them.

    A page without the tags of the standard has only those of its editor (Author: python-docx).
    """
    posted = root.find(".//meta[@property='article:published_time']")
    if posted is not None and not _meta(root, "pubdate") and (day := clean(posted.get("content") or "")[:10]):
        yield Entry("PubDate", day)
    if not any(_meta(root, name) for name in ("articletitle", "pubdate", "contentsource", "sitename")):
        return
    for name, label in META_NAMES.items():
        value = _meta(root, name)
        if value:
            yield Entry(label, value)


def address(root: Element) -> str | None:
    """Where the page was, if it says so: by the tag of the standard, else by those for search engines."""
    canonical = root.find(".//link[@rel='canonical']")
    shared = root.find(".//meta[@property='og:url']")
    values = (_meta(root, "url"), canonical.get("href") if canonical is not None else "",
              shared.get("content") if shared is not None else "")  # fmt: skip
    return next((value for value in map(clean, filter(None, values)) if WEB_ADDRESS.fullmatch(value)), None)


def page_title(root: Element) -> str:
    """The title of the article by ArticleTitle and <title>, each of which is wrong on some pages."""
    title = root.find(".//title")
    shown = "" if title is None else clean("".join(str(text) for text in title.itertext()))
    return f"{_meta(root, 'articletitle')}\n{shown}"


def _meta(root: Element, name: str) -> str:
    for tag in root.iter("meta"):
        if (tag.get("name") or "").strip().lower() == name and (value := clean(tag.get("content") or "")):
            return value
    return ""


def in_scripts(root: Element) -> Iterator[Entry]:
    """Values that a page shows only by its scripts: the status of gz.gov.cn and the record of gkmlpt pages."""
    for script in root.iter("script"):
        text = script.text or ""
        if match := STATUS.search(text):
            yield Entry("文件状态", match["value"].strip())
        if match := DETAIL.search(text):
            yield from _detail(text[match.end() :])


def _detail(text: str) -> Iterator[Entry]:
    try:
        record, _ = json.JSONDecoder().raw_decode(text)
        inner = record.get("gkml_data")
        if isinstance(inner, str):
            inner = json.loads(inner)
    except (ValueError, RecursionError):
        return
    fields = {**record, **inner} if isinstance(inner, dict) else record
    for key, label in DETAIL_LABELS.items():
        if value := _value(fields.get(key), label):
            yield Entry(label, value)
    if fields.get("is_abolished") in (1, True, "1", "true"):
        yield Entry("文件状态", "废止")


def _value(value: object, label: str) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and label.endswith("日期"):
        return datetime.fromtimestamp(value, BEIJING).strftime("%Y-%m-%d") if 0 < value < LATEST_SECONDS else ""
    return clean(value) if isinstance(value, str) else ""


def _unlabelled_time(near: Sequence[Line]) -> str:
    """The time in the line nearest above the text, as in `2017-6-27 10:40:54点击：`."""
    times = (publish_time(line.text) for line in reversed(near) if not line.cells)
    return next((time for time in times if time), "")
