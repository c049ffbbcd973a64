"""Which works a review looks at: --issuer and --since."""

from __future__ import annotations

from datetime import date

import pytest

from policylib.library import selected
from policylib.link.organs import Registry
from tests.link.shelf import JURISDICTION, TABLES
from tests.rules.ledger import world

LEDGER = """
    policy 岚科字〔2017〕3号  issuer 岚州市科学技术局  dated 2017-05-01
    policy 岚科字〔2021〕4号  issuer 岚州市科学技术局
    policy 岚科字〔2020〕5号  issuer 岚州市科学技术局
    policy 岚政办发〔2021〕6号  issuer 岚州市人民政府办公室  drafter 市科技局  dated 2021-03-01
    policy 岚财字〔2021〕7号  issuer 岚州市财政局、岚州市科学技术局  published 2021-03-01
    policy 岚财字〔2021〕8号  issuer 岚州市财政局  dated 2020-03-01  basis 岚科字〔2016〕1号
    policy 无号  issuer 岚州市财政局
"""


@pytest.mark.parametrize(
    ("organ", "since", "keys", "undated"),
    [
        ("", None, ["岚科字〔2017〕3号", "岚科字〔2021〕4号", "岚科字〔2020〕5号", "岚政办发〔2021〕6号",
                    "岚财字〔2021〕7号", "岚财字〔2021〕8号", "无号"], 0),
        ("科技局", None, ["岚科字〔2017〕3号", "岚科字〔2021〕4号", "岚科字〔2020〕5号", "岚政办发〔2021〕6号",
                        "岚财字〔2021〕7号"], 0),
        ("市财政局", None, ["岚财字〔2021〕7号", "岚财字〔2021〕8号", "无号"], 0),
        ("科技局", date(2020, 6, 1), ["岚科字〔2021〕4号", "岚政办发〔2021〕6号", "岚财字〔2021〕7号"], 1),
        ("", date(2021, 3, 1), ["岚政办发〔2021〕6号", "岚财字〔2021〕7号"], 2),
        ("水利局", None, [], 0),
    ],
    ids=["all", "a short name, of issuers and drafters", "part of a name", "both", "the day itself", "nobody"],
)  # fmt: skip
def test_works_of_an_organ_and_from_a_day_on(organ: str, since: date | None, keys: list[str], undated: int) -> None:
    found = selected(world(LEDGER).works, organ, since)
    assert (sorted(found.keys), found.undated) == (sorted(keys), undated)


def test_an_organ_of_another_city_is_not_meant() -> None:
    other = """
        policy 云科字〔2021〕1号  issuer 云泽市科学技术局
        policy 云政发〔2021〕2号  issuer 云泽市人民政府  drafter 云泽市科学技术局
    """
    works = world(LEDGER + other).works
    found = selected(works, "科技局", registry=Registry(TABLES, JURISDICTION))
    assert found.organs and "云泽市科学技术局" not in found.organs.taken
    assert not any(key.startswith("云") for key in found.keys)
    assert found.keys == selected(world(LEDGER).works, "科技局").keys
    assert {"云科字〔2021〕1号", "云政发〔2021〕2号"} < selected(works, "科技局").keys
