"""An office in an invented city, 云泽市, that works on the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from policylib.cli.main import main
from tests.yunze import PAPERS

Run = Callable[..., Result]


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
