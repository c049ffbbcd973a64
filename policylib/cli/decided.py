"""What meetings decided of papers (会议决定), told where it does not go with what the papers and people say.

A decision changes no status: it waits for the paper that carries it out (docs/guide.zh-CN.md, cleanup plan).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta
from typing import Final

from policylib.cli.output import cell
from policylib.cli.status_words import status_words
from policylib.library import Library
from policylib.model import Judgement, Snapshot, State, Status, Work

DECISION: Final = "decision"
_EXTENDED: Final = "延长有效期"
_LIVES: Final = ("继续有效", _EXTENDED, "修改")


def decisions(judgements: Collection[Judgement]) -> Mapping[str, Judgement]:
    """The last decision on each work, by its key; not those that were taken back."""
    said = {one.source: one for one in judgements if (one.verdict, one.field) == ("set", DECISION)}
    return {key: one for key, one in said.items() if not one.takes_back}


def decided_words(judgement: Judgement | None) -> str | None:
    """废止（2024-11-26，张三，清单 清理建议.xlsx 第3行）: nothing where there is none."""
    if judgement is None:
        return None
    when = f"{judgement.when.astimezone():%Y-%m-%d}" if judgement.when else ""
    source = "，".join(filter(None, (when, judgement.who, judgement.why)))
    return judgement.value + (f"（{source}）" if source else "")


def contradiction(work: Work, status: Status, judgement: Judgement | None) -> str | None:
    """What is to be said of a decision that a paper lives on (继续有效, 延长有效期, 修改) which is dead; None of
    any other."""
    if judgement is None or judgement.value not in _LIVES or not status.state.dead:
        return None
    if status.state is State.EXPIRED:
        last = f"已于 {status.decided - timedelta(days=1)} 届满" if status.decided else "已满"
        if judgement.value == _EXTENDED:
            return f"会议决定“{_EXTENDED}”，而它的有效期{last}：届满以后能不能延长，看本地的规定；不能的，重新公布"
        return (
            f"会议决定“{judgement.value}”，而它的有效期{last}：要继续执行，须延长有效期或者重新公布，只列为继续有效不够"
        )
    name = work.number or work.key
    return (
        f"会议决定“{decided_words(judgement)}”，与现在的效力“{status_words(status, work.role)}”矛盾，请核对以哪个为准："
        f"会议改了的，写 policylib judge {name} --set 会议决定=废止；效力不对的，见 policylib status {name}"
    )


def decision_notes(library: Library, key: str) -> Iterator[str]:
    """请注意：会议决定“继续有效”…, of a work of which a decision or the end was just said."""
    if said := decisions(library.judgements()).get(key):
        yield from noted(library.get(key), library.status(key), said)


def noted(work: Work, status: Status, judgement: Judgement, where: str = "") -> Iterator[str]:
    """The same of a decision in hand, and `where` it was said."""
    if note := contradiction(work, status, judgement):
        yield f"  请注意{f'（{cell(where)}）' if where else ''}：{cell(work.label)}：{cell(note)}"


def carried_out(snapshot: Snapshot, decided: Mapping[str, Judgement], asked: Collection[str]) -> Iterator[str]:
    """The papers of which a meeting decided and that a plan asks about no more, since they have ended."""
    for key, said in decided.items():
        work, status = snapshot.by_key.get(key), snapshot.statuses.get(key)
        if work and status and status.state.dead and key not in asked:
            words = (
                f"{cell(work.label)}（{status_words(status, work.role)}），会议决定：{cell(decided_words(said) or '')}"
            )
            note = contradiction(work, status, said)
            yield f"  {words}{'；与现在的效力矛盾，请核对' if note else ''}"
