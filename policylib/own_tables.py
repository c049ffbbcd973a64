"""The columns of every table that policylib writes, by which such a table is known again: it is no paper; and how what
it says on the screen begins, for people send that to a file.

A list that comes back filled in keeps its heads: 清理建议.xlsx, 请补起草单位.csv. Read as a paper, the proposals for a
cleanup would be taken for its result. An office's own list of the same kind has other heads, and is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from policylib.model import Drafter

RECONCILIATION = (
    ("place", "序号"), ("outcome", "清理结论"), ("title", "文件名称"), ("number", "文号"), ("match", "核对"),
    ("work", "库中文件"), ("candidates", "可能是"), ("note", "说明"), ("problems", "检查出的问题"),
    ("reason", "理由"), ("until", "完成时限"), ("quote", "原文"), ("path", "出处"), ("act", "清理文件"),
    ("target", "编号"),
)  # fmt: skip
PROPOSALS = (
    ("place", "序号"), ("title", "文件名称"), ("number", "文号"), ("dated", "成文日期"), ("effective", "施行日期"),
    ("expires", "有效期至"), ("drafter", "起草单位"), ("bases", "依据及其状态"), ("state", "效力"),
    ("outcome", "建议结论"), ("reason", "理由"), ("faults", "检查发现"), ("evidence", "原文"),
    ("earlier", "此前会议决定"), ("decision", "会议决定"), ("key", "编号"),
)  # fmt: skip
DRAFTERS = (
    ("key", "编号"), ("number", "文号"), ("title", "标题"), ("issuers", "发文机关"), ("interpreters", "解读单位"),
    ("drafter", "起草单位"), ("who", "填报人"), ("why", "说明"),
)  # fmt: skip
DRAFTERS_LISTED = (
    ("number", "文号"), ("title", "标题"), ("issuers", "发文机关"), ("interpreters", "解读单位"), ("reason", "缘由"),
    ("key", "编号"),
)  # fmt: skip
FINDING_KEYS = (
    ("severity", "程度"), ("result", "结果"), ("rule", "规则"), ("number", "文号"), ("title", "标题"),
    ("message", "问题"), ("evidence", "证据"), ("path", "出处"), ("basis", "依据"), ("remedy", "处理办法"),
    ("related", "相关文件"), ("subject", "编号"),
)  # fmt: skip
FINDINGS = (
    ("place", "序号"), ("sorted", "结果"), ("severity", "程度"), ("rule_title", "规则名称"), ("rule", "规则"),
    ("number", "文号"), ("title", "标题"), ("message", "问题"), ("proof", "证据和出处"), ("basis", "依据"),
    ("remedy", "处理办法"), ("answer", "科室答复"), ("related", "相关文件"), ("subject", "编号"),
)  # fmt: skip
_FORMER_FINDINGS = (("sorted", "结果"), FINDING_KEYS[0], *FINDING_KEYS[2:])  # with one more column since
JUDGEMENTS = (
    ("standing", "现状"), ("when", "时间"), ("who", "谁"), ("work", "文件"), ("says", "意见"), ("why", "理由"),
    ("key", "编号"),
)  # fmt: skip
WORKS = (
    ("number", "文号"), ("title", "标题"), ("role", "类别"), ("status", "效力"), ("dated", "成文日期"),
    ("issuers", "发文机关"), ("disclosure", "公开属性"), ("flags", "提示"), ("doubt", "未知的原因"),
    ("decided_by", "怎样判断"), ("paths", "文件"), ("key", "编号"), ("published", "公布日期"),
    ("interpreter", "解读单位"), ("expires", "有效期至"),
)  # fmt: skip
PROBLEMS = (("path", "文件"), ("message", "疑点"), ("quote", "原文"), ("rule", "代号"))
UNREAD = (("path", "文件"), ("message", "原因"), ("remedy", "办法"), ("code", "代号"))
FILES = (("paths", "文件"), ("missing", "已不见"), ("reader", "格式"), ("problems", "疑点"), ("works", "编号"))
HITS = (
    ("number", "文号"),
    ("title", "标题"),
    ("status", "效力"),
    ("path", "文件"),
    ("snippet", "摘录"),
    ("key", "编号"),
    ("role", "类别"),
    ("published", "公布日期"),
    ("makers", "发文、解读单位"),
)
LINKS = (
    ("relation", "关系"), ("other", "对方文件"), ("quote", "原文"), ("path", "出处"), ("confidence", "把握"),
    ("judged", "人工确认"), ("key", "对方编号"), ("kind", "关系代码"), ("direction", "方向"),
    ("corroboration", "文号印证"),
)  # fmt: skip
MARKS = (
    ("standing", "标注情况"), ("number", "文号"), ("title", "标题"), ("state", "效力"), ("text", "标注文字"),
    ("paths", "文件"), ("copies", "已做的副本"), ("quote", "原文"), ("source", "出处"), ("page", "页面所写"),
    ("doubt", "待核实"),
    ("key", "编号"),
)  # fmt: skip
TASKS = (
    ("place", "序号"), ("own", "原文序号"), ("item", "任务"), ("lead", "牵头单位"), ("support", "配合单位"),
    ("latest", "最迟日期"), ("state", "状态"), ("deadline", "时限原文"), ("note", "说明"), ("number", "文号"),
    ("title", "标题"), ("quote", "原文"), ("path", "出处"), ("key", "编号"),
)  # fmt: skip
DRAFTS = (
    ("title", "征求意见"), ("published", "公布日期"), ("first", "起"), ("last", "止"), ("days", "天数"),
    ("enough", "够不够"), ("final", "正式文件"), ("since", "正式文件日期"), ("feedback", "意见反馈"), ("quote", "原文"),
    ("path", "出处"), ("key", "编号"),
)  # fmt: skip
RULES = (
    ("id", "规则"),
    ("code", "代号"),
    ("severity", "程度"),
    ("title", "内容"),
    ("basis", "依据"),
    ("remedy", "办法"),
    ("exemptions", "不适用"),
    ("on", "启用"),
)
EVENTS = (
    ("day", "日期"), ("event", "事项"), ("until", "至"), ("by", "依据文件"), ("quote", "原文"), ("path", "出处"),
    ("made", "作出日期"), ("certainty", "把握"),
)  # fmt: skip
IMPACT = (
    ("result", "结果"), ("number", "文号"), ("title", "标题"), ("depth", "层级"), ("path", "经由"),
    ("quote", "原文"), ("file", "出处"), ("heirs", "替代依据的"), ("others", "其他依据"),
    ("state", "效力"), ("key", "编号"), ("steps", "逐级依据"), ("root", "源头"),
)  # fmt: skip

HOW_KNOWN: Final = {"proxy": "旁证", "presumed": "推定"}
"""In a word, how a drafter is known whom no paper names: 岚州市科学技术局（推定）."""


def drafter_cell(drafter: Drafter) -> str:
    """A drafter as the tables have him: 岚州市科学技术局（推定）; one that a paper names without a word."""
    word = HOW_KNOWN.get(drafter.certainty)
    return "、".join(drafter.names) + (f"（{word}）" if word else "")


def is_presumed(cell: str) -> bool:
    """Whether a cell holds a drafter of whom no paper tells, as `drafter_cell` wrote it: whoever knows takes the word
    away."""
    return cell.endswith(tuple(f"（{word}）" for word in HOW_KNOWN.values()))


def _without(table: Sequence[tuple[str, str]], *later: str) -> tuple[tuple[str, str], ...]:
    """A table as earlier versions wrote it: columns were put in since. Tables of today have these heads too."""
    return tuple(column for column in table if column[0] not in later)


TABLES: Final = (
    _without(RECONCILIATION, "problems"),
    _without(PROPOSALS, "faults"),
    _without(PROPOSALS, "faults", "key"),  # which is hidden in a workbook, and then no part of its text
    DRAFTERS,
    DRAFTERS_LISTED,
    FINDING_KEYS,
    FINDINGS,
    _FORMER_FINDINGS,
    _without(JUDGEMENTS, "standing"),
    _without(WORKS[:12], "disclosure", "flags", "doubt", "decided_by"),
    PROBLEMS,
    UNREAD,
    FILES,
    HITS[:6],
    LINKS,
    MARKS,
    _without(TASKS, "own"),
    DRAFTS,
    RULES,
    EVENTS,
    _without(IMPACT, "steps", "root"),
    _without(IMPACT, "heirs", "steps", "root"),
    _without(MARKS, "copies"),
)
_OPENING = 4000  # characters in which the first lines stand; a title may be one of 300
CREATOR: Final = "policylib"
"""Who made a workbook, as its properties say."""
HEAD_ROWS: Final = 5
"""Rows in which a head is looked for: people put a title and a date above it."""


def is_own_head(cells: Sequence[str], marked: bool = False) -> bool:
    """Whether a row heads a table of policylib: it has all its heads in their order, among others that were put in.
    Where the workbook bears the mark of policylib, more than half of them will do: columns were taken out of it."""
    heads = [cell.strip().lstrip("'") for cell in cells]
    return any(_heads(table, heads, marked) for table in _heads_of_tables())


def _heads_of_tables() -> Iterable[tuple[str, ...]]:
    return (tuple(head for _, head in table) for table in TABLES)


def _heads(table: Sequence[str], heads: Sequence[str], marked: bool) -> bool:
    left = iter(heads)
    return all(head in left for head in table) or (marked and 2 * len(set(table).intersection(heads)) > len(table))


# What stands on the screen, sent to a file: policylib mark list > 清单.txt ------------------------------------------

_ITEM = re.compile(
    r"\d{1,6}\. \[(?:错误|提醒|说明|无法判断|不适用|符合|待核对|页面写着相反的|要标注|待核实|上级或外地文件|已标注"
    r"|废止|宣布失效|修改|继续有效|失去依据|部分失去依据|上级依据动摇)\] "
)
_RULE = re.compile(r"[^（]{2,60}（[a-z]+\.[a-z-]+，[A-Z]{3}-\d\d")
_HEADS: Final = ("概览（依据写在每条规则的第一项下）：",)
_STATE = re.compile(r"效力：.*（据本库所知，截至 \d{4}-\d\d-\d\d")
_SECOND = re.compile(
    r"  (?:类别：(?:政策文件|解读|清理结果|其他)$|效力：\w{2,8}(?:（\w{2,8}）)?（(?:\d{4}-\d\d-\d\d|至 |没有|日期)"
    r"|共 \d+ 行：|征求意见：\d{4}-\d\d-\d\d 至 )|     牵头："
)
_OPENING_LINES: Final = 4


def is_own_text(text: str) -> bool:
    """Whether a text opens as what policylib says on the screen; no paper does.

    1. [要标注] 《岚州市某办法》（岚科发〔2016〕31号）      mark list, check, cleanup plan, check 稿件
    概览（依据写在每条规则的第一项下）：                      check
    《岚州市某办法》（岚科发〔2016〕31号）                    status, show, impact, cleanup import, tasks, drafts: a
    效力：废止（2021-09-20 起）（据本库所知，截至 2026-11-26）  title, and what is said of it, indented by two blanks
    """
    lines = [line.removeprefix("\ufeff").rstrip() for line in text[:_OPENING].split("\n") if line.strip()]
    opening = lines[:_OPENING_LINES]
    if any(_ITEM.match(line) or line in _HEADS for line in opening[:2]) or (opening and _RULE.match(opening[0])):
        return True
    titled = bool(opening) and opening[0].startswith("《")
    return any(_STATE.match(line) or (titled and _SECOND.match(line)) for line in opening[1:])
