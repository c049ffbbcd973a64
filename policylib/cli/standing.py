"""status, timeline: what holds, by which act, and what happened to a policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from policylib.cli.common import (
    Day,
    as_of_option,
    command,
    format_option,
    text_or_json_option,
    with_library,
)
from policylib.cli.judgement_words import judgement_line
from policylib.cli.kept import kept_lines, kept_rows
from policylib.cli.output import cell, record, write_json, write_rows, write_text
from policylib.cli.pages import other_label
from policylib.cli.status_words import doubt_lines, hangs_on, status_line
from policylib.cli.sweeping import flagged, how_to_confirm, open_ends_of
from policylib.cli.unauthorised import with_doubted_authority
from policylib.export.findings import quotation
from policylib.export.words import CERTAINTIES, EFFECTS, relation_words
from policylib.library import Library, Links
from policylib.library.as_known import registered_after
from policylib.link.flags import planned_word
from policylib.link.terms import TermEnd, term_ends
from policylib.marks import label_says
from policylib.model import Effect, Evidence, Status, Unresolved, Work
from policylib.own_tables import EVENTS

if TYPE_CHECKING:
    from policylib.link.open_ends import OpenEnd


_ROWS = (
    "repeals",
    "lapses",
    "partly_repeals",
    "retains",
    "extends",
    "amends",
)  # what a row of a cleanup result decides


_SHOWN = (*EVENTS[:4], ("told", "原文"))  # on a terminal, where there is no room for the path


@command("status", "看一份文件在某一天还算不算数，由哪一句话决定。",
         "policylib status 岚科发〔2016〕31号\npolicylib status 岚科发〔2016〕31号 --as-of 2020-01-01 --why\n"
         "policylib status 岚科发〔2016〕31号 --as-of 2021-06-01 --known 2021-06-01",
         "--as-of 问哪一天的效力；--known 只看到那一天为止作出的文件、登记的人工意见，\n问“当时能知道什么”；"
         "--why 再列出没有起决定作用的事项。")  # fmt: skip
@click.argument("name", metavar="文号或标题", nargs=-1, required=True)
@as_of_option
@click.option(
    "--known",
    type=Day(),
    metavar="日期",
    help="只看到这一天为止作出的文件、登记的意见；不写的，文件看到 --as-of 那天，意见都算。",
)
@click.option("--why", is_flag=True, help="也列出没有起决定作用的事项，附原文。")
@text_or_json_option
@with_library
def status_command(
    library: Library, name: tuple[str, ...], as_of: date | None, known: date | None, why: bool, form: str
) -> None:
    links = library.links(" ".join(name), known)
    status = library.status(links.work.key, as_of, known)
    sweeping = open_ends_of(library, links.work, status, ended=True)
    found = with_doubted_authority(library, links, flagged(status, sweeping))
    if form == "json":
        write_json({"work": record(links.work), "status": record(found)})
    else:
        lines = (*_page(links, found, why, sweeping), *_registered_later(library, links.work, known))
        write_text("\n".join((*lines, *(kept_lines(library, links) if why else ()))))


@command("timeline", "看一份文件的来历：成文、施行、修改、延期、清理、废止，按日期排列。",
         "policylib timeline 岚科发〔2016〕31号\n"
         "policylib timeline 岚科发〔2016〕31号 --format csv > 来历.csv")  # fmt: skip
@click.argument("name", metavar="文号或标题", nargs=-1, required=True)
@format_option
@with_library
def timeline_command(library: Library, name: tuple[str, ...], form: str) -> None:
    write_rows(timeline_rows(library, library.links(" ".join(name))), EVENTS, form, _SHOWN)


def timeline_rows(library: Library, links: Links) -> list[dict[str, Any]]:
    """What happened to a paper and what people said of it, the earliest first; `told` is what a terminal shows of the
    words: a person's with who said it, when and why."""
    events = sorted(links.effects, key=lambda one: (one.effective or one.made or date.max, one.made or date.max))
    ends = term_ends(links.effects)
    rows = [_row(links, one, _moved(ends)) for one in events]
    rows += [_end_row(links, one) for one in ends if one.by.kind == "extend"]
    status = library.status(links.work.key)
    over = status.is_surely_dead
    rows += (_open_end_row(one, over) for one in open_ends_of(library, links.work, status, ended=True))
    rows += kept_rows(library, links)
    rows.sort(key=lambda row: row["day"] or date.max)
    return [{"told": row["quote"], **row} for row in rows]


def _page(links: Links, status: Status, why: bool, sweeping: Sequence[OpenEnd]) -> Iterator[str]:
    yield links.work.label
    yield status_line(status, links.work.role)
    yield from doubt_lines(status)
    moved = _moved(term_ends(links.effects, status.known or status.as_of))
    for deciding in filter(None, (status.decisive, status.extended, status.ending)):
        yield f"  {_sentence(links, deciding, moved)}"
        yield from _quoted(deciding)
    if entered := _entered_end(links, status):
        yield f"  有效期至 {status.until}，按人工登记的"
        yield from _quoted(entered)
    if status.ended and status.ended != status.decisive:
        yield f"  此前已失效：{_sentence(links, status.ended, moved)}"
        yield from _quoted(status.ended)
    yield from (f"  提示：{flag}" for flag in (*hangs_on(status, links.work), *status.flags))
    if sweeping:
        yield f"    {cell(how_to_confirm(links.work, sweeping, over=status.is_surely_dead))}"
    losing = [one for one in status.losing if one != status.ended]  # that was told above
    if losing and (why or status.doubt):
        yield "已知的，都不足以判断：" if status.doubt else "没有起决定作用的："
        for one in losing:
            yield f"  {_sentence(links, one, moved)}"
            yield from _quoted(one)
    yield from _perhaps_lines(links, status) if why else ()


def _registered_later(library: Library, work: Work, known: date | None) -> Iterator[str]:
    """What people have said of the work since the day until which things are known."""
    said = [one for one in library.judgements() if work.key in (one.source, one.target)]
    later = registered_after(said, known) if known else ()
    works = {one.key: one for one in library.works()} if later else {}
    if later:
        yield f"  {known} 以后才登记的人工意见，那时还不知道，没有算："
    for one in later:
        about = "" if one.source == work.key or one.source not in works else f"{works[one.source].label}："
        yield f"    {judgement_line(one, works, about)}"


def _perhaps_lines(links: Links, status: Status) -> Iterator[str]:
    """Rows of cleanup results that may mean the paper, and could not be matched: its title beside another number."""
    rows = [one for one in links.perhaps if one.kind in _ROWS and _made_by(links, one, status)]
    if rows:
        yield "也许说的是它、没有对上的："
    for one in rows:
        act = cell(other_label(links, one.source))
        yield f"  {act}列为{relation_words()[one.kind].label}的一行：{cell(one.wanted)}（{cell(one.reason)}）"
        yield f"    {quotation(one.evidence)}"
        yield f"      —— {cell(one.evidence.origin)}"


def _made_by(links: Links, one: Unresolved, status: Status) -> bool:
    act = links.others.get(one.source)
    return not (act and act.day and act.day > (status.known or status.as_of))


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
    """废止; 网站标注“失效”; 题注所列“修正”; 有效期届满（文中没有规定，按规定推定）; 原定有效期届满（已延长）."""
    if effect.kind == "expiry" and effect in moved:
        return _end_word(moved[effect])
    if effect.kind == "plan":
        return planned_word(effect)
    said = f"“{_as_printed(effect)}”" if effect.kind == "label" else ""
    if effect.kind == "history":
        said = f"“{effect.detail}”"
    presumed = "（文中没有规定，按规定推定）" if effect.certainty == "presumed" else ""
    return f"{EFFECTS[effect.kind]}{said}{presumed}"


def _as_printed(effect: Effect) -> str | None:
    """The label of a page word for word, 废止或失效; of a mark, which is a sentence, what it says."""
    quote = effect.evidence.quote if effect.evidence else ""
    return quote if label_says(quote) == effect.detail else effect.detail


def _end_word(end: TermEnd) -> str:
    if end.moved is None:
        return EFFECTS["expiry"]
    return f"原定{EFFECTS['expiry']}（已{'延长' if end.moved >= end.day else '调整'}）"


def _quoted(effect: Effect) -> Iterator[str]:
    if effect.evidence:
        yield f"    {quotation(effect.evidence)}"
        if effect.evidence.origin:  # a rule set stands in no file, and nobody said it
            yield f"      —— {cell(effect.evidence.origin)}"
    if effect.since:
        yield f"    日期见：{quotation(effect.since.evidence)}"
        yield f"      —— {cell(effect.since.evidence.origin)}"


def _open_end_row(one: OpenEnd, over: bool) -> dict[str, Any]:
    """可能因兜底条款失效，待确认; of a paper whose term is `over`: 此前可能已因兜底条款失效，待确认."""
    evidence = next(iter(one.evidence), None)
    clause = "兜底条款" if one.kind == "catch_all" else one.because
    return {
        "day": one.since or one.act.day,
        "event": f"{'此前可能已因' if over else '可能因'}{clause}失效，待确认",
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


def _told(evidence: Evidence) -> str:
    """The words, and the person without whose word nothing would stand on them: ——张三 2024-03-01 登记（会议）."""
    return "——".join(filter(None, (quotation(evidence), str(evidence.witness or ""))))


def _row(links: Links, effect: Effect, moved: _Moved) -> dict[str, Any]:
    evidence = effect.evidence
    return {
        "day": effect.effective or effect.made,
        "event": _event(effect, moved),
        "until": effect.until,
        "by": _by(links, effect),
        "quote": quotation(evidence) if evidence else None,
        "told": _told(evidence) if evidence else None,
        "path": evidence.origin if evidence else None,
        "made": effect.made,
        "certainty": "人工登记" if evidence and evidence.witness else CERTAINTIES[effect.certainty],
    }
