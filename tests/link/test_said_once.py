"""What a paper says of another in two places is one link of the stronger kind."""

from __future__ import annotations

import pytest

from tests.link.shelf import paper, said, shelve

LAW = "岚州市政府组织条例"
OLD = paper(
    "岚州市人民政府工作规则", "岚政发〔2018〕5号", "2018-05-09", "一、本规则自印发之日起施行。", issuer="岚州市人民政府"
)
NEW = paper(
    "岚州市人民政府关于修订《岚州市人民政府工作规则》的通知", "岚政发〔2018〕14号", "2018-09-25",
    f"现将修订后的规则印发给你们。\n一、新一届人民代表大会第一次会议选举产生的新一届市政府，根据《{LAW}》，结合实际，制定本规则。\n"
    f"二、会议纪律按照《{LAW}》执行。\n"
    "三、本规则自发布之日起施行。2018年5月9日印发的《岚州市人民政府工作规则》（岚政发〔2018〕5号）同时废止。",
    issuer="岚州市人民政府",
)  # fmt: skip


@pytest.mark.parametrize("reverse", [False, True])
def test_a_paper_rests_on_a_law_and_does_not_refer_to_it_besides(reverse: bool) -> None:
    linked = shelve(OLD, NEW, reverse=reverse)
    assert [kind for _, kind, target in said(linked) if target == f"《{LAW}》"] == ["basis"]


def test_new_rules_repeal_the_old_ones_and_do_not_amend_them() -> None:
    assert [kind for _, kind, target in said(shelve(OLD, NEW)) if target == "岚政发〔2018〕5号"] == ["repeals"]


def test_what_a_title_amends_is_amended_where_nothing_repeals_it() -> None:
    kept = NEW[: NEW.index("2018年5月9日印发")] + "\n岚州市人民政府\n2018年9月25日\n"
    assert ("岚政发〔2018〕14号", "amends", "岚政发〔2018〕5号") in said(shelve(OLD, kept))


def test_rules_that_carry_out_a_statute_rest_on_it() -> None:
    rules = "岚州市职工休假实施办法\n第一条 为了实施 《岚州市职工休假条例》 （以下简称条例），制定本实施办法。\n"
    [found] = said(shelve(rules))
    assert found[1:] == ("basis", "《岚州市职工休假条例》")
