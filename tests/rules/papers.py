"""Little worlds of whole papers: texts as a clerk has them, read, analysed and linked, without a library.

audited({"办法.txt": "…", "解读.html": "…"}, "interpretation.contents")   the findings of that rule
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from policylib.extract import analyse
from policylib.link import Linked, link
from policylib.link.status import status
from policylib.model import Analysis, Document, Effect, Finding, Judgement, Link, Office, Snapshot
from policylib.readers import read_bytes
from policylib.rules import all_rules, audit
from policylib.tables import Tables, builtin

AS_OF = date(2024, 6, 30)

POLICY = """\
岚州市科学技术局关于印发《岚州市科技奖励办法》的通知
岚科规〔2024〕3号

各区县科技局：
现将《岚州市科技奖励办法》印发给你们，请认真执行。

岚州市科学技术局
2024年3月1日

岚州市科技奖励办法
第一条 为了奖励在科学技术进步活动中作出贡献的个人和组织，根据《东岭省科学技术进步条例》，制定本办法。
第二条 科技奖每年评审一次，授奖项目总数不超过三十项。
第三条 一等奖每项奖金标准为人民币20万元，二等奖每项奖金标准为10万元。
第四条 申请人应当在公告之日起15个工作日内提出申请，由推荐单位审核后报市科学技术局。
第五条 本办法自2024年4月1日起施行，有效期5年。
"""

INTERPRETATION = """\
《岚州市科技奖励办法》解读
2024年3月1日，岚州市科学技术局印发《岚州市科技奖励办法》（岚科规〔2024〕3号，以下简称《办法》）。现解读如下：
一、出台背景
近年来，全市科技人员的积极性越来越高，原有的奖项设得偏少，推荐的渠道也窄，不少项目得不到评价，各方面都希望有一套新的规矩。
二、目标任务
让作出贡献的人得到应有的尊重，带动更多企业舍得在研究上花钱，五年之内使全市的研发投入再上一个台阶。
三、主要内容
《办法》明确了奖项怎样设、谁来推荐、怎样评审。一等奖的奖金有20万元，评审每年组织一次，时间放在秋天，结果向社会公示。
四、施行时间
《办法》自2024年4月1日起施行，有效期为5年。
解读单位：岚州市科学技术局
"""


def snapshot_of(
    papers: Mapping[str, str], judgements: tuple[Judgement, ...] = (), as_of: date = AS_OF, jurisdiction: str = ""
) -> Snapshot:
    """What a library of these files would give, a name and a text each; what the name says is read so (.txt, .html)."""
    return linked([read_bytes(text.encode(), name) for name, text in papers.items()], builtin(), judgements, as_of,
                  jurisdiction)  # fmt: skip


def linked(
    documents: Sequence[Document], tables: Tables, judgements: tuple[Judgement, ...], as_of: date, jurisdiction: str
) -> Snapshot:
    """The snapshot of documents that were read, by an office's own tables."""
    analyses = {document.source.sha256: analyse(document, tables) for document in documents}
    texts = {document.source.sha256: document.text for document in documents}
    found = link([*analyses.values()], texts.__getitem__, judgements, tables, jurisdiction)
    links = {document.source.sha256: document.links for document in documents}
    made = snapshot_of_linked(found, texts, analyses, links, as_of=as_of, tables=tables, jurisdiction=jurisdiction)
    return replace(made, judgements=judgements)


def snapshot_of_linked(
    found: Linked,
    texts: Mapping[str, str],
    analyses: Mapping[str, Analysis],
    links: Mapping[str, tuple[Link, ...]],
    *,
    as_of: date,
    tables: Tables,
    jurisdiction: str,
) -> Snapshot:
    """What a library of these documents, each by its hash, would give on a day."""
    effects: dict[str, tuple[Effect, ...]] = {}
    for effect in found.effects:
        effects[effect.work] = (*effects.get(effect.work, ()), effect)
    return Snapshot(
        as_of=as_of,
        works=found.works,
        relations=found.relations,
        statuses={work.key: status(work, found.effects, as_of) for work in found.works},
        unresolved=found.unresolved,
        effects=effects,
        renames=tables.renames,
        texts=texts,
        analyses=analyses,
        links=links,
        office=Office(jurisdiction),
    )


def findings(snapshot: Snapshot, rule: str) -> list[Finding]:
    """What one rule finds, whether it is on or not."""
    rules = [replace(one, on=True) for one in all_rules(office=snapshot.office) if one.id == rule]
    assert len(rules) == 1
    return list(audit(snapshot, rules).findings)


def audited(papers: Mapping[str, str], rule: str) -> list[Finding]:
    return findings(snapshot_of(papers), rule)


def page(title: str, text: str, extra: str = "", published: str = "2024-03-04") -> str:
    """A page of a site with its head, its column and what stands beside the text."""
    body = "".join(f"<p>{line}</p>" for line in text.splitlines() if line)
    return (
        f'<html><head><meta charset="utf-8"><meta name="ArticleTitle" content="{title}">'
        f'<meta name="PubDate" content="{published}"><title>{title}</title></head><body><h1>{title}</h1>'
        f'<ul class="meta"><li>发布日期：{published}</li></ul><article>{body}</article>{extra}</body></html>'
    )
