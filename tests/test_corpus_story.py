"""The library of corpus/ finds everything that STORY.md has planted, and nothing else."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

import pytest

import policylib
from policylib import readers
from policylib.extract import analyse
from policylib.extract.folding import title_key
from policylib.link import Linked, link
from policylib.link.cascade import cascade
from policylib.model import Analysis, Finding, Link, Office, Relation, Snapshot, Span, State, Status, Work
from policylib.rules import all_rules, audit
from policylib.rules.calendar import working_days
from policylib.rules.drafts import drafts
from policylib.rules.duties import plans
from tests.regold import CORPUS, DOCUMENTS, corpus_tables, golden_path, golden_text
from tests.rules.papers import snapshot_of_linked

EXPECTED: dict[str, Any] = tomllib.loads((CORPUS / "expected.toml").read_text("utf-8"))
AS_OF: date = EXPECTED["as_of"]
JURISDICTION = "东岭省/岚州市"
# Rules whose `about` is the cited number, not the subject's own.
ABOUT_CITED = (
    "currency.cites-repealed",
    "integrity.number-uncorroborated",
    "interpretation.contents",
    "interpretation.copied",
    "interpretation.dead-policy",
    "interpretation.facts",
    "interpretation.outdated",
)
LOSSES = {"whole": "失去依据", "part": "部分失去依据", "shaken": "上级依据动摇"}
SEVERITIES = {"error": "错误", "warning": "提醒", "info": "说明"}


def rows(kind: str) -> pytest.MarkDecorator:
    """Each row of this kind as a case, under its id of the story (documents under their file name)."""
    return pytest.mark.parametrize(
        "row", [pytest.param(row, id=row.get("id", row.get("file"))) for row in EXPECTED[kind]]
    )


@dataclass(frozen=True)
class Story:
    """The corpus, read, analysed, linked and audited."""

    analyses: dict[str, Analysis]
    texts: dict[str, str]
    links: dict[str, tuple[Link, ...]]
    linked: Linked

    @cached_property
    def works(self) -> dict[str, Work]:
        return {work.key: work for work in self.linked.works}

    @cached_property
    def files(self) -> dict[str, str]:
        """Hash to file name."""
        return {analysis.source.sha256: name for name, analysis in self.analyses.items()}

    @cached_property
    def held(self) -> dict[str, Work]:
        """File name to work."""
        return {self.files[sha256]: work for work in self.linked.works for sha256 in work.documents}

    @cached_property
    def snapshot(self) -> Snapshot:
        analyses = {one.source.sha256: one for one in self.analyses.values()}
        return snapshot_of_linked(
            self.linked,
            self.texts,
            analyses,
            self.links,
            as_of=AS_OF,
            tables=corpus_tables(),
            jurisdiction=JURISDICTION,
        )

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        return audit(self.snapshot, all_rules(corpus_tables(), Office(JURISDICTION))).findings

    @cached_property
    def faults(self) -> tuple[Finding, ...]:
        """All that fails, for information too, and all that the rules cannot tell; `test_scope` sees to what they
        cannot tell of interpretation.missing, paper by paper."""
        return tuple(
            one
            for one in self.findings
            if one.result == "fail" or (one.result == "unknown" and one.rule != "interpretation.missing")
        )

    def files_of(self, key: str) -> set[str]:
        work = self.works.get(key)
        return {self.files[sha256] for sha256 in work.documents} if work else set()

    def name_of(self, key: str) -> str:
        """A target as expected.toml writes it: a number, else 《title》."""
        work = self.works[key]
        return str(work.number) if work.number else f"《{work.title}》"

    def acts(self, file: str) -> list[Relation]:
        key = self.held[file].key
        return [
            one for one in self.linked.relations if one.source == key and one.mode == "act" and one.kind != "mentions"
        ]

    def about(self, finding: Finding) -> str:
        cited = finding.rule in ABOUT_CITED and finding.related
        return self.name_of(finding.related[0] if cited else finding.subject)


@pytest.fixture(scope="module")
def story() -> Story:
    analyses: dict[str, Analysis] = {}
    texts: dict[str, str] = {}
    links: dict[str, tuple[Link, ...]] = {}
    for path in sorted(DOCUMENTS.iterdir()):
        document = policylib.read(path)
        analyses[path.name] = analyse(document, corpus_tables())
        texts[document.source.sha256] = document.text
        links[document.source.sha256] = document.links
    linked = link(list(analyses.values()), texts.__getitem__, [], corpus_tables(), JURISDICTION)
    return Story(analyses, texts, links, linked)


def unblanked(text: str) -> str:
    return re.sub(r"[\s|]", "", text)


def places(text: str, words: str) -> list[Span]:
    """Where the words stand in the text, whatever blanks and line breaks are between them."""
    origins = [at for at, character in enumerate(text) if not character.isspace()]
    bare, wanted = "".join(text[at] for at in origins), unblanked(words)
    found = [match.start() for match in re.finditer(re.escape(wanted), bare)]
    return [Span(origins[at], origins[at + len(wanted) - 1] + 1) for at in found]


def day(moment: datetime | date | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment


# Documents -----------------------------------------------------------------------------------------------------


def test_the_story_tells_of_every_document(story: Story) -> None:
    assert set(story.analyses) == {row["file"] for row in EXPECTED["document"]}
    assert set(story.held) == set(story.analyses)


@rows("document")
def test_document(story: Story, row: dict[str, Any]) -> None:
    analysis = story.analyses[row["file"]]
    elements = analysis.elements
    assert analysis.role.value == row["role"]
    assert elements.title
    assert title_key(elements.title.value) == title_key(row["title"])
    assert (str(elements.number.value) if elements.number else None) == row.get("number")
    assert (elements.registration_number.value if elements.registration_number else None) == row.get("registration")
    if "dated" in row:
        assert elements.dated
        assert elements.dated.value == row["dated"]
    assert (day(elements.published.value) if elements.published else None) == row.get("published")


# What the audit may say of a policy without interpretation, by its place in the story.
SCOPES = {
    "应解读": {"fail"},
    "免予解读": {"exempt", "unknown"},  # 内部工作制度 named 办法: a person must say so
    "不在范围": {"exempt", "unknown"},
    "解读": set(),
}


@rows("document")
def test_scope(story: Story, row: dict[str, Any]) -> None:
    key = story.held[row["file"]].key
    results = {one.result for one in story.findings if one.rule == "interpretation.missing" and one.subject == key}
    assert results <= SCOPES[row["scope"]]


# Links ---------------------------------------------------------------------------------------------------------


def by_title(relation: Relation) -> bool:
    """Whether the own title says it, 关于重新公布《X》的通知. The words say it again further down."""
    return relation.evidence.rule.startswith("title.")


@rows("link")
def test_link(story: Story, row: dict[str, Any]) -> None:
    found = [
        one for one in story.acts(row["source"])
        if one.kind == row["kind"] and story.name_of(one.target) == row["target"]
    ]  # fmt: skip
    assert len(found) == 1
    [relation] = found
    assert "detail" not in row or relation.detail == row["detail"]
    assert by_title(relation) or unblanked(row["words"]).split("。")[0] in unblanked(relation.evidence.quote)
    assert story.works[relation.target].held == row["held"]
    assert relation.repaired == row.get("repaired", False)


@rows("link")
def test_evidence_is_the_text(story: Story, row: dict[str, Any]) -> None:
    text = story.texts[story.analyses[row["source"]].source.sha256]
    found = story.acts(row["source"])
    assert found
    for evidence in (one.evidence for one in found):
        assert evidence.span.of(text) == evidence.quote
        assert text[: evidence.span.start].endswith(evidence.before)
        assert text[evidence.span.end :].startswith(evidence.after)


def test_no_other_relation(story: Story) -> None:
    found = {(file, one.kind, story.name_of(one.target)) for file in story.analyses for one in story.acts(file)}
    assert found == {(row["source"], row["kind"], row["target"]) for row in EXPECTED["link"]}


def test_nothing_stays_unresolved_but_the_planted_row(story: Story) -> None:
    """One row of one list has the title of one paper and the number of another."""
    planted = [row["about"] for row in EXPECTED["fault"] if row["rule"] == "cleanup.unmatched"]
    assert [one.source for one in story.linked.unresolved] == planted
    assert [one.reason for one in story.linked.unresolved] == ["文号与标题指向不同文件"]


# Status --------------------------------------------------------------------------------------------------------


def decisive_day(status: Status) -> date | None:
    """The day as expected.toml means it: of the repeal or change, the last day of validity, or the first one."""
    if status.state is State.EXPIRED and status.since:
        return status.since - timedelta(days=1)
    if status.state is State.NOT_YET and status.until:
        return status.until + timedelta(days=1)
    return status.until if status.state is State.IN_FORCE else status.since


@rows("status")
def test_status(story: Story, row: dict[str, Any]) -> None:
    if "file" in row:
        work = story.held[row["file"]]
    else:
        [work] = [one for one in story.linked.works if row["number"] in map(str, one.numbers)]
    found = story.snapshot.statuses[work.key]
    assert (found.state.value, decisive_day(found)) == (row["state"], row.get("on"))


# Interpretations -----------------------------------------------------------------------------------------------


@rows("interpretation")
def test_interpretation(story: Story, row: dict[str, Any]) -> None:
    policy, interpretation = story.held[row["policy"]], story.held[row["file"]]
    assert policy.drafter
    assert policy.drafter.names == (row["drafter"],)
    assert interpretation.interpreter == row["interpreter"]
    published, explained = day(policy.published), day(interpretation.published)
    elapsed = working_days(published, explained) if published and explained else None
    assert elapsed == row.get("working_days")


# Faults --------------------------------------------------------------------------------------------------------


def shown(finding: Finding) -> str:
    """The word before a finding in `check --all`."""
    return SEVERITIES[finding.severity] if finding.result == "fail" else "无法判断"


@rows("fault")
def test_fault(story: Story, row: dict[str, Any]) -> None:
    found = [
        one
        for one in story.faults
        if one.rule == row["rule"] and story.about(one) == row["about"] and row.get("says", "") in one.message
    ]
    assert len(found) == 1
    assert shown(found[0]) == row["shown"]
    involved = {file for key in (found[0].subject, *found[0].related) for file in story.files_of(key)}
    assert {row["file"], row.get("also", row["file"])} <= involved


def test_no_other_fault(story: Story) -> None:
    found = sorted((one.rule, story.about(one), shown(one)) for one in story.faults)
    assert found == sorted((row["rule"], row["about"], row["shown"]) for row in EXPECTED["fault"])


@rows("fault")
def test_a_fault_shows_the_words_it_stands_on(story: Story, row: dict[str, Any]) -> None:
    [found] = [
        one
        for one in story.faults
        if one.rule == row["rule"] and story.about(one) == row["about"] and row.get("says", "") in one.message
    ]
    assert found.evidence
    for evidence in found.evidence:
        assert evidence.span.of(story.texts[evidence.sha256]) == evidence.quote


def test_every_finding_shows_the_words_it_stands_on(story: Story) -> None:
    """Of rules that are off too, and of what is exempt or cannot be told."""
    tables = corpus_tables()
    off = tuple(rule.id for rule in all_rules(tables, Office(JURISDICTION)) if not rule.on)
    found = audit(story.snapshot, all_rules(tables, Office(JURISDICTION, rules_on=off))).findings
    assert set(off) & {one.rule for one in found}
    assert [(one.rule, one.result, one.subject) for one in found if not one.evidence] == []


@rows("twin")
def test_twin(story: Story, row: dict[str, Any]) -> None:
    key = story.held[row["file"]].key
    assert [one.message for one in story.faults if one.rule == row["rule"] and key in (one.subject, *one.related)] == []


CLEAN_LIST = "2023-lzjs-wenjian-qingli.txt"
MEASURES = "2022-lzmz-sheshi-guanli.html"
LINK = '<a href="2018-lzjs-zulin-butie-jiedu.html">《岚州市住房租赁补贴发放实施细则》政策解读</a>'
# What makes a twin clean: with other words in some papers, or without a paper, the rule speaks of it.
SPOILT: dict[str, tuple[str, str, dict[str, tuple[str, str] | None]]] = {
    "approved": ("cleanup.authority", MEASURES, {MEASURES: ("经市政府同意，", "")}),
    "announced apart": ("cleanup.count", CLEAN_LIST, {CLEAN_LIST: ("（其中1件不予公开，另行通知有关单位）", "")}),
    "each paper": ("cleanup.not-listed", CLEAN_LIST, {CLEAN_LIST: ("岚建发〔2020〕16号", "岚建发〔2020〕61号")}),
    "its own title": ("cleanup.unmatched", CLEAN_LIST, {CLEAN_LIST: ("老旧小区改造项目管理", "户外广告设置")}),
    "a term that runs on": (
        "cleanup.retained-expired",
        "2020-lzjs-laojiu-xiaoqu.html",
        {"2020-lzjs-laojiu-xiaoqu.html": ("2025年5月31日", "2023年5月31日")},
    ),
    "explained anew": (
        "interpretation.outdated", "2019-lzhj-paiwu-xinxi-jiedu.html", {"2024-lzhj-paiwu-jiedu.txt": None},
    ),
    "who counts": (
        "interpretation.contents",
        "2019-lzkj-qingnian-rencai-jiedu.html",
        {"2019-lzkj-qingnian-rencai-jiedu.html": ("在本市企业事业单位从事研究开发、不满40周岁的专业技术人员，", "")},
    ),
    "the next day": (
        "interpretation.late",
        "2022-lzmz-sheshi-jiedu.html",
        {"2022-lzmz-sheshi-jiedu.html": ("2022-07-21", "2022-08-01")},
    ),
    "said as it stands": (
        "interpretation.facts",
        "2017-lzjs-gongzufang-jiedu.html",
        {"2017-lzjs-gongzufang-jiedu.html": ("2017年12月1日", "2017年11月1日")},
    ),
    "linked": (
        "interpretation.links",
        "2018-lzjs-zulin-butie.html",
        {"2018-lzjs-zulin-butie.html": (LINK, "")},
    ),
    "one rung apart": (
        "currency.rests-on-repealed",
        MEASURES,
        {MEASURES: ("《岚州市养老服务体系建设规划（2022—2025年）》（岚政发〔2022〕9号）", "东政发〔2021〕14号文件")},
    ),
    "lost, not miswritten": (
        "number.form",
        "2018-lzkj-xiangmu-qingli-yanshou.txt",
        {"2018-lzkj-xiangmu-qingli-yanshou.txt": ("岚科发〔201812", "岚科发[2018]12号")},
    ),
    "a code of its own": (
        "number.other-issuer",
        "2022-lzmz-zhuanfa-yanglao.txt",
        {"2022-lzmz-zhuanfa-yanglao.txt": ("岚民发〔2022〕30号", "东民发〔2022〕30号")},
    ),
    "made good": (
        "validity.starts-early",
        "2024-lzmz-zhucan.html",
        {"2024-lzmz-zhucan.html": ("11月以来已经按原价付费的，由助餐点向老年人补差。", "")},
    ),
    "the day of the page": (
        "validity.dates-doubtful",
        "2017-lzkj-gongkai-fangan.txt",
        {"2017-lzkj-gongkai-fangan.txt": ("2017-6-29 16:05:12", "2017-9-12 16:05:12")},
    ),
    "the twentieth day": (
        "disclosure.late",
        "2022-lzsw-zaocan.html",
        {"2022-lzsw-zaocan.html": ("2022-10-14", "2022-10-17")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SPOILT)
def test_a_twin_is_near_the_fault(story: Story, case: str) -> None:
    rule, file, changes = SPOILT[case]
    assert any((row["rule"], row["file"]) == (rule, file) for row in EXPECTED["twin"])
    spoilt = changed(story, changes)
    key = spoilt.held[file].key
    assert [one.rule for one in spoilt.faults if one.rule == rule and key in (one.subject, *one.related)] != []


def changed(story: Story, changes: dict[str, tuple[str, str] | None]) -> Story:
    """The story with other words in some papers, or without them."""
    analyses, texts, links = dict(story.analyses), dict(story.texts), dict(story.links)
    for file, words in changes.items():
        texts.pop(analyses.pop(file).source.sha256)
        if words:
            old = (DOCUMENTS / file).read_bytes()
            assert words[0].encode() in old
            document = readers.read_bytes(old.replace(*(part.encode() for part in words)), file)
            analyses[file] = analyse(document, corpus_tables())
            texts[document.source.sha256] = document.text
            links[document.source.sha256] = document.links
    linked = link(list(analyses.values()), texts.__getitem__, [], corpus_tables(), JURISDICTION)
    return Story(analyses, texts, links, linked)


# Tasks and drafts ----------------------------------------------------------------------------------------------


@rows("task")
def test_task(story: Story, row: dict[str, Any]) -> None:
    [(_, duties)] = plans(story.snapshot, [story.held[row["file"]]])
    task = duties[row["place"] - 1]
    assert ("、".join(task.lead), task.latest) == (row["lead"], row.get("latest"))


def test_no_other_task(story: Story) -> None:
    found = [(story.files[one.evidence.sha256], one.place) for _, duties in plans(story.snapshot) for one in duties]
    assert sorted(found) == sorted((row["file"], row["place"]) for row in EXPECTED["task"])


def test_both_drafts_became_papers(story: Story) -> None:
    late, early = drafts(story.snapshot)
    assert early.final == story.held["2021-lzkj-xiangmu-guanli.docx"]
    assert (early.first, early.last, early.days) == (date(2021, 5, 17), date(2021, 6, 16), 31)
    assert late.final == story.held["2022-lzmz-sheshi-guanli.html"]
    assert (late.first, late.last, late.days) == (date(2022, 5, 16), date(2022, 5, 30), 15)


def test_a_draft_is_explained_by_its_own_notice(story: Story) -> None:
    rules = all_rules(corpus_tables(), Office(JURISDICTION, rules_on=("interpretation.draft",)))

    def told(of: Story) -> list[str]:
        found = audit(of.snapshot, rules).findings
        return [file for one in found if one.rule == "interpretation.draft" for file in of.files_of(one.subject)]

    notice = "2022-lzmz-sheshi-zhengqiu.html"
    assert told(story) == [notice]
    points = "征求意见稿作了规定，要点有三：一是面积；二是运营；三是补助。"
    assert told(changed(story, {notice: ("征求意见稿全文见附件。", points)})) == []


def test_tasks_past_their_day_are_told_when_the_office_asks(story: Story) -> None:
    """task.overdue is off until an office registers what is done."""
    rules = all_rules(corpus_tables(), Office(JURISDICTION, rules_on=("task.overdue",)))
    told = [one for one in audit(story.snapshot, rules).findings if one.rule == "task.overdue"]
    alive = {key for key, found in story.snapshot.statuses.items() if not found.state.dead}
    late = [
        row["file"]
        for row in EXPECTED["task"]
        if row.get("latest", AS_OF) < AS_OF and story.held[row["file"]].key in alive
    ]
    assert sorted(file for one in told for file in story.files_of(one.subject)) == sorted(late)


# The ladder ----------------------------------------------------------------------------------------------------


def test_a_repealed_plan_takes_the_whole_ladder_with_it(story: Story) -> None:
    rungs = [row for row in EXPECTED["cascade"] if "depth" in row]
    found = cascade(story.snapshot, [EXPECTED["cascade_top"]], depth=6)
    assert [(one.work.key, one.depth) for one in found] == [
        (story.held[row["file"]].key, row["depth"]) for row in rungs
    ]
    for one, row in zip(found, rungs, strict=True):
        assert story.name_of(one.path[0].target) == row["rests_on"]
        assert unblanked(row["words"]) in unblanked(one.path[0].evidence.quote)
        assert [story.name_of(step.target) for step in one.path] == [
            rung["rests_on"] for rung in reversed(rungs[: row["depth"]])
        ]
        assert [story.name_of(key) for key in one.others] == ([row["besides"]] if "besides" in row else [])
        assert row["outcome"] == (LOSSES[one.loss])


@pytest.mark.parametrize("depth", range(1, 6))
def test_impact_goes_as_deep_as_it_is_asked(story: Story, depth: int) -> None:
    found = cascade(story.snapshot, [EXPECTED["cascade_top"]], depth)
    assert [one.depth for one in found] == list(range(1, depth + 1))


def test_to_forward_a_paper_or_to_refer_to_it_is_not_to_rest_on_it(story: Story) -> None:
    spared = [row for row in EXPECTED["cascade"] if "depth" not in row]
    assert spared
    found = cascade(story.snapshot, [EXPECTED["cascade_top"]], depth=9)
    for row in spared:
        work = story.held[row["file"]]
        assert work.key not in {one.work.key for one in found}
        assert [one.kind for one in story.acts(row["file"]) if story.name_of(one.target) == row["rests_on"]] in (
            ["forwards"],
            ["reference"],
        )


# Repairs -------------------------------------------------------------------------------------------------------


@rows("repair")
def test_repair(story: Story, row: dict[str, Any]) -> None:
    analysis = story.analyses[row["file"]]
    [mention] = [one for one in analysis.numbers if unblanked(one.raw) == unblanked(row["raw"])]
    assert (str(mention.number), mention.repaired) == (row["number"], True)
    assert any(problem.rule == "repair.number" and problem.span == mention.span for problem in analysis.problems)


@rows("repair")
def test_corroboration(story: Story, row: dict[str, Any]) -> None:
    work = story.held[row["file"]]
    words = [
        one.corroboration for one in story.acts(row["file"])
        if one.repaired and story.name_of(one.target) == row["number"]
    ]  # fmt: skip
    if work.number and str(work.number) == row["number"]:
        words.append(work.number_corroboration)
    assert words
    if "corroborated_by" in row:
        whole = story.analyses[row["corroborated_by"]].numbers
        assert any(str(one.number) == row["number"] and not one.repaired for one in whole)
        assert all(words)
    else:
        assert not any(words)


# Near misses ---------------------------------------------------------------------------------------------------


@rows("near_miss")
def test_near_miss(story: Story, row: dict[str, Any]) -> None:
    analysis = story.analyses[row["file"]]
    found = places(story.texts[analysis.source.sha256], row["words"])
    kind = row["not_as"]
    assert found
    if kind == "number":
        assert [one.raw for one in analysis.numbers for place in found if place.overlaps(one.span)] == []
    elif kind == "number-of-page":
        assert analysis.elements.number is None
        assert row["target"] not in map(str, story.held[row["file"]].numbers)
    elif kind == "policy":
        [title] = re.findall(r"《(.+?)》", row["words"])
        assert [
            work.key for work in story.linked.works if work.title and title_key(work.title) == title_key(title)
        ] == []
    elif kind == "cleanup":
        assert analysis.role.value != "cleanup"
    elif kind == "expires":
        expires = analysis.elements.expires
        assert expires is None or not any(place.overlaps(expires.span) for place in found)
    else:
        wrong = [one for one in story.acts(row["file"]) if one.kind == kind]
        assert [one.target for one in wrong if row.get("target") in (None, story.name_of(one.target))] == []


def test_what_is_only_told_or_planned_changes_nothing(story: Story) -> None:
    told = {(one.source, one.target, one.kind) for one in story.linked.relations if one.mode != "act"}
    acted = {(one.source, one.target, one.kind) for one in story.linked.relations if one.mode == "act"}
    silent = {(source, target) for source, target, _ in told - acted}
    done = {(one.by, one.work) for one in story.linked.effects if one.kind != "plan" and one.by}
    assert not silent & done - {(source, target) for source, target, _ in acted}


# Golden analyses -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [path.name for path in sorted(DOCUMENTS.iterdir())])
def test_golden(name: str) -> None:
    golden = golden_path(DOCUMENTS / name)
    assert golden.is_file(), "no golden analysis: read it, then keep it (python -m tests.regold)"
    assert golden_text(DOCUMENTS / name) == golden.read_text("utf-8")
