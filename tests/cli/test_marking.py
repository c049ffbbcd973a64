"""mark list, mark: what is to be marked, copies of it, and that the list shrinks when they are read."""

from __future__ import annotations

import csv
import json
import os
import zipfile
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.cli.test_cleanup import SWEEPING

REPEALED = "云科字〔2019〕12号"
ORIGINAL = "文件/科技奖励办法.txt"
DAY = ("--as-of", "2024-06-30")
MARK = (
    "【效力标注】本文件已废止：据《云泽市科学技术局关于废止部分规范性文件的决定》（云科字〔2022〕3号），"
    "自2022年1月20日起废止。"
)


def listed(office: Run, *options: str) -> list[dict[str, Any]]:
    result = office("mark", "list", *DAY, "--format", "json", *options)
    assert result.exit_code == 0
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def test_the_list_says_what_to_write_and_why(office: Run) -> None:
    result = office("mark", "list", *DAY)
    assert result.exit_code == 0
    assert MARK in result.stdout
    assert "决定废止《云泽市科技奖励办法》（云科字〔2019〕12号）" in result.stdout
    assert "文件/清理结果.txt" in result.stdout
    assert ORIGINAL in result.stdout
    assert "要标注 1（据本库所知，截至 2024-06-30）" in result.stderr


def test_on_a_day_on_which_everything_held(office: Run) -> None:
    result = office("mark", "list", "--as-of", "2021-06-30")
    assert result.stdout == "\n" or not result.stdout
    assert "没有要标注的" in result.stderr


def test_the_list_for_excel(office: Run) -> None:
    result = office("mark", "list", *DAY, "--format", "csv")
    (row,) = csv.DictReader(StringIO(result.stdout.lstrip("\ufeff")))
    assert (row["标注情况"], row["文号"], row["标注文字"]) == ("要标注", REPEALED, MARK)
    assert row["原文"]


def test_a_copy_is_written_beside_and_the_original_stays(office: Run, desk: Path) -> None:
    original = (desk / ORIGINAL).read_bytes()
    result = office("mark", REPEALED, *DAY)
    assert result.exit_code == 0
    copied = desk / "标注" / "科技奖励办法（已废止）.txt"
    assert copied.read_bytes() == f"{MARK}\n\n".encode() + original
    assert (desk / ORIGINAL).read_bytes() == original
    assert f"已写入 {Path('标注') / copied.name}" in result.stderr


def test_the_list_shrinks_when_the_copy_is_read(office: Run) -> None:
    before = json.loads(office("status", REPEALED, *DAY, "--format", "json").stdout)
    works = office("list").stdout
    assert office("mark", "--listed", *DAY).exit_code == 0
    assert office("add", "标注").exit_code == 0
    assert listed(office) == []
    (row,) = listed(office, "--all")
    assert row["standing"] == "已标注"
    assert row["page"] == [f"〖{MARK}〗"]
    after = json.loads(office("status", REPEALED, *DAY, "--format", "json").stdout)
    assert after["status"] == before["status"], "the mark decides nothing"
    assert office("list").stdout.replace("；标注/科技奖励办法（已废止）.txt", "") == works, "it is no other work"


def test_marking_again_writes_the_same_file_and_says_when_there_is_nothing_to_do(office: Run, desk: Path) -> None:
    office("mark", REPEALED, *DAY)
    office("mark", REPEALED, *DAY)
    assert len(list((desk / "标注").iterdir())) == 1
    office("add", "标注")
    result = office("mark", "标注/科技奖励办法（已废止）.txt", *DAY)
    assert result.exit_code == 1
    assert "已经标注" in result.stderr
    assert "没有要标注的" in office("mark", "--listed", *DAY).stderr


def test_an_old_mark_is_not_written_over(office: Run, desk: Path) -> None:
    """The paper was amended and marked so, and is repealed now."""
    old = "【效力标注】本文件已修改：据云科字〔2020〕1号，自2020年1月1日起修改，请与修改文件对照使用。"
    text = (desk / ORIGINAL).read_text(encoding="utf-8")
    (desk / "旧标注.txt").write_text(f"{old}\n{text}", encoding="utf-8")
    office("add", "旧标注.txt")
    (row,) = listed(office)
    assert row["standing"] == "页面写着相反的"
    assert "请用没有标注过的原件重做" in office("mark", "旧标注.txt", *DAY).stderr
    assert office("mark", REPEALED, *DAY).exit_code == 0, "the original is there"
    assert sorted(path.name for path in (desk / "标注").iterdir()) == ["科技奖励办法（已废止）.txt"]
    office("remove", ORIGINAL)
    assert "请用没有标注过的原件重做" in office("mark", REPEALED, *DAY).stderr


def test_a_title_may_be_longer_than_a_file_name(office: Run) -> None:
    assert "库中没有" in office("mark", "关于" + "加强" * 300 + "的通知", *DAY).stderr


def test_a_page_that_was_marked_on_the_site_and_read_again(office: Run, desk: Path) -> None:
    text = (desk / ORIGINAL).read_text(encoding="utf-8")
    (desk / ORIGINAL).write_text(f"该文件已于2022年1月20日废止。\n{text}", encoding="utf-8")
    assert office("add", "文件").exit_code == 0
    assert listed(office) == []
    assert "已经标注“该文件已于2022年1月20日废止。”，不用再做" in office("mark", REPEALED, *DAY).stderr


def test_a_page_that_calls_a_repealed_paper_in_force_comes_first(office: Run, desk: Path) -> None:
    text = (desk / ORIGINAL).read_text(encoding="utf-8")
    (desk / "文件" / "网页.txt").write_text(f"索引号：YZ01/2019-00012\n有效性：有效\n{text}", encoding="utf-8")
    assert office("add", "文件").exit_code == 0
    (row,) = listed(office)
    assert row["standing"] == "页面写着相反的"
    assert row["page"] == ["…有效性：【有效】"]


def test_the_label_of_a_page_is_to_be_corrected_too(office: Run, desk: Path) -> None:
    text = (desk / "文件" / "科技奖励办法.txt").read_text("utf-8")
    page = f"<html><body><p>有效性：有效</p><p>{text.replace(chr(10), '</p><p>')}</p></body></html>"
    office("remove", ORIGINAL)
    (desk / ORIGINAL).unlink()
    (desk / "文件" / "网页.html").write_text(page, encoding="utf-8")
    office("add", "文件")
    assert "更正：页面自己的标签“有效性：有效”要在网站后台改为“废止”，只加标注不够" in office("mark", "list").stdout
    copied = office("mark", REPEALED)
    label = f"（{REPEALED}）的页面上，自己的标签“有效性：有效”也要改为“废止”"
    assert label in copied.stderr
    assert "换上以后，标签也改了，重新下载" in copied.stderr
    (desk / "文件" / "网页.html").write_bytes((desk / "标注" / "网页（已废止）.html").read_bytes())
    office("add", "文件")
    assert "页面写着相反的 1" in office("mark", "list").stderr
    again = office("mark", REPEALED)
    assert (again.exit_code, "不用再做；但页面自己的标签“有效性：有效”还没有改" in again.stderr) == (1, True)
    listed = office("mark", "--listed")
    assert (listed.exit_code, label in listed.stderr) == (0, True)
    corrected = (desk / "文件" / "网页.html").read_text("utf-8").replace("有效性：有效", "有效性：废止")
    (desk / "文件" / "网页.html").write_text(corrected, encoding="utf-8")
    office("add", "文件")
    assert "已标注 1" in office("mark", "list").stderr


def test_another_paper_of_that_name_is_not_overwritten(office: Run, desk: Path) -> None:
    (desk / "标注").mkdir()
    (desk / "标注" / "科技奖励办法（已废止）.txt").write_text("别的文件", encoding="utf-8")
    assert office("mark", REPEALED, *DAY).exit_code == 0
    assert (desk / "标注" / "科技奖励办法（已废止）.txt").read_text(encoding="utf-8") == "别的文件"
    assert (desk / "标注" / "科技奖励办法（已废止）-2.txt").exists()


def test_a_copy_where_one_wants_it(office: Run, desk: Path) -> None:
    assert office("mark", ORIGINAL, "-o", "已标注.txt", *DAY).exit_code == 0
    assert (desk / "已标注.txt").read_text(encoding="utf-8").startswith(MARK)
    assert office("mark", ORIGINAL, "--to", "交网站/六月", *DAY).exit_code == 0
    assert (desk / "交网站" / "六月" / "科技奖励办法（已废止）.txt").exists()


def test_an_original_is_never_written_over(office: Run, desk: Path) -> None:
    os.link(desk / ORIGINAL, desk / "硬链接.txt")
    (desk / "软链接.txt").symlink_to(desk / ORIGINAL)
    before = {path: path.read_bytes() for path in (desk / "文件").iterdir()}
    for target in (ORIGINAL, "文件/../文件/科技奖励办法.txt", "文件/清理结果.txt", "硬链接.txt", "软链接.txt"):
        result = office("mark", REPEALED, "-o", target, *DAY)
        assert result.exit_code == 1, target
        assert "这是原件，不能覆盖" in result.stderr
    assert {path: path.read_bytes() for path in (desk / "文件").iterdir()} == before


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("云政办发〔2021〕5号",), 1, "效力为“有效"),
        (("文件/政务公开办法.txt",), 1, "不用标注"),
        (("没有这份",), 1, "库中没有"),
        ((REPEALED, "-o", "甲.pdf"), 1, "后缀应当是 .txt"),
        ((), 0, ""),
        (("--to", "标注"), 2, "请写明文号、标题或文件"),
        ((REPEALED, "--listed"), 2, "--listed"),
    ],
)
def test_what_cannot_be_done_is_said(office: Run, words: tuple[str, ...], code: int, message: str) -> None:
    result = office("mark", *words, *(DAY if words else ()))
    assert result.exit_code == code
    assert message in result.stderr


def test_a_file_that_the_library_does_not_know_or_that_changed(office: Run, desk: Path) -> None:
    (desk / "新.txt").write_text("新文件", encoding="utf-8")
    assert "请先运行 policylib add" in office("mark", "新.txt", *DAY).stderr
    (desk / ORIGINAL).write_text("改过", encoding="utf-8")
    assert "读入以后又改过" in office("mark", REPEALED, *DAY).stderr
    (desk / ORIGINAL).unlink()
    assert "找不到原件" in office("mark", REPEALED, *DAY).stderr


def test_an_original_in_an_archive_must_be_unpacked(office: Run, desk: Path) -> None:
    with zipfile.ZipFile(desk / "文件" / "包.zip", "w") as package:
        package.write(desk / ORIGINAL, "科技奖励办法.txt")
    (desk / ORIGINAL).unlink()
    office("add", "文件")
    office("remove", ORIGINAL)
    result = office("mark", REPEALED, *DAY)
    assert result.exit_code == 3
    assert "请先解压" in result.stderr


def test_each_file_of_a_policy_is_marked_and_one_bad_file_costs_itself(office: Run, desk: Path) -> None:
    text = (desk / ORIGINAL).read_text(encoding="utf-8")
    page = "".join(f"<p>{line}</p>" for line in text.split())
    (desk / "文件" / "奖励.html").write_text(f"<html><body>{page}</body></html>", encoding="utf-8")
    rtf = "".join(f"\\u{ord(one)}?" if ord(one) > 127 else one for one in text.replace("\n", "\\par\n"))
    (desk / "文件" / "奖励.rtf").write_text(f"{{\\rtf1\\ansi {rtf}}}", encoding="ascii")
    assert office("add", "文件").exit_code == 0
    result = office("mark", REPEALED, *DAY)
    assert result.exit_code == 3
    assert "文件/奖励.rtf：不能在RTF 文档里加标注" in result.stderr
    assert sorted(path.name for path in (desk / "标注").iterdir()) == [
        "奖励（已废止）.html",
        "科技奖励办法（已废止）.txt",
    ]
    assert office("mark", REPEALED, "-o", "一份.txt", *DAY).exit_code == 2


def test_help_names_both_uses(policylib: Run) -> None:
    page = policylib("mark").stdout
    assert "policylib mark list" in page
    assert "原件不动" in page
    assert "--listed" in policylib("mark", "copy", "--help").stdout


def test_copies_do_not_clear_the_list_when_all_is_read_again(office: Run, desk: Path) -> None:
    """The folder of copies lies in the folder that people add: the site is not changed by that."""
    office("mark", "--listed")
    before = office("mark", "list").stdout
    office("add", ".")
    assert office("mark", "list").stdout == before != ""


def test_the_interpretation_of_a_dead_policy_is_marked_and_leaves_the_list(office: Run, desk: Path) -> None:
    """What check asks, mark does: INT-13."""
    day = ("--as-of", "2026-06-30")
    text = (desk / "文件" / "政务公开办法解读.txt").read_text("utf-8")
    page = f"<html><body><p>{text.replace(chr(10), '</p><p>')}</p></body></html>"
    (desk / "文件" / "政务公开办法解读.txt").unlink()
    office("remove", "文件/政务公开办法解读.txt")
    (desk / "文件" / "解读.html").write_text(page, encoding="utf-8")
    office("add", "文件")
    assert "解读页面没有标注" in office("check", "--rule", "INT-13", *day).stdout
    said = (
        "【效力标注】所解读的文件《云泽市人民政府办公室关于印发〈云泽市政务公开办法〉的通知》（云政办发〔2021〕5号）"
        "已失效：有效期至2026年3月31日，自2026年4月1日起失效。"
    )
    assert said in office("mark", "list", *day).stdout
    assert "所解读的文件（据本库所知）没有废止、失效，不用标注" in office("mark", "文件/解读.html", *DAY).stderr
    assert office("mark", "文件/解读.html", *day).exit_code == 0
    (desk / "文件" / "解读.html").write_bytes((desk / "标注" / "解读（已失效）.html").read_bytes())
    office("add", "文件")
    listing = office("mark", "list", *day)
    assert "所解读" not in listing.stdout
    assert "已标注 1" in listing.stderr
    assert "解读页面没有标注" not in office("check", "--rule", "INT-13", *day).stdout
    assert f"已经标注“{said}”" in office("mark", "文件/解读.html", *day).stderr


def test_a_copy_that_lies_ready_is_told_and_not_made_twice(office: Run, desk: Path) -> None:
    assert "副本" not in office("mark", "list", *DAY).stdout
    assert "已写入 标注/科技奖励办法（已废止）.txt" in office("mark", "--listed", *DAY).stderr
    listing = office("mark", "list", *DAY)
    assert "   副本：已做（标注/科技奖励办法（已废止）.txt），尚未换上网站" in listing.stdout
    assert "要标注 1；副本已做、尚未换上网站的 1（" in listing.stderr
    (row,) = listed(office)
    assert row["copies"] == ["标注/科技奖励办法（已废止）.txt"]
    copied = desk / "标注" / "科技奖励办法（已废止）.txt"
    written = copied.stat().st_mtime_ns
    again = office("mark", "--listed", *DAY)
    assert "副本已做过，没有变化：标注/科技奖励办法（已废止）.txt" in again.stderr
    assert "已写入" not in again.stderr
    assert copied.stat().st_mtime_ns == written


def test_another_file_of_the_name_of_a_copy_is_none(office: Run, desk: Path) -> None:
    (desk / "标注").mkdir()
    (desk / "标注" / "科技奖励办法（已废止）.txt").write_text("别的文件", encoding="utf-8")
    assert "副本" not in office("mark", "list", *DAY).stdout
    office("mark", REPEALED, *DAY)
    assert "副本：已做（标注/科技奖励办法（已废止）-2.txt）" in office("mark", "list", *DAY).stdout


@pytest.mark.parametrize("folder", ["副本", "文件", "文件/已标"])
def test_a_copy_in_any_folder_is_no_page_that_was_marked(office: Run, desk: Path, folder: str) -> None:
    works = office("list").stdout
    told = office("mark", "--listed", "--to", folder, *DAY)
    assert f"“{folder}”文件夹里的副本不是网站上的页面，add 整个文件夹时不读" in told.stderr
    copied = f"{folder}/科技奖励办法（已废止）.txt"
    for place in (".", "文件"):
        added = office("add", place)
        assert added.exit_code == 0
        if place == "." or folder.startswith("文件"):
            assert f"略过 1 份 policylib 做的标注副本（{copied}）：副本不是网站上的页面，不算标注过" in added.stdout
    assert office("list").stdout == works
    (row,) = listed(office)
    assert (row["standing"], row["copies"]) == ("要标注", [copied])
    (desk / folder).rename(desk / "换了名") if folder == "副本" else None
    office("add", ".")
    assert len(listed(office)) == 1, "moved, it is one still"


def test_copies_that_are_packed_for_the_site_are_no_pages_either(office: Run, desk: Path) -> None:
    office("mark", "--listed", "--to", "副本", *DAY)
    with zipfile.ZipFile(desk / "交网站.zip", "w") as package:
        package.write(desk / "副本" / "科技奖励办法（已废止）.txt", "科技奖励办法（已废止）.txt")
    assert "略过 2 份 policylib 做的标注副本" in office("add", ".").stdout
    assert len(listed(office)) == 1


def test_what_the_site_gives_as_it_was_put_there_is_read_when_it_is_named(office: Run, desk: Path) -> None:
    """A docx or a pdf comes back byte by byte; a page of html bears what the site adds."""
    office("mark", "--listed", "--to", "副本", *DAY)
    (desk / "下载").mkdir()
    (desk / "下载" / "奖励.txt").write_bytes((desk / "副本" / "科技奖励办法（已废止）.txt").read_bytes())
    assert "略过 2 份" in office("add", ".").stdout
    assert len(listed(office)) == 1
    assert "新增 1" in office("add", "下载/奖励.txt").stdout
    assert listed(office) == []


def test_the_marked_original_in_the_place_of_the_old_one_is_the_site_s(office: Run, desk: Path) -> None:
    office("mark", "--listed", "--to", "副本", *DAY)
    (desk / ORIGINAL).write_bytes((desk / "副本" / "科技奖励办法（已废止）.txt").read_bytes())
    office("add", ".")
    assert listed(office) == []


def test_a_page_that_was_saved_anew_has_other_bytes(office: Run, desk: Path) -> None:
    office("mark", "--listed", "--to", "副本", *DAY)
    copied = (desk / "副本" / "科技奖励办法（已废止）.txt").read_text("utf-8")
    (desk / "下载").mkdir()
    (desk / "下载" / "奖励.txt").write_text(f"发布日期：2019-03-01\n{copied}", encoding="utf-8")
    office("add", ".")
    assert listed(office) == []


def test_what_may_have_ended_before_its_term_is_to_be_settled_first(office: Run, desk: Path) -> None:
    """A result swept away what it did not list; the term of the paper ran out later."""
    (desk / "兜底.txt").write_text(SWEEPING, encoding="utf-8")
    office("add", "兜底.txt")
    day = ("--as-of", "2026-06-30")
    doubt = (
        "请先核对：此前可能已因云政办发〔2023〕8号的兜底条款失效，待确认。"
        "确已废止的，写 policylib judge 云政办发〔2023〕8号 --accept 废止 云政办发〔2021〕5号；"
        "没有因此失效的，写 policylib judge 云政办发〔2021〕5号 --exempt 理由 --rule CLN-12"
    )
    assert doubt in office("mark", "list", *day).stdout
    assert doubt in office("mark", "云政办发〔2021〕5号", *day).stderr
    assert "此前可能已因" in office("status", "云政办发〔2021〕5号", *day).stdout
    office("judge", "云政办发〔2021〕5号", "--exempt", "办公室核过", "--rule", "CLN-12")
    for command in (("mark", "list"), ("status", "云政办发〔2021〕5号")):
        assert "兜底条款" not in office(*command, *day).stdout


def test_the_help_tells_how_all_that_is_listed_is_marked_and_where_to(office: Run) -> None:
    page = office("mark", "--help").stdout
    assert "policylib mark --listed --to" in page
    assert "policylib mark copy --help" in page


def test_a_folder_that_cannot_be_made_is_said_with_what_to_do(office: Run, desk: Path) -> None:
    """A file stands where the folder should: the same way out as in a folder that may only be read."""
    (desk / "占用").write_text("", encoding="utf-8")
    told = office("mark", REPEALED, *DAY, "--to", "占用/标注")
    assert (told.exit_code, told.stdout) == (1, "")
    assert f"无法建立文件夹 {desk / '占用' / '标注'}：" in told.stderr and "请换一个可写的位置" in told.stderr
