"""status, timeline, impact: what holds, by which act, what happened to a policy, and what rests on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from policylib.cli.common import (
    Count,
    Day,
    as_of_option,
    command,
    format_option,
    say,
    text_or_json_option,
    with_library,
)
from policylib.cli.kept import kept_lines, kept_rows
from policylib.cli.output import cell, record, write_json, write_rows, write_text
from policylib.cli.pages import other_label
from policylib.cli.status_words import doubt_lines, hangs_on, status_line, status_words
from policylib.cli.sweeping import flagged, hints_in, how_to_confirm, open_ends_of
from policylib.cli.unauthorised import with_doubted_authority
from policylib.export.findings import quotation
from policylib.export.words import CERTAINTIES, EFFECTS, state_word
from policylib.library import Library, Links
from policylib.link.cascade import Loss, Resting, cascade
from policylib.link.flags import planned_word
from policylib.link.terms import TermEnd, term_ends
from policylib.model import Effect, Snapshot, State, Status, Work
from policylib.own_tables import EVENTS, IMPACT
from policylib.rules.context import Context
from policylib.rules.currency import Heirs, heirs, none_left

if TYPE_CHECKING:
    from policylib.link.open_ends import OpenEnd

_LOSSES: dict[Loss, str] = {"whole": "失去依据", "part": "部分失去依据", "shaken": "上级依据动摇"}
_INDENT, _DEEPEST = 3, 8  # columns a level; deeper ones stand below the eighth, and are told by their numbers


@command("status", "看一份文件在某一天还算不算数，由哪一句话决定。",
         "policylib status 岚科发〔2016〕31号\npolicylib status 岚科发〔2016〕31号 --as-of 2020-01-01 --why\n"
         "policylib status 岚科发〔2016〕31号 --as-of 2021-06-01 --known 2021-06-01",
         "--as-of 问哪一天的效力；--known 只看到那一天为止作出的文件，问“当时能知道什么”；\n"
         "--why 再列出没有起决定作用的事项。")  # fmt: skip
@click.argument("name", metavar="文号或标题", nargs=-1, required=True)
@as_of_option
@click.option("--known", type=Day(), metavar="日期", help="只看到这一天为止作出的文件；不写则与 --as-of 同一天。")
@click.option("--why", is_flag=True, help="也列出没有起决定作用的事项，附原文。")
@text_or_json_option
@with_library
def status_command(
    library: Library, name: tuple[str, ...], as_of: date | None, known: date | None, why: bool, form: str
) -> None:
    links = library.links(" ".join(name))
    status = library.status(links.work.key, as_of, known)
    sweeping = open_ends_of(library, links.work, status)
    found = with_doubted_authority(library, links, flagged(status, sweeping))
    if form == "json":
        write_json({"work": record(links.work), "status": record(found)})
    else:
        write_text("\n".join((*_page(links, found, why, sweeping), *(kept_lines(library, links.work) if why else ()))))


@command("timeline", "看一份文件的来历：成文、施行、修改、延期、清理、废止，按日期排列。",
         "policylib timeline 岚科发〔2016〕31号\n"
         "policylib timeline 岚科发〔2016〕31号 --format csv > 来历.csv")  # fmt: skip
@click.argument("name", metavar="文号或标题", nargs=-1, required=True)
@format_option
@with_library
def timeline_command(library: Library, name: tuple[str, ...], form: str) -> None:
    links = library.links(" ".join(name))
    events = sorted(links.effects, key=lambda one: (one.effective or one.made or date.max, one.made or date.max))
    ends = term_ends(links.effects)
    rows = [_row(links, one, _moved(ends)) for one in events]
    rows += [_end_row(links, one) for one in ends if one.by.kind == "extend"]
    rows += map(_open_end_row, open_ends_of(library, links.work, library.status(links.work.key)))
    rows += kept_rows(library, links.work)
    rows.sort(key=lambda row: row["day"] or date.max)
    write_rows(rows, EVENTS, form, EVENTS[:5])


@command("impact", "看一份文件废止或者失效后，哪些文件失去依据。",
         "policylib impact 岚政发〔2015〕22号\npolicylib impact 岚政发〔2015〕22号 岚政规〔2017〕3号 --depth 6\n"
         "policylib impact 岚政发〔2015〕22号 --format csv > 受影响.csv",
         "只算“根据、依据”某文件制定的；转发、参照、贯彻的不算。另有依据未失效的，是“部分失去依据”；\n"
         "再往下的，所依据的那份仍然有效，是“上级依据动摇”。\n"
         "已经失效的文件也可以问：列出仍以它为依据的。")  # fmt: skip
@click.argument("names", metavar="文号或标题...", nargs=-1, required=True)
@as_of_option
@click.option("--depth", type=Count(), default=1, metavar="层数", help="往下几层，默认 1：只看直接以它为依据的。")
@format_option
@with_library
def impact_command(library: Library, names: tuple[str, ...], as_of: date | None, depth: int, form: str) -> None:
    keys = [library.get(name).key for name in names]
    snapshot = library.snapshot(as_of)
    found = cascade(snapshot, keys, depth)
    seen = _Seen(snapshot, hints_in(snapshot, Context(library.tables, library.office)))
    if form != "text":
        write_rows((_impact_row(seen, one) for one in found), IMPACT, form)
        return
    write_text("\n".join(_impact_page(seen, keys, found)))
    losses = Counter(one.loss for one in found)
    told = "，".join(f"{word} {losses[loss]}" for loss, word in _LOSSES.items() if losses[loss] or loss != "shaken")
    say(f"{told}（据本库所知，截至 {snapshot.as_of}）")


@dataclass(frozen=True, slots=True)
class _Seen:
    """A library on a day, and of the works that a catch-all may have ended the hint that stands behind their state."""

    snapshot: Snapshot
    hints: Mapping[str, str]

    def words(self, status: Status, work: Work) -> str:
        return status_words(status, work.role) + self.hints.get(work.key, "")


def _impact_page(seen: _Seen, keys: list[str], found: tuple[Resting, ...]) -> Iterator[str]:
    for key in keys:
        work, status = seen.snapshot.by_key[key], seen.snapshot.statuses.get(key)
        yield work.label
        if status:
            yield f"  效力：{seen.words(status, work)}"
            if status.state.dead and status.decisive and status.decisive.evidence:
                yield f"  {quotation(status.decisive.evidence)} —— {cell(status.decisive.evidence.origin)}"
        yield from _heir_lines(seen, key)
    if not found:
        yield f"没有现行文件以{'它' if len(keys) == 1 else '它们'}为依据（据本库所知）"
    numbers: dict[str, int] = {}
    for one in _as_tree(found):
        numbers[one.work.key] = len(numbers) + 1
        indent = " " * _INDENT * min(one.depth - 1, _DEEPEST)
        yield from (f"{indent}{line}" for line in _impact_lines(seen, one, numbers))


def _as_tree(found: tuple[Resting, ...]) -> Iterator[Resting]:
    """Each work behind the one that it rests on; those of one basis in their order."""
    below: dict[str, list[Resting]] = {}
    for one in reversed(found):
        below.setdefault(one.path[0].target, []).append(one)
    waiting = [one for one in reversed(found) if one.depth == 1]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += below.get(one.work.key, ())


def _impact_lines(seen: _Seen, one: Resting, numbers: Mapping[str, int]) -> Iterator[str]:
    """A work with the sentence by which it rests on the one above: every citation is shown once."""
    own = one.path[0]
    basis = f"第{numbers[own.target]}份" if own.target in numbers else cell(_label(seen.snapshot, own.target))
    yield f"{numbers[one.work.key]}. [{_LOSSES[one.loss]}] {cell(one.work.label)}"
    if status := seen.snapshot.statuses.get(one.work.key):
        yield f"   效力：{seen.words(status, one.work)}"
    yield f"   以{basis}为依据：{quotation(own.evidence)}"
    yield f"     —— {cell(own.evidence.origin)}"
    yield from (f"   另有依据：{cell(_standing(seen, key))}" for key in one.others)


def _label(snapshot: Snapshot, key: str) -> str:
    work = snapshot.by_key.get(key)
    return work.label if work else key


def _standing(seen: _Seen, key: str) -> str:
    """A further basis, and whether it holds: one that is not held may long be dead."""
    return f"{_label(seen.snapshot, key)}（效力{_state(seen, key)}）"


def _state(seen: _Seen, key: str) -> str:
    status = seen.snapshot.statuses.get(key)
    return state_word(status.state if status else State.UNKNOWN, "policy") + seen.hints.get(key, "")


def _heirs(snapshot: Snapshot, key: str, but: str = "") -> Heirs:
    """What holds in the place of a basis that is dead; of one that lives nobody needs another."""
    return heirs(snapshot, key, but) if snapshot.is_dead(key) else Heirs((), ())


def _heir_lines(seen: _Seen, key: str) -> Iterator[str]:
    """What took the place of a dead basis, so that its papers can rest on that; or that this is dead too."""
    found = _heirs(seen.snapshot, key)
    yield from (f"  替代它的：{cell(one.label)}（效力{_state(seen, one.key)}）" for one in found.living)
    if found.dead and not found.living:
        yield f"  {cell(none_left(seen.snapshot, found))}"


def _impact_row(seen: _Seen, one: Resting) -> dict[str, object]:
    snapshot = seen.snapshot
    status = snapshot.statuses.get(one.work.key)
    evidence = one.path[0].evidence
    return {
        "result": _LOSSES[one.loss],
        "number": str(one.work.number) if one.work.number else None,
        "title": one.work.title,
        "depth": one.depth,
        "path": [relation.target for relation in one.path],
        "quote": quotation(evidence),
        "file": evidence.path,
        "heirs": [work.label for work in _heirs(snapshot, one.path[0].target, one.work.key).living],
        "others": [_standing(seen, key) for key in one.others],
        "state": seen.words(status, one.work) if status else None,
        "key": one.work.key,
    }


def _page(links: Links, status: Status, why: bool, sweeping: Sequence[OpenEnd]) -> Iterator[str]:
    yield links.work.label
    yield status_line(status, links.work.role)
    yield from doubt_lines(status)
    moved = _moved(term_ends(links.effects, status.known or status.as_of))
    for deciding in filter(None, (status.decisive, status.extended)):
        yield f"  {_sentence(links, deciding, moved)}"
        yield from _quoted(deciding)
    if entered := _entered_end(links, status):
        yield f"  有效期至 {status.until}，按人工登记的"
        yield from _quoted(entered)
    if status.ended and status.ended != status.decisive:
        yield f"  此前已失效：{_sentence(links, status.ended, moved)}"
        yield from _quoted(status.ended)
    yield from (f"  提示：{flag}" for flag in (*filter(None, [hangs_on(status, links.work)]), *status.flags))
    if sweeping:
        yield f"    {cell(how_to_confirm(str(links.work.number or links.work.key), sweeping))}"
    if status.losing and (why or status.doubt):
        yield "已知的，都不足以判断：" if status.doubt else "没有起决定作用的："
        for one in status.losing:
            yield f"  {_sentence(links, one, moved)}"
            yield from _quoted(one)


def _entered_end(links: Links, status: Status) -> Effect | None:
    """The end of a term that a person has entered, of a paper that it has not ended: the sentence that decides is
    another, and says another day, or none."""
    ends = (one for one in links.effects if one.kind == "expiry" and one.effective == status.until)
    found = next((one for one in ends if one.evidence and one.evidence.witness), None)
    return None if status.state.dead or found in (status.decisive, status.extended) else found


_Moved = Mapping[Effect, TermEnd]


def _moved(ends: Iterable[TermEnd]) -> _Moved:
    """The ends that never came, because the term had been extended before, by what had set them."""
    return {one.by: one for one in ends if one.moved}


def _sentence(links: Links, effect: Effect, moved: _Moved) -> str:
    """2020-06-01 废止，依据《某通知》（岚科发〔2020〕30号）."""
    day = effect.effective or effect.made or "日期不明"
    until = f"至 {effect.until}" if effect.until else ""
    by = f"，依据{cell(_by(links, effect))}" if effect.by else ""
    return f"{day} {_event(effect, moved)}{until}{by}"


def _by(links: Links, effect: Effect) -> str | None:
    """The act that did it; 《某通知》的兜底条款 where that does not name the paper."""
    return f"{other_label(links, effect.by)}{effect.by_clause}" if effect.by else None


def _event(effect: Effect, moved: _Moved) -> str:
    """废止; 网站标注“失效”; 有效期届满（文中没有规定，按规定推定）; 原定有效期届满（已延长）."""
    if effect.kind == "expiry" and effect in moved:
        return _end_word(moved[effect])
    if effect.kind == "plan":
        return planned_word(effect)
    said = f"“{effect.detail}”" if effect.kind == "label" else ""
    presumed = "（文中没有规定，按规定推定）" if effect.certainty == "presumed" else ""
    return f"{EFFECTS[effect.kind]}{said}{presumed}"


def _end_word(end: TermEnd) -> str:
    if end.moved is None:
        return EFFECTS["expiry"]
    return f"原定{EFFECTS['expiry']}（已{'延长' if end.moved >= end.day else '调整'}）"


def _quoted(effect: Effect) -> Iterator[str]:
    if effect.evidence:
        yield f"    {quotation(effect.evidence)}"
        if effect.evidence.origin:  # a rule set stands in no file, and nobody said it
            yield f"      —— {cell(effect.evidence.origin)}"


def _open_end_row(one: OpenEnd) -> dict[str, Any]:
    evidence = next(iter(one.evidence), None)
    return {
        "day": one.since or one.act.day,
        "event": f"可能因{'兜底条款' if one.kind == 'catch_all' else one.because}失效，待确认",
        "until": None,
        "by": one.act.label,
        "quote": quotation(evidence) if evidence else None,
        "path": evidence.origin if evidence else None,
        "made": one.act.day,
        "certainty": "待确认",
    }


def _end_row(links: Links, end: TermEnd) -> dict[str, Any]:
    """The end of a term that an act has set, on its day: the act itself stands on the day on which it was made."""
    return {**_row(links, end.by, {}), "day": end.day, "event": _end_word(end), "until": None}


def _row(links: Links, effect: Effect, moved: _Moved) -> dict[str, Any]:
    evidence = effect.evidence
    return {
        "day": effect.effective or effect.made,
        "event": _event(effect, moved),
        "until": effect.until,
        "by": _by(links, effect),
        "quote": quotation(evidence) if evidence else None,
        "path": evidence.origin if evidence else None,
        "made": effect.made,
        "certainty": "人工登记" if evidence and evidence.witness else CERTAINTIES[effect.certainty],
    }
