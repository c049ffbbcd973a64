"""status, timeline: what holds, by which act, and what happened to a policy over the years."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import click

from policylib.cli.common import Day, as_of_option, command, format_option, text_or_json_option, with_library
from policylib.cli.output import cell, record, write_json, write_rows, write_text
from policylib.cli.pages import other_label, quotation, status_words
from policylib.export.words import EFFECTS
from policylib.library import Library, Links
from policylib.model import Effect, Status

_EVENTS = (
    ("day", "日期"), ("event", "事项"), ("until", "至"), ("by", "依据文件"), ("quote", "原文"), ("path", "出处"),
    ("made", "作出日期"), ("certainty", "把握"),
)  # fmt: skip


@command("status", "看一份文件在某一天还算不算数，由哪一句话决定。",
         "policylib status 岚科发〔2016〕31号\npolicylib status 岚科发〔2016〕31号 --as-of 2020-01-01 --why\n"
         "policylib status 岚科发〔2016〕31号 --as-of 2021-06-01 --known 2021-06-01",
         "--as-of 问哪一天的效力；--known 只看到那一天为止作出的文件，问“当时能知道什么”；\n"
         "--why 再列出没有起决定作用的事项。")  # fmt: skip
@click.argument("name", metavar="文号或标题", nargs=-1, required=True)
@as_of_option
@click.option("--known", type=Day(), metavar="日期", help="只看到这一天为止作出的文件；不写则与 --as-of 同一天。")
@click.option("--why", is_flag=True, help="也列出没有起决定作用的事项，附原文。")
@text_or_json_option
@with_library
def status_command(
    library: Library, name: tuple[str, ...], as_of: date | None, known: date | None, why: bool, form: str
) -> None:
    links = library.links(" ".join(name))
    found = library.status(links.work.key, as_of, known)
    if form == "json":
        write_json({"work": record(links.work), "status": record(found)})
    else:
        write_text("\n".join(_page(links, found, why)))


@command("timeline", "看一份文件的来历：成文、施行、修改、延期、清理、废止，按日期排列。",
         "policylib timeline 岚科发〔2016〕31号\n"
         "policylib timeline 岚科发〔2016〕31号 --format csv > 来历.csv")  # fmt: skip
@click.argument("name", metavar="文号或标题", nargs=-1, required=True)
@format_option
@with_library
def timeline_command(library: Library, name: tuple[str, ...], form: str) -> None:
    links = library.links(" ".join(name))
    events = sorted(links.effects, key=lambda one: (one.effective or one.made or date.max, one.made or date.max))
    write_rows((_row(links, one) for one in events), _EVENTS, form, narrow=5)


def _page(links: Links, status: Status, why: bool) -> Iterator[str]:
    yield links.work.label
    horizon = f"，只看 {status.known} 以前作出的文件" if status.known != status.as_of else ""
    yield f"效力：{status_words(status, links.work.role)}（据本库所知，截至 {status.as_of}{horizon}）"
    if status.decisive:
        yield f"  {_sentence(links, status.decisive)}"
        yield from _quoted(status.decisive)
    yield from (f"  提示：{flag}" for flag in status.flags)
    if why and status.losing:
        yield "没有起决定作用的："
        for one in status.losing:
            yield f"  {_sentence(links, one)}"
            yield from _quoted(one)


def _sentence(links: Links, effect: Effect) -> str:
    """2020-06-01 废止，依据《某通知》（岚科发〔2020〕30号）."""
    day = effect.effective or effect.made or "日期不明"
    until = f"至 {effect.until}" if effect.until else ""
    by = f"，依据{cell(other_label(links, effect.by))}" if effect.by else ""
    return f"{day} {EFFECTS[effect.kind]}{until}{by}"


def _quoted(effect: Effect) -> Iterator[str]:
    if effect.evidence:
        yield f"    {quotation(effect.evidence)}"
        yield f"      —— {cell(effect.evidence.path)}"


def _row(links: Links, effect: Effect) -> dict[str, object]:
    evidence = effect.evidence
    return {
        "day": effect.effective or effect.made,
        "event": EFFECTS[effect.kind],
        "until": effect.until,
        "by": other_label(links, effect.by) if effect.by else None,
        "quote": quotation(evidence) if evidence else None,
        "path": evidence.path if evidence else None,
        "made": effect.made,
        "certainty": effect.certainty,
    }
