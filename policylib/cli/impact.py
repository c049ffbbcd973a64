"""impact: what rests on a policy, and loses its basis with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import click

from policylib.cli.common import Count, OutputFile, as_of_option, command, format_option, say, with_library
from policylib.cli.output import cell, write_rows, write_text
from policylib.cli.saving import save_table
from policylib.cli.status_words import status_words
from policylib.cli.sweeping import hints_in
from policylib.export import TABLE_SUFFIXES
from policylib.export.findings import quotation
from policylib.export.words import state_word
from policylib.library import Library
from policylib.link.cascade import Loss, Resting, cascade, going_by
from policylib.model import Evidence, Relation, Snapshot, State, Status, Work
from policylib.own_tables import IMPACT
from policylib.rules.context import Context
from policylib.rules.currency import Heirs, heirs, none_left

_LOSSES: dict[Loss, str] = {"whole": "失去依据", "part": "部分失去依据", "shaken": "上级依据动摇",
                           "none": "不受影响，但文中按其执行"}  # fmt: skip
_PLACE = ("quote", "file", "sha256", "start", "end")
_LONG_AGO = timedelta(days=365)
_INDENT, _DEEPEST = 3, 8  # columns a level; deeper ones stand below the eighth, and are told by their numbers


@command("impact", "看一份文件废止或者失效后，哪些文件失去依据。",
         "policylib impact 岚政发〔2015〕22号\npolicylib impact 岚政发〔2015〕22号 岚政规〔2017〕3号 --depth 6\n"
         "policylib impact 岚政发〔2015〕22号 -o 受影响.xlsx",
         "只算“根据、依据”某文件制定的；转发、贯彻的不算；写明参照、按照它执行的，\n"
         "是“不受影响，但文中按其执行”。另有依据未失效的，是“部分失去依据”；\n"
         "再往下的，所依据的那份仍然有效，是“上级依据动摇”。\n"
         "已经失效的文件也可以问：列出仍以它为依据的。")  # fmt: skip
@click.argument("names", metavar="文号或标题...", nargs=-1, required=True)
@as_of_option
@click.option("--depth", type=Count(), default=1, metavar="层数", help="往下几层，默认 1：只看直接以它为依据的。")
@click.option("-o", "--output", type=OutputFile(TABLE_SUFFIXES), metavar="文件",
              help="另存为 .csv、.xlsx 或 .json，屏幕上只说件数。")  # fmt: skip
@format_option
@with_library
def impact_command(
    library: Library, names: tuple[str, ...], as_of: date | None, depth: int, output: Path | None, form: str
) -> None:
    keys = [library.get(name).key for name in names]
    snapshot = library.snapshot(as_of)
    found = cascade(snapshot, keys, depth)
    reached = {one.work.key for one in found}
    found += tuple(one for one in going_by(snapshot, keys) if one.work.key not in reached)
    seen = _Seen(snapshot, hints_in(snapshot, Context(library.tables, library.office)))
    if output is not None and found:
        whole = output.suffix.lower() == ".json"
        save_table([_impact_row(seen, one, whole) for one in found], IMPACT, output, "失去依据的文件")
        say(f"已存入 {output}")
    elif output is not None:
        say(f"没有可写的，没有写 {output}")
    if form != "text":
        write_rows((_impact_row(seen, one, form == "json") for one in found), IMPACT, form)
        return
    if output is None:
        write_text("\n".join(_impact_page(seen, keys, found)))
    told = _totals(seen, found)
    level = "" if depth > 1 else "，只看了直接以它为依据的一层，往下看写 --depth 3"
    say(f"{told}（据本库所知，截至 {snapshot.as_of}）；已经废止、失效的没有列入{level}")


def _totals(seen: _Seen, found: Sequence[Resting]) -> str:
    """失去依据 1，部分失去依据 2（其中 1 件另有的依据效力未知，请另查）: who rests on an unknown basis besides may have
    none."""
    losses = Counter(one.loss for one in found)
    unsure = sum(one.loss == "part" and all(seen.is_unknown(key) for key in one.others) for one in found)
    notes = {"part": f"（其中 {unsure} 件另有的依据效力未知，请另查）"} if unsure else {}
    shown = (loss for loss in _LOSSES if losses[loss] or loss in ("whole", "part"))
    return "，".join(f"{_LOSSES[loss]} {losses[loss]}{notes.get(loss, '')}" for loss in shown)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A library on a day, and of the works that a catch-all may have ended the hint that stands behind their state."""

    snapshot: Snapshot
    hints: Mapping[str, str]

    def words(self, status: Status, work: Work) -> str:
        return status_words(status, work.role) + self.hints.get(work.key, "")

    def is_unknown(self, key: str) -> bool:
        status = self.snapshot.statuses.get(key)
        return status is None or status.state is State.UNKNOWN


def _impact_page(seen: _Seen, keys: list[str], found: tuple[Resting, ...]) -> Iterator[str]:
    statuses = seen.snapshot.statuses
    revised = [key for key in keys if key in statuses and statuses[key].state is State.REVISED]
    for key in keys:
        work, status = seen.snapshot.by_key[key], statuses.get(key)
        yield work.label
        if status:
            yield f"  效力：{seen.words(status, work)}"
            for words in status.decisive.words if status.state.dead and status.decisive else ():
                yield f"  {quotation(words)} —— {cell(words.origin)}"
        yield from _heir_lines(seen, key)
        if key in revised:
            yield "  换了修订后的文本，法规本身仍然有效：以它为依据的文件没有失去依据"
        elif status and status.is_surely_dead and status.since and status.since > date.min:
            yield f"  {_since_then(status.since, seen.snapshot.as_of, _ended(status))}"
    if all(one.loss == "none" for one in found) and revised != keys:
        yield f"没有现行文件以{'它' if len(keys) == 1 else '它们'}为依据（据本库所知）"
    numbers: dict[str, int] = {}
    for one in _as_tree(found):
        numbers[one.work.key] = len(numbers) + 1
        indent = " " * _INDENT * min(one.depth - 1, _DEEPEST)
        yield from (f"{indent}{line}" for line in _impact_lines(seen, one, numbers))


def _since_then(since: date, as_of: date, how: str) -> str:
    """早已废止；要看废止当时，写 --as-of 2018-11-22: who rests on it today is not who lost it then."""
    long_ago = since + _LONG_AGO <= as_of
    return f"{'早已' if long_ago else '已经'}{how}；要看{how}当时，写 --as-of {since - timedelta(days=1)}"


def _ended(status: Status) -> str:
    return "废止" if status.state is State.REPEALED else "失效"


def _as_tree(found: tuple[Resting, ...]) -> Iterator[Resting]:
    """Each work behind the one that it rests on; those of one basis in their order."""
    below: dict[str, list[Resting]] = {}
    for one in reversed(found):
        below.setdefault(one.path[0].target, []).append(one)
    waiting = [one for one in reversed(found) if one.depth == 1]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += below.get(one.work.key, ())


def _impact_lines(seen: _Seen, one: Resting, numbers: Mapping[str, int]) -> Iterator[str]:
    """A work with the sentence by which it rests on the one above: every citation is shown once."""
    own = one.path[0]
    basis = f"第{numbers[own.target]}份" if own.target in numbers else cell(_label(seen.snapshot, own.target))
    yield f"{numbers[one.work.key]}. [{_LOSSES[one.loss]}] {cell(one.work.label)}"
    if status := seen.snapshot.statuses.get(one.work.key):
        yield f"   效力：{seen.words(status, one.work)}"
    said = f"按{basis}执行" if one.loss == "none" else f"以{basis}为依据"
    yield f"   {said}：{quotation(own.evidence)}"
    yield f"     —— {cell(own.evidence.origin)}"
    if after := _issued_after(seen.snapshot, one):
        yield f"   {after}"
    yield from (f"   另有依据：{cell(_standing(seen, key))}" for key in one.others)


def _issued_after(snapshot: Snapshot, one: Resting) -> str:
    """成文于2023-04-10，所依据的在那以前（2018-11-23）已经废止: it rested on a dead paper from the first;
    nothing of one that has lost its basis since."""
    status, day = snapshot.statuses.get(one.path[0].target), one.work.day
    rests = one.loss != "none"
    if not (rests and status and status.is_surely_dead and status.since and day and status.since <= day):
        return ""
    return f"它成文于{day}，所依据的那份在那以前（{status.since}）已经{_ended(status)}"


def _label(snapshot: Snapshot, key: str) -> str:
    work = snapshot.by_key.get(key)
    return work.label if work else key


def _standing(seen: _Seen, key: str) -> str:
    """A further basis, and whether it holds: one that is not held may long be dead."""
    return f"{_label(seen.snapshot, key)}（效力{_state(seen, key)}）"


def _state(seen: _Seen, key: str) -> str:
    status = seen.snapshot.statuses.get(key)
    return state_word(status.state if status else State.UNKNOWN, "policy") + seen.hints.get(key, "")


def _heirs(snapshot: Snapshot, key: str, but: str = "") -> Heirs:
    """What holds in the place of a basis that is dead; of one that lives nobody needs another."""
    return heirs(snapshot, key, but) if snapshot.is_dead(key) else Heirs((), ())


def _heir_lines(seen: _Seen, key: str) -> Iterator[str]:
    """What took the place of a dead basis, so that its papers can rest on that; or that this is dead too."""
    found = _heirs(seen.snapshot, key)
    yield from (f"  替代它的：{cell(one.label)}（效力{_state(seen, one.key)}）" for one in found.living)
    if found.dead and not found.living:
        yield f"  {cell(none_left(seen.snapshot, found))}"


def _impact_row(seen: _Seen, one: Resting, whole: bool) -> dict[str, object]:
    """`whole`: for programs, with the path and its end as objects; else in words that a person reads in a cell."""
    snapshot = seen.snapshot
    status = snapshot.statuses.get(one.work.key)
    evidence = one.path[0].evidence
    return {
        "result": _LOSSES[one.loss],
        "number": str(one.work.number) if one.work.number else None,
        "title": one.work.title,
        "depth": one.depth,
        "path": [relation.target for relation in one.path],
        "quote": quotation(evidence),
        "file": evidence.path,
        "heirs": [work.label for work in _heirs(snapshot, one.path[0].target, one.work.key).living],
        "others": [_standing(seen, key) for key in one.others],
        "state": seen.words(status, one.work) if status else None,
        "key": one.work.key,
        "steps": [(_step if whole else _step_words)(snapshot, relation) for relation in one.path],
        "root": (_root if whole else _root_words)(seen, one.path[-1].target),
    }


def _step(snapshot: Snapshot, relation: Relation) -> dict[str, object]:
    """One citation of a path: who names whom as its basis, in which words, and where they stand."""
    return {
        "source": relation.source,
        "source_label": _label(snapshot, relation.source),
        "target": relation.target,
        "target_label": _label(snapshot, relation.target),
        "kind": relation.kind,
        **_place(relation.evidence),
    }


def _step_words(snapshot: Snapshot, relation: Relation) -> str:
    source, target = (_label(snapshot, key) for key in (relation.source, relation.target))
    return f"{source}→{target}：{quotation(relation.evidence)}（{relation.evidence.origin}）"


def _root(seen: _Seen, key: str) -> dict[str, object]:
    """The paper that was asked about: whether it is dead, since when, by which paper and in which words. What lives
    has no day and no words."""
    status = seen.snapshot.statuses.get(key)
    effect = status.decisive if status and status.state.dead else None
    evidence = effect.evidence if effect else None
    return {
        "key": key,
        "label": _label(seen.snapshot, key),
        "state": _state(seen, key),
        "since": status.since if status and status.state.dead else None,
        "by": effect.by if effect else None,
        "by_label": _label(seen.snapshot, effect.by) if effect and effect.by else None,
        **(_place(evidence) if evidence else dict.fromkeys(_PLACE)),
    }


def _root_words(seen: _Seen, key: str) -> str:
    work, status = seen.snapshot.by_key.get(key), seen.snapshot.statuses.get(key)
    said = f"{_label(seen.snapshot, key)}：{seen.words(status, work) if status and work else _state(seen, key)}"
    effect = status.decisive if status and status.state.dead else None
    if effect and effect.evidence:
        said += f"；{quotation(effect.evidence)}（{effect.evidence.origin}）"
    return said


def _place(evidence: Evidence) -> dict[str, object]:
    """The words as they stand in the text of a file, from `start` up to `end`; of a person's word there is no file."""
    span = evidence.span
    found = (evidence.quote, evidence.path, evidence.sha256, span.start, span.end)
    return dict(zip(_PLACE, found, strict=True))
