"""谁起草、谁解读: interpretation.not-by-drafter. Source: domain.md §6.2, §6.3 INT-02, INT-03, INT-04.

The drafter is what the library knows of the policy (stated, by proxy, or presumed from a department's own paper),
never what the interpretation suggests: that would be circular.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial

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
_RANKED: tuple[Sameness, ...] = (*_AGREE, "unknown")


@dataclass(frozen=True, slots=True)
class _Drafters:
    """Who drafted it: names in the policy's own words, how sure, and where they stand."""

    names: tuple[str, ...]
    certainty: str
    snapshot: Snapshot = field(compare=False, repr=False)
    words: tuple[Evidence, ...] = ()

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The sentences that say so; of most pairs, which agree, nobody asks for them."""
        return tuple(in_sentence(self.snapshot, one) for one in self.words)


@dataclass(frozen=True, slots=True)
class _Speaker:
    """One interpretation, and the organs that made it; `stated` where it names its interpreter. `label`: what it calls
    them where it only says who handed in the words (供稿单位), with where it does."""

    relation: Relation
    names: tuple[str, ...]
    stated: bool
    on: date | None
    label: str | None = None
    evidence: tuple[Evidence, ...] = ()


def check_drafter(rule: Rule, snapshot: Snapshot, *, organs: Registry, jurisdiction: str) -> Iterator[Finding]:
    for work in snapshot.interpreted:
        relations = snapshot.interpretations[work.key]
        if work.role == "policy" and (work.held or work.drafter):
            speakers = [_speaker(snapshot, relation, organs) for relation in relations]
            yield from _judge(rule, work, _drafters(snapshot, work, organs), speakers, organs, jurisdiction)


def _speaker(snapshot: Snapshot, relation: Relation, organs: Registry) -> _Speaker:
    source = snapshot.by_key.get(relation.source)
    if source is None:
        return _Speaker(relation, (), False, None)
    names = organs.split(source.interpreter) if source.interpreter else source.issuers
    moment = source.published or source.dated
    day = moment.date() if isinstance(moment, datetime) else moment
    label, said = source.contributed_by, source.interpreter_evidence
    if label and said:
        return _Speaker(relation, names, False, day, label, (in_sentence(snapshot, said),))
    return _Speaker(relation, names, source.interpreter is not None, day)


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
        yield from _agreed(rule, work, drafters, agreed, partial(_names, work, drafters, organs, jurisdiction))
    elif not any(speaker.label is None for speaker in named):
        yield _contributed(rule, work, drafters, named[0], related)
    elif len(named) < len(speakers) or any(speaker.label or verdict == "unknown" for speaker, verdict in pairs):
        told = [(speaker, verdict) for speaker, verdict in pairs if speaker.label is None]
        speaker = next((speaker for speaker, verdict in told if verdict == "unknown"), told[0][0])
        message = f"不能判断是否“谁起草、谁解读”：起草{_listed(drafters.names)}，解读{_listed(speaker.names)}"
        yield rule.finding(
            "unknown", work.key, message, evidence=drafters.evidence, related=related,
            remedy="请核对两个单位的全称；如系机构改革前后的同一单位，请在 organs.csv 中登记",
        )  # fmt: skip
    else:
        yield _broken(rule, work, drafters, named, organs)


def is_drafter_known(work: Work, organs: Registry) -> bool:
    """Whether anything but the interpretation tells who drafted it."""
    return work.drafter is not None or bool(work.issuers and not issues_for_others(work.issuers[0], organs))


def _drafters(snapshot: Snapshot, work: Work, organs: Registry) -> _Drafters | None:
    """The drafter that the work has; else its issuer, if that is a department (E5, E6), for a department issues what
    it drafts, and the first of several leads. A government's or its office's paper: nobody knows."""
    if work.drafter is not None:
        certainty = _BY_RULE.get(work.drafter.evidence.rule, work.drafter.certainty)
        return _Drafters(work.drafter.names, certainty, snapshot, (work.drafter.evidence,))
    return _Drafters(work.issuers[:1], "presumed", snapshot) if is_drafter_known(work, organs) else None


def issues_for_others(issuer: str, organs: Registry) -> bool:
    """Whether it issues what departments draft: a government, its office, a party committee or its office."""
    party = issuer.startswith("中共") or issuer.endswith(("市委", "省委", "县委", "区委", "委办公室", "委办公厅"))
    return party or organs.is_government(issuer) or organs.is_government_office(issuer)


def _joint(work: Work, organs: Registry) -> bool:
    return len(work.issuers) > 1 and not issues_for_others(work.issuers[0], organs)


def _compare(work: Work, drafters: _Drafters, speaker: _Speaker, organs: Registry, jurisdiction: str) -> Sameness:
    """The best that any drafter is to any interpreter: several organs may draft together, one may speak for them."""
    found = set(_names(work, drafters, organs, jurisdiction, speaker).values())
    return next((verdict for verdict in _RANKED if verdict in found), "different")


def _names(
    work: Work, drafters: _Drafters, organs: Registry, jurisdiction: str, speaker: _Speaker
) -> dict[str, Sameness]:
    """What each name of an interpretation is to the drafters, at best. A 司 or 科 without its organ that handed in the
    words is the only issuer's own; of joint papers nobody can tell whose it is."""
    context = _context(work, (*drafters.names, *speaker.names), organs, jurisdiction)
    full = [organs.acting(name, context) or name for name in drafters.names]
    lead = full[:1] if _joint(work, organs) else full
    if speaker.label:
        context = work.issuers[0] if len(work.issuers) == 1 else organs.region_of(context) or context
    found: dict[str, Sameness] = {}
    for name in speaker.names:
        spelled = organs.acting(name, context) or name
        verdicts = {organs.same(drafter, spelled, speaker.on) for drafter in lead}
        found[name] = next((verdict for verdict in _RANKED if verdict in verdicts), "different")
    return found


def _context(work: Work, names: tuple[str, ...], organs: Registry, jurisdiction: str) -> str:
    """The region that 市科技局 means here: that of the policy's issuer, of the code, of a full name beside it."""
    for issuer in (*work.issuers, *names):
        if organs.region_of(issuer):
            return issuer
    return (organs.region_of_code(work.number.code or "") if work.number else "") or jurisdiction or _SOMEWHERE


def _agreed(
    rule: Rule, work: Work, drafters: _Drafters, agreed: list[tuple[_Speaker, Sameness]],
    names_of: Callable[[_Speaker], dict[str, Sameness]],
) -> Iterator[Finding]:  # fmt: skip
    """Nothing to say where names agree; a note where others handed in words too, or where only a reorganisation makes
    them one."""
    plain = [speaker for speaker, verdict in agreed if verdict in ("same", "subunit")]
    if plain and all(speaker.label for speaker in plain):
        yield from _with_others(rule, work, drafters, plain[0], names_of(plain[0]))
    if plain:
        return
    speaker, verdict = agreed[0]
    names = f"起草{_listed(drafters.names)}，解读{_listed(speaker.names)}"
    later = "解读单位承接了起草单位的职责" if verdict == "successor" else "解读用的是改革前的名称，请核对"
    yield rule.finding(
        "pass", work.key, f"一致（机构改革）：{names}；{later}",
        severity="info" if verdict == "successor" else "warning",
        evidence=(*drafters.evidence, speaker.relation.evidence), related=(speaker.relation.source,), remedy="",
    )  # fmt: skip


def _with_others(
    rule: Rule, work: Work, drafters: _Drafters, speaker: _Speaker, names: dict[str, Sameness]
) -> Iterator[Finding]:
    """A note where besides the drafter's own units other organs are named as having handed in the words."""
    own = tuple(name for name, verdict in names.items() if verdict in _AGREE)
    others = tuple(name for name, verdict in names.items() if verdict == "different")
    if others:
        message = (
            f"一致：{speaker.label}里{_listed(own)}属于起草单位{_listed(drafters.names)}，{_listed(others)}是另外的单位"
        )
        yield rule.finding(
            "pass", work.key, message, severity="info", remedy="",
            evidence=(*drafters.evidence, *speaker.evidence), related=(speaker.relation.source,),
        )  # fmt: skip


def _contributed(rule: Rule, work: Work, drafters: _Drafters, speaker: _Speaker, related: tuple[str, ...]) -> Finding:
    """Who handed in the words need not be who interprets: told, and no fault."""
    message = (
        f"不能判断是否“谁起草、谁解读”：解读没有写明解读单位，只写了{speaker.label}{_listed(speaker.names)}；"
        f"起草{_listed(drafters.names)}"
    )
    remedy = f"{speaker.label}就是解读单位的，登记为解读单位；不是的，请补解读单位"
    evidence = (*drafters.evidence, *speaker.evidence)
    return rule.finding("unknown", work.key, message, evidence=evidence, related=related, remedy=remedy)


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
