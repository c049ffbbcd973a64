"""`policylib`: the group of commands. Each command's module is imported when it is called."""

from __future__ import annotations

from pathlib import Path

import click

from policylib.cli.common import Program, library_option

_INTAKE = "policylib.cli.intake"
_LISTING = "policylib.cli.listing"
_LOOKING = "policylib.cli.looking"
_STANDING = "policylib.cli.standing"
_REVIEW = "policylib.cli.review"
_PICTURE = "policylib.cli.picture"
_ONE_FILE = "policylib.cli.one_file"
_JUDGING = "policylib.cli.judging"
_CLEANUP = "policylib.cli.cleanup"
_PLANNING = "policylib.cli.planning"
_DRAFTERS = "policylib.cli.drafters"
_MARKING = "policylib.cli.marking"

COMMANDS = {
    "init": (_INTAKE, "在当前文件夹建一个新的政策库"),
    "add": (_INTAKE, "把文件或文件夹读入库中；再次运行只读有变化的"),
    "remove": (_INTAKE, "从库中移出文件，不动磁盘上的原件"),
    "list": (_LISTING, "列出库中的政策文件"),
    "search": (_LOOKING, "按正文、标题、文号、机关、年份、状态检索"),
    "show": (_LOOKING, "看一份文件：要素、效力、依据、解读、清理"),
    "status": (_STANDING, "看一份文件在某一天还算不算数，由哪一句话决定"),
    "timeline": (_STANDING, "看一份文件的来历：施行、修改、延期、清理、废止"),
    "impact": ("policylib.cli.impact", "看一份文件废止或者失效后，哪些文件失去依据"),
    "links": (_LOOKING, "看一份文件与其他文件的关系"),
    "tasks": (_PLANNING, "看任务分工：谁牵头、谁配合、最迟哪一天"),
    "drafts": (_PLANNING, "看征求意见稿：征求了几天，后来有没有正式文件"),
    "mark": (_MARKING, "标注原件：列出要标注“已废止”“已失效”的，做出标注好的副本"),
    "check": (_REVIEW, "检查规则：应解读、谁起草谁解读、解读时限、所据文件是否失效、文号"),
    "rules": (_REVIEW, "列出检查规则：查什么、依据什么、怎么办"),
    "cleanup": (_CLEANUP, "读入清理结果并逐行核对；为下一次清理提建议"),
    "drafters": (_DRAFTERS, "列出起草单位不明、要请人补的文件；填好后用 judge --from 读回"),
    "judge": (_JUDGING, "登记人工意见：更正起草单位等、免予解读、确认或否定一条关系；读入本单位的清单"),
    "graph": (_PICTURE, "导出关系图（网页、graphml、gexf、dot、json、csv）"),
    "extract": (_ONE_FILE, "分析文件，结果为 JSON；不需要库"),
    "tables": (_ONE_FILE, "查看和核对代字、机关等数据表"),
}

HELP = """管理政策文件：读入、检索、关联解读与清理结果、检查规则。

\b
第一次使用：
  cd 放文件的文件夹
  policylib init
  policylib add .
  policylib check

每个命令都可加 --help 看说明和例子。
"""


@click.group(cls=Program, lazy=COMMANDS, help=HELP, invoke_without_command=True)
@library_option
@click.version_option(package_name="policylib", message="policylib %(version)s", help="显示版本。")
@click.pass_context
def main(context: click.Context, place: Path | None) -> None:
    context.obj = place
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
