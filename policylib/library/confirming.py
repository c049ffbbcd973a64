"""Whether a person may confirm or deny a relation that no sentence makes: only one at which the program itself hints.

A clause of a cleanup result (未列入的一律废止; 逾期未重新公布的，宣布失效) reaches the papers that
`link.open_ends` gives, and no others; and who says that a paper still holds cannot say besides that it has ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property

from policylib.errors import JudgementError
from policylib.library import derived, store
from policylib.library.database import Database
from policylib.library.snapshots import snapshot_of
from policylib.link.confirmed import ENDS, SPARED, ground, last_words, told_by_person
from policylib.link.suggested import listed_so
from policylib.model import CLAUSE_WORDS, Evidence, Judgement, Office, Relation, Snapshot, Work
from policylib.tables import Tables, toml_rows


class Confirming:
    """What a library knows of the relations that people speak of. `earlier`: what they have said before."""

    def __init__(self, database: Database, tables: Tables, office: Office, earlier: Sequence[Judgement]) -> None:
        self._database = database
        self._tables = tables
        self._office = office
        self._earlier = earlier

    def check(self, judgement: Judgement) -> None:
        """Raises JudgementError for a relation that was neither read nor suggested, unless it is one that a person may
        tell with a reason (`told_by_person`). A rejected one is not among the derived ones any more: the earlier word
        on it shows that it was. What nobody said may be taken back."""
        works = derived.works_by_key(self._database, [judgement.source, judgement.target])
        for key in (judgement.source, judgement.target):
            if key not in works:
                raise no_work(key)
        relations = derived.relations(self._database, judgement.source)
        known = {one.edge for one in relations} | {one.edge for one in self._earlier if one.verdict != "set"}
        if judgement.verdict == "withdraw" or judgement.edge in known:
            return
        source, target = works[judgement.source], works[judgement.target]
        words = self._ground(judgement.kind, (source, target), relations)
        if words is None and judgement.verdict == "accept" and told_by_person(judgement, source, target):
            if not judgement.why.strip():
                raise JudgementError(
                    f"从{source.label}里没有读出它解读的是{target.label}，程序也没有提示过；两份文件您都核对过的，"
                    "加上 --why 写明理由（例如 --why 标题写错，核对过原件），就按您的登记"
                )
            return
        if words is None:
            raise JudgementError(
                f"库中没有这条关系（{_label(judgement.kind)}）：{source.label} → {target.label}。"
                f"只能确认读出的、程序提示待确认的关系，现有的可用 policylib links 查看{_why_not(judgement, relations)}"
            )
        if words.rule in SPARED:
            self._check_reach(source, target, words.rule)

    def _ground(self, kind: str, ends: tuple[Work, Work], relations: Sequence[Relation]) -> Evidence | None:
        source, target = ends
        between = (one for one in relations if (one.source, one.target) == (source.key, target.key))
        paper = store.analysis_of(self._database, source.documents[0]) if source.documents else None
        works = derived.works_by_key(self._database, [one.target for one in relations])
        rows = listed_so(kind, source, target, relations, works)
        unresolved = (*derived.unresolved(self._database, source.key), *rows)
        return ground(
            kind, ends, between, unresolved, paper, lambda sha256: store.text_of(self._database, sha256) or ""
        )

    # How far a clause reaches -------------------------------------------------------------------------------------

    @cached_property
    def _snapshot(self) -> Snapshot:
        """The whole library: read only where somebody speaks of such a clause."""
        return snapshot_of(self._database, date.today(), self._tables, self._office)

    def _check_reach(self, source: Work, target: Work, rule: str) -> None:
        """Raises JudgementError where the clause of a cleanup result does not reach a paper, and says why."""
        from policylib.link.open_ends import unreached  # loaded where somebody speaks of such a clause

        why = unreached(target, source, rule, self._snapshot, self._office)
        if why is not None:
            clause = CLAUSE_WORDS[rule]
            raise JudgementError(
                f"{target.label}不在这份清理结果{clause}的范围内：{why}，没有登记。{source.label}的{clause}可能涉及哪些文件，"
                f"见 policylib check --rule {SPARED[rule].code} --all；由别的文件废止的，请读入那份文件"
            )

    # One word against another -------------------------------------------------------------------------------------

    def check_agreement(self, judgements: Sequence[Judgement]) -> None:
        """Raises JudgementError where somebody says that a clause ended a paper, and somebody that the paper holds all
        the same: whichever is said later, the other is to be taken back first."""
        said = (*self._earlier, *judgements)
        spared = {(one.source, one.field): one for one in said if one.verdict == "set"}
        for ended in last_words(said).values():
            if ended.verdict != "accept" or ended.kind not in ENDS:
                continue
            for field, code in SPARED.values():
                holds = spared.get((ended.target, field))
                if holds is None or holds.takes_back or not (ended in judgements or holds in judgements):
                    continue
                if self._clause_field(ended) == field:
                    raise self._contradiction(ended, holds, code, holds in judgements)

    def _clause_field(self, ended: Judgement) -> str:
        """The field that spares a paper of the clause on which a person says that it ended; "" where that is none."""
        works = derived.works_by_key(self._database, [ended.source, ended.target])
        if len(works) < 2:
            return ""
        relations = derived.relations(self._database, ended.source)
        words = self._ground(ended.kind, (works[ended.source], works[ended.target]), relations)
        return SPARED[words.rule].field if words and words.rule in SPARED else ""

    def _contradiction(self, ended: Judgement, holds: Judgement, code: str, holds_is_new: bool) -> JudgementError:
        works = derived.works_by_key(self._database, [ended.source, ended.target])
        act, paper = works[ended.source], works[ended.target]
        own = paper.number or paper.key
        word = _label(ended.kind)
        if holds_is_new:
            first = f"登记过它已因{act.label}{word}{_by(ended)}，不能又登记它仍有效"
            undo = f"policylib judge {act.number or act.key} --undo {word} {own}"
        else:
            first = f"登记过它仍有效：{holds.value}{_by(holds)}，不能又确认它已{word}"
            undo = f"policylib judge {own} --exempt= --rule {code}"
        return JudgementError(f"{paper.label}{first}，没有登记。改了主意的，先撤回原来的：{undo}，再登记这一条")


def _by(judgement: Judgement) -> str:
    day = f" {judgement.when.astimezone():%Y-%m-%d}" if judgement.when else ""
    return f"（{judgement.who or '未署名'}{day} 登记）" if judgement.who or day else ""


def _label(kind: str) -> str:
    return next((row["label"] for row in toml_rows("relations.toml") if row["kind"] == kind), "未写关系")


def _why_not(judgement: Judgement, relations: Iterable[Relation]) -> str:
    """Of a catch-all, that it leaves alone what its own paper names; of an interpretation, what it can explain."""
    if judgement.kind == "interprets":
        return "。解读对应的，只能是本库有原文的一份解读和一份政策文件"
    kept = any(one.target == judgement.target and one.kind == "retains" for one in relations)
    return "。它列为继续有效，不在兜底条款之内" if kept and judgement.kind in ENDS else ""


def no_work(key: str) -> JudgementError:
    return JudgementError(f"库中没有编号为“{key}”的文件。请写 Work.key，可用 library.get(…).key 取得")
