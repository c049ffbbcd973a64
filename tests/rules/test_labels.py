"""The page of a paper says what has become of it (domain.md §7.3 CLN-05)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from policylib.model import Finding, Snapshot
from policylib.rules import all_rules, audit
from tests.link.shelf import TABLES, paper, snapshot
from tests.rules.papers import audited

OLD = ("岚州市科学技术局关于印发岚州市人才办法的通知", "岚科发〔2012〕8号", "2012-03-01")
END = paper(
    "岚州市科学技术局关于废止岚州市人才办法的通知", "岚科发〔2022〕5号", "2022-03-01",
    "《岚州市科学技术局关于印发岚州市人才办法的通知》（岚科发〔2012〕8号）自即日起废止。",
)  # fmt: skip


UNSEEN = "标注说已废止或者失效，而本库没有看到废止它、宣布它失效的文件，需要核对"


def page(label: str = "") -> str:
    return (f"有效性：{label}\n" if label else "") + paper(*OLD)


def on_pages(seen: Snapshot) -> Snapshot:
    """Every paper read from a web page."""
    return replace(seen, works=tuple(replace(work, paths=(f"{work.key}.html",)) for work in seen.works))


def found(seen: Snapshot) -> list[Finding]:
    return [one for one in audit(seen, all_rules(TABLES, seen.office)).findings if one.rule == "cleanup.label"]


def test_a_page_that_calls_a_repealed_paper_valid() -> None:
    [wrong] = found(on_pages(snapshot(page("有效"), END)))
    assert (wrong.result, wrong.severity, wrong.subject) == ("fail", "warning", OLD[1])
    assert "仍标注“有效”" in wrong.message
    assert wrong.evidence[0].quote == "有效"
    assert "自即日起废止" in wrong.evidence[-1].quote


def test_a_marked_page_whose_own_label_was_forgotten() -> None:
    mark = "【效力标注】本文件已废止：据岚科发〔2022〕5号，自2022年3月1日起废止。"
    [wrong] = found(on_pages(snapshot(f"{mark}\n{page('有效')}", END)))
    assert wrong.message.endswith("已于2022-03-01废止，本库所存网页标明了，页面自己的标签却仍标注“有效”")
    assert wrong.remedy == "请在网站后台把标签“有效”改为“废止”；改过的，重新保存网页再读入"


def test_a_page_that_says_nothing_of_a_repeal() -> None:
    [wrong] = found(on_pages(snapshot(page(), END)))
    assert wrong.message.endswith("已于2022-03-01废止，本库所存网页没有标注")


def test_of_a_paper_without_its_page_nobody_can_tell() -> None:
    seen = snapshot(page(), END)
    seen = replace(seen, works=tuple(replace(work, paths=(f"{work.key}.pdf",)) for work in seen.works))
    [asked] = found(seen)
    assert (asked.result, asked.severity, asked.subject) == ("unknown", "info", OLD[1])
    assert asked.message.startswith("不能判断网页标注没有：")
    assert asked.message.endswith("已于2022-03-01废止，本库存的是pdf，不是网页，看不出网上标明没有")
    assert "policylib mark list" in asked.remedy
    assert "自即日起废止" in asked.evidence[0].quote


@pytest.mark.parametrize("label", ["", "有效"])
def test_the_page_of_a_registered_paper_is_as_grave_as_when_it_runs_out(label: str) -> None:
    registered = "登记号：LZCR-2012-0100008\n" + page(label)
    [wrong] = found(on_pages(snapshot(registered, END)))
    assert (wrong.result, wrong.severity) == ("fail", "error")


def test_a_marked_page_is_right() -> None:
    assert found(on_pages(snapshot(page("废止"), END))) == []
    assert found(on_pages(snapshot(page("有效")))) == []


def test_a_page_that_knows_more_than_the_library() -> None:
    [asked] = found(on_pages(snapshot(page("已废止"))))
    assert (asked.result, asked.subject) == ("unknown", OLD[1])
    assert "本库未见" in asked.message


def test_a_label_is_quoted_as_it_is_printed() -> None:
    [wrong] = found(on_pages(snapshot(page("现行有效"), END)))
    assert "仍标注“现行有效”" in wrong.message


STATUTE = """\
---
title: "岚州市市容管理办法"
status: "{label}"
category: "地方性法规"
---
# 岚州市市容管理办法
2001年5月8日 岚州市第十二届人民代表大会常务委员会第五次会议通过
{later}
第一条　为了加强市容管理，制定本办法。
"""


def of_files(*texts: str) -> list[Finding]:
    return audited({f"{place}.md": text for place, text in enumerate(texts)}, "cleanup.label")


REVISED = "2019年3月29日 岚州市第十六届人民代表大会常务委员会第二次会议修订"


@pytest.mark.parametrize(("later", "told"), [(REVISED, True), ("", False)])
def test_a_label_may_be_that_of_an_older_version(later: str, told: bool) -> None:
    [asked] = of_files(STATUTE.format(label="废止或失效", later=later))
    assert ("文中列有后来的修订（2019-03-29），标注说的可能是修订前的旧版本" in asked.message) is told
    assert ("哪一个版本" in asked.remedy) is told


def test_what_a_database_marks_wrong_is_told_to_the_database() -> None:
    [asked] = of_files(STATUTE.format(label="废止或失效", later=""))
    assert asked.remedy.endswith("标错的，请通知标注的网站或者数据库更正")
    assert asked.basis == UNSEEN, "a congress keeps no key points of an office"


COUNCIL = """\
---
title: "岛屿客运管理办法"
status: "废止或失效"
{category}
---
# 岛屿客运管理办法
1995年5月8日 中华人民共和国{by}令第{serial}号发布
第一条　为了管理岛屿客运，制定本办法。
"""


@pytest.mark.parametrize(("by", "category"), [("国务院", ""), ("交通部", 'category: "行政法规"')])
def test_the_state_council_is_not_told_of_a_notice_of_its_office(by: str, category: str) -> None:
    [asked] = of_files(COUNCIL.format(by=by, serial=799, category=category))
    assert asked.basis == UNSEEN


def test_of_a_file_that_is_no_page_nobody_speaks_of_a_page() -> None:
    [asked] = of_files(STATUTE.format(label="废止或失效", later=""))
    assert "网页" not in asked.message + asked.remedy


def test_a_congress_is_not_told_of_a_notice_of_the_government() -> None:
    act = paper(
        "岚州市人民代表大会常务委员会关于废止岚州市市容管理办法的决定", "", "2022-03-01",
        "《岚州市市容管理办法》自即日起废止。", "岚州市人民代表大会常务委员会",
    )  # fmt: skip
    [wrong] = of_files(STATUTE.format(label="现行有效", later=""), act)
    assert wrong.result == "fail"
    assert "国办发" not in wrong.basis


def test_papers_of_others_are_theirs_to_mark() -> None:
    abroad = page("有效").replace("岚州市", "云泽市")
    assert found(on_pages(snapshot(abroad, END.replace("岚州市", "云泽市")))) == []


def test_a_page_that_alone_says_so_is_asked_about_as_what_nobody_has_seen() -> None:
    [asked] = found(on_pages(snapshot(page("废止"))))
    assert (asked.result, asked.basis.partition("；")[0]) == ("unknown", UNSEEN)
    assert "国办发〔2017〕24号" in asked.basis
