"""What all commands share: where the library is, and how errors become a message and an exit code.

Exit codes: 0 fine · 1 findings of severity error, nothing found, or rows of a sheet not taken over · 2 wrong usage ·
3 cannot read (add: what is news), or trouble with the library · 130 interrupted.
"""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from functools import wraps
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from policylib.cli.chinese import ChineseCommand, LazyGroup, complaint
from policylib.errors import AmbiguousPolicy, JudgementError, LibraryNotFound, PolicylibError
from policylib.export.plain import steady

if TYPE_CHECKING:
    from policylib.library import Library, OrganChoice

INTERRUPTED = 130
CANNOT_READ = 3
_NAMES_SHOWN = 6  # of organs: a line of two
_TABLES_SHOWN = 20  # of paths in a command that is to be copied
_TO_QUOTE = re.compile(r"[\s&|;<>()$'`!*?\[\]{}#~^%]")  # what a shell would take for something else
FILE_NAME = "policies.plib"

Function = TypeVar("Function", bound=Callable[..., Any])


# The edge ----------------------------------------------------------------------------------------------------------


class Program(LazyGroup):
    """The whole command line: runs a command and turns whatever it raises into a message and an exit code."""

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        write_anything()
        code = self._run(*args, **extra)
        if not standalone_mode:
            return code
        sys.exit(code)

    def _run(self, *args: Any, **extra: Any) -> int:
        try:
            code = super().main(*args, standalone_mode=False, **extra)  # type: ignore[call-overload]
            sys.stdout.flush()
            return code if isinstance(code, int) else 0
        except AmbiguousPolicy as error:  # a question, and nothing wrong
            say("\n  ".join((f"“{error.wanted}”对应多份文件，请写明其一：", *error.choices)))
            return error.exit_code
        except PolicylibError as error:
            say(f"错误：{error}")
            return error.exit_code
        except click.ClickException as error:
            usage = isinstance(error, click.UsageError) and error.ctx is not None
            hint = f"\n用 {error.ctx.command_path} --help 看说明" if usage else ""  # type: ignore[attr-defined]
            say(f"错误：{complaint(error)}{hint}")
            return error.exit_code
        except (click.Abort, KeyboardInterrupt):
            say("已中断。已经保存的不会丢失，再次运行即可继续。")
            return INTERRUPTED
        except PermissionError as error:
            where = f"{error.filename}：" if error.filename else ""
            say(f"错误：{where}没有权限，读不出或者写不进。请核对文件和文件夹的权限，或换一个可写的位置")
            return CANNOT_READ
        except OSError as error:
            if not _is_closed_pipe(error):
                raise
            return _reader_has_enough()

    def invoke(self, ctx: click.Context) -> Any:
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
        except OSError as error:
            if not _is_closed_pipe(error):
                raise
            return _reader_has_enough()
        return code


def _is_closed_pipe(error: OSError) -> bool:
    """Whether nobody reads any more what is written: Windows calls that an invalid argument, of no file."""
    return isinstance(error, BrokenPipeError) or (
        os.name == "nt" and error.errno == errno.EINVAL and error.filename is None
    )


def _reader_has_enough() -> int:
    """`policylib list | head`: what cannot be written any more is not written, without a word."""
    with suppress(OSError, ValueError):  # a stream that is no file, in tests
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def write_anything() -> None:
    """Makes both streams take every character: an ASCII locale gets UTF-8, any other a “?” for what it lacks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            ascii_only = stream.encoding.lower() in ("ascii", "us-ascii", "ansi_x3.4-1968", "646")
            stream.reconfigure(encoding="utf-8" if ascii_only else None, errors="replace")


def say(message: str) -> None:
    """Talk, as opposed to data: to stderr."""
    click.echo(message, err=True)


# The library -------------------------------------------------------------------------------------------------------


def library_option(function: Function) -> Function:
    """--library FILE, as `place`."""
    decorate = click.option(
        "--library", "place", envvar="POLICYLIB", metavar="文件", type=click.Path(path_type=Path),
        help="政策库文件或其所在文件夹；不写则在当前文件夹及其上级找。",
    )  # fmt: skip
    return decorate(function)


class Place(click.Path):
    """A file or folder that is written out: "" is what a script passes whose variable is empty, and no folder."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            raise click.UsageError("路径是空的。请写明文件或文件夹；要用当前文件夹，请写一个点（.）", ctx)
        return super().convert(value, param, ctx)


def with_library(function: Callable[..., Any]) -> Callable[..., Any]:
    """Gives the command --library, and the open library as its first argument."""

    @wraps(function)
    def opened(place: Path | None, **arguments: Any) -> Any:
        with open_library(place or click.get_current_context().find_root().obj) as library:
            return function(library, **arguments)

    return library_option(opened)


def open_library(place: Path | None) -> Library:
    """The library that --library, the environment or the present folder names.

    Raises LibraryNotFound, LibraryError.
    """
    from policylib.library import Library

    progress = Progress()
    try:
        library = Library.open(place if place is not None else find_library(Path.cwd()), progress=progress)
    finally:
        progress.close()
    if library.is_behind:
        say("提示：另一个程序正在更新这个库，现在看到的是它开始之前的内容。等它结束后再运行，便是最新的。")
    return library


def find_library(start: Path) -> Path:
    """`policies.plib` in the folder or the nearest of those above it. Raises LibraryNotFound."""
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder / FILE_NAME
    raise LibraryNotFound(f"{start} 及其上级文件夹里没有政策库。请先运行 policylib init，或用 --library 指明库文件")


class Progress:
    """A line on a terminal that says how far a run is; nothing elsewhere."""

    def __init__(self) -> None:
        self.shown = False
        self.live = sys.stderr.isatty()

    def __call__(self, done: int, total: int, name: str) -> None:
        if self.live:
            from policylib.cli.width import shorten

            self.shown = True
            what = name if done < total else "正在建立关联…"
            click.echo(f"\r\033[K{done}/{total} {shorten(what, 60, from_left=True)}", err=True, nl=False)

    def close(self) -> None:
        if self.shown:
            click.echo("\r\033[K", err=True, nl=False)


def tell_organs(choice: OrganChoice) -> None:
    """What a short name of an organ was taken for, and what else it fits; of one that is none, what comes near."""
    if not choice.taken:
        near = f"，是不是：{'、'.join(choice.near)}" if choice.near else ""
        say(f"库里没有“{choice.name}”这个机关{near}")
        return
    if choice.taken == {choice.name} and not choice.left:
        return
    advice = ""
    if choice.left:
        advice = f"；别处的没有算：{_some(choice.left)}，要看请写全称"
    elif not choice.local and len(choice.taken) > 1:
        advice = "。在 policylib.toml 写明所在地区（jurisdiction），就只算本地区的；也可以写全称"
    before = f"；含更名或者机构改革前的{_some(choice.former)}" if choice.former else ""
    say(f"“{choice.name}”指：{_some(choice.taken - choice.former)}{before}{advice}")


def tell_doubts(library: Library) -> None:
    """What may be wrong with the settings and the tables, by which checks would find less."""
    doubts = library.doubts()
    if library.office.rules_on or library.office.rules_off:  # rules are loaded only where some are named
        from policylib.office_rules import rule_doubts

        doubts += rule_doubts(library)
    for doubt in doubts:
        say(f"请核对 {doubt}")


def tell_own_tables(library: Library) -> None:
    """Which tables of policylib's own are held as papers, and the command by which they leave."""
    found = library.own_tables()
    if found:
        command_line = " ".join(
            ("policylib remove", *(_typed(library.path.parent / path) for path in found[:_TABLES_SHOWN]))
        )
        rest = f"（先列 {_TABLES_SHOWN} 个，移出后再列其余的）" if len(found) > _TABLES_SHOWN else ""
        say(
            f"库里有 {len(found)} 个 policylib 自己写出的表，是旧版当作文件读入的，不是公文{rest}。移出：{command_line}"
        )


def _typed(path: Path) -> str:
    """A path as it is typed on a command line in the present folder."""
    here = Path.cwd()
    shown = steady(str(path.relative_to(here) if path.is_relative_to(here) else path))
    return _quoted(shown)


def typed_again(command_line: str, names: Sequence[str], options: Sequence[tuple[str, object]]) -> str:
    """A command to be copied: policylib tasks 岚政发〔2015〕22号 --unit 科技局. Without empty options."""
    words = (f"{name} {_quoted(steady(str(value)))}" for name, value in options if value)
    return " ".join((command_line, *(_quoted(steady(name)) for name in names), *words))


def _quoted(word: str) -> str:
    return f'"{word}"' if _TO_QUOTE.search(word) else word


def _some(names: frozenset[str]) -> str:
    shown = "、".join(sorted(names)[:_NAMES_SHOWN])
    return shown if len(names) <= _NAMES_SHOWN else f"{shown}等 {len(names)} 个"


# Options -------------------------------------------------------------------------------------------------------------


class Day(click.ParamType[date]):
    """A day: 2023-05-01, 2023-5-1, 2023/5/1, 2023年5月1日."""

    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        from policylib.library.written_days import written_day

        try:
            return date.fromisoformat(written_day(str(value).strip()))
        except JudgementError:
            self.fail(f"日期应写作 2023-05-01 或 2023年5月1日，不是“{value}”", param, ctx)


class Count(click.ParamType[int]):
    """0, 1, 2 …"""

    name = "数目"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        text = str(value)
        if not (text.isdecimal() and len(text) < 10):
            self.fail(f"应当是 0 或更大的整数，不是“{value}”", param, ctx)
        return int(text)


class OutputFile(click.Path):
    """A file to write, whose suffix is checked before any work is done."""

    def __init__(self, suffixes: Sequence[str]) -> None:
        super().__init__(path_type=Path, dir_okay=False)
        self.suffixes = tuple(suffixes)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        path = super().convert(value, param, ctx)
        if Path(str(value)).suffix.lower() not in self.suffixes:
            raise click.UsageError(f"不能写成“{value}”，可用的后缀：{' '.join(self.suffixes)}", ctx)
        return path


def as_of_option(function: Function) -> Function:
    return click.option("--as-of", type=Day(), metavar="日期", help="按哪一天的效力算，例如 2023-05-01；不写为今天。")(
        function
    )


def format_option(function: Function) -> Function:
    return click.option(
        "--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", metavar="格式",
        help="text 给人看（默认），json 给程序，csv 给 Excel。",
    )(function)  # fmt: skip


def text_or_json_option(function: Function) -> Function:
    return click.option(
        "--format", "form", type=click.Choice(["text", "json"]), default="text", metavar="格式",
        help="text 给人看（默认），json 给程序。",
    )(function)  # fmt: skip


def command(name: str, summary: str, example: str, notes: str = "") -> Callable[[Callable[..., Any]], click.Command]:
    """A command with its help: a sentence, notes, and an example."""
    parts = [summary, *([f"\b\n{notes}"] if notes else []), f"\b\n例：\n{_indented(example)}"]
    return click.command(name, cls=ChineseCommand, help="\n\n".join(parts), short_help=summary)


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())
