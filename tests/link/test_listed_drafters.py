"""Who drafted a paper, as a published cleanup list says in a column of its own (domain.md §6.2)."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from policylib.extract import analyse, analyse_text
from policylib.link import Linked, link
from policylib.model import Analysis, Block, Document, Drafter, Judgement, Source, Span
from tests.link.shelf import JURISDICTION, TABLES, paper, work

KEY = "岚政发〔2019〕8号"
TITLE = "岚州市人民政府关于促进青年人才的意见"
CITY = "岚州市人民政府"


def cleanup(
    drafter: str,
    number: str = "岚政发〔2022〕16号",
    column: str = "起草部门",
    named: str = KEY,
    day: str = "2022年6月20日",
) -> Document:
    """The city's list of what stays in force, with one paper and who drafted it."""
    lines: list[str | tuple[str, ...]] = [
        f"{CITY}关于公布规范性文件清理结果的通知", number, "各单位：", "现将清理结果公布如下。", CITY, day,
        "继续有效的规范性文件目录", ("序号", "文件名称", "文号", column), ("1", TITLE, named, drafter),
    ]  # fmt: skip
    text, blocks = "", []
    for line in lines:
        cells, spans, start = (line,) if isinstance(line, str) else line, [], len(text)
        for cell in cells:
            spans.append(Span(len(text), len(text) + len(cell)))
            text += cell + "\t"
        text = text[:-1] + "\n"
        kind = Block("paragraph", Span(start, len(text) - 1))
        blocks.append(kind if isinstance(line, str) else Block("row", kind.span, cells=tuple(spans)))
    return Document(Source(f"{number}.docx", number, "text/plain", "text"), text, tuple(blocks))


def shelve(*lists: Document, body: str = "请认真执行。", judgements: Sequence[Judgement] = ()) -> Linked:
    policy = paper(TITLE, KEY, "2019-03-04", body, CITY)
    analyses: list[Analysis] = [analyse_text(policy, TABLES), *(analyse(one, TABLES) for one in lists)]
    texts = {analyses[0].source.sha256: policy, **{one.source.sha256: one.text for one in lists}}
    return link(analyses, texts.__getitem__, judgements, TABLES, JURISDICTION)


def drafter(linked: Linked) -> Drafter | None:
    return work(linked, KEY).drafter


def names(linked: Linked) -> tuple[str, ...] | None:
    found = drafter(linked)
    return found and found.names


def test_a_column_of_the_list_says_who_drafted_a_paper_of_the_government() -> None:
    found = drafter(shelve(cleanup("市科技局")))
    assert found is not None
    assert (found.names, found.ladder, found.certainty) == (("岚州市科学技术局",), "E2", "stated")
    assert found.evidence.quote.split("\t") == ["1", TITLE, KEY, "市科技局"]


@pytest.mark.parametrize("column", ["实施部门", "责任单位", "起草（实施）部门"])
def test_who_carries_it_out_or_answers_for_it_is_nobodys_drafter(column: str) -> None:
    assert drafter(shelve(cleanup("市科技局", column=column))) is None


def test_what_the_paper_says_of_itself_stands_above_the_list() -> None:
    linked = shelve(cleanup("市科技局"), body="本意见由岚州市财政局负责起草。")
    assert names(linked) == ("岚州市财政局",)


def test_the_list_stands_above_a_sign_in_the_paper() -> None:
    linked = shelve(cleanup("市科技局"), body="本意见由岚州市财政局负责解释。")
    assert names(linked) == ("岚州市科学技术局",)


def test_a_persons_word_stands_above_the_list() -> None:
    said = Judgement("set", KEY, field="drafter", value="岚州市财政局", who="张三")
    assert names(shelve(cleanup("市科技局"), judgements=(said,))) == ("岚州市财政局",)


def test_a_row_that_a_person_rejected_says_nothing() -> None:
    said = Judgement("reject", "岚政发〔2022〕16号", kind="retains", target=KEY, who="张三")
    assert drafter(shelve(cleanup("市科技局"), judgements=(said,))) is None


def test_a_number_that_was_repaired_gives_no_drafter() -> None:
    assert drafter(shelve(cleanup("市科技局", named="岚政发〔20198号"))) is None


def test_two_lists_that_differ_leave_it_to_people() -> None:
    assert drafter(shelve(cleanup("市科技局"), cleanup("市财政局", "岚政发〔2023〕5号"))) is None


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_lists_that_agree_the_older_is_shown(turned: bool) -> None:
    lists = [cleanup("市科技局"), cleanup("岚州市科学技术局", "岚政发〔2023〕5号", day="2023年6月20日")]
    found = drafter(shelve(*(lists[::-1] if turned else lists)))
    assert found is not None
    assert (found.names, found.evidence.path) == (("岚州市科学技术局",), "岚政发〔2022〕16号.docx")
