"""Whose papers an office answers for."""

from __future__ import annotations

import pytest

from policylib.model import DocumentNumber, Office, Work
from policylib.rules.context import Context
from policylib.tables import builtin


@pytest.mark.parametrize(
    ("number", "title", "ours"),
    [
        ("淄政办发〔2017〕17号", "关于做好有关工作的通知", True),
        ("鲁政办发〔2017〕17号", "关于做好有关工作的通知", False),
        ("渝财建〔2024〕246号", "关于做好有关工作的通知", False),
        ("岚政办发〔2017〕17号", "关于做好有关工作的通知", True),  # whose code that is, the tables do not know
        ("", "中华人民共和国仲裁法", False),
        ("", "淄博市供水办法", True),
        ("", "山东省行政程序规定", False),
        ("", "贵州省城市供水办法", False),
        ("贵州省人民政府令第12号", "城市供水办法", False),
        ("", "城市供水办法", True),  # whose, nobody can tell
    ],
)
def test_a_paper_that_names_no_issuer_is_told_by_its_number_or_its_name(number: str, title: str, ours: bool) -> None:
    context = Context(builtin(), Office("山东省/淄博市"))
    numbers = (DocumentNumber.parse(number),) if number else ()
    assert context.is_ours(Work(number or title, "policy", True, title=title, numbers=numbers)) is ours
