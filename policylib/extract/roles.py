"""What kind of paper this is (domain.md §6.1, §7.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from policylib.extract.folding import fold
from policylib.extract.titles import doc_type_of
from policylib.model import Found, Role, Span

_EXPLAINS = re.compile(
    r"(?:政策|文字|公告|文件|专家|媒体|音频|视频)?解读(?:材料|稿)?(?:$|[—\-:|（()【】])|^(?:【[^】]{0,6}(?:解读|问答)】|[^《》,。;:]{0,6}解读[:|\-《关丨])|权威解读|解读来[了啦]|图解|一图读懂|"
    r"一图看懂|答记者问|记者问|政策问答|(?:负责人|专家|处长|局长)解读|解读《|^解读[^,。]{0,20}〔\d{4}〕\d{1,4}号"
)
TELLS = re.compile(r"解读|图解|[读看]懂|问答|记者问")
_EVENT = re.compile(r"培训|讲座|活动|宣讲|竞赛|会议|座谈|举办|召开")
_NEWS = re.compile(r"来[了袭]|新规|新政|出台|[!?]|起(?:正式)?(?:施行|实施)|看过来|划重点|详解")
_REPORTED = re.compile(
    r"(?:公布|发布|印发|出台|颁布)了?(?:新修订的|修订后的|新的)?《|"
    r"》(?:\([^()]{2,40}\))?已?[于经][^。;]{0,14}(?:印发|公布|发布|出台)"
)
_EXPLAINED = re.compile(
    r"(?:作|做|进行)(?:简要|详细|如下|以下)?的?解读|解读如下|简要解读|(?:小编|带(?:大家|您|你))[^。,]{0,10}了解"
)
_CLEANUP = re.compile(
    r"清理(?:结果|意见)|(?:废止|失效|修改)[^《》]{0,16}(?:规范性文件|政策性?文件|规章|文件)|继续有效[^《》]{0,20}(?:文件|目录)|"
    r"(?:规范性文件|规章|政策文件)[^《》]{0,10}(?:目录|清理)"
)
_NOT_CLEANUP = re.compile(
    r"资格|项目清理|证明事项|企业名单|违[章法]|管理办法|管理规定|管理条例|工作的(?:通知|意见)|开展|发布会|召开"
)


_ANNOUNCES_CLEANUP = re.compile(
    r"现(?:将|就)[^。;《》]{0,12}清理(?:结果|情况|意见)[^。;《》]{0,8}(?:公布|公告|通告|通报)如下"
)
"""现将清理结果集中公布如下, at the head of a paper of which the title is lost."""


@dataclass(frozen=True, slots=True)
class Face:
    """What shows the kind of a paper: title and 文种, the column of the site, whether it has a number and a signature
    with its date, its first words, how many headings such as 背景依据 and 主要内容 it has,
    whether it tells a court's case, and whether its number is still to be given out."""

    title: Found[str] | None
    doc_type: str | None
    column: str
    numbered: bool
    signed: bool
    opening: str
    parts: int
    is_case: bool = False
    awaits_number: bool = False


_WORK_PAPER = re.compile(r"(?:工作|方案|制度|办法|机制|实施)的?(?:通知|意见|办法|方案|规定)$")
_LABELLED = re.compile(r"【[^】]{0,6}解读】|[^《》,。;:]{0,6}解读[:|丨]")
DRAFT_STAGES: Final = "(?:送审|送签|审议|讨论|审查|审核|报审|报批|呈批|会签|代拟|起草|修改|论证|未定|初|草|样)稿"
DRAFT_MARK: Final = rf"(?:{DRAFT_STAGES}|征求意见稿|草案)"
"""What marks a paper as not yet made, in brackets behind its title or in the name of its file."""
_DRAFT = re.compile(
    r"征求.{0,40}意见|征求意见稿|公开征集|"
    rf"(?:\([^()]{{0,10}}{DRAFT_STAGES}[^()]{{0,6}}\)|"
    r"(?:送审|审议|讨论|报批|代拟)稿)(?:》?的(?:通知|公告|决定))?$"
)
"""…管理规定（草案送审稿）, 关于印发《…办法（讨论稿）》的通知: what is not yet made ends nothing."""
_BILL = re.compile(
    r"\((?!试行)[^()]{0,6}草案[^()]{0,6}\)$|(?<!试行)草案$|"
    r"^\(?(?:送审|审议|讨论|审查|报批|代拟|修改|论证)稿\)?[^\n]{4}"
)
"""…管理办法（修订草案）; 代拟稿, above the title. What is numbered was sent out to be carried out, whatever it
is called."""
_FORM = re.compile(r"[X×○]{2,}")  # XX局移送案件材料清单: a form, with places for names
_CASE = re.compile(r"诉.{2,60}案$")  # 甲公司诉岚州市自然资源局行政协议案
_CASES: Final = ("案例", "典型案例", "指导性案例", "指导案例")
_NOTICES: Final = ("通知", "公告", "通告", "函", "批复", "办法", "规定", "意见", "决定")


_RETOLD: Final[tuple[Role, str, float]] = ("interpretation", "opening.report", 0.5)
"""横琴…办法出台了！海关总署公布了《X》: what a site tells of a policy without the word 解读."""


def role_of(face: Face) -> Found[Role]:
    """The role of a document: 《X》政策解读 interpretation, …清理结果的通知 cleanup, 征求意见 other."""
    where = face.title.span if face.title else Span(0, 0)
    heading = fold(face.title.value).replace(" ", "") if face.title else ""
    outside = re.sub(r"《[^》]*》?", "", heading)
    notice = face.doc_type in _NOTICES
    tells = "《" in heading and TELLS.search(outside) and not _EVENT.search(outside) and not doc_type_of(outside)
    explains = _EXPLAINS.search(heading) and (_LABELLED.match(heading) or not _WORK_PAPER.search(heading))
    ladder: tuple[tuple[object, Role, str, float], ...] = (
        (explains or tells, "interpretation", "title.interpretation", 1.0),
        ("解读" in face.column and not notice, "interpretation", "page.column", 0.8),
        (_DRAFT.search(heading), "other", "title.draft", 1.0),
        (_BILL.search(heading) and not face.numbered, "other", "title.draft", 0.9),
        (face.awaits_number, "other", "title.draft", 0.9),
        (_FORM.match(heading), "other", "title.form", 0.9),
        (_CASE.search(heading), "other", "title.case", 0.9),
        (face.is_case, "other", "headings.case", 0.9),
        (face.column in _CASES and not notice and not face.numbered, "other", "page.column", 0.9),
        (_CLEANUP.search(outside) and not _NOT_CLEANUP.search(outside), "cleanup", "title.cleanup", 1.0),
        (not heading and face.signed and _ANNOUNCES_CLEANUP.search(face.opening), "cleanup", "opening.cleanup", 0.8),
        (face.doc_type, "policy", "title.doc_type", 1.0),
        (face.numbered, "policy", "number", 0.8),
        (_EXPLAINED.search(face.opening), "interpretation", "opening.interpretation", 0.7),
        (_NEWS.search(outside) and _REPORTED.search(face.opening), *_RETOLD),
        (face.parts >= 2, "interpretation", "headings.interpretation", 0.6),
        (face.signed, "policy", "signed", 0.6),
    )
    default: tuple[Role, str, float] = ("other", "default", 0.5)
    role, rule, sure = next(((role, rule, sure) for shown, role, rule, sure in ladder if shown), default)
    return Found(role, where, rule, sure)
