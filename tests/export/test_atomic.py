"""A file is replaced whole or stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from policylib.errors import PolicylibError
from policylib.export import atomic


def test_replaces_the_old_file_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "关系图.html"
    path.write_text("旧", "utf-8")
    atomic.write(path, "新")
    assert path.read_text("utf-8") == "新"
    assert list(tmp_path.iterdir()) == [path]


def test_follows_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "真.csv", tmp_path / "链接.csv"
    target.write_text("旧", "utf-8")
    try:
        link.symlink_to(target)
    except OSError:
        pytest.skip("this system makes no links")
    atomic.write(link, b"\xff")
    assert link.is_symlink()
    assert target.read_bytes() == b"\xff"


def test_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(PolicylibError, match=r"文件夹 .*没有这里 不存在，请先建立"):
        atomic.write(tmp_path / "没有这里" / "图.html", "新")


def test_what_cannot_be_replaced_stays(tmp_path: Path) -> None:
    folder = tmp_path / "图.html"
    folder.mkdir()
    with pytest.raises(PolicylibError, match="无法写入"):
        atomic.write(folder, "新")
    assert list(tmp_path.iterdir()) == [folder]


def test_text_that_is_no_text_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "图.html"
    path.write_text("旧", "utf-8")
    with pytest.raises(UnicodeEncodeError):
        atomic.write(path, "\ud800")
    assert path.read_text("utf-8") == "旧"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("refusals", [1, 4])
def test_a_file_that_a_scanner_holds_for_a_moment_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusals: int
) -> None:
    refuse(monkeypatch, refusals)
    path = tmp_path / "图.html"
    path.write_text("旧", "utf-8")
    atomic.write(path, "新")
    assert path.read_text("utf-8") == "新"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_open_elsewhere_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, 1000)
    path = tmp_path / "图.html"
    path.write_text("旧", "utf-8")
    with pytest.raises(PolicylibError, match="可能正被其他程序打开"):
        atomic.write(path, "新")
    assert path.read_text("utf-8") == "旧"
    assert list(tmp_path.iterdir()) == [path]


def refuse(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """A file system that refuses to replace files so often, as Windows does with those that are open."""
    replace, left = Path.replace, [times]

    def refusing(self: Path, target: Path) -> Path:
        if left[0]:
            left[0] -= 1
            raise PermissionError(13, "另一个程序正在使用此文件")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refusing)
