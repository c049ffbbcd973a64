"""The words of policylib: frozen records, standard library only."""

from policylib.model.analysis import (
    DEALS_WITH,
    Analysis,
    Citation,
    CitationForm,
    Claim,
    ClauseKind,
    Deadline,
    DeadlineNature,
    Elements,
    ListDay,
    Mode,
    NumberMention,
    RelationKind,
    Role,
    StatedCount,
    Task,
)
from policylib.model.document import Block, BlockKind, Document, Link, Problem, Source, plain_document
from policylib.model.finding import Finding, Report, Result, Severity
from policylib.model.number import DocumentNumber, NumberKind
from policylib.model.office import Office
from policylib.model.snapshot import Draft, Snapshot
from policylib.model.span import Found, Span
from policylib.model.status import Doubt, State, Status
from policylib.model.work import (
    CATCH_ALL,
    CLAUSE_WORDS,
    CONDITIONAL,
    CONTRIBUTED,
    Drafter,
    Effect,
    EffectKind,
    Evidence,
    Judgement,
    Relation,
    Since,
    Unresolved,
    Verdict,
    Witness,
    Work,
    nested,
    told_apart,
    unnamed,
)

__all__ = [
    "CATCH_ALL", "CLAUSE_WORDS", "CONDITIONAL", "CONTRIBUTED", "DEALS_WITH", "Analysis", "Block", "BlockKind",
    "Citation",
    "CitationForm", "Claim", "ClauseKind", "Deadline", "DeadlineNature", "Document", "DocumentNumber", "Doubt",
    "Draft", "Drafter", "Effect", "EffectKind", "Elements", "Evidence", "Finding", "Found", "Judgement", "Link",
    "ListDay",
    "Mode", "NumberKind", "NumberMention", "Office", "Problem", "Relation", "RelationKind", "Report", "Result",
    "Role", "Severity", "Since", "Snapshot", "Source", "Span", "State", "StatedCount", "Status", "Task", "Unresolved",
    "Verdict", "Witness", "Work", "nested", "plain_document", "told_apart", "unnamed",
]  # fmt: skip
