from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylib.model import Finding, Office, Snapshot
from policylib.rules import all_rules, audit
from policylib.rules.numbers import FORM_FAULTS, form_faults
from tests.link.shelf import JURISDICTION, TABLES
from tests.rules.notices import findings, paper, papers, results

World = Callable[[str], Snapshot]


def found(snapshot: Snapshot, rule: str) -> list[Finding]:
    return [one for one in audit(snapshot).findings if one.rule == rule]


def verdicts(snapshot: Snapshot, rule: str) -> list[tuple[str, str]]:
    return [(one.result, one.severity) for one in found(snapshot, rule)]


# number.form ---------------------------------------------------------------------------------------------------

FORMS = {
    "岚科字〔2024〕3号": [],
    "岚科字﹝2024﹞3号": [],
    "岚科字〔2024〕 3 号": [],
    "陕科（社）函〔2024〕3号": [],
    "岚科字[2024]3号": ["年份应当用六角括号“〔〕”"],
    "岚科字（2024）3号": ["年份应当用六角括号“〔〕”"],
    "岚科字【2024】3号": ["年份应当用六角括号“〔〕”"],
    "岚科字〔2024]3号": ["年份应当用六角括号“〔〕”"],
    "岚科字〔2024〕03号": ["序号不编虚位"],
    "岚科字〔2024〕第3号": ["序号前不加“第”字"],
    "岚科字〔2024〕3": ["序号后应当有“号”字"],
    "岚科字[2024]第03": ["年份应当用六角括号“〔〕”", "序号前不加“第”字", "序号不编虚位", "序号后应当有“号”字"],
    "〔2024〕岚科提复3号": ["机关代字应当在年份前面"],
}


@pytest.mark.parametrize("written", FORMS)
def test_form(written: str) -> None:
    assert form_faults(written) == FORMS[written]


@given(st.text("岚科规〔〕[]（﹞第号 0123２", max_size=12))
def test_a_number_has_the_faults_whose_shapes_fit_it(rest: str) -> None:
    for written in (rest, f"岚科规〔2024{rest}", f"岚科规{rest}〕3号", f"{rest}〔2024〕3号"):
        bare = written.strip().replace("﹝", "〔").replace("﹞", "〕")
        assert form_faults(written) == [words for shape, words, _ in FORM_FAULTS if shape.search(bare)]


NUMBERS = {
    "on the paper": ("岚科字〔2024〕3号  written 岚科字[2024]3号", ("fail", "warning")),
    "on the page only": ("岚科字〔2024〕3号  on_page 岚科字[2024]3号", ("pass", "info")),
    "as it should be": ("岚科字〔2024〕3号  written 岚科字〔2024〕3号", None),
    "before the standard": ("岚科字〔1998〕3号  written 岚科字[1998]3号", None),
    "an announcement": ("岚州市公告〔2024〕3号  written 岚州市公告[2024]第3号", None),
    "damaged: NUM-05 asks": ("岚科字〔2024〕3号  written 岚科字[20243号  repaired", None),
    "号 left out": ("岚科字〔2024〕3号  written 岚科字〔2024〕3  repaired", ("fail", "warning")),
    "an order": ("岚州市人民政府令第9号  written 岚州市人民政府令第9号", None),
    "not at hand": ("岚科字〔2024〕3号", None),
}


@pytest.mark.parametrize("case", NUMBERS)
def test_number_form(world: World, case: str) -> None:
    line, wanted = NUMBERS[case]
    assert verdicts(world(f"policy {line}"), "number.form") == ([wanted] if wanted else [])


def test_number_form_says_all_at_once(world: World) -> None:
    [finding] = found(world("policy 岚科字〔2024〕3号  written 岚科字[2024]第03号"), "number.form")
    assert finding.message == (
        "本文件的文号写作“岚科字[2024]第03号”，应为岚科字〔2024〕3号："
        "年份应当用六角括号“〔〕”；序号前不加“第”字；序号不编虚位"
    )
    assert [one.quote for one in finding.evidence] == ["岚科字[2024]第03号"]


def test_the_number_of_another_region_is_not_ours_to_mend() -> None:
    theirs = paper("国科发字[2024]3号", issuer="科学技术部")
    assert results(papers({"甲.docx": theirs}), "number.form") == []
    assert results(papers({"甲.docx": paper("岚科规[2024]3号")}), "number.form") == [("fail", "warning")]


def test_the_text_of_a_page_is_not_the_paper() -> None:
    [finding] = findings(papers({"甲.html": paper("岚科规[2024]3号")}), "number.form")
    assert (finding.result, finding.severity) == ("fail", "info")
    assert finding.message.startswith("网页、电子稿上的文号写作“岚科规[2024]3号”")


STANDARDS = {
    "today": ("2024", "2024年3月4日", "[{}]3", "GB/T 9704-2012 7.2.5"),
    "on its first day": ("2012", "2012年7月1日", "[{}]3", "GB/T 9704-2012 7.2.5"),
    "the day before": ("2012", "2012年6月30日", "[{}]3", "GB/T 9704-1999"),
    "of the older one": ("2002", "2002年3月4日", "[{}]3", "GB/T 9704-1999"),
    "what the older one is not known to ask": ("2002", "2002年3月4日", "〔{}〕3", "现行格式要求"),
}


@pytest.mark.parametrize("case", STANDARDS)
def test_the_standard_of_its_day_is_quoted(case: str) -> None:
    year, day, written, standard = STANDARDS[case]
    number = f"岚科发{written.format(year)}{'' if case.startswith('what') else '号'}"
    found = findings(papers({"甲.docx": paper(number, dated=day)}), "number.form")
    assert [one.basis.startswith(standard) for one in found] == [True]


# number.year ---------------------------------------------------------------------------------------------------

YEARS = {
    "the same year": ("岚科字〔2024〕3号  dated 2024-03-01", None),
    "numbered at the end of the year": ("岚科字〔2023〕99号  dated 2024-01-03", ("fail", "info")),
    "two years apart": ("岚科字〔2022〕3号  dated 2024-03-01", ("fail", "error")),
    "an announcement": ("岚州市公告2020年第3号  dated 2024-03-01", ("fail", "error")),
    "an order without a year": ("岚州市人民政府令第9号  dated 2024-03-01", None),
    "number damaged": ("岚科字〔2022〕3号  repaired  dated 2024-03-01", None),
    "date damaged": ("岚科字〔2022〕3号  problem repair.date  dated 2024-03-01", None),
    "undated": ("岚科字〔2022〕3号  published 2024-03-01", None),
    "only cited": ("岚科字〔2022〕3号  cited  dated 2024-03-01", None),
}


@pytest.mark.parametrize("case", YEARS)
def test_number_year(world: World, case: str) -> None:
    line, wanted = YEARS[case]
    assert verdicts(world(f"policy {line}"), "number.year") == ([wanted] if wanted else [])


def test_number_year_shows_number_and_date() -> None:
    [finding] = findings(papers({"甲.txt": paper("岚科规〔2021〕3号")}), "number.year")
    assert finding.message == "文号岚科规〔2021〕3号是2021年的，成文日期是2024-03-04，相差3年"
    assert [one.quote for one in finding.evidence] == ["岚科规〔2021〕3号", "2024年3月4日"]


# number.other-issuer -------------------------------------------------------------------------------------------

ISSUERS = {
    "its own": ("国办发〔2024〕3号  issuer 国务院办公厅", None),
    "of another": ("国办发〔2024〕3号  issuer 科学技术部", ("fail", "warning")),
    "joint, one of them": ("国办发〔2024〕3号  issuer 科学技术部、国务院办公厅", None),
    "the title names it": ("国办发〔2024〕3号  《国务院办公厅关于促进消费的通知》  issuer 科学技术部", None),
    "shared by two cities": ("济政发〔2024〕3号  issuer 淄博市人民政府", None),
    "not in the table": ("岚未知发〔2024〕3号  issuer 科学技术部", None),
    "a county whose name begins alike": ("东政办发〔2024〕3号  issuer 日照市东港区人民政府办公室", None),
    "issuer unknown": ("国办发〔2024〕3号", None),
    "number damaged": ("国办发〔2024〕3号  issuer 科学技术部  repaired", None),
}


@pytest.mark.parametrize("case", ISSUERS)
def test_number_of_another(world: World, case: str) -> None:
    line, wanted = ISSUERS[case]
    assert verdicts(world(f"policy {line}"), "number.other-issuer") == ([wanted] if wanted else [])


NEIGHBOURS = {
    "of another organ of the city": ("岚民发〔2024〕3号  issuer 岚州市科学技术局", ("fail", "warning")),
    "of another organ's many": ("岚财教〔2024〕3号  issuer 岚州市科学技术局", ("fail", "warning")),
    "one of its own": ("岚科规〔2024〕3号  issuer 岚州市科学技术局", None),
    "an organ whose codes nobody knows": ("岚民发〔2024〕3号  issuer 岚州市档案局", None),
    "a code of the city that nobody knows": ("岚未知发〔2024〕3号  issuer 岚州市科学技术局", None),
    "the office's, of the government": ("岚政办发〔2024〕3号  issuer 岚州市人民政府", None),
    "a county of it": ("岚民发〔2024〕3号  issuer 岚州市澄江区科学技术局", None),
}


@pytest.mark.parametrize("case", NEIGHBOURS)
def test_codes_within_one_city(world: Callable[[str], Snapshot], case: str) -> None:
    """The first character stands in the name of every organ of the city: the rest must tell."""
    line, wanted = NEIGHBOURS[case]
    snapshot = replace(world(f"policy {line}"), office=Office(JURISDICTION))
    rules = [one for one in all_rules(TABLES, snapshot.office) if one.id == "number.other-issuer"]
    found = audit(snapshot, rules).findings
    assert [(one.result, one.severity) for one in found] == ([wanted] if wanted else [])


def test_a_page_that_re_posts_accuses_nobody() -> None:
    page = "发布机构：岚州市财政局"
    text = paper("国办发〔2024〕3号", title="关于促进消费的若干意见", issuer="", dated="", page=page, registered=False)
    assert results(papers({"甲.txt": text}), "number.other-issuer") == [("unknown", "info")]


# number.series-gap ---------------------------------------------------------------------------------------------


def test_gaps_are_asked_only_by_who_wants_it(world: World) -> None:
    snapshot = world("\n".join(f"policy 岚科字〔2024〕{serial}号" for serial in (1, 2, *range(4, 7), *range(9, 16))))
    assert found(snapshot, "number.series-gap") == []
    wanted = Office(rules_on=("number.series-gap",))
    [finding] = [one for one in audit(replace(snapshot, office=wanted)).findings if one.rule == "number.series-gap"]
    assert (finding.result, finding.severity) == ("fail", "info")
    assert finding.message == "岚科字〔2024〕收有12件，最大的是15号，缺3、7—8号"


def test_a_library_that_holds_little_of_a_series_misses_nothing(world: World) -> None:
    snapshot = world("\n".join(f"policy 岚科字〔2024〕{serial}号" for serial in (1, 5, 9, 30, 77)))
    wanted = replace(snapshot, office=Office(rules_on=("number.series-gap",)))
    assert [one for one in audit(wanted).findings if one.rule == "number.series-gap"] == []
