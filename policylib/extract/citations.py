"""Mentions of documents: 《》 titles with the numbers, names and tails that belong to them, and numbers that stand
alone (domain.md §3.3, §4). What a mention means is for `claims`."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from policylib.extract.codes import organ_before
from policylib.extract.folding import title_key
from policylib.extract.organ_names import is_organ
from policylib.extract.titles import BracketedTitle, find_titles
from policylib.extract.uses import is_file, is_short, use_of
from policylib.model import Citation, DocumentNumber, NumberKind, NumberMention, Span

_PAREN = re.compile(r"[ \n]{0,2}\((?P<inside>(?:[^()\n]|\([^()\n]{0,80}\)){1,300})\)")
_OPEN_PAREN = re.compile(r"[ \n]{0,2}\((?P<inside>[^()\n。]{1,80}号[^()\n。]{0,20})(?=[,。;]|$)")
_ALIAS = re.compile(
    r"(?:以下|下文|下)(?:统)?(?:简称|称)(?:为)?[“\"]?(?:[新原旧](?=《))?(?P<alias>《[^《》\n]{1,40}》|[^,。;)”\"《》\n]{1,30})"
)
_TAIL = re.compile(r"(?:及其|及)(?:配套的?)?(?P<tail>实施细则|实施条例|实施办法|实施意见|实施方案|配套规定|司法解释)")
_SHORT_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)年第?(?P<serial>\d{1,4})号")
_PUBLISHED_BY = re.compile(
    r"(?:文件)?(?:联合)?(?:公布|发布|颁布|印发|下发)[、,]?(?:[^《》。\n]{0,400}?(?:修改|修订|修正)(?:并重新公布)?)?的?原?"
)
_HISTORY = re.compile(r"(?:根据|、|,)[^《》。;\n()]{2,400}?(?:修改|修订|修正)")
_LINE_END = re.compile(r" *(?:[)\n]|$)")
_TIMES_AMENDED = re.compile(r"(?:第[一二三四五六七八九十]{1,2}次)?(?:修正|修订)(?!的?决定)")
_AMENDED = re.compile(r"(?:修改|修订|修正|第.次修正)")
_YEAR: Final = r"(?<!\d)(?P<year>(?:19|20)\d\d)年"
_THEN_ISSUED: Final = (
    r"(?:\d{1,2}月(?:\d{1,2}日)?)?(?:[^,。;、:《》()\d]{0,32}[府局委厅办院部会室议])?"
    r"(?:正式|联合|首次)?(?:发布|公布|印发|颁布|下发|出台|制发|通过)"
)
_ISSUED_BEFORE = re.compile(rf"{_YEAR}{_THEN_ISSUED}了?的?原?$")
_ISSUED_BEHIND = re.compile(rf"{_YEAR}(?:版?|{_THEN_ISSUED})$")
"""《X》（2014年5月1日发布）, 《X》（2014年版); not （2014年修订）, which tells a version of a law."""
MAX_YEAR: Final = 56  # characters of 1998年10月20日岚州市第十届人民代表大会常务委员会第五次会议通过的
MAX_NUMBER: Final = 120  # the longest number of 11,463 measured, with its organs
MAX_HISTORY: Final = 700  # four orders, each with its date: 令第238号公布、根据…修改


@dataclass(frozen=True, slots=True)
class Mention:
    """A citation with what decides its use. extent: from the issuer or number before it to the paren or tail behind.

    use: policy; own (this document); short (a name given elsewhere); alias (以下简称《X》); form (a newspaper
    too), standard, annex (no policies); history (the orders that amended a cited act)."""

    citation: Citation
    extent: Span
    use: str


@dataclass(frozen=True, slots=True)
class Context:
    """The text, folded, and what is known of the document before its citations are read."""

    text: str
    folded: str
    numbers: tuple[NumberMention, ...]
    starts: tuple[int, ...]
    own_titles: frozenset[str]
    own_numbers: frozenset[str]
    aliases: dict[str, str]
    annexes: set[str] = field(default_factory=set)

    def numbers_in(self, start: int, end: int) -> tuple[NumberMention, ...]:
        """The numbers that stand wholly in `text[start:end]`."""
        found = self.numbers[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        return tuple(one for one in found if one.span.end <= end)

    def has_number(self, span: Span) -> bool:
        return bisect_left(self.starts, span.start) < bisect_left(self.starts, span.end)


def find_mentions(context: Context, start: int, end: int) -> tuple[Mention, ...]:
    """Every mention in `text[start:end]` (one paragraph or table row), in order."""
    titles = [one for one in find_titles(context.text, start, end) if one.inner.of(context.text).strip(" \u3000\n")]
    history = _history(context.folded, start, titles)
    mentions: list[Mention] = []
    taken: set[Span] = set()
    for title in titles:
        floor = mentions[-1].extent.end if mentions else start
        mention, used = _titled(context, title, floor, end)
        taken |= used
        mentions.append(mention)
        if alias := mention.citation.alias:
            context.aliases.setdefault(title_key(alias), mention.citation.title or "")
    loose = [one for one in _outside(context.numbers_in(start, end), titles) if one.span not in taken]
    mentions.extend(_numbered(context, one, history, end) for one in loose)
    return tuple(sorted(mentions, key=lambda mention: mention.extent.start))


def _outside(numbers: Iterable[NumberMention], titles: Sequence[BracketedTitle]) -> Iterator[NumberMention]:
    """The numbers that stand in no title."""
    starts = [title.outer.start for title in titles]
    for one in numbers:
        place = bisect_right(starts, one.span.start) - 1
        if place < 0 or one.span.start >= titles[place].outer.end:
            yield one


def _history(folded: str, start: int, titles: Sequence[BracketedTitle]) -> tuple[Span, ...]:
    """根据2014年3月13日海关总署令第218号修改的《X》: the orders between are X's history, nobody's basis."""
    spans: list[Span] = []
    position = start
    for title in titles:
        if folded.find("修", position, title.outer.start) >= 0:
            matches = _HISTORY.finditer(folded, position, title.outer.start)
            spans.extend(Span(match.start(), match.end()) for match in matches)
        position = title.outer.end
    return tuple(spans)


@dataclass(frozen=True, slots=True)
class _Behind:
    """What follows a title and belongs to it: numbers, the words in brackets, an alias; `stop` is where that ends."""

    stop: int
    numbers: tuple[NumberMention, ...] = ()
    used: frozenset[Span] = frozenset()
    paren: str = ""
    alias: str | None = None


def _titled(context: Context, title: BracketedTitle, floor: int, end: int) -> tuple[Mention, set[Span]]:
    inner, outer = title.inner, title.outer
    behind = _behind(context, title, end)
    before = _number_before(context, outer.start, floor)
    attached = behind.numbers or ((before,) if before else ())
    tail = _TAIL.match(context.folded, behind.stop, end)
    stop = tail.end() if tail else behind.stop
    issuer, begin = (None, before.span.start) if before else _issuer(context, outer.start, floor)
    span = Span(outer.start, stop if attached and not tail else outer.end)
    citation = Citation(
        span=Span(before.span.start, outer.end) if before and not behind.paren else span,
        form="full" if attached else "title",
        title=re.sub(r"\n *", "", inner.of(context.text).strip(" \u3000\n")),
        title_span=outer,
        numbers=tuple(one.number for one in attached if one.number),
        issuer=issuer,
        tail=tail.group() if tail else None,
        alias=behind.alias,
        repaired=any(one.repaired for one in attached),
        year=None if attached else _year_of_issue(context.folded, max(floor, begin - MAX_YEAR), begin, behind.paren),
    )
    used = behind.used | ({before.span} if before else set())
    use = "history" if _amending(context.folded, outer) else _use(context, citation, outer, behind.paren)
    return Mention(citation, Span(begin, stop), use), set(used)


def _year_of_issue(folded: str, floor: int, begin: int, paren: str) -> int | None:
    """The year that stands with a title in place of its number: 2014年发布的《X》, 《X》（2014年5月1日发布）."""
    found = _ISSUED_BEFORE.search(folded, floor, begin) or _ISSUED_BEHIND.match(paren)
    return int(found["year"]) if found else None


def _amending(folded: str, title: Span) -> bool:
    """A step in a law's own history: （…通过 根据…《关于修改〈X〉的决定》第一次修正） under its title, and every line
    that ends 《…决定》第一次修正 or 《…决定》修正. It counts the amendments; the text does not rest on them."""
    times = _TIMES_AMENDED.match(folded, title.end)
    if not times:
        return False
    counted = times.group().startswith("第") or _LINE_END.match(folded, times.end())
    if counted and folded.startswith("决定", title.end - 3):
        return True
    near = max(0, title.start - MAX_HISTORY)
    line = folded.rfind("\n", near, title.start) + 1
    return bool((line or not near) and folded[line : line + 1] == "(")


def _behind(context: Context, title: BracketedTitle, end: int) -> _Behind:
    folded, outer = context.folded, title.outer
    match = _PAREN.match(folded, outer.end, end) or _OPEN_PAREN.match(folded, outer.end, end)
    if match is None:
        return _beside(context, outer.end, end)
    inside = context.numbers_in(match.start(), match.end())
    own = [one for one in inside if not _AMENDED.match(folded, one.span.end) and not _in_alias(folded, one)]
    own = own or _year_and_serial(folded, match, title.inner.of(context.text))
    alias = _alias(context, match.start("inside"), match.end("inside")) or _loose_alias(context, match.end(), end)
    used = frozenset(one.span for one in inside)
    return _Behind(match.end(), tuple(own), used, match["inside"], alias)


def _beside(context: Context, place: int, end: int) -> _Behind:
    """A number directly behind the title, without brackets: 《X》国发〔2019〕3号."""
    near = context.numbers_in(place, min(end, place + MAX_NUMBER))
    one = near[0] if near and not context.folded[place : near[0].span.start].strip(" \n") else None
    stop = one.span.end if one else place
    numbers = (one,) if one else ()
    return _Behind(stop, numbers, frozenset(n.span for n in numbers), alias=_loose_alias(context, stop, end))


def _loose_alias(context: Context, place: int, end: int) -> str | None:
    """《X》以下简称《Y》）: the opening bracket is lost; 《X》（…31号）（以下简称《Y》）: it has its own brackets."""
    named = context.folded.startswith(("以下简称", "(以下简称"), place)
    return _alias(context, place, min(end, place + 40)) if named else None


def _in_alias(folded: str, one: NumberMention) -> bool:
    return bool(re.search(r"(?:简称|称)[“\"为]{0,2}$", folded[max(0, one.span.start - 6) : one.span.start]))


def _alias(context: Context, start: int, end: int) -> str | None:
    match = _ALIAS.search(context.folded, start, end)
    return context.text[match.start("alias") : match.end("alias")].strip("《》“”\"' ") if match else None


def _year_and_serial(folded: str, match: re.Match[str], title: str) -> list[NumberMention]:
    """（2023年第198号） behind a title that ends in 公告: the organ is the one that speaks."""
    found = _SHORT_YEAR.search(match["inside"])
    if not found or not title.rstrip("》〉> ").endswith(("公告", "通告")):
        return []
    span = Span(match.start("inside") + found.start(), match.start("inside") + found.end())
    number = DocumentNumber(None, int(found["year"]), int(found["serial"]), NumberKind.ANNOUNCEMENT)
    return [NumberMention(found.group(), span, number, "number.announcement", 0.7)]


def _number_before(context: Context, start: int, floor: int) -> NumberMention | None:
    """The number that stands before its title: 令第145号公布、根据…修改的《X》; 2023年第28号公告（《X》）.

    Of several orders before it, the one that published it, not those that amended it later.
    """
    for one in reversed(context.numbers_in(max(floor, start - MAX_HISTORY), start)):
        between = context.folded[one.span.end : start]
        if not between or re.fullmatch(r"[ \n]{0,2}\(", between):
            return one
        if _PUBLISHED_BY.fullmatch(between):
            return _publisher(context, one, floor)
    return None


def _publisher(context: Context, last: NumberMention, floor: int) -> NumberMention:
    earlier = context.numbers_in(max(floor, last.span.start - MAX_HISTORY), last.span.start)
    return next((one for one in earlier if _ISSUED.match(context.folded, one.span.end)), last)


def _issuer(context: Context, begin: int, floor: int) -> tuple[str | None, int]:
    """The organ printed before the title, outside it: 省委办公厅、省政府办公厅《…》."""
    part = organ_before(context.folded, begin, floor)
    if not part.text or begin - part.start > 120:
        return None, begin
    raw = context.text[part.start : part.start + len(part.text)].strip(" \u3000\n")
    last = re.sub(r"等\d*[一二三四五六七八九十]*(?:个)?(?:部门|单位)$", "", part.text.split("、")[-1])
    if is_organ(last) or re.fullmatch(r"国家|国务院|中共中央", last):
        return raw, part.start
    return None, begin


def _use(context: Context, citation: Citation, outer: Span, paren: str) -> str:
    title = citation.title or ""
    key = title_key(title)
    before = context.folded[max(0, outer.start - 8) : outer.start]
    if re.search(r"(?:简称|统称|称)(?:为)?[“\"]?$", before) and not citation.numbers:
        return "alias"
    if any(number.key in context.own_numbers for number in citation.numbers):
        return "own"
    if key in context.own_titles and not any(number.complete for number in citation.numbers):
        return "own"
    if citation.numbers:
        return use_of(title, paren, context.folded, outer, numbered=True) or "policy"
    if key in context.aliases and key != title_key(context.aliases[key]):
        return "short"
    if is_short(title):
        return "short"
    use = "annex" if key in context.annexes else use_of(title, paren, context.folded, outer) or "policy"
    if use == "annex":
        context.annexes.add(key)  # 《X》（见附件3）, and 《X》 again further on
    return use


def _numbered(context: Context, one: NumberMention, history: tuple[Span, ...], end: int) -> Mention:
    number = one.number
    citation = Citation(
        span=one.span,
        form="number",
        numbers=(number,) if number else (),
        repaired=one.repaired,
    )
    use = "policy"
    if number is None:
        use = "unread"
    elif is_file(context.folded, one.span.end):
        use = "annex"
    elif number.key in context.own_numbers:
        use = "own"
    elif any(span.contains(one.span) for span in history) or _amender(context.folded, one):
        use = "history"
    elif number.kind is NumberKind.REGISTRATION:
        use = "unread"
    elif _in_alias(context.folded, one):
        use = "short"
    elif not number.complete:
        use = "short" if number.year is None or number.kind is NumberKind.BARE else "policy"
        if number.code is None and number.kind is NumberKind.DOCUMENT:
            use = "unread"
    stop = one.span.end
    if match := _PAREN.match(context.folded, stop, end):
        stop = match.end() if match["inside"].startswith("关于") else stop
    return Mention(citation, Span(one.span.start, stop), use)


def _amender(folded: str, one: NumberMention) -> bool:
    """An order that is only a step in a history: …令第240号修改的, and the line （1991年…令第76号发布 …）."""
    near = max(0, one.span.start - 60)
    line = folded.rfind("\n", near, one.span.start) + 1
    noted = (line or not near) and folded[line : line + 1] == "(" and _ISSUED.match(folded, one.span.end)
    return bool(noted or _STEP.match(folded, one.span.end))


_STEP = re.compile(r"(?:第[一二三四五六七八九十]{1,2}次)?(?:修改|修订|修正)(?!的决定)")
_ISSUED = re.compile(r"发布|公布|颁布|通过")


def tails(mentions: Sequence[Mention]) -> Iterator[tuple[int, Citation]]:
    """The second, untitled target of 《X》及其实施细则, with the index of the mention it hangs on."""
    for index, mention in enumerate(mentions):
        if tail := mention.citation.tail:
            end = mention.extent.end
            yield index, Citation(Span(end - len(tail), end), "tail", tail=tail, refers_to=index)
