"""The corpus agrees with itself: documents, STORY.md, expected.toml, SOURCES.csv and tables/ tell one story."""

from __future__ import annotations

import csv
import importlib.util
import re
import sys
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import chinese_calendar
import pytest
from lxml import html

from policylib.model.number import DocumentNumber
from policylib.rules import all_rules

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
DOCUMENTS = CORPUS / "documents"
DATE_KINDS = ("dated", "published")
LINK_KINDS = {
    "basis", "reference", "forwards", "repeals", "lapses", "partly_repeals", "amends", "replaces", "extends",
    "republishes", "retains", "supplements", "interprets", "draft_of", "answers",
}  # fmt: skip
# The columns of STORY.md after the id, for each kind of row, as the keys of expected.toml.
STORY_COLUMNS = {
    "status": ("file|number", "state", "on"),
    "link": ("source", "kind", "target", "held", "words"),
    "interpretation": ("file", "policy", "drafter", "interpreter", "working_days"),
    "fault": ("rule", "shown", "file", "about", "why"),
    "twin": ("rule", "file", "why"),
    "repair": ("file", "raw", "number", "corroborated_by"),
    "near_miss": ("file", "words", "not_as", "target", "why"),
    "task": ("file", "place", "lead", "latest"),
    "cascade": ("depth", "file", "outcome", "rests_on", "words", "besides"),
    "asked": ("rule", "by", "file", "shown", "words", "twin", "why"),
}
EXPECTED: dict[str, Any] = tomllib.loads((CORPUS / "expected.toml").read_text("utf-8"))
LISTED: dict[str, dict[str, Any]] = {row["file"]: row for row in EXPECTED["document"]}
ROWS = {row["id"]: row for kind in STORY_COLUMNS for row in EXPECTED[kind]}


@cache
def builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("corpus_build", CORPUS / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


BUILT: dict[str, Any] = {source.output: source for source in builder().sources()}


@cache
def words_of(file: str) -> str:
    """The text of a document without blanks. A generated one is read from its source, whose bytes are proven below."""
    if file.endswith(".html"):
        page = html.document_fromstring((DOCUMENTS / file).read_text("utf-8"))
        text = "".join(str(piece) for piece in page.itertext())
    elif file.endswith(".txt"):
        text = (DOCUMENTS / file).read_text("utf-8")
    else:
        text = re.sub(r"(?m)^@\w+ ?", "", BUILT[file].body)
    return unblanked(text)


def planted(rule: str) -> set[str]:
    """The files that break this rule on purpose."""
    return {row["file"] for row in EXPECTED["fault"] if row["rule"] == rule}


def unblanked(text: str) -> str:
    return re.sub(r"\s", "", text)


def cited_words() -> Iterator[tuple[str, str, str]]:
    for row in EXPECTED["link"]:
        yield row["id"], row["source"], row["words"]
    for row in EXPECTED["repair"]:
        yield row["id"], row["file"], row["raw"]
    for kind in ("near_miss", "cascade"):
        yield from ((row["id"], row["file"], row["words"]) for row in EXPECTED[kind])


def story_rows() -> dict[str, tuple[str, ...]]:
    """The rows of STORY.md whose first cell is an id, and the rows of its list of files by their names."""
    rows = {}
    for line in (CORPUS / "STORY.md").read_text("utf-8").splitlines():
        if line.startswith("| "):
            cells = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            if cells[0] in LISTED or re.fullmatch(r"[A-Z]\d\d+", cells[0]):
                assert cells[0] not in rows, cells[0]
                rows[cells[0]] = tuple(cells[1:])
    return rows


def story_cell(row: dict[str, Any], column: str) -> str:
    value = next((row[key] for key in column.split("|") if key in row), "")
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)


def working_days(after: date, until: date) -> int:
    days = (after + timedelta(n) for n in range(1, (until - after).days + 1))
    return sum(chinese_calendar.is_workday(day) for day in days)


def test_sources_lists_exactly_the_files() -> None:
    with (CORPUS / "SOURCES.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    present = sorted(path.name for path in DOCUMENTS.iterdir())
    assert [row["file"] for row in rows] == present
    assert sorted(LISTED) == present
    for row in rows:
        assert row["format"] == Path(row["file"]).suffix[1:]
        assert row["role"] == LISTED[row["file"]]["role"]
        assert row["what"]


def test_sources_names_what_is_planted_in_each_file() -> None:
    planted: dict[str, set[str]] = {}
    for key, row in ROWS.items():
        for column in ("file", "source", "also"):
            if column in row:
                planted.setdefault(row[column], set()).add(key)
    with (CORPUS / "SOURCES.csv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            assert set(line["planted"].split()) == planted.get(line["file"], set()), line["file"]


@pytest.mark.parametrize("output", sorted(BUILT))
def test_build_reproduces_the_committed_bytes(output: str) -> None:
    if output.endswith(".pdf"):
        reportlab = pytest.importorskip("reportlab")
        if f"reportlab {reportlab.__version__}" != builder().MADE_WITH:
            pytest.skip(f"the pdf files were made with {builder().MADE_WITH}")
    assert builder().build(BUILT[output]) == (DOCUMENTS / output).read_bytes()


def test_every_docx_and_pdf_has_a_source() -> None:
    made = {path.name for path in DOCUMENTS.iterdir() if path.suffix in (".docx", ".pdf")}
    assert made <= set(BUILT)


def test_damage_takes_single_characters_between_latin_ones_and_marked_ones() -> None:
    damage = builder().damage
    assert damage("（岚政办发〔2017〕17号）要求") == "(岚政办发〔201717号)要求"
    assert damage("2017年6月29日") == "2017629"
    assert damage("3—5年，（各科室配合落实{）}") == "35年,(各科室配合落实"
    assert damage("清理结果{。}2017年年底前") == "清理结果2017年年底前"


def test_story_and_expected_list_the_same_rows() -> None:
    assert set(story_rows()) == {*ROWS, *LISTED}


@pytest.mark.parametrize("kind", STORY_COLUMNS)
def test_story_and_expected_say_the_same(kind: str) -> None:
    told = story_rows()
    for row in EXPECTED[kind]:
        assert told[row["id"]] == tuple(story_cell(row, column) for column in STORY_COLUMNS[kind]), row["id"]


@pytest.mark.parametrize("file", LISTED)
def test_story_lists_the_file_as_expected_does(file: str) -> None:
    row = LISTED[file]
    scope = row["scope"] + (f"（{row['reason']}）" if "reason" in row else "")
    columns = ("role", "number", "dated", "published", "registration")
    assert story_rows()[file] == (*(story_cell(row, column) for column in columns), scope)


@pytest.mark.parametrize(("key", "file", "words"), [pytest.param(*row, id=row[0]) for row in cited_words()])
def test_the_words_stand_in_the_file(key: str, file: str, words: str) -> None:
    assert unblanked(words) in words_of(file), key


@pytest.mark.parametrize("file", LISTED)
def test_elements_stand_in_the_file(file: str) -> None:
    row, text = LISTED[file], words_of(file)
    assert unblanked(row["title"]) in text
    if "registration" in row:
        assert row["registration"] in text
    damaged = file in BUILT and BUILT[file].damaged
    if damaged:
        text = unblanked(builder().whole(BUILT[file].body))
    if file in planted("number.form"):
        written = re.sub(r"[^\w]|第", "", text)
        assert re.sub(r"\W", "", row["number"]) in written
        assert row["number"] not in text
    elif "number" in row and row["number"] not in text:
        assert "令第" in row["number"]  # 岚州市人民政府令 and 第9号 stand on two lines
        assert row["number"].replace("令第", "令") in text.replace("令第", "令")
    if "dated" in row:
        day = row["dated"]
        assert f"{day.year}年{day.month}月{day.day}日" in text or "二〇一六年九月五日" in text


@pytest.mark.parametrize("file", LISTED)
def test_documents_are_signed_and_published_on_working_days(file: str) -> None:
    for kind in DATE_KINDS:
        if kind in LISTED[file]:
            assert chinese_calendar.is_workday(LISTED[file][kind]), (file, kind)


@pytest.mark.parametrize("file", [name for name in LISTED if {*DATE_KINDS} <= LISTED[name].keys()])
def test_publication_follows_the_signing_within_20_working_days(file: str) -> None:
    row = LISTED[file]
    assert row["dated"] <= row["published"]
    assert (working_days(row["dated"], row["published"]) > 20) == (file in planted("disclosure.late"))


def test_numbers_are_canonical_and_of_the_year_of_the_document() -> None:
    for file, row in LISTED.items():
        if "number" in row:
            number = DocumentNumber.parse(row["number"])
            assert str(number) == row["number"]
            of_its_year = number.year in (None, row["dated"].year)
            assert of_its_year == (file not in planted("number.year")), file
    for row in EXPECTED["repair"]:
        assert str(DocumentNumber.parse(row["number"])) == row["number"]


def test_only_the_planted_number_is_used_twice() -> None:
    numbers = [row["number"] for row in LISTED.values() if "number" in row]
    twice = {number for number in numbers if numbers.count(number) > 1}
    assert twice == {row["about"] for row in EXPECTED["fault"] if row["rule"] == "integrity.number-reused"}


def test_links_know_what_is_held() -> None:
    held = {row["number"] for row in LISTED.values() if "number" in row}
    for row in EXPECTED["link"]:
        assert row["kind"] in LINK_KINDS
        assert row["source"] in LISTED
        assert row["held"] == (row["target"] in held), row["id"]
        if not row["target"].startswith("《"):
            assert str(DocumentNumber.parse(row["target"])) == row["target"]
    assert {row["kind"] for row in EXPECTED["link"]} == LINK_KINDS


def test_no_link_is_listed_twice() -> None:
    links = [(row["source"], row["kind"], row["target"]) for row in EXPECTED["link"]]
    assert len(links) == len(set(links))


def test_no_citation_is_older_than_what_it_cites() -> None:
    dated = {row["number"]: row["dated"] for row in LISTED.values() if "number" in row}
    for row in EXPECTED["link"]:
        own = LISTED[row["source"]]
        cited = dated.get(row["target"])
        if cited and row["kind"] != "draft_of":
            assert cited <= own.get("dated", own.get("published")), row["id"]


def test_a_basis_that_was_dead_is_a_planted_fault() -> None:
    died: dict[str, date] = {}
    for row in EXPECTED["status"]:
        if row["state"] in ("废止", "失效（宣布）", "失效（有效期届满）"):
            died[row.get("number") or LISTED[row["file"]].get("number", "")] = row["on"]
    late = {
        (row["source"], row["target"])
        for row in EXPECTED["link"]
        if row["kind"] == "basis" and row["target"] in died
        if died[row["target"]] < LISTED[row["source"]]["dated"]
    }
    assert late == {
        (row["file"], row["about"]) for row in EXPECTED["fault"] if row["rule"] == "currency.cites-repealed"
    }


def test_every_policy_in_scope_is_interpreted_excused_or_a_fault() -> None:
    interpreted = {row["policy"] for row in EXPECTED["interpretation"]}
    missing = {row["file"] for row in EXPECTED["fault"] if row["rule"] == "interpretation.missing"}
    fresh = {row["file"] for row in EXPECTED["twin"] if row["rule"] == "interpretation.missing"}
    for file, row in LISTED.items():
        if row["scope"] == "应解读":
            assert (file in interpreted) + (file in missing) + (file in fresh) == 1, file
        elif row["role"] == "policy":
            assert file not in interpreted
        assert row["scope"] != "免予解读" or "reason" in row


@pytest.mark.parametrize("row", EXPECTED["interpretation"], ids=lambda row: row["id"])
def test_interpretations_come_after_so_many_working_days(row: dict[str, Any]) -> None:
    policy, own = LISTED[row["policy"]], LISTED[row["file"]]
    late = {fault["file"] for fault in EXPECTED["fault"] if fault["rule"] == "interpretation.late"}
    assert ("published" in policy) == ("working_days" in row)
    if "working_days" in row:
        assert working_days(policy["published"], own["published"]) == row["working_days"]
        assert (row["working_days"] > 3) == (row["file"] in late)


def test_interpreters_are_the_drafters_or_their_successors_but_for_the_planted_fault() -> None:
    with (CORPUS / "tables" / "organs.csv").open(encoding="utf-8", newline="") as file:
        successor = {row["name"]: row["target"] for row in csv.DictReader(file) if row["kind"] == "renamed"}
    wrong = {
        row["file"]
        for row in EXPECTED["interpretation"]
        if row["interpreter"] not in (row["drafter"], successor.get(row["drafter"]))
    }
    rules = ("interpretation.not-by-drafter", "interpretation.former-name")
    assert wrong == {row["file"] for row in EXPECTED["fault"] if row["rule"] in rules}


def test_every_rule_has_a_planted_fault_and_a_clean_twin() -> None:
    """The rows of 十一 have both, and say what it takes to ask: a setting, an office's list, or a draft."""
    registered = sorted(one.id for one in all_rules())
    asked = [row["rule"] for row in EXPECTED["asked"]]
    for kind in ("fault", "twin"):
        assert sorted({row["rule"] for row in EXPECTED[kind]} | set(asked)) == registered, kind
    assert len(asked) == len(set(asked))


def test_only_rules_that_are_not_asked_of_the_papers_as_they_lie_have_rows_of_their_own() -> None:
    by_setting = {row["rule"] for row in EXPECTED["asked"] if row["by"] == f'rules.on = ["{row["rule"]}"]'}
    assert by_setting == {one.id for one in all_rules() if not one.on}
    by_draft = {row["rule"] for row in EXPECTED["asked"] if row["by"].startswith("drafts/")}
    assert by_draft == {one.id for one in all_rules() if one.of_drafts}
    rest = [row for row in EXPECTED["asked"] if row["rule"] not in by_setting | by_draft]
    assert [(row["rule"], row["by"]) for row in rest] == [("interpretation.approval", "lists/jiedu-shenqian.csv")]


@pytest.mark.parametrize("row", EXPECTED["asked"], ids=lambda row: row["id"])
def test_what_is_asked_of_is_there(row: dict[str, Any]) -> None:
    for file in (row["file"], row["twin"]):
        assert (CORPUS / file).is_file() if file.startswith("drafts/") else file in LISTED
    assert row["by"].startswith("rules.on") or (CORPUS / row["by"]).is_file()
    assert row["file"] != row["twin"]


def test_a_twin_is_no_fault_by_the_same_rule() -> None:
    faults = {(row["rule"], file) for row in EXPECTED["fault"] for file in (row["file"], row.get("also"))}
    assert [row["id"] for row in EXPECTED["twin"] if (row["rule"], row["file"]) in faults] == []


def test_the_ladder_goes_down_one_rung_at_a_time() -> None:
    rungs = [row for row in EXPECTED["cascade"] if "depth" in row]
    assert [row["depth"] for row in rungs] == [1, 2, 3, 4, 5, 6]
    above = [EXPECTED["cascade_top"], *(LISTED[row["file"]]["number"] for row in rungs)]
    assert [row["rests_on"] for row in rungs] == above[:-1]


def test_repaired_numbers_stand_whole_where_the_story_says() -> None:
    for row in EXPECTED["repair"]:
        whole_in = {file for file in LISTED if row["number"] in words_of(file)}
        assert (row["corroborated_by"] in whole_in) if "corroborated_by" in row else not whole_in, row["id"]


def test_every_own_code_is_in_the_overlay() -> None:
    with (CORPUS / "tables" / "issuers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    known = {row["code"]: row["kind"] for row in rows}
    for row in rows:
        assert (DocumentNumber.parse(row["example"]).code or "").startswith(row["code"])
    for listed in LISTED.values():
        code = DocumentNumber.parse(listed["number"]).code or "" if "number" in listed else "岚政发"
        family = any(kind == "family" and code.startswith(prefix) for prefix, kind in known.items())
        assert code in known or family or code == "岚州市人民政府", code


def test_documents_are_of_real_length() -> None:
    for file in LISTED:
        assert 200 <= len(words_of(file)) <= 3000, (file, len(words_of(file)))
