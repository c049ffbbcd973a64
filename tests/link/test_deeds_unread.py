"""What a careful clerk would say, or ask, of papers whose end is told in words that no cue knows, beside papers that
live."""

from __future__ import annotations

import pytest

from policylib import analyse_text
from tests.link.deeds import NUMBERS, faults, shelf_after
from tests.link.shelf import held, paper

ASKED = [
    ("", "{A}、{B}完成历史使命，不再作为工作依据。", "A=F!没有读懂 B=F!没有读懂"),
    ("", "因工作需要，{A}即日起停用。", "A=F!没有读懂"),
    ("", "与此同时，{A}退出执行。", "A=F!没有读懂"),
    ("", "{A}暂不执行。", "A=F!没有读懂"),
    ("", "自2021年7月1日起取消{A}。", "A=F!没有读懂"),
    ("", "下列文件失去效力：{A}。", "A=F!没有读懂"),
    ("", "市科技局决定取消下列文件：\n1.{A}；\n2.{B}。", "A=F!没有读懂 B=F!没有读懂"),
    ("", "{A}和{B}自2021年7月1日起分别废止和暂停执行。", "A=F!没有读懂 B=F!没有读懂"),
    ("", "{A}在云台县停止执行。", "A=F!没有读懂"),
    ("", "{A}、{B}、{C}三份文件中，除{C}外均予废止。", "A=F!没有读懂 B=F!没有读懂"),
    ("关于公布规范性文件清理结果的通知", "经清理，{A}归入丙类。{B}继续有效。", "A=F!没有读懂 B=F"),
    ("", "{T}在新办法出台前继续执行。", "T=F T@2022-04-01=U!没有读懂"),
]
"""The doubt is shown; nothing is decided."""

ONE_OF_TWO = [
    ("", "保留{A}，废止{B}。", "A=F B=R"),
    ("", "{A}予以保留，同时废止{B}。", "A=F B=R"),
    ("", "{A}废止、{T}有效期延长至2024年3月31日。", "A=R T@2024-03-31=F"),
    ("", "{A}，以及{B}第六条、第七条同时废止。", "A=R B=P"),
    ("", "{A}照常执行，{B}第三条同时废止。", "A=F B=P"),
    ("", "{A}所列附件二及{B}同时废止。", "A=P B=R"),
    ("", "对已无执行对象的{A}，宣布失效。", "A=L"),
    ("", f"市科技局{NUMBERS['A']}、市财政局{NUMBERS['B']}两份文件随之废止。", "A=R B=R"),
    ("", "2016年8月22日市科技局局长办公会议通过的{A}和2017年3月2日市科技局发布的{B}同时废止。", "A=R B=R"),
    ("", "经评估，废止文件1件，即{A}；保留文件1件，即{B}。", "A=R B=F"),
    ("", "自2021年7月1日起中止执行{A}。", "A@2021-06-30=F A=S"),
]

LIVING = [
    ("", "不得以机构改革为由停止执行{A}。", "A=F"),
    ("", "任何单位不得擅自宣布{A}失效。", "A=F"),
    ("", "将{B}第二十条“{A}同时废止”修改为“本办法自2021年8月1日起施行”。", "A=F B=A"),
    ("", "删去{B}第三十条中的“{A}停止执行”。", "A=F"),
    ("", "{A}第十二条所称“失效”，是指证书超过有效期限。", "A=F"),
    ("", "同意你局停止执行{A}的请示。", "A=F"),
    ("", "{A}依照法定程序另行予以废止。", "A=F"),
    ("", "{A}施行期间签订的委托协议终止执行。", "A=F"),
    ("", "此前执行的{A}规定了标准。", "A=F"),
]

LISTS = [
    (
        "关于公布规范性文件清理结果的通知",
        "附件1\n予以废止的文件目录\n序号\t文件名称\t文号\n"
        f"1\t岚州市人才办法\t{NUMBERS['A']}\n附件2\n保留的文件目录\n序号\t文件名称\t文号\n"
        f"1\t岚州市科技奖励办法\t{NUMBERS['B']}",
        "A=R B=F",
    ),
    (
        "关于公布规范性文件清理结果的通知",
        "一、废止类\n{A}（理由：上位法已修改）\n二、保留类\n{B}",
        "A=R B=F",
    ),
    (
        "关于公布规范性文件清理结果的通知",
        f"附件：废止文件目录\n1.{NUMBERS['A']} 岚州市人才办法\n2.{NUMBERS['B']} 岚州市科技奖励办法",
        "A=R B=R",
    ),
    ("关于公布规范性文件清理结果的通知", "下列2件文件不再执行：\n——{A}\n——{B}", "A=R B=R"),
    (
        "关于公布规范性文件清理结果的通知",
        f"一、废止文件\n岚州市科学技术局关于印发《岚州市人才办法》的通知（{NUMBERS['A']}）",
        "A=R",
    ),
]


@pytest.mark.parametrize(("title", "body", "wanted"), [*ASKED, *ONE_OF_TWO, *LIVING, *LISTS])
def test_what_becomes_of_the_others(title: str, body: str, wanted: str) -> None:
    assert not faults(title, body, wanted)


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ("{A}同步失效，{B}仍按原规定执行。", "B"),
        ("上述文件除{C}外均予废止。", "C"),
        ("任何单位不得擅自宣布{A}失效。", "A"),
        ("{A}施行期间签订的委托协议终止执行。", "A"),
        ("为规范管理，限制并废除旧的做法，依据{A}，现公布项目如下：", "A"),
    ],
)
def test_nobody_is_asked_about_a_paper_that_lives(body: str, key: str) -> None:
    assert not held(shelf_after("", body), NUMBERS[key], "2021-12-31").flags


def test_a_cleanup_result_that_keeps_a_paper_raises_no_doubt() -> None:
    shelf = shelf_after("关于公布规范性文件清理结果的通知", "经清理，{A}等2件文件效力不变，{B}继续有效。")
    assert [held(shelf, NUMBERS[key], "2021-12-31").flags for key in "AB"] == [
        ("列为继续有效（2021-05-06，岚科发〔2021〕30号）",)
    ] * 2


def test_an_end_without_a_name_is_told_on_the_page() -> None:
    text = paper(
        "岚州市科学技术局关于印发《岚州市人才办法》的通知", "岚科发〔2021〕30号", "2021-05-06",
        "本办法自2021年7月1日起施行，原办法同时废止。",
    )  # fmt: skip
    [found] = [one for one in analyse_text(text).problems if one.rule == "end.unnamed"]
    assert found.span is not None
    assert found.span.of(text) == "原办法同时废止"


def test_an_end_with_a_name_is_no_riddle() -> None:
    text = paper(
        "岚州市科学技术局关于印发《岚州市人才办法》的通知", "岚科发〔2021〕30号", "2021-05-06",
        "本办法自2021年7月1日起施行，旧办法（岚科发〔2016〕31号）同时废止。",
    )  # fmt: skip
    assert not [one for one in analyse_text(text).problems if one.rule == "end.unnamed"]
