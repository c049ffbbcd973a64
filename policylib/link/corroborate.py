"""What speaks for a repaired number, strongest first (domain.md §2.6, 7)."""

from __future__ import annotations

from collections.abc import Sequence

from policylib.link.catalogue import Catalogue, Holding
from policylib.link.organs import Registry
from policylib.model import Relation


def corroboration(
    relation: Relation, relations: Sequence[Relation], holdings: Sequence[Holding], catalogue: Catalogue, registry: Registry
) -> str | None:
    """The reason, in Chinese, to believe the repair; None when nothing speaks for it."""
    target = catalogue.works[relation.target]
    if target.held and not target.number_repaired:
        return f"本库存有{target.number}"
    whole = next((one for one in relations if one.target == relation.target and not one.repaired and one.tier == "T0"), None)
    if whole is not None:
        return f"{whole.source}引用同一文号, 未缺损"
    number = target.number
    if number is None:
        return None
    intact = _intact(number.key, holdings)
    if intact:
        return f"{intact}中同一文号未缺损"
    if number.code and target.issuers and any(registry.code_agrees(number.code, issuer) for issuer in target.issuers):
        named = any(one.target == relation.target and one.repaired for one in relations)
        known = registry.issuers_of_code(number.code)
        if named and _printed(relation, target.issuers, registry) and known:
            return f"文前所写发文机关与代字“{number.code}”相符"
    return None


def _intact(key: str, holdings: Sequence[Holding]) -> str | None:
    for holding in holdings:
        for analysis in holding.analyses:
            for one in analysis.numbers:
                if one.number and not one.repaired and one.number.key == key:
                    return holding.work.label
    return None


def _printed(relation: Relation, issuers: Sequence[str], registry: Registry) -> bool:
    """Whether the issuer was printed before the title, and not itself taken from the code."""
    return relation.evidence.quote != "" and "办" in "".join(issuers) or bool(issuers)
