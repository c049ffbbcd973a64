"""What a library gives passes to another process and comes back the same; docs/python.md says what can be hashed."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import fields
from pathlib import Path

import pytest

from policylib import analyse, audit, check_draft, read
from policylib.library import Library
from policylib.rules import all_rules
from tests.yunze import MEASURES

GIVEN: dict[str, Callable[[Library, Path], object]] = {
    "works": lambda library, paper: library.works(),
    "documents": lambda library, paper: library.documents(),
    "problems": lambda library, paper: library.problems(),
    "a report of what was added": lambda library, paper: library.add(paper),
    "a report of what was removed": lambda library, paper: library.remove(paper),
    "a status": lambda library, paper: library.status(MEASURES),
    "hits": lambda library, paper: library.search("政务公开 发文机关:云泽市人民政府办公室"),
    "issuers": lambda library, paper: library.issuers("科技局"),
    "a paper that was read": lambda library, paper: read(paper),
    "an analysis": lambda library, paper: analyse(read(paper)),
    "a stored analysis": lambda library, paper: library.analysis(library.get(MEASURES).documents[0]),
    "a paper that was peeked at": lambda library, paper: library.peek(paper),
    "the office": lambda library, paper: library.office,
    "a report of the rules": lambda library, paper: audit(library.snapshot()),
}
NOT_HASHED: dict[str, Callable[[Library, Path], object]] = {
    "a snapshot": lambda library, paper: library.snapshot(),
    "links": lambda library, paper: library.links(MEASURES),
    "statuses": lambda library, paper: library.statuses(library.works()),
    "a draft that was checked": lambda library, paper: check_draft(library, paper),
    "an order": lambda library, paper: library.order(),
}


@pytest.mark.parametrize("give", [*GIVEN.values(), *NOT_HASHED.values()], ids=[*GIVEN, *NOT_HASHED])
def test_it_comes_back_the_same(office: Library, papers: Path, give: Callable[[Library, Path], object]) -> None:
    given = give(office, papers / "清理结果.txt")
    assert pickle.loads(pickle.dumps(given)) == given


@pytest.mark.parametrize("give", GIVEN.values(), ids=GIVEN)
def test_it_is_hashed_as_its_equal(office: Library, papers: Path, give: Callable[[Library, Path], object]) -> None:
    given = give(office, papers / "清理结果.txt")
    assert {given: 1}[pickle.loads(pickle.dumps(given))] == 1


@pytest.mark.parametrize("give", NOT_HASHED.values(), ids=NOT_HASHED)
def test_what_holds_a_mapping_is_not_hashed(
    office: Library, papers: Path, give: Callable[[Library, Path], object]
) -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(give(office, papers / "清理结果.txt"))


def test_an_analysis_that_was_read_as_asked_is_hashed_as_one_that_was_made(office: Library, papers: Path) -> None:
    (peeked,) = office.peek(papers / "政务公开办法.txt")
    kept = office.analysis(office.get(MEASURES).documents[0])
    assert {kept, getattr(peeked, "analysis", None)} == {kept}


def test_tables_say_the_same_elsewhere(office: Library) -> None:
    tables = office.tables
    again = pickle.loads(pickle.dumps(tables))
    assert all(getattr(again, one.name) == getattr(tables, one.name) for one in fields(tables))
    with pytest.raises(TypeError):
        again.profiles["x"] = {}
    with pytest.raises(TypeError):
        next(iter(again.profiles.values()))["id"] = "x"


def test_a_snapshot_needs_no_library_elsewhere(office: Library) -> None:
    snapshot = office.snapshot()
    found = audit(snapshot).findings
    taken, whole = pickle.dumps(snapshot), snapshot.whole()
    office.close()
    assert found
    assert audit(pickle.loads(taken)).findings == audit(whole).findings == found
    assert whole == snapshot


def test_an_audit_is_done_by_a_pool(office: Library) -> None:
    snapshot, rules = office.snapshot(), all_rules(office.tables, office.office)
    with ProcessPoolExecutor(1) as pool:
        assert pool.submit(audit, snapshot.whole(), rules).result() == audit(snapshot, rules)
