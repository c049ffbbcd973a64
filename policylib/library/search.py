"""Searches: a query to its hits. The tree of `query` becomes sets of works, leaf by leaf, through FTS5 and SQL.

Hits are counted exactly. Their order is that of `library.order`, which people know from `list`, and no score of words:
a score changes when a page is marked or another copy comes in, and nobody can tell why. Quoted phrases with marks or
spaces in them are verified on the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from policylib.errors import QueryError
from policylib.extract.folding import title_key
from policylib.library import derived, names
from policylib.library.database import Database
from policylib.library.field_words import DISCLOSURES, UNMARKED, role_meant, states, years
from policylib.library.index import comparable, match_expression
from policylib.library.order import by_role, order
from policylib.library.organ_choice import OrganChoice, organs_meant
from policylib.library.query import All, AnyOf, Field, Node, Without, Words, parse, words
from policylib.library.snippets import snippet_of
from policylib.link.organs import Registry
from policylib.link.status import status
from policylib.model import Office, Role, Span, State, Status, Work
from policylib.tables import Tables

_UNMARKED: tuple[tuple[str, tuple[()]], ...] = (
    ("held and role in ('policy', 'cleanup')", ()),
    ("json_extract(record, '$.disclosure') is null", ()),
)
_READINGS = frozenset({"解读", "政策解读", "图解", "问答", "答记者问"})


@dataclass(frozen=True, slots=True)
class Hit:
    """A work that answers a query. `snippet` is a piece of its text, `highlights` are spans of the snippet; both are
    empty where nothing but fields was asked for, where no snippets were, or where the library holds no file of it
    (`path` None). `makers`: who interprets, where it is an interpretation, else the issuers. `dated_repaired`: its
    status counts from a day that was read from damaged digits."""

    key: str
    title: str | None
    number: str | None
    status: Status
    path: str | None
    snippet: str = ""
    highlights: tuple[Span, ...] = ()
    role: Role = "policy"
    published: date | None = None
    makers: tuple[str, ...] = ()
    dated_repaired: bool = False


@dataclass(frozen=True, slots=True)
class SearchResult:
    """`total` counts all hits, `hits` are those that were asked for, the best first. `organs`: what the issuers in the
    query were taken for."""

    total: int
    hits: tuple[Hit, ...]
    organs: tuple[OrganChoice, ...] = ()


@dataclass(frozen=True, slots=True)
class _Leaf:
    """What one stretch of text found: works by their text, by their title, by their own number."""

    by_text: set[int]
    by_title: set[int]
    by_number: set[int]

    @property
    def all(self) -> set[int]:
        return self.by_text | self.by_title | self.by_number


@dataclass(slots=True)
class Search:
    """One search. `as_of` is the day of the statuses; short names mean organs of the region of `office`, whose papers
    come first among those that are as good. `organs` are those that the issuers asked for were taken for."""

    database: Database
    tables: Tables
    as_of: date
    office: Office = field(default_factory=Office)
    organs: list[OrganChoice] = field(default_factory=list)
    _leaves: dict[Words, _Leaf] = field(default_factory=dict)
    _dead: dict[int, bool] = field(default_factory=dict)  # of the works whose status was worked out already

    def run(self, query: str, limit: int | None, offset: int, snippets: bool = True) -> SearchResult:
        """Raises QueryError."""
        if not _is_count(offset) or not (limit is None or _is_count(limit)):
            raise QueryError(
                f"limit 和 offset 不能是负数，要写整数（limit={limit!r}，offset={offset!r}）；"
                "要全部结果，请写 limit=None"
            )
        tree = parse(query, self._number_spans)
        found = self._works(tree)
        wanted = words(tree)
        last = len(found) if limit is None else offset + limit
        page = self._ordered(found, wanted, last)[offset:last]
        works = derived.works_by_id(self.database, page)
        hits = tuple(self._hit(works[identity], wanted if snippets else ()) for identity in page)
        return SearchResult(len(found), hits, tuple(self.organs))

    def _number_spans(self, text: str) -> Sequence[Span]:
        """Where numbers stand in a query; of 岚科发 2016 31, which no text has, the whole, if a paper bears it."""
        found = [mention.span for mention in names.numbers_in(text, self.tables)]
        bare = text.strip()
        if found or not any(names.works_of_number(self.database, one) for one in names.number_of(bare, self.tables)):
            return found
        start = text.index(bare)
        return [Span(start, start + len(bare))]

    # Sets of works

    def _works(self, node: Node) -> set[int]:
        match node:
            case Words():
                return self._leaf(node).all
            case Field(name, text):
                return self.field(name, text)
            case AnyOf(parts):
                return set[int]().union(*(self._works(part) for part in parts))
            case Without(part):
                return derived.work_ids(self.database) - self._works(part)
            case All(parts):
                return set.intersection(*(self._works(part) for part in parts))

    def _leaf(self, leaf: Words) -> _Leaf:
        if leaf not in self._leaves:
            self._leaves[leaf] = self._found(leaf)
        return self._leaves[leaf]

    def _found(self, leaf: Words) -> _Leaf:
        expression = match_expression(leaf.text)
        if expression is None:
            raise QueryError(f"“{leaf.text}”里没有文字或数字，标点不能单独查找")
        numbers = names.number_of(leaf.text, self.tables)
        by_number = set[int]().union(*(names.works_of_number(self.database, number) for number in numbers))
        by_text = self._by_text(leaf, expression)
        for number in numbers:
            by_text |= self._mentioning(number.key)
        marks = leaf.exact and not comparable(leaf.text).isalnum()
        by_title = set[int]() if marks else names.titled(self.database, title_key(leaf.text))
        return _Leaf(by_text, by_title, by_number)

    def _by_text(self, leaf: Words, expression: str) -> set[int]:
        if not leaf.exact or comparable(leaf.text).isalnum():
            # cross join: the index must be the outer loop, else SQLite asks it once a work
            rows = self.database.rows(
                "select distinct work from full_text cross join holding on holding.document = full_text.rowid"
                " where full_text match ?",
                (expression,),
            )
            return {work for (work,) in rows}
        needle = comparable(leaf.text)
        candidates = self.database.rows("select rowid from full_text where full_text match ?", (expression,))
        found: set[int] = set()
        for (identity,) in candidates:
            for (text,) in self.database.rows("select text from document where id = ?", (identity,)):
                if needle in comparable(text):
                    found |= self._holding(identity)
        return found

    def _holding(self, document: int) -> set[int]:
        return {work for (work,) in self.database.rows("select work from holding where document = ?", (document,))}

    def _mentioning(self, key: str) -> set[int]:
        rows = self.database.rows(
            "select distinct work from mention join holding using (document) where number = ?", (key,)
        )
        return {work for (work,) in rows}

    # Fields

    def field(self, name: str, text: str) -> set[int]:
        """Works whose `title`, `number`, `issuer`, `year`, `type`, `status`, `disclosure` or `role` is `text`.

        Raises QueryError.
        """
        match name:
            case "title":
                return names.titled(self.database, title_key(text))
            case "number":
                return self._numbered(text)
            case "issuer":
                return self._issued_by(text)
            case "year":
                first, last = years(text)
                return derived.work_ids(self.database, [("year between ? and ?", (first, last))])
            case "type":
                return self._of_type(text)
            case "status":
                return self._in_state(states(text))
            case "disclosure":
                return self._disclosed(text)
        return derived.work_ids(self.database, [("role = ?", (role_meant(text),))])

    def _issued_by(self, text: str) -> set[int]:
        choice = issuers_meant(self.database, text, Registry(self.tables, self.office.jurisdiction))
        self.organs.append(choice)
        return set[int]().union(*(_issued(self.database, issuer) for issuer in choice.taken))

    def _numbered(self, text: str) -> set[int]:
        numbers = names.number_of(text, self.tables)
        if numbers:
            return set[int]().union(*(names.works_of_number(self.database, number) for number in numbers))
        rows = self.database.rows(
            "select distinct work from name where kind in ('written', 'registration') and instr(form, ?) > 0",
            (comparable(text),),
        )
        return {work for (work,) in rows}

    def _of_type(self, text: str) -> set[int]:
        """The 文种 of the paper (通知), or the kind of instrument it carries (办法), which ends its title."""
        if not title_key(text):
            raise QueryError("文种应写作 通知、意见、办法 等")
        rows = self.database.rows(
            "select id from work where kind = ?1 union"
            " select work from name where kind = 'title' and substr(form, -length(?1)) = ?1",
            (title_key(text),),
        )
        return {work for (work,) in rows}

    def _in_state(self, wanted: frozenset[State]) -> set[int]:
        """Interpretations and news hold in no sense, so that nobody looks for those whose state is unknown; nor is it
        unknown of what was made after the day."""
        effects = derived.effects(self.database)
        found: set[int] = set()
        for identity, record in self.database.rows("select id, record from work"):
            work = derived.as_work(record)
            on_day = status(work, effects.get(work.key, ()), self.as_of)
            self._dead[identity] = on_day.state.dead
            asked = work.role in ("policy", "cleanup") and not on_day.is_unmade
            if on_day.state in wanted and (on_day.state is not State.UNKNOWN or asked):
                found.add(identity)
        return found

    def _disclosed(self, text: str) -> set[int]:
        """Works of this 公开属性: 主动公开, 依申请, 不予公开; 未注明 are the policies held that do not say."""
        wanted = comparable(text).strip()
        if wanted == UNMARKED:
            return derived.work_ids(self.database, _UNMARKED)
        if not any(wanted in word for word in DISCLOSURES) or not wanted:
            raise QueryError(f"没有“{text}”这种公开属性，可写：{'、'.join((*DISCLOSURES, UNMARKED))}")
        return derived.work_ids(self.database, [("instr(json_extract(record, '$.disclosure'), ?) > 0", (wanted,))])

    # Order

    def _ordered(self, found: set[int], wanted: Sequence[Words], count: int) -> list[int]:
        """The first `count`, the best first: who bears the number, what is held, named so, has more of the words (of
        甲 或 乙), a policy; of those that are alike the living ones, and these as in `order`. Where no words are asked
        for, but some fields, that order alone. Who asks for 科技创新券 解读 has the interpretations before the policies
        that are named so."""
        reading = [leaf.text in _READINGS for leaf in wanted]
        first: Role = "interpretation" if any(reading) else "policy"
        leaves = [self._leaf(leaf) for leaf in wanted]
        naming = [leaf for leaf, is_reading in zip(leaves, reading, strict=True) if not is_reading] or leaves
        holding = [leaf.all for leaf in leaves]
        groups: dict[tuple[int, ...], list[int]] = {}
        for identity, held, role in self.database.rows("select id, held, role from work"):
            if identity in found:
                bears = sum(identity in leaf.by_number for leaf in leaves)
                named = sum(identity in leaf.by_title for leaf in naming)
                holds = sum(identity in works for works in holding)
                groups.setdefault((-bears, -held, -named, -holds, by_role(role, first)), []).append(identity)
        places = order(self.database, self.tables, self.office).by_id
        ordered: list[int] = []
        for key in sorted(groups):
            if len(ordered) >= count:
                break
            group = sorted(groups[key], key=places.__getitem__)
            ordered += self._living_first(group, count - len(ordered)) if wanted else group
        return ordered

    def _living_first(self, group: Sequence[int], count: int) -> list[int]:
        """Works with the living before the dead: all, or so many that are living, for asking costs."""
        living: list[int] = []
        dead: list[int] = []
        for identity in group:
            (dead if self._is_dead(identity) else living).append(identity)
            if len(living) >= count:
                return living
        return living + dead

    def _is_dead(self, identity: int) -> bool:
        if identity not in self._dead:
            work = derived.works_by_id(self.database, [identity])[identity]
            effects = derived.effects_of(self.database, work.key)
            self._dead[identity] = status(work, effects, self.as_of).state.dead
        return self._dead[identity]

    # Hits

    def _hit(self, work: Work, wanted: Sequence[Words]) -> Hit:
        number = str(work.number) if work.number else None
        state = status(work, derived.effects_of(self.database, work.key), self.as_of)
        path = work.paths[0] if work.paths else None
        makers = (work.interpreter,) if work.role == "interpretation" and work.interpreter else work.issuers
        return Hit(
            work.key,
            work.title,
            number,
            state,
            path,
            *snippet_of(self.database, self.tables, work.documents, wanted),
            work.role,
            work.published_on,
            makers,
            work.dated_repaired and state.since is not None and state.since == work.dated,
        )


def issuers_meant(database: Database, name: str, registry: Registry) -> OrganChoice:
    """The issuers of the library that a person means by `name`."""
    return organs_meant((issuer for (issuer,) in database.rows("select distinct name from issuer")), name, registry)


def _issued(database: Database, issuer: str) -> set[int]:
    return {work for (work,) in database.rows("select work from issuer where name = ?", (issuer,))}


def _is_count(number: object) -> bool:
    return isinstance(number, int) and number >= 0
