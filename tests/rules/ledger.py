"""A little world in text, a line a work, in the domain's own words.

    as_of 2024-06-30
    rename 岚州市经济和信息化委员会 -> 岚州市工业和信息化局 since 2019-01-01
    policy 岚科字〔2024〕3号  《岚州市科技奖励办法》  issuer 岚州市科学技术局  published 2024-03-01
    interpretation 甲  by 岚州市科学技术局  interprets 岚科字〔2024〕3号  published 2024-03-04
    status 岚政发〔2010〕5号  废止 2018-01-01 by 岚政发〔2018〕2号
    page 岚政发〔2010〕5号  有效性：有效

Fields stand apart by two spaces: 《title》, `word value`, or a bare flag (cited, repaired). `drafter 市科技局 proxy`
says how sure it is; `contributed 供稿单位：法规科` who handed in the words of an interpretation; `written
岚科字[2024]3号` how the paper writes its number, `on_page` how the page does. A relation's word takes the key of its
target, and may end in `repaired` or `plan`. Works that nobody lists but somebody names are cited only. `page` gives a
work a file that says this of itself.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, get_args

from policylib.errors import NumberSyntaxError
from policylib.extract import analyse_text
from policylib.link.labels import words_of
from policylib.model import (
    CONTRIBUTED,
    Analysis,
    DocumentNumber,
    Drafter,
    Effect,
    Evidence,
    Judgement,
    Relation,
    RelationKind,
    Snapshot,
    Span,
    State,
    Status,
    Work,
)

_ROLES = ("policy", "interpretation", "cleanup", "other")
_RELATIONS = get_args(RelationKind)
_DATES = ("dated", "published", "effective", "expires")
_STATES = {state.value: state for state in State}
_LADDER = {"stated": "E2", "proxy": "E4", "presumed": "E6"}


def world(text: str) -> Snapshot:
    """The snapshot that the ledger describes."""
    as_of = date(2024, 6, 30)
    works: dict[str, Work] = {}
    relations: list[Relation] = []
    statuses: dict[str, Status] = {}
    judgements: list[Judgement] = []
    renames: dict[str, tuple[tuple[str, date], ...]] = {}
    pages: list[tuple[str, Analysis, str]] = []
    for line in (line.strip() for line in text.splitlines()):
        word, _, rest = line.partition(" ")
        if word == "as_of":
            as_of = date.fromisoformat(rest)
        elif word == "rename":
            former, _, later = rest.partition(" -> ")
            name, _, since = later.partition(" since ")
            renames[former] = (*renames.get(former, ()), (name, date.fromisoformat(since)))
        elif word == "page":
            key, _, said = rest.partition("  ")
            text = f"{said}\n关于某事的通知\n{key}"
            analysis = analyse_text(text)
            source = replace(analysis.source, path=f"{key}-{len(pages)}.html")
            pages.append((key, replace(analysis, source=source), text))
        elif word == "status":
            status = _status(rest)
            statuses[status.work] = status
        elif word == "exempt":
            key, _, why = rest.partition("  ")
            rule, _, why = why.rpartition("  ")
            judgements.append(Judgement("set", key, field=f"exempt:{rule or 'interpretation.missing'}", value=why))
        elif word in _ROLES:
            work, said = _work(word, rest)
            works[work.key] = work
            relations += said
        elif line:
            raise ValueError(line)
    for key in {relation.target for relation in relations} | set(statuses):
        works.setdefault(key, _cited(key))
    for key, analysis, _ in pages:
        work = works[key]
        documents, said = (*work.documents, analysis.source.sha256), (*work.said, *words_of(analysis))
        works[key] = replace(work, documents=documents, said=said)
    return Snapshot(
        as_of=as_of,
        works=tuple(works[key] for key in sorted(works)),
        relations=tuple(sorted(relations, key=lambda one: (one.source, one.kind, one.target))),
        statuses={key: replace(status, as_of=as_of) for key, status in statuses.items()},
        judgements=tuple(judgements),
        renames=renames,
        texts={analysis.source.sha256: text for _, analysis, text in pages},
        analyses={analysis.source.sha256: analysis for _, analysis, _ in pages},
    )


def _work(role: Any, line: str) -> tuple[Work, list[Relation]]:
    key, *fields = (part.strip() for part in line.split("  ") if part.strip())
    values: dict[str, Any] = {"key": key, "role": role, "held": True, "numbers": _numbers(key.partition("#")[0])}
    relations = []
    for part in fields:
        word, _, value = part.partition(" ")
        if part.startswith("《"):
            values["title"] = part[1:-1]
        elif word in _RELATIONS:
            relations.append(_relation(key, word, value))
        elif word in _DATES:
            values[word] = date.fromisoformat(value)
        elif word == "drafter":
            values["drafter"] = _drafter(key, value)
        elif word == "by":
            values["interpreter"] = value
        elif word == "contributed":
            label, _, values["interpreter"] = value.partition("：")
            values["interpreter_evidence"] = replace(_evidence(key, value), rule=f"{CONTRIBUTED}{label}")
        elif word == "issuer":
            values["issuers"] = tuple(value.split("、"))
        elif word == "carries":
            values["instruments"] = (value.strip("《》"),)
        elif word in ("written", "on_page"):
            rule = "cover.number" if word == "written" else "metadata.发文字号"
            values["number_evidence"] = replace(_evidence(key, value), rule=rule, path=f"{key}.docx")
        elif word == "to":
            values["addressees"] = tuple(value.split("、"))
        elif word == "problem":
            values["problems"] = (value,)
        elif word == "repaired":
            values["number_repaired"] = True
        elif word == "cited":
            values["held"] = False
        elif word in ("registration_number", "doc_type", "disclosure"):
            values[word] = value
        else:
            raise ValueError(part)
    return Work(**values), relations


def _cited(key: str) -> Work:
    return Work(key=key, role="policy", held=False, numbers=_numbers(key))


def _numbers(key: str) -> tuple[DocumentNumber, ...]:
    try:
        return (DocumentNumber.parse(key),)
    except NumberSyntaxError:
        return ()


def _drafter(key: str, value: str) -> Drafter:
    names, _, certainty = value.partition(" ")
    sure: Any = certainty or "stated"
    return Drafter(tuple(names.split("、")), _LADDER[sure], sure, _evidence(key, f"由{names}起草"))


def _relation(source: str, kind: Any, value: str) -> Relation:
    target, *flags = value.split()
    return Relation(
        kind=kind,
        source=source,
        target=target,
        evidence=_evidence(source, f"{kind}《{target}》"),
        confidence=1.0,
        tier="T0",
        mode="plan" if "plan" in flags else "act",
        repaired="repaired" in flags,
        corroboration="同页完整文号" if "corroborated" in flags else None,
        judged="judged" in flags,
    )


def _status(line: str) -> Status:
    key, state, *more = line.split()
    since = date.fromisoformat(more.pop(0)) if more and more[0][0].isdigit() else None
    by = more[1] if more[:1] == ["by"] else None
    effect = Effect("repeal", key, since, since, by=by, evidence=_evidence(by or key, "予以废止"))
    return Status(key, date.min, _STATES[state], since=since, decisive=effect)


def _evidence(key: str, quote: str) -> Evidence:
    return Evidence(sha256=f"sha256 of {key}", path=f"{key}.html", span=Span(0, len(quote)), quote=quote)
