"""What the documentation shows is true: its Python runs, and its command lines exist."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import click
import openpyxl
import pytest
from click.testing import CliRunner

from corpus import demo
from policylib import Library, analyse, analyse_text, audit, read
from policylib.cli.main import main
from policylib.export import by_gravity, finding_rows
from policylib.library.correcting import FIELDS
from policylib.office_rules import office_rules
from policylib.readers import CONTAINERS, DEFAULT_LIMITS, READERS
from tests import formats_page

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "corpus"
PAGES = (
    "README.md",
    "README.zh-CN.md",
    "CONTRIBUTING.md",
    *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")),
)
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?://)([^)#]+)")


def blocks(page: str) -> Iterator[tuple[int, str, str]]:
    """The fenced blocks of a page: line, language, text."""
    text = (ROOT / page).read_text(encoding="utf-8")
    for match in FENCE.finditer(text):
        yield text.count("\n", 0, match.start()) + 2, match[1], match[2]


PYTHON = [(page, line, text) for page in PAGES for line, language, text in blocks(page) if language == "python"]
COMMANDS = [
    (f"{page}:{line + offset}", shown)
    for page in PAGES
    for line, _, text in blocks(page)
    for offset, shown in enumerate(text.splitlines())
    if re.match(r"policylib(?:\s|$)", shown)
]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as docs/python.md supposes it: the corpus, its tables, its region, a library of it."""
    folder = tmp_path_factory.mktemp("office")
    shutil.copytree(CORPUS / "documents", folder / "文件")
    shutil.copytree(CORPUS / "tables", folder / "tables")
    (folder / "policylib.toml").write_text('jurisdiction = "东岭省/岚州市"\n', encoding="utf-8")
    with Library.create(folder) as library:
        assert not library.add(folder / "文件").failed
    return folder


@pytest.mark.parametrize(("page", "line", "text"), PYTHON, ids=[f"{page}:{line}" for page, line, _ in PYTHON])
def test_python_block_runs(
    page: str, line: int, text: str, office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = tmp_path / "desk"
    shutil.copytree(office, desk)
    monkeypatch.chdir(desk)
    exec(compile("\n" * (line - 1) + text, str(ROOT / page), "exec"), {"__name__": "__main__"})


@pytest.mark.parametrize("shown", [shown for _, shown in COMMANDS], ids=[place for place, _ in COMMANDS])
def test_command_line_parses(shown: str) -> None:
    words = shlex.split(shown.partition(" > ")[0], comments=True)[1:]
    assert words, "a command is named"
    name, command, arguments = main.resolve_command(click.Context(main), words)
    assert command is not None
    command.make_context(name, list(arguments))


INSTALLING = [("README.md", "Installing", "The demo", "Ten minutes"), ("README.zh-CN.md", "安装", "看演示", "头十分钟")]


@pytest.mark.parametrize(("page", "installing", "showing", "trying"), INSTALLING, ids=["English", "Chinese"])
def test_installing_comes_first_for_both_systems_and_the_office_is_named(
    page: str, installing: str, showing: str, trying: str
) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    heads = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert [head.startswith(name) for head, name in zip(heads, (installing, showing, trying), strict=False)] == [
        True
    ] * 3
    _, install, _, trial = re.split(r"^## .*$", text, maxsplit=3, flags=re.MULTILINE)
    pairs = [cells for line in install.splitlines() if (cells := re.findall(r"`([^`]+)`", line)) and line[0] == "|"]
    assert any("pip install -e ." in windows for windows, _ in pairs)
    for windows, other in pairs:
        plain = other.replace("python3", "python").removeprefix(". ")
        assert windows.replace("\\", "/").replace("/Scripts/", "/bin/") == plain
    assert all(f"{key} = " in trial for key in ("jurisdiction", "issuer"))


def test_each_field_that_may_be_judged_is_named() -> None:
    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    (named,) = re.findall(r"`set` gives a value to a field: (.*?)The last word counts", page, re.DOTALL)
    assert [field for field in FIELDS if not re.search(rf"\b{field}\b", named)] == []


def test_each_tier_and_rung_that_the_code_gives_is_explained() -> None:
    rooms = (ROOT / "policylib" / "link", ROOT / "policylib" / "extract")
    code = "".join(path.read_text(encoding="utf-8") for room in rooms for path in room.glob("*.py"))
    given = set(re.findall(r"\"(?:drafter\.)?([TE][0-9])\"", code))
    page = (ROOT / "docs" / "contract.md").read_text(encoding="utf-8")
    assert {"T0", "T4", "E1", "E6"} <= given <= set(re.findall(r"^\| ([TE][0-9]) \|", page, re.MULTILINE))


CONTRACT = (ROOT / "docs" / "contract.md").read_text(encoding="utf-8")


def test_the_contract_names_each_problem_of_the_text() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "policylib" / "extract").glob("*.py"))
    named = re.findall(r"Problem\(\s*\"([\w.-]+)\"", code)
    constants = re.findall(r"Problem\(\s*([A-Z_]+)", code)
    given = {*named, *(re.findall(rf"^{one}\b.* = \"(.+)\"$", code, re.MULTILINE)[0] for one in constants)}
    (told,) = re.findall(r"Of the text: (.*?)\. Of the file", CONTRACT, re.DOTALL)
    assert "repair.number" in given
    assert set(re.findall("`(.+?)`", told)) == given


def test_the_contract_tells_where_python_has_each_key_of_a_citation() -> None:
    """The rows of the map are true of this citation, and no key is missing from it."""
    analysis = analyse_text(
        "岚州市司法局关于废止《岚州市办法》的通知\n根据有关规定，决定废止《岚州市办法》（岚政发〔2019〕3号）第三条。"
    )
    (rows,) = re.findall(r"\| JSON \| Python \|\n\|---\|---\|\n(.*?)\n\n", CONTRACT, re.DOTALL)
    told = [re.findall(r"^\| citations\[i\]\.(.+?) \| (.+?) \|$", row) for row in rows.splitlines()]
    keys = {key: place for row in told for names, place in row for key in re.split("[,;] ", names)}
    spans = {"start", "end"}  # the last row
    for claim, citation in zip(analysis.claims, analysis.to_dict()["citations"], strict=True):
        assert set(citation) | {"year", "drafter", "annex"} == keys.keys() | spans
        for key in citation.keys() - spans:
            home = claim.citation if "citation" in keys[key] else claim
            name = re.sub("^(cue|scope|title)_.*", lambda one: {"title": "title_span"}.get(one[1], one[1]), key)
            assert hasattr(home, name), key
        assert (claim.scope.start, claim.scope.end) == (citation["scope_start"], citation["scope_end"])
        assert claim.relation == citation["relation"]
    assert any(claim.cue for claim in analysis.claims)


def test_the_problems_of_an_analysis_begin_with_those_of_its_document(tmp_path: Path) -> None:
    """As the contract says: who reads both lists sees each of these twice."""
    (tmp_path / "网页.doc").write_text(
        "<html><body><p>关于印发《岚州市办法》的通知</p><p>根据岚政发〔201513号，通知如下。</p></body></html>",
        encoding="utf-8",
    )
    document = read(tmp_path / "网页.doc")
    told = analyse(document).problems
    assert [one.rule for one in document.problems] == ["EXT_MISMATCH"]
    assert told[:1] == document.problems
    assert [one.rule for one in told[1:]] == ["repair.number"]


def commands_of(group: click.Group, above: str = "") -> Iterator[str]:
    """Every command as it is typed: list, mark list, cleanup plan."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands_of(command, f"{above}{name} ")
        else:
            yield f"{above}{name}"


def test_the_page_of_python_has_a_call_for_each_command() -> None:
    """`mark copy` is typed `mark`."""
    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    heads = [head for line in re.findall(r"^## (.+)$", page, re.MULTILINE) for head in re.split(", |: | of ", line)]
    typed = [name.removesuffix(" copy") for name in commands_of(main)]
    assert {"list", "mark", "mark list", "cleanup plan"} <= set(typed)
    assert [name for name in typed if name not in heads] == []


def test_finding_rows_are_what_check_prints(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(office)
    printed = CliRunner().invoke(main, ["check", "--all", "--as-of", "2024-12-31", "--format", "json"])
    with Library.open(office) as library:
        snapshot = library.snapshot(date(2024, 12, 31))
        rules = [rule for rule in office_rules(library) if not rule.of_drafts]
        found = by_gravity(audit(snapshot, rules), library.order().by_key).findings
        rows = finding_rows(found, snapshot)
    assert list(rows) == json.loads(printed.stdout)
    told = re.findall(r"## check --format json\n(.*?)\n## ", CONTRACT, re.DOTALL)[0]
    named = [name for cell in re.findall(r"^\| ([\w, ]+) \|", told, re.MULTILINE)[1:] for name in cell.split(", ")]
    assert sorted(named) == sorted(rows[0])


GUIDE = (ROOT / "docs" / "guide.zh-CN.md").read_text(encoding="utf-8")
SUMMARIES = (
    ("check", "--as-of", "2024-12-31"),
    ("impact", "东政发〔2021〕14号", "--depth", "6", "--as-of", "2024-12-31"),
    ("check", "--issuer", "科技局", "--since", "2020-01-01", "--as-of", "2024-12-31"),
    ("mark", "list", "--as-of", "2026-06-30"),
    ("graph", "-o", "关系图.html"),
    ("tables", "--check"),
)


@pytest.mark.parametrize("words", SUMMARIES, ids=" ".join)
def test_the_guide_sums_up_as_the_command_does(
    words: tuple[str, ...], office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(office, desk := tmp_path / "desk")
    monkeypatch.chdir(desk)
    result = CliRunner().invoke(main, list(words))
    sums = [
        line
        for line in result.output.splitlines()
        if re.match(r"(?:已写入|错误 |失去依据 |机关“|要标注 |\d+ 张表)", line)
    ]
    assert len(sums) == 1
    assert sums[0] in GUIDE.splitlines()


def test_the_guide_tells_the_first_steps_as_they_go(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What `add` says of moved and vanished files, and `check` without the tables of the office."""
    shutil.copytree(office, desk := tmp_path / "desk")
    monkeypatch.chdir(desk)
    shutil.rmtree(desk / "tables")
    (desk / "policylib.toml").write_text("", encoding="utf-8")
    checked = CliRunner().invoke(main, ["check", "--as-of", "2024-12-31"])
    (total,) = re.findall(r"^(错误 .*；无法判断 \d+)；", checked.output, re.MULTILINE)
    assert f"样本的检查结果是“{total}”" in GUIDE
    (desk / "文件" / "2019-szf-renmian.txt").rename(desk / "文件" / "任免.txt")
    (desk / "文件" / "2020-szf-pifu.pdf").unlink()
    added = CliRunner().invoke(main, ["add", "文件", "-v"])
    assert added.output.splitlines()[0] in GUIDE.splitlines()


def test_the_pages_count_the_sample_papers() -> None:
    count = len(list((CORPUS / "documents").iterdir()))
    told = [
        re.findall(r"(\d+) (?:份样本文件|sample papers|invented papers|份文件，讲)", text)
        for text in (
            *((ROOT / page).read_text(encoding="utf-8") for page in ("README.md", "README.zh-CN.md", "CHANGELOG.md")),
            GUIDE,
        )
    ]
    assert told == [[str(count)]] * 4
    assert f"\n新增 {count}\n" in GUIDE


def examples(text: str) -> Iterator[tuple[int, list[str], list[str]]]:
    """What a page shows of commands: the line, the commands of a block, and the lines of the blocks right below it."""
    found = list(FENCE.finditer(text))
    for place, block in enumerate(found):
        commands = [line for line in block[2].splitlines() if line]
        if not all(line.startswith("policylib ") for line in commands):
            continue
        shown: list[str] = []
        for above, below in pairwise(found[place:]):
            if below[1] or below[2].startswith("policylib ") or text[above.end() : below.start()].strip():
                break
            shown += [line for line in below[2].splitlines() if line.strip(" …")]
        if shown:
            yield text.count("\n", 0, block.start()) + 2, commands, shown


EXAMPLES = list(examples(GUIDE))


def test_the_guide_is_read_for_examples() -> None:
    assert len(EXAMPLES) > 25
    assert sum(len(shown) for _, _, shown in EXAMPLES) > 130


@pytest.mark.parametrize(("line", "commands", "shown"), EXAMPLES, ids=[f"{line}" for line, _, _ in EXAMPLES])
def test_the_guide_shows_what_the_command_says(
    line: int, commands: list[str], shown: list[str], office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(office, desk := tmp_path / "练习")
    monkeypatch.chdir(desk)
    for made_ready in (PREPARED[command] for command in commands if command in PREPARED):
        made_ready(desk)
    said = [*typed(commands, monkeypatch, terminal=False), *typed(commands, monkeypatch, terminal=True)]
    assert [one for one in shown if not any(pattern(one).fullmatch(heard) for heard in said)] == []


def pattern(shown: str) -> re.Pattern[str]:
    """A line of the guide: …… stands for what was left out."""
    return re.compile(".*".join(map(re.escape, even(shown).split("……"))))


def even(line: str) -> str:
    return " ".join(line.split())


def typed(commands: list[str], monkeypatch: pytest.MonkeyPatch, terminal: bool) -> list[str]:
    """What the commands say, line by line, to a pipe or to a terminal of 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda stream: terminal, raising=False)
    said = [CliRunner().invoke(main, shlex.split(one.partition(" > ")[0])[1:]).output for one in commands]
    return [even(line) for text in said for line in text.splitlines()]


def before_the_library(desk: Path) -> None:
    for name in ("policies.plib", "policylib.toml"):
        (desk / name).unlink()


def before_the_papers(desk: Path) -> None:
    (desk / "policies.plib").unlink()
    Library.create(desk).close()


def moved_and_lost(desk: Path) -> None:
    (desk / "文件" / "2019-szf-renmian.txt").rename(desk / "文件" / "任免.txt")
    (desk / "文件" / "2020-szf-pifu.pdf").unlink()


def drafted(desk: Path) -> None:
    shutil.copy(CORPUS / "drafts" / "kepu-jidi-songshen.txt", desk / "送审稿.txt")


def filled_in(desk: Path) -> None:
    """The cleanup results that name the drafters are not there yet, and an office has filled in its row."""
    with Library.open(desk) as library:
        cleanups = [path for work in library.works(role="cleanup") for path in work.paths]
        library.remove([desk / path for path in cleanups])
    CliRunner().invoke(main, ["drafters", "-o", "请补起草单位.xlsx"])
    book = openpyxl.load_workbook(desk / "请补起草单位.xlsx")
    heads, *rows = book.active.iter_rows()
    column = [one.value for one in heads].index("起草单位")
    (row,) = [row for row in rows if "岚政办发〔2017〕26号" in [one.value for one in row]]
    row[column].value = "岚州市司法局"
    book.save(desk / "请补起草单位.xlsx")


def listed(desk: Path) -> None:
    (table,) = [text for _, _, text in blocks("docs/guide.zh-CN.md") if text.startswith("文号,标题,起草单位,")]
    (desk / "解读台账.csv").write_text(table, encoding="utf-8")


PREPARED: dict[str, Callable[[Path], None]] = {
    "policylib init": before_the_library,
    "policylib add 文件": before_the_papers,
    "policylib add 文件 -v": moved_and_lost,
    "policylib check 送审稿.txt --as-of 2024-12-31": drafted,
    "policylib judge --from 请补起草单位.xlsx --who 张三": filled_in,
    "policylib judge --from 解读台账.csv --who 张三": listed,
}


def test_the_guide_tells_what_own_tables_bring(office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def counted() -> tuple[str, list[int]]:
        said = CliRunner().invoke(main, ["check", "--as-of", "2024-12-31"]).output
        (line,) = [line for line in said.splitlines() if line.startswith("错误 ")]
        return line.rpartition("；")[0], [int(number) for number in re.findall(r"\d+", line)]

    shutil.copytree(office, desk := tmp_path / "desk")
    monkeypatch.chdir(desk)
    _, after = counted()
    shutil.rmtree(desk / "tables")
    (desk / "policylib.toml").unlink()
    line, before = counted()
    (told, fewer, more, found) = re.findall(
        r"样本的检查结果是“(.*?)”.*?少了 (\d+) 处.*?又多了 (\d+) 处.*?也多查出 (\d+) 处", GUIDE, re.DOTALL
    )[0]
    assert told == line
    assert before[3] - int(fewer) + int(more) == after[3]
    assert sum(after[:3]) - sum(before[:3]) == int(found)


def test_the_demo_shows_the_gravest_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(demo, "OUT", tmp_path / "out")
    demo.main()
    said = capsys.readouterr().out.splitlines()
    heads = [line for line in said if re.match(r"  \d+\. \[", line)]
    assert [re.findall(r"\[(..)\]", line) for line in heads] == [["错误"]] * demo.SHOWN
    assert sum(line.startswith("      办法：") for line in said) == demo.SHOWN
    assert "      policylib check --library out --as-of 2024-12-31" in said
    assert (tmp_path / "out" / "findings.csv").is_file()


def test_the_guide_counts_the_rows_of_the_sample_tables() -> None:
    rows = sum(len(path.read_text(encoding="utf-8").splitlines()) - 1 for path in (CORPUS / "tables").glob("*.csv"))
    assert f"岚州市的 {rows} 行代字和机关" in GUIDE


def test_the_guide_tells_the_limits() -> None:
    assert f"一个文件读了 {DEFAULT_LIMITS.seconds} 秒还没读完" in GUIDE
    assert f"占用的内存超过 {DEFAULT_LIMITS.memory_bytes // 1024**3} GB" in GUIDE


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    for target in LINK.findall((ROOT / page).read_text(encoding="utf-8")):
        assert ((ROOT / page).parent / target).exists(), target


def test_the_page_of_formats_says_what_the_readers_say() -> None:
    page = formats_page.PAGE.read_text(encoding="utf-8")
    assert page == formats_page.page_anew(page), "python -m tests.formats_page"


def test_every_problem_that_a_reader_gives_is_in_the_page_of_formats() -> None:
    page = formats_page.PAGE.read_text(encoding="utf-8")
    table = page.partition("<!-- problems -->")[2].partition("<!-- end -->")[0]
    assert formats_page.problem_codes() == set(re.findall(r"^\| ([A-Z_]+) \|", table, re.MULTILINE))


def test_every_reader_has_a_row_in_the_page_of_formats() -> None:
    described = re.findall(r"^\| `(\w+)`(?: \.\w+)+ \|", formats_page.PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(described) == sorted({*READERS, *CONTAINERS})
