"""Whether an interpretation gives its policy the number and the title that it has. Source: domain.md §6.3 INT-10.

A wrong number leads to a paper that nobody holds; so the interpretation seems to explain something else, and the policy
whose title it names, word for word, goes without.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from policylib.extract.folding import abbreviates, title_key
from policylib.extract.titles import DOC_TYPES
from policylib.model import DocumentNumber, Finding, Relation, Severity, Snapshot, Unresolved, Work, nested
from policylib.rules.context import Context
from policylib.rules.rule import Rule

# A misprint leaves most of a title as it is; below that share, number and title belong to two papers.
_MISPRINT = 0.6
_SHORTEST = 8  # shorter names are nicknames: 《人才十条》
_LATEST_DAYS = 400  # after the policy; later ones explain a later version


def misnamed(rule: Rule, snapshot: Snapshot, context: Context) -> Iterator[Finding]:
    """Findings on interpretations whose number or title is not that of the policy they name."""
    unheld = [
        relation
        for relation in snapshot.of_kind.get("interprets", ())
        if (target := snapshot.by_key.get(relation.target)) and not target.held and target.title and target.number
    ]
    if unheld:
        yield from _wrong_numbers(rule, snapshot, context, unheld)
    for open_ in snapshot.unresolved:
        if open_.kind == "interprets":
            yield from _wrong_title(rule, snapshot, context, open_)


def _wrong_numbers(rule: Rule, snapshot: Snapshot, context: Context, unheld: list[Relation]) -> Iterator[Finding]:
    held = _by_title(snapshot)
    for relation in unheld:
        target, speaker = snapshot.by_key[relation.target], snapshot.by_key.get(relation.source)
        works = held.get(title_key(target.title or ""), ())
        if len(works) != 1 or speaker is None or not context.is_ours(works[0]):
            continue
        [policy] = works
        wrong, right = target.number, policy.number
        if wrong and right and _one_slip(wrong, right) and _of_its_time(speaker, policy):
            severity: Severity | None = "warning" if relation.repaired or policy.number_repaired else None
            message = f"所引文号与原文不一致：解读写{wrong}，《{nested(policy.title or '')}》是{right}"
            evidence = (relation.evidence, *((policy.number_evidence,) if policy.number_evidence else ()))
            yield rule.finding(
                "fail", speaker.key, message, severity=severity, evidence=evidence, related=(policy.key,)
            )


def _by_title(snapshot: Snapshot) -> dict[str, list[Work]]:
    """The policies that are held, by everything they are called."""
    found: dict[str, list[Work]] = {}
    for work in snapshot.of_role.get("policy", ()):
        if work.numbers:
            for key in {title_key(name) for name in (work.title, *work.instruments, *work.aliases) if name}:
                found.setdefault(key, []).append(work)
    return found


def _one_slip(one: DocumentNumber, other: DocumentNumber) -> bool:
    """Whether two numbers differ in one part only, code or year or serial. Versions of one policy differ in two."""
    parts = ((one.code, other.code), (one.year, other.year), (one.serial, other.serial))
    return one.kind is other.kind and sum(a != b for a, b in parts) == 1


def _of_its_time(speaker: Work, policy: Work) -> bool:
    """Whether an interpretation came soon after the policy, so that it means this version and no other."""
    if speaker.day is None or policy.day is None:
        return False
    return 0 <= (speaker.day - policy.day).days <= _LATEST_DAYS


def _wrong_title(rule: Rule, snapshot: Snapshot, context: Context, open_: Unresolved) -> Iterator[Finding]:
    """《X管理规定》（岚科规〔2021〕2号), where that number is held and its title is 《X管理办法》."""
    policy = snapshot.by_key.get(open_.candidates[0]) if len(open_.candidates) == 1 else None
    named = open_.wanted[1 : open_.wanted.rfind("》")] if open_.wanted.startswith("《") else ""
    if policy is None or not policy.held or policy.number_repaired or not context.is_ours(policy):
        return
    number = next((str(one) for one in policy.numbers if str(one) in open_.wanted), None)
    if number is None or len(named) < _SHORTEST or not named.endswith(DOC_TYPES):
        return
    keys = [title_key(name) for name in (policy.title, *policy.instruments, *policy.aliases) if name]
    if any(abbreviates(title_key(named), key) for key in keys):
        return
    alike = max(SequenceMatcher(None, title_key(named), key, autojunk=False).ratio() for key in keys) if keys else 0.0
    message = f"文号{number}的标题不一致：解读写《{nested(named)}》，原文是《{nested(policy.title or '')}》"
    yield rule.finding(
        "fail", open_.source, message, severity=None if alike >= _MISPRINT else "warning",
        evidence=(open_.evidence,), related=(policy.key,),
    )  # fmt: skip
