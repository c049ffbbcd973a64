"""manifest: the office's own list of drafters and of the days of approval."""

from __future__ import annotations

from pathlib import Path

import click

from policylib.cli.common import command, say, with_library
from policylib.cli.output import cell, write_text
from policylib.cli.pages import judgement_words
from policylib.library import Library
from policylib.library.manifest import read_manifest

_SHOWN = 20


@command("manifest", "读入本单位的清单：起草单位、解读方案和材料的审签日期、文件签发日期。",
         "policylib manifest 解读台账.xlsx --who 张三\npolicylib check --rule INT-14",
         "清单是 csv 或 xlsx，第一行是表头，次序不限：文号（或标题）、起草单位、解读方案审签日期、\n"
         "解读材料审签日期、文件签发日期，没有的列可以不写。登记为人工意见，写明出自清单第几行。\n"
         "再读一遍不会重复登记；读过以后用 policylib judge 另作更正的，以更正的为准。\n"
         "写错的行跳过，并说明是哪一行。")  # fmt: skip
@click.argument("path", metavar="文件", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--who", default="", envvar="POLICYLIB_WHO", metavar="姓名", help="谁提供的清单。")
@with_library
def manifest_command(library: Library, path: Path, who: str) -> int:
    report = read_manifest(library, path, who)
    works = {one.key: one for one in library.works(held=True)}
    for one in report.kept[:_SHOWN]:
        write_text(f"已登记 {cell(works[one.source].label)}：{cell(judgement_words(one, works))}")
    if len(report.kept) > _SHOWN:
        write_text(f"……共登记 {len(report.kept)} 项，可用 policylib judge --list 查看")
    if not report.kept:
        write_text(f"没有新的内容（{report.known} 项已经登记过）" if report.known else "没有登记任何内容")
    if report.idle:
        say(f"没有用到的列：{cell('、'.join(report.idle))}")
    for fault in report.faults:
        say(f"第{fault.line}行没有登记：{cell(fault.message)}")
    return 1 if report.faults else 0
