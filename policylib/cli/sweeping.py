"""A clause of a cleanup result that may have ended a paper (未列入目录的，一律废止; 逾期未重新公布的，宣布失效), as a
flag on its status. The state stays: whether it did is for a person to say (docs/decisions.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from policylib.cli.output import cell
from policylib.library import Library
from policylib.link.confirmed import SPARED
from policylib.model import Snapshot, State, Status, Work
from policylib.rules.commands import accepting, exempting

if TYPE_CHECKING:
    from policylib.link.open_ends import OpenEnd
    from policylib.rules.context import Context


def with_open_ends(
    library: Library, works: Sequence[Work], statuses: Mapping[str, Status], *, brief: bool = False, ended: bool = False
) -> dict[str, Status]:
    """The statuses of the works, all of one day, each with a flag for every clause that may have ended the work, as
    far as it was known on that day; of one that is surely dead there is nothing to ask.
    `ended`: of one whose term is over, that it may have died before.
    `brief`: in a list, where the same sentence would stand in every row."""
    found = {work.key: statuses[work.key] for work in works}
    for key, acts in _hits(library, works, found, ended=ended).items():
        found[key] = flagged(found[key], acts, brief=brief)
    return found


def flagged(status: Status, acts: Sequence[OpenEnd], *, brief: bool = False) -> Status:
    """The status with a flag for each of the clauses."""
    over = status.is_surely_dead
    return replace(status, flags=(*status.flags, *(_flag(one, brief=brief, over=over) for one in acts)))


def how_to_confirm(paper: Work, ends: Sequence[OpenEnd], *, over: bool = False) -> str:
    """What to type for a paper that these clauses may have ended; `over`: its term is over now anyway."""
    from policylib.export.words import relation_words

    named = ((one.act, relation_words()[one.relation].label) for one in ends)
    ended = (f"确已{word.removeprefix('宣布')}的，写 {accepting(act, word, paper)}；" for act, word in named)
    return "".join(ended) + "；".join(
        how_to_keep(paper, rule, over=over) for rule in dict.fromkeys(one.rule for one in ends)
    )


def how_to_keep(paper: Work | None, rule: str, *, over: bool = False) -> str:
    """What to type where a paper (None: any) that a clause of this rule may have ended still holds, and where to look
    further."""
    code = SPARED[rule].code
    return (
        f"{'没有因此失效的' if over else '仍有效的'}，写 {exempting(paper, code)}；"
        f"逐件的证据和办法，见 policylib check --rule {code} --all"
    )


def hints_of(library: Library, statuses: Mapping[str, Status]) -> Mapping[str, str]:
    """What stands behind the state of each work that a clause may have ended, by its key:
    （可能因岚科发〔2024〕19号的兜底条款失效，待确认）. The statuses are of one day."""
    days = {one.as_of for one in statuses.values() if not one.is_surely_dead}
    if not days or not _sweeping(library, max(days)):
        return {}
    from policylib.rules.context import Context

    hints = hints_in(library.snapshot(max(days)), Context(library.tables, library.office))
    return {key: words for key, words in hints.items() if key in statuses}


def hints_in(snapshot: Snapshot, context: Context) -> Mapping[str, str]:
    """What `hints_of` gives, of every work of a snapshot."""
    from policylib.rules.open_ends import perhaps_ended

    found = perhaps_ended(snapshot, context)
    return {key: "".join(f"（{_flag(one, brief=True)}）" for one in acts) for key, acts in found.items()}


def open_ends_of(library: Library, work: Work, status: Status, *, ended: bool = False) -> tuple[OpenEnd, ...]:
    """The clauses that may have ended a work of this status; none of one that is surely
    dead; `ended`: but of one whose term is over, for it may have died before."""
    return _hits(library, [work], {work.key: status}, ended=ended).get(work.key, ())


def _hits(
    library: Library, works: Sequence[Work], statuses: Mapping[str, Status], *, ended: bool
) -> Mapping[str, tuple[OpenEnd, ...]]:
    asked = [work for work in works if _may_be_hit(work, statuses[work.key], ended=ended)]
    known = max((statuses[work.key].known or statuses[work.key].as_of for work in asked), default=date.min)
    acts = _sweeping(library, known) if asked else ()
    if not any(_may_sweep(act, work) for act in acts for work in asked):
        return {}
    from policylib.rules.context import Context
    from policylib.rules.open_ends import swept  # few libraries have one: the rules load when one is met

    snapshot = library.snapshot(statuses[asked[0].key].as_of)
    hit = swept(snapshot, Context(library.tables, library.office))
    return {
        work.key: tuple(one for one in hit.get(work.key, ()) if one.act.day and one.act.day <= known) for work in asked
    }


def _may_be_hit(work: Work, status: Status, *, ended: bool) -> bool:
    """`ended`: also one whose term is over, for it may have died before."""
    asked = not status.is_surely_dead or (ended and status.state is State.EXPIRED)
    return work.role == "policy" and work.held and asked


def _may_sweep(act: Work, work: Work) -> bool:
    return bool(act.day and work.day and work.day <= act.day)


def _flag(one: OpenEnd, *, brief: bool, over: bool = False) -> str:
    """可能因…的兜底条款失效，待确认; of a paper whose term is `over`: 此前可能已因…的兜底条款失效，待确认."""
    may = "此前可能已因" if over else "可能因"
    if brief:
        return f"{may}{one.act.number or one.act.label}{one.because}失效，待确认"
    return f"{may}{one.act.label}{one.because}失效，待确认：“{said(one)}”{one.only_extended}"


def doubts_in(snapshot: Snapshot, context: Context, work: Work) -> Sequence[str]:
    """The same of one work of a snapshot, dead or not, in brief, each with what to type: what is written on its page
    hangs on it."""
    from policylib.rules.open_ends import swept

    ends, status = swept(snapshot, context).get(work.key, ()), snapshot.statuses[work.key]
    if not ends or not _may_be_hit(work, status, ended=True):
        return ()
    over = status.is_surely_dead
    told = (_flag(one, brief=True, over=over) for one in ends)
    return (f"{'；'.join(told)}。{how_to_confirm(work, ends, over=over)}",)


def said(one: OpenEnd) -> str:
    """The sentences of the clause, as they stand there."""
    return cell("".join(words.quote for words in one.evidence))


def _sweeping(library: Library, known: date) -> tuple[Work, ...]:
    """The cleanup results until a day that say such a thing: few libraries have one, and only for them the whole
    library is read."""
    acts = (act for act in library.works(role="cleanup", held=True) if act.day and act.day <= known)
    return tuple(act for act in acts if any(_leaves_open(library, sha256) for sha256 in act.documents))


def _leaves_open(library: Library, sha256: str) -> bool:
    found = library.analysis(sha256)
    return found is not None and any(one.rule in SPARED for one in found.clauses)
