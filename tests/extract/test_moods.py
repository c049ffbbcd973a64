"""What is wished, told of others or denied is not done: every row of data/moods.toml."""

from __future__ import annotations

import pytest

from policylib.extract import analyse_text
from policylib.extract.cues import cues
from policylib.model import Claim
from policylib.tables import toml_rows
from tests.extract.test_claims import PAPER

ROWS = toml_rows("moods.toml")
DEEDS = {cue.relation for cue in cues()} - {"basis", "reference"}


def cases(key: str) -> pytest.MarkDecorator:
    rows = [(row["mode"], text, f"{row['id']}-{index}") for row in ROWS for index, text in enumerate(row[key])]
    return pytest.mark.parametrize(("mode", "text"), [pytest.param(mode, text, id=name) for mode, text, name in rows])


def said(sentence: str) -> Claim:
    text = PAPER.format(opening="现通知如下。", middle="按期完成。", closing=sentence)
    [claim] = [one for one in analyse_text(text).claims if one.citation.title == "岚州市人才办法"]
    return claim


@cases("examples")
def test_example_of_a_mood(mode: str, text: str) -> None:
    claim = said(text)
    assert claim.relation == "mentions" if mode == "none" else (claim.relation in DEEDS and claim.mode == mode)


@cases("not_examples")
def test_counter_example_of_a_mood(mode: str, text: str) -> None:
    claim = said(text)
    assert claim.relation in DEEDS
    assert claim.mode == "act"


def test_every_mood_has_examples_of_both() -> None:
    assert all(row["examples"] and row["not_examples"] for row in ROWS)


def test_a_plan_that_an_interpretation_retells_is_told() -> None:
    text = (
        "《岚州市创新办法》政策解读\n近日，市科技局印发了《岚州市创新办法》。\n一、背景\n《岚州市人才办法》拟修改。\n"
    )
    [claim] = [one for one in analyse_text(text).claims if one.citation.title == "岚州市人才办法"]
    assert claim.mode == "report"
