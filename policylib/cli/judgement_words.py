"""What a person has said of a work or a relation, in words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from policylib.cli.output import cell
from policylib.export.words import relation_words
from policylib.library.correcting import APPROVALS, FIELDS
from policylib.model import Judgement, Office, Work
from policylib.tables import builtin

_VERDICTS = {"accept": "确认", "reject": "否定", "withdraw": "撤回对"}
_INNER = str.maketrans("“”", "‘’")


def judgement_words(judgement: Judgement, works: Mapping[str, Work]) -> str:
    """起草单位改为岚州市财政局, 登记为 where nothing was known; 否定“解读”关系：《甲办法》解读."""
    if judgement.verdict != "set":
        other = works.get(judgement.target)
        label = other.label if other else judgement.target
        of = "的意见" if judgement.takes_back else ""
        return f"{_VERDICTS.get(judgement.verdict, '')}{matter_words(judgement)}{of}：{label}"
    what, field, value = matter_words(judgement), judgement.field, judgement.value
    if field == "number":
        return f"文号确认无误：{value}" if value else "撤回对文号的确认"
    if field.startswith(("exempt:", "completion")) or field in (*APPROVALS, "decision"):
        return f"{what}：{value}" if value else f"撤回{what}"
    if not value:
        return f"{what}恢复为文件所载"
    return f"{what}{'登记为' if judgement.former == '' else '改为'}{value}"


def matter_words(judgement: Judgement) -> str:
    """What a judgement speaks of: 起草单位, 免予解读, 完成情况（全部任务）, “解读”关系."""
    if judgement.verdict != "set":
        word = relation_words().get(judgement.kind)
        return f"“{word.label if word else judgement.kind}”关系"
    name, _, of = judgement.field.partition(":")
    if name == "exempt":
        return "免予解读" if of == "interpretation.missing" else f"不适用规则“{_inner(_rule_names().get(of, of))}”"
    if name == "completion":
        return f"{FIELDS[name]}（{of or '全部任务'}）"
    return "对文号的确认" if name == "number" else FIELDS.get(name, name)


def _inner(words: str) -> str:
    """Words with quotation marks of their own, to stand between others: “‘谁起草、谁解读’不一致”."""
    return words.translate(_INNER)


@cache
def _rule_names() -> Mapping[str, str]:
    """没有规定有效期（VAL-01), by the id of the rule."""
    from policylib.rules import all_rules

    return {rule.id: f"{rule.title}（{rule.code}）" for rule in all_rules(builtin(), Office())}


def judgement_line(judgement: Judgement, works: Mapping[str, Work], about: str = "") -> str:
    """2024-03-01 张三：起草单位改为岚州市财政局（送审单载明）."""
    when = f"{judgement.when.astimezone():%Y-%m-%d} " if judgement.when else ""
    why = f"（{judgement.why}）" if judgement.why else ""
    return f"{when}{cell(judgement.who or '未署名')}：{cell(about + judgement_words(judgement, works) + why)}"
