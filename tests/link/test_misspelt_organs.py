"""Which names are known although no table lists them."""

from __future__ import annotations

import pytest

from policylib.link.misspelt_organs import is_party_organ
from policylib.tables import toml_rows


@pytest.mark.parametrize("row", toml_rows("party_organs.toml"), ids=lambda row: str(row["id"]))
def test_organs_that_every_committee_of_the_party_has(row: dict[str, list[str]]) -> None:
    assert row["examples"]
    assert row["not_examples"]
    assert all(map(is_party_organ, row["examples"]))
    assert not any(map(is_party_organ, row["not_examples"]))
    assert all(any(one.endswith(name) for one in row["examples"]) for name in row["names"])
