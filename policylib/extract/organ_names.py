"""Names of organs: what looks like one, and how joint names come apart. What they mean is for `link.organs`."""

from __future__ import annotations

import itertools
import re
from typing import Final

from policylib.model import Span

_END: Final = (
    "办公厅|办公室|委员会|常委会|人民政府|人民法院|人民检察院|检察院|法院|管委会|指挥部|联合会|协会|总工会|研究院|总局|分局|支队|总队|"
    "中心|海关|银行|公司|部|委|局|署|厅|院|会|社|府|办|处|科|室|组|司|人大|政协|军委|国务院|政府|部门|单位"
)
_ORGAN = re.compile(rf"^[\u3400-\u9fff·()（）“”]{{2,60}}(?:{_END})$|^(?:国务院|中共中央|中央军委|省政府|市政府)$")
_GROUP = re.compile(r"等\d*[一二三四五六七八九十]*(?:个)?(?:部门|单位|部委|委办局)$")
_NOT_ORGAN = re.compile(r"网站|网$|栏目|频道|报$|编辑部|关于|^有关|^各|工作$|情况|以下简称|的")
_RUN_ON = re.compile(
    r"(?<=局|厅|部|院|室|会|办)(?=(?:国家|中华|中国|中共|全国|国务院|最高|财政部|教育部|公安部|民政部|司法部|商务部|农业|人力资源|自然资源|生态环境|"
    r"住房|交通运输|水利部|文化|卫生|国资委|税务总局|海关总署|工业和信息化|科技部|科学技术部|发展改革委))"
)


STATE: Final = "中华人民共和国"
"""What stands before the names of the State's organs and laws, and is left out as often."""


def is_organ(name: str) -> bool:
    """Whether the name has the shape of an organ's: 淄博市科学技术局, 国务院, 教育部等八部门; a website is none."""
    return bool(_ORGAN.match(_GROUP.sub("", name))) and not _NOT_ORGAN.search(name)


def without_state(name: str) -> str:
    """国务院 for 中华人民共和国国务院; the name as it is where the rest is no organ's."""
    bare = name.removeprefix(STATE)
    return bare if is_organ(bare) else name


def are_organs(names: str) -> bool:
    """Whether all names that stand here together are organs': 岚州市财政局 岚州市教育局."""
    parts = split_organs(names)
    return bool(parts) and all(is_organ(name) for name, _ in parts)


_SPREAD = re.compile(r"[\u3400-\u9fff](?:[ \u3000][\u3400-\u9fff]){3,}")
_PIECE = re.compile(rf"{_SPREAD.pattern}|[^、，,；; \u3000\n\t]+")


def unspaced(text: str) -> str:
    """Words printed with a blank between all their characters, closed up: 岚 州 市 民 政 局 -> 岚州市民政局."""
    return _SPREAD.sub(lambda match: re.sub(r"[ \u3000]", "", match.group()), text)


def split_organs(names: str) -> tuple[tuple[str, Span], ...]:
    """The organs of a joint name, each with its place.

    A、B · A B · 重庆市人事局重庆市建设委员会 (the same region again) · A等八部门 -> A · 岚 州 市 民 政 局.
    """
    found: list[tuple[str, Span]] = []
    for match in _PIECE.finditer(names):
        if _SPREAD.fullmatch(match.group()):
            found.append((unspaced(match.group()), Span(*match.span())))
            continue
        for part, start in _run_together(match.group()):
            cut = _GROUP.sub("", part)
            if cut:
                start += match.start()
                found.append((cut, Span(start, start + len(cut))))
    return tuple(found)


def _run_together(piece: str) -> list[tuple[str, int]]:
    cuts = {match.start() for match in _RUN_ON.finditer(piece)}
    head = re.match(r"[\u3400-\u9fff]{2,6}?(?:省|市|自治区|自治州|县|区)", piece)
    if head:
        again = re.compile(rf"(?<=[局厅部院室会办府]){re.escape(head.group())}")
        cuts |= {match.start() for match in again.finditer(piece)}
    edges = [0, *sorted(cut for cut in cuts if cut > 2), len(piece)]
    return [(piece[a:b], a) for a, b in itertools.pairwise(edges) if b > a]
