"""What stands above the text of a paper: masthead, title, number, addressee, history of a statute (domain.md §1.1)."""

from __future__ import annotations

import re
from typing import Final

from policylib.extract.dates import find_dates
from policylib.extract.folding import text_key, title_key
from policylib.extract.layout import Line, is_date_line, set_role
from policylib.extract.legislation import is_history
from policylib.extract.organ_names import is_organ
from policylib.extract.roles import TELLS
from policylib.extract.titles import doc_type_of
from policylib.model import NumberKind, NumberMention

_BODY_OPENING = re.compile(
    r"^(?:第[一1]条|第[一1]章|一、|\(一\)|深入贯彻|全面落实|认真落实|贯彻落实|参照|年内|为(?:了|进一步|贯彻|深入|规范|加强|切实|做好|推动|推进|落实|适应|加快|全面|保障|防止)|根据|按照|近年来|经(?=.{0,30}(?:同意|批准|研究|审[议定查核]|讨论|通过|请示|核准))|现将|近日|"
    r"该|此[文件]|\d{4}年\d)"
)
_LEGAL_OPENING = re.compile(r"(?:为(?!民)|根据|按照|依据|依照|参照)")
_NO_ADDRESS = re.compile(r"(?:如下|以下|下列|包括|下面|是|为|指|问题|事项|要求|通知|公告|意见|解读|内容)[:]$")
_ARTICLE = re.compile(r"^第[一二三四五六七八九十百\d]+[条章]")
_CITED_LINE = re.compile(
    r"^(?:[^《》,。;:]{0,6}依据:)?《[^《》]*(?:《[^《》]*》[^《》]*)*》 ?(?:\([^()]*号[^()]*\))?[;。、,]?$|"
    r"^\((?:19|20)\d\d年"
)
_HEADING = re.compile(r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d+[.、])")
MAX_TITLE_LINES: Final = 6
MAX_ADDRESS: Final = 400  # domain.md §1.1: 59 of 60 addressee lines are shorter


def mark_cover(lines: list[Line], first: int, numbers: tuple[NumberMention, ...], folded: str) -> int:
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
            set_role(lines, index, "masthead")
        elif is_number_line(line, numbers):
            set_role(lines, index, "number")
        elif titled and _is_addressee(line):
            set_role(lines, index, "addressee")
            index += 1
            break
        elif is_date_line(line) and titled:
            set_role(lines, index, "date")
        elif titled and _repeats_title(lines, index):
            set_role(lines, index, "furniture")
        elif titled and _names_issuer(lines, index, numbers):
            set_role(lines, index, "masthead")
        elif titled and lines[index - 1].role != "title":
            if not _names_it_fully(lines, index, numbers):
                break
            for above in range(first, index):
                if lines[above].role == "title":
                    set_role(lines, above, "furniture")
            set_role(lines, index, "title")
        elif _is_title_line(line, titled, lines, index, numbers):
            set_role(lines, index, "title")
            titled += 1
        else:
            break
        index += 1
    _mast_above_title(lines, first, index)
    return index


def mark_history(lines: list[Line], cover_end: int) -> int:
    """Mark the steps of legislation below the title (题注); where the text proper begins."""
    for index in range(cover_end, len(lines)):
        if lines[index].role == "body" and is_history(lines[index].text):
            set_role(lines, index, "history")
        elif lines[index].role not in ("furniture", "metadata", "header"):
            return index
    return len(lines)


def mark_title_again(lines: list[Line], start: int, numbers: tuple[NumberMention, ...]) -> int:
    """Mark the title that a database prints once more below the history, over the text itself, on one line or several,
    and the number below it; where the text proper begins."""
    title = title_key("".join(line.text for line in lines[:start] if line.role == "title"))
    again = ""
    for index in range(start, min(start + MAX_TITLE_LINES, len(lines))):
        again += title_key(lines[index].text)
        if not title.startswith(again):
            break
        if again == title:
            for above in range(start, index + 1):
                set_role(lines, above, "furniture")
            numbered = index + 1 < len(lines) and is_number_line(lines[index + 1], numbers)
            if numbered:
                set_role(lines, index + 1, "number")
            return index + 1 + numbered
    return start


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
            set_role(lines, index, "masthead")


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
    if not is_number_line(lines[below], numbers):
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
    if index + 1 >= len(lines) or not is_number_line(lines[index + 1], numbers):
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


def _names_issuer(lines: list[Line], index: int, numbers: tuple[NumberMention, ...]) -> bool:
    """Databases print the issuer below the title, above the title again or above the number."""
    if index + 1 >= len(lines) or not _organ_line(lines[index].text):
        return False
    return _repeats_title(lines, index + 1) or is_number_line(lines[index + 1], numbers)


_ANSWERED = re.compile(r"[(〔\[][ABCD]类?[)〕\]]")
"""How an answer to a proposal is classed, beside its number: 岚卫提复〔2023〕31号（A）."""


def is_number_line(line: Line, numbers: tuple[NumberMention, ...]) -> bool:
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
        if is_number_line(line, numbers):
            return bool(more) and doc_type_of(joined + "".join(more)) is not None
        if line.role != "body" or len(line.text) > 40 or re.search("[。;:,?]|[^的]函?件$", line.text):
            return False
        if _organ_line(line.text) or title_key(line.text) in title_key(joined):
            return False
        more.append(line.text)
    return False


_CITES_WITH_NUMBER = re.compile(
    r"(?![^《]*(?:关于|[转印]发))[^《]*《[^《》]*(?:《[^《》]*》[^《》]*)*》 ?\([^()]*号[^()]*\)"
    r"(?!.*(?:解读|图解|问答|记者问)$)"
)
"""原《X》（岚政发〔2015〕3号）同时废止, without its 。: a title has no number behind what it names."""
_DOES = re.compile(r"《.*(?:废止|失效|(?:停止|不再|继续)执行|继续有效)$")


def _may_open_title(text: str) -> bool:
    """A first line that can be (part of) a title: no sentence, no list of citations, no running text."""
    if "。" in text or _CITED_LINE.match(text) or _ARTICLE.match(text) or is_history(text):
        return False
    if _CITES_WITH_NUMBER.match(text) or _DOES.search(text):
        return False
    if _LEGAL_OPENING.match(text) and ("," in text or text.count("《") > text.count("》")):
        return False
    if doc_type_of(text):
        return True
    return not (_BODY_OPENING.match(text) and len(text) > 30) and not ("," in text and len(text) > 60)
