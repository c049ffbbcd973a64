"""check, rules: what is wrong, and by which rules."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from policylib.cli.common import (
    Day,
    OutputFile,
    as_of_option,
    command,
    format_option,
    library_option,
    open_library,
    say,
    tell_doubts,
    tell_organs,
    tell_own_tables,
    typed_again,
    with_library,
)
from policylib.cli.drafting import gate
from policylib.cli.findings import (
    FINDING_SUFFIXES,
    failed,
    next_steps,
    save_findings,
    totals,
    undecided,
    write_findings,
)
from policylib.cli.output import cell, write_rows, write_text
from policylib.errors import LibraryNotFound, PolicyNotFound
from policylib.export.findings import SEVERITIES, by_gravity
from policylib.library import Library, selected
from policylib.link.organs import Registry
from policylib.model import Finding, Office, Report, Snapshot, Work
from policylib.no_collecting import no_collecting
from policylib.office_rules import office_rules
from policylib.own_tables import RULES
from policylib.profile_form import shown
from policylib.rule_sets import Profile, profiles
from policylib.rules import FAMILIES, Rule, all_rules, audit, is_named
from policylib.rules.on_day import OnDay, on_day
from policylib.rules.rule import bare
from policylib.rules.settings import present, settings_of
from policylib.tables import Tables, builtin


@command("check", "检查规则：应解读未解读、谁起草谁解读、解读时限、所据文件是否失效、文号。\n"
         "写明稿件（或者放稿件的文件夹），就只查稿件：所引文件是否在库、文号与标题是否一致、是否有效，自己的文号是否规范。\n"
         "写明库里文件的文号或标题，就只查这份文件。",
         "policylib check\npolicylib check --rule interpretation -o 问题.csv\npolicylib check --as-of 2023-12-31\n"
         "policylib check --issuer 科技局 --since 2020-01-01\npolicylib check 岚科规〔2021〕2号\n"
         "policylib check 送审稿.docx",
         "规则有哪些、依据什么，见 policylib rules。“无法判断”单独计数，不算问题。稿件只读，不入库。\n"
         "退出码：0 没有“错误”，1 有“错误”（见 --fail-on），2 命令写得不对，3 有稿件读不出。\n"
         "对结果有意见的（起草单位认错了、可以免予解读等），用 policylib judge 登记。")  # fmt: skip
@click.argument("names", metavar="[稿件或文号...]", nargs=-1)
@as_of_option
@click.option(
    "--rule",
    "wanted",
    multiple=True,
    metavar="规则",
    help="只查这条规则（解读晚于文件公开、interpretation.late 或代号 INT-05）或这一类（解读），可写几次。",
)
@click.option("--issuer", metavar="机关", help="只看这个机关制发或者起草的文件，简称也行：科技局。")
@click.option("--since", type=Day(), metavar="日期", help="只看这一天以来的文件（按成文日期，没有则按公布日期）。")
@click.option("--fail-on", type=click.Choice(["error", "warning"]), default="error", metavar="程度",
              help="有哪一级的问题就以 1 退出：error（默认）或 warning。")  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="也列出无法判断、不适用和符合的。")
@click.option("--brief", is_flag=True, help="一个问题一行，不列证据、依据和办法。")
@click.option("-o", "--output", type=OutputFile(FINDING_SUFFIXES), metavar="文件",
              help="另存为 .csv、.xlsx、.json 或 .sarif，屏幕上只说件数；"
                   "含无法判断的（“待查”），加 --all 也含不适用的。")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["text", "json", "csv", "sarif"]), default="text", metavar="格式",
              help="text 给人看（默认），json、sarif 给程序，csv 给 Excel。")  # fmt: skip
@with_library
def check_command(
    library: Library, names: tuple[str, ...], as_of: date | None, wanted: tuple[str, ...], issuer: str | None,
    since: date | None, fail_on: str, everything: bool, brief: bool, output: Path | None, form: str,
) -> int:  # fmt: skip
    rules = _asked(office_rules(library), wanted)
    tell_doubts(library)
    works = _named(library, names)
    if names and (issuer or since):
        raise click.UsageError(
            "--issuer、--since 用来挑库里的文件，不能与稿件同用，也不能与文号同用", click.get_current_context()
        )
    if names and not works:
        _only_of_drafts(rules)
        return gate(library, list(map(Path, names)), as_of, rules, fail_on, everything, brief, output, form)
    rules = _only_of_works(rules)
    tell_own_tables(library)
    with no_collecting(for_good=True):
        then = on_day(library.snapshot(as_of))
        snapshot = then.snapshot
        found = by_gravity(audit(snapshot, rules), library.order().by_key)
    report, scope = _about(found, works) if works else _within(found, snapshot, issuer or "", since, library)
    asked = ("fail", "unknown") if works else ("fail",)
    shown = [one for one in report.findings if everything or one.result in asked]
    home = library.path.parent
    if output is None or form != "text":
        write_findings(shown, report, rules, snapshot, home, form, brief)
    if output is not None:
        save_findings(report, rules, snapshot, home, output, everything)
        say(f"已存入 {output}")
    say(f"{scope}{totals(report)}")
    for line in _of_the_day(then):
        say(line)
    if form == "text":
        for line in next_steps(report):
            say(line)
        if not everything and output is None and not works:
            command_line = _typed(wanted, issuer, since, as_of)
            for line in undecided(report, rules, snapshot, f"{command_line} --all"):
                say(line)
    return failed(report, fail_on)


def _of_the_day(then: OnDay) -> Iterator[str]:
    """What was left out because it was made later, and what of the past a library cannot tell."""
    if then.later:
        unsure = f"；没有日期的 {len(then.undated)} 份，不知道当时有没有，照查" if then.undated else ""
        yield f"按 {then.snapshot.as_of} 查：当时还没有的 {len(then.later)} 份不查，后来的事不算{unsure}"
        yield "网页上的标注、链接，按现在保存的网页查；当时网页是什么样，本库不知道"


def _typed(wanted: Sequence[str], issuer: str | None, since: date | None, as_of: date | None) -> str:
    """The command as it was typed, to be typed again: policylib check --rule 解读 --issuer 科技局."""
    options = [*(("--rule", one) for one in wanted), ("--issuer", issuer), ("--since", since), ("--as-of", as_of)]
    return typed_again("policylib check", (), options)


def _asked(rules: Sequence[Rule], wanted: Sequence[str]) -> tuple[Rule, ...]:
    """The rules that are wanted. Who names a rule by itself wants it, though the office has it off; a family is asked
    as far as it is on, and what is off is told.

    Raises click.UsageError where nothing of a family is on.
    """
    wanted = [_whole(name, rules) for name in wanted]
    found = tuple(replace(rule, on=True) if is_named(rule, wanted) else rule for rule in chosen(rules, wanted))
    off = [rule for rule in found if wanted and not rule.on]
    if off:
        say(f"没有启用的没有查：{'、'.join(f'{rule.title}（{rule.short_code}）' for rule in off)}；要查，写明是哪条")
    if len(off) == len(found):
        raise click.UsageError("这一类规则都没有启用", click.get_current_context())
    return found


def _named(library: Library, names: Sequence[str]) -> tuple[Work, ...]:
    """The works of the library that are named; none where these are drafts: what stands on the disk under its name is
    a draft, and so is what the library does not know.

    Raises AmbiguousPolicy, click.UsageError where both are named.
    """
    works: list[Work] = []
    for name in names:
        if not os.path.lexists(name):  # unlike Path.exists, it takes a title of any length
            with suppress(PolicyNotFound):
                works.append(library.get(name))
    if works and len(works) < len(names):
        raise click.UsageError("稿件和库里的文件请分两次查", click.get_current_context())
    return tuple(works)


def _about(report: Report, works: Sequence[Work]) -> tuple[Report, str]:
    """The findings on these works, and those on others in which they have a part; and which works these are."""
    keys = {work.key for work in works}
    kept = tuple(one for one in report.findings if keys.intersection((one.subject, *one.related)))
    return Report(kept), f"{'、'.join(cell(work.label) for work in works)}："


def _only_of_drafts(rules: Sequence[Rule]) -> None:
    """Raises click.UsageError where no rule of drafts is wanted."""
    if not any(rule.of_drafts for rule in rules):
        raise click.UsageError("这条规则不查稿件。查稿件的规则见 policylib rules draft", click.get_current_context())


def _only_of_works(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """Raises click.UsageError where only rules of drafts are wanted and no draft is named."""
    found = tuple(rule for rule in rules if not rule.of_drafts)
    if not found:
        raise click.UsageError(
            "这条规则只查稿件，请写明稿件，例如：policylib check 送审稿.docx", click.get_current_context()
        )
    return found


def _within(
    report: Report, snapshot: Snapshot, issuer: str, since: date | None, library: Library
) -> tuple[Report, str]:
    """The findings on the works that were asked for, and in words which these are.

    Raises PolicyNotFound where there are none: no finding would look like no fault.
    """
    if not issuer and since is None:
        return report, ""
    found = selected(snapshot.works, issuer, since, Registry(library.tables, library.office.jurisdiction))
    if found.organs:
        tell_organs(found.organs)
    words = "、".join([*([f"机关“{issuer}”"] if issuer else []), *([f"{since} 以来"] if since else [])])
    unsure = f"（另有 {found.undated} 份日期不明，没有计入）" if found.undated else ""
    if not found.keys:
        raise PolicyNotFound(f"库中没有符合条件的文件：{words}{unsure}")
    kept = tuple(one for one in report.findings if found.keys.intersection(_papers(one)))
    held = sum(work.held for work in snapshot.works)
    return Report(kept), f"{words}：库中 {held} 份文件里的 {len(found.keys)} 份{unsure}；"


def _papers(finding: Finding) -> tuple[str, ...]:
    """The papers that a finding speaks of: its subject; of one on an organ's year, all that it counts."""
    return (finding.subject, *finding.related) if finding.about else (finding.subject,)


@command("rules", "列出检查规则；写明是哪条，就说明它查什么、依据什么、怎么办。",
         "policylib rules\npolicylib rules INT-05\npolicylib rules interpretation --format csv > 规则.csv",
         "免予解读的、起草单位认错了的，用 policylib judge 登记；整条不用的，在 policylib.toml 里关掉；\n"
         "解读时限等本地另有规定的，写在 tables/profiles/ 里，写明是哪条，就列出它有哪几项、现在是多少。\n"
         "还没有建库也能用，列的是内置的规则和数值。")  # fmt: skip
@click.argument("wanted", metavar="[规则...]", nargs=-1)
@format_option
@library_option
def rules_command(place: Path | None, wanted: tuple[str, ...], form: str) -> None:
    rules, tables, office = _rules_of(place or click.get_current_context().find_root().obj)
    rules = chosen(rules, wanted)
    if wanted and form == "text":
        sets = tuple(profiles(tables, office.jurisdiction, date.today(), office.profile))
        write_text("\n\n".join("\n".join(_rule_lines(rule, sets)) for rule in rules))
    else:
        write_rows(map(_rule_row, rules), RULES, form, RULES[:4])


def _rules_of(place: Path | None) -> tuple[tuple[Rule, ...], Tables, Office]:
    """The rules as the office has them, its tables, and what it says of itself; those that are built in, and that is
    told, where no library is named and none is near.

    Raises LibraryNotFound where `place` is named and holds none.
    """
    try:
        library = open_library(place)
    except LibraryNotFound:
        if place is not None:
            raise
        say("这里没有政策库，列的是内置的规则和数值；本单位的设置要在库所在的文件夹里看。")
        return all_rules(), builtin(), Office()
    with library:
        return office_rules(library), library.tables, library.office


def _rule_lines(rule: Rule, sets: Sequence[Profile]) -> Iterator[str]:
    yield f"{rule.title}（{rule.id}，{rule.short_code}，{SEVERITIES[rule.severity]}）{'' if rule.on else '：没有启用'}"
    yield f"  查什么：{cell(rule.asks)}"
    yield f"  依据：{cell(rule.basis)}"
    yield f"  办法：{cell(rule.remedy)}"
    yield from (f"  不适用：{cell(one)}" for one in rule.exemptions)
    switch = f'关掉这条，在 policylib.toml 的 [rules] 下写 off = ["{rule.id}"]'
    yield f"  设置：{switch if rule.on else switch.replace('关掉', '启用').replace('off', 'on')}"
    yield from _setting_lines(rule, sets)
    if not rule.of_drafts:
        yield f"  个别文件不适用的：policylib judge 文号 --exempt 理由 --rule {rule.short_code}"


def _setting_lines(rule: Rule, sets: Sequence[Profile]) -> Iterator[str]:
    """What an office may set for the rule, as it would write it."""
    settings = tuple(settings_of(rule.id))
    if settings:
        yield "  按本地规定改，写在 tables/profiles/ 下自己的 .toml 里（先写 id 和 region，见使用指南），现在是："
    for one in settings:
        value, title = present(one, sets)
        if one.rows:
            yield f"    [[{one.key}]]  {one.means}：现有 {len(value or ())} 项，例如再写一项 {one.example}"
        elif value is None:
            yield f"    [{one.section}] {one.name} 没有写（{one.means}），不查；例如 {one.name} = {one.example}"
        else:
            yield f"    [{one.section}] {one.name} = {shown(value)}  {one.means}（{cell(title)}）"


def chosen(rules: Sequence[Rule], wanted: Sequence[str]) -> tuple[Rule, ...]:
    """The rules of these names, codes (INT-02), titles (应解读未解读) or families (interpretation, 解读); all when none
    is named.

    Raises click.BadParameter for a name that is none.
    """
    wanted = [_whole(name, rules) for name in wanted]
    found = tuple(rule for rule in rules if not wanted or is_named(rule, wanted) or _is_of(rule, wanted))
    for name in wanted:
        if not any(is_named(rule, [name]) or _is_of(rule, [name]) for rule in rules):
            near = [
                f"{rule.title}（{rule.short_code}）"
                for rule in rules
                if len(name) > 1 and bare(name) in bare(rule.title)
            ]
            advice = f"是不是：{'、'.join(near)}" if bare(name) and near else "用 policylib rules 列出全部"
            raise click.BadParameter(f"没有“{name}”这条规则，{advice}", param_hint="--rule")
    return found


def _whole(name: str, rules: Sequence[Rule]) -> str:
    """The id of the only rule whose title has this part (谁起草谁解读), or the name as it is."""
    if any(is_named(rule, [name]) or _is_of(rule, [name]) for rule in rules):
        return name
    part = bare(name)
    near = [rule.id for rule in rules if len(part) > 1 and part in bare(rule.title)]
    return near[0] if len(near) == 1 else name


def _is_of(rule: Rule, names: Sequence[str]) -> bool:
    """Whether one of the names is that of its family."""
    family = rule.id.partition(".")[0]
    return any(name == family or family in FAMILIES.get(name.removesuffix("类"), ()) for name in names)


def _rule_row(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id, "code": rule.code, "severity": SEVERITIES[rule.severity], "title": rule.title,
        "basis": rule.basis, "remedy": rule.remedy, "exemptions": list(rule.exemptions), "on": rule.on,
    }  # fmt: skip
