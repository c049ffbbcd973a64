"""The lines of a paper by their place on it: page furniture, cover, text, sign-off, what follows (domain.md §1.1)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal

from policylib.extract.dates import DATE_BEGINS, find_damaged_dates, find_dates
from policylib.extract.folding import text_key, title_key
from policylib.extract.legislation import is_history
from policylib.extract.organ_names import are_organs, is_organ
from policylib.extract.roles import TELLS
from policylib.extract.titles import doc_type_of
from policylib.model import Document, NumberKind, NumberMention, Span

LineRole = Literal[
    "metadata", "furniture", "header", "masthead", "title", "number", "history", "addressee", "body", "row",
    "signature", "date", "note", "annex", "imprint",
]  # fmt: skip

# Each alternative begins with its character: `re` then looks at each place for one of a set first.
_FURNITURE = re.compile(
    r"你的位置|当前位置|您的位置|您现在的位置|现在位置|首页 ?[>》\-]|> ?首页|点击[:数量]|浏览次数|阅读次数|访问量|"
    r"字体|字号:|打印本页|扫一扫|分享到|我要纠错|返回顶部|点击(?:上方|蓝字)|关注我们|长按识别|"
    r"原文链接|政策解读链接|下载链接|关闭窗口|【打印】|【关闭】|上一篇|下一篇|责任编辑"
)
_FURNITURE_OPENING = re.compile(
    r"(?:特急|加急|平急|特提|紧急)$|(?:绝密|机密|秘密)[★☆ \d年个月]*$|[★☆*＊ ]+$|阅读 ?\d|"
    r"[【\[][^】\]]{2,14}文件[】\]]$|.{2,20}公报 ?\d{4}年第\d{1,3}[期号]|本[报网台刊](?:记者|讯|通讯员)|"
    r"(?:(?:发布)?(?:时间|日期):)?\d{4}[-/.]\d{1,2}[-/.]\d{1,2} ?(?:\d{1,2}:\d\d(?::\d\d)?)?.{0,20} (?:来源|作者):|"
    r"(?:网站)?首页|>|来源:|信息来源:"
)
_NOTE = re.compile(r"^[(]?此件.{2,12}[)]?$")
_ANNEX_LIST = re.compile(r"^附件 ?[:](?=.)|^附 ?:")
_ANNEX_HEAD = re.compile(r"^附件 ?[\d一二三四五六七八九十]{0,3} ?[:]?$|^附 ?[\d一二三四五六七八九十]?$")
_IMPRINT = re.compile(r"印发$|^抄送 ?[:]|^主题词")
_BODY_OPENING = re.compile(
    r"^(?:第[一1]条|第[一1]章|一、|\(一\)|深入贯彻|全面落实|认真落实|贯彻落实|参照|年内|为(?:了|进一步|贯彻|深入|规范|加强|切实|做好|推动|推进|落实|适应|加快|全面|保障|防止)|根据|按照|近年来|经(?=.{0,30}(?:同意|批准|研究|审[议定查核]|讨论|通过|请示|核准))|现将|近日|"
    r"\d{4}年\d)"
)
_LEGAL_OPENING = re.compile(r"(?:为(?!民)|根据|按照|依据|依照|参照)")
_NO_ADDRESS = re.compile(r"(?:如下|以下|下列|包括|下面|是|为|指|问题|事项|要求|通知|公告|意见|解读|内容)[:]$")
_ARTICLE = re.compile(r"^第[一二三四五六七八九十百\d]+[条章]")
_CITED_LINE = re.compile(
    r"^《[^《》]*(?:《[^《》]*》[^《》]*)*》 ?(?:\([^()]*号[^()]*\))?[;。、,]?$|^\((?:19|20)\d\d年"
)
_HEADING = re.compile(r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d+[.、])")
MAX_TITLE_LINES: Final = 6
HEAD_LINES: Final = 12  # among which the cover of a paper stands
MAX_ADDRESS: Final = 400  # domain.md §1.1: 59 of 60 addressee lines are shorter


@dataclass(frozen=True, slots=True)
class Line:
    """A block with its folded text and its place on the paper."""

    span: Span
    text: str
    role: LineRole
    cells: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Layout:
    """All lines in order, and the places that elements are read from. `signoff` is the index of the date line."""

    lines: tuple[Line, ...]
    title: Span | None = None
    title_lines: tuple[Line, ...] = ()
    signoff: int | None = None
    inline_signoff: Span | None = None
    instrument_title: Span | None = None
    metadata: tuple[Line, ...] = field(default=())

    @cached_property
    def _by_role(self) -> dict[LineRole, tuple[Line, ...]]:
        found: dict[LineRole, list[Line]] = {}
        for line in self.lines:
            found.setdefault(line.role, []).append(line)
        return {role: tuple(lines) for role, lines in found.items()}

    def of(self, *roles: LineRole) -> tuple[Line, ...]:
        """The lines in one of these roles, in order; a score of readers ask for them."""
        present = [role for role in roles if role in self._by_role]
        if len(present) < 2:
            return self._by_role[present[0]] if present else ()
        return tuple(line for line in self.lines if line.role in present)


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
    _furniture(lines)
    _posted(lines)
    for index in labelled(lines):
        _set(lines, index, "metadata")
    first = next((i for i, line in enumerate(lines) if line.role == "body"), len(lines))
    cover_end = _history(lines, _cover(lines, first, numbers, folded))
    signoff = _signoff(lines, cover_end)
    if signoff is not None:
        _after(lines, signoff)
    title_lines = tuple(line for line in lines[:cover_end] if line.role == "title")
    title = Span(title_lines[0].span.start, title_lines[-1].span.end) if title_lines else None
    return Layout(
        lines=tuple(lines),
        title=title,
        title_lines=title_lines,
        signoff=signoff,
        inline_signoff=_inline_signoff(lines) if signoff is None else None,
        instrument_title=_instrument_title(lines, signoff),
        metadata=tuple(line for line in lines if line.role == "metadata"),
    )


_ROLES: Final[dict[str, LineRole]] = {kind: kind for kind in ("metadata", "header", "furniture", "row")}


def _line(folded: str, kind: str, span: Span, cells: tuple[Span, ...]) -> Line:
    role = _ROLES.get(kind, "body")
    text = folded[span.start : span.end]
    bare = text.strip()
    if len(bare) == len(text):
        return Line(span, text, role, cells)
    start = span.start + len(text) - len(text.lstrip())
    return Line(Span(start, start + len(bare)), bare, role, cells)


def _set(lines: list[Line], index: int, role: LineRole) -> None:
    line = lines[index]
    lines[index] = Line(line.span, line.text, role, line.cells)


_ADDRESSES = re.compile(r" ?各[^。;《》:]{1,200}:")


def _part_numbers(lines: list[Line], numbers: tuple[NumberMention, ...]) -> None:
    """Where a line break was lost between the number and the addressee (岚科发〔2020〕8号各县区科技局：), two lines."""
    for index, line in enumerate(lines[:HEAD_LINES]):
        number = next((one for one in numbers if one.span.start == line.span.start), None)
        if line.role != "body" or number is None:
            continue
        size = number.span.end - line.span.start
        if _ADDRESSES.match(line.text, size):
            rest = Span(number.span.end, line.span.end)
            lines[index : index + 1] = [
                Line(number.span, line.text[:size], "body"),
                Line(rest, line.text[size:], "body"),
            ]
            return


def _furniture(lines: list[Line]) -> None:
    """Navigation and page tools, at the head and the tail of a page that a reader could not tell apart."""
    for index, line in enumerate(lines):
        near_edge = index < HEAD_LINES or index >= len(lines) - 6
        if not near_edge or line.role != "body" or len(line.text) >= 120:
            continue
        if _FURNITURE.search(line.text) or _FURNITURE_OPENING.match(line.text):
            _set(lines, index, "furniture")


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
        _set(lines, index, "furniture")
        above = lines[index - 1] if index == 1 else None
        if above and above.role == "body" and len(above.text) <= _ACCOUNT and not doc_type_of(above.text):
            _set(lines, 0, "furniture")
            if index + 1 < len(lines) and len(lines[index + 1].text) <= _PLACE:
                _set(lines, index + 1, "furniture")


def _cover(lines: list[Line], first: int, numbers: tuple[NumberMention, ...], folded: str) -> int:
    """Mark title, number and addressee lines from `first` on; the index where the text proper begins."""
    index, titled = first, 0
    while index < len(lines) and index < first + 14:
        line = lines[index]
        if line.role in ("furniture", "metadata", "header"):
            index += 1
            continue
        if line.role == "row":
            break
        if titled and (is_history(line.text) or folded[lines[index - 1].span.end : line.span.start].strip(" \n#")):
            break  # what a reader took for no part of the text stands between, such as a comment: no title goes over it
        if not titled and _is_masthead(lines, index, numbers):
            _set(lines, index, "masthead")
        elif _is_number_line(line, numbers):
            _set(lines, index, "number")
        elif titled and _is_addressee(line):
            _set(lines, index, "addressee")
            index += 1
            break
        elif _is_date_line(line) and titled:
            _set(lines, index, "date")
        elif titled and _repeats_title(lines, index):
            _set(lines, index, "furniture")
        elif titled and lines[index - 1].role != "title":
            if not _names_it_fully(lines, index, numbers):
                break
            for above in range(first, index):
                if lines[above].role == "title":
                    _set(lines, above, "furniture")
            _set(lines, index, "title")
        elif _is_title_line(line, titled, lines, index, numbers):
            _set(lines, index, "title")
            titled += 1
        else:
            break
        index += 1
    _mast_above_title(lines, first, index)
    return index


def _history(lines: list[Line], cover_end: int) -> int:
    """Mark the steps of legislation below the title (题注); where the text proper begins."""
    for index in range(cover_end, len(lines)):
        if lines[index].role == "body" and is_history(lines[index].text):
            _set(lines, index, "history")
        elif lines[index].role not in ("furniture", "metadata", "header"):
            return index
    return len(lines)


def _mast_above_title(lines: list[Line], first: int, end: int) -> None:
    """Organ names on lines of their own above 关于… are 发文机关标志, unless that stands above them already, or the
    number follows below: a block of issuer, title and number, as government sites print it, is one title."""
    cover = [index for index in range(first, end) if lines[index].role in ("title", "number")]
    if any(lines[index].role == "masthead" for index in range(first, end)):
        return
    titles = [index for index in cover if lines[index].role == "title"]
    if not titles or any(index > titles[-1] and lines[index].role == "number" for index in cover):
        return
    heads = [index for index in titles[:-1] if _organ_line(lines[index].text)]
    if heads and heads == titles[: len(heads)] and re.match(r"关于|转发|印发", lines[titles[len(heads)]].text):
        for index in heads:
            _set(lines, index, "masthead")


def _is_masthead(lines: list[Line], index: int, numbers: tuple[NumberMention, ...]) -> bool:
    """发文机关标志: organ names, with 文件 or with the number directly below and the title below that."""
    if not _organ_line(lines[index].text):
        return False
    if lines[index].text.endswith("文件"):
        return True
    below = next((at for at in range(index + 1, len(lines)) if not _organ_line(lines[at].text)), len(lines))
    if below >= len(lines) - 1:
        return False
    if lines[below - 1].text.endswith("文件"):
        return True
    if not _is_number_line(lines[below], numbers):
        return False
    after = lines[below + 1]
    return not (_is_addressee(after) or _BODY_OPENING.match(after.text) or after.text.endswith("。"))


_PAPER = re.compile(r"(?:(?:行政)?规范性)?文件$")


def _organ_line(text: str) -> bool:
    if not text or len(text) > 60:
        return False
    bare = _PAPER.sub("", text.replace(" ", ""))
    return not bare or is_organ(bare)


LOUD: Final = r"(?:重磅|最新|刚刚|定了|官宣|关注|速看|转发|扩散|好消息|权威发布)[!！丨|｜][ \u3000]*(?=\S)"
"""With what a post in an app begins the title of a paper."""


def _names_it_fully(lines: list[Line], index: int, numbers: tuple[NumberMention, ...]) -> bool:
    """Whether the paper's own title stands here, above its number, after a post named its instrument only: 最新！岚州市
    招生工作方案 … 岚州市教育局关于印发岚州市招生工作方案的通知."""
    if index + 1 >= len(lines) or not _is_number_line(lines[index + 1], numbers):
        return False
    named = title_key(re.sub(LOUD, "", "".join(line.text for line in lines[:index] if line.role == "title")))
    key = title_key(lines[index].text)
    return len(named) >= 6 and named in key and key != named and doc_type_of(lines[index].text) is not None


def _repeats_title(lines: list[Line], index: int) -> bool:
    """A page prints its title above the metadata block, or as its heading, and again above the text. A few characters
    directly below may be the title's last line."""
    title = "".join(line.text for line in lines[:index] if line.role == "title")
    again = text_key(lines[index].text) in title_key(title)
    return again and (lines[index - 1].role != "title" or len(lines[index].text) > 10)


_ANSWERED = re.compile(r"[(〔\[][ABCD]类?[)〕\]]")
"""How an answer to a proposal is classed, beside its number: 岚卫提复〔2023〕31号（A）."""


def _is_number_line(line: Line, numbers: tuple[NumberMention, ...]) -> bool:
    """A line that is a number and little else: 淄科发〔2017〕3号, （吉政办发[2002]42号 二00二年八月二十九日）."""
    if len(line.text) > 60:
        return False
    inside = [one for one in numbers if line.span.overlaps(one.span)]
    if not inside:
        return False
    if len(line.text) <= 40 and any(one.number and one.number.kind is NumberKind.REGISTRATION for one in inside):
        return True
    rest = line.text
    for one in reversed(inside):
        start, end = max(0, one.span.start - line.span.start), one.span.end - line.span.start
        rest = rest[:start] + rest[end:]
    rest = _ANSWERED.sub("", rest)
    for found in find_dates(rest):
        rest = rest.replace(found.span.of(rest), "", 1)
    if TELLS.search(rest):
        return False
    return len(rest.strip(" ()第文件、,:·")) <= 4 or rest.strip(" ,").startswith(("签发人", "文号", "发文字号"))


def _is_addressee(line: Line) -> bool:
    return line.text.endswith(":") and len(line.text) < MAX_ADDRESS and not _NO_ADDRESS.search(line.text)


def _is_date_line(line: Line) -> bool:
    if len(line.text) > 40:
        return False
    text = line.text.strip("() ")
    if not DATE_BEGINS.search(text, 0, 3):
        return False
    found = next(find_dates(text), None)
    return bool(found and len(text) - (found.span.end - found.span.start) <= 2)


def _is_title_line(line: Line, titled: int, lines: list[Line], index: int, numbers: tuple[NumberMention, ...]) -> bool:
    if titled >= MAX_TITLE_LINES or len(line.text) > 260:
        return False
    if line.text.endswith(("。", ";", ":", "?")) or _HEADING.match(line.text) or line.text.startswith(("问:", "答:")):
        return False
    if titled and line.text.startswith("的") and len(line.text) < 12:
        return True
    if titled == 0:
        return _may_open_title(line.text)
    joined = "".join(one.text for one in lines[max(0, index - titled) : index] if one.role == "title")
    if _runs_on(joined, lines[index : index + MAX_TITLE_LINES - titled + 1], numbers):
        return True
    complete = (doc_type_of(joined) is not None or joined.endswith(("解读", "答记者问", "问答"))) and joined.count(
        "《"
    ) == joined.count("》")
    if complete and ("关于" in joined or len(joined) > 12):
        return False
    return not _BODY_OPENING.match(line.text) and len(line.text) < 60


def _runs_on(joined: str, ahead: list[Line], numbers: tuple[NumberMention, ...]) -> bool:
    """Whether a title that could end here goes on, since short lines lead from it to the number, ending as titles do:
    关于全面推行 | 行政执法公示制度执法全过程记录制度 | 重大执法决定法制审核制度的指导意见 | 国办发〔2018〕118号."""
    more: list[str] = []
    for line in ahead:
        if _is_number_line(line, numbers):
            return bool(more) and doc_type_of(joined + "".join(more)) is not None
        if line.role != "body" or len(line.text) > 40 or re.search("[。;:,?]|[^的]函?件$", line.text):
            return False
        if _organ_line(line.text) or title_key(line.text) in title_key(joined):
            return False
        more.append(line.text)
    return False


def _may_open_title(text: str) -> bool:
    """A first line that can be (part of) a title: no sentence, no list of citations, no running text."""
    if "。" in text or _CITED_LINE.match(text) or _ARTICLE.match(text):
        return False
    if _LEGAL_OPENING.match(text) and ("," in text or text.count("《") > text.count("》")):
        return False
    if doc_type_of(text):
        return True
    return not (_BODY_OPENING.match(text) and len(text) > 30) and not ("," in text and len(text) > 60)


def _signoff(lines: list[Line], start: int) -> int | None:
    """The first line that is a date and nothing else, with a short line above it: the sign-off (60 of 60 measured)."""
    for index in range(start, len(lines)):
        line = lines[index]
        if line.role != "body" or len(line.text) > 40:
            continue
        if "年" not in line.text and not line.text[:4].isdigit():
            continue
        if _is_date_line(line) or _is_damaged_date_line(line):
            _set(lines, index, "date")
            _signatures(lines, start, index)
            return index
    return None


def _signatures(lines: list[Line], start: int, signoff: int) -> None:
    """Mark the short lines above the date; below a list of annexes, whose last item may take several lines, only
    names of organs."""
    listed = any(_ANNEX_LIST.match(line.text) for line in lines[max(start, signoff - 20) : signoff])
    for index in range(signoff - 1, start - 1, -1):
        line = lines[index]
        if line.role != "body" or not _is_signature(line) or (listed and not are_organs(line.text)):
            return
        _set(lines, index, "signature")


def _is_damaged_date_line(line: Line) -> bool:
    damaged = next(find_damaged_dates(line.text), None)
    return bool(damaged and damaged.span.end - damaged.span.start == len(line.text))


_NO_SIGNATURE = re.compile(
    r"。|[;:,《》]$|^附|^\d|^[一二三四五六七八九十]+、|(?:牵头|负责|配合)[^()]{0,20}\)$"  # 办培训。（人事科牵头）
)


def _is_signature(line: Line) -> bool:
    return len(line.text) <= 40 and not _NO_SIGNATURE.search(line.text)


def _after(lines: list[Line], signoff: int) -> None:
    for index in range(signoff + 1, len(lines)):
        text = lines[index].text
        if lines[index].role != "body":
            continue
        if _NOTE.match(text):
            _set(lines, index, "note")
        elif _IMPRINT.search(text) and len(text) < 200:
            _set(lines, index, "imprint")
        elif _ANNEX_HEAD.match(text):
            _set(lines, index, "annex")
    for index in range(signoff):
        if lines[index].role == "body" and _ANNEX_LIST.match(lines[index].text):
            _set(lines, index, "annex")


_INLINE = re.compile(
    r"(?:。|[.][a-z]{3,4}) ?(?P<organs>[\u3400-\u9fff、 ]{2,80}?) ?(?P<date>(?:19|20)\d\d年\d{1,2}月\d{1,2}日)"
    r"(?=$|公告|通知|附件|下载|浏览|打印|[(]此件)"
)


_SIGNED = re.compile(r"(?P<organs>[\u3400-\u9fff、 ]{4,60}?) *(?P<date>(?:19|20)\d\d年\d{1,2}月\d{1,2}日)")


def _inline_signoff(lines: list[Line]) -> Span | None:
    """特此公告。海关总署 农业农村部2024年11月1日: pages that lost their line breaks; organ and date on one line."""
    for line in reversed(lines):
        if line.role != "body" or "日" not in line.text:
            continue
        tail = max(0, len(line.text) - 1000)
        if (whole := _SIGNED.fullmatch(line.text)) and is_organ(re.split("[、 ]", whole["organs"].strip())[-1]):
            return Span(whole.start("organs"), whole.end("date")).shifted(line.span.start)
        for match in _INLINE.finditer(line.text, tail):
            return Span(match.start("organs"), match.end("date")).shifted(line.span.start)
    return None


def _instrument_title(lines: list[Line], signoff: int | None) -> Span | None:
    """The heading of the instrument that follows the notice's sign-off."""
    if signoff is None:
        return None
    for line in lines[signoff + 1 : signoff + 9]:
        if line.role in ("note", "annex", "imprint", "furniture", "header"):
            continue
        if (
            line.role == "body"
            and len(line.text) < 90
            and doc_type_of(line.text)
            and not line.text.endswith(("。", ":"))
        ):
            return line.span
        if line.role == "body" and len(line.text) > 90:
            break
    return None
