"""check 稿件.docx: the draft gate, a page a draft, in the order of its text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from policylib.cli.common import CANNOT_READ, say
from policylib.cli.findings import (
    NOTHING_FOUND,
    by_id,
    failed,
    rule_words,
    said_of,
    save_findings,
    totals,
    write_findings,
)
from policylib.cli.output import cell, write_text
from policylib.draft_gate import Gated, check_draft
from policylib.errors import FileMissing
from policylib.export.findings import RESULTS, SEVERITIES, quotation
from policylib.library import Library
from policylib.model import Draft, Finding, nested
from policylib.rules import Rule

_TO_LOOK_UP = "待核对"
_TO_MEND = ("fail", "unknown")  # what somebody has to do something about


def gate(
    library: Library, paths: Sequence[Path], as_of: date | None, rules: Sequence[Rule], fail_on: str, everything: bool,
    brief: bool, output: Path | None, form: str,
) -> int:  # fmt: skip
    """Checks the drafts, writes what was found, and gives the exit code: 3 where a file could not be read."""
    of_drafts = tuple(rule for rule in rules if rule.of_drafts)
    gated = check_draft(library, paths, as_of, of_drafts)
    home = library.path.parent
    shown = [one for one in gated.report.findings if everything or one.result in _TO_MEND]
    if form == "text" and output is None:
        for page in _pages(gated, shown, by_id(of_drafts), brief):
            write_text(page)
    elif form != "text":
        write_findings(shown, gated.report, of_drafts, gated.snapshot, home, form)
    if output is not None:
        save_findings(gated.report, of_drafts, gated.snapshot, home, output, everything)
        say(f"已存入 {output}")
    for one in gated.unread:
        unknown = "，库中也没有这个文号或标题" if one.code == FileMissing.code else ""
        say(f"错误：{one.path}：{one.message}{unknown}{'。' if one.remedy else ''}{one.remedy}")
    if gated.held:
        say(f"文件夹里有 {len(gated.held)} 份已经读入库里，不当作稿件查；查库里的文件，写 policylib check 文号")
    if not (gated.snapshot.drafts or gated.unread):
        say("文件夹里没有可查的稿件")
        return 1
    if gated.snapshot.drafts:
        words = totals(gated.report).replace(RESULTS["unknown"], _TO_LOOK_UP)
        if words.startswith(f"{NOTHING_FOUND}；{_TO_LOOK_UP}"):  # which may be a fault
            words = f"{words.removeprefix(f'{NOTHING_FOUND}；')}，请逐处核对以后再送审"
        told = {one.subject for one in shown}
        if form == "text" and output is None and any(one.name not in told for one in gated.snapshot.drafts):
            # the page of that draft has said so
            words = words.replace(NOTHING_FOUND, f"查过 {len(gated.snapshot.drafts)} 份稿件")
        say(f"{words}（据本库所知，按 {gated.snapshot.as_of} 的效力）")
    return CANNOT_READ if gated.unread else failed(gated.report, fail_on)


def _pages(gated: Gated, shown: Sequence[Finding], known: Mapping[str, Rule], brief: bool) -> Iterator[str]:
    number = 0
    said: set[str] = set()
    for draft in gated.snapshot.drafts:
        found = [one for one in shown if one.subject == draft.name]
        yield f"{cell(draft.name)}  {cell(_called(draft))}".rstrip()
        if not found:
            yield f"  {NOTHING_FOUND}"
        for finding in found:
            number += 1
            if brief:
                yield _head(number, finding, known)
                continue
            yield from _lines(number, finding, known, based=finding.basis not in said)
            if finding.result in _TO_MEND:
                said.add(finding.basis)


def _called(draft: Draft) -> str:
    elements = draft.analysis.elements
    title = f"《{nested(elements.title.value)}》" if elements.title else ""
    return f"{title}（{elements.number.value}）" if elements.number else title


def _head(number: int, finding: Finding, known: Mapping[str, Rule]) -> str:
    words = {"fail": SEVERITIES[finding.severity], "unknown": _TO_LOOK_UP}
    word = words.get(finding.result, RESULTS[finding.result])
    return f"{number}. [{word}] {said_of(finding, word)}  {rule_words(finding.rule, known, finding.result)}"


def _lines(number: int, finding: Finding, known: Mapping[str, Rule], *, based: bool) -> Iterator[str]:
    """The words of the draft come first, then what the library holds against them; `based`: what the rule rests on is
    said."""
    yield _head(number, finding, known)
    for evidence in finding.evidence:
        own = evidence.path == finding.subject
        yield f"   稿件：{quotation(evidence)}" if own else f"   本库：{quotation(evidence)} —— {cell(evidence.origin)}"
    if finding.result in _TO_MEND:
        if based:
            yield f"   依据：{cell(finding.basis)}"
        yield f"   办法：{cell(finding.remedy)}"
