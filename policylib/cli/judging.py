"""judge: what people say of a work or a relation; the machine obeys it from then on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import click

from policylib.cli.common import command, format_option, say, with_library
from policylib.cli.decided import DECISION, decision_notes, noted
from policylib.cli.judgement_standing import Standing, holding_first, standings
from policylib.cli.judgement_words import judgement_line, judgement_words, matter_words
from policylib.cli.output import cell, write_rows, write_text
from policylib.cli.relation_meant import relation_named
from policylib.cli.review import chosen
from policylib.cli.status_words import status_words
from policylib.cli.sweeping import hints_of, open_ends_of
from policylib.cli.task_meant import TASK, task_lines, task_named
from policylib.cli.unauthorised import refuse_elsewhere, with_doubted_authority
from policylib.errors import AmbiguousPolicy, JudgementError, PolicyNotFound
from policylib.export.words import relation_words
from policylib.extract.task_heads import completion_field
from policylib.extract.validity import UNREAD_TERM
from policylib.library import Library
from policylib.library.correcting import FIELDS
from policylib.link.confirmed import ENDS
from policylib.model import Judgement, Verdict, Work
from policylib.office_rules import office_rules
from policylib.own_tables import JUDGEMENTS
from policylib.rules import EXEMPT, Rule
from policylib.rules.commands import accepting, rejecting

_FIELD_NAMES = {
    **{word: name for name, word in FIELDS.items()}, "名称": "title", "发文字号": "number", "有效期至": "expires",
    "免予解读": "exempt:interpretation.missing",
}  # fmt: skip
_TERMS = ("有效期", "有效期限", "有效期间", "期限")
_Pairs = tuple[tuple[str, str], ...]
_NO_WORDS = "\0"  # --exempt, and nothing behind it
_SHOWN = 20  # of what a list gave; the rest is in judge --list
_NOTES = """\
可更正的项（--set 项=值）：
  起草单位 解读单位 标题 文种 登记号 公开属性
  成文日期 公布日期 施行日期 失效日期（写作 2024-03-01）
  文件签发日期 解读方案审签日期 解读材料审签日期（整批的用 --from）
  会议决定（继续有效、延长有效期、修改、废止、宣布失效或者待议；不改变效力，整批的用 --from）
  文号（是修复的，对过原件无误）：--set 文号=读出的文号
  完成情况（任务办完了的）：--set 完成情况=…，只说一项的写 --set 完成情况2=…，
    序号见 policylib tasks 文号；也可以写文件里的序号：--set 完成情况（三）=…
失效日期是文件自己规定的有效期的最后一天，当天仍有效，次日起失效，也可以写“有效期至”。
不是期满、而是清理结果使它失效的，不登记失效日期，登记那份清理结果废止了它：
  因兜底条款（未列入的一律废止）的：judge 清理结果的文号 --accept 废止 那份文件
  列为需修改、逾期未重新公布的：judge 清理结果的文号 --accept 宣布失效 那份文件
下级机关、部门废止了它，而经制发机关同意的（CLN-10），登记在被废止的那份上：
  judge 那份文件 --exempt 经市政府同意 --rule CLN-10
登错了再登一次，以最后一次为准；值空着（--set 起草单位=）就是撤回。
撤回对一条关系的意见（确认的、否定的），写 --undo，提示还会回来：
  judge 清理结果的文号 --undo 废止 那份文件
意见都留着，谁、何时、为什么，可用 --list 查看。"""


@command("judge", "登记人工意见：更正一项、免予解读、确认或否定一条关系；以后以您的为准。",
         "policylib judge 岚政办发〔2020〕13号 --set 起草单位=岚州市财政局 --who 张三 --why 送审单载明\n"
         "policylib judge 岚建发〔2021〕8号 --exempt 行业自律标准 --who 张三\n"
         "policylib judge 岚建发〔2021〕8号 --exempt 上级另有规定 --rule VAL-01 --who 张三\n"
         "policylib judge 岚政办发〔2020〕13号 --reject 解读 《岚州市灵活就业人员社会保险补贴办法》解读\n"
         "policylib judge 岚科发〔2024〕19号 --accept 废止 岚科发〔2018〕12号 --who 张三 --why 兜底条款\n"
         "policylib judge --list\npolicylib judge --from 请补起草单位.xlsx --who 张三\n"
         "policylib judge --from 清理建议.xlsx --who 张三\n"
         "policylib judge --from 解读台账.csv --who 张三", _NOTES)  # fmt: skip
@click.argument("name", metavar="文号或标题", nargs=-1)
@click.option("--set", "values", multiple=True, metavar="项=值", help="更正一项，可写几次。")
@click.option(
    "--exempt",
    "reason",
    metavar="理由",
    is_flag=False,
    flag_value=_NO_WORDS,
    help='登记免予解读的理由；与 --rule 同用，登记不适用那条规则的理由。撤回写 --exempt ""。',
)
@click.option("--rule", "rules", multiple=True, metavar="规则",
              help="--exempt 说的是哪条规则，例如 VAL-01，可写几次；不写为应解读未解读。")  # fmt: skip
@click.option("--accept", "accepted", nargs=2, multiple=True, metavar="关系 对方",
              help="确认一条关系，例如 --accept 依据 岚政发〔2015〕22号；兜底条款、“可能是”等待确认的也是；"
                   "解读的是哪份文件，没有提示的加 --why 也能登记。")  # fmt: skip
@click.option(
    "--reject", "rejected", nargs=2, multiple=True, metavar="关系 对方", help="否定一条关系：认错了，不要它。"
)
@click.option("--undo", "undone", nargs=2, multiple=True, metavar="关系 对方",
              help="撤回对一条关系的意见，确认、否定的都行：恢复为文件所载，或者待确认。")  # fmt: skip
@click.option("--who", default="", envvar="POLICYLIB_WHO", metavar="姓名", help="谁的意见。")
@click.option("--why", default="", metavar="理由", help="为什么。")
@click.option("--from", "sheet", type=click.Path(path_type=Path, dir_okay=False), metavar="表格",
              help="读入清单（.csv .xlsx .xls）：本单位的台账，填好的“请补起草单位”“清理建议”。")  # fmt: skip
@click.option("--new", "new", is_flag=True, help="本库和机关表都不认得的单位，确有这个单位，照写登记。")
@click.option("--list", "listed", is_flag=True, help="列出已登记的意见；写了文号则只列它的。")
@format_option
@with_library
def judge_command(
    library: Library, name: tuple[str, ...], values: tuple[str, ...], reason: str | None, rules: tuple[str, ...],
    accepted: _Pairs, rejected: _Pairs, undone: _Pairs, who: str, why: str, listed: bool, sheet: Path | None,
    new: bool, form: str,
) -> int | None:  # fmt: skip
    if sheet is not None:
        if name or values or reason is not None or accepted or rejected or undone or listed:
            raise click.UsageError("--from 读入整张表，不能与文号和其他意见同用", context())
        return _take_over(library, sheet, who, new)
    said_of: dict[Verdict, _Pairs] = {"accept": accepted, "reject": rejected, "withdraw": undone}
    work = _named(library, name, said_of) if name else None
    if not listed:
        if work is None:
            raise click.UsageError("请写明是哪份文件，例如：policylib judge 文号 --set 起草单位=…", context())
        words = [_value(library, work, text) for text in values]
        words += _exemptions(library, work, reason, rules)
        words += [relation_named(library, work, one, other) for one, other in _verdicts(said_of)]
        refuse_elsewhere(library, words)
        by_place = any((task := TASK.match(one)) and task["place"] for one in values)
        _keep(library, [replace(one, who=who, why=why) for one in words], by_place, new)
        return None
    said = [one for one in library.judgements() if work is None or work.key in (one.source, one.target)]
    works = {one.key: one for one in library.works()}
    ordered = standings if form == "json" else holding_first  # other programs go by when it was said
    write_rows([_row(one, standing, works) for one, standing in ordered(said)], JUDGEMENTS, form, JUDGEMENTS[:6])
    if not said:
        say("还没有登记过意见")
    return None


def _take_over(library: Library, sheet: Path, who: str, new: bool) -> int:
    """What a list says, row by row. 1 where a row could not be taken over."""
    found = library.read_list(sheet, who, new_organs=new)
    works = {one.key: one for one in library.works()}
    for one in found.judgements[:_SHOWN]:
        write_text(f"已登记 {cell(_label(one.source, works))}：{cell(judgement_words(one, works))}")
    if len(found.judgements) > _SHOWN:
        write_text(f"……共登记 {len(found.judgements)} 项，全部的用 policylib judge --list 查看")
    for fault in found.faults:
        where = f"工作表“{cell(fault.sheet)}”" if fault.sheet else ""
        say(f"{where}第 {fault.line} 行没有登记：{cell(fault.message)}")
    decided = [one for one in found.judgements if one.field == DECISION and one.source in works]
    statuses = library.statuses([works[one.source] for one in decided])
    for one in decided:
        for line in noted(works[one.source], statuses[one.source], one, one.why.partition("：")[0]):
            write_text(line)
    if found.idle:
        say(f"没有用到的列：{cell('、'.join(found.idle))}")
    counts = {"登记": len(found.judgements), "未变": found.unchanged, "空白": found.blank, "有误": len(found.faults)}
    units = {"登记": "项", "未变": "项", "空白": "行", "有误": "行"}
    say("，".join(f"{word} {count} {units[word]}" for word, count in counts.items() if count) or "表中没有要登记的")
    if any(not one.who for one in found.judgements):
        say("表中“填报人”空着、也没有写 --who 的，未记下是谁的意见")
    return int(bool(found.faults))


def _verdicts(said_of: Mapping[Verdict, _Pairs]) -> Iterator[tuple[Judgement, str]]:
    for verdict, pairs in said_of.items():
        yield from ((Judgement(verdict, "", kind=kind), other) for kind, other in pairs)


def _named(library: Library, name: Sequence[str], said_of: Mapping[Verdict, _Pairs]) -> Work:
    """The work of that name, which may be written in several words. Raises PolicyNotFound, AmbiguousPolicy; of a second
    paper behind a relation, which takes one, a UsageError that says so."""
    try:
        return library.get(" ".join(name))
    except (PolicyNotFound, AmbiguousPolicy):
        given = next((one for one in said_of.items() if one[1]), None)
        if given is None or len(name) == 1:
            raise
        option = "--undo" if given[0] == "withdraw" else f"--{given[0]}"
        one = f"{option} {given[1][-1][0]}"
        raise click.UsageError(
            f"{option} 后面只写一份对方，几份的写几次：{one} 甲文件 {one} 乙文件", context()
        ) from None


def context() -> click.Context:
    return click.get_current_context()


def _keep(library: Library, words: list[Judgement], by_place: bool, new: bool) -> None:
    if not words:
        known = "--set、--exempt、--accept、--reject 或 --undo"
        raise click.UsageError(f"请写明意见：{known}；看已有的用 --list", context())
    earlier = library.judgements()
    said = library.judge(*words, new_organs=new)
    if any(not one.who and one.when and one not in earlier for one in said):
        say("没有写 --who，下面的没有记下是谁的意见；要记的，加上 --who 姓名 再登一次")
    works = {one.key: one for one in library.works()}
    for one in said:
        label = cell(_label(one.source, works))
        if one.when is None:
            of = f"的意见：{_label(one.target, works)}" if one.target else ""
            write_text(f"未变 {label}：没有登记过{cell(matter_words(one) + of)}，不必撤回")
        elif one in earlier:
            write_text(f"未变 {label}：{cell(judgement_words(one, works))}（{cell(one.witness)}）")
        else:
            write_text(f"已登记 {label}：{cell(judgement_words(one, works))}")
            for line in (*task_lines(library, one, works, by_place), *_follows(library, one)):
                write_text(line)
            if before := _replaced(one, earlier):
                write_text(f"  代替了原来登记的：{judgement_line(before, works)}")


def _replaced(judgement: Judgement, earlier: Sequence[Judgement]) -> Judgement | None:
    """The last word on the same field or relation, which no longer counts; None where that was taken back."""
    of_one = [one for one in earlier if one.matter == judgement.matter]
    return of_one[-1] if of_one and not of_one[-1].takes_back else None


def _exemptions(library: Library, work: Work, reason: str | None, rules: Sequence[str]) -> list[Judgement]:
    """Why the work is not bound by a rule. A family of rules (解读) is none: a reason that fits one seldom fits all."""
    if reason is None:
        if rules:
            raise click.UsageError("--rule 要与 --exempt 理由 同用", context())
        return []
    if reason == _NO_WORDS:
        raise click.UsageError(
            '--exempt 后面要写理由；要撤回登记过的，写 --exempt ""（一对空引号）或 --exempt=', context()
        )
    of_works = [one for one in office_rules(library) if not one.of_drafts]
    found: list[Rule] = []
    for name in rules or ("interpretation.missing",):
        meant = chosen(of_works, [name])
        if len(meant) > 1:
            each = "；".join(f"{one.code} {one.title}" for one in meant)
            how = "理由要一条一条登记。请写明是哪一条，几条的写几次 --rule"
            raise click.UsageError(f"“{name}”是一类规则，共 {len(meant)} 条，{how}：{each}", context())
        found += meant
    return [Judgement("set", work.key, field=EXEMPT + one.id, value=reason) for one in dict.fromkeys(found)]


def _value(library: Library, work: Work, text: str) -> Judgement:
    """起草单位=岚州市财政局, 完成情况2=已办结. Raises JudgementError."""
    name, equals, value = text.replace("＝", "=", 1).partition("=")
    if equals and (task := TASK.fullmatch(name.strip())):
        return Judgement("set", work.key, field=completion_field(task_named(library, work, task).item), value=value)
    field = _FIELD_NAMES.get(name.strip(), name.strip())
    known = "、".join(FIELDS.values())
    if not equals:
        raise JudgementError(f"“{text}”应写作 项=值，例如 起草单位=岚州市财政局。可更正的项：{known}")
    if name.strip() in _TERMS:
        raise JudgementError(
            f"“{text}”：有效期登记最后一天，不登记年数，例如 --set 有效期至=2029-06-30"
            "（也可以写“失效日期”）；这一天仍有效，次日起失效"
        )
    if field not in _FIELD_NAMES.values():
        raise JudgementError(f"没有“{name.strip()}”这一项。可更正的项：{known}")
    if field == "expires" and value.strip() and name.strip() != "有效期至":
        _check_term(library, work, value.strip())
    return Judgement("set", work.key, field=field, value=value)


def _check_term(library: Library, work: Work, value: str) -> None:
    """Of a paper that a catch-all may have ended, whoever gives a last day may mean that, and not a term. Raises
    JudgementError, with the two ways of saying it."""
    if work.expires or UNREAD_TERM in work.problems:
        return
    for one in open_ends_of(library, work, library.status(work.key)):
        word = relation_words()[one.relation].label
        raise JudgementError(
            f"{work.label}没有读出有效期，可能已因{one.act.label}{one.because}失效，没有登记。确是这样失效的，"
            f"写 {accepting(one.act, word, work)}；文件自己写明了有效期的，写 "
            f"--set 有效期至={value}（最后一天）"
        )


def _follows(library: Library, judgement: Judgement) -> Iterator[str]:
    """What a person's word on the end of a paper comes to: which day is the last, since when it is dead."""
    if judgement.verdict == "set" and judgement.field == "expires" and judgement.value.strip():
        work = library.get(judgement.source)
        if work.expires:
            yield f"  有效期至 {work.expires}，这一天仍有效，{work.expires + timedelta(days=1)} 起失效"
    if judgement.verdict == "accept" and judgement.kind == "interprets":
        yield from _explains_besides(library, judgement)
    yield from decision_notes(library, judgement.target or judgement.source) if _speaks_of_end(judgement) else ()
    ends = judgement.verdict != "set" and judgement.kind in ENDS
    if ends or judgement.field == f"{EXEMPT}cleanup.authority":
        work = library.get(judgement.target if ends else judgement.source)
        status = library.status(work.key)
        hint = hints_of(library, {work.key: status}).get(work.key, "")
        yield f"  {cell(work.label)}现在的效力：{status_words(status, work.role)}{cell(hint)}"
        if not ends:
            doubted = with_doubted_authority(library, library.links(work.key), status).flags
            yield from (f"  提示：{cell(flag)}" for flag in doubted if flag not in status.flags)


def _explains_besides(library: Library, judgement: Judgement) -> Iterator[str]:
    """What else the interpretation is linked to: who names the paper that it explains may mean in its place."""
    links = library.links(judgement.source)
    for one in links.outgoing:
        if one.kind == "interprets" and one.target != judgement.target:
            other = links.others[one.target]
            yield f"  它还对应{cell(other.label)}；不是的，写 {cell(rejecting(links.work, '解读', other))}"


def _speaks_of_end(judgement: Judgement) -> bool:
    if judgement.verdict == "set":
        return judgement.field in (DECISION, "expires")
    return judgement.kind in ENDS


def _row(judgement: Judgement, standing: Standing, works: dict[str, Work]) -> dict[str, object]:
    work = works.get(judgement.source)
    return {
        "standing": standing.value,
        "when": judgement.when.astimezone().strftime("%Y-%m-%d %H:%M") if judgement.when else None,
        "who": judgement.who,
        "work": work.label if work else f"{judgement.source}（库中现在没有这份文件，暂不起作用）",
        "says": judgement_words(judgement, works),
        "why": judgement.why,
        "key": judgement.source,
    }


def _label(key: str, works: dict[str, Work]) -> str:
    return works[key].label if key in works else key
