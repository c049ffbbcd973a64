"""供稿单位 at the end of an interpretation: who wrote it, where nobody else is named as its interpreter."""

from __future__ import annotations

import pytest

from policylib.extract import analyse_text
from policylib.extract.contributors import contributors_in
from policylib.model import Elements

OPENING = "《岚州市渔船备案办法》政策解读\n岚州海关制定了《岚州市渔船备案办法》。现解读如下：一、主要内容规定了备案"


def elements(ending: str, opening: str = OPENING) -> Elements:
    return analyse_text(f"{opening}{ending}\n").elements


ENDINGS = {
    "in brackets behind the last sentence": "。（供稿单位：关税司、岚州海关）",
    "behind the last sentence": "。供稿单位：关税司、岚州海关",
    "behind a bracket": "（第九条）。）（供稿单位：关税司、岚州海关）",
    "on a line of its own": "。\n供稿单位：关税司、岚州海关",
    "above the tools of the page": "。\n（供稿单位：关税司、岚州海关）\n【打印本页】 【关闭窗口】",
    "before the tools of the page": "。供稿单位：关税司、岚州海关 浏览次数：12",
}


@pytest.mark.parametrize("case", ENDINGS)
def test_who_handed_in_the_words(case: str) -> None:
    found = elements(ENDINGS[case]).interpreter
    assert found is not None
    assert (found.value, found.rule, found.confidence) == ("关税司、岚州海关", "contributed.供稿单位", 0.6)


@pytest.mark.parametrize("label", ["报送单位", "撰稿单位", "撰稿", "供稿", "供稿部门"])
def test_other_words_for_it(label: str) -> None:
    found = elements(f"。{label}：岚州海关法规处").interpreter
    assert found is not None
    assert (found.value, found.rule) == ("岚州海关法规处", f"contributed.{label}")


@pytest.mark.parametrize(
    "ending", ["。供稿单位：关税司、税管局（东岭、岚州）", "。（供稿单位：关税司、税管局（东岭、岚州））"]
)
def test_brackets_within_a_name_stay_with_it(ending: str) -> None:
    found = elements(ending).interpreter
    assert found is not None
    assert found.value == "关税司、税管局（东岭、岚州）"
    assert contributors_in(found.value) == ("关税司", "税管局")


NOBODY = {
    "a person": "。撰稿：张三、李四",
    "words within a sentence": "，并写明供稿单位：岚州海关，由其核对。申报人照此填写。",
    "far from the end": "。供稿单位：岚州海关\n" + "\n".join(f"第{one}项说明。" for one in range(1, 9)),
}


@pytest.mark.parametrize("case", NOBODY)
def test_nobody_handed_it_in(case: str) -> None:
    assert elements(NOBODY[case]).interpreter is None


def test_who_is_named_as_interpreter_or_issues_it_goes_first() -> None:
    named = elements("。（供稿单位：关税司）\n解读单位：岚州海关").interpreter
    assert named is not None
    assert (named.value, named.rule) == ("岚州海关", "metadata.解读单位")
    issued = elements(
        "。（供稿单位：关税司）", OPENING.replace("《岚", "岚州海关关于《岚", 1).replace("》政策", "》的", 1)
    )
    assert issued.interpreter is not None
    assert issued.interpreter.value == "岚州海关"


def test_a_policy_has_no_interpreter() -> None:
    notice = "岚州海关关于做好备案的通知\n各单位：\n请认真执行。\n岚州海关\n2024年3月4日\n供稿单位：关税司\n"
    assert analyse_text(notice).elements.interpreter is None
