"""Whether a sentence does what it speaks of, wishes it, or tells it of others (domain.md §4)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from policylib.extract.citations import Mention
from policylib.model import Mode

FILL: Final = "\ue000"
"""Stands for each character of a mention where cues are searched for."""
MAX_BETWEEN: Final = 60  # characters from a document to 修改为, 补充如下, 收悉, 转发给你们
PLAN = re.compile(
    r"(?:拟|应当|应予|建议|研究(?!同意|决定|批准|审定|审议|通过|讨论|并报|[,，])|抓紧|适时|及时|争取|计划|考虑|征询|拟于|可以?|原则同意|限期|做好|年内)[^。;]{0,6}$"
)
_PLANNED = re.compile(
    r"(?:建议|申请|请求|商请|拟)[^。;,]{0,4}(?:对|将|把)?[^。;,]{0,4}$|"
    r"(?:单位|部门|机关|中心|[局委厅])(?:要|应|应当|须|必须)(?:尽快|认真)?(?:对|将|把)$|(?<!现)将对$"
)
# Only who made a paper ends or changes it; who is asked to has not done so: 请市人才中心废止《X》, 由市科技局修改《X》.
_ASKED = re.compile(rf"(?:请(?!示)|(?<![经理缘])由(?![于“\"第\d])|责令|责成|督促)[^。;,{FILL}]{{1,20}}$")
_MADE_BY_MAKER = re.compile("废止|作废|撤销|修[改订](?!为)|失效")
# What another says: 有的单位提出“《X》同时废止”; 《Y》规定，《X》同时废止.
_SAID_BY_OTHERS = re.compile(
    rf"(?:提出|认为|反映|询问|提议|主张|网传)[^。;]{{0,8}}[“\"]$|"
    rf"(?:^|[,。;])(?![^,。;{FILL}]{{0,6}}[据照按依])[^,。;{FILL}]{{0,6}}{FILL}{{1,100}}"
    rf"(?:第[^。;,]{{1,8}}条)?(?:中|已)?(?:明确)?(?:规定|指出|载明)[,:]?[“\"]?[^,。;]{{0,8}}$"
)
_TOPIC = re.compile("^关于$")
_NAME_OPENS = re.compile(
    r"(?:撤销|取消|根据|依据|按照|依照|落实|收到)[^。;,《》]{0,30}关于$|(?:提出的?|听取了?|审议了?|讨论了?)(?:关于)?$"
)
_NAME_CLOSES = re.compile(r"的(?:决定|通知|公告|通告|意见|请示|批复|复函|函|建议|提案|议案|报告|汇报)")
# What is still to come, and not this paper itself: 待省办法出台后, 如省里另有规定, 疫情结束后.
_PENDING = re.compile(
    r"(?:^|[,。;])(?:(?:待|如|若|倘若|一旦|等)[^,。;]{2,30}|[^,。;]{0,20}(?:结束|解除|届满|期满|到期|完成|到位)(?:之)?后|"
    r"(?:(?![本自该])[^,。;]){1,20}(?:出台|发布|印发|公布|实施|施行|批准)(?:之)?后|[^,。;]{1,20}另有规定的|"
    r"[自从](?![本该此])[^,。;]{1,16}(?:结束|解除|完成|到位)之日起),[^,。;]{0,12}$"
)
# An event whose day is not known: 《X》自新的管理办法施行之日起废止. 自本办法施行之日起 is this paper's own.
_NOT_YET = re.compile(
    r"[自从](?:新|省|国家|上级)[^。;,]{1,14}(?:出台|发布|印发|公布|实施|施行|批准)之日起$|(?:即将|准备|(?<!现)将)(?:依法|尽快)?$|^对$"
)
_FROM_OTHER = re.compile(rf"[自从](?P<other>{FILL}{{1,100}})(?:正式)?(?:出台|发布|印发|公布|实施|施行|生效)之日起")
_DONE_BEFORE = re.compile(r"已经?(?:于[^,。;]{2,16}|被)?(?:决定|明确|宣布)?$")
NEGATED = re.compile(r"(?:不|未|尚未|没有|并未|不得|不予|暂缓|取消|严禁|避免|防止|是否|或|擅自|违规|变相)[^。;,]{0,2}$")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mention (`begin:end`) and its cue stand in a masked paragraph, in the sentence that begins at `left`."""

    masked: str
    left: int
    begin: int
    end: int
    cue_start: int
    cue_end: int


def mode_of(at: Place, cue: str, offset: int, mentions: Sequence[Mention], otherwise: Mode) -> Mode:
    """plan: 拟废止, 建议对《X》予以废止, 待新办法出台后《X》同时废止, 关于废止《X》，我局意见如下.
    report: 国务院已于2019年废止《X》, 撤销市科技局关于废止《X》的决定, which are only told.
    `offset`: where the paragraph of the mentions begins.
    """
    head = at.masked[at.left : at.cue_start]
    named = at.cue_end <= at.begin and _NAME_CLOSES.match(at.masked, at.end) and _NAME_OPENS.search(head)
    if named:
        return "report"
    topic = at.masked.startswith(",", at.end) and _TOPIC.search(head)
    if topic or _is_planned(at, cue) or _waits_for_other(at, offset, mentions):
        return "plan"
    before_cue, before = at.masked[max(at.left, at.cue_start - _NEAR) : at.cue_start], at.masked[at.left : at.begin]
    told = _DONE_BEFORE.search(before_cue) or _SAID_BY_OTHERS.search(before[-2 * MAX_BETWEEN :])
    return "report" if told else otherwise


_NEAR: Final = 24


def _is_planned(at: Place, cue: str) -> bool:
    before_cue, before = at.masked[max(at.left, at.cue_start - _NEAR) : at.cue_start], at.masked[at.left : at.begin]
    return bool(
        PLAN.search(before_cue[-10:])
        or _PLANNED.search(before[-16:])
        or _PENDING.search(before[-MAX_BETWEEN:])
        or _NOT_YET.search(before_cue)
        or (_MADE_BY_MAKER.search(cue) and _ASKED.search(before_cue))
    )


def _waits_for_other(at: Place, offset: int, mentions: Sequence[Mention]) -> bool:
    """《X》自《Y》施行之日起废止, where Y is no paper of this one: the day is not known here."""
    match = _FROM_OTHER.search(at.masked, at.end, at.cue_start) if at.end < at.cue_start else None
    if match is None:
        return False
    start = match.start("other") + offset
    place = bisect_left(mentions, start, key=lambda one: one.extent.start)
    return place < len(mentions) and mentions[place].extent.start == start and mentions[place].use == "policy"
