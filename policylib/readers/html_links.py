"""The links of a page that belong to its text: those in it, and beside it interpretations, attachments and originals.

Pages of gz.gov.cn list 【政策解读】《…》, 【一图读懂】《…》 beside the text, once for desktops and once for telephones,
among a hundred links of navigation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin, urlsplit

from policylib.readers.addresses import absolute
from policylib.readers.html_tree import Element
from policylib.readers.layout import Line, clean

FILE = re.compile(r"\.(?:docx?|wps|rtf|odt|pdf|ofd|ceb|xlsx?|et|ods|pptx?|zip|rar|7z)$", re.IGNORECASE)
EXPLAINS = re.compile("解读|读懂|图解|图说|答记者问|政策问答")
EXPLAINS_ALONE = re.compile(
    r"[【\[]?(?:一图读懂|图解|(?:文字|图片|图文|视频|音频|媒体|专家|部门|动漫)解读|答记者问)[】\]]?"
)
ORIGINAL = re.compile(r"(?:政策|文件|查看)?原文(?:链接|下载|[:：《]|$)|(?:政策|相关|配套|解读)文件[:：《]")
LIST_HEADING = re.compile(
    r"[【\[]?(?:(?:相关|政策|文件|关联)?解读(?:材料|文件|信息|链接)?|(?:相关|关联|解读的?|配套)(?:政策|文件)"
    r"|(?:相关|文件)?附件(?:下载)?|(?:政策|文件)?原文(?:链接)?)[】\]]?[:：]?"
)
TITLE_LENGTH = 12  # 新闻发布会及政策解读 is a column of ten characters; the title of an interpretation is longer
LISTED_LENGTH = 8  # under a heading that says what the list holds
COLUMN = re.compile(r"(?:^|/)(?:(?:index|list|node|default)[\d_-]*(?:\.\w{2,5})?)?$", re.IGNORECASE)
SAVED_FROM = re.compile(r"<!--\s{0,9}saved from url=\(\d{1,6}\)(https?://\S{1,2000})\s{0,9}-->", re.IGNORECASE)
HEAD = 4096


@dataclass(slots=True)
class Links:
    """The links of one page, as absolute addresses where the page says its own."""

    base: str
    seen: set[str] = field(default_factory=set)  # addresses and headings

    def in_text(self, lines: Iterable[Line]) -> Iterator[Line]:
        """The lines of the text with those of their links that lead somewhere."""
        for line in lines:
            if not line.links:
                yield line
                continue
            found = [(words, absolute(self.base, address)) for words, address in line.links]
            kept = tuple((words, address) for words, address in found if address)
            self.seen.update(_key(address) for _, address in kept)
            yield replace(line, links=kept)

    def beside(self, lines: Iterable[Line]) -> Iterator[Line]:
        """Lines of furniture: the links around the text that belong to it, each once, and the headings of their lists.
        Call it after `in_text`, whose links are not given again."""
        heading = waiting = ""
        for line in lines:
            if not line.links:
                shown = clean(line.text) or " ".join(filter(None, line.cells))
                if LIST_HEADING.fullmatch(shown):
                    heading = waiting = shown
                elif len(shown) > TITLE_LENGTH:
                    heading = waiting = ""
            for words, address in line.links:
                target = absolute(self.base, address)
                if not target or _key(target) in self.seen or not belongs(words, target, bool(heading)):
                    continue
                self.seen.add(_key(target))
                if waiting and waiting not in self.seen:
                    self.seen.add(waiting)
                    yield Line("furniture", waiting)
                waiting = ""
                yield Line("furniture", words, links=((words, target),))


def _key(address: str) -> str:
    """An address without http: or https:, which a page mixes."""
    return address.partition("://")[2] or address


def belongs(words: str, address: str, listed: bool) -> bool:
    """Whether a link beside a text is of an interpretation, an attachment or an original, not of navigation."""
    parts = urlsplit(address)
    if FILE.search(parts.path) or FILE.search(parts.query) or FILE.search(words):
        return True
    if COLUMN.search(parts.path) and not parts.query:
        return False
    if listed and len(words) >= LISTED_LENGTH:
        return True
    if EXPLAINS.search(words):
        titled = "《" in words or len(words) >= TITLE_LENGTH
        return titled or EXPLAINS_ALONE.fullmatch(words) is not None
    return ORIGINAL.match(words) is not None


def base_of(root: Element, address: str) -> str:
    """What relative addresses of a page are relative to: its <base>, else where it was."""
    base = root.find(".//base[@href]")
    own = "" if base is None else "".join(clean(base.get("href") or "").split())
    try:
        return urljoin(address, own)
    except ValueError:
        return address


def saved_from(text: str) -> str:
    """The address that browsers write into the pages they save, in a comment at their head."""
    match = SAVED_FROM.search(text[:HEAD])
    return match[1] if match else ""
