"""Whether a document in 《》 is this paper's own: what it lays down, prints or asks for."""

from __future__ import annotations

import re

from policylib.extract.masking import FILL, FILLS, MEMBERS, REACH
from policylib.extract.moods import MAX_BETWEEN

_OWN_VERB = re.compile(
    r"(?<![适及]时)(?<!(?:加快|抓紧|推动|推进|启动|正在|尽快|争取))"
    r"(?P<done>(?:制定|制订|起草|修订|编制|拟定|拟订|草拟|研究提出|组织修订)"
    r"(?:形成|完成|出台|出(?=[\ue000《])|并?(?:印发|发布|公布|实施)|[和并]?完善)*了?)(?:[我本][省市区县旗局部委厅院]?|全[省市区县]|统一的?|新的?)*$"
)
_OWN_AFTER = re.compile(
    r"(?:已经|业经|经)[^。;《》]{0,40}?(?:同意|批准|审议通过|讨论通过|通过)[^。;]{0,40}?(?:印发|公布|发布|颁布|施行)|"
    r"进行了?(?:全面|部分|相应|重新|进一步)?(?:修订|修改|调整|完善)(?:完善)?,(?:[^。;,\ue000]{2,24},)?现(?:予以?)?(?:重新)?(?:印发|公布|发布)|"
    r",定于[^。;,]{4,16}起(?:施行|实施|执行|试行)(?=[。;.]|$)|"
    r",?现(?:予以)?(?:印发|公布|发布)|,(?:予以)?(?:印发|公布|发布)(?=[给。;,]|$)"
)
_APPROVED = re.compile(
    r"(?:已经|业经|经)[^。;《》]{0,40}?(?:同意|批准|通过),请(?:认真|严格|你们|各地|各单位|切实|抓好|结合实际|遵照|,){0,4}"
    r"(?:组织|贯彻|执行|落实|实施)"
)
"""《X》已经市政府批复同意，请认真组织实施. With an organ before it, 国家发展改革委《X》, it is that organ's."""
_ASKED_OF = re.compile(
    r"(?:公开|广泛|书面|再次|向(?:社会|全社会|公众|社会公众|社会各界))*(?:征求|征集)|(?:一并)?(?:呈上|呈报|上报|报上|报来|报请|报送|送上)"
)
"""现对《X（征求意见稿）》公开征求意见; 现将《X》报请审议."""
_TELLS = re.compile(r"(?:组织)?修订|制订.*|.*出台了?")
_SENDS = re.compile(r"现(?!行|有|状)|印发|公布|发布|征求|以下简称")
_HEREBY = re.compile(r"(?<![实出发体呈展表])现(?![行有状场代金]|阶段)")
_COUNTED = re.compile(
    r"等[\d一二两三四五六七八九十]{1,3}[个件项部份](?:[^。;,]{0,12}(?:文件|制度|规定|办法|规章|方案))?"
)
_ISSUES = re.compile(r"印发|公布|予以发布|现予发布|下发给|发给你")
_ISSUES_HEREBY = re.compile(r"现予(?:公布|发布|印发)")
_SENT = re.compile("现|兹|随文|[送呈]上")
_ISSUES_IT = re.compile(
    rf"(?:(?:现(?:予以)?|兹|随文)(?:公布|发布|印发|下发|报送|呈报)|送上|呈上)[^。,;{FILL}]{{0,10}}[{FILL}、和及与以]*$"
)


def own_instrument(before: str, after: str, beyond: str, governed: bool, others: bool) -> tuple[int, int] | None:
    """制定了《X》; 现将《X》印发给你们; 《X》已经同意，现印发: X is this document's own instrument.

    制定《X》是…的要求 tells of work, and so do 修订《X》 and 制定出台《X》, unless the words `beyond` send X out.
    `others`: an organ stands before X.
    """
    match = _OWN_VERB.search(_without_others(before))
    if match and not after.startswith(("的", "是")):
        hereby = before[: match.start()].endswith(("特", "现"))
        if hereby or not _TELLS.fullmatch(match["done"]) or _SENDS.search(beyond):
            return match.start(), match.end()
    if governed:
        return None
    listed = FILLS.sub(FILL, before[-REACH:])[-MAX_BETWEEN:] if _SENT.search(before) else ""
    said = (
        (_HEREBY.search(listed) and _ISSUES.search(after)) or _ISSUES_HEREBY.search(after) or _ISSUES_IT.search(listed)
    )
    if said and "转发" not in after:
        return len(before), len(before) + 1
    rest = after.lstrip(MEMBERS)
    counted = _COUNTED.match(rest)
    rest = rest[counted.end() :] if counted else rest
    match = (
        _OWN_AFTER.match(rest)
        or (_ASKED_OF.match(rest) if _HEREBY.search(listed) else None)
        or (None if others else _APPROVED.match(rest))
    )
    if match and "转发" not in after:
        place = len(before) + len(after) - len(rest)
        return place + match.start(), place + match.end()
    return None


def _without_others(before: str) -> str:
    """特制定《甲》和《乙》: what is said of 甲 is said of 乙."""
    return before[:-1].rstrip(FILL) if before[-1:] in _JOINS and before[-2:-1] == FILL else before


_JOINS = ("、", "和", "及", "与")
