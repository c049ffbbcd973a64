"""The page of a paper says what has become of it (domain.md §7.3 CLN-05)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from policylib.model import Finding, Snapshot
from policylib.rules import all_rules, audit
from tests.link.shelf import TABLES, paper, snapshot

OLD = ("岚州市科学技术局关于印发岚州市人才办法的通知", "岚科发〔2012〕8号", "2012-03-01")
END = paper(
    "岚州市科学技术局关于废止岚州市人才办法的通知", "岚科发〔2022〕5号", "2022-03-01",
    "《岚州市科学技术局关于印发岚州市人才办法的通知》（岚科发〔2012〕8号）自即日起废止。",
)  # fmt: skip


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


def test_papers_of_others_are_theirs_to_mark() -> None:
    abroad = page("有效").replace("岚州市", "云泽市")
    assert found(on_pages(snapshot(abroad, END.replace("岚州市", "云泽市")))) == []
