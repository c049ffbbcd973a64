"""A document laid out: each of its lines with its role (domain.md §1.1)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from policylib.extract.cover import mark_cover, mark_history, mark_title_again
from policylib.extract.layout import Layout, Line, LineRole, set_role
from policylib.extract.legislation import is_history
from policylib.extract.signoff import inline_signoff, instrument_title, mark_signoff, mark_what_follows
from policylib.extract.titles import doc_type_of
from policylib.model import Document, NumberMention, Span

HEAD_LINES: Final = 12  # among which the cover of a paper stands
# Each alternative begins with its character: `re` then looks at each place for one of a set first.
_FURNITURE = re.compile(
    r"你的位置|当前位置|您的位置|您现在的位置|现在位置|首页 ?[>》\-]|> ?首页|点击[:数量]|浏览次数|阅读次数|访问量|"
    r"设为首页|加入收藏|收藏本站|热门站点|用户名 |忘记密码|"
    r"字体|字号:|打印本页|扫一扫|分享到|我要纠错|返回顶部|点击(?:上方|蓝字)|关注我们|长按识别|"
    r"原文链接|政策解读链接|下载链接|关闭窗口|【打印】|【关闭】|上一篇|下一篇|责任编辑"
)
_FURNITURE_OPENING = re.compile(
    r"(?:特急|加急|平急|特提|紧急)$|(?:绝密|机密|秘密)[★☆ \d年个月]*$|[★☆*＊ ]+$|阅读 ?\d|"
    r"[【\[][^】\]]{2,14}文件[】\]]$|.{2,20}公报 ?\d{4}年第\d{1,3}[期号]|本[报网台刊](?:记者|讯|通讯员)|"
    r"(?:(?:发布)?(?:时间|日期):)?\d{4}[-/.]\d{1,2}[-/.]\d{1,2} ?(?:\d{1,2}:\d\d(?::\d\d)?)?.{0,20} (?:来源|作者):|"
    r"(?:网站)?首页|朗读$|[听聽]全文|>|来源:|信息来源:|作者:|下载地址|浏览(?:量|次数)? *:"
)


def lay_out(
    document: Document,
    folded: str,
    numbers: tuple[NumberMention, ...],
    labelled: Callable[[Sequence[Line]], Iterable[int]],
) -> Layout:
    """Give each block of the document its role. `folded` is the document's folded text; `labelled` tells which lines
    are label and value."""
    lines = [_line(folded, block.kind, block.span, block.cells) for block in document.blocks]
    _part_numbers(lines, numbers)
    _part_history(lines)
    _furniture(lines)
    _posted(lines)
    for index in labelled(lines):
        set_role(lines, index, "metadata")
    first = next((i for i, line in enumerate(lines) if line.role == "body"), len(lines))
    below = mark_history(lines, mark_cover(lines, first, numbers, folded))
    cover_end = mark_title_again(lines, below, numbers)
    signoff = mark_signoff(lines, cover_end)
    if signoff is not None:
        mark_what_follows(lines, signoff)
    titles = [line.span for line in lines[:cover_end] if line.role == "title"]
    return Layout(
        lines=tuple(lines),
        title=Span(titles[0].start, titles[-1].end) if titles else None,
        signoff=signoff,
        inline_signoff=inline_signoff(lines) if signoff is None else None,
        instrument_title=instrument_title(lines, signoff),
    )


_ROLES: Final[dict[str, LineRole]] = {kind: kind for kind in ("metadata", "header", "furniture", "row")}


def _line(folded: str, kind: str, span: Span, cells: tuple[Span, ...]) -> Line:
    role = _ROLES.get(kind, "body")
    text = folded[span.start : span.end]
    bare = text.strip()
    if bare == text:
        return Line(span, text, role, cells)
    start = span.start + len(text) - len(text.lstrip())
    return Line(Span(start, start + len(bare)), bare, role, cells)


_ADDRESSES = re.compile(r" ?各[^。;《》:]{1,200}:")


def _part_numbers(lines: list[Line], numbers: tuple[NumberMention, ...]) -> None:
    """Where a line break was lost between the number and the addressee (岚科发〔2020〕8号各县区科技局：), two lines."""
    for index, line in enumerate(lines[:HEAD_LINES]):
        number = next((one for one in numbers if one.span.start == line.span.start), None)
        if line.role != "body" or number is None:
            continue
        size = number.span.end - line.span.start
        if _ADDRESSES.match(line.text, size):
            lines[index : index + 1] = _parted(line, size, size)
            return


_HISTORY_RUN_ON = re.compile(r"(?P<history>\([^。]{12,400}?\)) ?(?=第[一1] ?[条章])")


def _part_history(lines: list[Line]) -> None:
    """Where the break was lost between the history of a statute and its first article ((2024年7月30日…令第271号公布)
    第一条 为了…), two lines."""
    for index, line in enumerate(lines[:HEAD_LINES]):
        if line.role != "body" or not line.text.startswith("("):
            continue
        match = _HISTORY_RUN_ON.match(line.text)
        if match and is_history(match["history"]):
            lines[index : index + 1] = _parted(line, match.end("history"), match.end())
            return


def _parted(line: Line, end: int, start: int) -> list[Line]:
    """The line as two: until `end`, and from `start` on."""
    begins = line.span.start
    return [
        Line(Span(begins, begins + end), line.text[:end], line.role),
        Line(Span(begins + start, line.span.end), line.text[start:], line.role),
    ]


def _furniture(lines: list[Line]) -> None:
    """Navigation and page tools, at the head and the tail of a page that a reader could not tell apart."""
    for index, line in enumerate(lines):
        near_edge = index < HEAD_LINES or index >= len(lines) - 6
        if not near_edge or line.role != "body" or len(line.text) >= 120:
            continue
        if _FURNITURE.search(line.text) or _FURNITURE_OPENING.match(line.text):
            set_role(lines, index, "furniture")


_PAGE_TIME = re.compile(
    r"(?:[^。,:;《》]{1,20} )?(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日? \d{1,2}:\d\d(?::\d\d)?"
    r"(?: [^。,:《》]{1,10})?"
)
_ACCOUNT: Final = 12  # characters; the name of an account above the time of its post
_PLACE: Final = 4  # characters; a province below it


def _posted(lines: list[Line]) -> None:
    """The head of a post in an app: the account, the time, the place, as furniture: 岚州发布 2024-03-11 18:30 岚州."""
    for index, line in enumerate(lines[: HEAD_LINES // 2]):
        if line.role != "body" or not _PAGE_TIME.fullmatch(line.text):
            continue
        set_role(lines, index, "furniture")
        above = lines[index - 1] if index == 1 else None
        if above and above.role == "body" and len(above.text) <= _ACCOUNT and not doc_type_of(above.text):
            set_role(lines, 0, "furniture")
            if index + 1 < len(lines) and len(lines[index + 1].text) <= _PLACE:
                set_role(lines, index + 1, "furniture")
