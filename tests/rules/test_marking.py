"""Which originals are to be marked, with which words, and when a page counts as marked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylib.extract import analyse_text
from policylib.link.status import status
from policylib.marks import own_mark
from policylib.model import Effect, Evidence, Office, Snapshot, Span, State, Status, Work
from policylib.rules.context import Context
from policylib.rules.marking import marking, markings, sentence
from policylib.tables import builtin

World = Callable[[str], Snapshot]
DEAD = """
    policy 岚科字〔2016〕12号  《岚州市科技奖励办法》
    policy 岚政发〔2018〕28号  《岚州市人民政府关于废止部分文件的决定》
    status 岚科字〔2016〕12号  废止 2018-11-23 by 岚政发〔2018〕28号
"""
TODAY = date(2024, 6, 30)


def standings(snapshot: Snapshot) -> list[tuple[str, str]]:
    return [(one.work.key, one.standing) for one in markings(snapshot)]


def test_a_repealed_paper_of_which_no_page_says_so(world: World) -> None:
    (found,) = markings(world(DEAD))
    assert found.standing == "open"
    assert found.word == "废止"
    assert found.text == (
        "【效力标注】本文件已废止：据《岚州市人民政府关于废止部分文件的决定》（岚政发〔2018〕28号），自2018年11月23日起废止。"
    )
    assert found.status.decisive
    assert found.status.decisive.evidence


@pytest.mark.parametrize(
    ("page", "standing"),
    [
        ("有效性：有效", "contradicts"),
        ("有效性：部分失效", "contradicts"),
        ("有效性：废止", "marked"),
        ("公文时效：失效", "marked"),  # close enough
        ("文件状态：有效 失效 废止", "open"),  # the choices of the site's template (domain.md §0)
        ("该文件已被岚政发〔2018〕28号废止。", "marked"),
        ("【效力标注】本文件已废止：据岚政发〔2018〕28号，自2018年11月23日起废止。", "marked"),
        ("【效力标注】本文件已修改：据岚政发〔2017〕1号，自2017年3月1日起修改。", "contradicts"),
        ("索引号：LZ001/2016-00012", "open"),
    ],
)
def test_what_the_page_of_a_repealed_paper_says(world: World, page: str, standing: str) -> None:
    snapshot = world(f"{DEAD}\n    page 岚科字〔2016〕12号  {page}")
    assert standings(snapshot) == [("岚科字〔2016〕12号", standing)]


def test_what_a_page_says_is_shown_word_for_word(world: World) -> None:
    (found,) = markings(world(f"{DEAD}\n    page 岚科字〔2016〕12号  有效性：有效"))
    (said,) = found.said
    assert (said.says, said.evidence.before, said.evidence.quote) == ("有效", "有效性：", "有效")
    assert said.evidence.path == "岚科字〔2016〕12号-0.html"


def test_one_marked_page_is_enough(world: World) -> None:
    """The original stands in the library beside its marked copy."""
    snapshot = world(
        f"""{DEAD}
        page 岚科字〔2016〕12号  有效性：有效
        page 岚科字〔2016〕12号  【效力标注】本文件已废止：据岚政发〔2018〕28号，自2018年11月23日起废止。
    """
    )
    assert standings(snapshot) == [("岚科字〔2016〕12号", "marked")]


OWN = "【效力标注】本文件已废止：据岚政发〔2018〕28号，自2018年11月23日起废止。"


def marked_beside(world: World, label: str, *pages: str) -> Snapshot:
    """The page of the repealed paper that bears the mark and this label, and further pages of it."""
    more = "".join(f"\n    page 岚科字〔2016〕12号  {one}" for one in pages)
    snapshot = world(f"{DEAD}\n    page 岚科字〔2016〕12号  {label}{more}")
    work = snapshot.by_key["岚科字〔2016〕12号"]
    first = work.documents[0]
    text = f"{label}\n{OWN}\n{snapshot.texts[first].partition(chr(10))[2]}"
    analysis = analyse_text(text)
    source = replace(analysis.source, sha256=first, path=snapshot.analyses[first].source.path)
    return replace(
        snapshot, texts={**snapshot.texts, first: text},
        analyses={**snapshot.analyses, first: replace(analysis, source=source)},
    )  # fmt: skip


def test_a_page_that_is_marked_and_whose_label_says_the_contrary(world: World) -> None:
    snapshot = marked_beside(world, "公文时效：有效")
    (found,) = markings(snapshot)
    assert found.standing == "contradicts"
    assert [one.says for one in found.said] == ["废止", "有效"]
    assert [one.evidence.quote for one in found.wrong] == ["有效"]
    assert standings(marked_beside(world, "公文时效：废止")) == [("岚科字〔2016〕12号", "marked")]
    assert standings(marked_beside(world, "公文时效：有效", OWN)) == [("岚科字〔2016〕12号", "marked")]


@pytest.mark.parametrize(
    ("page", "standing"),
    [
        ("有效性：有效", "open"),
        ("有效性：已修改", "marked"),
        ("有效性：部分失效", "marked"),
        ("有效性：废止", "doubtful"),
    ],
)
def test_the_page_of_an_amended_paper(world: World, page: str, standing: str) -> None:
    """有效 is no lie of what was amended; 废止 is more than the library knows, and for a person to find out."""
    snapshot = world(DEAD.replace("废止 2018", "有效（已修改） 2018") + f"    page 岚科字〔2016〕12号  {page}")
    assert standings(snapshot) == [("岚科字〔2016〕12号", standing)]


@pytest.mark.parametrize("state", ["有效", "未知", "尚未生效", "暂停执行"])
def test_what_holds_or_is_not_known_is_never_listed(world: World, state: str) -> None:
    assert markings(world(DEAD.replace("废止 2018", f"{state} 2018"))) == ()


def test_what_is_cited_only_is_not_listed(world: World) -> None:
    snapshot = world(
        """
        policy 岚科字〔2016〕12号  《甲办法》  cited
        status 岚科字〔2016〕12号  废止 2018-11-23 by 岚政发〔2018〕28号
    """
    )
    assert markings(snapshot) == ()


# Interpretations ------------------------------------------------------------------------------------------------

EXPLAINED = f"{DEAD}\n    interpretation 甲  《〈岚州市科技奖励办法〉解读》  interprets 岚科字〔2016〕12号"
OF_POLICY = (
    "【效力标注】所解读的文件《岚州市科技奖励办法》（岚科字〔2016〕12号）已废止："
    "据《岚州市人民政府关于废止部分文件的决定》（岚政发〔2018〕28号），自2018年11月23日起废止。"
)


def of_interpretation(snapshot: Snapshot) -> list[tuple[str, str]]:
    return [(one.text, one.standing) for one in markings(snapshot) if one.work.role == "interpretation"]


def test_the_interpretation_of_a_dead_policy_is_to_be_marked(world: World) -> None:
    assert of_interpretation(world(EXPLAINED)) == [(OF_POLICY, "open")]


@pytest.mark.parametrize(
    ("page", "standing"),
    [
        (OF_POLICY, "marked"),
        ("时效状态：已失效", "marked"),
        ("《岚州市科技奖励办法》已于2018年11月23日废止。", "marked"),
        ("《岚州市人才公寓办法》已于2010年11月23日废止。", "open"),
        ("有效性：有效", "open"),  # of the page of an interpretation it says nothing
    ],
)
def test_what_the_page_of_an_interpretation_says(world: World, page: str, standing: str) -> None:
    assert [one for _, one in of_interpretation(world(f"{EXPLAINED}\n    page 甲  {page}"))] == [standing]


def test_the_interpretation_of_a_living_policy_is_not_listed(world: World) -> None:
    assert of_interpretation(world(EXPLAINED.replace("废止 2018", "有效（已修改） 2018"))) == []


@pytest.mark.parametrize("page", ["", OF_POLICY])
def test_an_interpretation_of_two_dead_policies_says_it_of_both(world: World, page: str) -> None:
    snapshot = world(
        f"""{EXPLAINED}  interprets 岚科字〔2016〕13号
        policy 岚科字〔2016〕13号  《岚州市科普办法》
        status 岚科字〔2016〕13号  废止 2019-11-23 by 岚政发〔2018〕28号
        page 甲  {page}
    """
    )
    ((said, standing),) = of_interpretation(snapshot)
    assert standing == "open"
    assert said.startswith(OF_POLICY[:-1] + "；《岚州市科普办法》（岚科字〔2016〕13号）已废止：据")
    assert own_mark(said) is not None
    assert of_interpretation(world_with(snapshot, said)) == [(said, "marked")]


def world_with(snapshot: Snapshot, said: str) -> Snapshot:
    """The same, where the file of 甲 says this at its head."""
    analysis = analyse_text(f"{said}\n《科技奖励办法》解读\n")
    work = replace(snapshot.by_key["甲"], documents=(analysis.source.sha256,), paths=("甲.html",))
    return replace(
        snapshot,
        works=tuple(work if one.key == "甲" else one for one in snapshot.works),
        texts={analysis.source.sha256: f"{said}\n《科技奖励办法》解读\n"},
        analyses={analysis.source.sha256: analysis},
    )


def test_the_interpretation_of_what_may_be_dead_is_verified_first(world: World) -> None:
    snapshot = world(EXPLAINED.replace("interprets 岚科字〔2016〕12号", "interprets 岚科字〔2016〕12号 repaired"))
    ((_, standing),) = of_interpretation(snapshot)
    assert standing == "doubtful"


def test_the_interpretation_of_a_paper_from_above_is_others_to_mark(world: World) -> None:
    snapshot = world(
        """
        policy 国发〔2010〕5号  《乙》  issuer 国务院
        interpretation 甲  interprets 国发〔2010〕5号
        status 国发〔2010〕5号  废止 2018-11-23 by 国发〔2018〕1号
    """
    )
    ours = Context(builtin(), Office(jurisdiction="山东省/淄博市"))
    assert [one.standing for one in markings(snapshot, ours)] == ["elsewhere", "elsewhere"]


def test_a_paper_whose_own_number_was_repaired_is_verified_first(world: World) -> None:
    (found,) = markings(world(DEAD.replace("《岚州市科技奖励办法》", "《岚州市科技奖励办法》  repaired")))
    assert found.standing == "doubtful"
    assert "待核实" in found.doubt


@pytest.mark.parametrize("certainty", ["repaired", "reported", "presumed"])
def test_a_status_that_rests_on_a_suspicion_is_verified_first(world: World, certainty: str) -> None:
    snapshot = world(DEAD)
    found = snapshot.statuses["岚科字〔2016〕12号"]
    assert found.decisive
    unsure = replace(found, decisive=replace(found.decisive, certainty=certainty))  # type: ignore[arg-type]
    (one,) = markings(replace(snapshot, statuses={found.work: unsure}))
    assert one.standing == "doubtful"


def test_papers_from_above_are_others_to_mark(world: World) -> None:
    snapshot = world(
        """
        policy 淄科字〔2016〕12号  《甲》  issuer 淄博市科学技术局
        policy 国发〔2010〕5号  《乙》  issuer 国务院
        status 淄科字〔2016〕12号  废止 2018-11-23 by 淄政发〔2018〕28号
        status 国发〔2010〕5号  废止 2018-11-23 by 国发〔2018〕1号
    """
    )
    ours = Context(builtin(), Office(jurisdiction="山东省/淄博市"))
    assert [(one.work.key, one.standing) for one in markings(snapshot, ours)] == [
        ("淄科字〔2016〕12号", "open"),
        ("国发〔2010〕5号", "elsewhere"),
    ]


def test_what_the_page_contradicts_comes_first(world: World) -> None:
    snapshot = world(
        """
        policy 岚科字〔2016〕12号  《甲》
        policy 岚科字〔2016〕13号  《乙》
        status 岚科字〔2016〕12号  废止 2018-11-23
        status 岚科字〔2016〕13号  失效（宣布） 2018-11-23
        page 岚科字〔2016〕13号  有效性：有效
    """
    )
    assert standings(snapshot) == [("岚科字〔2016〕13号", "contradicts"), ("岚科字〔2016〕12号", "open")]


# The words ------------------------------------------------------------------------------------------------------


ACT = Work("岚政发〔2018〕28号", "policy", True, title="关于清理〈文件〉的决定")
LATER = Work("岚政发〔2020〕3号", "policy", True, title="关于修改《甲办法》的通知")
PAPER = Work("甲", "policy", True, title="甲办法")


def effect(kind: str, day: date | None, by: Work | None = None, **more: object) -> Effect:
    quote = Evidence("0" * 64, "决定.docx", Span(0, 2), "……")
    return Effect(kind, "甲", day, day, by=by.key if by else None, evidence=quote, **more)  # type: ignore[arg-type]


BIRTH = effect("issue", date(2016, 6, 10))


@pytest.mark.parametrize(
    ("effects", "words"),
    [
        pytest.param(
            [effect("lapse", date(2018, 11, 23), ACT)],
            "本文件已失效：据《关于清理〈文件〉的决定》宣布，自2018年11月23日起失效。",
            id="declared without force",
        ),
        pytest.param(
            [effect("expiry", date(2021, 6, 9))],
            "本文件已失效：有效期至2021年6月9日，自2021年6月10日起失效。",
            id="expired",
        ),
        pytest.param(
            [effect("expiry", date(2021, 6, 9)), effect("extend", date(2020, 3, 1), LATER, until=date(2023, 6, 9))],
            "本文件已失效：据《关于修改〈甲办法〉的通知》，有效期延长至2023年6月9日，自2023年6月10日起失效。",
            id="extended, then expired",
        ),
        pytest.param(
            [effect("partial", date(2018, 11, 23), ACT, detail="第三条、第五条")],
            "本文件部分失效：据《关于清理〈文件〉的决定》，第三条、第五条自2018年11月23日起失效。",
            id="in part, the articles named",
        ),
        pytest.param(
            [effect("partial", date(2018, 11, 23), ACT)],
            "本文件部分失效：据《关于清理〈文件〉的决定》，部分内容自2018年11月23日起失效。",
            id="in part",
        ),
        pytest.param(
            [effect("amend", date(2018, 11, 23), ACT, detail="第六条"), effect("amend", date(2020, 3, 1), LATER)],
            "本文件已修改：据《关于清理〈文件〉的决定》，第六条自2018年11月23日起修改；"
            "据《关于修改〈甲办法〉的通知》，自2020年3月1日起修改，请与修改文件对照使用。",
            id="amended twice",
        ),
        pytest.param(
            [effect("amend", date(2018, 11, 23), ACT), effect("amend", date(2025, 3, 1), LATER)],
            "本文件已修改：据《关于清理〈文件〉的决定》，自2018年11月23日起修改，请与修改文件对照使用。",
            id="the second amendment lies ahead",
        ),
    ],
)
def test_the_words_of_a_mark(effects: list[Effect], words: str) -> None:
    found = status(PAPER, [BIRTH, *effects], TODAY)
    snapshot = Snapshot(TODAY, works=(ACT, LATER, PAPER), statuses={"甲": found})
    one = marking(snapshot, PAPER)
    assert one is not None
    assert one.text == f"【效力标注】{words}"
    mark = own_mark(one.text)
    assert mark is not None
    assert mark.says == one.word


@given(st.text(max_size=300), st.sampled_from([State.REPEALED, State.LAPSED, State.PARTIAL, State.AMENDED]))
def test_whatever_a_title_is_its_mark_is_known_as_one_sentence(title: str, state: State) -> None:
    kind = {State.REPEALED: "repeal", State.LAPSED: "lapse", State.PARTIAL: "partial", State.AMENDED: "amend"}[state]
    decisive = effect(kind, date(2018, 11, 23), ACT)
    found = Status("甲", TODAY, state, since=date(2018, 11, 23), decisive=decisive)
    snapshot = Snapshot(TODAY, works=(replace(ACT, title=title),))
    text = sentence(snapshot, found)
    assert own_mark(text) is not None
    assert text.find("。") == len(text) - 1
    assert "\n" not in text
