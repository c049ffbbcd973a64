"""Values on demand: each made once, when somebody asks."""

import pytest

from policylib.library.on_demand import OnDemand


def test_makes_only_what_is_asked_for_and_each_once():
    asked = []

    def make(key):
        asked.append(key)
        return key.upper()

    values = OnDemand(["b", "a"], make)
    assert (list(values), len(values), asked) == (["b", "a"], 2, [])
    assert values["a"] == values.get("a") == "A"
    assert asked == ["a"]
    assert dict(values) == {"b": "B", "a": "A"}
    assert asked == ["a", "b"]


def test_knows_no_other_key():
    values = OnDemand(["a"], str.upper)
    assert values.get("c") is None
    with pytest.raises(KeyError):
        values["c"]
