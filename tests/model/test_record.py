"""Records that are filled through their slots are what dataclass made them, and faster."""

import pickle
from dataclasses import FrozenInstanceError, dataclass, fields, replace

import pytest

from policylib.model import Evidence, Span, Work
from policylib.model.record import filled


@dataclass(frozen=True, slots=True, order=True)
class _Plain:
    start: int
    end: int = 7


@filled
@dataclass(frozen=True, slots=True, order=True)
class _Filled:
    start: int
    end: int = 7


def test_takes_what_dataclass_takes():
    for values in ((1,), (1, 2)):
        plain, quick = _Plain(*values), _Filled(*values)
        assert [getattr(quick, one.name) for one in fields(quick)] == [
            getattr(plain, one.name) for one in fields(plain)
        ]
        assert hash(quick) == hash(plain)
    assert _Filled(start=1, end=2) == _Filled(1, 2) < _Filled(1, 3)
    assert repr(_Filled(1)) == "_Filled(start=1, end=7)"


@pytest.mark.parametrize("values", [(), (1, 2, 3)], ids=["too few", "too many"])
def test_refuses_what_dataclass_refuses(values):
    with pytest.raises(TypeError):
        _Filled(*values)


def test_stays_frozen():
    with pytest.raises(FrozenInstanceError):
        Span(1, 2).start = 3


def test_is_replaced_and_pickled():
    evidence = Evidence("a" * 64, "a.html", Span(0, 3), "岚州市")
    assert replace(evidence, rule="title") == Evidence("a" * 64, "a.html", Span(0, 3), "岚州市", rule="title")
    assert pickle.loads(pickle.dumps(evidence)) == evidence
    assert Work("甲", "policy", True).title is None
