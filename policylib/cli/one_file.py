"""extract, tables: what needs no library."""

from __future__ import annotations

import json
from pathlib import Path

import click

from policylib import tables
from policylib.cli.common import CANNOT_READ, command, find_library, format_option, say
from policylib.cli.output import write_rows
from policylib.errors import InputError, LibraryNotFound
from policylib.extract import analyse
from policylib.model import Document
from policylib.readers import read

OVERLAY = "tables"


@command("extract", "分析单个文件，每个文件一行 JSON；不需要库。",
         "policylib extract 通知.docx > 通知.json\npolicylib extract --text 通知.docx",
         "结果中的位置都按 --text 输出的文本的字数计。\n读不出的文件只报错，其余照常，退出码为 3。")  # fmt: skip
@click.argument("paths", metavar="文件...", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("--text", "only_text", is_flag=True, help="只输出文本，不分析。")
def extract_command(paths: tuple[Path, ...], only_text: bool) -> int:
    code = 0
    for path in paths:
        try:
            document = read(path)
        except InputError as error:
            say(f"错误：{error}")
            code = CANNOT_READ
        else:
            click.echo(document.text if only_text else _line(document), nl=not only_text)
    return code


def _line(document: Document) -> str:
    return json.dumps(analyse(document, tables.builtin()).to_dict(), ensure_ascii=False)


@command("tables", "查看数据表，或核对自己加的表。",
         "policylib tables\npolicylib tables issuers\npolicylib tables --check",
         "把同名文件放进库文件夹下的 tables/，其中的行就补充或替换内置的行。")  # fmt: skip
@click.argument("name", metavar="[表名]", required=False)
@click.option("--check", is_flag=True, help="核对全部表，有错则指出文件和行号。")
@click.option("--overlay", type=click.Path(path_type=Path, file_okay=False), metavar="文件夹",
              help="自己的表所在的文件夹；不写则用库旁边的 tables/。")  # fmt: skip
@format_option
def tables_command(name: str | None, check: bool, overlay: Path | None, form: str) -> None:
    folder = overlay or own_tables()
    if check:
        tables.load(folder)
        count = sum(len(tables.rows(one, folder).rows) for one in tables.names(folder))
        say(f"{len(tables.names(folder))} 张表，{count} 行，没有错误")
    elif name is None:
        listings = [tables.rows(one, folder) for one in tables.names(folder)]
        rows = ({"name": one.name, "rows": len(one.rows), "own": _own(one)} for one in listings)
        write_rows(rows, (("name", "表"), ("rows", "行数"), ("own", "自加行数")), form)
    else:
        listing = tables.rows(name, folder)
        cells = (
            dict(zip(listing.columns, row, strict=True)) | {"_origin": origin}
            for row, origin in zip(listing.rows, listing.origins, strict=True)
        )
        write_rows(cells, (*((column, column) for column in listing.columns), ("_origin", "来源")), form)


def own_tables() -> Path | None:
    """The folder `tables/` beside the library of the present folder, if there is a library."""
    try:
        return find_library(Path.cwd()).parent / OVERLAY
    except LibraryNotFound:
        return None


def _own(listing: tables.Listing) -> int:
    return sum(origin != "内置" for origin in listing.origins)
