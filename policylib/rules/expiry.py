"""A term that ends: is it evaluated before, is something done after. Source: domain.md §5.2, §6.3 VAL-03, VAL-04."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from policylib.extract.folding import title_key
from policylib.extract.page_term import CONFLICT
from policylib.extract.titles import without_trial
from policylib.link.status import PRESUMED
from policylib.model import Effect, Evidence, Finding, Snapshot, State, Status, Work
from policylib.rule_sets import LOCAL, validity_profile
from policylib.rules.context import Context
from policylib.rules.evidence import own_clause
from policylib.rules.marking import LOOK, agrees, as_printed, has_page, marking, said_of, unseen
from policylib.rules.norms import MARKED
from policylib.rules.open_ends import swept
from policylib.rules.rule import Rule
from policylib.rules.standing import bound, gravity

# What a cleanup or a later paper does to a work, so that its term is dealt with.
_DECIDED = ("retain", "extend", "repeal", "lapse", "republish")
# 有效（延续实施）: the site knows of an extension that the library does not.
_PROLONGED = "延续"
_LIVING = (State.IN_FORCE, State.AMENDED, State.PARTIAL)


def rules(context: Context) -> tuple[Rule, ...]:
    """validity.evaluation-due, validity.expired."""
    local = context.ruled(None, validity_profile).source or LOCAL
    due = Rule(
        id="validity.evaluation-due",
        code="VAL-03",
        title="有效期将满，应当评估",
        asks="本地规则要求届满前评估的，仍有效的文件离届满还有几个月，到没到该评估的时候",
        severity="warning",
        basis=f"{local}：有效期届满前应当评估，需要继续执行的重新登记、公布",
        remedy="请由起草单位评估：需要继续执行的，届满前重新登记、公布；不需要的，届满后标明失效",
        check=partial(_check_due, context=context),
        exemptions=("没有本地规则的地区", "届满前的清理或者后来的文件已作处理的"),
    )
    expired = Rule(
        id="validity.expired",
        code="VAL-04",
        title="有效期已满，未见处理",
        asks="有效期在检查那天以前届满的文件，后来有没有延长、重新公布、废止或者清理它的文件，网页标没标明失效",
        severity="error",
        basis=f"有效期以文件自己写明的为准；{MARKED}",
        remedy="请在原件所在的网页上标明失效；需要继续执行的，重新登记、公布；已经处理的，把处理的文件读入本库",
        check=partial(_check_expired, context=context),
        exemptions=(
            "届满前一年之内或者届满以后，清理结果、后来的文件已作处理的",
            "页面已经标明失效，它自己的标签也没有另写有效的；已经标明延续的",
            "有后来的同名文件的",
        ),
    )
    return due, expired


def _evidence(*effects: Effect | None) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(one.evidence for one in effects if one and one.evidence))


# VAL-03 --------------------------------------------------------------------------------------------------------


def _check_due(rule: Rule, snapshot: Snapshot, *, context: Context) -> Iterator[Finding]:
    for work, profile, standing in bound(snapshot, context):
        status = snapshot.statuses.get(work.key)
        months = profile.evaluate_before_months
        if not status or not status.until or status.state not in _LIVING or not months:
            continue
        opens = months_before(status.until, months)
        if not opens <= snapshot.as_of <= status.until:
            continue
        local = replace(rule, basis=f"{profile.source}：有效期届满前{months}个月内评估，需要继续执行的重新登记、公布")
        decided = _decided(snapshot, work, opens)
        term = _evidence(_term_effect(snapshot, work, status.until)) or own_clause(snapshot, work, "expiry")
        left = (status.until - snapshot.as_of).days
        presumed = PRESUMED in status.flags
        message = f"有效期至{status.until}{_presumed(presumed)}，还有{left}天，应在届满前评估"
        if decided:
            yield local.finding(
                "exempt", work.key, _dealt_with(snapshot, decided), evidence=_evidence(decided), remedy=""
            )
        elif presumed:
            yield local.finding("unknown", work.key, message, evidence=term, remedy="请核对有效期，登记失效日期")
        elif standing.verdict == "unknown":
            yield local.finding("unknown", work.key, f"{message}；但{standing.why}", evidence=term, remedy="请补登记号")
        else:
            yield local.finding("fail", work.key, message, evidence=term)


def _presumed(presumed: bool) -> str:
    return f"（{PRESUMED}）" if presumed else ""


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last of that month."""
    year, month = divmod(12 * day.year + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _decided(snapshot: Snapshot, work: Work, since: date) -> Effect | None:
    """What another paper decided of the work from that day on, or will do to it later."""
    for one in snapshot.effects.get(work.key, ()):
        fresh = one.made is not None and since <= one.made <= snapshot.as_of
        if one.by and one.kind in _DECIDED and one.certainty == "stated" and fresh and not one.undone:
            return one
    return None


def _dealt_with(snapshot: Snapshot, effect: Effect) -> str:
    by = snapshot.by_key.get(effect.by or "")
    name = by.label if by else effect.by
    if effect.kind == "retain":
        return f"{name}已列为继续有效；继续有效不等于延长有效期，届满前仍应重新登记、公布"
    return f"{name}已作处理"


def _term_effect(snapshot: Snapshot, work: Work, end: date) -> Effect | None:
    effects = snapshot.effects.get(work.key, ())
    return next((one for one in effects if end in (one.until, one.kind == "expiry" and one.effective)), None)


# VAL-04 --------------------------------------------------------------------------------------------------------


def _run_out(snapshot: Snapshot, context: Context) -> list[tuple[Work, Status, date]]:
    """The office's policies whose term is over, each with its last day."""
    return [
        (work, status, status.decided - timedelta(days=1))
        for work, status in context.of_state(snapshot, (State.EXPIRED,), "policy")
        if status.decided
    ]


def dealt_with(snapshot: Snapshot, context: Context) -> Iterator[tuple[Work, Status]]:
    """What has run out of which `validity.expired` tells no fault, as a cleanup or a later paper saw to it: its page is
    to be marked all the same (`cleanup.label`)."""
    expired = _run_out(snapshot, context)
    names = _names_after(snapshot, expired)
    for work, status, end in expired:
        profile = context.ruled(work, validity_profile)
        seen_to = _decided(snapshot, work, end - timedelta(days=profile.done_days)) or any(_same_name(work, names))
        if seen_to and _page(snapshot, work) == (False, ()):
            yield work, status


def _names_after(snapshot: Snapshot, expired: Iterable[tuple[Work, Status, date]]) -> Mapping[str, list[Work]]:
    return _by_name(snapshot, after=min((work.day for work, _, _ in expired if work.day), default=date.max))


def _check_expired(rule: Rule, snapshot: Snapshot, *, context: Context) -> Iterator[Finding]:
    expired = _run_out(snapshot, context)
    names = _names_after(snapshot, expired)
    for work, status, end in expired:
        yield from _expired(rule, snapshot, work, status, end, names, context)


def _expired(
    rule: Rule, snapshot: Snapshot, work: Work, status: Status, end: date, names: Mapping[str, list[Work]],
    context: Context,
) -> Iterator[Finding]:  # fmt: skip
    profile = context.ruled(work, validity_profile)
    told, alive = _page(snapshot, work)
    since = f"有效期至{end}{_presumed(not status.is_sure)}，已满{(snapshot.as_of - end).days}天"
    if told:
        yield from _wrong_label(rule, snapshot, work, since)
        return
    if not alive and _decided(snapshot, work, end - timedelta(days=profile.done_days)):
        return
    after = next(iter(_same_name(work, names)), None)
    evidence = (*(_evidence(status.decisive) or own_clause(snapshot, work, "expiry")), *alive)
    if not alive and after:
        message = f"{since}；后来有同名的{after.label}，是否替代了本文件，文中没有写明"
        yield rule.finding(
            "unknown", work.key, message, evidence=evidence, related=(after.key,),
            remedy="请核对；已被替代的，用 policylib judge 文号 --exempt 理由 --rule VAL-04 登记",
        )  # fmt: skip
        return
    found, grounds = (f"本库所存页面仍标注“{alive[0].quote}”", ()) if alive else _known(snapshot, work, context)
    evidence = tuple(dict.fromkeys((*evidence, *grounds)))
    by_paper = work.expires_evidence is not None and work.expires_evidence.rule.startswith("validity.")
    doubtful = by_paper and CONFLICT in work.problems
    if doubtful:
        found += "；页面所标的失效日期是另一天，见“日期或者期限待核实”"
    if doubtful or not status.is_sure:
        yield rule.finding(
            "unknown", work.key, f"{since}，{found}", evidence=evidence, remedy="请核对有效期；确已失效的，在网页上标明"
        )
        return
    if not alive and not has_page(work):  # nothing is known to have been done, and whether the page says so is not seen
        message, remedy = f"{since}，{found}；{unseen(work)}", f"{LOOK}；需要继续执行的，重新登记、公布"
        yield rule.finding("fail", work.key, message, severity="warning", evidence=evidence, remedy=remedy)
        return
    severity = gravity(work, snapshot, context)
    if profile.auto_expire and severity == "error":
        rule = replace(rule, basis=f"{profile.source}：有效期届满自动失效；{rule.basis}")
    yield rule.finding("fail", work.key, f"{since}，{found}", severity=severity, evidence=evidence)


def _wrong_label(rule: Rule, snapshot: Snapshot, work: Work, since: str) -> Iterator[Finding]:
    """A page that bears the mark, while its own label says still that it holds: the mark was set and the label
    forgotten (VAL-04: still labelled 有效). Not where a label knows of an extension: then the mark may be wrong."""
    found = marking(snapshot, work)
    if found is None or found.standing != "contradicts" or any(_PROLONGED in one.evidence.quote for one in found.said):
        return
    marked = [one for one in found.said if agrees(State.EXPIRED, one.says)]
    if marked and found.wrong:
        label = as_printed(found.wrong[0])
        message = f"{since}；本库所存网页标明了失效，页面自己的标签却仍标注“{label}”"
        words = tuple(one.evidence for one in (*found.wrong, *marked))
        remedy = f"请在网站后台把标签“{label}”改为“{found.word}”；改过的，重新保存网页再读入"
        evidence = (*words, *_evidence(found.status.decisive))
        yield rule.finding("fail", work.key, message, severity="warning", evidence=evidence, remedy=remedy)


def _known(snapshot: Snapshot, work: Work, context: Context) -> tuple[str, tuple[Evidence, ...]]:
    """What the library knows besides of one that nobody prolonged: a cleanup kept it, which is no longer term; a
    catch-all may have ended it before; with their words."""
    kept = [
        one
        for one in snapshot.effects.get(work.key, ())
        if one.kind == "retain" and one.by and one.certainty == "stated" and not one.undone
        and one.made and one.made <= snapshot.as_of
    ]  # fmt: skip
    ended = swept(snapshot, context).get(work.key, ())
    if not kept and not ended:
        return "本库未见延期、重新公布或者清理的文件", ()
    said = ["届满后未见延期、重新公布"]
    for one in kept:
        by = snapshot.by_key.get(one.by or "")
        said.append(f"{by.label if by else one.by}曾列为继续有效（不延长有效期）")
    said += [f"可能届满前已因{one.act.label}{one.because}失效，待确认" for one in ended]
    return "；".join(said), (*_evidence(*kept), *(words for one in ended for words in one.evidence))


def _page(snapshot: Snapshot, work: Work) -> tuple[bool, tuple[Evidence, ...]]:
    """Whether a file of it tells that it is dead or goes on; else where they say that it still holds."""
    said = said_of(snapshot, work)
    told = any(one.says != "有效" or _PROLONGED in one.evidence.quote for one in said)
    return told, () if told else tuple(one.evidence for one in said)


def _by_name(snapshot: Snapshot, after: date) -> Mapping[str, list[Work]]:
    """Held policies of later than a day, by what they, or what they issue, are called, on trial or not."""
    names: dict[str, list[Work]] = {}
    for work in snapshot.of_role.get("policy", ()):
        if work.day and work.day > after:
            for key in _names(work):
                names.setdefault(key, []).append(work)
    return names


def _names(work: Work) -> set[str]:
    return {title_key(without_trial(name)) for name in (*work.instruments, *((work.title,) if work.title else ()))}


def _same_name(work: Work, names: Mapping[str, list[Work]]) -> Iterator[Work]:
    """Later papers of the same name by the same issuer."""
    for key in sorted(_names(work)):
        for other in names.get(key, ()):
            later = work.day and other.day and other.day > work.day
            if other.key != work.key and later and set(work.issuers[:1]) == set(other.issuers[:1]):
                yield other
