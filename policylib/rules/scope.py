"""Which works must be interpreted: rows of data/profiles (domain.md §6.3 INT-01, B6), put to one work."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Literal

from policylib.extract.legislation import history_of
from policylib.model import NumberKind, Snapshot, Work
from policylib.rule_sets import Profile
from policylib.rules.context import Context
from policylib.rules.one_time import is_of_kind
from policylib.rules.outsiders import Reach, reach

# Kinds that lay down rules whatever their subject; for them a word such as 表彰 in the title exempts nothing.
_RULES = ("办法", "规定", "细则", "规则")
_SUFFIX = re.compile(r"[（(〔\[][^（）()〔〕\[\]]*[）)〕\]]$")
_FOLDERS = re.compile(r"[/\\\\]")
_COUNCIL = "国务院/"  # how the keys of its orders begin
_CLOSING = ("）", ")", "〕", "]")
_ISSUED = re.compile(r"(?:印发|公布|发布|颁布|下发)")
_NOTICE = re.compile(r"的?(?:通知|公告|通告|决定|命令|令|函)$")
# Its beginning is looked at where it is found: with ^ before it the search would stop at every character.
_CATEGORY = re.compile(
    r"(?:category|类别|法规类别|效力级别|法律位阶|文件类别|体裁)[ \u3000]*[:：][ \u3000]*"
    r"[\"“]?(?P<category>[\u3400-\u9fff]{2,8})[\"”]?[ \u3000]*$",
    re.MULTILINE,
)
_HEAD = 600  # characters in which the head of a file ends
_NOTICE_LONGEST = 4  # with 的, and the end of a line
_PLAIN_NOTICE = re.compile(r"(?:通知|公告|通告|决定|方案|规划|计划|纲要|要点|指南|目录|标准|清单)$")


@dataclass(frozen=True, slots=True)
class Exemption:
    """Works that need no interpretation. `only_within`: as far as they reach organs and nobody else. `kinds`: as far as
    their titles are those of such works of one time (ids of data/one_time.toml)."""

    where: Literal["title", "doc_type", "disclosure"]
    words: tuple[str, ...]
    reason: str
    source: str = ""
    even_if_normative: bool = False
    outside_cleanup: bool = False
    only_within: bool = False
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InterpretationProfile:
    """The duty to interpret in one region: from when, how fast, for what, except what. `limit_source` is the regional
    rule that names the limit; empty where none does. `outside`: the ends of the names of organs whose acts it does not
    bind: congresses, courts; `outside_folders`: of folders where people keep those; `statutes`: of their titles."""

    since: date = date(2016, 11, 10)
    grace_working_days: int = 3
    limit_working_days: int = 3
    publish_working_days: int = 20
    limit_source: str = ""
    normative_kinds: tuple[str, ...] = _RULES
    outside: tuple[str, ...] = ()
    outside_folders: tuple[str, ...] = ()
    statutes: tuple[str, ...] = ()
    exempt: tuple[Exemption, ...] = field(default=())
    _marks: dict[str | None, Exemption] = field(init=False, default_factory=dict, compare=False, repr=False)
    _types: frozenset[str] = field(init=False, compare=False, repr=False)
    _words: re.Pattern[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        for row in self.exempt:
            for word in row.words if row.where == "disclosure" else ():
                self._marks.setdefault(word, row)
        words = {
            where: [word for row in self.exempt if row.where == where for word in row.words]
            for where in ("doc_type", "title")
        }
        object.__setattr__(self, "_types", frozenset(words["doc_type"]))
        object.__setattr__(self, "_words", re.compile("|".join(map(re.escape, words["title"]))))

    def may_exempt(self, work: Work) -> bool:
        """Whether any row fits the type or the title of a work: of most none does, and one search tells."""
        return work.doc_type in self._types or bool(work.title and self._words.search(work.title))

    def exempts_mark(self, mark: str | None) -> Exemption | None:
        """The row by which a mark of disclosure (不予公开) exempts."""
        return self._marks.get(mark)


def interpretation_profile(profiles: Iterable[Profile]) -> InterpretationProfile:
    """What these rule sets say together, the later over the earlier; exemptions add up."""
    values: dict[str, Any] = {}
    exempt: list[Exemption] = []
    for profile in profiles:
        section = dict(profile.get("interpretation", {}))
        exempt += map(_exemption, section.pop("exempt", ()))
        if "limit_working_days" in section and profile.get("region"):
            values["limit_source"] = str(profile.get("source") or profile.get("title") or profile["id"])
        values |= {key: tuple(value) if isinstance(value, list) else value for key, value in section.items()}
    values.pop("normative_source", None)
    return InterpretationProfile(**values, exempt=tuple(exempt))


Verdict = Literal["yes", "unknown", "exempt", "no"]


@dataclass(frozen=True, slots=True)
class Duty:
    """Whether a work must be interpreted, and why, under the profile that binds it. `reach`: whom a paper reaches that
    its title alone would exempt."""

    verdict: Verdict
    why: str
    profile: InterpretationProfile
    reach: Reach | None = None


def must_interpret(work: Work, profile: InterpretationProfile, texts: Mapping[str, str]) -> Duty:
    """Whether a work must be interpreted, and why: a registration number proves it, so does an order; an exemption
    lifts it; a title that says 办法 raises the question and no more (domain.md §6.3 INT-01). `texts`: of its files."""
    if marked := profile.exempts_mark(work.disclosure):
        return Duty("exempt", _reason(marked), profile)
    if is_outside(work, profile):
        return Duty("no", "法律、地方性法规、司法解释等，不是行政机关的文件", profile)
    if work.registration_number:
        return Duty("yes", f"有规范性文件登记号{work.registration_number}", profile)
    kind, number, doubt = _kind_said(work, profile), work.number, None
    for row in profile.exempt if profile.may_exempt(work) else ():
        if (row.even_if_normative or kind not in _RULES) and _fits(work, row):
            beyond = reach(work, texts) if row.only_within else None
            if beyond is None:
                return Duty("exempt", _reason(row), profile)
            why = f"标题有“{_word_of(work, row)}”，但{beyond.why}，不只是对下级机关布置工作"
            doubt = Duty("unknown", why, profile, beyond)
    if number is not None and number.kind is NumberKind.ORDER:
        by_state = number.key.startswith(_COUNCIL) or _of_council(work, profile, texts)
        return Duty("no", "行政法规", profile) if by_state else Duty("yes", "以令公布的规章", profile)
    if doubt:
        return doubt
    if number is None and (category := _category_of(work, profile, texts)):
        return Duty("no", f"{category}，不是规范性文件", profile)
    if kind:
        return Duty("unknown", f"标题为“{kind}”，疑为规范性文件，但未见登记号", profile)
    if work.title and _PLAIN_NOTICE.search(_bare(work.title)):
        return Duty("unknown", "未见规范性文件登记号，标题也不足以判断是否属于规范性文件", profile)
    return Duty("no", "", profile)


def outside_cleanup(work: Work, profile: InterpretationProfile) -> str | None:
    """Why a cleanup of 规范性文件 does not deal with a work: what is made by order, and what the rows of the profile
    say to be none (任免, 表彰, 批复). None of the rest, and of what is registered as one (domain.md §6.3 B6)."""
    if work.registration_number:
        return None
    if is_outside(work, profile):
        return "法律、地方性法规、司法解释等，不是行政机关的文件"
    if work.number is not None and work.number.kind is NumberKind.ORDER:
        return "以令公布的规章，按规章的程序清理（规章制定程序条例）"
    return next((_reason(row) for row in profile.exempt if row.outside_cleanup and _exempts(work, row, profile)), None)


def _exempts(work: Work, row: Exemption, profile: InterpretationProfile) -> bool:
    """Whether a row fits: one on the title never a paper that lays down rules, unless the row says so."""
    return (row.even_if_normative or normative_kind(work, profile) not in _RULES) and _fits(work, row)


def duties(snapshot: Snapshot, context: Context) -> Mapping[str, Duty]:
    """The duty of each of the office's own policies, by its key: asked once for all rules."""
    return context.shared(snapshot, duties, lambda: {
        work.key: must_interpret(work, context.ruled(work, interpretation_profile), snapshot.texts)
        for work in context.own(snapshot, "policy")
    })  # fmt: skip


def with_duties(snapshot: Snapshot, context: Context) -> Iterator[tuple[Work, Duty]]:
    """The office's own policies, each with its duty: for who walks through all, without looking each up."""
    return zip(context.own(snapshot, "policy"), duties(snapshot, context).values(), strict=True)


def is_statute(work: Work, profile: InterpretationProfile) -> bool:
    """Whether a work is a law, a regulation or a rule: by who made it, or because an order promulgated it."""
    by_order = work.number is not None and work.number.kind in (NumberKind.ORDER, NumberKind.CONGRESS)
    return by_order or is_outside(work, profile)


def is_outside(work: Work, profile: InterpretationProfile) -> bool:
    """Whether a congress or a court made it, or the State Council a 条例: by its issuer, else by its own title and the
    folder in which it is kept. What has a 字号 was sent by an office, whatever it is called."""
    if work.issuers and work.issuers[0].endswith(profile.outside):
        return True
    number = work.number
    if number is not None and number.kind is NumberKind.DOCUMENT:
        return False
    if work.title and profile.statutes and _bare(work.title).endswith(profile.statutes):
        return True
    return (
        bool(profile.outside_folders)
        and not work.issuers
        and any(folder.endswith(profile.outside_folders) for path in work.paths for folder in _FOLDERS.split(path)[:-1])
    )


def is_no_office(work: Work, profile: InterpretationProfile, texts: Mapping[str, str]) -> bool:
    """Whether no office made it: what `is_outside` says, an order of the State Council itself, or what the head of its
    file calls 行政法规, though a ministry promulgated it."""
    by_council = work.number is not None and work.number.key.startswith(_COUNCIL)
    return is_outside(work, profile) or by_council or _category_of(work, profile, texts) is not None


def _of_council(work: Work, profile: InterpretationProfile, texts: Mapping[str, str]) -> bool:
    """Whether what a ministry promulgated is the State Council's 行政法规: as the head of its file says, or its history
    (1999年5月12日国务院批准 1999年5月25日民政部令第15号发布)."""
    return _category_of(work, profile, texts) is not None or any(
        step.verb == "批准" and "国务院" in (one.value for one in step.organs)
        for sha256 in work.documents[:1]
        for step in history_of(texts.get(sha256, ""))
    )


def _category_of(work: Work, profile: InterpretationProfile, texts: Mapping[str, str]) -> str | None:
    """The kind of statute that the head of its file says it is: category: "行政法规", as databases of laws print it."""
    for sha256 in work.documents[:1]:
        text = texts.get(sha256, "")
        for found in _CATEGORY.finditer(text, 0, _HEAD):
            begins = found.start() == 0 or text[found.start() - 1] == "\n"
            if begins and (said := found["category"]) in profile.outside_folders:
                return said
    return None


def normative_kind(work: Work, profile: InterpretationProfile) -> str | None:
    """What the work or its instrument calls itself, if that is a kind of 规范性文件: 办法, 实施细则, 意见; what a
    congress or a court made is none."""
    return None if is_outside(work, profile) else _kind_said(work, profile)


def _kind_said(work: Work, profile: InterpretationProfile) -> str | None:
    ranked = _longest_first(profile.normative_kinds)
    for name in (*work.instruments[:1], *_names(work.title or "")):
        bare = _bare(name)
        if bare.endswith(ranked):
            for kind in ranked:  # written out, as of every work it is asked
                if bare.endswith(kind):
                    return kind
    return None


@cache
def _longest_first(kinds: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(kinds, key=len, reverse=True))


def _names(title: str) -> list[str]:
    """What a title names: 关于印发《X办法》的通知 names X办法, so does 关于印发X办法的通知; and the title itself."""
    if not _ISSUED.search(title):
        return [title]
    start, end = title.find("《") + 1, title.rfind("》")
    if 0 < start < end:
        return [title[start:end]]
    bare = _bare(title)
    notice = _NOTICE.search(bare, max(0, len(bare) - _NOTICE_LONGEST))
    return [bare[: notice.start()] if notice else bare]


def _bare(name: str) -> str:
    """Without 《》 and what follows in brackets: （试行）, （2019修订）."""
    name = name.strip().strip("《》〈〉")
    while name.endswith(_CLOSING) and (shorter := _SUFFIX.sub("", name)) != name:
        name = shorter
    return name


def _fits(work: Work, row: Exemption) -> bool:
    if row.where == "doc_type":
        return work.doc_type in row.words
    if row.where == "title" and work.title:
        for word in row.words:  # written out: this is asked of every work and every word
            if word in work.title:
                return not row.kinds or is_of_kind(work.title, row.kinds)
    return False


def _word_of(work: Work, row: Exemption) -> str:
    return next(word for word in row.words if word in (work.title or ""))


def _reason(row: Exemption) -> str:
    return f"{row.reason}（{row.source}）" if row.source else row.reason


def _exemption(row: Mapping[str, Any]) -> Exemption:
    words, kinds = tuple(row["words"]), tuple(row.get("kinds", ()))
    return Exemption(**{**row, "words": words, "kinds": kinds, "reason": row.get("reason", "本地规定免予解读")})
