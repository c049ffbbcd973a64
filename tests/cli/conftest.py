"""An office in an invented city, 云泽市, that works on the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from policylib.cli.main import main

Run = Callable[..., Result]

PAPERS = {
    "政务公开办法.txt": """\
云泽市人民政府办公室关于印发《云泽市政务公开办法》的通知
云政办发〔2021〕5号

各区县人民政府，市政府各部门：
根据《云岭省政务公开条例》，制定《云泽市政务公开办法》，现印发给你们，请认真贯彻执行。

云泽市人民政府办公室
2021年3月4日

云泽市政务公开办法
第一条 为了推进政务公开，保障群众知情权，制定本办法。
第二条 本办法自2021年4月1日起施行，有效期5年。
""",
    "政务公开办法解读.txt": """\
《云泽市政务公开办法》解读
云泽市人民政府办公室印发了《云泽市政务公开办法》（云政办发〔2021〕5号），现解读如下。
一、背景依据。为了让群众看得懂、用得上。
""",
    "科技奖励办法.txt": """\
云泽市科学技术局关于印发《云泽市科技奖励办法》的通知
云科字〔2019〕12号

各有关单位：
现将《云泽市科技奖励办法》印发给你们。

云泽市科学技术局
2019年6月10日
""",
    "清理结果.txt": """\
云泽市科学技术局关于废止部分规范性文件的决定
云科字〔2022〕3号

决定废止《云泽市科技奖励办法》（云科字〔2019〕12号）。本决定自印发之日起施行。

云泽市科学技术局
2022年1月20日
""",
}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to sit in, with four papers in `文件` and no library yet."""
    (tmp_path / "文件").mkdir()
    for name, text in PAPERS.items():
        (tmp_path / "文件" / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("POLICYLIB", raising=False)
    return tmp_path


@pytest.fixture
def policylib(desk: Path) -> Run:
    """Types a command: policylib("add", "文件")."""

    def run(*arguments: str) -> Result:
        result = CliRunner().invoke(main, list(arguments))
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return run


@pytest.fixture
def office(policylib: Run) -> Run:
    """The same, when the papers have been read."""
    assert policylib("init").exit_code == 0
    assert policylib("add", "文件").exit_code == 0
    return policylib
