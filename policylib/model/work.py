"""What documents say of each other: works, relations, effects, judgements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from policylib.model.analysis import Mode, RelationKind, Role
from policylib.model.number import DocumentNumber, NumberKind
from policylib.model.span import Span


def nested(title: str) -> str:
    """The title as it is written inside 《》: its own marks become 〈〉 (GB/T 15834)."""
    return title.replace("《", "〈").replace("》", "〉")


def unnamed(path: str) -> str:
    """What a paper without a title is called, by its file: 无标题文件（999.ofd）."""
    return f"无标题文件（{path.rsplit('/', 1)[-1]}）"


CATCH_ALL = "clause.catch_all"
"""The rule of a clause that ends whatever a cleanup result does not list (data/clauses.toml)."""
CONDITIONAL = "clause.conditional"
"""The rule of a clause that ends what is not amended in time, which a cleanup result lists (data/clauses.toml)."""
CLAUSE_WORDS = {CATCH_ALL: "兜底条款", CONDITIONAL: "逾期失效条款"}
"""What people call these clauses."""
CONTRIBUTED = "contributed."
"""The rule of an interpreter that is only known to have handed in the words begins so; behind it stands the label that
says it (供稿单位)."""

EffectKind = Literal[
    "issue", "effect", "expiry", "extend", "amend", "partial", "suspend", "reinstate", "repeal", "lapse", "revise",
    "republish", "retain", "plan", "label", "unread", "history",
]  # fmt: skip
Certainty = Literal["stated", "presumed", "reported", "repaired", "labelled"]
"""stated: by a paper's own words. presumed: by a rule set, where the paper is silent. labelled: by what a site prints
beside the paper, which never outweighs anything else."""


@dataclass(frozen=True, slots=True)
class Witness:
    """Who said or confirmed something, when and why: 张三 2024-03-01 登记（送审单载明）."""

    who: str = ""
    when: datetime | None = None
    why: str = ""

    def __str__(self) -> str:
        day = f" {self.when.astimezone():%Y-%m-%d} " if self.when else ""
        return f"{self.who or '未署名'}{day}登记{f'（{self.why}）' if self.why else ''}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that something stands on. `text[span]` of the file with this hash is `quote` without `before` and
    `after`, which are up to 30 characters either side, for the reader. `witness`: the person without whose word
    nothing would stand on them; where the value itself is a person's, there is no file."""

    sha256: str
    path: str
    span: Span
    quote: str
    before: str = ""
    after: str = ""
    rule: str = ""
    witness: Witness | None = None

    @property
    def origin(self) -> str:
        """Where the words come from: 清理结果.docx; 清理结果.docx；张三 2024-03-01 登记（兜底条款）."""
        return "；".join(filter(None, (self.path, str(self.witness) if self.witness else "")))


@dataclass(frozen=True, slots=True)
class Since:
    """From when on an event holds, and the sentence that says so where the event itself does not: of a listed paper one
    outside the list, of a revised text the closing clause of the new one. No day: what the sentence says cannot be
    given to this row or that one."""

    day: date | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Drafter:
    """起草单位 with the rung of the evidence ladder (E1 to E7, domain.md §6.2) that it stands on."""

    names: tuple[str, ...]
    ladder: str
    certainty: Literal["stated", "proxy", "presumed"]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Work:
    """The abstract policy (or interpretation, or cleanup decision), whether a file of it is held or not.

    `key` names it in the library: its canonical number, else 《title》; where two works share that, the issuer or a
    short hash follows after `#`. A paper with neither has the first 12 figures of the hash of its file, 7b1e52c4a0d9,
    and another key once the file changes; `label` is what people can read. `documents` are the hashes of its files, the
    best one first; `annexes` of those with the lists that it publishes as annexes. `paths`: where all of them are.
    `cited_as`: the number that its interpretation gives it, where its own files print none: it is found by that,
    and bears it not. `revised_by`: the numbers of the orders by which the text of a statute was made anew, as its
    history (题注) tells: by these it is found too, and its own stays that of its first order. `called`: the title
    that its interpretation gives it, where its files print none. `tasks`: how many tasks it gives.
    `dated_repaired`: its `dated` was read from damaged digits (2017629), and nobody has said otherwise.
    `status_label`: what its page says of its validity. `said`: what its files say of it by label or by mark, as
    words of data/marks.toml (有效, 废止).
    `problems` are the rules of the problems that any of its files has; their analyses say more.
    """

    key: str
    role: Role
    held: bool
    title: str | None = None
    numbers: tuple[DocumentNumber, ...] = ()
    cited_as: tuple[DocumentNumber, ...] = ()
    revised_by: tuple[DocumentNumber, ...] = ()
    called: str | None = None
    aliases: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    drafter: Drafter | None = None
    interpreter: str | None = None
    interpreter_evidence: Evidence | None = None
    doc_type: str | None = None
    instruments: tuple[str, ...] = ()
    registration_number: str | None = None
    dated: date | None = None
    published: datetime | date | None = None
    effective: date | None = None
    expires: date | None = None
    effective_evidence: Evidence | None = None
    expires_evidence: Evidence | None = None
    disclosure: str | None = None
    addressees: tuple[str, ...] = ()
    dated_repaired: bool = False
    number_repaired: bool = False
    number_corroboration: str | None = None
    number_evidence: Evidence | None = None
    tasks: int = 0
    status_label: str | None = None
    said: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    annexes: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def number(self) -> DocumentNumber | None:
        return self.numbers[0] if self.numbers else None

    @property
    def code(self) -> str | None:
        """The 机关代字 of its number, 岚政办发; None of an order or an announcement, whose number names its organ."""
        number = self.numbers[0] if self.numbers else None
        return number.code if number and number.kind is NumberKind.DOCUMENT else None

    @property
    def published_on(self) -> date | None:
        """The day of `published`, which may have an hour."""
        return self.published.date() if isinstance(self.published, datetime) else self.published

    @property
    def day(self) -> date | None:
        """The day by which it is dated: 成文日期, else the day it was published."""
        return self.dated or self.published_on

    @property
    def days(self) -> str:
        """成文日期 2010-04-29，施行日期 2010-10-01: what tells two texts of one statute apart."""
        said = (("成文日期", self.dated), ("公布日期", None if self.dated else self.published_on),
                ("施行日期", self.effective))  # fmt: skip
        return "，".join(f"{name} {day}" for name, day in said if day)

    @property
    def contributed_by(self) -> str | None:
        """What its page calls the `interpreter` where it names none and only says who handed in the words: 供稿单位."""
        rule = self.interpreter_evidence.rule if self.interpreter_evidence else ""
        return rule.removeprefix(CONTRIBUTED) if rule.startswith(CONTRIBUTED) else None

    @property
    def shows_its_term(self) -> bool:
        """Whether its closing clause was read, the one that gives the start: what is not there of a term is nowhere."""
        start = self.effective_evidence
        return self.effective is not None and start is not None and start.rule.startswith("validity.")

    @property
    def label(self) -> str:
        """What a person calls it: 《title》 (number)."""
        title = f"《{nested(self.title)}》" if self.title else ""
        number = str(self.numbers[0]) if self.numbers else ""
        named = f"{title}（{number}）" if title and number else title or number
        return named or (unnamed(self.paths[0]) if self.paths else self.key)


@dataclass(frozen=True, slots=True)
class Relation:
    """An edge from the work that speaks to the work spoken of. `tier` says how the target was found (T0 to T8).
    `since`: what the text says, outside the list, of the day on which the listed paper ends."""

    kind: RelationKind
    source: str
    target: str
    evidence: Evidence
    confidence: float
    tier: str
    mode: Mode = "act"
    detail: str | None = None
    repaired: bool = False
    corroboration: str | None = None
    judged: bool = False
    since: Since | None = None

    @property
    def edge(self) -> tuple[str, str, str]:
        """Its ends and its kind, by which a person speaks of it (`Judgement.edge`)."""
        return self.source, self.target, self.kind


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A citation that links to nothing, with the reason: several works fit, or number and title disagree. `mode`,
    `detail` and `since` are those of the relation that it would be."""

    source: str
    kind: RelationKind
    wanted: str
    candidates: tuple[str, ...]
    reason: str
    evidence: Evidence
    mode: Mode = "act"
    detail: str | None = None
    since: Since | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """A dated event on a work. `made` is when the act was made, `effective` when it bites: two clocks. `undone`: when
    that was made which ended the act before it could bite; whoever knows of it leaves the event aside. A label speaks
    of the day on which it was read; `detail` is what it says: 有效, 废止, 失效, 部分失效, 已修改.
    `planned`: what a plan wants to do. `since`: the words that give the day on which it bites, where those are none of
    the act itself: the sentence above a list; of a text that was revised the closing clause of the new one. history: a
    step of its own history (题注), in its words (`detail`), which the held text has in it."""

    kind: EffectKind
    work: str
    made: date | None
    effective: date | None
    by: str | None = None
    until: date | None = None
    certainty: Certainty = "stated"
    detail: str | None = None
    evidence: Evidence | None = None
    undone: date | None = None
    planned: RelationKind | None = None
    since: Since | None = None

    @property
    def words(self) -> tuple[Evidence, ...]:
        """All the words that it stands on."""
        return tuple(one for one in (self.evidence, self.since and self.since.evidence) if one)

    @property
    def by_clause(self) -> str:
        """的兜底条款 where a catch-all did it (未列入的一律废止), 的逾期失效条款 where a condition did, as a person has
        confirmed; "" of all else."""
        words = CLAUSE_WORDS.get(self.evidence.rule) if self.evidence else None
        return f"的{words}" if words else ""


def told_apart(works: Sequence[Work]) -> tuple[str, ...]:
    """The labels of works; those of which the labels are the same with their days and their keys: 《岚州市保密条例》
    （成文日期 2010-04-29，施行日期 2010-10-01；编号 《岚州市保密条例》#6ed715）."""
    times = Counter(work.label for work in works)
    return tuple(f"{one.label}（{_days_and_key(one)}）" if times[one.label] > 1 else one.label for one in works)


def _days_and_key(work: Work) -> str:
    return "；".join(filter(None, (work.days, f"编号 {work.key}")))


Verdict = Literal["accept", "reject", "withdraw", "set"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's word on a link or a value; the machine never overwrites it.

    verdict accept, reject: of the relation `source` → `target` of this kind; withdraw: the word on it is taken back.
    set: `field` of `source` is `value`, the empty one takes back; `former` is what it was until then: "" where nothing
    was known, None where nobody noted it.
    """

    verdict: Verdict
    source: str
    target: str = ""
    kind: str = ""
    field: str = ""
    value: str = ""
    who: str = ""
    when: datetime | None = None
    why: str = ""
    former: str | None = None

    @property
    def edge(self) -> tuple[str, str, str]:
        """The ends and the kind of the relation that it speaks of."""
        return self.source, self.target, self.kind

    @property
    def matter(self) -> tuple[str, str, str, str]:
        """What it speaks of, a relation or a field: the last word on it counts."""
        return self.source, self.target, self.kind, self.field

    @property
    def witness(self) -> Witness:
        """Who said it, when and why."""
        return Witness(self.who, self.when, self.why)

    @property
    def takes_back(self) -> bool:
        """Whether it says that an earlier word counts no longer, and nothing else."""
        return self.verdict == "withdraw" or (self.verdict == "set" and not self.value.strip())
