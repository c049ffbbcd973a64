"""Who agreed that a department ends a paper of the government (domain.md §7.3 CLN-10)."""

from __future__ import annotations

import re

import pytest

from policylib.model import Finding
from tests.link.shelf import paper, snapshot
from tests.rules.test_cleanup import CITY, GONE, found, listed, policy

GOVERNMENT = policy(GONE, "2012-01-01")
NAME = f"《{GONE[0]}》（{GONE[1]}）"
END = f"决定废止{NAME}。"


def asked(body: str) -> list[Finding]:
    act = paper("岚州市科学技术局关于废止有关文件的决定", "岚科发〔2022〕5号", "2022-03-01", body)
    return found(snapshot(act, GOVERNMENT), "cleanup.authority")


NEW = "《岚州市新办法》已经市政府同意，现印发给你们，请认真贯彻执行。\n第一条　制定本办法。\n"
AGREED = {
    "in the sentence": f"经市人民政府同意，{END}",
    "of the whole": f"{NEW}第二条　本办法自2022年4月1日起施行，{NAME}同时废止。",
    "in a meeting": f"经岚州市人民政府第12次常务会议研究同意，{END}",
    "by the party and the government": f"经市委、市政府同意，{END}",
    "by the province": f"报经东岭省人民政府批准，{END}",
    "of the repeal, at the end": f"一、{END}\n二、以上文件的废止已经市政府批准。",
    "by order of the government": f"受市政府委托，{END}",
}


@pytest.mark.parametrize("case", AGREED)
def test_an_organ_that_may_end_it_agreed(case: str) -> None:
    assert asked(AGREED[case]) == []
    nobody = re.sub("(?:研究)?(?:同意|批准|委托)", "知道", AGREED[case])
    assert [one.result for one in asked(nobody)] == ["fail"], "the words of consent make the difference"


BEYOND = {
    "nobody agreed": END,
    "an article asks for consent": f"一、{END}\n二、项目变更应当经市政府同意。",
    "an article speaks of approvals": f"一、{END}\n二、项目经市政府批准后实施。",
    "not yet": f"未经市政府同意的，按旧办法执行。\n{END}",
    "of something else": f"一、{END}\n二、市政府批准的资金照常拨付，预算经市政府同意。",
}


@pytest.mark.parametrize("case", BEYOND)
def test_consent_to_something_else_is_none(case: str) -> None:
    [beyond] = asked(BEYOND[case])
    assert (beyond.result, len(beyond.evidence)) == ("fail", 1)


@pytest.mark.parametrize("who", ["局党组", "局长办公会", "岚州市财政局", "东岭省科学技术厅"])
def test_who_may_not_end_it_may_not_agree_either(who: str) -> None:
    [beyond] = asked(f"经{who}研究同意，{END}")
    assert (beyond.result, f"文中说经{who}" in beyond.message) == ("fail", True)
    assert any(f"经{who}" in one.quote for one in beyond.evidence)


@pytest.mark.parametrize("who", ["", "领导小组"])
def test_where_it_does_not_say_who_it_is_asked(who: str) -> None:
    [open_] = asked(f"经{who}批准，{END}")
    assert (open_.result, "不能判断有没有权限" in open_.message) == ("unknown", True)


def test_a_list_stands_under_the_consent_of_its_paper() -> None:
    rows = listed("附件\n废止的规范性文件目录", GONE)
    body = f"经市政府同意，现将清理结果公布如下。\n{rows}"
    act = paper("岚州市科学技术局关于公布文件清理结果的通知", "岚科发〔2022〕5号", "2022-03-01", body)
    assert found(snapshot(act, GOVERNMENT), "cleanup.authority") == []
    alone = act.replace("经市政府同意，", "")
    assert [one.result for one in found(snapshot(alone, GOVERNMENT), "cleanup.authority")] == ["fail"]


def test_the_government_needs_nobody() -> None:
    act = paper("岚州市人民政府关于废止有关文件的决定", "岚政发〔2022〕5号", "2022-03-01", END, CITY)
    assert found(snapshot(act, GOVERNMENT), "cleanup.authority") == []
