from datetime import date

import pytest

from policylib.model import Judgement, Snapshot
from policylib.rule_sets import Excuse, validity_profile
from policylib.rules.context import Context
from policylib.rules.expiry import months_before
from policylib.tables import builtin
from tests.rules.notices import findings, paper, papers, results

START = "本办法自2024年5月1日起施行"
OLD = "岚科规〔2019〕3号"


def cleanup(*lines: str, dated: str = "2024年6月1日") -> str:
    return "\n".join(
        [
            "岚州市科学技术局关于公布规范性文件清理结果的通知",
            "岚科发〔2024〕40号",
            "各区县科技局：",
            *lines,
            "岚州市科学技术局",
            dated,
            "（此件公开发布）",
        ]
    )


def extension(name: str, until: str) -> str:
    text = cleanup(f"经评估，{name}有效期延长至{until}。")
    return text.replace("公布规范性文件清理结果", "延长《岚州市实验室管理办法》有效期")


def old(clause: str = "本办法自2019年8月1日起施行，有效期至2024年7月31日。", **fields: str | bool) -> str:
    return paper(OLD, clause, dated="2019年6月3日", **fields)  # type: ignore[arg-type]


NAMED = "《岚州市科学技术局关于印发〈岚州市实验室管理办法〉的通知》（岚科规〔2019〕3号）"
RETAINED = ("下列文件继续有效：", NAMED)

# validity.term-missing (VAL-01) --------------------------------------------------------------------------------

MISSING = {
    "no term": (paper(clause=f"{START}。"), ("fail", "warning")),
    "a term of years": (paper(clause=f"{START}，有效期5年。"), None),
    "the term in the next sentence": (paper(clause=f"{START}。有效期5年。"), None),
    "a last day": (paper(clause=f"{START}，有效期至2029年4月30日。"), None),
    "an event that nobody can date": (
        paper(clause=f"{START}，至专项工作完成之日止。有效期届满自动失效。"), ("unknown", "info")),
    "months": (paper(clause=f"{START}，有效期36个月。"), None),
    "a term in an article of its own": (paper(clause=f"{START}。\n第四条　本办法有效期3年。"), None),
    "words that nobody reads": (paper(clause=f"{START}。\n第四条　本办法执行到期后另行研究。"), ("unknown", "info")),
    "the term of a licence is another matter": (
        paper(clause=f"许可证有效期为3年。\n第三条　{START}。"), ("fail", "warning")),
    "the closing articles are not at hand": (paper(clause="市科技局每年评选一次。"), ("unknown", "info")),
    "no registration number": (paper(clause=f"{START}。", registered=False), ("unknown", "info")),
    "neither kind nor clause known": (paper(clause="每年评选一次。", registered=False), None),
    "it only repeals another": (
        paper("岚科发〔2024〕3号", "本通知自印发之日起施行。", title="岚州市科技局关于废止《岚州市人才办法》的通知"),
        ("exempt", "info"),
    ),
    "before the rule set": (paper("岚科规〔2015〕3号", "本办法自2015年5月1日起施行。", dated="2015年3月4日"), None),
    "by order": (paper("岚州市人民政府令第9号", f"{START}。", issuer="岚州市人民政府", registered=False), None),
    "of another region": (paper("国科发〔2024〕3号", f"{START}。", issuer="科学技术部"), None),
    "undated": (paper(clause=f"{START}。", dated=""), None),
}  # fmt: skip


@pytest.mark.parametrize("case", MISSING)
def test_term_missing(case: str) -> None:
    text, wanted = MISSING[case]
    assert results(papers({"甲.txt": text}), "validity.term-missing") == ([wanted] if wanted else [])


def test_term_missing_shows_the_clause_and_the_rule_set() -> None:
    [finding] = findings(papers({"甲.txt": paper(clause=f"{START}。")}), "validity.term-missing")
    assert finding.message == "只规定了施行日期，没有规定有效期：有规范性文件登记号LZCR-2024-0100003"
    assert finding.basis == "《东岭省行政规范性文件管理办法》（东岭省人民政府令第286号）：规范性文件应当规定有效期"
    assert [one.quote for one in finding.evidence] == ["2024年5月1日起施行"]


def test_a_paper_of_a_later_day_is_not_there_yet() -> None:
    snapshot = papers({"甲.txt": paper(clause=f"{START}。")}, "2024-03-03")
    assert findings(snapshot, "validity.term-missing") == []


def test_a_later_paper_gives_the_term() -> None:
    later = extension("《岚州市实验室管理办法》（岚科规〔2024〕3号）", "2029年4月30日")
    snapshot = papers({"甲.txt": paper(clause=f"{START}。"), "乙.txt": later})
    [finding] = findings(snapshot, "validity.term-missing")
    assert (finding.subject, finding.result) == ("岚科规〔2024〕3号", "exempt")
    assert "已规定有效期至2029-04-30" in finding.message


def test_a_dead_paper_needs_no_term() -> None:
    text = old(clause="本办法自2019年8月1日起施行。")
    assert results(papers({"甲.txt": text}), "validity.term-missing") == [("fail", "warning")]
    repealed = papers({"甲.txt": text, "乙.txt": cleanup("决定下列文件予以废止：", NAMED)})
    assert OLD not in [one.subject for one in findings(repealed, "validity.term-missing")]


# validity.term-out-of-range (VAL-02) ---------------------------------------------------------------------------

RANGE = {
    "5 years": (paper(clause=f"{START}，有效期5年。"), None),
    "3 years": (paper(clause=f"{START}，有效期3年。"), None),
    "to the same day of the year": (paper(clause=f"{START}，有效期至2029年5月1日。"), None),
    "too long": (paper(clause=f"{START}，有效期10年。"), ("fail", "warning")),
    "too short": (paper(clause=f"{START}，有效期1年。"), ("fail", "warning")),
    "on trial for 2 years": (paper(clause=f"{START}，有效期2年。", name="岚州市实验室管理办法（试行）"), None),
    "on trial for 5 years": (
        paper(clause=f"{START}，有效期5年。", name="岚州市实验室管理办法（试行）"), ("fail", "warning")),
    "provisional for 5 years": (
        paper(clause=f"{START}，有效期5年。", name="岚州市科技奖励暂行办法"), ("fail", "warning")),
    "as a higher law sets it": (
        paper(clause=f"{START}，有效期与上级文件一致，有效期10年。"), ("exempt", "info")),
    "no registration number": (paper(clause=f"{START}，有效期10年。", registered=False), ("unknown", "info")),
    "from the day of printing to a day": (
        paper(clause="本办法自印发之日起施行，有效期至2029年4月30日。"), None),
}  # fmt: skip


@pytest.mark.parametrize("case", RANGE)
def test_term_out_of_range(case: str) -> None:
    text, wanted = RANGE[case]
    assert results(papers({"甲.txt": text}), "validity.term-out-of-range") == ([wanted] if wanted else [])


def test_term_out_of_range_says_how_long() -> None:
    text = paper(clause=f"{START}，有效期至2026年2月28日。")
    [finding] = findings(papers({"甲.txt": text}), "validity.term-out-of-range")
    assert finding.message == (
        "2024-05-01起施行，2026-02-28届满，有效期1年10个月，规定是3至5年：有规范性文件登记号LZCR-2024-0100003"
    )
    assert [one.quote for one in finding.evidence] == ["2024年5月1日起施行", "有效期至2026年2月28日"]


def test_it_ends_with_the_paper_that_it_rests_on() -> None:
    above = paper(
        "岚政规〔2024〕1号", f"{START}，有效期至2026年12月31日。", name="岚州市人才规定", issuer="岚州市人民政府"
    )
    below = paper(clause=f"根据《岚州市人才规定》（岚政规〔2024〕1号），制定本办法。{START}，有效期至2026年12月31日。")
    snapshot = papers({"甲.txt": above, "乙.txt": below})
    found = {one.subject: one for one in findings(snapshot, "validity.term-out-of-range")}
    assert found["岚政规〔2024〕1号"].result == "fail"
    assert found["岚科规〔2024〕3号"].result == "exempt"


# validity.evaluation-due (VAL-03) ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "wanted"),
    [("2024-01-30", []), ("2024-01-31", ["fail"]), ("2024-07-31", ["fail"]), ("2024-08-01", [])],
)
def test_evaluation_is_due_half_a_year_before_the_end(as_of: str, wanted: list[str]) -> None:
    found = findings(papers({"甲.txt": old()}, as_of), "validity.evaluation-due")
    assert [one.result for one in found] == wanted


def test_evaluation_due_counts_the_days() -> None:
    [finding] = findings(papers({"甲.txt": old()}, "2024-07-01"), "validity.evaluation-due")
    assert finding.message == "有效期至2024-07-31，还有30天，应在届满前评估"
    assert [one.quote for one in finding.evidence] == ["有效期至2024年7月31日"]


@pytest.mark.parametrize(
    ("dated", "wanted"),
    [("2024年6月1日", "exempt"), ("2022年6月1日", "fail")],
    ids=["retained in the last half year", "retained two years before"],
)
def test_a_cleanup_has_decided(dated: str, wanted: str) -> None:
    snapshot = papers({"甲.txt": old(), "乙.txt": cleanup(*RETAINED, dated=dated)})
    [finding] = findings(snapshot, "validity.evaluation-due")
    assert (finding.subject, finding.result) == (OLD, wanted)
    assert wanted == "fail" or "不等于延长有效期" in finding.message


def test_an_extended_term_ends_later() -> None:
    later = extension(NAMED, "2026年7月31日")
    assert findings(papers({"甲.txt": old(), "乙.txt": later}), "validity.evaluation-due") == []


def test_evaluation_of_a_doubtful_kind_is_unknown() -> None:
    assert results(papers({"甲.txt": old(registered=False)}), "validity.evaluation-due") == [("unknown", "info")]


def test_months_before_the_end_of_a_month() -> None:
    assert months_before(date(2024, 8, 31), 6) == date(2024, 2, 29)
    assert months_before(date(2024, 3, 15), 6) == date(2023, 9, 15)


# validity.expired (VAL-04) -------------------------------------------------------------------------------------

MARK = "【效力标注】本文件已失效：有效期至2024年7月31日，自2024年8月1日起失效。\n"
EXPIRED = {
    "nothing done": ({"甲.html": old()}, ("fail", "error")),
    "a file that is no page": ({"甲.docx": old()}, ("fail", "warning")),
    "a file that is no page and says the contrary": ({"甲.docx": old(page="有效性：有效")}, ("fail", "error")),
    "of a doubtful kind": ({"甲.html": old(registered=False)}, ("fail", "warning")),
    "the page says so": ({"甲.html": old(page="有效性：失效")}, None),
    "the page bears a mark": ({"甲.html": "本文件已失效\n" + old()}, None),
    "the page says that it goes on": ({"甲.html": old(page="有效性：有效（延续实施）")}, None),
    "it bears a mark and says that it goes on": (
        {"甲.html": MARK + old(page="有效性：有效（延续实施）")}, None),
    "it bears a mark and another label": ({"甲.html": MARK + old(page="有效性：有效")}, ("fail", "warning")),
    "another page of it is marked right": (
        {"甲.html": MARK + old(page="有效性：有效"), "乙.txt": MARK + old(page="有效性：失效")}, None),
    "the page says the contrary": ({"甲.html": old(page="有效性：有效")}, ("fail", "error")),
    "declared void afterwards": (
        {"甲.html": old(), "乙.txt": cleanup("下列文件宣布失效：", NAMED, dated="2024年8月20日")}, None),
    "extended in time": ({"甲.html": old(), "乙.txt": extension(NAMED, "2026年7月31日")}, None),
    "retained shortly before": ({"甲.html": old(), "乙.txt": cleanup(*RETAINED)}, None),
    "retained long before": (
        {"甲.html": old(), "乙.txt": cleanup(*RETAINED, dated="2021年6月1日")}, ("fail", "error")),
    "a later one of its name": ({"甲.html": old(), "乙.txt": paper()}, ("unknown", "info")),
    "a later one of its name by another": (
        {"甲.html": old(), "乙.txt": paper("岚财规〔2024〕3号", issuer="岚州市财政局")}, ("fail", "error")),
}  # fmt: skip


@pytest.mark.parametrize("case", EXPIRED)
def test_expired(case: str) -> None:
    files, wanted = EXPIRED[case]
    found = findings(papers(files, "2024-12-31"), "validity.expired")
    assert [(one.result, one.severity) for one in found if one.subject == OLD] == ([wanted] if wanted else [])


@pytest.mark.parametrize("path", ["甲.html", "甲.docx"])
def test_the_page_of_what_a_cleanup_saw_to_is_to_be_marked_all_the_same(path: str) -> None:
    seen = papers({path: old(), "乙.txt": cleanup(*RETAINED)}, "2024-12-31")
    assert findings(seen, "validity.expired") == []
    [told] = findings(seen, "cleanup.label")
    assert (told.subject, told.result) == (OLD, "fail" if path.endswith("html") else "unknown")
    assert "失效，本库" in told.message and "policylib mark list" in told.remedy


def test_the_last_day_is_still_valid() -> None:
    assert findings(papers({"甲.html": old()}, "2024-07-31"), "validity.expired") == []
    [finding] = findings(papers({"甲.html": old()}, "2024-08-01"), "validity.expired")
    assert finding.message == "有效期至2024-07-31，已满1天，本库未见延期、重新公布或者清理的文件"
    assert "第286号）：有效期届满自动失效" in finding.basis


def test_without_its_page_nobody_can_tell_whether_it_is_marked() -> None:
    [finding] = findings(papers({"甲.docx": old()}, "2024-08-01"), "validity.expired")
    assert finding.message == (
        "有效期至2024-07-31，已满1天，本库未见延期、重新公布或者清理的文件；"
        "本库存的是docx，不是网页，看不出网上标明没有"
    )
    assert "policylib mark list" in finding.remedy


def test_what_a_cleanup_said_of_it_before_is_told() -> None:
    kept = {"甲.html": old(), "乙.txt": cleanup(*RETAINED, dated="2021年6月1日")}
    [finding] = [one for one in findings(papers(kept, "2024-12-31"), "validity.expired") if one.subject == OLD]
    assert (
        "，届满后未见延期、重新公布；《岚州市科学技术局关于公布规范性文件清理结果的通知》（岚科发〔2024〕40号）"
        in finding.message
    )
    assert finding.message.endswith("曾列为继续有效（不延长有效期）")
    assert finding.evidence[0].quote == "有效期至2024年7月31日"
    assert "岚科规〔2019〕3号" in finding.evidence[1].quote


def test_a_catch_all_that_may_have_ended_it_before_is_told() -> None:
    sweeping = cleanup("凡未列入继续有效目录的规范性文件，一律废止。", dated="2021年6月1日")
    found = findings(papers({"甲.html": old(), "乙.txt": sweeping}, "2024-12-31"), "validity.expired")
    [finding] = [one for one in found if one.subject == OLD]
    assert (
        "可能届满前已因《岚州市科学技术局关于公布规范性文件清理结果的通知》（岚科发〔2024〕40号）的兜底条款失效"
        in finding.message
    )
    assert "一律废止" in finding.evidence[-1].quote


def test_a_wrong_label_is_shown() -> None:
    [finding] = findings(papers({"甲.html": old(page="有效性：有效")}, "2024-12-31"), "validity.expired")
    assert "本库所存页面仍标注“有效”" in finding.message
    assert [one.quote for one in finding.evidence] == ["有效期至2024年7月31日", "有效"]


def test_a_label_that_was_forgotten_beside_the_mark_is_shown() -> None:
    [finding] = findings(papers({"甲.html": MARK + old(page="有效性：有效")}, "2024-12-31"), "validity.expired")
    assert finding.message.endswith("，已满153天；本库所存网页标明了失效，页面自己的标签却仍标注“有效”")
    assert finding.remedy == "请在网站后台把标签“有效”改为“失效”；改过的，重新保存网页再读入"
    assert [one.quote for one in finding.evidence] == ["有效", MARK.strip(), "有效期至2024年7月31日"]


# validity.starts-early (VAL-05) --------------------------------------------------------------------------------

EARLY = {
    "before it was signed": (paper(clause="本办法自2024年1月1日起施行，有效期5年。"), ("fail", "warning")),
    "on the day": (paper(clause="本办法自2024年3月4日起施行，有效期5年。"), None),
    "from the day of printing": (
        paper(clause="本办法自印发之日起施行，有效期5年。", page="发布日期：2024-03-10"), None),
    "before the page": (
        paper(clause="本办法自2024年3月6日起施行，有效期5年。", page="发布日期：2024-03-10"), ("fail", "warning")),
    "a page of years later is no first publication": (
        paper(clause="本办法自2024年3月6日起施行，有效期5年。", page="发布日期：2026-03-10"), None),
    "it says that it looks back": (
        paper(clause="本办法自2024年1月1日起施行，有效期5年，此前少发的予以补发。"), ("exempt", "info")),
    "benefits may look back": (
        paper(clause="本办法自2024年1月1日起施行，有效期5年。", name="岚州市人才补贴办法"), ("exempt", "info")),
    "no registration number": (
        paper(clause="本办法自2024年1月1日起施行，有效期5年。", registered=False), ("unknown", "info")),
}  # fmt: skip


@pytest.mark.parametrize("case", EARLY)
def test_starts_early(case: str) -> None:
    text, wanted = EARLY[case]
    assert results(papers({"甲.txt": text}), "validity.starts-early") == ([wanted] if wanted else [])


def test_starts_early_shows_both_days() -> None:
    text = paper(clause="本办法自2024年1月1日起施行，有效期5年。")
    [finding] = findings(papers({"甲.txt": text}), "validity.starts-early")
    assert finding.message == "2024-01-01起施行，成文于2024-03-04，文中没有写明追溯"
    assert [one.quote for one in finding.evidence] == ["2024年1月1日起施行", "2024年3月4日"]


# validity.notice-short (VAL-06) --------------------------------------------------------------------------------

SHORT = {
    "58 days": (paper(clause="本办法自2024年5月1日起施行，有效期5年。"), None),
    "11 days": (paper(clause="本办法自2024年3月15日起施行，有效期5年。"), ("fail", "warning")),
    "from the day of printing": (paper(clause="本办法自印发之日起施行，有效期5年。"), ("fail", "warning")),
    "30 days after printing": (paper(clause="本办法自印发之日起30日后施行，有效期5年。"), None),
    "only by the page too short": (
        paper(clause="本办法自2024年4月5日起施行，有效期5年。", page="发布日期：2024-03-10"), ("unknown", "info")),
    "with the reason": (
        paper(clause="因公布后不立即施行将有碍本办法的执行，本办法自印发之日起施行，有效期5年。"), ("exempt", "info")),
    "an emergency": (
        paper(clause="本办法自印发之日起施行，有效期5年。", name="岚州市疫情防控办法"), ("exempt", "info")),
    "no registration number": (
        paper(clause="本办法自印发之日起施行，有效期5年。", registered=False), ("unknown", "info")),
    "the day of the page is not the paper's": (
        paper(clause="市科技局负责解释。", page="实施日期：2024-03-05"), None),
    "it starts before it was signed: VAL-05 asks": (
        paper(clause="本办法自2024年1月1日起施行，有效期5年。"), None),
}  # fmt: skip


@pytest.mark.parametrize("case", SHORT)
def test_notice_short(case: str) -> None:
    text, wanted = SHORT[case]
    assert results(papers({"甲.txt": text}), "validity.notice-short") == ([wanted] if wanted else [])


def test_notice_short_names_the_rule_set() -> None:
    text = paper(clause="本办法自2024年3月15日起施行，有效期5年。")
    [finding] = findings(papers({"甲.txt": text}), "validity.notice-short")
    assert finding.message == "2024-03-04成文，2024-03-15起施行，公布至施行不足30日，文中没有写明即行施行的理由"
    assert finding.basis.endswith("：自公布之日起30日以后施行")


# validity.dates-doubtful (VAL-07) ------------------------------------------------------------------------------

DOUBTFUL = {
    "whole": (paper(), None),
    "damaged sign-off": (paper(dated="202434"), ("fail", "warning")),
    "a term that cannot be": (paper(clause=f"{START}，有效期35年。"), ("fail", "warning")),
    "so too in a sentence of its own": (paper(clause=f"{START}。本办法有效期35年。"), ("fail", "warning")),
    "page and paper disagree": (paper(page="成文日期：2024-03-14"), ("fail", "warning")),
    "it ends before it begins": (paper(clause=f"{START}，有效期至2024年4月30日。"), ("fail", "warning")),
    "the term of a licence": (paper(clause=f"许可证有效期35年。\n第三条　{START}，有效期5年。"), None),
}


@pytest.mark.parametrize("case", DOUBTFUL)
def test_dates_doubtful(case: str) -> None:
    text, wanted = DOUBTFUL[case]
    assert results(papers({"甲.txt": text}), "validity.dates-doubtful") == ([wanted] if wanted else [])


def test_a_person_has_said_the_date() -> None:
    text = paper(clause=f"{START}，有效期35年。")
    said = Judgement("set", "岚科规〔2024〕3号", field="expires", value="2029-04-30")
    assert findings(papers({"甲.txt": text}, judgements=(said,)), "validity.dates-doubtful") == []


def test_a_doubtful_term_shows_its_words() -> None:
    [finding] = findings(papers({"甲.txt": paper(clause=f"{START}，有效期35年。")}), "validity.dates-doubtful")
    assert "35年" in finding.message
    assert [one.quote for one in finding.evidence] == ["本办法自2024年5月1日起施行，有效期35年"]


def test_two_days_that_differ_are_both_shown() -> None:
    snapshot = papers({"甲.html": paper(page="成文日期：2024-03-14")})
    [finding] = findings(snapshot, "validity.dates-doubtful")
    assert [one.quote for one in finding.evidence] == ["2024-03-14", "2024年3月4日"]


END_ON_PAGE = "失效日期：{day}\n有效性：有效"


def with_page_end(day: str, as_of: str) -> Snapshot:
    return papers({"甲.html": old(page=END_ON_PAGE.format(day=day))}, as_of)


def test_an_end_that_the_page_gives_otherwise_is_told_and_the_paper_followed() -> None:
    snapshot = with_page_end("2026-07-31", "2025-01-10")
    assert snapshot.by_key[OLD].expires == date(2024, 7, 31)
    [finding] = findings(snapshot, "validity.dates-doubtful")
    assert finding.message == "页面所标失效日期2026-07-31与文件写明的有效期（至2024-07-31）不一致，请核对"
    assert ["有效期至2024年7月31日" in finding.evidence[0].quote, finding.evidence[1].quote] == [True, "2026-07-31"]
    assert results(snapshot, "validity.expired") == [
        ("unknown", "info")
    ]  # nobody is accused while the days are in doubt


def test_the_first_day_without_it_is_no_last_day() -> None:
    snapshot = with_page_end("2024-08-01", "2025-01-10")
    assert findings(snapshot, "validity.dates-doubtful") == []
    assert snapshot.by_key[OLD].expires == date(2024, 7, 31)
    assert snapshot.statuses[OLD].since == date(2024, 8, 1)


# The words of the national profile -----------------------------------------------------------------------------

EXCUSES = Context(builtin()).ruled(None, validity_profile).excuses


@pytest.mark.parametrize("row", EXCUSES, ids=lambda row: f"{row.rule} {row.where} {row.words[0]}")
def test_the_words_fit_their_examples(row: Excuse) -> None:
    assert row.examples
    assert row.not_examples
    assert all(any(word in example for word in row.words) for example in row.examples)
    assert not any(word in example for example in row.not_examples for word in row.words)
