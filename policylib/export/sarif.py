"""Findings → SARIF 2.1.0 (OASIS), which code hosts, editors and dashboards read.

Offsets count code points of the text that `policylib extract --text` prints, not bytes of the file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote as percent_encoded

from policylib import __version__
from policylib.export.plain import plain_text
from policylib.model import Evidence, Finding, Judgement, Severity, Snapshot, Span

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
BASE = "LIBRARY"
"""The `uriBaseId` of paths that the library keeps relative to its own folder."""

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
# unknown: asked, and what is known does not suffice to decide, which SARIF calls open (3.27.9).
_KINDS = {"fail": "fail", "unknown": "open", "exempt": "notApplicable", "pass": "pass"}
_EXEMPT = "exempt:"  # with a rule's id: the field of a judgement by which a person exempted a work

Json = dict[str, Any]


class Described(Protocol):
    """What SARIF wants to know of a rule."""

    @property
    def id(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def severity(self) -> Severity: ...
    @property
    def basis(self) -> str: ...
    @property
    def remedy(self) -> str: ...
    @property
    def exemptions(self) -> tuple[str, ...]: ...
    @property
    def on(self) -> bool: ...


def sarif_text(findings: Sequence[Finding], rules: Sequence[Described], snapshot: Snapshot, home: Path) -> str:
    """One run with a result for each finding, those that are unknown, exempt or pass too. `home` is the library's
    folder, to which relative paths belong."""
    artifacts = _Artifacts()
    places = {rule.id: index for index, rule in enumerate(rules)}
    excuses = {
        (one.field.removeprefix(_EXEMPT), one.source): one for one in snapshot.judgements if one.verdict == "set"
    }
    results = [_result(one, places, snapshot, excuses.get((one.rule, one.subject)), artifacts) for one in findings]
    run: Json = {
        "tool": {
            "driver": {
                "name": "policylib",
                "semanticVersion": __version__,
                "language": "zh-CN",
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {BASE: {"uri": f"{home.resolve().as_uri()}/"}},
        "artifacts": artifacts.listed,
        "results": results,
        "properties": {"asOf": snapshot.as_of.isoformat()},
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(_plain(log), ensure_ascii=False, indent=1) + "\n"


def _rule(rule: Described) -> Json:
    exemptions = [f"不适用：{one}" for one in rule.exemptions]
    return {
        "id": rule.id,
        "name": rule.title,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": f"{rule.title}（{rule.code}）。依据：{rule.basis}"},
        "help": {"text": "\n".join((f"依据：{rule.basis}", f"办法：{rule.remedy}", *exemptions))},
        "defaultConfiguration": {"level": _LEVELS[rule.severity], "enabled": rule.on},
        "properties": {"tags": [rule.id.partition(".")[0], *rule.code.split("、")]},
    }


def _result(
    finding: Finding,
    places: Mapping[str, int],
    snapshot: Snapshot,
    excuse: Judgement | None,
    artifacts: _Artifacts,
) -> Json:
    kind = _KINDS[finding.result]
    first, *others = _locations(finding, snapshot, artifacts)
    result: Json = {
        "ruleId": finding.rule,
        "kind": kind,
        "level": _LEVELS[finding.severity] if kind == "fail" else "none",
        "message": {"text": finding.message},
        "locations": [first],
        "partialFingerprints": {"finding/v1": _fingerprint(finding)},
        "properties": {
            "subject": finding.subject,
            "related": list(finding.related),
            "basis": finding.basis,
            "remedy": finding.remedy,
        },
    }
    if finding.rule in places:
        result["ruleIndex"] = places[finding.rule]
    if others:
        result["relatedLocations"] = others
    if finding.result == "exempt" and excuse and excuse.value:
        result["suppressions"] = [_suppression(excuse)]
    return result


def _suppression(excuse: Judgement) -> Json:
    when = {"when": excuse.when.isoformat()} if excuse.when else {}
    return {
        "kind": "external",
        "status": "accepted",
        "justification": excuse.value,
        "properties": {"who": excuse.who, **when},
    }


def _fingerprint(finding: Finding) -> str:
    """The same from run to run: the message may count days."""
    quotes = (evidence.quote for evidence in finding.evidence)
    parts = (finding.rule, finding.subject, *finding.related, *quotes)
    return hashlib.sha256("\0".join(parts).encode(errors="replace")).hexdigest()


# Places -------------------------------------------------------------------------------------------------------------


class _Artifacts:
    """The files that the results name, each once."""

    def __init__(self) -> None:
        self.listed: list[Json] = []
        self._places: dict[str, int] = {}

    def at(self, path: str, sha256: str) -> Json:
        location = _uri(path)
        if path not in self._places:
            self._places[path] = len(self.listed)
            self.listed.append({"location": location, "hashes": {"sha-256": sha256}})
        return {**location, "index": self._places[path]}


def _uri(path: str) -> Json:
    """文件/通知.docx below the library's folder; /srv/通知.docx and D:/通知.docx by themselves."""
    path = plain_text(path)
    if path.startswith("/"):
        return {"uri": f"file://{percent_encoded(path)}"}
    if path[1:3] == ":/":
        return {"uri": f"file:///{path[:2]}{percent_encoded(path[2:])}"}
    return {"uri": percent_encoded(path), "uriBaseId": BASE}


def _locations(finding: Finding, snapshot: Snapshot, artifacts: _Artifacts) -> list[Json]:
    """Where the evidence stands; without any, the work's own file. The subject is named in the first place."""
    work = snapshot.by_key.get(finding.subject)
    found = [_location(one, artifacts) for one in finding.evidence if one.path]
    if not found:
        found = [{}]
        if work and work.paths and work.documents:
            found = [{"physicalLocation": {"artifactLocation": artifacts.at(work.paths[0], work.documents[0])}}]
    found[0]["logicalLocations"] = [
        {"name": finding.about or (work.label if work else finding.subject), "fullyQualifiedName": finding.subject}
    ]
    return found


def _location(evidence: Evidence, artifacts: _Artifacts) -> Json:
    """The words and what stands beside them; a value that was cleaned (a name, a date) is shown by its place only."""
    span, quote = evidence.span, evidence.quote
    place = {"artifactLocation": artifacts.at(evidence.path, evidence.sha256), "region": _region(span, quote)}
    if evidence.before or evidence.after:
        wider = Span(span.start - len(evidence.before), span.end + len(evidence.after))
        place["contextRegion"] = _region(wider, f"{evidence.before}{quote}{evidence.after}")
    return {"physicalLocation": place}


def _region(span: Span, words: str) -> Json:
    length = span.end - span.start
    snippet = {"snippet": {"text": words}} if len(words) == length else {}
    return {"charOffset": span.start, "charLength": length, **snippet}


def _plain(value: Any) -> Any:
    """With every text as all programs can read it."""
    if isinstance(value, str):
        return plain_text(value)
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, Iterable) else value
