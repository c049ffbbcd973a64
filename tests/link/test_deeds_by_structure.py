"""What a careful clerk would say of papers after one sentence, by the structure of the sentence; beside each death the
twin that lives."""

from __future__ import annotations

import pytest

from tests.link.deeds import NUMBERS, SHELF, STATES, faults, shelf_after
from tests.link.shelf import held, paper, shelve

WISHED = [
    ("关于市人才中心请示的批复", "同意你中心不再执行{A}文件的请示，请自行发文公布。", "A=F"),
    ("关于市人才中心请示的批复", "同意你中心废止岚科发〔2016〕31号文件的请求。", "A=F"),
    ("关于市人才中心请示的批复", "同意你中心停止执行{A}、{B}等2件文件的请示。", "A=F B=F"),
    ("关于市人才中心请示的批复", "原则同意你中心废止{A}和{B}的申请。", "A=F B=F"),
    ("", "市人大常委会审议了关于废止{A}、{B}的议案。", "A=F B=F"),
    ("", "经研究，同意废止{A}。", "A=R"),
    ("", "经研究，同意废止{A}、{B}等2件文件。", "A=R B=R"),
]
"""Who agrees to a request has not carried it out."""

REWRITTEN = [
    (
        "关于修改{T}的决定",
        "第九条改为“本办法自2019年4月1日起施行，有效期至2024年6月30日”。",
        "T@2024-06-30=A T@2024-07-01=E",
    ),
    (
        "关于修改{T}的决定",
        "一、将第九条修改为：“本办法自2019年4月1日起施行，有效期5年。”",
        "T@2024-03-31=A T@2024-04-01=E",
    ),
    (
        "关于修改{T}的决定",
        "一、删去第二条。\n二、第九条修改为：\n“第九条 本办法自2021年6月1日起施行，有效期三年。”",
        "T@2024-05-31=A T@2024-06-01=E",
    ),
    (
        "关于修改部分文件的决定",
        "一、{A}：删去第五条。\n二、{T}：第九条修改为“本办法有效期至2024年6月30日”。\n三、{B}：第三条改为“略”。",
        "T@2024-06-30=A T@2024-07-01=E A=A B=A",
    ),
    (
        "关于修改部分文件的决定",
        "一、{T}：删去第九条。\n二、{A}：第三条改为“本办法有效期至2030年6月30日”。",
        "T@2022-04-01=E",
    ),
    ("关于修改{T}的决定", "第五条改为“补贴期限至2024年6月30日”。", "T@2022-04-01=E"),
]
"""An article that gives the term may be rewritten as any other."""

LATER = [
    ("关于修改{A}的决定", "第三条改为“略”。\n本决定自2021年8月1日起施行。", "A@2021-07-31=F A@2021-08-01=A"),
    (
        "关于修改部分文件的决定",
        "一、{A}：“人才局”统一改为“人才中心”。\n二、{T}：第九条改为“本办法自2019年4月1日起施行，有效期5年”。\n"
        "本决定自2021年8月1日起施行。",
        "A@2021-07-31=F A@2021-08-01=A T@2024-03-31=A T@2024-04-01=E",
    ),
    (
        "关于废止部分条款的决定",
        "{A}第三条废止。\n本决定自2021年8月1日起施行。",
        "A@2021-07-31=F A@2021-08-01=P",
    ),
    ("", "{A}执行至2021年7月31日，次日起废止。", "A@2021-07-31=F A@2021-08-01=R"),
    ("", "{A}继续执行至2021年7月31日，到期后废止。", "A@2021-07-31=F A@2021-08-01=ER"),
]
"""A decision that takes effect later changes nothing before."""

QUOTED = [
    ("", "{T}执行期限由“2022年3月31日”调整为“2024年3月31日”。", "T@2024-03-31=F T@2024-04-01=E"),
    ("", "{T}有效期由“2022年3月31日”延长至“2024年3月31日”。", "T@2024-03-31=F T@2024-04-01=E"),
    ("", "将{T}的有效期由“至2022年3月31日”变更为“至2024年3月31日”。", "T@2024-03-31=F T@2024-04-01=E"),
    ("", "补贴申领期限由“2022年3月31日”调整为“2024年3月31日”，按{T}办理。", "T@2022-04-01=E"),
]

CLEANUP = "关于公布规范性文件清理结果的通知"
A, B, C = NUMBERS["A"], NUMBERS["B"], NUMBERS["C"]
NUMBERS_ALONE = [
    (
        "",
        f"一、下列文件停止执行：\n{A}（人才补贴办法）\n{B}（奖励办法）\n二、下列文件合并执行：\n{C}（孵化器规定）",
        "A=R B=R C=F",
    ),
    ("", f"以下文件自即日起废止：\n1.{A}\n2.{B}（仍适用）\n3.{C}", "A=R B=F C=R"),
    ("", f"下列文件宣布失效：\n（1）{A}；（2）{B}\n{C}另行规定。", "A=L B=L C=F"),
    ("", f"下列文件宣布失效：{A}；{B}（继续有效）；{C}。", "A=L B=F C=L"),
    (
        "",
        f"下列文件废止：\n1.{A}（其中第三条继续执行）\n2.《岚州市科技奖励办法》（{B}）（予以保留）\n3.{C}",
        "A=P B=F C=R",
    ),
    (CLEANUP, f"附件1　废止文件（2件）\n（1）{A}；（2）{B}\n附件2　继续有效文件（1件）\n{C}", "A=R B=R C=F"),
    (CLEANUP, f"一、宣布失效的文件\n{A}\n{B}（除第二条外）\n二、保留的文件\n{C}", "A=L B=P C=F"),
    (
        CLEANUP,
        f"附件2　修改文件（1件）\n{A}：删去第六条；第十条“科技局”改为“科学技术局”。\n附件3　继续有效文件\n{B}",
        "A=A B=F",
    ),
    (CLEANUP, f"继续有效：{A}。自2021年10月1日起宣布失效：{B}、{C}。", "A=F B@2021-09-30=F B=L C=L"),
    (CLEANUP, f"保留：{A}、{B}。自2021年10月1日起废止：{C}（其中收费部分继续执行的除外）。", "A=F B=F C=P"),
    (CLEANUP, f"拟废止：{A}、{B}。", "A=F B=F"),
    ("", f"下列文件应当于6月30日前重新公布，逾期未重新公布的，自2021年7月1日起失效：{A}、{B}。", "A=F B=F"),
    ("", f"逾期未重新公布的，下列文件自2021年7月1日起废止：\n{A}\n{B}", "A=F B=F"),
    (
        CLEANUP,
        f"附件1、附件2自2021年7月1日起生效。\n附件1　废止文件\n{A}\n附件2　继续有效文件\n{B}",
        "A@2021-06-30=F A=R B=F",
    ),
]
"""Lists whose items are numbers alone, and what stands in brackets behind one."""

TABLES_OF_NUMBERS = [
    (CLEANUP, f"类别\t文号\n现行有效\t{A}\n\t{B}\n自本通知印发之日起废止\t{C}\n\t{NUMBERS['T']}", "A=F B=F C=R T=R"),
    (CLEANUP, f"处理结果\t文号\t理由\n废止\t{A}\t任务完成\n\t{B}\t任务完成\n保留\t{C}\t", "A=R B=R C=F"),
    (CLEANUP, f"文号\t处理\n{A}\t废止\n{B}\t", "A=R B=F"),
    (
        CLEANUP,
        f"文件\t处理\t理由\n{A} 岚州市人才办法\t停止执行\t年检取消\n{B} 岚州市科技奖励办法\t不废止\t尚无新规定\n"
        f"{C} 岚州市孵化器管理规定\t第七条停止执行\t不符",
        "A=R B=F C=P",
    ),
    (CLEANUP, f"文件\t结论\n岚州市人才办法（{A}）\t废止\n岚州市科技奖励办法（{B}）\t暂不废止", "A=R B=F"),
]
"""Tables whose cells give the number alone or beside the title; a class that stands once is merged over those below."""

STOPPED = [
    ("", "因疫情自2021年5月10日起暂停执行的{A}，自2021年7月1日起恢复执行。", "A=F"),
    ("", "此前中止实施的{A}，即日起恢复实施。", "A=F"),
    ("", "自2020年5月1日起停止执行的{A}，自2021年7月1日起恢复执行。", "A=F"),
    ("", "{A}自2021年8月1日起暂缓适用，期限一年。", "A@2021-07-31=F A@2022-07-31=S A@2022-08-01=F"),
    ("", "自2021年8月1日起，{A}暂停执行，期限为三个月。", "A@2021-10-31=S A@2021-11-01=F"),
    ("", "{A}暂缓执行，暂缓期为6个月。", "A@2021-11-05=S A@2021-11-06=F"),
    ("", "{A}暂停执行。\n全面恢复{B}的执行。", "A=S B=F"),
    ("", "暂缓受理申请，期限一年，按{A}办理。", "A=F"),
]
"""What is stopped for a time, and what tells in passing that it was."""

ENDED = [
    ("", "{A}完成使命，予以收回。", "A=R"),
    ("", "此前联合印发的{A}即行停用。", "A=R"),
    ("", f"原市人才局{A}文件自然终止。", "A=R"),
    ("", "{A}文件与国家现行规定不符，归档备查，不再作为办事依据。", "A=R"),
    ("", "按照{A}发放的证书予以收回。", "A=F"),
    ("", "按照{A}签订的协议自然终止。", "A=F"),
    ("", "{A}规定的系统即行停用。", "A=F"),
    ("", "{A}试行情况良好，不待试行期满，现转为正式文件印发，原试行文本不再使用。", "A=R"),
    ("", "{A}试行效果良好，原试行版同时废止。", "A=R"),
    ("", "{A}运行以来效果明显，正式转为正式规定印发，原暂行规定停止执行。", "A=RF"),
    ("", "{T}总体可行，同意由试行转为正式施行，自2022年4月1日起按正式规定执行，文本不变。", "T@2023-04-01=F"),
    ("", "{T}从试行转为正式实施，有效期至2024年12月31日。", "T@2024-12-31=F T@2025-01-01=E"),
    ("", "各单位由试用转为正式聘用的人员，按{T}办理。", "T@2023-04-01=E"),
]

SOME_PARTS = [
    ("", "对{A}，保留第二章，其余各章废止。", "A=P"),
    ("", "{A}中涉及补贴的第二条至第五条予以保留，其余失效。", "A=P"),
    ("", "{A}第二条继续执行，其他条款废止。", "A=P"),
    ("", "{A}仅保留附件1，其余停止执行。", "A=P"),
    ("", "{A}第二章“企业奖励”于年底资金用罄，该章停止执行；第三章不受影响。", "A=P"),
    ("", "{A}附件2因机构改革已无实施对象，该附件同时废止。", "A=P"),
    ("", "{A}第三条已有新规定，该条自2021年7月1日起不再执行。", "A@2021-06-30=F A=P"),
    ("", "{A}第二条停止适用。", "A=P"),
    ("", "{A}文件中的收费目录清单不再执行，其余内容仍按原文件办理。", "A=P"),
    ("", "{A}附件2中“市人才局”的职责由市人社局承担，“市人才局”字样相应删除。", "A=A"),
    ("", "{A}中“市人才局”字样予以删除。", "A=A"),
    ("", "保留{A}，其余文件废止。", "A=F"),
    ("", "{A}第二章规定了奖励，该章由市人才局解释。", "A=F"),
    ("", "按照{A}第二章评定的等级，该项目停止执行。", "A=F"),
]

ROWS = [*STOPPED, *ENDED, *SOME_PARTS, *NUMBERS_ALONE, *TABLES_OF_NUMBERS, *WISHED, *REWRITTEN, *LATER, *QUOTED]


@pytest.mark.parametrize(("title", "body", "wanted"), ROWS)
def test_what_becomes_of_the_others(title: str, body: str, wanted: str) -> None:
    assert not faults(title.format(T="《岚州市创新券办法》", A="《岚州市人才办法》"), body, wanted)


LONGER = ["有效期再延长一年", "有效期继续延长一年", "执行期限顺延一年"]


@pytest.mark.parametrize("words", LONGER)
def test_a_second_extension_counts_from_the_end_that_the_first_gave(words: str) -> None:
    number = NUMBERS["T"]
    first = paper("关于延长有效期的通知", "岚科发〔2021〕30号", "2021-05-06", f"{number}有效期延长至2023年12月31日。")
    second = paper("关于再次延长有效期的通知", "岚科发〔2023〕9号", "2023-11-06", f"{number}{words}。")
    shelf = shelve(*SHELF, second, first)
    assert held(shelf, number, "2024-12-31").state is STATES["F"]
    assert held(shelf, number, "2025-01-01").state is STATES["E"]


ENDS = "第十九条 本规定自2021年6月1日起施行，岚科发〔2016〕31号即行废止。"


@pytest.mark.parametrize(
    ("title", "number", "dies"),
    [
        ("岚州市人才管理规定（草案送审稿）", "", False),
        ("岚州市人才管理规定\n（讨论稿）", "", False),
        ("岚州市人才管理规定（修订草案）", "", False),
        ("岚州市人才管理规定草案", "", False),
        ("岚州市人才管理规定（2021年5月审议稿）", "", False),
        ("代拟稿\n岚州市人才管理规定", "", False),
        ("关于印发《岚州市人才管理规定（送审稿）》的通知", "岚科发〔2021〕30号", False),
        ("岚州市人才管理规定", "岚科规〔2021〕 号", False),
        ("岚州市人才管理规定", "岚科规〔2021〕3号", True),
        ("岚州市人才管理规定（试行）", "岚科规〔2021〕3号", True),
        ("岚州市人才管理规定（试行草案）", "岚科规〔2021〕3号", True),
        ("岚州市人才管理规定（草案）", "岚科规〔2021〕3号", True),
        ("岚州市审议稿件管理规定", "岚科规〔2021〕3号", True),
    ],
)
def test_a_draft_ends_nothing(title: str, number: str, dies: bool) -> None:
    shelf = shelve(*SHELF, paper(title, number, "2021-05-06", ENDS))
    assert held(shelf, NUMBERS["A"], "2021-12-31").state is STATES["R" if dies else "F"]


ANNOUNCED = """岚州监管区管理办公室公告
{number}
一、进境水果查验场地为北港。
{body}
本公告自{day}起施行。
岚州监管区管理办公室
{day}
"""


@pytest.mark.parametrize(
    ("body", "state"),
    [
        ("二、2017年第5号公告第一条停止适用。", "P"),
        ("二、2017年第5号公告同时废止。", "R"),
        ("二、2017年第5号公告所附指南到期，公告正文不变。", "F"),
        ("二、岚州海关2017年第5号公告同时废止。", "F"),
    ],
)
def test_an_announcement_of_a_year_and_number_is_of_the_organ_that_speaks(body: str, state: str) -> None:
    old = ANNOUNCED.format(number="2017年第5号", body="二、企业应当申报。", day="2017年5月1日")
    new = ANNOUNCED.format(number="2021年第7号", body=body, day="2021年8月1日")
    shelf = shelve(old, new)
    assert held(shelf, "岚州监管区管理办公室公告2017年第5号", "2021-12-31").state is STATES[state]


@pytest.mark.parametrize(
    ("words", "dies"),
    [
        ("此前公布的同名规则停用", True),
        ("原同名规则同时废止", True),
        ("同名的规则自2021年6月1日起不再执行", True),
        ("同名规则的解释由市科技局负责", False),
        ("企业不得同名", False),
    ],
)
def test_a_namesake_of_the_same_organ_ends(words: str, dies: bool) -> None:
    old = paper("岚州市票务规则", "岚科规〔2017〕1号", "2017-03-06", "第一条 本规则自2017年4月1日起施行。")
    other = paper(
        "岚州市票务规则",
        "岚财规〔2017〕1号",
        "2017-03-06",
        "第一条 本规则自2017年4月1日起施行。",
        issuer="岚州市财政局",
    )
    new = paper("岚州市票务规则", "岚科规〔2021〕2号", "2021-04-19", f"第九条 本规则自2021年6月1日起施行，{words}。")
    shelf = shelve(old, other, new)
    assert held(shelf, "岚科规〔2017〕1号", "2021-05-31").state is STATES["F"]
    assert held(shelf, "岚科规〔2017〕1号", "2021-12-31").state is STATES["R" if dies else "F"]
    assert held(shelf, "岚财规〔2017〕1号", "2021-12-31").state is STATES["F"]


@pytest.mark.parametrize(
    ("clause", "last"),
    [
        ("本办法从2021年6月1日起管三年，到时自动作废", "2024-05-31"),
        ("本办法自印发之日起30日后施行，至2024年5月31日止", "2024-05-31"),
        ("本办法自2021年6月1日起管用2年", "2023-05-31"),
    ],
)
def test_a_paper_says_its_own_last_day(clause: str, last: str) -> None:
    number = "岚科规〔2021〕3号"
    shelf = shelve(paper("岚州市夜市办法", number, "2021-05-06", f"第九条 {clause}。"))
    assert held(shelf, number, last).state is STATES["F"]
    assert held(shelf, number, "2024-06-01").state is STATES["E"]


@pytest.mark.parametrize(
    ("clause", "asked"),
    [
        ("本办法自2021年6月1日起施行；省出台统一办法的，自省办法施行之日起，本办法自行废止", True),
        ("本办法自2021年6月1日起施行。任务完成后，本办法随之终止", True),
        ("本办法自2021年6月1日起施行。省另有规定的，从其规定，本办法同时停止执行", True),
        ("本办法自2021年6月1日起施行。备案凭证有效期三年", False),
        ("本办法自2021年6月1日起施行。摊位合同到期终止，按本办法续签", False),
    ],
)
def test_an_end_that_hangs_on_something_is_asked_about(clause: str, asked: bool) -> None:
    number = "岚科规〔2021〕3号"
    found = held(shelve(paper("岚州市夜市办法", number, "2021-05-06", f"第九条 {clause}。")), number, "2024-06-01")
    assert (found.state, bool(found.flags)) == (STATES["F"], asked)


@pytest.mark.parametrize(
    ("title", "body", "day"),
    [
        ("", "{A}自2021年9月1日起停用处理。", "2021-08-31"),
        ("", "{T}到期自然失效，不再延续。", "2022-03-31"),
        ("主任办公会议纪要", "{A}自2021年9月1日起在市属企业停止施行。", "2021-12-31"),
    ],
)
def test_nobody_is_asked_before_the_day_or_of_a_plan(title: str, body: str, day: str) -> None:
    key = "T" if "{T}" in body else "A"
    assert not any("没有读懂" in flag for flag in held(shelf_after(title, body), NUMBERS[key], day).flags)
