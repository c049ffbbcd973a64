"""Whom a short name of an organ means: 科技局 is that of the office's own region."""

from __future__ import annotations

import pytest

from policylib.library.organ_choice import organs_meant
from policylib.link.organs import Registry
from tests.link.shelf import JURISDICTION, TABLES

ORGANS = (
    "岚州市科学技术局", "岚州市民政局", "岚州市澄江区民政局", "岚州市澄江区教育局", "岚州市人民政府办公厅",
    "东岭省民政厅", "云泽市科学技术局", "云泽市水利局", "国务院办公厅",
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "taken", "left"),
    [
        ("科技局", {"岚州市科学技术局"}, {"云泽市科学技术局"}),
        ("市科技局", {"岚州市科学技术局"}, {"云泽市科学技术局"}),
        ("民政局", {"岚州市民政局"}, {"岚州市澄江区民政局"}),
        ("区民政局", {"岚州市澄江区民政局"}, set()),
        ("教育局", {"岚州市澄江区教育局"}, set()),
        ("民政厅", {"东岭省民政厅"}, set()),
        ("水利局", {"云泽市水利局"}, set()),
        ("云泽市科技局", {"云泽市科学技术局"}, set()),
        ("国办", {"国务院办公厅"}, set()),
        ("交通局", set(), set()),
    ],
)
def test_a_name_without_a_place_means_the_organ_next_door(name: str, taken: set[str], left: set[str]) -> None:
    choice = organs_meant(ORGANS, name, Registry(TABLES, JURISDICTION))
    assert (choice.taken, choice.left) == (taken, left)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("科技庭", ("岚州市科学技术局",)),
        ("岚州市民政厅局", ("岚州市民政局",)),
        ("科技", ()),
        ("气象台", ()),
    ],
    ids=["one character wrong", "one too many", "found", "nothing like it"],
)
def test_a_name_that_nobody_bears_names_the_nearest(name: str, near: tuple[str, ...]) -> None:
    choice = organs_meant(ORGANS, name, Registry(TABLES, JURISDICTION))
    assert choice.near == near
    assert bool(choice.taken) == (name == "科技")


@pytest.mark.parametrize("jurisdiction", [JURISDICTION, ""], ids=["region known", "no region"])
@pytest.mark.parametrize("name", ["岚州市人民政府", "国务院"])
def test_a_full_name_means_itself_alone(name: str, jurisdiction: str) -> None:
    choice = organs_meant((*ORGANS, "岚州市人民政府", "国务院"), name, Registry(TABLES, jurisdiction))
    assert choice.taken == {name}
    assert choice.local == bool(jurisdiction)


def test_an_office_without_a_region_gets_all_of_that_name() -> None:
    for registry in (None, Registry(TABLES)):
        choice = organs_meant(ORGANS, "科技局", registry)
        assert (choice.taken, choice.left, choice.local) == ({"岚州市科学技术局", "云泽市科学技术局"}, set(), False)


@pytest.mark.parametrize("name", ["市政府办公室", "岚州市人民政府办公室"])
def test_what_an_organ_was_called_before_is_the_same_organ(name: str) -> None:
    now, before = "岚州市人民政府办公室", "岚州市人民政府办公厅"
    choice = organs_meant((*ORGANS, now), name, Registry(TABLES, JURISDICTION))
    assert (choice.taken, choice.former, choice.left) == ({now, before}, {before}, set())
