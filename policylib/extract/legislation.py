"""The history that stands under the title of laws, regulations and rules (题注): who passed, approved, promulgated
and amended them, on which days. Source: 行政法规制定程序条例, 规章制定程序条例; measured on 396 statutes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from policylib.extract.dates import as_date, find_dates
from policylib.extract.folding import fold
from policylib.extract.organ_names import is_organ, without_state
from policylib.model import Found, Span

HISTORY_DAY = "history.day"
"""The rule of a day that a history tells."""
_HEAD = 2000  # characters within which the history of a statute stands
_DAY = r"(?:19|20)\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日"
_ORDINAL = r"[一二三四五六七八九十百\d]{1,5} ?"
_COUNT = rf"第 ?{_ORDINAL}"
_TITLES = r"《[^《》]{1,200}》(?:[、和] ?《[^《》]{1,200}》){0,5}"
_STEP = re.compile(
    rf"(?P<day>{_DAY})起? ?(?P<who>[^,。;《》]{{0,60}}?)(?P<by>{_TITLES})?"
    rf"(?:{_COUNT}次)?(?P<verb>修[订改]通过|通过修订|修订发布|通过|批准|公布|发布|颁布|施行|修订|修正|修改)(?:并?施行)?"
    rf"(?P<further>的?{_TITLES}(?:{_COUNT}次)?修[订正改])?"
)
_WRAPPED = re.compile(rf"\({_STEP.pattern}")
_BETWEEN = re.compile(r"[ ,。;、()]|根据|自|并|已经|现予?")
_CONGRESS = re.compile(
    rf"(?P<organ>[\u3400-\u9fff]{{0,14}}?第?{_ORDINAL}届(?:全国)?人民代表大会(?:常务委员会)?)(?:第?{_ORDINAL}次?)?会议?$"
)
_MEETING = re.compile(
    rf"^(?:经 ?)?(?P<organ>[\u3400-\u9fff]{{2,30}}?)(?:{_COUNT}次)?(?:{_COUNT}届)?"
    rf"(?:部长|局长|主任|审判委员会|检察委员会)?(?:{_COUNT}次)?(?:常务|全体|部务|局务|委务|厅务|行长|党组)?(?:办公)?会议?$"
)
_PROMULGATION = re.compile(rf"^(?P<organ>[\u3400-\u9fff]{{2,30}}?)(?:令|公告)(?:{_COUNT}号)?$")
_ALONE = re.compile(r"(?P<organ>[\u3400-\u9fff]{2,30})$")
_TERM_OF_OFFICE = re.compile(rf"^经|第?{_ORDINAL}届")
_RELATIVE = re.compile(r"[省市县区州旗](?:人民|人大)")  # which one, only its own page tells
_AMENDED = re.compile(
    rf"\(?(?:根据 ?)?{_DAY} ?[^。]{{0,60}}(?:会议|令|国务院)[^。]{{0,600}}《[^。]{{1,400}}》"
    r"[^。《》]{0,8}修[订正改][)。 ]*"
)
"""A step that changed something by a decision whose name has brackets in brackets in brackets."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a history. `organs`: whose step it is, where that is told; `amends` where it only changed what was
    there (《关于修改…的决定》修正)."""

    verb: str
    day: Found[date]
    organs: tuple[Found[str], ...]
    span: Span
    amends: bool

    @property
    def makes(self) -> bool:
        """Whether the organ made the text by it, for the first time or all anew: 通过, 公布, 修订."""
        return not self.amends and self.verb not in ("批准", "施行", "修正", "修改")

    @property
    def revises(self) -> bool:
        """Whether what was there was changed by it, in parts or all anew: 修订, 修正, 修改."""
        return self.amends or "修" in self.verb

    @property
    def passed_inside(self) -> bool:
        """Whether a meeting of an office or of a court passed it, which promulgates by another act, and later: 部务会议
        通过. What a congress passes is often promulgated on that day."""
        names = [one.value for one in self.organs]
        return "通过" in self.verb and bool(names) and not any("人民代表大会" in name for name in names)

    @property
    def promulgates(self) -> bool:
        return self.verb in ("公布", "发布", "颁布")


_ORDER_FIRST = re.compile(r"\([^()。《》]{2,30}令第 ?\d{1,4} ?号\) ?(?=\()")


def is_history(line: str) -> bool:
    """Whether a folded line consists of such steps: 2019年1月15日 丽水市第四届人民代表大会第十四次会议通过; the order
    that promulgated the first text may stand before them in a bracket of its own."""
    if order := _ORDER_FIRST.match(line):
        line = line[order.end() :]
    if _WRAPPED.match(line) and "。" not in line:
        return True
    rest, end = "", 0
    for match in _STEP.finditer(line):
        rest += line[end : match.start()]
        end = match.end()
    return (end > 0 and not _BETWEEN.sub("", rest + line[end:])) or bool(_AMENDED.fullmatch(line))


def steps(folded: str, offset: int) -> Iterator[Step]:
    """The steps in folded words that stand `offset` characters behind the beginning of the text, in order."""
    for match in _STEP.finditer(folded):
        days = list(find_dates(folded, *match.span("day")))
        if days and not match["by"]:
            days += find_dates(folded, *match.span("who"))
        if days:
            day = days[-1]  # of a text that two organs pass on two days, the later
            made = Found(as_date(day.value), day.span.shifted(offset), HISTORY_DAY, 0.9)
            changes = bool(match["by"] or match["further"])
            organs = tuple(_organs(match, offset))
            verb = match["further"][-2:] if match["further"] else match["verb"]  # 通过的《…决定》修正
            yield Step(verb, made, organs, Span(*match.span()).shifted(offset), changes)


def history_of(text: str) -> tuple[Step, ...]:
    """The steps in the lines at the head of a text, in order."""
    found: list[Step] = []
    start = 0
    for line in fold(text[:_HEAD]).splitlines(keepends=True):
        if "年" in line and "日" in line and is_history(line.strip()):
            found += steps(line, start)
        start += len(line)
    return tuple(found)


def _organs(match: re.Match[str], offset: int) -> Iterator[Found[str]]:
    """上海市第十二届人民代表大会第四次会议 is a meeting of 上海市人民代表大会; 国务院令第577号 is by 国务院;
    最高人民法院审判委员会第1552次会议、2012年9月12日最高人民检察院检察委员会第79次会议 are two."""
    place = offset + match.start("who")
    for who in match["who"].split("、"):
        day = re.match(_DAY, who)
        said = who[day.end() :] if day else who
        bare = said.strip().removesuffix("审议").removesuffix("修订")
        start = place + len(who) - len(said.lstrip())
        shapes = (_CONGRESS, _PROMULGATION, _MEETING, _ALONE)
        if found := next((one for shape in shapes if (one := shape.match(bare))), None):
            name = without_state(_TERM_OF_OFFICE.sub("", found["organ"]))
            if is_organ(name) and not _RELATIVE.match(name):
                yield Found(name, Span(*found.span("organ")).shifted(start), "history.organ", 0.9)
        place += len(who) + 1


def made_by(history: Sequence[Step], made: Step | None) -> tuple[Found[str], ...]:
    """Whose text it is that was made by a step: of those that passed it, where an order only promulgates it."""
    upto = history[: history.index(made) + 1] if made else ()
    return next((step.organs for step in reversed(upto) if step.makes and step.organs), ())


def making_step(history: Sequence[Step], in_force: date | None) -> Step | None:
    """The step by which the text was made that is in force since a day: the last that made it and is not later, else
    the first. What was passed and then promulgated (1998年12月26日…通过 1999年1月22日国务院令第258号发布) was made by
    the promulgation, what amended it since changed parts of it."""
    made = [step for step in history if step.makes]
    making = [step for step, after in zip_longest(made, made[1:]) if not _sends_out(step, after)]
    before = [step for step in making if in_force and step.day.value <= in_force]
    return before[-1] if before else making[0] if making else None


def _sends_out(passed: Step, after: Step | None) -> bool:
    return after is not None and "通过" in passed.verb and after.promulgates
