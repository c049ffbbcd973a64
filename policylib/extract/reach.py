"""How far a cue reaches: over the members of a list, over when and why, and no further (domain.md §4)."""

from __future__ import annotations

import re
from typing import Final

from policylib.extract.masking import FILL as _FILL
from policylib.extract.moods import MAX_BETWEEN
from policylib.extract.parts import ARTICLE
from policylib.extract.stoppages import DAYS
from policylib.model import RelationKind

_LIST_TEXT: Final = (
    44  # the longest organ names between two members of a list: 中共中央办公厅、国务院办公厅 and the like
)
TOO_FAR: Final = " " * (3 * _LIST_TEXT + 1)  # more text than a list has between a cue and its last member


def reaches(gap: str) -> bool:
    return not re.search(r"[。;:,]", gap) and all(len(part) <= _LIST_TEXT for part in re.split(r"[、和及与]", gap))


_YEAR_AND_DAY: Final = (
    r"(?:(?:19|20)\d\d年\d{1,2}月\d{1,2}日|"
    r"[一二][一二三四五六七八九〇○零]{3}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日)"
)
_OF_ORGAN: Final = rf"(?:[\u3400-\u9fff]{{1,14}}[局委厅办院会府部室](?=[原{_FILL}]|(?:19|20)\d\d年)[原{_FILL} ]*)?"
"""《甲》、市教育局《乙》同时废止: whose paper the next of the list is."""
_LIST_PART = re.compile(
    rf"[{_FILL} 和及与以等原()的]*(?:(?:所附|其?附件)的?[{_FILL}]+)?{_OF_ORGAN}(?:{_YEAR_AND_DAY}[原{_FILL} ]*"
    rf"(?:.{{0,40}}?(?:发布|公布|印发|颁布|通过|批准|施行)的?)?[原{_FILL} ]*)?(?:以?下?简称[^,]{{0,30}})?"
)


_DECIDED: Final = (
    r"已?经(?!营)[^,。;:《》\ue000]{0,30}?(?:研究|审议|讨论|审定|批准|同意|决定|通过)"
    r"(?:并?(?:研究|同意|批准|决定|通过)){0,2}"
)
"""已经局长办公会研究决定: who has decided what is said behind it."""
_LAST_PART = re.compile(
    _LIST_PART.pattern + r"(?:\((?:含|包括)[^()]{1,12}\)|\((?:有效期[至为]?)?(?:19|20)\d\d年[^()]{2,30}\))?"
    r"(?:文件?|通告|公告|通知|批复|[两三四五六七八九十\d]{1,2}[件份个项部](?:规范性)?文件|等[^,]{0,12}(?:文件|规定|办法|通知|规章|公告))?"
    r"(?:在[^,。;\ue000]{2,20}?(?:出台|公布|发布|印发|施行|实施|修订)(?:完成)?之?前)?"
    r"(?:及其他[^,、《]{0,20}|及其?(?:(?:相关|有关)?配套|补充)[^,、《]{0,6})?(?:中?的?(?:有关|相关|原有)?(?:规定|内容|条款))?(?:(?:[自从][^,]{2,24}?|即日)(?:起|开始)|(?:于|自)同日起?|于(?:19|20)\d\d年\d{1,2}月\d{1,2}日起?|(?:次|翌)日起?|到期后|期满后|"
    r"本[\u3400-\u9fff]{2,6}(?:印发|发布|公布|施行|实施)之?后|"
    + DAYS
    + r"|在?(?:19|20)\d\d年\d{1,2}月\d{1,2}日(?:以前|之前|前))?(?:零时|24时)?"
    rf"(?:{_DECIDED})?(?:均|一律|也|亦|即|另行|予|拟|应|应当|应予|建议|可以|决定|立即|全部|整体|全文|一并|同时|全面|现|本次清理)*"
)


def _subject_of(between: str) -> bool:
    """Whether what stands between a document and 同时废止 keeps it the subject: further members of the list, and at
    most a phrase such as 等3件文件 or 自本办法施行之日起 at the end. 按照《X》签订的合同停止执行 ends a contract."""
    *parts, last = _MEMBERS.split(between)
    if not _LAST_PART.fullmatch(last) or (last.startswith(_FILL) and any(map(_WHY.fullmatch, parts))):
        return False  # 《甲》与《乙》不一致，《丙》同时废止 repeals the last
    return all(_LIST_PART.fullmatch(part) or _WHEN.fullmatch(part) or _WHY.fullmatch(part) for part in parts)


_MEMBERS = re.compile(rf"[、,]|(?<={_FILL})(?:以及|[和及与])(?={_YEAR_AND_DAY})")
"""《甲》，1993年9月23日发布的《乙》和1993年9月23日发布的《丙》: what parts a list whose members have their days."""
_WHEN = re.compile(
    DAYS + r"|[自从][^,]{0,20}起(?:已?(?:停止|不再)(?:执行|施行|实施))?|"
    rf"{_DECIDED}|等\d{{1,3}}[件份个项部](?:行政|政府)?(?:规范性文件|文件|规章|政策)|本[\u3400-\u9fff]{{2,6}}(?:印发|发布|公布|施行|实施)之?后|"
    r"已(?:超?过有效期|到期|期满|执行完毕)|有效期(?:限)?(?:已|现已)?(?:届满|期满|满|过)|(?:执行|实施|施行|有效期)至(?:19|20)\d\d年\d{1,2}月\d{1,2}日止?"
)
_WHY = re.compile(
    rf"(?:因|由于|鉴于)?(?:其|文件|内容(?:表述)?)?与[^,]{{1,60}}(?<!{_FILL}的)(?:不(?:相)?(?:一致|适应|符合|相符|符)|相?抵触)|"
    rf"因[^,{_FILL}]{{0,6}}依据[^,{_FILL}]{{0,8}}(?:废止|失效|修改|调整)|已?[被由][^,]{{1,100}}(?:替代|取代|代替|涵盖)|(?:因|由于)(?:上位法|法律|法规|国家|机构|职能|情况|形势)[^,{_FILL}]{{1,40}}|"
    rf"(?:[两三四五六七八九十\d]{{1,2}}[件份个项部])?(?:文件)?所?(?:规范|规定|涉及|调整)的?(?:事项|内容|对象)[^,{_FILL}]{{1,30}}|(?:文件)?归档备查|"
    rf"[^,{_FILL}]{{0,4}}(?:试行|运行|执行|实施)(?:情况|效果|以来)[^,{_FILL}]{{1,12}}|现?(?:予以|正式)?转为正式[^,{_FILL}]{{0,8}}(?:印发|公布|发布|施行|实施)|"
    rf"[^,{_FILL}]{{0,8}}(?:完成|结束|届满|期满)[^,{_FILL}]{{0,12}}|(?:调整对象|适用期限?)已?[^,{_FILL}]{{1,12}}|"
    rf"(?:其?(?:主要|有关|相关)?(?:内容|任务|政策|工作|事项)?)(?:均|基本|大部分)?已经?(?:被|由|无|没有|失去)[^,{_FILL}]{{1,30}}|"
    rf"[已因由于]{{0,2}}(?:不再?|难以)(?:适应|适合|符合|满足)[^,]{{0,40}}"
)


OBJECT = re.compile(r"(?:将|对(?!外)|就)[^,。;:《》]{0,30}$")
_SAID_OF_IT = re.compile(r"[条款项)]的罪名(?:由|从)")
"""将《刑法》第169条的罪名由甲修改为乙: what an article is called elsewhere, and nothing of the law."""
_GOES_ON = re.compile(rf"[{_FILL}、和及与以原文件]*(?:[中的]*(?:第[^,]{{1,30}}[条章节款项]|附[件表][^,]{{0,8}}))?")
_ITS_WORDING = re.compile(rf"(?:文件)?(?:附件\d{{0,2}}|第[^,。;“]{{1,6}}[条款项])?中的?“[^{_FILL}]*$")
"""《X》附件2中“市畜牧局”的职责由…承担，“市畜牧局”字样相应删除."""
_BARE_ARTICLES = re.compile(rf"(?:{ARTICLE}(?:[、和及与](?=第))?)+")
_OTHER_OBJECT = re.compile(r",[^,]{0,8}[对将]")


def carries_over(relation: RelationKind, before: str, between: str) -> bool:
    """Whether the cue still speaks of the document: in 将《X》第三条规定的…,调整为 it does, else a comma ends it.

    What was 被《X》废止 is not X.
    """
    if before.endswith("被"):
        return False
    if relation == "overrides":
        between = _BARE_ARTICLES.sub("", between)  # 《甲》第五条、第六条，《乙》第三条，与本法不一致的
    if relation in ("basis", "repeals", "lapses", "retains", "overrides"):
        return _subject_of(between)
    near = len(between.replace(_FILL, "")) <= MAX_BETWEEN
    if relation in ("amends", "supplements"):
        if re.match("的?(?:废止|失效|停止执行)", between):
            return False  # 《X》废止日期调整为2022年7月1日 changes the act that ends X
        if _SAID_OF_IT.search(between):
            return False
        if OBJECT.search(before):
            return near and not _OTHER_OBJECT.search(between)
        return near and (_ITS_WORDING.match(between) is not None or not re.search("[,对将]", between))
    return (near or relation in ("partly_repeals", "suspends", "republishes")) and not _has_its_own(between)


def _has_its_own(between: str) -> bool:
    """《甲》照常执行，《乙》第三条废止: what is said of 甲 is said before 乙 is named."""
    clauses = between[: between.rfind(_FILL) + 1].split(",")
    return len(clauses) > 1 and not _GOES_ON.fullmatch(clauses[0])
