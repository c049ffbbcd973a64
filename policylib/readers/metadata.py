"""Label/value lines of a page: 索引号：…, 发文字号：…, whether a site shows them in a table, a list or a line.

The labels were read on pages of gov.cn, gz.gov.cn, gkmlpt (Guangdong), Zibo, Tongchuan and others. A label is
recognised without its inner spaces and its colon (索 引 号：, 标　　题：, 文　　号：).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from policylib.marks import banner
from policylib.readers.columns import Cells, own_cells
from policylib.readers.layout import Line

LABELS = frozenset(
    """
    标题 名称 文件名称 公文名称 信息名称 文件标题 政策名称
    发文机关 发布机构 发文机构 发布机关 发布单位 发布部门 发文单位 制定机关 制发机关
    公开机构 公开责任部门 责任部门 起草单位
    发文字号 文号 发文文号 发布文号 政策文号 公文文号 文件文号 文件编号 文件号 发文号
    索引号 索取号 信息索引号 信息索引 索引编号 索引码 统一编号 统一登记号 登记号 备案号 规范性文件登记号 规范性文件编号
    成文日期 成文时间 发文日期 发文时间 发布日期 发布时间 发表时间 公开日期 公开时间 公布日期 生成日期 生成时间 印发日期
    签发日期 制定日期 更新时间 更新日期 实施日期 施行日期 执行日期 生效日期 生效时间 实施时间 施行时间 失效日期 失效时间
    废止日期 废止时间 有效期 有效期至
    主题分类 组配分类 体裁分类 服务对象分类 分类 信息分类 文件分类 主题词 关键词 关键字 文种 公文种类 文件类型 信息类别
    有效性 公文时效 时效性 文件状态 效力状态 效力 是否有效 文件有效性
    公开方式 公开形式 公开属性 公开类别 公开范围 公开时限 信息来源 来源 文章来源 稿件来源 内容概述
    """.split()  # noqa: SIM905
)
STOPS = frozenset(
    """浏览量 浏览次数 浏览 阅读次数 阅读量 访问量 点击 点击数 点击率 点击量 字体 字号 字体大小 打印 分享 分享到
    视力保护色""".split()  # noqa: SIM905
)
"""What else stands on such lines; it ends a value and is thrown away."""
PUBLISHED = "发布时间"
PUBLISHED_LABELS = frozenset({PUBLISHED, "发布日期", "发表时间", "时间", "日期", "发稿时间", "上传时间"})
"""Under which pages say when they were published."""
LABEL_LENGTH = 8
COLONS = "：:"
SPACES = re.compile(r"\s+")


def _spaced(labels: frozenset[str]) -> str:
    return "|".join(r"\s*".join(label) for label in sorted(labels, key=lambda label: (-len(label), label)))


LABEL_IN_LINE = re.compile(
    rf"(?:(?:(?<=[\s|｜\]】）)；;，,])|^)[\[【]?({_spaced(LABELS | PUBLISHED_LABELS)})|({_spaced(STOPS)}))"
    r"(?:\s*[\]】]?\s*[：:]|】)"
)
DATE_TIME = re.compile(r"(?<!\d)(\d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?(?:\s{0,4}\d{1,2}:\d{2}(?::\d{2})?)?)(?!\d)")
LONGEST_PUBLISH_LINE = 80  # 发布时间：… 来源：… 浏览次数：… 字体：大 中 小; a sentence of the body is longer


@dataclass(frozen=True, slots=True)
class Entry:
    """A label without its inner spaces, and its value."""

    label: str
    value: str

    def __str__(self) -> str:
        return f"{self.label}：{self.value}"


def label_of(text: str) -> str:
    """The label that a short text is, or ""."""
    bare = SPACES.sub("", text).strip("【】[]·•●").rstrip(COLONS)
    return bare if bare in LABELS or bare in PUBLISHED_LABELS or bare in STOPS else ""


def in_line(line: str) -> list[Entry]:
    """The entries of one line: `发布时间：2017-06-27 来源：市科技局 浏览量：12` gives two."""
    matches = list(LABEL_IN_LINE.finditer(line))
    ends = [*(match.start() for match in matches[1:]), len(line)]
    entries = []
    for match, end in zip(matches, ends, strict=False):
        label, value = label_of(match[1] or match[2]), line[match.end() : end].strip().strip("|｜[]【】").strip()
        if label not in STOPS and value:
            entries.append(Entry(label, value))
    return entries


def in_row(row: Cells) -> list[Entry]:
    """The entries of a table row: `索引号 | 000014349/2019-00003 | 主题分类 | 海关`, or a cell that is an entry. What a
    merged cell covers is no value that is missing."""
    cells = [cell for cell in own_cells(row) if cell.strip() not in ("：", ":")]
    entries: list[Entry] = []
    position = 0
    while position < len(cells):
        label = label_of(cells[position])
        if not label:
            entries.extend(in_line(cells[position]))
        elif position + 1 < len(cells) and not label_of(cells[position + 1]):
            position += 1
            if cells[position].strip() and label not in STOPS:
                entries.append(Entry(label, cells[position].strip()))
        position += 1
    return entries


def under_heads(heads: Cells, values: Cells) -> list[Entry]:
    """The entries of two rows, labels above their values: `索引号 | 发文机关 | 文号` over what they are."""
    labels = [label_of(cell) for cell in own_cells(heads)]
    below = own_cells(values)
    if len(labels) < 3 or not all(labels) or len(below) != len(labels) or any(map(label_of, below)):
        return []
    pairs = zip(labels, below, strict=True)
    return [Entry(label, value.strip()) for label, value in pairs if value.strip() and label not in STOPS]


def in_table(rows: Sequence[Cells]) -> list[Entry]:
    """The entries of a metadata table, or nothing if the table is something else.

    A metadata table has at least two known labels, and no row without one but blank rows: the heads of a cleanup
    table (序号, 文件名称, 文号) are labels too, but its rows have none.
    """
    filled = [row for row in map(own_cells, rows) if any(cell.strip() for cell in row)]
    if not filled or not all(any(label_of(cell) or in_line(cell) for cell in row) for row in filled):
        return []
    entries = [entry for row in filled for entry in in_row(row)]
    return entries if len(entries) >= 2 else []


def with_metadata(lines: list[Line]) -> list[Line]:
    """The lines, with a label/value table at the head (as sites put it into their downloads) as metadata; a mark
    (本文件已废止) may stand above it."""
    start = next((place for place, line in enumerate(lines) if line.cells or _is_text(line.text)), 0)
    stop = next((place for place in range(start, len(lines)) if not lines[place].cells), len(lines))
    entries = in_table([line.cells for line in lines[start:stop]])
    if not entries:
        return lines
    return [*lines[:start], *(Line("metadata", str(entry)) for entry in entries), *lines[stop:]]


def _is_text(line: str) -> bool:
    return bool(line.strip()) and banner(line) is None


def in_lines(lines: Iterable[Line]) -> Iterator[Entry]:
    """The entries of some lines; a label alone on its line has its value on the next line of the same kind."""
    waiting, kind = "", ""
    lines = list(lines)
    yield from _glued(lines)
    for line in lines:
        label = label_of(line.text) if len(line.text) <= 2 * LABEL_LENGTH else ""
        if label:
            waiting, kind = ("" if label in STOPS else label), line.kind
            continue
        entries = in_line(line.text)
        if waiting and not entries and line.kind == kind:
            yield Entry(waiting, line.text)
        yield from entries
        waiting = ""


GLUED = re.compile(rf"({'|'.join(sorted(LABELS, key=lambda label: (-len(label), label)))})(?=[^\s：:】\]])(.{{1,80}})")
LEAST_GLUED = 3  # lines that begin with a label: one alone may be a sentence


def _glued(lines: Iterable[Line]) -> Iterator[Entry]:
    """The entries of a block that sets its labels apart by style alone: `发布机构岚州市教育局`."""
    found: dict[str, Entry] = {}
    for line in lines:
        if (match := GLUED.fullmatch(line.text)) and not label_of(line.text):
            found.setdefault(match[1], Entry(match[1], match[2].strip()))
    if len(found) >= LEAST_GLUED:
        yield from found.values()


def publish_time(line: str) -> str:
    """The time in an unlabelled line such as `2017-6-27 10:40:54点击：12` or `2024-01-05`, or ""."""
    if len(line) > LONGEST_PUBLISH_LINE:
        return ""
    match = DATE_TIME.search(line)
    if match is None or SPACES.sub("", line[: match.start()]).strip("[]【】|·") not in ("", PUBLISHED):
        return ""
    tail = line[match.end() :].strip().strip("]】|")
    return match[1] if not tail or ":" in match[1] or tail.startswith((*STOPS, "来源", "作者")) else ""
