"""That a bureau may repeal a paper of the government's office (CLN-10): one way to say it, and all commands obey."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_standing import UPWARDS

PAPER, ACT = "云政办发〔2021〕5号", "云科字〔2023〕6号"
WAY = f"policylib judge {PAPER} --exempt 理由 --rule CLN-10"
DRAFT = "关于做好政务公开工作的通知\n\n各科室：\n根据《云泽市政务公开办法》（云政办发〔2021〕5号），制定本办法。\n"


@pytest.fixture
def disputed(office: Run, desk: Path) -> Run:
    (desk / "policylib.toml").write_text('jurisdiction = "云岭省/云泽市"\n', encoding="utf-8")
    (desk / "文件" / "通知.txt").write_text(UPWARDS.format(words=""), encoding="utf-8")
    (desk / "稿.txt").write_text(DRAFT, encoding="utf-8")
    assert office("add", "文件").exit_code == 0
    return office


def test_the_finding_names_the_way(disputed: Run) -> None:
    for words in (("check", "--rule", "CLN-10"), ("rules", "CLN-10")):
        assert "被废止、修改的文号 --exempt 理由 --rule CLN-10" in disputed(*words).stdout


@pytest.mark.parametrize(
    "words",
    [
        (ACT, "--exempt", "经市政府同意", "--rule", "CLN-10"),
        (ACT, "--accept", "废止", PAPER, "--why", "经市政府同意"),
        (PAPER, "--accept", "废止", ACT, "--why", "经市政府同意"),
    ],
    ids=["on the act", "the relation", "the relation, from the other end"],
)
def test_what_would_change_nothing_is_refused_and_names_the_way(disputed: Run, words: tuple[str, ...]) -> None:
    told = disputed("judge", *words)
    assert told.exit_code == 2
    assert "没有登记" in told.stderr and WAY in told.stderr
    assert "还没有登记过意见" in disputed("judge", "--list").stderr


@pytest.mark.parametrize("held", [True, False])
def test_said_of_the_paper_it_settles_the_doubt_everywhere(disputed: Run, desk: Path, held: bool) -> None:
    if not held:
        disputed("remove", *(str(path) for path in (desk / "文件").iterdir() if "政务公开办法" in path.name))
    told = disputed("judge", PAPER, "--exempt", "经市政府同意", "--rule", "CLN-10", "--who", "张三")
    assert told.exit_code == 0
    assert "现在的效力：废止（2023-05-10 起）" in told.stdout
    status = disputed("status", PAPER).stdout
    assert "有权废止、修改：经市政府同意（人工登记）" in status and "效力待核实" not in status
    assert "[不适用]" in disputed("check", "--rule", "CLN-10", "--all").stdout
    if held:
        gate = disputed("check", "稿.txt").stdout
        assert "[错误] 依据的" in gate and "（有权废止：经市政府同意，人工登记）" in gate
    assert disputed("judge", PAPER, "--exempt", "", "--rule", "CLN-10").exit_code == 0
    assert "效力待核实" in disputed("status", PAPER).stdout


def test_the_draft_gate_tells_the_doubt(disputed: Run) -> None:
    gate = disputed("check", "稿.txt").stdout
    assert "[待核对] 不能判断是否有效：依据的" in gate and "云泽市科学技术局是部门" in gate
    assert "[错误]" not in gate
    refused = f"没有因此废止的，写 policylib judge {ACT} --reject 废止 {PAPER}"
    way = f"经制发机关或者它的上级同意的，写 {WAY}；{refused}"
    assert way in disputed("check", "稿.txt", "--format", "json").stdout
    assert f"效力待核实。{way}" in disputed("mark", "list").stdout


def test_a_rejected_end_tells_what_holds_then(disputed: Run) -> None:
    told = disputed("judge", ACT, "--reject", "废止", PAPER)
    assert "现在的效力：失效（有效期届满）（2026-04-01 起）" in told.stdout


def test_the_draft_gate_on_dates_and_second_repeals(office: Run, desk: Path) -> None:
    (desk / "稿.txt").write_text(
        "云泽市科学技术局关于废止有关文件的通知\n\n各科室：\n本通知自2027年1月1日起施行，有效期至2026年12月31日。\n"
        "《云泽市科技奖励办法》（云科字〔2019〕12号）同时废止。\n",
        encoding="utf-8",
    )
    gate = office("check", "稿.txt", "--as-of", "2024-06-30")
    assert "[错误] 2027-01-01起施行，有效期却到2026-12-31，施行以前就已届满" in gate.stdout
    assert "[说明] 本稿废止的" in gate.stdout and "已于2022-01-20废止" in gate.stdout
    assert gate.exit_code == 1


def test_that_nothing_was_found_is_said_once(office: Run, desk: Path) -> None:
    (desk / "稿.txt").write_text("关于开展检查的通知\n\n各科室：\n请做好检查。\n", encoding="utf-8")
    gate = office("check", "稿.txt")
    assert (gate.stdout + gate.stderr).count("没有发现问题") == 1
    assert "查过 1 份稿件" in gate.stderr
