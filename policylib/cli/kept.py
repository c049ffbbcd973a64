"""What people said for a paper that might have ended: who, when and why, as `status --why` and `timeline` tell it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from policylib.cli.output import cell
from policylib.library import Library, Links
from policylib.link.confirmed import SPARED
from policylib.link.kept import kept_by_people
from policylib.model import CLAUSE_WORDS, Judgement, Work


@dataclass(frozen=True, slots=True)
class Kept:
    """A person's word that a paper holds all the same: what was said (`says`), and of what `act`, if of one."""

    says: str
    judgement: Judgement
    act: Work | None = None

    @property
    def day(self) -> date | None:
        when = self.judgement.when
        return when.astimezone().date() if when else None

    @property
    def why(self) -> str:
        return self.judgement.value or self.judgement.why

    @property
    def who(self) -> str:
        """张三 2026-11-26 登记."""
        return " ".join(filter(None, (self.judgement.who or "未署名", str(self.day or ""), "登记")))


def _kept(library: Library, links: Links) -> Iterator[Kept]:
    """The words that stand: that a clause does not apply to a paper, that a result or another paper did not end it."""
    clauses = {field: f"{CLAUSE_WORDS[clause]}（{code}）" for clause, (field, code) in SPARED.items()}
    for one in kept_by_people(links.judgements).get(links.work.key, ()):
        if one.verdict == "set":
            yield Kept(f"仍有效，不适用{clauses[one.field]}", one)
        else:
            act = library.get(one.source)
            yield Kept(f"仍有效，没有因{cell(act.label)}{'废止' if one.kind == 'repeals' else '宣布失效'}", one, act)


def kept_lines(library: Library, links: Links) -> Iterator[str]:
    """张三 2026-11-26 登记：仍有效，不适用清理结果的兜底条款（CLN-12）：仍在执行."""
    found = tuple(_kept(library, links))
    if found:
        yield "人工意见："
    for one in found:
        yield f"  {cell(one.who)}：{one.says}" + (f"：{cell(one.why)}" if one.why else "")


def kept_rows(library: Library, links: Links) -> Iterator[dict[str, object]]:
    """The same as rows of a timeline, on the days on which people said it."""
    for one in _kept(library, links):
        told = one.who + (f"（{one.why}）" if one.why else "")
        yield {
            "day": one.day, "event": one.says, "until": None, "by": one.act.label if one.act else None,
            "quote": one.why or None, "told": told, "path": one.who, "made": one.day, "certainty": "人工登记",
        }  # fmt: skip
