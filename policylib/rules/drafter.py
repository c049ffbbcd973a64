"""谁起草、谁解读: interpretation.not-by-drafter. Source: domain.md §6.2, §6.3 INT-02, INT-03, INT-04.

The drafter is what the library knows of the policy (stated, by proxy, or presumed from a department's own paper),
never what the interpretation suggests: that would be circular.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from policylib.link.listed_drafters import RULE
from policylib.link.organs import Registry, Sameness
from policylib.model import Evidence, Finding, Relation, Severity, Snapshot, Work
from policylib.rules.evidence import in_sentence
from policylib.rules.rule import Rule

_CERTAINTY = {
    "judged": "人工填报",
    "stated": "文中载明",
    "listed": "清理目录载明",
    "proxy": "旁证",
    "presumed": "推定",
}
# A list is made years later, by others: what it says of the drafter is stated, and only warns.
_BY_RULE = {"judgement": "judged", RULE: "listed"}
# A region for names that say only 市, 县: both sides then speak of the same one.
_SOMEWHERE = "某省/某市/某县"
_AGREE: tuple[Sameness, ...] = ("same", "subunit", "successor", "predecessor")


@dataclass(frozen=True, slots=True)
class _Drafters:
    """Who drafted it: names in the policy's own words, how sure, on what evidence."""

    names: tuple[str, ...]
    certainty: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class _Speaker:
    """One interpretation, and the organs that made it; `stated` where it names its interpreter."""

    relation: Relation
    names: tuple[str, ...]
    stated: bool
    on: date | None


def check_drafter(rule: Rule, snapshot: Snapshot, *, organs: Registry, jurisdiction: str) -> Iterator[Finding]:
    for work in snapshot.interpreted:
        relations = snapshot.interpretations[work.key]
        if work.role == "policy" and (work.held or work.drafter):
            speakers = [_speaker(snapshot.by_key.get(relation.source), relation, organs) for relation in relations]
            drafters = _drafters(work, organs)
            if drafters:
                told = tuple(in_sentence(snapshot, one) for one in drafters.evidence)
                drafters = _Drafters(drafters.names, drafters.certainty, told)
            yield from _judge(rule, work, drafters, speakers, organs, jurisdiction)


def _speaker(source: Work | None, relation: Relation, organs: Registry) -> _Speaker:
    if source is None:
        return _Speaker(relation, (), False, None)
    names = organs.split(source.interpreter) if source.interpreter else source.issuers
    moment = source.published or source.dated
    return _Speaker(
        relation, names, source.interpreter is not None, moment.date() if isinstance(moment, datetime) else moment
    )


def _judge(
    rule: Rule, work: Work, drafters: _Drafters | None, speakers: list[_Speaker], organs: Registry, jurisdiction: str
) -> Iterator[Finding]:
    related = tuple(sorted(speaker.relation.source for speaker in speakers))
    said = tuple(speaker.relation.evidence for speaker in speakers)
    if drafters is None:
        message = f"不能判断是否“谁起草、谁解读”：{work.label}的起草单位不明"
        yield rule.finding("unknown", work.key, message, evidence=said, related=related, remedy="请补起草单位")
        return
    named = [speaker for speaker in speakers if speaker.names]
    if not named:
        message = "不能判断是否“谁起草、谁解读”：解读材料没有写明解读单位"
        yield rule.finding("unknown", work.key, message, evidence=said, related=related, remedy="请补解读单位")
        return
    pairs = [(speaker, _compare(work, drafters, speaker, organs, jurisdiction)) for speaker in named]
    agreed = [(speaker, verdict) for speaker, verdict in pairs if verdict in _AGREE]
    if agreed:
        yield from _agreed(rule, work, drafters, agreed)
    elif len(named) < len(speakers) or any(verdict == "unknown" for _, verdict in pairs):
        speaker = next((speaker for speaker, verdict in pairs if verdict == "unknown"), named[0])
        message = f"不能判断是否“谁起草、谁解读”：起草{_listed(drafters.names)}，解读{_listed(speaker.names)}"
        yield rule.finding(
            "unknown", work.key, message, evidence=drafters.evidence, related=related,
            remedy="请核对两个单位的全称；如系机构改革前后的同一单位，请在 organs.csv 中登记",
        )  # fmt: skip
    else:
        yield _broken(rule, work, drafters, named, organs)


def is_drafter_known(work: Work, organs: Registry) -> bool:
    """Whether anything but the interpretation tells who drafted it."""
    return _drafters(work, organs) is not None


def _drafters(work: Work, organs: Registry) -> _Drafters | None:
    """The drafter that the work has; else its issuer, if that is a department (E5, E6), for a department issues what
    it drafts, and the first of several leads. A government's or its office's paper: nobody knows."""
    if work.drafter is not None:
        certainty = _BY_RULE.get(work.drafter.evidence.rule, work.drafter.certainty)
        return _Drafters(work.drafter.names, certainty, (work.drafter.evidence,))
    if not work.issuers:
        return None
    return None if issues_for_others(work.issuers[0], organs) else _Drafters(work.issuers[:1], "presumed")


def issues_for_others(issuer: str, organs: Registry) -> bool:
    """Whether it issues what departments draft: a government, its office, a party committee or its office."""
    party = issuer.startswith("中共") or issuer.endswith(("市委", "省委", "县委", "区委", "委办公室", "委办公厅"))
    return party or organs.is_government(issuer) or organs.is_government_office(issuer)


def _joint(work: Work, organs: Registry) -> bool:
    return len(work.issuers) > 1 and not issues_for_others(work.issuers[0], organs)


def _compare(work: Work, drafters: _Drafters, speaker: _Speaker, organs: Registry, jurisdiction: str) -> Sameness:
    """The best that any drafter is to any interpreter: several organs may draft together, one may speak for them."""
    context = _context(work, (*drafters.names, *speaker.names), organs, jurisdiction)
    full = [organs.canonical(name, context) or name for name in drafters.names]
    spoken = [organs.canonical(name, context) or name for name in speaker.names]
    lead = full[:1] if _joint(work, organs) else full
    found = {organs.same(drafter, name, speaker.on) for drafter in lead for name in spoken}
    ranked: tuple[Sameness, ...] = (*_AGREE, "unknown")
    return next((verdict for verdict in ranked if verdict in found), "different")


def _context(work: Work, names: tuple[str, ...], organs: Registry, jurisdiction: str) -> str:
    """The region that 市科技局 means here: that of the policy's issuer, of the code, of a full name beside it."""
    for issuer in (*work.issuers, *names):
        if organs.region_of(issuer):
            return issuer
    return (organs.region_of_code(work.number.code or "") if work.number else "") or jurisdiction or _SOMEWHERE


def _agreed(rule: Rule, work: Work, drafters: _Drafters, agreed: list[tuple[_Speaker, Sameness]]) -> Iterator[Finding]:
    """Nothing to say where names agree; a note where only a reorganisation makes them one."""
    if any(verdict in ("same", "subunit") for _, verdict in agreed):
        return
    speaker, verdict = agreed[0]
    names = f"起草{_listed(drafters.names)}，解读{_listed(speaker.names)}"
    later = "解读单位承接了起草单位的职责" if verdict == "successor" else "解读用的是改革前的名称，请核对"
    yield rule.finding(
        "pass", work.key, f"一致（机构改革）：{names}；{later}",
        severity="info" if verdict == "successor" else "warning",
        evidence=(*drafters.evidence, speaker.relation.evidence), related=(speaker.relation.source,), remedy="",
    )  # fmt: skip


def _broken(rule: Rule, work: Work, drafters: _Drafters, named: list[_Speaker], organs: Registry) -> Finding:
    speaker = named[0]
    how = _CERTAINTY.get(drafters.certainty, drafters.certainty)
    names = f"起草{_listed(drafters.names)}（{how}），解读{_listed(speaker.names)}"
    severity: Severity = "error"
    relation = speaker.relation
    repaired = relation.repaired and not relation.corroboration and not relation.judged
    if drafters.certainty not in ("stated", "judged") or not speaker.stated or repaired:
        severity = "warning"
    message = f"“谁起草、谁解读”不一致：{names}"
    if _joint(work, organs):
        message = f"联合发文应由牵头单位{drafters.names[0]}解读：{names}"
    elif all(organs.is_government_office(name) for name in speaker.names):
        message, severity = f"政府文件应由起草部门解读，不应由办公厅（室）代为解读：{names}", "warning"
    return rule.finding(
        "fail", work.key, message, severity=severity,
        evidence=(*drafters.evidence, *(one.relation.evidence for one in named)),
        related=tuple(sorted(one.relation.source for one in named)),
    )  # fmt: skip


def _listed(names: tuple[str, ...]) -> str:
    return "、".join(names)
