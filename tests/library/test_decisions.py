"""What the meeting wrote into the table of proposals, as it comes back (domain.md §7)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from policylib.errors import JudgementError
from policylib.library import Library, ListReport
from policylib.library.decisions_said import outcome_said
from policylib.model import Judgement, State
from policylib.tables import toml_rows

MEASURES, AWARD = "云政办发〔2021〕5号", "云科字〔2019〕12号"
HEAD = "序号,文件名称,文号,成文日期,起草单位,效力,建议结论,理由,原文,此前会议决定,会议决定,编号\n"


def read(library: Library, folder: Path, *rows: str) -> ListReport:
    (folder / "清理建议.csv").write_bytes((HEAD + "".join(f"{row}\n" for row in rows)).encode("utf-8-sig"))
    return library.read_list(folder / "清理建议.csv", "张三")


def row(decision: str, proposal: str = "废止", drafter: str = "", name: str = MEASURES) -> str:
    return f"1,,{name},,{drafter},有效,{proposal},理由,,,{decision},{name}"


@pytest.mark.parametrize("line", toml_rows("lists.toml", array="outcome"), ids=lambda line: line["says"])
def test_decisions_are_known_by_their_words(line: dict[str, list[str]]) -> None:
    for words in (*line["words"], *line["examples"]):
        assert outcome_said(words) == line["says"], words
    assert [words for words in line["not_examples"] if outcome_said(words)] == []


def test_a_decision_is_kept_with_what_was_asked_besides(office: Library, tmp_path: Path) -> None:
    report = read(office, tmp_path, row("予以废止，由市科技局另行制定"))
    [one] = report.judgements
    assert (one.source, one.field, one.value, one.who) == (MEASURES, "decision", "废止", "张三")
    assert one.why == "清单 清理建议.csv 第2行：予以废止，由市科技局另行制定"
    assert (report.faults, report.idle) == ((), ())


def test_agreed_means_what_was_proposed(office: Library, tmp_path: Path) -> None:
    [one] = read(office, tmp_path, row("同意", "宣布失效")).judgements
    assert one.value == "宣布失效"


def test_a_decision_may_begin_with_agreement(office: Library, tmp_path: Path) -> None:
    [one] = read(office, tmp_path, row("同意修改，年底前完成", "废止")).judgements
    assert one.value == "修改"


def test_a_question_cannot_be_agreed_to(office: Library, tmp_path: Path) -> None:
    [fault] = read(office, tmp_path, row("同意", "待核实")).faults
    assert "会议决定“同意”，建议结论是“待核实”，看不出是哪一种" in fault.message


@pytest.mark.parametrize(("decision", "proposal"), [("修改或废止", "废止"), ("同意", ""), ("张局长定", "废止")])
def test_what_is_no_decision_costs_its_row(office: Library, tmp_path: Path, decision: str, proposal: str) -> None:
    report = read(office, tmp_path, row(decision, proposal))
    assert (report.judgements, [one.line for one in report.faults]) == ((), [2])
    assert "请写继续有效、延长有效期、修改、废止、宣布失效、待议之一" in report.faults[0].message


def test_rows_without_a_decision_say_nothing(office: Library, tmp_path: Path) -> None:
    report = read(office, tmp_path, row(""), row("废止", name=AWARD))
    assert [(one.source, one.value) for one in report.judgements] == [(AWARD, "废止")]
    assert report.blank == 1


def test_the_drafter_that_the_library_had_put_there_is_nobody_s_word(office: Library, tmp_path: Path) -> None:
    office.judge(Judgement("set", MEASURES, field="drafter", value="云泽市司法局", who="李四"))
    [one] = read(office, tmp_path, row("废止", drafter="云泽市司法局")).judgements
    assert one.field == "decision"
    changed = read(office, tmp_path, row("废止", drafter="云泽市财政局"))
    assert [(one.field, one.value) for one in changed.judgements] == [("drafter", "云泽市财政局")]


def test_a_meeting_changes_no_status(office: Library, tmp_path: Path) -> None:
    before = office.status(MEASURES, date(2022, 6, 1))
    read(office, tmp_path, row("废止"))
    assert office.status(MEASURES, date(2022, 6, 1)) == before
    assert before.state is State.IN_FORCE


def test_one_by_hand_must_be_a_decision_too(office: Library) -> None:
    with pytest.raises(JudgementError, match="会议决定应写"):
        office.judge(Judgement("set", MEASURES, field="decision", value="不知道"))


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("拟修改", "修改"),
        ("废 止", "废止"),
        ("延长", "延长有效期"),
        ("拟延长有效期", "延长有效期"),
        ("予以保留", "继续有效"),
    ],
)
def test_the_words_of_the_office_are_decisions_in_a_list_and_by_hand(
    office: Library, tmp_path: Path, written: str, kept: str
) -> None:
    [listed] = read(office, tmp_path, row(written)).judgements
    [said] = office.judge(Judgement("set", AWARD, field="decision", value=written))
    assert (listed.value, said.value) == (kept, kept)


@pytest.mark.parametrize("vague", ["原则同意", "原则同意，按会议意见修改后印发", "基本同意"])
def test_what_leaves_open_whether_it_is_changed_is_asked_about(office: Library, tmp_path: Path, vague: str) -> None:
    report = read(office, tmp_path, row(vague, "废止"))
    assert report.judgements == ()
    assert "没有别的意见的写“同意”，改了再办的写“修改，……”，没有定下来的写“待议”" in report.faults[0].message


def test_what_is_said_behind_a_decision_by_hand_belongs_to_the_reason(office: Library) -> None:
    with pytest.raises(JudgementError, match="后面的话写在 --why 里：--set 会议决定=废止 --why"):
        office.judge(Judgement("set", MEASURES, field="decision", value="废止，另行制定"))
