"""What stands left of year and serial: a 机关代字, or the name of an organ. Source: domain.md §2.1 (left boundary)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, NamedTuple

from policylib.tables import Tables, builtin

MAX_CODE: Final = 22  # longest code of 11,463 measured is 18
RUN_TOGETHER: Final = 9  # characters; longer than that, a name may have swallowed the words before it
MAX_ORGANS: Final = 300  # five joint issuers of an announcement take 105 characters, twelve about 250

# Words after which a code begins. Characters that also stand in real codes (经, 自, 用, 文, 局) are left out.
# Every alternative of these two begins with its character: `re` then looks at each place for one of a set first.
_STOP = re.compile(
    r"以下简称|简称|适用|符合|明确|按照|依照|遵照|参照|根据|依据|贯彻|落实|执行|印发|转发|下发|发布|公布|关于|通知|意见|办法|决定|报告|文件|规定|方案|细则|"
    r"批复|复函|同意将?|人民政府|委员会|办公厅|办公室|参阅|详见|例如|诸如|解读|废止|撤销|替代|代替|附件|^结合|对照|遵循|调整|延长|延续|暂停|停止|恢复|修改|修订|宣布|取消|[现特兹拟已]将|现[对就]|连同|现行|此前|"
    r"我[省市县区旗州局厅委部院办]|你[省市县区旗州局厅委部院办]|贵[省市县区旗州局厅委部院办]|按|依|及|和|与|要(?<![纲摘]要)|以|等|的|见|由|即|在|为|号|月|日|年"
)
_NOUNS = re.compile(
    r"(?:通知|意见|办法|决定|报告|文件|规定|方案|细则|批复|复函|条例|公告|通告|人民政府|委员会|办公厅|办公室|号|月|日|年|的|等)?"
)
_TITLE_ENDS = (
    "纪要",
    "简报",
    "专报",
    "公报",
    "通报",
)  # 专题会议纪要, and 〔2021〕3号 on the line below: a title, no code
_LONE_CODES = frozenset({"通知", "批复", "复函"})  # 通知〔2021〕93号 is a series of its own
_KEEPS_HEAD = ("和政", "和田", "和县")  # counties whose code begins like a stop word
_ORGAN_STOP = re.compile(
    r"根据|按照?|依据|依照|遵照|参照|贯彻|落实|执行标准|执行(?!委员会|中心|局)|发布|公布|颁布|印发|批转|转发|特此|(?:法律|法规|规章|政策)[及与和]|实施(?!工作)|符合|修改|修订|修正|"
    r"废止|解除|违反|适用|见(?!义)|(?<!应)对(?!外(?!公布|发布|印发)|口|台)|(?<!自)由|以及|(?:^|(?<=[局厅部委会院署办府室处心组司并])|(?<=规定|政策|内容|要求|标准|文件|办法|事项))[及与]|"
    r"的|是|即(?!墨)|(?<!勇)为|同意|推动|传达|(?:认真|深入|组织|集中)学习|"
    r"经(?!济(?![南宁源])|贸|信(?:局|委|厅|办|部|和)|开区|营管|委|发[局办]|协[局办]|合[局办]|管[局站处])|被|将(?!乐县)|在|从(?![化江])|以$|"
    r"自(?=[本公发印之\d])|原(?<![太中平草松固开高创]原)(?!州区|平市|阳县)|(?<![数票证])据|《|》|以下简称|简称|(?<!职)称"
)
"""With what a name does not go on. What stands inside names is left out: 经济和信息化局, 林业和草原局, 从化区."""
_ORGAN_END = re.compile(
    r"(?:部|委|委员会|局|署|厅|院|会|办|办公室|办公厅|政府|府|海关|银行|公司|社|中心|室|处|组|联|人大|主席|军委|总队|研究院|学会|集团|中央)$"
)
_VERB_END = tuple("布发定台了的")
_VERB = re.compile(r"(?:对外)?(?:联合)?(?:(?:发布|公布|颁布|印发|制定|出台)[了的]?|(?:批转|转发)的)$")
_FORMER = re.compile(r"(?:年|月|日(?!照))*原?(?!州区|平市|阳县)")


class LeftPart(NamedTuple):
    """A code or organ name and where it starts. known: in the table. regional: begins with a region's character.
    bounded: begins at a delimiter. uncertain: longer than codes are, and nothing says where it begins."""

    text: str
    start: int
    known: bool = False
    regional: bool = False
    bounded: bool = False
    uncertain: bool = False


@dataclass(frozen=True)
class CodeBook:
    """The codes that the tables know, for fast questions."""

    codes: frozenset[str]
    families: frozenset[str]
    prefixes: frozenset[str]
    organs: frozenset[str] = frozenset()

    def knows(self, code: str) -> bool:
        """Whether this very code is in the table, or extends a known family (淄教 + 教研字)."""
        return code in self.codes or any(code[:size] in self.families for size in range(2, len(code)))

    def regional(self, code: str) -> bool:
        """Whether it begins with what stands for a region, one or two characters: 岚, 黔东."""
        return code[:1] in self.prefixes or code[:2] in self.prefixes


@lru_cache(maxsize=8)
def code_book(tables: Tables) -> CodeBook:
    """The code book of these tables."""
    organs = frozenset(
        (*tables.organs, *tables.aliases, *(row.issuer for rows in tables.codes.values() for row in rows))
    )
    return CodeBook(frozenset(tables.codes), frozenset(tables.families), frozenset(tables.region_prefixes), organs)


@cache
def builtin_book() -> CodeBook:
    """The code book of the built-in tables."""
    return code_book(builtin())


def code_before(text: str, position: int, book: CodeBook) -> LeftPart:
    """The 机关代字 that ends at `position` of the folded text (spaces between are skipped); empty when there is none.

    要按照国办发| -> 国办发; 以下简称京政办字| -> 京政办字; 陕科(社)函| -> 陕科(社)函; 、| -> nothing.
    """
    end = position
    while end > 0 and text[end - 1] in " \n" and position - end < 2:
        end -= 1
    before = text[max(0, end - 2 * MAX_CODE) : end][::-1]
    if spread := _SPREAD.match(before) or _head_apart(before, book):
        return _code_spread(text, end - spread.end(), end, book)
    start = _code_start(text, end)
    run = text[start:end]
    if not run or (run.endswith(_TITLE_ENDS) and "\n" in text[end:position]):
        return LeftPart("", position)
    if run in book.codes:
        return LeftPart(run, start, known=True, regional=book.regional(run), bounded=True)
    cut = _stop_cut(run, book)
    start, run = start + cut, run[cut:]
    if lead := _lead(run, book):
        start, run = start + lead, run[lead:]
    if head := _organ_head(run, book):
        start, run = start + head, run[head:]
    if len(run) > 9 and not book.knows(run):
        start, run, found = _longest_known(start, run, book)
        return LeftPart(run, start, known=found, bounded=found, uncertain=not found)
    if not run:
        return LeftPart("", position)
    return LeftPart(run, start, book.knows(run), book.regional(run), bounded=True)


def _code_spread(text: str, start: int, end: int, book: CodeBook) -> LeftPart:
    """A code printed with a blank between all its characters, 国 办 发|, or behind its head, read without them."""
    places = [place for place in range(start, end) if text[place] != " "]
    found = code_before("".join(text[place] for place in places), len(places), book)
    return found._replace(start=places[found.start]) if found.text else LeftPart("", end)


def _head_apart(before: str, book: CodeBook) -> re.Match[str] | None:
    """The code that stands reversed at the beginning of `before` and whose first character or two a blank parts from
    the rest: (国 保发|. Only behind a bracket or at the head of a line, where the whole is the number, and only what
    stands for a region or before an office: (市局 岚财发| is whole."""
    match = _HEAD_APART.match(before)
    if match is None:
        return None
    rest, head = match["rest"][::-1], match["head"][::-1]
    torn = head in book.prefixes or head == "国" or (len(head) == 1 and rest[0] in _OFFICES)
    return match if torn and not book.knows(rest) else None


def _code_start(text: str, end: int) -> int:
    """How far left the run of code characters goes: Han, with bracketed offices of up to four Han inside."""
    start = end - _run_length(_CODE_RUN, text[max(0, end - MAX_CODE) : end])
    if start > 0 and text[start - 1] == "?" and start < end:
        start -= 1
    return start


_HAN = r"[\u3400-\u9fff]"
_CODE_RUN = re.compile(rf"(?:{_HAN}|[)\]〕]{_HAN}{{1,4}}[(\[〔](?={_HAN}))*")  # reversed, as all that ends somewhere
_SPREAD = re.compile(rf"{_HAN}(?: {_HAN}){{1,12}}{_HAN}{{0,{MAX_CODE}}}")  # the word before it may touch its head
_HEAD_APART = re.compile(rf"(?P<rest>{_HAN}{{2,{MAX_CODE}}}) (?P<head>{_HAN}{{1,2}})(?=[(\[〔\n]|$)")
_ORGAN_RUN = re.compile(rf"(?:[\u3400-\u9fff、 ]+|\){_HAN}{{1,4}}[(\[〔](?={_HAN}))*")


def _run_length(pattern: re.Pattern[str], before: str) -> int:
    """How many characters at the end of a text a pattern, which reads from right to left, takes."""
    match = pattern.match(before[::-1])
    return match.end() if match else 0


def _stop_cut(run: str, book: CodeBook) -> int:
    cut = 0
    for match in _STOP.finditer(run):
        rest = run[match.end() :]
        if run[match.start() :].startswith(_KEEPS_HEAD):
            continue
        if match.start() > 0 and len(match.group()) == 1 and book.knows(run[cut:]):
            continue
        if rest:
            cut = match.end()
    if (cut or run not in _LONE_CODES) and (_STOP.fullmatch(run, cut) or _NOUNS.fullmatch(run, cut)):
        return len(run)
    return cut


_LEAD = re.compile(r"[我本][省市县区局厅委部院]|[省市县区](?:人民)?政府(?:办公[厅室]|办)?|[自将对就原把被经至从仅]")
_OFFICES = "政府办委科财教发"  # 将政办发 is 将乐县's: the character before an office is its region


def _lead(run: str, book: CodeBook) -> int:
    """How many characters at the head of a run are words before the code: 将国办发, 我局岚科发, 市政府岚政发."""
    match = _LEAD.match(run)
    if match is None or run in book.codes:
        return 0
    rest = run[match.end() :]
    sure = rest in book.codes or len(match.group()) > 1 or run[0] in "将对就把被" or rest[1:2] in tuple(_OFFICES)
    return match.end() if sure and len(rest) >= 2 and (rest in book.codes or rest[0] not in _OFFICES) else 0


_ORGAN_HEAD = re.compile(r"(?:.{2,}(?:局|部|厅|委员会|政府|办公[室厅])|经?国务院)(?=.{2})")
_NAMED_ORGAN = re.compile(r".{1,8}?[省市县区州].{1,10}?[局厅委办院](?=(.{1,2}).)")
_OUR_ORGAN = re.compile(r"原?[省市县区州]委?.{2,10}[局厅部委](?=.{2})")


def _organ_head(run: str, book: CodeBook) -> int:
    """How long an organ's name is that runs into its code: 国家税务总局财税. Only a code that is known is cut free, and
    whatever follows 市财政局, with which no code begins."""
    if run not in book.codes and (ours := _OUR_ORGAN.match(run)):
        return ours.end()
    if run not in book.codes and (named := _NAMED_ORGAN.match(run)) and named[1][0] in book.prefixes:
        return named.end()  # 广东省物价局粤价函: what follows an organ begins as its region's codes do
    match = _ORGAN_HEAD.match(run) if len(run) > 4 and run not in book.codes else None
    return match.end() if match and run[match.end() :] in book.codes else 0


def _longest_known(start: int, run: str, book: CodeBook) -> tuple[int, str, bool]:
    for offset in range(1, len(run) - 1):
        if run[offset:] in book.codes:
            return start + offset, run[offset:], True
    return start, run, False


def organ_before(text: str, position: int, floor: int = 0, organs: frozenset[str] = frozenset()) -> LeftPart:
    """The organ, or the joint organs, whose name ends at `position` of the folded text.

    根据海关总署| -> 海关总署; 14日原国家质量监督检验检疫总局| -> 国家质量监督检验检疫总局;
    财政部 税务总局| -> 财政部、税务总局; 国| -> 国 (国令); 海关总署发布| -> 海关总署, the one who publishes.
    Nothing when a delimiter stands there. Nothing left of `floor` is read.
    `organs` are names that are known: text run together with one is cut off (提供详细指引海关总署| -> 海关总署).
    """
    around = text[max(floor, position - MAX_ORGANS, 0) : position]
    run = around[len(around) - _run_length(_ORGAN_RUN, around) :]
    names, start = _organs_of(run, organs) if run else ("", 0)
    return LeftPart(names, position - len(run) + start, bounded=True) if names else LeftPart("", position)


@lru_cache(maxsize=4096)  # few organs issue most papers
def _organs_of(run: str, organs: frozenset[str]) -> tuple[str, int]:
    """The organs with whose names the run ends, and where in it they begin; nothing when there are none."""
    run = run.rstrip(" ")
    if run.endswith(_VERB_END) and (verb := _VERB.search(run)):
        run = run[: verb.start()]
    run = run.removesuffix("联合")
    pieces: list[str] = []
    start = len(run)
    for match in reversed(list(_PIECE.finditer(run))):
        piece, cut = _trimmed(match.group())
        if len(piece) > RUN_TOGETHER and piece not in organs and (head := _before_known(piece, organs)):
            piece, cut = piece[head:], cut + head
        if not piece or (pieces and not _ORGAN_END.search(piece)):
            break
        pieces.insert(0, piece)
        start = match.start() + cut
        if cut and match.group()[:cut] != "原":
            break
    if len(pieces) == 1 and _RELATIVE.fullmatch(pieces[0]):
        return "", 0
    return "、".join(pieces), start


_RELATIVE = re.compile(r"[本我](?:局|委|厅|部|院|办|会|行|署|中心|机关|单位)|[一二三四五六七八九十]{1,3}")
"""本局2017年第2号公告: who that is, only the paper as a whole tells; in 二、2017年第5号公告 no organ is named."""


_YEAR_AHEAD = re.compile(r"((?:19|20)\d\d)年(?:联合)?$")


def year_before(text: str, position: int) -> tuple[int | None, int]:
    """The year printed before 公告 instead of behind it, and where it stands: 农业农村部2023年联合公告第26号."""
    near = max(0, position - len("2023年联合"))
    match = _YEAR_AHEAD.search(text[near:position])
    return (int(match[1]), near + match.start()) if match else (None, position)


def _before_known(piece: str, organs: frozenset[str]) -> int:
    """How much of an overlong name stands before the longest known organ that it ends with; nothing where that is a
    name too (国家税务总局河北省税务局)."""
    if piece.startswith(_STATE):
        return 0
    for head in range(1, len(piece) - 2):
        if piece[head:] in organs:
            return 0 if piece[head - 1] in _REGION_END or _ORGAN_END.search(piece[:head]) else head
    return 0


_PIECE = re.compile(r"[^、 ]+")
_REST_HEAD = re.compile(r"(?:年|月|日(?!照))+原?|以?及(?=.{3})|[和与](?=.{3})")
_LOOSE_HEADS = frozenset("年月日原以及和与")  # with which the two begin, _FORMER and _REST_HEAD
_STATE = ("中华人民共和国", "中国", "国家", "全国")
_REGION_END = frozenset("省市县区州旗盟")


def _trimmed(piece: str) -> tuple[str, int]:
    """The piece without the words before the organ's name, and how many characters that cut."""
    cut = 0
    for match in _ORGAN_STOP.finditer(piece):
        cut = match.end()
    if piece[cut : cut + 1] in _LOOSE_HEADS:
        former = _FORMER.match(piece, cut)
        if former and former.end() < len(piece):
            cut = former.end()
        if head := _REST_HEAD.match(piece, cut):
            cut = head.end()
    return piece[cut:], cut
