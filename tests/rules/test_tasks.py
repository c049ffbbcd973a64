"""任务分工: the last day of each task, whose it is, and what is wrong with it. domain.md §8, §6.3 TSK-01 to TSK-03."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from policylib.extract.task_heads import completion_field, head_of
from policylib.extract.task_items import own_number
from policylib.link import link
from policylib.link.status import status
from policylib.model import Finding, Judgement, Office, Snapshot, Span
from policylib.rules import all_rules
from policylib.rules.context import Context
from policylib.rules.duties import Duty, concerns, may_mean, plans
from tests.link.shelf import JURISDICTION, TABLES, analysed, paper

AS_OF = date(2020, 1, 1)
KEY = "岚科发〔2019〕8号"
OFFICE = Office(JURISDICTION)


def desk(*texts: str, judgements: Sequence[Judgement] = (), as_of: date = AS_OF) -> Snapshot:
    """A library of these papers."""
    analyses = analysed(*texts)
    by_hash = {one.source.sha256: text for one, text in zip(analyses, texts, strict=True)}
    linked = link(analyses, by_hash.__getitem__, judgements, TABLES, JURISDICTION)
    return Snapshot(
        as_of=as_of,
        works=linked.works,
        relations=linked.relations,
        statuses={work.key: status(work, linked.effects, as_of) for work in linked.works},
        judgements=tuple(judgements),
        texts=by_hash,
        analyses={one.source.sha256: one for one in analyses},
        office=OFFICE,
    )


def plan(*items: str, issuer: str = "岚州市科学技术局", day: str = "2019-03-04", number: str = KEY) -> str:
    return paper(f"{issuer}关于印发科技创新工作方案的通知", number, day, "\n".join(items), issuer)


def tasks(snapshot: Snapshot) -> list[Duty]:
    return [one for _, found in plans(snapshot) for one in found]


def found(code: str, snapshot: Snapshot) -> list[Finding]:
    return [one for rule in all_rules(TABLES, OFFICE) if rule.code == code for one in rule.check(rule, snapshot)]


# The last day ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "latest", "note"),
    [
        pytest.param("2019年9月底前建成平台。", date(2019, 9, 30), "", id="a day of the calendar"),
        pytest.param(
            "本方案印发后30个工作日内报送。", date(2019, 4, 16), "自2019-03-04起算，按成文日期", id="working days"
        ),
        pytest.param(
            "方案印发后15日内报送。", date(2019, 3, 19), "自2019-03-04起算，按成文日期", id="days, of the plan"
        ),
        pytest.param("本通知印发之日起3个月内报送。", date(2019, 6, 4), "自2019-03-04起算，按成文日期", id="months"),
        pytest.param(
            "本方案公布后10日内报送。",
            date(2019, 3, 14),
            "自2019-03-04起算，公布日期不明，按成文日期",
            id="published when?",
        ),
        pytest.param(
            "科技政策印发后3个工作日内配发解读。", None, "从“科技政策印发”起算，哪一天不明", id="another paper"
        ),
        pytest.param("在印发后3个工作日内配发解读。", None, "从“印发”起算，哪一天不明", id="of which paper?"),
        pytest.param("各起草部门应当在3个工作日内标注。", None, "没有写从哪一天起算", id="from no day"),
        pytest.param("自收到申请之日起15日内答复。", None, "从“收到申请”起算，哪一天不明", id="an event nobody knows"),
    ],
)
def test_the_last_day_of_a_task(words: str, latest: date | None, note: str) -> None:
    [task] = tasks(desk(plan(words if words.startswith("各") else f"{words}（计划科牵头）")))
    assert (task.latest, task.note) == (latest, note)


def test_working_days_of_a_year_without_a_holiday_notice_are_unknown() -> None:
    [task] = tasks(
        desk(plan("本方案印发后30个工作日内报送。（计划科牵头）", day="2031-03-04", number="岚科发〔2031〕8号"))
    )
    assert (task.latest, task.note) == (None, "自2031-03-04起算，按成文日期，没有相应年份的节假日安排")


def test_the_newest_plan_comes_first_and_tasks_are_numbered_in_their_plan() -> None:
    older = plan("建平台。（计划科牵头）", day="2018-03-04", number="岚科发〔2018〕2号")
    newer = plan("建平台。（计划科牵头）", "办培训。（人事科牵头）")
    assert [(task.work.key, task.place) for task in tasks(desk(older, newer))] == [
        (KEY, 1), (KEY, 2), ("岚科发〔2018〕2号", 1),
    ]  # fmt: skip


def test_the_evidence_is_the_words_that_name_the_units() -> None:
    [task] = tasks(desk(plan("建平台。（计划科牵头，人事科配合）")))
    assert task.evidence.quote == "计划科牵头，人事科"
    assert task.evidence.before.endswith("建平台。（")


@pytest.mark.parametrize(
    ("item", "head"),
    [
        ("1.深化清单公开。以清单管理推动放权。", "深化清单公开"),
        ("（十二）建设 平台；", "建设 平台"),
        ("落实", "落实"),
        ("字" * 50, "字" * 39 + "…"),
    ],
)
def test_what_people_call_a_task(item: str, head: str) -> None:
    assert head_of(item) == head


# Units -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "match"),
    [
        pytest.param("岚州市财政局", "same", id="full name"),
        pytest.param("市财政局", "same", id="relative name"),
        pytest.param("财政局", "same", id="bare name"),
        pytest.param("岚州市生态环境局", "successor", id="by its name after the reorganisation"),
        pytest.param("市科技局", "subunit", id="a section of it"),
        pytest.param("计划科", "same", id="the section"),
        pytest.param("各区县", "same", id="the class as it is written"),
        pytest.param("东岭省财政厅", None, id="another level"),
        pytest.param("岚州市教育局", None, id="has no share"),
    ],
)
def test_the_share_of_a_unit(unit: str, match: str | None) -> None:
    [task] = tasks(desk(plan("建平台。（计划科牵头，市财政局、市环保局、各区县配合）")))
    successor = {"岚州市生态环境局": "predecessor"}  # what is named in the plan came before it
    assert concerns(task, unit, Context(TABLES, OFFICE)) == (successor.get(unit, match) if match else None)


@pytest.mark.parametrize(
    ("issuer", "named", "unit", "match", "may"),
    [
        pytest.param("岚州市科学技术局", "各区县科技局", "科技局", None, False, id="organs below ours"),
        pytest.param(
            "岚州市科学技术局", "各县（市、区）科技局", "市科技局", None, False, id="below ours, with brackets"
        ),
        pytest.param("岚州市人民政府", "各区县", "科技局", None, False, id="places below ours"),
        pytest.param("岚州市科学技术局", "各区县科技局", "澄江区科技局", "class", True, id="one of them"),
        pytest.param(
            "东岭省科学技术厅", "各市科技局", "科技局", "class", True, id="a city in the mouth of its province"
        ),
        pytest.param("东岭省科学技术厅", "各市县科技局", "科技局", "class", True, id="cities and counties"),
        pytest.param("云岭省科学技术厅", "各市科技局", "科技局", None, False, id="of another province"),
        pytest.param("东岭省科学技术厅", "各县（市、区）科技局", "科技局", None, False, id="counties of the province"),
        pytest.param("东岭省人民政府", "各市人民政府", "科技局", None, True, id="the city, of which it is a part"),
        pytest.param("东岭省科学技术厅", "各市财政局", "科技局", None, True, id="another organ of the city"),
        pytest.param("岚州市人民政府", "各有关部门", "科技局", None, True, id="anybody"),
        pytest.param("岚州市人民政府", "各级科技局", "科技局", "class", True, id="of every rank"),
        pytest.param("岚州市科学技术局", "各区县科技局", "各区县", "same", False, id="the class is asked for"),
    ],
)
def test_a_class_of_organs_is_ours_where_it_is_spoken_to(
    issuer: str, named: str, unit: str, match: str | None, may: bool
) -> None:
    [task] = tasks(desk(plan(f"建平台。（{named}负责）", issuer=issuer, number="岚文〔2019〕8号")))
    context = Context(TABLES, OFFICE)
    assert concerns(task, unit, context) == match
    if match is None:
        assert may_mean(task, unit, context) is may


# TSK-01 ------------------------------------------------------------------------------------------------------------

ASSIGNED = ("一、建平台。（计划科牵头）", "二、办培训。（人事科牵头）")


def test_an_item_without_a_lead_among_items_that_have_one() -> None:
    [finding] = found("TSK-01", desk(plan(*ASSIGNED, "三、引人才。全年引进十名。")))
    assert (finding.result, finding.severity, finding.subject) == ("fail", "info", KEY)
    assert finding.message == "1项任务没有写明牵头单位，同级各项多数写了：“引人才”"
    assert [one.quote for one in finding.evidence] == ["三、引人才。全年引进十名。"]


def test_a_task_that_only_somebody_supports() -> None:
    [finding] = found("TSK-01", desk(plan(*ASSIGNED, "三、引人才。（人事科配合）")))
    assert "“引人才”" in finding.message


@pytest.mark.parametrize(
    "items",
    [
        pytest.param((*ASSIGNED, "三、引人才。（人事科牵头）"), id="all have one"),
        pytest.param((*ASSIGNED, "三、组织领导。加强统筹。"), id="a part that gives no task"),
        pytest.param((*ASSIGNED[:1], "二、引人才。", "三、办展会。"), id="most have none"),
        pytest.param((*ASSIGNED[:1], "二、引人才。"), id="two items"),
        pytest.param(
            (*ASSIGNED, "三、引人才。", "（一）引博士。（人事科牵头）", "（二）引团队。（人事科牵头）"),
            id="those below",
        ),
        pytest.param(("一、建平台。", "二、办培训。", "三、引人才。"), id="no duties at all"),
    ],
)
def test_items_that_are_well_assigned(items: tuple[str, ...]) -> None:
    assert found("TSK-01", desk(plan(*items))) == []


def test_items_that_a_sentence_covers_are_exempt() -> None:
    covering = "二、办培训。（人事科牵头。以下均需各区县落实，不再列出）"
    [finding] = found("TSK-01", desk(plan(ASSIGNED[0], covering, "三、引人才。")))
    assert finding.result == "exempt"


# TSK-02 ------------------------------------------------------------------------------------------------------------


def test_a_department_that_no_city_has() -> None:
    [finding] = found("TSK-02", desk(plan("建平台。（市科技厅牵头，市财政局配合）")))
    assert (finding.result, finding.severity) == ("fail", "info")
    assert finding.message == "责任单位的名称不对：市科技厅（市、县没有以“厅”为名的部门）"
    assert [one.quote for one in finding.evidence] == ["市科技厅牵头，市财政局"]


def test_a_department_that_had_another_name_by_then() -> None:
    [finding] = found("TSK-02", desk(plan("治污染。（市环保局牵头）", day="2020-03-04", number="岚科发〔2020〕8号")))
    assert (finding.result, "已改为岚州市生态环境局" in finding.message) == ("fail", True)


def test_a_unit_that_no_table_knows_is_not_said_to_be_wrong() -> None:
    [finding] = found("TSK-02", desk(plan("办比赛。（智创未来组委会牵头）")))
    assert (finding.result, finding.severity) == ("unknown", "info")


@pytest.mark.parametrize(
    "units",
    [
        "市财政局",
        "计划科",
        "局办公室",
        "各相关科室",
        "起草部门、承办单位",
        "有关部门",
        "东陵区",
        "市财政局等有关部门",
        "机关党委",
        "省科技厅",
        "国务院林业行政主管部门",
        "县级以上人民政府水利主管部门",
        "县级以上地方各级人民政府",
        "市场监督管理部门",
    ],
)
def test_units_that_are_known(units: str) -> None:
    assert found("TSK-02", desk(plan(f"建平台。（{units}负责）"))) == []


def test_a_rule_that_an_order_promulgates_has_no_table_of_tasks() -> None:
    order = "岚州市人民政府令第12号\n" + plan("办比赛。（智创未来组委会牵头）", number="", issuer="岚州市人民政府")
    seen = desk(order.replace("方案的通知", "办法"))
    assert str(seen.works[0].number) == "岚州市人民政府令第12号"
    assert tasks(seen)
    assert found("TSK-02", seen) == []


# TSK-03 ------------------------------------------------------------------------------------------------------------

LATE = plan("1.建平台，2019年6月底前完成。（计划科牵头）", "2.办培训，2020年6月底前完成。（人事科牵头）")


def done(value: str, item: str = "") -> Judgement:
    return Judgement("set", KEY, field=completion_field(item) if item else "completion", value=value)


def test_a_task_whose_last_day_has_passed() -> None:
    [finding] = found("TSK-03", desk(LATE))
    assert finding.severity == "info"
    assert (
        finding.message
        == "第1项“建平台，2019年6月底前完成”的时限是2019-06-30（2019年6月底前），已过185天，没有登记完成"
    )


@pytest.mark.parametrize(
    "said",
    [
        pytest.param([done("已办结")], id="the whole plan"),
        pytest.param([done("已办结", "1.建平台，2019年6月底前完成。")], id="this task"),
    ],
)
def test_a_task_that_is_done_is_not_late(said: list[Judgement]) -> None:
    assert found("TSK-03", desk(LATE, judgements=said)) == []


@pytest.mark.parametrize(
    "said",
    [
        pytest.param([done("已办结", "2.办培训，2020年6月底前完成。")], id="another task"),
        pytest.param([done("已办结"), done("")], id="taken back"),
    ],
)
def test_a_task_is_late_unless_it_is_said_to_be_done(said: list[Judgement]) -> None:
    assert len(found("TSK-03", desk(LATE, judgements=said))) == 1


def test_the_tasks_of_a_dead_plan_are_nobodys() -> None:
    words = f"决定废止《岚州市科学技术局关于印发科技创新工作方案的通知》（{KEY}），自印发之日起施行。"
    repealing = paper("岚州市科学技术局关于废止部分文件的决定", "岚科发〔2019〕20号", "2019-09-01", words)
    assert found("TSK-03", desk(LATE, repealing)) == []


def test_lateness_is_asked_only_of_who_wants_it() -> None:
    asked = {rule.code: rule.on for rule in all_rules(TABLES, OFFICE) if rule.id.startswith("task.")}
    assert asked == {"TSK-01": True, "TSK-02": True, "TSK-03": False}


def test_a_name_that_lives_on_as_a_plate_is_no_fault() -> None:
    """国家海洋局 went into 自然资源部 in 2018, which goes on acting under that name."""
    seen = desk(
        plan(
            "（一）开放海域。（国家海洋局负责）", "（二）整治岸线。（环境保护部负责）",
            issuer="国务院办公厅", day="2018-12-21", number="国办发〔2018〕121号",
        )
    )  # fmt: skip
    [wrong] = [one for one in found("TSK-02", seen) if one.result == "fail"]
    assert "环境保护部" in wrong.message
    assert "海洋局" not in wrong.message


@pytest.mark.parametrize(
    ("item", "number"),
    [
        ("（三）新建助餐点。", "（三）"),
        ("3．新建助餐点。", "3"),
        ("三、新建助餐点。", "三"),
        ("12\t市区\t新建助餐点。", "12"),
        ("新建助餐点。", ""),
        ("2.5万元补助。", ""),
        ("（三）概况。新建助餐点。", ""),
    ],
)
def test_the_number_that_a_paper_gives_to_a_task(item: str, number: str) -> None:
    text = f"一、建设\n{item}"
    start = len(text) - len("新建助餐点。") if "概况" in item or "\t" in item else text.index(item)
    assert own_number(text, Span(start, len(text))) == number
