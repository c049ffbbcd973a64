"""Which originals are to be marked, and with which words: what the page says of itself beside what the library knows.

Source: 国办发〔2017〕24号, which has repealed papers made known at once and marked where they stand on the site;
domain.md §5.3 (SITE_LABEL never outweighs an event), §7.2, §7.3 CLN-05. A page is marked by a mark (本文件已废止) or by
its own label (有效性：废止); 废止 for what has lapsed is close enough. A page whose own label says 有效 beside the mark
is not marked until the label is corrected too; another page that is marked will do. The interpretation of a policy that
is dead is marked too (INT-13): it says so of the policy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final, Literal

from policylib.link.labels import Said, said_by
from policylib.marks import HEAD
from policylib.model import Effect, Snapshot, State, Status, Work
from policylib.rules.calendar import spelled
from policylib.rules.context import Context
from policylib.rules.dead_policies import DEAD, Outlived, outlived, says_dead

Standing = Literal["contradicts", "open", "doubtful", "elsewhere", "marked"]
"""contradicts: a page says that it holds, or holds in part, what is dead, be it beside the mark. open: no page says
anything. doubtful: a page says more than the library knows, or the status rests on something that must be verified
first. elsewhere: issued above or outside the office's region, so that others mark it. marked: a page says so."""

PAGES: Final = (".html", ".htm", ".mht", ".mhtml")
WORDS: Final[dict[State, str]] = {
    State.REPEALED: "废止", State.LAPSED: "失效", State.EXPIRED: "失效", State.PARTIAL: "部分失效",
    State.AMENDED: "已修改", State.REVISED: "失效",
}  # fmt: skip
"""The states in which an original is marked, and the word for it."""
_CHANGED: Final = ("部分失效", "已修改")
_ORDER: Final = ("contradicts", "open", "doubtful", "elsewhere", "marked")
_CHANGES: Final = {State.PARTIAL: "partial", State.AMENDED: "amend"}


@dataclass(frozen=True, slots=True)
class Marking:
    """A work whose original is to be marked. `word`: 废止, 失效, 部分失效, 已修改. `said`: what its files say by now.
    `doubt`: what must be verified before it is marked. `explains`: of an interpretation, the dead policies that it
    explains; its status is that of the first."""

    work: Work
    status: Status
    word: str
    standing: Standing
    snapshot: Snapshot = field(compare=False, repr=False)
    said: tuple[Said, ...] = ()
    doubt: str = ""
    explains: tuple[Outlived, ...] = ()

    @property
    def text(self) -> str:
        """The mark."""
        return of_policies(self.snapshot, self.explains) if self.explains else sentence(self.snapshot, self.status)

    @property
    def wrong(self) -> tuple[Said, ...]:
        """The labels of pages (有效性：有效) that say of what is dead that it holds: no mark puts them right."""
        return tuple(one for one in self.said if _is_wrong(self.status.state, one))


def markings(snapshot: Snapshot, context: Context | None = None) -> tuple[Marking, ...]:
    """Every held policy and cleanup result that is dead or changed on the snapshot's day, and every interpretation of
    one that is dead: first what its page contradicts, then what is open, what is doubtful, what is others' to mark, and
    what is marked already; each by key.

    `context` knows whose the works are; without it all are the office's own.
    """
    found = (_whose(one, context) for work in snapshot.works if (one := marking(snapshot, work)))
    return tuple(sorted(found, key=lambda one: (_ORDER.index(one.standing), one.work.key)))


def marking(snapshot: Snapshot, work: Work) -> Marking | None:
    """How the original of a work is to be marked; None for one that is not held, that holds as it stands, or of which
    the library does not know; of an interpretation, where that is so of all that it explains."""
    if work.role == "interpretation":
        return _explaining(snapshot, work) if work.held else None
    status = snapshot.statuses.get(work.key)
    if status is None or status.state not in WORDS or not work.held or work.role not in ("policy", "cleanup"):
        return None
    said = said_of(snapshot, work)
    doubt = _doubt(work, status)
    standing: Standing = _standing(status.state, said)
    if doubt and standing != "marked":
        standing = "doubtful"
    return Marking(work, status, WORDS[status.state], standing, snapshot, said, doubt)


def _whose(found: Marking, context: Context | None) -> Marking:
    whose = [one.policy for one in found.explains] or [found.work]
    if found.standing not in ("contradicts", "open") or context is None or any(map(context.is_ours, whose)):
        return found
    return replace(found, standing="elsewhere")


def _explaining(snapshot: Snapshot, work: Work) -> Marking | None:
    """An interpretation is marked by a file that says it of all the policies that are surely dead; where none is surely
    dead, that must be verified first."""
    found = outlived(snapshot, work)
    if not found:
        return None
    sure = tuple(one for one in found if one.is_sure) or found
    status, word = sure[0].status, WORDS[sure[0].status.state]
    said = [{one.evidence.sha256: one for one in says_dead(snapshot, work, each.policy)} for each in sure]
    there = tuple(one for sha256, one in said[0].items() if all(sha256 in rest for rest in said[1:]))
    doubt = "" if sure[0].is_sure else "所解读的文件失效与否待核实"
    standing: Standing = "marked" if there else "doubtful" if doubt else "open"
    return Marking(work, status, word, standing, snapshot, there, doubt, sure)


# What there is of a page ------------------------------------------------------------------------------------------


def has_page(work: Work) -> bool:
    """Whether a file of the work is a page of a site: of a docx or a pdf nobody sees whether its page is marked."""
    return any(path.lower().endswith(PAGES) for path in work.paths)


def unseen(work: Work) -> str:
    """本库存的是docx，不是网页，看不出网上标明没有."""
    kinds = dict.fromkeys(path.rsplit(".", 1)[-1].lower() for path in work.paths if "." in path.rsplit("/", 1)[-1])
    return f"本库存的是{'、'.join(kinds) or '文件'}，不是网页，看不出网上标明没有"


LOOK: Final = "请到网站上看一眼：没有标明的，标注的话见 policylib mark list；标明了的，把网页存下来读入本库"
"""What to do about a page that the library does not hold."""

# What a page says -------------------------------------------------------------------------------------------------


def said_of(snapshot: Snapshot, work: Work) -> tuple[Said, ...]:
    """What the files of a work say of its validity; only of those that say anything the files are asked."""
    if not work.said:
        return ()
    return tuple(
        said
        for sha256 in work.documents
        for said in said_by(snapshot.analyses.get(sha256), lambda sha256: snapshot.texts.get(sha256, ""))
    )


def as_printed(said: Said) -> str:
    """The label word for word, 现行有效; of a mark, which is a sentence, what it says."""
    return said.says if said.mark else said.evidence.quote


def agrees(state: State, says: str) -> bool:
    """Whether a page that says so is marked: 废止 for what has lapsed is close enough, and 已修改 for a text that was
    revised."""
    if state is State.REVISED:
        return says in (*DEAD, "已修改")
    return says in (DEAD if state.dead else _CHANGED)


def _is_wrong(state: State, said: Said) -> bool:
    return state.dead and not said.mark and not agrees(state, said.says)


def _standing(state: State, said: Sequence[Said]) -> Standing:
    """By the file that says most: one page that is marked, and does not say the contrary itself, will do."""
    if not said:
        return "open"
    words = {one.says for one in said}
    right = {one.evidence.sha256 for one in said if agrees(state, one.says)}
    if right.difference(one.evidence.sha256 for one in said if _is_wrong(state, one)):
        return "marked"
    if state.dead and words:
        return "contradicts"
    return "doubtful" if words.intersection(DEAD) else "open"


def _doubt(work: Work, status: Status) -> str:
    """What must be verified first. Status itself heeds no uncorroborated repair; but where the paper's own number was
    repaired, the act that names it may mean another."""
    decisive = status.decisive
    if decisive is None or not status.is_sure:
        return "决定效力的文件待核实"
    if decisive.by and work.number_repaired and not work.number_corroboration:
        return "本文件的文号由缺损文字推出，待核实"
    return ""


# The words of the mark --------------------------------------------------------------------------------------------


def sentence(snapshot: Snapshot, status: Status) -> str:
    """The mark of a work in this state.

    【效力标注】本文件已废止：据《某决定》（岚政发〔2018〕28号），自2018年11月23日起废止。
    【效力标注】本文件已废止：据《某通知》（岚科发〔2024〕19号）的兜底条款，自2024年10月21日起废止。
    【效力标注】本文件已失效：有效期至2023年12月31日，自2024年1月1日起失效。
    【效力标注】本文件已失效：已有2024年2月27日修订的文本，自2024年5月1日起失效。
    【效力标注】本文件部分失效：据《某决定》（岚政发〔2018〕28号），第三条、第五条自2018年11月23日起失效。
    【效力标注】本文件已修改：据《某通知》（岚财发〔2020〕11号），第六条自2020年6月1日起修改，请与修改文件对照使用。
    """
    kind = _CHANGES.get(status.state)
    words = "；".join(_change(snapshot, one) for one in _changes(status, kind)) if kind else _end(snapshot, status)
    said = {
        State.REPEALED: f"本文件已废止：{words}", State.LAPSED: f"本文件已失效：{words}",
        State.REVISED: f"本文件已失效：{words}",
        State.EXPIRED: f"本文件已失效：{words}", State.PARTIAL: f"本文件部分失效：{words}",
        State.AMENDED: f"本文件已修改：{words}，请与修改文件对照使用",
    }[status.state]  # fmt: skip
    return f"{HEAD}{said.replace('。', ' ')}。"


def of_policies(snapshot: Snapshot, explains: Sequence[Outlived]) -> str:
    """The mark of the interpretation of dead policies.

    【效力标注】所解读的文件《某通知》（岚科发〔2016〕31号）已废止：据《某决定》（岚政发〔2018〕28号），自2018年11月23日起废止。
    """
    ends = (
        f"{' '.join(one.policy.label.split())}已{WORDS[one.status.state]}：{_end(snapshot, one.status)}"
        for one in explains
    )
    return f"{HEAD}所解读的文件{'；'.join(ends).replace('。', ' ')}。"


def _end(snapshot: Snapshot, status: Status) -> str:
    by = status.decisive
    since = f"自{spelled(status.decided)}起" if status.decided else ""
    if status.state is State.REPEALED:
        return f"{_according_to(snapshot, by)}，{since}废止"
    if status.state is State.LAPSED:
        return f"{_according_to(snapshot, by)}宣布，{since}失效"
    if status.state is State.REVISED:
        return f"已有{spelled(by.made) if by and by.made else ''}修订的文本，{since}失效"
    last = spelled(status.decided - timedelta(days=1)) if status.decided else ""
    if by and by.by:
        return f"{_according_to(snapshot, by)}，有效期延长至{last}，{since}失效"
    return f"有效期至{last}，{since}失效"


def _changes(status: Status, kind: str) -> list[Effect]:
    """The acts that changed the work until its day, the earliest first."""
    known = [*status.losing, *([status.decisive] if status.decisive else [])]
    stated = [one for one in known if one.kind == kind and one.certainty == "stated"]
    there = [one for one in stated if (day := one.effective or one.made) and day <= status.as_of]
    return sorted(there, key=lambda one: (one.effective or one.made or date.min, one.by or ""))


def _change(snapshot: Snapshot, effect: Effect) -> str:
    what = effect.detail or ("部分内容" if effect.kind == "partial" else "")
    day = effect.effective or effect.made
    since = f"自{spelled(day)}起" if day else ""
    return f"{_according_to(snapshot, effect)}，{what}{since}{'失效' if effect.kind == 'partial' else '修改'}"


def _according_to(snapshot: Snapshot, effect: Effect | None) -> str:
    """The act; who confirmed that its catch-all did it is for the office to know, and stands on no website."""
    act = snapshot.by_key.get(effect.by) if effect and effect.by else None
    named = act.label if act and (act.title or act.number) else "有关文件"
    return f"据{' '.join(named.split())}{effect.by_clause if effect else ''}"
