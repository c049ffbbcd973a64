"""What people call a work, to the work: its key, its number in any spelling, its title or a part of it, its file.

One, none or several: never a guess.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from policylib.errors import AmbiguousPolicy, PolicyNotFound
from policylib.extract.codes import code_book
from policylib.extract.folding import fold, title_key
from policylib.extract.loose_numbers import spelled_out
from policylib.extract.numbers import find_numbers
from policylib.library import derived
from policylib.library.database import Database, shown
from policylib.library.index import comparable
from policylib.library.listing import meant, stored_path
from policylib.library.order import Nearness, nearest, order
from policylib.model import DocumentNumber, NumberMention, Office, Work, nested
from policylib.tables import Tables

_NEAR = 3
_CITED = re.compile("[《〈][^\\n]*[》〉]")
_UNNAMED = re.compile(r"无标题文件（(.+)）")  # how a paper without a title is listed (`model.work.unnamed`)
_LIKENESS = 0.4  # share of common character pairs from which on a name is worth a suggestion


def numbers_in(text: str, tables: Tables) -> tuple[NumberMention, ...]:
    """The document numbers in what a person typed, whatever the spelling."""
    return find_numbers(text, code_book(tables))


def number_of(text: str, tables: Tables) -> tuple[DocumentNumber, ...]:
    """The number that `text` is: its readings where it allows several, none where it is not just a number. One that is
    typed without brackets (岚科发2016-31) too: a person who asks means nothing else."""
    stripped = text.strip().removesuffix("文")
    return _whole(stripped, tables) or _whole(spelled_out(stripped) or "", tables)


def _whole(text: str, tables: Tables) -> tuple[DocumentNumber, ...]:
    for mention in numbers_in(text, tables):
        if mention.span.end - mention.span.start == len(text):
            return (mention.number,) if mention.number else mention.candidates
    return ()


def find_work(
    database: Database, name: str, tables: Tables, suggest: bool = True, office: Office | None = None
) -> Work:
    """The work that `name` means.

    Knows a key (《某办法》), 淄政办发[2017]17号, 淄政办发2017-17, 〔2017〕17号, 某办法, a title with its number,
    a part of a title, the path of a file, from here or as the library calls it, its name alone where no other work has
    a file of that name; 无标题文件（gazette.pdf）, as a paper without a title is listed.

    Raises PolicyNotFound with names that come near (`suggest`: all names are looked through for them), AmbiguousPolicy
    with the candidates, the policies first, those of the `office` before others.
    """
    wanted = name.strip()
    if listed := _UNNAMED.fullmatch(wanted):
        wanted = listed[1]
    if not is_text(wanted):
        raise PolicyNotFound(f"库中没有“{shown(wanted)}”：里面有不成字的编码，请重新输入")
    steps = (_by_key, _by_number, _by_title, _by_path, _by_part)
    for step in steps:
        found = step(database, wanted, tables)
        if step is _by_title and len(found) > 1:
            found = _nearest_of(found, nearest(database, tables, office or Office()))
        if len(found) > 1:
            found = _gone_out(database, found) or found
        if len(found) == 1:
            return derived.works_by_id(database, found)[found.pop()]
        if found:
            works = derived.works_by_id(database, found).values()
            called = order(database, tables, office or Office()).of_names(works)
            if step is _by_part:
                called = _own_names_first(called, wanted)
            raise AmbiguousPolicy(wanted, [work.key for work in called], _keys_and_titles(called))
    near = _near(database, wanted) if suggest else ()
    hint = f"。名称相近的有：{'；'.join(near)}" if near else "。可先用 policylib search 查找"
    raise PolicyNotFound(f"库中没有“{shown(wanted)}”{hint}")


def _own_names_first(works: Sequence[Work], part: str) -> tuple[Work, ...]:
    """Of each role those first that bear the part themselves; the roles stay in their order."""
    roles = list(dict.fromkeys(work.role for work in works))
    return tuple(sorted(works, key=lambda work: (roles.index(work.role), not _bears(work, part))))


def _bears(work: Work, part: str) -> bool:
    """Whether the part is of the paper's own name, or of what it issues; not of a title that it only cites: 关于延长
    〈细则〉有效期的通知 is about 细则, and is not it."""
    own = (_CITED.sub("", fold(work.title or "")), *(work.instruments if work.role == "policy" else ()))
    return any(title_key(part) in title_key(name) for name in own)


def _gone_out(database: Database, works: set[int]) -> set[int]:
    """Those that are no drafts: who says a title means the paper of that title."""
    rows = database.rows("select id from work where role != 'draft' and id in (select value from json_each(?))",
                         (json.dumps([*works]),))  # fmt: skip
    return {work for (work,) in rows}


def is_text(text: str) -> bool:
    """Whether it can be written down: half a character (a lone surrogate) cannot, and so is in no name."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _nearest_of(found: set[int], near: Mapping[int, Nearness]) -> set[int]:
    """Of the papers of one title that of the own office, or of its region: other places have papers of that title too.
    All of them, where none stands nearer than the others."""
    least = min(near.get(work, Nearness.ELSEWHERE) for work in found)
    return {work for work in found if near.get(work, Nearness.ELSEWHERE) == least}


def _by_key(database: Database, name: str, tables: Tables) -> set[int]:
    return derived.work_ids(database, [("key = ?", (name,))])


def _by_number(database: Database, name: str, tables: Tables) -> set[int]:
    """Works of the numbers in the name. Where several share one, a title in the name decides."""
    numbers: list[DocumentNumber] = []
    rest = name
    for mention in numbers_in(name, tables):
        rest = rest.replace(mention.raw, "")
        numbers += (mention.number,) if mention.number else mention.candidates
    if not any(number.code for number in numbers):
        numbers = [*number_of(name, tables)] or numbers
    found = set[int]().union(*(works_of_number(database, number) for number in numbers))
    titled = _named(database, "title", title_key(rest)) if len(found) > 1 and title_key(rest) else set()
    return (found & titled) or found


def works_of_number(database: Database, number: DocumentNumber) -> set[int]:
    """The works that bear this number, else those of which the text was made anew by the order of that number; for one
    without a code, 〔2017〕17号, those whose number ends so."""
    if number.code is None:
        written = comparable(str(number))
        rows = database.rows(
            "select distinct work from name where kind = 'written' and substr(form, ?) = ?", (-len(written), written)
        )
        return {work for (work,) in rows}
    return _named(database, "number", number.key) or _named(database, "revising", number.key)


def _by_title(database: Database, name: str, tables: Tables) -> set[int]:
    key = title_key(name)
    return _named(database, "title", key) or _named(database, "alias", key) or _named(database, "registration", name)


def _by_path(database: Database, name: str, tables: Tables) -> set[int]:
    if not name:
        return set()
    home = database.path.parent
    rows = database.rows(
        "select work from file join holding using (document) where path in (select value from json_each(?))",
        (json.dumps([stored_path(place, home) for place in meant(name, home)]),),
    )
    found = {work for (work,) in rows}
    return found or ({work for work, path in _paths(database) if _file_name(path) == name} if "." in name else set())


def _paths(database: Database) -> Iterator[tuple[int, str]]:
    yield from database.rows("select work, path from file join holding using (document) where not missing")


def _file_name(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2]


def _by_part(database: Database, name: str, tables: Tables) -> set[int]:
    return titled(database, title_key(name))


def titled(database: Database, part: str) -> set[int]:
    """Works with a title or alias that holds `part`, which is in the form of `title_key`."""
    if not part:
        return set()
    rows = database.rows(
        "select distinct work from name where kind in ('title', 'alias') and instr(form, ?) > 0", (part,)
    )
    return {work for (work,) in rows}


def _named(database: Database, kind: str, form: str) -> set[int]:
    return {work for (work,) in database.rows("select work from name where form = ? and kind = ?", (form, kind))}


def _keys_and_titles(works: Sequence[Work]) -> list[str]:
    """The keys with the titles; where two papers have one label, the texts of a statute say, with their days."""
    times = Counter(work.label for work in works)
    named = ((_key_and_title(work), work.days if times[work.label] > 1 else "") for work in works)
    return [f"{name}（{days}）" if days else name for name, days in named]


def _key_and_title(work: Work) -> str:
    title = nested(work.title) if work.title else ""
    return work.key if title in work.key else f"{work.key}《{title}》"


def _near(database: Database, name: str) -> tuple[str, ...]:
    """The names that share most character pairs with `name`."""
    wanted = _pairs(comparable(name))
    if not wanted:
        return ()
    best: dict[str, float] = {}
    for form, key in database.rows(
        "select form, key from name join work on work.id = name.work where name.kind in ('title', 'written')"
    ):
        pairs = _pairs(form)
        likeness = 2 * len(wanted & pairs) / (len(wanted) + len(pairs))
        if likeness >= _LIKENESS:
            best[key] = max(best.get(key, 0.0), likeness)
    return tuple(sorted(best, key=lambda key: (-best[key], key))[:_NEAR])


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))
