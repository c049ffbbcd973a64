"""What rules found, as people and programs want it: pages, rows, SARIF; and how it all ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from policylib.cli.output import cell, echo_json, write_rows, write_text
from policylib.cli.saving import save_table
from policylib.export import TABLE_SUFFIXES, atomic, sarif_text
from policylib.export.findings import RESULTS, SEVERITIES, finding_rows, quotation
from policylib.model import Finding, Report, Result, Snapshot
from policylib.own_tables import FINDING_KEYS, FINDINGS
from policylib.rules import Rule

SARIF = ".sarif"
FINDING_SUFFIXES = (*TABLE_SUFFIXES, SARIF)
_SORTED = {"fail": "问题", "unknown": "待查", "exempt": "不适用", "pass": "符合"}  # what a sheet is filtered by
_STEPS = {
    "error": "先办“错误”，打开证据所在的文件对一对，照“办法”处理", "warning": "核对“提醒”", "info": "“说明”供参考",
}  # fmt: skip
NOTHING_FOUND = "没有发现问题"
_UNDECIDED_SHOWN = 5
_REASON = 70  # characters of the reason beside each
_MANY = 5  # of what cannot be told, so many alike of one organ are told together
_NAMED = 3  # of which so many by name
_PLACES_SHOWN = 10  # numbers of findings in a line of the overview


def write_findings(
    shown: Sequence[Finding], report: Report, rules: Sequence[Rule], snapshot: Snapshot, home: Path, form: str,
    brief: bool = False,
) -> None:  # fmt: skip
    """To stdout: those that are `shown`, `brief` on a line each; of SARIF, where a program chooses itself, all of the
    report."""
    known = by_id(rules)
    if form == "text" and brief:
        for number, finding in enumerate(shown, 1):
            write_text(_brief_line(number, finding, snapshot, known))
    elif form == "text":
        for line in (*overview(shown, known), *findings_lines(shown, snapshot, known)):
            write_text(line)
    elif form == "sarif":
        echo_json(sarif_text(report.findings, rules, snapshot, home))
    else:
        write_rows(_rows(shown, rules, snapshot), FINDING_KEYS if form == "json" else FINDINGS, form)


def save_findings(
    report: Report, rules: Sequence[Rule], snapshot: Snapshot, home: Path, output: Path, everything: bool
) -> None:
    """The findings to a file, as its suffix says. Programs get all of them; a sheet, which goes to the offices that are
    to mend something, has what is no fault only if that was asked for (`everything`)."""
    if output.suffix.lower() == SARIF:
        atomic.write(output, sarif_text(report.findings, rules, snapshot, home))
        return
    sheet = output.suffix.lower() != ".json"
    kept = [one for one in report.findings if everything or not sheet or one.result in ("fail", "unknown")]
    columns = FINDINGS if sheet else FINDING_KEYS
    save_table(_rows(kept, rules, snapshot), columns, output, "问题", answers=("answer",))


def by_id(rules: Sequence[Rule]) -> Mapping[str, Rule]:
    """The rules by their ids, which findings bear."""
    return {rule.id: rule for rule in rules}


def _title_of(rule: str, known: Mapping[str, Rule], result: Result) -> str | None:
    """The title of a rule; of what passes none that reproaches: 谁起草、谁解读."""
    found = known.get(rule)
    if found is None:
        return None
    return found.matter if result == "pass" and found.matter else found.title


def rule_words(rule: str, known: Mapping[str, Rule], result: Result = "fail") -> str:
    """应解读未解读（INT-01）: by its code, as the plan, the hints and --rule have it; programs get its id."""
    return f"{_title_of(rule, known, result) or ''}（{known[rule].short_code if rule in known else rule}）"


def overview(findings: Sequence[Finding], known: Mapping[str, Rule]) -> Iterator[str]:
    """A line a rule, [错误] 应解读未解读（INT-01） 3：第1、7、10项; nothing for a single finding."""
    if len(findings) < 2:
        return
    places: dict[tuple[str, str, Result], list[int]] = {}
    for number, finding in enumerate(findings, 1):
        places.setdefault((_word(finding), finding.rule, finding.result), []).append(number)
    yield "概览（依据写在每条规则的第一项下，换了依据的再写）："
    for (word, rule, result), numbers in places.items():
        listed = "、".join(map(str, numbers[:_PLACES_SHOWN])) + ("…" if len(numbers) > _PLACES_SHOWN else "")
        yield f"  [{word}] {rule_words(rule, known, result)} {len(numbers)}：第{listed}项"
    yield ""


def findings_lines(findings: Sequence[Finding], snapshot: Snapshot, known: Mapping[str, Rule]) -> Iterator[str]:
    """The findings, numbered; what a rule rests on is said with the first of them, and again where the next of that
    rule rests on something else: nobody can tell from afar which of two standards is meant. Many that ask the same of
    papers of one organ are told with the first of them."""
    said: dict[str, str] = {}
    alike = _alike(findings, snapshot)
    for number, finding in enumerate(findings, 1):
        group = alike.get(number, [number])
        if group[0] != number:
            continue
        based = said.get(finding.rule) != finding.basis
        if len(group) == 1:
            yield from _finding_lines(number, finding, snapshot, known, based=based)
        else:
            of_group = {place: findings[place - 1] for place in group}
            yield from _group_lines(of_group, snapshot, known, based=based)
        said[finding.rule] = finding.basis


def _alike(findings: Sequence[Finding], snapshot: Snapshot) -> dict[int, list[int]]:
    """The numbers of findings that are told together, by each of them: what cannot be told of many papers of one organ
    for one reason."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for number, one in enumerate(findings, 1):
        if one.result == "unknown":
            groups.setdefault((one.rule, one.message, one.remedy, _maker(one, snapshot)), []).append(number)
    return {number: group for group in groups.values() if len(group) >= _MANY for number in group}


def _maker(finding: Finding, snapshot: Snapshot) -> str:
    work = snapshot.by_key.get(finding.subject)
    return work.issuers[0] if work and work.issuers else "没有写明发文机关的"


def counted(failures: Iterable[Finding]) -> str:
    """错误 1，提醒 2; nothing where there are none."""
    counts = Counter[str](one.severity for one in failures)
    return "，".join(f"{word} {counts[severity]}" for severity, word in SEVERITIES.items() if counts[severity])


def _about(finding: Finding, snapshot: Snapshot) -> str:
    """What a finding speaks of, as people call it."""
    work = snapshot.by_key.get(finding.subject)
    return cell(finding.about or (work.label if work else finding.subject))


def _word(finding: Finding) -> str:
    return SEVERITIES[finding.severity] if finding.result == "fail" else RESULTS[finding.result]


def said_of(finding: Finding, word: str) -> str:
    """The message behind its word: [不适用] 成文于…, and not [不适用] 不适用：成文于…."""
    return cell(finding.message.removeprefix(f"{word}："))


def _brief_line(number: int, finding: Finding, snapshot: Snapshot, known: Mapping[str, Rule]) -> str:
    """1. [错误] 岚政发〔2023〕21号 清理结果所说的件数与目录不符：文中说继续有效6件，目录读到5行."""
    work = snapshot.by_key.get(finding.subject)
    about = finding.about or (str(work.number or work.label) if work else finding.subject)
    title = _title_of(finding.rule, known, finding.result) or finding.rule
    said = said_of(finding, _word(finding)).removeprefix(title).lstrip("：，")  # some begin with the words of the title
    return f"{number}. [{_word(finding)}] {cell(about)} {title}：{said}"


def _finding_lines(
    number: int, finding: Finding, snapshot: Snapshot, known: Mapping[str, Rule], *, based: bool
) -> Iterator[str]:
    title = rule_words(finding.rule, known, finding.result)
    yield f"{number}. [{_word(finding)}] {_about(finding, snapshot)}  {title}"
    yield f"   {said_of(finding, _word(finding))}"
    for evidence in finding.evidence:
        yield f"   证据：{quotation(evidence)} —— {cell(evidence.origin)}"
    if finding.basis and based:
        yield f"   依据：{cell(finding.basis)}"
    if finding.remedy:
        yield f"   办法：{cell(finding.remedy)}"


def _group_lines(
    group: Mapping[int, Finding], snapshot: Snapshot, known: Mapping[str, Rule], *, based: bool
) -> Iterator[str]:
    """海关总署 34件（第32、35、38项…）, what is said of each of them, and some by name."""
    first = next(iter(group))
    one = group[first]
    places = "、".join(map(str, [*group][:_PLACES_SHOWN])) + "…" * (len(group) > _PLACES_SHOWN)
    heading = f"{cell(_maker(one, snapshot))} {len(group)}件（第{places}项）"
    yield f"{first}. [{_word(one)}] {heading}  {rule_words(one.rule, known)}"
    yield f"   {said_of(one, _word(one))}"
    named = "；".join(_about(each, snapshot) for each in [*group.values()][:_NAMED])
    yield f"   {named}等{len(group)}件，逐件的标题和证据用 -o 写入表格看"
    if one.basis and based:
        yield f"   依据：{cell(one.basis)}"
    if one.remedy:
        yield f"   办法：{cell(one.remedy)}"


def _rows(findings: Sequence[Finding], rules: Sequence[Rule], snapshot: Snapshot) -> list[dict[str, object]]:
    """The objects of the contract, with what only sheets have."""
    known = by_id(rules)
    both = zip(findings, finding_rows(findings, snapshot), strict=True)
    return [
        row
        | {
            "place": place,
            "sorted": _SORTED[one.result],
            "rule_title": _title_of(one.rule, known, one.result),
            "proof": _proof(one),
        }
        for place, (one, row) in enumerate(both, 1)
    ]


def _proof(finding: Finding) -> str:
    return "\n".join(f"{quotation(one)} —— {cell(one.origin)}" for one in finding.evidence)


def failed(report: Report, fail_on: str) -> int:
    """1 where something is as bad as --fail-on says, else 0."""
    if fail_on == "error":
        return report.exit_code
    return int(any(finding.severity in ("error", "warning") for finding in report.failures))


def totals(report: Report) -> str:
    """错误 2，提醒 1；无法判断 5；不适用 3."""
    results = Counter[str](finding.result for finding in report.findings)
    parts = [counted(report.failures) or NOTHING_FOUND]
    parts += [f"{RESULTS[result]} {results[result]}" for result in ("unknown", "exempt") if results[result]]
    return "；".join(parts)


def next_steps(report: Report) -> Iterator[str]:
    """What to do with what was found."""
    found = {finding.severity for finding in report.failures}
    if found:
        yield f"下一步：{'；'.join(step for severity, step in _STEPS.items() if severity in found)}"
        yield "对结果有意见的，用 policylib judge 登记，以后以您的为准"


def _in_brief(reason: str) -> str:
    """A reason on one line, cut at a mark where it goes on to list papers."""
    if len(reason) <= _REASON:
        return reason
    end = max(reason.rfind(mark, 0, _REASON) for mark in "，；：")
    return f"{reason[:end] if end > 0 else reason[:_REASON]}……"


def undecided(report: Report, rules: Sequence[Rule], snapshot: Snapshot, command: str) -> Iterator[str]:
    """Of what could not be told some by name, each with another reason as far as there are so many; how many there are
    of each rule, and the command that lists all."""
    titles = {rule.id: rule.title for rule in rules}
    found = [one for one in report.findings if one.result == "unknown"]
    first = {(one.rule, one.message): one for one in reversed(found)}
    of_each = [one for one in found if first[one.rule, one.message] is one]
    again = [one for one in found if first[one.rule, one.message] is not one]
    for one in (*of_each, *again)[:_UNDECIDED_SHOWN]:
        yield f"  无法判断（{titles.get(one.rule, one.rule)}）：{_about(one, snapshot)}：{_in_brief(cell(one.message))}"
    if found:
        counts = Counter(titles.get(one.rule, one.rule) for one in found)
        each = "；".join(f"{title} {count}" for title, count in counts.most_common())
        yield f"“无法判断”的 {len(found)} 项，用 {command} 列出，每项都写明为什么、怎么办（{each}）"
