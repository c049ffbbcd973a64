"""drafters: the list 请补起草单位, to be filled in by those who know."""

from __future__ import annotations

from pathlib import Path

import click

from policylib.cli.common import OutputFile, command, format_option, say, with_library
from policylib.cli.output import cell, write_rows
from policylib.cli.saving import save_table
from policylib.export import TABLE_SUFFIXES
from policylib.library import Library
from policylib.own_tables import DRAFTERS, DRAFTERS_LISTED
from policylib.rules import MissingDrafter, missing_drafters

_SHEET = "请补起草单位.xlsx"


@command("drafters", "列出起草单位不明、又用得着的文件，导出成“请补起草单位”分给各单位填。",
         "policylib drafters\npolicylib drafters -o 请补起草单位.xlsx\n"
         "policylib judge --from 请补起草单位.xlsx --who 张三",
         "列的是政府、党委和办公厅（室）印发的应解读、可能应解读的文件，以及有解读而起草单位不明的文件。\n"
         "“解读单位”只供参考：谁解读的，不等于谁起草的，所以“起草单位”一律空着。\n"
         "填好“起草单位”（几个单位用顿号隔开）、“填报人”“说明”，用 judge --from 读回；空着的行不登记。")  # fmt: skip
@click.option("-o", "--output", type=OutputFile(TABLE_SUFFIXES), metavar="文件",
              help="另存为待填的表：.xlsx（要装 policylib[sheets]）、.csv 或 .json。")  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="也列出不必解读而起草单位不明的。")
@format_option
@with_library
def drafters_command(library: Library, output: Path | None, everything: bool, form: str) -> None:
    places = library.order().by_key
    missing = missing_drafters(library.snapshot(), library.tables, library.office, everything=True)
    found = sorted((one for one in missing if everything or one.needed), key=lambda one: places[one.work.key])
    others = len(missing) - len(found)
    if output is not None and found:
        save_table([*map(_row, found)], DRAFTERS, output, "请补起草单位", fill_in=("drafter", "who", "why"))
        say(f"已存入 {cell(output)}：{len(found)} 份。填好后运行 policylib judge --from {cell(output)} --who 姓名")
    elif output is not None:
        say(f"{_none(others)}，没有写 {cell(output)}")
    if output is not None:
        if others:
            say(_others(others, cell(output)))
        return
    write_rows(map(_row, found), DRAFTERS_LISTED, form, DRAFTERS_LISTED[:5])
    if found:
        say(f"共 {len(found)} 份，用 -o {_SHEET} 导出待填的表")
    more = _others(others, _SHEET) if others else ""
    if not found:
        say("；".join(filter(None, (_none(others), more))))
    elif more:
        say(more)


def _none(others: int) -> str:
    """Nothing to ask for; `others`: papers without a drafter that nobody has to ask about."""
    return "没有要补起草单位的文件" if not others else "应解读、已解读的文件，没有缺起草单位的"


def _others(count: int, sheet: str) -> str:
    write = f"要请各单位补的，用 policylib drafters --all -o {sheet} 写成表"
    return f"另有 {count} 份不必解读的也没有起草单位，用 --all 列出；{write}"


def _row(one: MissingDrafter) -> dict[str, object]:
    return {
        "key": one.work.key,
        "number": "、".join(map(str, one.work.numbers)),
        "title": one.work.title,
        "issuers": "、".join(one.work.issuers),
        "interpreters": "、".join(one.interpreters),
        "reason": one.why,
    }
