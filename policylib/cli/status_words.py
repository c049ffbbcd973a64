"""Whether a work holds, in words: the state with its days, why it is unknown, and what its day hangs on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from policylib.cli.output import cell
from policylib.export.words import EFFECTS, NOT_APPLICABLE, standing_word
from policylib.extract.paper_dates import START_UNSURE
from policylib.extract.validity import START_ASSUMED, START_EVENT
from policylib.model import Judgement, Role, State, Status, Work


def status_words(status: Status, role: Role) -> str:
    """有效（2021-04-01 起，至 2026-03-31）; 废止（2018-11-23 起，此前 2015-01-01 起已失效）; 未知（没有原文）;
    有效（2019-04-01 起，至 2024-02-29（2024-03-01 起废止））, where the act that ends it has been made; 尚未制发."""
    bounds = [
        *([f"{status.decided} 起"] if status.decided else []),
        *([f"此前 {status.since} 起已失效"] if status.since != status.decided else []),
        *([f"至 {status.until}{_ending_words(status)}"] if status.until else []),
    ]
    bounds += [status.open_doubt.brief] if status.open_doubt else []
    return standing_word(status, role) + (f"（{'，'.join(bounds)}）" if bounds else "")


def _ending_words(status: Status) -> str:
    """（2024-03-01 起废止）."""
    return f"（{status.ending.effective} 起{EFFECTS[status.ending.kind]}）" if status.ending else ""


def status_line(status: Status, role: Role) -> str:
    """效力：有效（2021-04-01 起）（据本库所知，截至 2024-12-31）."""
    words = status_words(status, role)
    if words == NOT_APPLICABLE:
        return f"效力：{words}"
    horizon = f"，只看 {status.known} 以前作出的文件" if status.known not in (None, status.as_of) else ""
    return f"效力：{words}（据本库所知，截至 {status.as_of}{horizon}）"


def doubt_lines(status: Status) -> Iterator[str]:
    """Why the state is unknown, and what would decide it."""
    if status.doubt:
        yield f"  原因：{cell(status.doubt.why)}"
        yield f"  怎样判断：{cell(status.doubt.remedy)}"


def _day_note(work: Work) -> str | None:
    """What is to be said of a day that was repaired: everything that counts from it hangs on it."""
    return f"成文日期 {work.dated} 由缺损文字推出，待核对" if work.dated_repaired else None


def hangs_on(status: Status, work: Work) -> Iterator[str]:
    """What is to be said of the state that counts from a day which was repaired, is doubted, or is 成文日期 in place of
    a day that is not known (domain.md §5.1)."""
    if status.since is not None and status.since == work.dated and (note := _day_note(work)):
        yield note
    rule = work.effective_evidence.rule if work.effective_evidence else ""
    counts = status.since is not None and status.since == work.effective
    if counts and rule == START_EVENT and START_UNSURE in work.problems:
        yield f"{status.since} 是从公布日期算起的，公布日期待核对"
    if rule in _ASSUMED and (counts or status.state in (State.NOT_YET, State.EXPIRED)):
        yield _ASSUMED[rule]


_ASSUMED = {
    START_ASSUMED["published"]: "没有公布日期，施行日期按成文日期推算",
    START_ASSUMED["printed"]: "没有印发日期，施行日期按成文日期推算",
}


def state_in_brief(status: Status, role: Role) -> str:
    """有效; 未知（没有原文）; 有效（2024-03-01 起废止）; 尚未制发."""
    doubt = status.open_doubt
    return standing_word(status, role) + (f"（{doubt.brief}）" if doubt else _ending_words(status))


UNSURE_DAY = "（由缺损文字推出，待核对）"
_LABEL_TAKEN = "（取页面所标的，与落款不一致，待核对）"


def dated_words(work: Work, judgements: Iterable[Judgement]) -> str | date | None:
    """成文日期; with the doubt that it bears, where nobody has settled it:
    2024-12-20（取页面所标的，与落款不一致，待核对）."""
    said = {one.field: one for one in judgements if one.verdict == "set" and one.source == work.key}
    settled = "dated" in said and not said["dated"].takes_back
    if work.dated is None or settled:
        return work.dated
    doubt = UNSURE_DAY if work.dated_repaired else _LABEL_TAKEN if "conflict.dated" in work.problems else ""
    return f"{work.dated}{doubt}" if doubt else work.dated
