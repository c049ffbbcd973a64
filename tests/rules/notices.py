"""Notices that issue an instrument, for rules that look at their sentences and dates: linked and dated for real.

    snapshot = papers({"甲.docx": paper("岚科规〔2024〕3号", "本办法自2024年5月1日起施行，有效期5年。")})

The office is that of 岚州, under the rule set of corpus/tables: terms of 3 to 5 years, on trial of 1 or 2; 30 days'
notice.
"""

from __future__ import annotations

import hashlib
from datetime import date

from policylib.model import Document, Finding, Judgement, Office, Snapshot, Source, plain_document
from policylib.rules import all_rules, audit
from tests.regold import corpus_tables
from tests.rules.papers import linked

OFFICE = Office("东岭省/岚州市")


def paper(
    number: str = "岚科规〔2024〕3号",
    clause: str = "本办法自2024年5月1日起施行，有效期5年。",
    *,
    name: str = "岚州市实验室管理办法",
    title: str = "",
    issuer: str = "岚州市科学技术局",
    registered: bool = True,
    dated: str = "2024年3月4日",
    note: str = "（此件公开发布）",
    page: str = "",
    imprint: str = "",
) -> str:
    """A notice that issues an instrument; `page` is what the page says beside it, a label and its value a line."""
    lines = [
        page,
        title or f"{issuer}关于印发《{name}》的通知",
        number,
        "规范性文件登记号：LZCR-2024-0100003" if registered else "",
        "各区县科技局，各有关单位：",
        f"现将《{name}》印发给你们，请认真执行。",
        issuer,
        dated,
        note,
        name,
        "第一条　为加强实验室管理，制定本办法。",
        f"第二条　{clause}",
        imprint,
    ]
    return "\n".join(line for line in lines if line)


def papers(files: dict[str, str], as_of: str = "2024-06-30", judgements: tuple[Judgement, ...] = ()) -> Snapshot:
    """The snapshot of a library of these papers, by file name."""
    documents = [_document(name, text) for name, text in sorted(files.items())]
    return linked(documents, corpus_tables(), judgements, date.fromisoformat(as_of), OFFICE.jurisdiction)


def findings(snapshot: Snapshot, rule: str) -> list[Finding]:
    return [one for one in audit(snapshot, all_rules(corpus_tables(), OFFICE)).findings if one.rule == rule]


def results(snapshot: Snapshot, rule: str) -> list[tuple[str, str]]:
    return [(one.result, one.severity) for one in findings(snapshot, rule)]


def _document(name: str, text: str) -> Document:
    digest = hashlib.sha256(f"{name}{text}".encode()).hexdigest()
    return plain_document(text, Source(name, digest, "text/plain", "text"))
