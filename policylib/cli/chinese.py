"""click in Chinese: commands whose help and whose complaints are for staff."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module

import click

from policylib.cli.width import folded, padded, width

HELP_OPTION = click.Option(
    ["-h", "--help"], is_flag=True, is_eager=True, expose_value=False, help="显示本说明。",
    callback=lambda context, option, value: _show_help(context, value),
)  # fmt: skip


def _show_help(context: click.Context, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        click.echo(context.get_help(), color=context.color)
        context.exit()


class ChineseCommand(click.Command):
    """A command whose help page has Chinese heads, and columns that line up."""

    def get_help_option(self, ctx: click.Context) -> click.Option:
        return HELP_OPTION

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        pieces = super().collect_usage_pieces(ctx)
        return ["[选项]" if piece == "[OPTIONS]" else piece for piece in pieces]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [option for option in self.get_params(ctx) if isinstance(option, click.Option)]
        rows = [row for option in options if (row := option.get_help_record(ctx))]
        write_section(formatter, "选项", [(name, text.replace("[required]", "（必写）")) for name, text in rows])


def write_section(formatter: click.HelpFormatter, head: str, rows: Sequence[tuple[str, str]]) -> None:
    """A head and two columns; the second is folded so that no line is longer than the terminal is wide."""
    first = max(width(name) for name, _ in rows)
    room = max(20, formatter.width - first - 6)
    formatter.write(f"\n{head}：\n")
    for name, text in rows:
        lines = folded(text, room)
        formatter.write(f"  {padded(name, first)}  {lines[0]}\n")
        formatter.write("".join(f"{' ' * (first + 4)}{line}\n" for line in lines[1:]))


class LazyGroup(ChineseCommand, click.Group):
    """A group that imports the module of a command when that command is wanted, and no other.

    `lazy` gives for each command its module, and its line in the list of commands.
    """

    def __init__(self, *, lazy: dict[str, tuple[str, str]], **attributes: object) -> None:
        super().__init__(subcommand_metavar="命令 ...", **attributes)  # type: ignore[arg-type]
        self.lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.lazy:
            return None
        command: click.Command = getattr(import_module(self.lazy[cmd_name][0]), f"{cmd_name}_command")
        return command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        write_section(formatter, "命令", [(name, line) for name, (_, line) in self.lazy.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.lazy and not args[0].startswith("-"):
            near = get_close_matches(args[0], self.lazy, n=1)
            hint = f"是不是要用 {near[0]}？" if near else f"可用的命令：{' '.join(self.lazy)}"
            raise click.UsageError(f"没有“{args[0]}”这个命令。{hint}", ctx)
        return super().resolve_command(ctx, args)


def complaint(error: click.ClickException) -> str:
    """What was wrong with the command line, in Chinese."""
    match error:
        case click.NoSuchOption():
            near = f"，是不是 {error.possibilities[0]}？" if error.possibilities else ""
            return f"没有 {error.option_name} 这个选项{near}"
        case click.MissingParameter():
            return f"缺少参数 {_called(error)}"
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 的用法不对，请看说明"
        case click.BadParameter():
            return f"{_called(error)}：{_reason(error)}"
        case click.FileError():
            return f"{error.ui_filename}：无法打开（{error.message}）"
        case click.UsageError() if error.message.startswith("Got unexpected extra argument"):
            return f"多出了参数：{error.message.partition('(')[2].rpartition(')')[0]}"
    return error.format_message()


def _called(error: click.BadParameter) -> str:
    if error.param is None:
        return str(error.param_hint or "")
    return error.param.opts[0] if isinstance(error.param, click.Option) else error.param.human_readable_name


def _reason(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return f"只能是 {'、'.join(map(str, kind.choices))}"
    if isinstance(kind, click.Path):
        return "没有这个文件，或不能读取"
    return error.message
