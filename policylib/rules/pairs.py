"""A policy with what explains it, as the rules on contents, copies, links and facts look at it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from policylib.model import Finding, Relation, Snapshot, Span, Work
from policylib.rules.context import Context
from policylib.rules.interpretation import interpretations
from policylib.rules.lexicon import attached_at
from policylib.rules.passages import Paper, paper
from policylib.rules.rule import Rule

# Characters of Chinese in its sentences from which on a file is a text; a caption under a picture has fewer.
_WORDS = 60
_HAN = re.compile(r"[一-鿿]+")
# What is told ends in a mark; menus, links and the foot of a page have none.
_TOLD = re.compile(r"[。；;！？]")


@dataclass(frozen=True)
class Explained:
    """A policy with what explains it: the texts that can be had, and the works of all its interpretations."""

    snapshot: Snapshot
    policy: Work
    relations: tuple[Relation, ...]
    works: tuple[Work, ...]
    papers: tuple[Paper, ...]

    @cached_property
    def original(self) -> Paper | None:
        """The policy's own text."""
        return paper(self.snapshot, self.policy)

    @cached_property
    def texts(self) -> tuple[Paper, ...]:
        """Those of the papers that have words."""
        return tuple(one for one in self.papers if has_words(one))

    @cached_property
    def bodies(self) -> tuple[tuple[Paper, Span], ...]:
        """The texts, each with the part of it that explains: without a policy that is printed behind."""
        return tuple((one, Span(one.body.start, attached_at(one, one.body))) for one in self.texts)

    @property
    def subject(self) -> str:
        return self.papers[0].work.key

    @property
    def related(self) -> tuple[str, ...]:
        return (self.policy.key, *(one.work.key for one in self.papers[1:]))


def has_words(one: Paper) -> bool:
    """Whether a file is a text, and no picture with a caption on a page with its menus."""
    count = 0
    for line in one.text[one.body.start :].split("\n"):
        count += sum(map(len, _HAN.findall(line))) if _TOLD.search(line) else 0
        if count >= _WORDS:
            return True
    return False


def explained(snapshot: Snapshot, context: Context) -> Iterator[Explained]:
    """The policies of the office that have interpretations, each with those whose text can be had."""
    for work in snapshot.interpreted:
        if work.role == "policy" and context.is_ours(work):
            relations = interpretations(snapshot, work)
            sources = (snapshot.by_key.get(one.source) for one in relations)
            works = tuple(one for one in sources if one is not None and one.role == "interpretation" and one.held)
            papers = tuple(found for one in works if (found := paper(snapshot, one)))
            if papers:
                yield Explained(snapshot, work, relations, works, papers)


Ask = Callable[[Rule, Explained, Context], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class OfPairs:
    """The check of a rule on pairs: `ask` looks at one of them, `besides` at what makes none. An audit asks all such
    rules of a pair while it is in hand, since to read the papers takes longer than to judge them."""

    ask: Ask
    context: Context
    besides: Callable[[Rule, Snapshot, Context], Iterable[Finding]] | None = None

    def others(self, rule: Rule, snapshot: Snapshot) -> Iterable[Finding]:
        return self.besides(rule, snapshot, self.context) if self.besides else ()

    def __call__(self, rule: Rule, snapshot: Snapshot) -> Iterator[Finding]:
        yield from self.others(rule, snapshot)
        for case in explained(snapshot, self.context):
            yield from self.ask(rule, case, self.context)


def asked_together(rules: Iterable[Rule], snapshot: Snapshot) -> dict[str, list[Finding]]:
    """What those of the rules that are on pairs find, by rule; each pair is read once."""
    paired = [(rule, rule.check) for rule in rules if isinstance(rule.check, OfPairs)]
    found = {rule.id: list(check.others(rule, snapshot)) for rule, check in paired}
    for case in explained(snapshot, paired[0][1].context) if paired else ():
        for rule, check in paired:
            found[rule.id] += check.ask(rule, case, check.context)
    return found
