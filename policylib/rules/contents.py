"""What an interpretation says: the parts that it must have, that it is no copy, that it has words at all.
Source: domain.md §6.3 INT-06, INT-07, INT-12; 国办发〔2016〕80号; 安顺 2020 (L8)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

from policylib.errors import TableError
from policylib.model import Evidence, Finding, Relation, Result, Snapshot, Span, Work
from policylib.rule_sets import Profile
from policylib.rules.context import Context
from policylib.rules.copying import copied
from policylib.rules.interpretation import interpretations
from policylib.rules.lexicon import attached_at, elements, form_of, headings
from policylib.rules.passages import Paper, paper
from policylib.rules.rule import Rule

# Characters of Chinese in its sentences from which on a file is a text; a caption under a picture has fewer.
_WORDS = 60
_HAN = re.compile(r"[一-鿿]")
# What is told ends in a mark; menus, links and the foot of a page have none.
_TOLD = re.compile(r"[。；;！？]")
_REPLACES = ("repeals", "replaces", "amends", "republishes")
# More than so many predecessors are no predecessors: the paper cleans up, and has no old version to compare.
_PREDECESSORS = 5
# 本办法所称青年科技人才，是指…
_DEFINES = re.compile(
    r"本(?:办法|规定|细则|实施细则|意见|方案|条例|规则|措施|通知|公告)(?:中)?所称的?[^。,;]{1,30}[,]?"
    r"(?:是指|系指|指|包括|为)"
)
BASIS = (
    "国办发〔2016〕80号：解读内容应包括背景依据、目标任务、主要内容、涉及范围、执行标准，以及注意事项、关键词诠释、"
    "新旧政策差异等"
)


@dataclass(frozen=True, slots=True)
class ContentsProfile:
    """What the rule sets ask of the contents of interpretations, and of their number."""

    required: tuple[str, ...] = ("背景依据", "目标任务", "主要内容")
    when_replacing: tuple[str, ...] = ("新旧差异",)
    when_defining: tuple[str, ...] = ("关键词",)
    copied_percent: int = 60
    rate_percent: int = 100
    first_person_yearly: int = 1


def contents_profile(profiles: Iterable[Profile]) -> ContentsProfile:
    """What these rule sets say together, the later over the earlier. Raises TableError for a wrong value."""
    values: dict[str, Any] = {}
    known = {element.name for element in elements()}
    for profile in profiles:
        for key, value in profile.get("contents", {}).items():
            default = getattr(ContentsProfile(), key, None)
            names = isinstance(default, tuple) and isinstance(value, list) and set(value) <= known
            if not (names or (isinstance(default, int) and type(value) is int and value >= 0)):
                advice = f"contents.{key} 不认识，或值“{value}”不对；要素可写：{'、'.join(sorted(known))}"
                raise TableError(f"profiles 中的 {profile['id']}", 0, advice)
            values[key] = tuple(value) if names else value
    return ContentsProfile(**values)


def rules(context: Context) -> tuple[Rule, ...]:
    """interpretation.contents, interpretation.copied, interpretation.form."""
    contents = Rule(
        id="interpretation.contents",
        code="INT-06",
        title="解读内容不全",
        severity="warning",
        basis=BASIS,
        remedy="请由解读单位补写所缺的部分；确实不需要的，登记理由",
        check=partial(_check_contents, context=context),
        exemptions=("只有图片、视频而没有文字的，无法判断", "一份文件有几份解读的，合起来看"),
    )
    copied_ = Rule(
        id="interpretation.copied",
        code="INT-07",
        title="解读照抄原文",
        severity="warning",
        basis="国办发〔2016〕80号：解读应说明背景、目标和主要内容；可参考安顺市2020年的要求：不以要点摘抄、文件压缩代替解读",
        remedy="请由解读单位改写：说明为什么这样规定、对谁有什么影响，不要摘抄原文",
        check=partial(_check_copied, context=context),
        exemptions=("附在解读后面的原文不算",),
    )
    form = Rule(
        id="interpretation.form",
        code="INT-12",
        title="只有图解、视频，没有文字解读",
        severity="warning",
        basis="国办发〔2016〕80号：解读内容应包括背景依据、目标任务、主要内容等，可以运用图表图解、音频视频等方式",
        remedy="请在图解、视频之外补发文字解读；库里缺文字解读的，把它读进来",
        check=partial(_check_form, context=context),
        exemptions=("同一文件另有文字解读的",),
    )
    return contents, copied_, form


@dataclass(frozen=True, slots=True)
class Explained:
    """A policy with what explains it: the texts, and the works of all its interpretations."""

    policy: Work
    relations: tuple[Relation, ...]
    works: tuple[Work, ...]
    papers: tuple[Paper, ...]

    @property
    def subject(self) -> str:
        return self.papers[0].work.key

    @property
    def related(self) -> tuple[str, ...]:
        return (self.policy.key, *(one.work.key for one in self.papers[1:]))

    @property
    def texts(self) -> tuple[Paper, ...]:
        """Those that have words."""
        return tuple(one for one in self.papers if has_words(one))


def has_words(one: Paper) -> bool:
    """Whether a file is a text, and no picture with a caption on a page with its menus."""
    told = (line for line in one.text[one.body.start :].split("\n") if _TOLD.search(line))
    letters = (found for line in told for found in _HAN.finditer(line))
    return next(islice(letters, _WORDS - 1, None), None) is not None


def explained(snapshot: Snapshot, context: Context) -> Iterator[Explained]:
    """The policies of the office that have interpretations, each with those whose text can be had."""
    for work in snapshot.works:
        if work.role == "policy" and context.is_ours(work) and (relations := interpretations(snapshot, work)):
            sources = (snapshot.by_key.get(one.source) for one in relations)
            works = tuple(one for one in sources if one is not None and one.role == "interpretation" and one.held)
            papers = tuple(found for one in works if (found := paper(snapshot, one)))
            if papers:
                yield Explained(work, relations, works, papers)


# INT-06 --------------------------------------------------------------------------------------------------------


def _check_contents(rule: Rule, snapshot: Snapshot, *, context: Context) -> Iterator[Finding]:
    for case in explained(snapshot, context):
        if case.texts:
            profile = context.ruled(case.policy, contents_profile)
            yield from _lacking(rule, snapshot, case, profile)
        else:
            message = "不能判断解读内容是否齐全：解读的文件里几乎没有文字（图解、视频之类）"
            remedy = "请对照图解、视频核对，或把文字稿读入库中"
            words = tuple(one.evidence for one in case.relations)
            yield rule.finding("unknown", case.subject, message, evidence=words, related=case.related, remedy=remedy)


def _lacking(rule: Rule, snapshot: Snapshot, case: Explained, profile: ContentsProfile) -> Iterator[Finding]:
    bodies = [(one, Span(one.body.start, attached_at(one, one.body))) for one in case.texts]
    parted = [(one, headings(one, body), body) for one, body in bodies]

    def seen(name: str) -> Evidence | None:
        element = next(one for one in elements() if one.name == name)
        found = ((one, element.seen(one, heads, body)) for one, heads, body in parted)
        return next((one.evidence(span, f"element.{element.id}") for one, span in found if span), None)

    parts = {name: seen(name) for name in profile.required}
    if missing := [name for name, place in parts.items() if place is None]:
        shown = {name: place for name, place in parts.items() if place}
        has = f"；已有{'、'.join(shown)}" if shown else ""
        message = f"解读缺少：{'、'.join(missing)}{has}"
        yield rule.finding("fail", case.subject, message, evidence=tuple(shown.values()), related=case.related)
    replaced = _replaced(snapshot, case.policy)
    absent = [name for name in profile.when_replacing if replaced and not seen(name)]
    if absent and replaced:
        message = f"文件改动了旧文件，解读没有说明{'、'.join(absent)}"
        yield rule.finding("fail", case.subject, message, evidence=(replaced,), related=case.related)
    absent = [name for name in profile.when_defining if not seen(name)]
    if absent and (defined := _defined(snapshot, case.policy)):
        message = f"文件界定了用语，解读没有解释{'、'.join(absent)}"
        yield rule.finding("fail", case.subject, message, severity="info", evidence=(defined,), related=case.related)


def _replaced(snapshot: Snapshot, policy: Work) -> Evidence | None:
    """The sentence by which a policy ends or changes its predecessor."""
    acts = [one for one in snapshot.outgoing.get(policy.key, ()) if one.kind in _REPLACES and one.mode == "act"]
    return acts[0].evidence if 0 < len({one.target for one in acts}) <= _PREDECESSORS else None


def _defined(snapshot: Snapshot, policy: Work) -> Evidence | None:
    """The sentence in which a policy defines a term."""
    original = paper(snapshot, policy)
    found = _DEFINES.search(original.folded) if original else None
    return original.evidence(original.sentence_of(Span(*found.span())), "term") if original and found else None


# INT-07 --------------------------------------------------------------------------------------------------------


def _check_copied(rule: Rule, snapshot: Snapshot, *, context: Context) -> Iterator[Finding]:
    for case in explained(snapshot, context):
        original = paper(snapshot, case.policy) if case.texts else None
        if original is None:
            continue
        limit = context.ruled(case.policy, contents_profile).copied_percent
        for text in case.texts:
            body = Span(text.body.start, attached_at(text, text.body))
            share = copied(text, body, original, limit)
            if share is not None:
                message = f"解读有{share.percent:.0f}%的文字出自原文（{limit}%及以上算照抄）：{text.work.label}"
                evidence = (text.evidence(share.longest, "copied"), original.evidence(share.source, "original"))
                yield rule.finding("fail", text.work.key, message, evidence=evidence, related=(case.policy.key,))


# INT-12 --------------------------------------------------------------------------------------------------------


def _check_form(rule: Rule, snapshot: Snapshot, *, context: Context) -> Iterator[Finding]:
    for case in explained(snapshot, context):
        forms = [form_of(work.title or "") for work in case.works]
        if len(case.papers) == len(case.works) == len(case.relations) and not case.texts:
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
