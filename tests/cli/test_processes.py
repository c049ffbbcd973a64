"""The program as the system runs it: interrupts, pipes, locales, imports."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from policylib.cli.common import _is_closed_pipe
from policylib.cli.output import write_rows
from policylib.library import Library
from tests.interruptible import start

CHECKOUT = Path(__file__).parents[2]
POLICYLIB = [sys.executable, "-m", "policylib"]


def run(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*POLICYLIB, *arguments], cwd=cwd, capture_output=True, env=os.environ | environment)


def on_terminal(*arguments: str, cwd: Path, columns: str = "80") -> list[str]:
    """The lines that a terminal of so many columns shows."""
    here, there = os.openpty()
    environment = os.environ | {"COLUMNS": columns, "NO_COLOR": "1"}
    subprocess.run([*POLICYLIB, *arguments], cwd=cwd, stdout=there, env=environment, check=True)
    os.close(there)
    lines = os.read(here, 1_000_000).decode().splitlines()
    os.close(here)
    return lines


def test_the_module_speaks_as_the_script_does(desk: Path) -> None:
    result = run("list", "--nothing", cwd=desk)
    assert result.returncode == 2
    assert "用 policylib list --help 看说明" in result.stderr.decode()


@pytest.fixture
def archive(desk: Path) -> Path:
    """A library, and a folder of papers that takes a moment to read."""
    Library.create(desk).close()
    for number in range(1, 200):
        title = f"云泽市人民政府关于第{number}项工作的通知"
        text = f"{title}\n云政发〔2020〕{number}号\n\n根据《云泽市档案办法》，通知如下。\n"
        (desk / "文件" / f"{number:03}.txt").write_text(text * 5, encoding="utf-8")
    return desk


def test_ctrl_c_during_add_keeps_what_was_read(archive: Path) -> None:
    process = start([*POLICYLIB, "add", "文件"], cwd=archive, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    wal = archive / "policies.plib-wal"
    deadline = time.monotonic() + 20
    while not (wal.exists() and wal.stat().st_size > 100_000) and time.monotonic() < deadline:
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()
    assert process.returncode == 130
    assert "已中断" in err.decode()
    assert b"Traceback" not in err
    with Library.open(archive) as library:
        held = len(library.documents())
        assert held > 0
        assert library.search("通知如下", limit=0).total > 0
    assert run("add", "文件", cwd=archive).returncode == 0
    with Library.open(archive) as library:
        assert len(library.documents()) == 203


def test_a_reader_who_has_enough(archive: Path) -> None:
    run("add", "文件", cwd=archive)
    command = " ".join([*POLICYLIB, "list", "--all"])
    result = subprocess.run(["bash", "-c", f"{command} | head -n 1; exit ${{PIPESTATUS[0]}}"], cwd=archive,
                            capture_output=True)  # fmt: skip
    assert result.returncode == 0
    said = result.stderr.decode().splitlines()  # how many there are, if the list was out before its reader was gone
    assert said == [] or (len(said) == 1 and said[0].startswith("共 20"))
    assert result.stdout.decode().startswith("文号\t")


@pytest.mark.parametrize(
    "locale",
    [{"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}, {"LC_ALL": "POSIX"}],
    ids=["C", "ascii streams", "POSIX"],
)
def test_an_ascii_locale_reads_chinese_all_the_same(desk: Path, locale: dict[str, str]) -> None:
    assert run("init", cwd=desk, **locale).returncode == 0
    added = run("add", ".", cwd=desk, **locale)
    assert added.returncode == 0, added.stderr.decode()
    listed = run("list", cwd=desk, **locale)
    assert "云政办发〔2021〕5号" in listed.stdout.decode()


RARE = "云泽市人民政府关于\U00030edd\U00030edd面馆的通知"  # no character of GBK


def test_json_for_programs_is_whole_where_the_system_writes_gbk(desk: Path) -> None:
    (desk / "面.txt").write_text(f"{RARE}\n云政发〔2020〕5号\n", encoding="utf-8")
    plain = json.loads(run("extract", "面.txt", cwd=desk).stdout.decode())
    written = run("extract", "面.txt", cwd=desk, PYTHONIOENCODING="gbk").stdout
    assert plain["elements"]["title"]["value"] == RARE
    assert json.loads(written.decode("gbk")) == json.loads(written.decode()) == plain


def test_a_csv_for_programs_keeps_its_line_ends(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard output as Windows opens it: in GBK, and with line ends of its own."""
    written = BytesIO()
    monkeypatch.setattr(sys, "stdout", TextIOWrapper(written, "gbk", newline="\r\n"))
    write_rows([{"number": "云政发〔2020〕5号"}], [("number", "文号")], "csv")
    sys.stdout.flush()
    assert written.getvalue().decode("gbk") == "文号\r\n云政发〔2020〕5号\r\n"


@pytest.mark.parametrize(
    ("system", "error", "closed"),
    [
        ("posix", BrokenPipeError(errno.EPIPE, "Broken pipe"), True),
        ("nt", OSError(errno.EINVAL, "Invalid argument"), True),
        ("nt", OSError(errno.EINVAL, "Invalid argument", "甲.txt"), False),
        ("nt", OSError(errno.ENOSPC, "No space left on device"), False),
        ("posix", OSError(errno.EINVAL, "Invalid argument"), False),
    ],
)
def test_a_pipe_that_nobody_reads_is_known_on_each_system(
    monkeypatch: pytest.MonkeyPatch, system: str, error: OSError, closed: bool
) -> None:
    with monkeypatch.context() as there:
        there.setattr(os, "name", system)
        found = _is_closed_pipe(error)
    assert found is closed


def test_names_that_the_locale_cannot_read_are_bad_files(desk: Path) -> None:
    environment = {"LC_ALL": "C", "PYTHONUTF8": "0"}
    run("init", cwd=desk, **environment)
    added = run("add", ".", cwd=desk, **environment)
    assert (added.returncode, b"Traceback" in added.stderr) == (3, False)


def test_a_locale_that_lacks_characters_gets_question_marks(desk: Path) -> None:
    run("init", cwd=desk)
    (desk / "文件" / "怪字.txt").write_text("云泽市关于𠮷字的通知\n云政发〔2020〕9号\n", encoding="utf-8")
    run("add", ".", cwd=desk)
    listed = run("list", cwd=desk, PYTHONIOENCODING="gb2312")
    assert listed.returncode == 0
    assert "关于?字的通知" in listed.stdout.decode("gb2312")


def test_help_loads_nothing_heavy(desk: Path) -> None:
    script = """
import sys
from policylib.cli.main import main
try:
    main(["--help"])
except SystemExit:
    pass
heavy = {"networkx", "docx", "pdfplumber", "pypdfium2", "whoosh", "lxml", "sqlite3"} & set(sys.modules)
print("heavy:", *sorted(heavy))
"""
    result = subprocess.run([sys.executable, "-c", script], cwd=desk, capture_output=True, text=True)
    assert result.stdout.splitlines()[-1] == "heavy:"


def test_looking_loads_no_reader_and_no_network(desk: Path) -> None:
    run("init", cwd=desk)
    run("add", "文件", cwd=desk)
    script = """
import sys
from policylib.cli.main import main
main(["show", "云政办发〔2021〕5号"], standalone_mode=False)
heavy = {"networkx", "docx", "pdfplumber", "pypdfium2", "whoosh", "lxml", "policylib.export.html"} & set(sys.modules)
print("heavy:", *sorted(heavy))
"""
    result = subprocess.run([sys.executable, "-c", script], cwd=desk, capture_output=True, text=True)
    assert result.stdout.splitlines()[-1] == "heavy:"


def test_the_launcher_of_a_checkout(desk: Path) -> None:
    result = subprocess.run([sys.executable, str(CHECKOUT / "cli.py"), "--help"], cwd=desk, capture_output=True)
    assert (result.returncode, "用法：" in result.stdout.decode()) == (0, True)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
@pytest.mark.parametrize(("columns", "table"), [("80", False), ("120", True)], ids=["record by record", "a table"])
def test_a_terminal_shows_titles_at_any_width(desk: Path, columns: str, table: bool) -> None:
    Library.create(desk).close()
    run("add", "文件", cwd=desk)
    lines = on_terminal("list", "--as-of", "2021-01-01", cwd=desk, columns=columns)
    [row] = [place for place, line in enumerate(lines) if line.startswith("云科字〔2019〕12号")]
    assert lines[0].startswith("文号") == table
    assert "云泽市科学技术局关于印发" in lines[row if table else row + 1]
    assert "2019-06-10" in lines[row]


READING = """\
《云泽市助餐办法》解读
发布时间：2024-03-04 09:12:40
解读单位：云泽市民政局

《云泽市助餐办法》已印发，现解读如下：一、背景。老年人多。
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_a_terminal_tells_interpretations_by_day_and_maker(desk: Path) -> None:
    Library.create(desk).close()
    (desk / "文件" / "解读.txt").write_text(READING, encoding="utf-8")
    run("add", "文件/解读.txt", cwd=desk)
    assert on_terminal("search", "助餐", cwd=desk)[0] == "1. 解读  2024-03-04 公布  云泽市民政局"
    listed = on_terminal("list", cwd=desk)
    assert listed[0].split() == ["标题", "类别", "效力", "公布日期", "解读单位"]
    assert listed[1].split()[1:] == ["解读", "不适用", "2024-03-04", "云泽市民政局"]
