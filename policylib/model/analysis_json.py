"""`Analysis` to its JSON object and back. Keys may be added; any other change raises the schema number."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, get_args

from policylib.errors import PolicylibError
from policylib.model.analysis import (
    SCHEMA,
    Analysis,
    Citation,
    Claim,
    Deadline,
    Elements,
    ListDay,
    NumberMention,
    Role,
    StatedCount,
    Task,
)
from policylib.model.analysis_check import check
from policylib.model.document import Problem, Source
from policylib.model.number import DocumentNumber
from policylib.model.span import Found, Span

_TEXT = (
    "title", "registration_number", "index_number", "drafter", "interpreter", "doc_type", "disclosure", "status_label",
)  # fmt: skip
_DATES = ("dated", "printed", "published", "effective", "expires")
_LISTS = ("issuers", "addressees", "instruments", "copied_to", "annexes")


def encode(analysis: Analysis) -> dict[str, Any]:
    elements = analysis.elements
    return {
        "schema": SCHEMA,
        "source": {
            "path": analysis.source.path,
            "sha256": analysis.source.sha256,
            "media_type": analysis.source.media_type,
            "reader": analysis.source.reader,
            "url": analysis.source.url,
        },
        "role": _found(analysis.role),
        "elements": {
            **{name: _found(getattr(elements, name)) for name in (*_TEXT, "number", *_DATES)},
            **{name: [_found(one) for one in getattr(elements, name)] for name in _LISTS},
        },
        "numbers": [_mention(mention) for mention in analysis.numbers],
        "citations": [_claim(claim) for claim in analysis.claims],
        "problems": [
            {"rule": p.rule, "message": p.message, "start": p.span and p.span.start, "end": p.span and p.span.end}
            for p in analysis.problems
        ],
        "clauses": [_found(one) for one in analysis.clauses],
        "tasks": [_task(one) for one in analysis.tasks],
        "counts": [{**(_found(one) or {}), "value": asdict(one.value)} for one in analysis.counts],
        "days": [{**(_found(one) or {}), "value": _list_day(one.value)} for one in analysis.days],
        "marks": [_found(one) for one in analysis.marks],
    }


def _found(found: Found[Any] | None) -> dict[str, Any] | None:
    if found is None:
        return None
    value = found.value
    if isinstance(value, date):
        value = value.isoformat()
    elif isinstance(value, DocumentNumber):
        value = str(value)
    start, end = found.span.start, found.span.end
    return {"value": value, "start": start, "end": end, "rule": found.rule, "confidence": found.confidence}


def _task(task: Task) -> dict[str, Any]:
    found = task.deadline
    return {
        "start": task.item.start,
        "end": task.item.end,
        "lead": [_found(one) for one in task.lead],
        "support": [_found(one) for one in task.support],
        "deadline": found and {**(_found(found) or {}), "value": _deadline(found.value)},
    }


def _deadline(deadline: Deadline) -> dict[str, Any]:
    return {
        "latest": deadline.latest and deadline.latest.isoformat(),
        "count": deadline.count,
        "unit": deadline.unit,
        "event": deadline.event,
        "nature": deadline.nature,
    }


def _list_day(value: ListDay) -> dict[str, Any]:
    return {**asdict(value), "day": value.day and value.day.isoformat()}


def _mention(mention: NumberMention) -> dict[str, Any]:
    number = mention.number
    return {
        "raw": mention.raw,
        "start": mention.span.start,
        "end": mention.span.end,
        "canonical": None if number is None else str(number),
        "code": number and number.code,
        "year": number and number.year,
        "serial": number and number.serial,
        "kind": number and number.kind.value,
        "infix": number.infix if number else "",
        "repaired": mention.repaired,
        "rule": mention.rule,
        "confidence": mention.confidence,
        "candidates": [str(candidate) for candidate in mention.candidates],
    }


def _claim(claim: Claim) -> dict[str, Any]:
    citation = claim.citation
    return {
        "raw": citation.raw,
        "start": citation.span.start,
        "end": citation.span.end,
        "title": citation.title,
        "title_start": citation.title_span and citation.title_span.start,
        "title_end": citation.title_span and citation.title_span.end,
        "numbers": [str(number) for number in citation.numbers],
        "issuer": citation.issuer,
        "form": citation.form,
        "relation": claim.relation,
        "cue": claim.cue and claim.cue.value,
        "cue_found": _found(claim.cue),
        "tail": citation.tail,
        "alias": citation.alias,
        "refers_to": citation.refers_to,
        "repaired": citation.repaired,
        **({"year": citation.year} if citation.year else {}),
        "mode": claim.mode,
        "scope_start": claim.scope.start,
        "scope_end": claim.scope.end,
        "detail": claim.detail,
        "reason": claim.reason,
        **({"drafter": _found(claim.drafter)} if claim.drafter else {}),
        **({"annex": claim.annex} if claim.annex else {}),
    }


def decode(data: Mapping[str, Any]) -> Analysis:
    """Raises PolicylibError, and nothing else, where the data are not what `encode` gives."""
    if not isinstance(data, Mapping) or data.get("schema") != SCHEMA:
        schema = data.get("schema") if isinstance(data, Mapping) else data
        raise PolicylibError(f"不是 {SCHEMA} 格式的分析结果：schema={schema!r:.60}")
    read: dict[str, Any] = {}
    for name, part in PARTS.items():
        try:
            read[name] = part(data)
            check(read[name])
        except KeyError as error:
            raise PolicylibError(f"分析结果不完整：{_KEYS.get(name, name)} 里缺 {error.args[0]!r}") from None
        except (TypeError, ValueError, AttributeError, LookupError, RecursionError) as error:
            raise PolicylibError(f"分析结果有误：{_KEYS.get(name, name)} 里有不合格式的值（{error!s:.120}）") from None
    return Analysis(**read)


_KEYS = {"claims": "citations"}
"""The parts that the JSON object calls otherwise."""


def _source(data: Mapping[str, Any]) -> Source:
    source = data["source"]
    return Source(source["path"], source["sha256"], source["media_type"], source["reader"], source["url"])


def _elements(data: Mapping[str, Any]) -> Elements:
    given = data["elements"]
    return Elements(**{name: read(given[name]) for name, read in ELEMENTS.items()})


def _problems(data: Mapping[str, Any]) -> tuple[Problem, ...]:
    return tuple(Problem(p["rule"], p["message"], _unspan(p["start"], p["end"])) for p in data["problems"])


PARTS: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
    "source": _source,
    "role": lambda data: _role(data["role"]),
    "elements": _elements,
    "numbers": lambda data: tuple(_unmention(one) for one in data["numbers"]),
    "claims": lambda data: tuple(map(_unclaim, data["citations"])),
    "problems": _problems,
    "clauses": lambda data: tuple(_unfound(one) for one in data.get("clauses", ())),
    "tasks": lambda data: tuple(_untask(one) for one in data.get("tasks", ())),
    "counts": lambda data: tuple(_unfound(one, lambda value: StatedCount(**value)) for one in data.get("counts", ())),
    "days": lambda data: tuple(_unfound(one, _unlist_day) for one in data.get("days", ())),
    "marks": lambda data: tuple(_unfound(one) for one in data.get("marks", ())),
}
"""How each part of an analysis is read."""


def _untask(data: Mapping[str, Any]) -> Task:
    return Task(
        item=Span(data["start"], data["end"]),
        lead=tuple(_unfound(one) for one in data["lead"]),
        support=tuple(_unfound(one) for one in data["support"]),
        deadline=_unfound(data["deadline"], _undeadline),
    )


def _undeadline(data: Mapping[str, Any]) -> Deadline:
    latest = data["latest"]
    return Deadline(
        latest and date.fromisoformat(latest), data["count"], data["unit"], data["event"], data.get("nature", "once")
    )


def _unlist_day(data: Mapping[str, Any]) -> ListDay:
    day = date.fromisoformat(data["day"]) if data["day"] else None
    return ListDay(day, tuple(data["relations"]), tuple(data["annexes"]), data["follows"])


def moment(text: str) -> date:
    """A day, or a moment where its hour is written: 2019-05-14T10:30:00. Raises ValueError."""
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _unspan(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else Span(start, end)


def _unfound(data: Mapping[str, Any] | None, read: Any = None) -> Any:
    if data is None:
        return None
    value = read(data["value"]) if read else data["value"]
    return Found(value, Span(data["start"], data["end"]), data["rule"], data["confidence"])


def _role(data: Mapping[str, Any] | None) -> Any:
    role = _unfound(data)
    if role is None or role.value not in get_args(Role):
        raise ValueError(f"value={role and role.value!r}")
    return role


def _unnumber(data: Mapping[str, Any] | None) -> Any:
    return _unfound(data, DocumentNumber.parse)


def _undated(data: Mapping[str, Any] | None) -> Any:
    return _unfound(data, moment)


def _unlisted(data: Sequence[Mapping[str, Any]]) -> tuple[Any, ...]:
    return tuple([_unfound(one) for one in data])


ELEMENTS: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(_TEXT, _unfound), "number": _unnumber, **dict.fromkeys(_DATES, _undated),
    **dict.fromkeys(_LISTS, _unlisted),
}  # fmt: skip
"""How each element is read."""


def _unmention(data: Mapping[str, Any]) -> NumberMention:
    return NumberMention(
        raw=data["raw"],
        span=Span(data["start"], data["end"]),
        number=DocumentNumber.parse(data["canonical"]) if data["canonical"] else None,
        rule=data["rule"],
        confidence=data["confidence"],
        repaired=data["repaired"],
        candidates=tuple(DocumentNumber.parse(one) for one in data["candidates"]),
    )


def _unclaim(data: Mapping[str, Any]) -> Claim:
    citation = Citation(
        span=Span(data["start"], data["end"]),
        form=data["form"],
        raw=data["raw"],
        title=data["title"],
        title_span=_unspan(data["title_start"], data["title_end"]),
        numbers=tuple(map(DocumentNumber.parse, data["numbers"])),
        issuer=data["issuer"],
        tail=data["tail"],
        alias=data["alias"],
        refers_to=data["refers_to"],
        repaired=data["repaired"],
        year=data.get("year"),
    )
    return Claim(
        citation=citation,
        relation=data["relation"],
        scope=Span(data["scope_start"], data["scope_end"]),
        cue=_unfound(data["cue_found"]),
        mode=data["mode"],
        detail=data["detail"],
        reason=data["reason"],
        drafter=_unfound(data.get("drafter")),
        annex=data.get("annex"),
    )
