"""What an interpretation says: the parts that it must have, that it is no copy, that it has words at all.
Source: domain.md §6.3 INT-06, INT-07, INT-12; 国办发〔2016〕80号; 安顺 2020 (L8)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from policylib.link.quoting import to_mark
from policylib.model import Evidence, Finding, Relation, RelationKind, Result, Span
from policylib.rule_sets import Profile
from policylib.rules.context import Context
from policylib.rules.copying import copied
from policylib.rules.lexicon import elements, form_of, headings
from policylib.rules.norms import CONTENTS
from policylib.rules.pairs import Explained, OfPairs
from policylib.rules.passages import Paper
from policylib.rules.rule import Rule

_REPLACES: Final[Mapping[RelationKind, str]] = {
    "repeals": "废止了", "replaces": "代替了", "amends": "修改了", "republishes": "重新公布了",
}  # fmt: skip
# More than so many predecessors are no predecessors: the paper cleans up, and has no old version to compare.
_PREDECESSORS = 5
# 本办法所称青年科技人才，是指在本市从事研究开发、不满40周岁的人员: the term, how it is tied, and what it means.
_DEFINES = re.compile(
    r"本(?:办法|规定|细则|实施细则|意见|方案|条例|规则|措施|通知|公告)(?:中)?所称的?(?P<term>[^。,;]{1,30}?),?"
    r"(?P<tie>是指|系指|指|包括|分为|为)(?P<meaning>[^。;\n]{0,200})"
)
# 所称市级科技计划项目，包括重点研发项目、成果转化项目: kinds, by which nothing hard is said.
_LISTS = ("包括", "分为")
_LISTED_BELOW = ("下列", "以下", ":")
# 青年科技人才是…, 青年科技人才（…）: where a text tells what a term means. It may also use it as if everybody knew.
_TELLS = r"[”\"」』]?,?(?:是|即|指|系|为|包括|\()"
# Of the pairs of characters of a definition, so many percent stand in a text that gives it in words of its own: 58 and
# more in those of the sample papers that do so, at most 30 in those on other matters.
_MEANING_GIVEN = 50
_LETTERS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class ContentsProfile:
    """What the rule sets ask of the contents of interpretations, and of their number. `first_person_source` is the
    regional rule that says how often a head explains; empty where none does, and the number is but a reference. So are
    `copied_source` and `rate_source`."""

    required: tuple[str, ...] = ("背景依据", "目标任务", "主要内容")
    when_replacing: tuple[str, ...] = ("新旧差异",)
    when_defining: tuple[str, ...] = ("关键词",)
    copied_percent: int = 60
    rate_percent: int = 100
    first_person_yearly: int = 1
    first_person_source: str = ""
    copied_source: str = ""
    rate_source: str = ""


_SOURCES = {
    "first_person_yearly": "first_person_source", "copied_percent": "copied_source", "rate_percent": "rate_source",
}  # fmt: skip
_COPIED_ELSEWHERE = "外地的例子：安顺市2020年要求不以要点摘抄、文件压缩代替解读"


def contents_profile(profiles: Iterable[Profile]) -> ContentsProfile:
    """What these rule sets say together, the later over the earlier."""
    values: dict[str, Any] = {}
    for profile in profiles:
        for key, value in profile.get("contents", {}).items():
            values[key] = tuple(value) if isinstance(value, list) else value
            if key in _SOURCES and profile.get("region"):
                values[_SOURCES[key]] = str(profile.get("source") or profile.get("title") or profile["id"])
    return ContentsProfile(**values)


def rules(context: Context) -> Iterator[Rule]:
    """interpretation.contents, interpretation.copied, interpretation.form."""
    source = context.ruled(None, contents_profile).copied_source
    local = f"{source}：照抄原文的不算解读" if source else _COPIED_ELSEWHERE
    yield Rule(
        id="interpretation.contents", code="INT-06", title="解读内容不全", severity="warning",
        asks="本单位、本地区有解读的政策文件，几份解读合起来写没写背景依据、目标任务、主要内容；替代旧文件的，还看新旧差异，界定用语的，还看关键词",
        basis=CONTENTS,
        remedy="请由解读单位补写所缺的部分；确实不需要的，登记理由",
        check=OfPairs(_ask_contents, context),
        exemptions=("只有图片、视频而没有文字的，无法判断", "一份文件有几份解读的，合起来看"),
    )  # fmt: skip
    yield Rule(
        id="interpretation.copied", code="INT-07", title="解读照抄原文", severity="warning",
        asks="解读和所解读文件的正文都在库里的，解读里有百分之几的字句出自原文，达到六成的指出来",
        basis=f"{CONTENTS}；{local}",
        remedy="请由解读单位改写：说明为什么这样规定、对谁有什么影响，不要摘抄原文",
        check=OfPairs(_ask_copied, context),
        exemptions=("附在解读后面的原文不算",),
    )  # fmt: skip
    yield Rule(
        id="interpretation.form", code="INT-12", title="只有图解、视频，没有文字解读", severity="warning",
        asks="有解读的政策文件，它的解读是不是全是图解、视频、音频，没有一份有文字",
        basis=f"{CONTENTS}（图解、视频可以用，也要讲到这些）",
        remedy="请在图解、视频之外补发文字解读；库里缺文字解读的，把它读进来",
        check=OfPairs(_ask_form, context),
        exemptions=("同一文件另有文字解读的",),
    )  # fmt: skip


# INT-06 --------------------------------------------------------------------------------------------------------


def _ask_contents(rule: Rule, case: Explained, context: Context) -> Iterator[Finding]:
    if case.texts:
        yield from _lacking(rule, case, context.ruled(case.policy, contents_profile))
    else:
        message = "不能判断解读内容是否齐全：解读的文件里几乎没有文字（图解、视频之类）"
        remedy = "请对照图解、视频核对，或把文字稿读入库中"
        words = tuple(one.evidence for one in case.relations)
        yield rule.finding("unknown", case.subject, message, evidence=words, related=case.related, remedy=remedy)


def _lacking(rule: Rule, case: Explained, profile: ContentsProfile) -> Iterator[Finding]:
    parted = [(one, headings(one, body), body) for one, body in case.bodies]

    def seen(name: str) -> tuple[Paper, Span] | None:
        found = ((one, elements()[name].seen(one, heads, body)) for one, heads, body in parted)
        return next(((one, span) for one, span in found if span), None)

    parts = {name: seen(name) for name in profile.required}
    if missing := [name for name, place in parts.items() if place is None]:
        shown = {name: place for name, place in parts.items() if place}
        has = f"；已有{'、'.join(shown)}" if shown else ""
        message = f"解读缺少：{'、'.join(missing)}{has}"
        words = tuple(
            one.evidence(to_mark(one.text, span), f"element.{elements()[name].id}")
            for name, (one, span) in shown.items()
        )
        yield rule.finding("fail", case.subject, message, evidence=words, related=case.related)
    replaced = _replaced(case)
    absent = [name for name in profile.when_replacing if replaced and not seen(name)]
    if absent and replaced:
        message = f"文件{_of_the_old(case, replaced)}，解读没有说明{'、'.join(absent)}"
        yield rule.finding("fail", case.subject, message, evidence=(replaced[0].evidence,), related=case.related)
    definitions = _definitions(case)  # which few policies have
    absent = [name for name in profile.when_defining if definitions and not seen(name)]
    if absent and (defined := _unexplained(case, definitions)):
        message = f"文件界定了用语，解读没有解释{'、'.join(absent)}"
        yield rule.finding("fail", case.subject, message, severity="info", evidence=(defined,), related=case.related)


def _replaced(case: Explained) -> tuple[Relation, ...]:
    """The relations by which the policy ends or changes its predecessors, one of each."""
    outgoing = case.snapshot.outgoing.get(case.policy.key, ())
    first = {one.target: one for one in reversed(outgoing) if one.kind in _REPLACES and one.mode == "act"}
    return tuple(reversed(first.values())) if len(first) <= _PREDECESSORS else ()


def _of_the_old(case: Explained, replaced: tuple[Relation, ...]) -> str:
    """废止了《岚州市科技奖励办法》（岚科规〔2019〕3号）; 修改了《…》等3份旧文件."""
    first = replaced[0]
    old = case.snapshot.by_key.get(first.target)
    more = f"等{len(replaced)}份旧文件" if len(replaced) > 1 else ""
    return f"{_REPLACES[first.kind]}{old.label if old else first.target}{more}"


def _definitions(case: Explained) -> tuple[re.Match[str], ...]:
    """Where the policy defines a term. A definition that only lists kinds needs no explanation."""
    found = _DEFINES.finditer(case.original.folded) if case.original else ()
    return tuple(one for one in found if one["tie"] not in _LISTS and not one["meaning"].startswith(_LISTED_BELOW))


def _unexplained(case: Explained, definitions: Iterable[re.Match[str]]) -> Evidence | None:
    """The first sentence in which the policy defines a term that no interpretation tells of: neither “X是…”, nor most
    of the words of the definition, which may stand under 适用对象."""
    original = case.original
    if original is None:
        return None
    for found in definitions:
        if not any(_tells(one.folded[part.start : part.end], found) for one, part in case.bodies):
            return original.sentence(Span(found.start(), found.start("meaning")), "term")
    return None


def _tells(body: str, definition: re.Match[str]) -> bool:
    term, meaning = definition["term"].strip(), "".join(_LETTERS.findall(definition["meaning"]))
    if re.search(re.escape(term) + _TELLS, body):
        return True
    said = "".join(_LETTERS.findall(body))
    pairs = {meaning[at : at + 2] for at in range(len(meaning) - 1)}
    return bool(pairs) and 100 * sum(pair in said for pair in pairs) >= _MEANING_GIVEN * len(pairs)


# INT-07 --------------------------------------------------------------------------------------------------------


def _ask_copied(rule: Rule, case: Explained, context: Context) -> Iterator[Finding]:
    original = case.original if case.texts else None
    if original is None:
        return
    limit = context.ruled(case.policy, contents_profile).copied_percent
    for text, body in case.bodies:
        share = copied(text, body, original, limit)
        if share is not None:
            message = f"解读有{share.percent:.0f}%的文字出自原文（{limit}%及以上算照抄）：{text.work.label}"
            evidence = (text.evidence(share.longest, "copied"), original.evidence(share.source, "original"))
            yield rule.finding("fail", text.work.key, message, evidence=evidence, related=(case.policy.key,))


# INT-12 --------------------------------------------------------------------------------------------------------


def _ask_form(rule: Rule, case: Explained, context: Context) -> Iterator[Finding]:
    if len(case.papers) == len(case.works) == len(case.relations) and not case.texts:
        forms = [form_of(work.title or "") for work in case.works]
        wordless = [form.name for form in forms if form.wordless]
        result: Result = "fail" if len(wordless) == len(forms) else "unknown"
        what = "、".join(dict.fromkeys(wordless)) or "形式不明"
        message = (
            f"只有{what}，没有文字解读" if result == "fail" else "不能判断有没有文字解读：解读的文件里几乎没有文字"
        )
        yield rule.finding(
            result, case.policy.key, message, related=tuple(work.key for work in case.works),
            evidence=tuple(relation.evidence for relation in case.relations),
        )  # fmt: skip
