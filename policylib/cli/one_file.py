"""extract, tables: what needs no library."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from policylib import tables
from policylib.cli.common import CANNOT_READ, FILE_NAME, command, find_library, format_option, library_option, say
from policylib.cli.output import echo_json, write_rows
from policylib.errors import InputError, LibraryNotFound
from policylib.extract import analyse
from policylib.model import Document
from policylib.readers import Unread, read_each
from policylib.table_doubts import table_doubts

OVERLAY = "tables"


@command("extract", "分析文件，每份文件一行 JSON；压缩包和邮件里的逐份分析；不需要库。",
         "policylib extract 通知.docx > 通知.json\npolicylib extract --text 通知.docx",
         "结果中的位置都按 --text 输出的文本的字数计。\n读不出的文件只报错，其余照常，退出码为 3。\n"
         "只用内置的数据表，所以在哪里运行结果都一样；要用自己的表，写 --tables。")  # fmt: skip
@click.argument("paths", metavar="文件...", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("--text", "only_text", is_flag=True, help="只输出文本，不分析。")
@click.option("--tables", "overlay", type=click.Path(path_type=Path, file_okay=False), metavar="文件夹",
              help="也用这个文件夹里自己的表，例如库旁边的 tables。")  # fmt: skip
def extract_command(paths: tuple[Path, ...], only_text: bool, overlay: Path | None) -> int:
    code = 0
    if overlay and not overlay.is_dir():
        raise click.UsageError(f"{overlay}：没有这个文件夹", click.get_current_context())
    domain = tables.load(overlay) if overlay else tables.builtin()
    for document in _documents(paths):
        if isinstance(document, Unread):
            say(f"错误：{document.error}")
            code = CANNOT_READ
        else:
            if only_text:
                click.echo(document.text, nl=False)
            else:
                echo_json(_line(document, domain))
    return code


def _documents(paths: Iterable[Path]) -> Iterator[Document | Unread]:
    """The documents of the files, those in archives and mails too."""
    for path in paths:
        try:
            yield from read_each(path)
        except InputError as error:
            yield Unread(str(path), error)


def _line(document: Document, domain: tables.Tables) -> str:
    return json.dumps(analyse(document, domain).to_dict(), ensure_ascii=False)


@command("tables", "查看数据表，或核对自己加的表。",
         "policylib tables\npolicylib tables issuers\npolicylib tables --check",
         "库文件夹下的 tables/ 里可以放自己的 issuers.csv（代字）、organs.csv（机关、地区）和\n"
         "profiles/*.toml（规则），其中的行补充或替换内置的行。\n"
         "其余的表（cues、elements 等）只供查阅，自己加的行不起作用。")  # fmt: skip
@click.argument("name", metavar="[表名]", required=False)
@click.option("--check", is_flag=True, help="核对全部表，有错则指出文件和行号。")
@click.option("--overlay", type=click.Path(path_type=Path, file_okay=False), metavar="文件夹",
              help="自己的表所在的文件夹；不写则用库旁边的 tables/。")  # fmt: skip
@library_option
@format_option
def tables_command(name: str | None, check: bool, overlay: Path | None, place: Path | None, form: str) -> None:
    folder = overlay or own_tables(place or click.get_current_context().find_root().obj)
    for one in table_doubts(folder):
        say(f"注意：{one}")
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


def own_tables(place: Path | None) -> Path | None:
    """The folder `tables/` beside the library at `place`, else beside that of the present folder, if there is one.

    Raises LibraryNotFound where `place` is named and holds none.
    """
    if place is not None:
        file = place / FILE_NAME if place.is_dir() else place
        if not file.is_file():
            raise LibraryNotFound(f"{place}：这里没有政策库。请核对 --library 或环境变量 POLICYLIB")
        return file.parent / OVERLAY
    try:
        return find_library(Path.cwd()).parent / OVERLAY
    except LibraryNotFound:
        return None


def _own(listing: tables.Listing) -> int:
    return sum(origin != "内置" for origin in listing.origins)
