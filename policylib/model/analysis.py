"""What one document says: the result of `policylib.analyse`, and its JSON form (schema policylib.analysis/1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from policylib.model.document import Problem, Source
from policylib.model.number import DocumentNumber, NumberKind
from policylib.model.span import Found, Span

SCHEMA = "policylib.analysis/1"

RelationKind = Literal[
    "basis", "reference", "issues", "forwards", "repeals", "lapses", "partly_repeals", "amends", "replaces", "extends",
    "republishes", "retains", "supplements", "interprets", "draft_of", "suspends", "reinstates", "answers", "annex_of",
    "overrides", "mentions", "none",
]  # fmt: skip
DEALS_WITH: frozenset[RelationKind] = frozenset([
    "repeals", "lapses", "partly_repeals", "amends", "replaces", "republishes", "extends", "retains", "suspends",
    "reinstates", "overrides",
])  # fmt: skip
"""What a paper does to another: it ends, changes, keeps or takes the place of it, and so must name it."""
CitationForm = Literal["full", "number", "title", "short", "anaphor", "tail"]
Mode = Literal["act", "plan", "report"]
"""act: the document does it. plan: 拟废止, 应当修订. report: a news item, an answer or a 解读 says that it was done."""

Role = Literal["policy", "interpretation", "cleanup", "draft", "other"]


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number in the text, as written and as understood.

    `number` is None where the text allows several readings (`candidates`) or none. `repaired` numbers were damaged:
    they are suspicions until the same number, or its title, turns up whole somewhere (domain.md §2.6).
    """

    raw: str
    span: Span
    number: DocumentNumber | None
    rule: str
    confidence: float
    repaired: bool = False
    candidates: tuple[DocumentNumber, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A mention of another document (or of this one), not yet resolved. `raw` is the text at `span`.

    `title` is what stands inside 《》. `issuer` is the organ printed before the title, outside it. `refers_to` is the
    index of the claim whose citation a short name, an anaphor (该办法) or a tail (及其实施细则) points back to. `year`
    is that of its issue, where the text says so (2014年发布的《X》): a namesake of another year is not meant.
    """

    span: Span
    form: CitationForm
    raw: str = ""
    title: str | None = None
    title_span: Span | None = None
    numbers: tuple[DocumentNumber, ...] = ()
    issuer: str | None = None
    tail: str | None = None
    alias: str | None = None
    refers_to: int | None = None
    repaired: bool = False
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What this text says of the cited document: the relation, the words it stands on, and whether it is an act.

    `scope` is the sentence or table row. `detail` is what the relation needs besides its two ends: the articles of a
    partial repeal, the new end of an extension (ISO date), the reason of a cleanup row. `drafter` is who drafted it,
    where a list says so in a column of its own. `annex` is the number of the annex that the row stands in, where the
    paper counts them.
    """

    citation: Citation
    relation: RelationKind
    scope: Span
    cue: Found[str] | None = None
    mode: Mode = "act"
    detail: str | None = None
    reason: str | None = None
    drafter: Found[str] | None = None
    annex: str | None = None


@dataclass(frozen=True, slots=True)
class Elements:
    """公文要素, domain.md §1.1. Values come from the page's metadata block, else from the cover, else from the
    sign-off. One value each: what another place says is not kept."""

    title: Found[str] | None = None
    number: Found[DocumentNumber] | None = None
    registration_number: Found[str] | None = None
    index_number: Found[str] | None = None
    issuers: tuple[Found[str], ...] = ()
    drafter: Found[str] | None = None
    interpreter: Found[str] | None = None
    doc_type: Found[str] | None = None
    addressees: tuple[Found[str], ...] = ()
    dated: Found[date] | None = None
    printed: Found[date] | None = None
    published: Found[datetime] | Found[date] | None = None
    effective: Found[date] | None = None
    expires: Found[date] | None = None
    disclosure: Found[str] | None = None
    status_label: Found[str] | None = None
    instruments: tuple[Found[str], ...] = ()
    copied_to: tuple[Found[str], ...] = ()
    annexes: tuple[Found[str], ...] = ()


ClauseKind = Literal["overrides", "catch_all", "conditional", "review", "residual"]
"""overrides: 与本办法不一致的以本办法为准. catch_all: 未列入目录的一律废止. conditional: 逾期未公布的宣布失效. review:
有效期届满评估修订. residual: 有效期满后继续执行至支付完毕. They make no relation; what is
overridden by name makes one besides."""


DeadlineNature = Literal["once", "returning", "standing", "at_once", "unknown"]
"""once: a day, or a term from an event. returning: 每月5日前. standing: 长期坚持. at_once: 即时. unknown: words that
tell no day, such as a date that lost its marks (于2017111日前)."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day for a task, or a term from an event whose day the text does not say: 公布后30个工作日内. Only
    what is due once has either."""

    latest: date | None = None
    count: int = 0
    unit: str = ""  # day, workday, month
    event: str = ""
    nature: DeadlineNature = "once"


@dataclass(frozen=True, slots=True)
class Task:
    """What a plan asks for (`item`, the words before the bracket), who leads, who supports, and until when."""

    item: Span
    lead: tuple[Found[str], ...]
    support: tuple[Found[str], ...] = ()
    deadline: Found[Deadline] | None = None


@dataclass(frozen=True, slots=True)
class StatedCount:
    """How many documents a cleanup result says that it repeals, lapses, retains or will amend; `unlisted` of them are
    made known otherwise."""

    relation: RelationKind
    count: int
    unlisted: int = 0


@dataclass(frozen=True, slots=True)
class ListDay:
    """From when on the papers of a list end, as a sentence outside it says; None where the sentence does not tell which
    of them do (分别自…起). `annexes`: the annexes that it names; where it names none, `relations` is what it does to
    the papers (废止, 失效), nothing where it means them all. `follows`: of the list below it only (下列文件)."""

    day: date | None
    relations: tuple[RelationKind, ...] = ()
    annexes: tuple[str, ...] = ()
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that one document says. `problems`: what the reader noticed (those of the `Document`), then what the text
    shows. `marks`: what it says at its head of its own validity (本文件已废止), as a word of data/marks.toml; they are
    no part of the text that the rest was read from."""

    source: Source
    role: Found[Role]
    elements: Elements = field(default_factory=Elements)
    numbers: tuple[NumberMention, ...] = ()
    claims: tuple[Claim, ...] = ()
    problems: tuple[Problem, ...] = ()
    clauses: tuple[Found[ClauseKind], ...] = ()
    tasks: tuple[Task, ...] = ()
    counts: tuple[Found[StatedCount], ...] = ()
    days: tuple[Found[ListDay], ...] = ()
    marks: tuple[Found[str], ...] = ()

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(claim.citation for claim in self.claims)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of the contract (docs/contract.md). `from_dict` reads it back without loss."""
        from policylib.model.analysis_json import encode

        return encode(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Analysis:
        """The analysis of such a JSON object. Raises PolicylibError for any other."""
        from policylib.model.analysis_json import decode

        return decode(data)

    def stored(self) -> str:
        """The JSON object as a library keeps it: `read_as_asked` reads the parts of it that are asked for."""
        from policylib.model.analysis_stored import encode_stored

        return encode_stored(self)

    @classmethod
    def read_as_asked(cls, stored: str, path: str) -> Analysis:
        """The analysis that was `stored`, of a file that is now at `path`: each part is read when it is asked for."""
        from policylib.model.analysis_stored import decode_as_asked

        return decode_as_asked(stored, path)


__all__ = [
    "DEALS_WITH", "SCHEMA", "Analysis", "Citation", "CitationForm", "Claim", "ClauseKind", "Deadline", "DeadlineNature",
    "DocumentNumber", "Elements", "ListDay", "Mode", "NumberKind", "NumberMention", "RelationKind", "Role",
    "StatedCount", "Task",
]  # fmt: skip
