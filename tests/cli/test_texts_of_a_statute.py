"""A regulation of which two texts are held: 岚州市密码管理条例 of order 27, made anew by order 76."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.link.test_revising_orders import EARLIER, FIRST_ORDER, LATER, ORDER, TITLE

DRAFT = (
    "岚州市科学技术局关于做好密码工作的通知\n\n各有关单位：\n根据{name}，现就有关事项通知如下。\n\n"
    "岚州市科学技术局\n2024年12月20日\n"
)


@pytest.fixture
def statutes(policylib: Run, desk: Path) -> Run:
    for name, text in (("1999.txt", f"有效性：现行有效\n{EARLIER}"), ("2023.txt", LATER)):
        (desk / "文件" / name).write_text(text, encoding="utf-8")
    policylib("init")
    policylib("add", "文件")
    return policylib


def test_the_order_that_revised_it_finds_the_text_that_it_made(statutes: Run) -> None:
    shown = statutes("show", ORDER)
    assert shown.exit_code == 0
    assert f"修订令的文号：{ORDER}" in shown.stdout
    assert "施行日期：2023-07-01" in shown.stdout


@pytest.mark.parametrize("name", [f"《{TITLE}》（{ORDER}）", f"《{TITLE}》（{FIRST_ORDER}）", f"《{TITLE}》"])
def test_a_draft_may_cite_either_order(statutes: Run, desk: Path, name: str) -> None:
    (desk / "稿.txt").write_text(DRAFT.format(name=name), encoding="utf-8")
    found = statutes("check", "稿.txt", "--all").stdout
    assert f"本库有《{TITLE}》（{FIRST_ORDER}），有效" in found
    assert "请核对" not in found


def test_the_label_of_the_dead_text_is_told(statutes: Run) -> None:
    found = statutes("check", "--rule", "cleanup.label", "--all").stdout
    assert "1999年的文本已于2023-07-01被修订后的文本替代，本库所存文件仍标注“现行有效”" in found
    assert "2023年4月27日 岚州市人民政府令第76号修订" in found
    assert "本条例自【2023年7月1日起施行】" in found
    assert "标注也可能说的是这部法律、法规现行的文本" in found


def test_the_day_of_the_end_is_quoted_too(statutes: Run) -> None:
    for command in ("status", "show"):
        found = statutes(command, "文件/1999.txt").stdout
        assert "失效（已被修订）（2023-07-01 起）" in found
        assert "本条例自【2023年7月1日起施行】" in found


def test_the_title_alone_asks_which_text(statutes: Run) -> None:
    asked = statutes("status", TITLE)
    assert asked.exit_code == 1
    assert "（成文日期 1999-10-07，施行日期 1999-10-07）" in asked.stderr
    assert "（成文日期 2023-04-27，施行日期 2023-07-01）" in asked.stderr


def test_a_paper_of_no_day_that_cites_it_tells_the_texts_apart(statutes: Run, desk: Path) -> None:
    (desk / "文件" / "数据.txt").write_text(
        f"岚州市数据管理办法\n第一条 根据《{TITLE}》，制定本办法。\n第二条 管好数据。\n", encoding="utf-8"
    )
    statutes("add", "文件")
    shown = statutes("show", "岚州市数据管理办法").stdout
    assert f"《{TITLE}》（{FIRST_ORDER}）（成文日期 1999-10-07，施行日期 1999-10-07；编号 {FIRST_ORDER}#" in shown
