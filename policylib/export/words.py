"""What people read for the words of the model: relations, roles, modes and states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from policylib.model.status import NOT_MADE, State, Status
from policylib.model.work import Certainty, EffectKind, Relation
from policylib.tables import toml_rows

ROLES: Mapping[str, str] = MappingProxyType(
    {"policy": "政策文件", "interpretation": "解读", "cleanup": "清理结果", "draft": "稿件", "other": "其他"}
)
MODES: Mapping[str, str] = MappingProxyType({"act": "文件规定", "plan": "计划", "report": "转述"})
CERTAINTIES: Mapping[Certainty, str] = MappingProxyType(
    {
        "stated": "文件写明",
        "presumed": "按规定推定",
        "reported": "转述",
        "repaired": "文号待核实",
        "labelled": "网站标注",
    }
)
LOOKS: Mapping[str, str] = MappingProxyType(
    {
        State.IN_FORCE: "live",
        State.AMENDED: "changed",
        State.PARTIAL: "changed",
        State.NOT_YET: "pending",
        State.SUSPENDED: "pending",
        State.EXPIRED: "dead",
        State.LAPSED: "dead",
        State.REPEALED: "dead",
        State.UNKNOWN: "unknown",
    }
)
"""How a state is drawn: five borders, told apart in grey print."""

EFFECTS: Mapping[EffectKind, str] = MappingProxyType(
    {
        "issue": "成文",
        "effect": "施行",
        "expiry": "有效期届满",
        "extend": "延长有效期",
        "amend": "修改",
        "partial": "部分废止",
        "suspend": "暂停执行",
        "reinstate": "恢复执行",
        "repeal": "废止",
        "lapse": "宣布失效",
        "republish": "重新公布",
        "retain": "列为继续有效",
        "plan": "拟修改或废止",
        "label": "网站标注",
        "unread": "或被废止，没有读懂",
    }
)
"""What happened to a work, for people."""
NOT_APPLICABLE = "不适用"


def state_word(state: str, role: str) -> str:
    """有效, 废止 …; 不适用 for what is in force in no sense: an interpretation, a news item."""
    return NOT_APPLICABLE if state == State.UNKNOWN and role not in ("policy", "cleanup") else str(State(state).value)


def standing_word(status: Status, role: str) -> str:
    """The word of a state on a day: 有效; 尚未制发 of a policy that was made later."""
    return NOT_MADE if status.is_unmade else state_word(status.state, role)


@dataclass(frozen=True, slots=True)
class RelationWord:
    """A row of data/relations.toml: how people name a relation and how it is drawn. `source_is`: what the source is to
    the target, where people say that and not what happened to the target: 解读材料, not 被解读."""

    kind: str
    label: str
    inverse: str
    colour: str
    line: str
    example: str
    not_example: str
    why: str
    source_is: str = ""

    def inverse_by(self, other: str) -> str:
        """被…作为依据 → 被甲作为依据."""
        return self.inverse.replace("…", other)


_UNNAMED = "T7"  # the tier of a target that is found by 及其实施细则 alone (docs/contract.md)


@cache
def relation_words() -> Mapping[str, RelationWord]:
    """The rows of data/relations.toml by kind, in their order."""
    rows = (RelationWord(**{name: str(value) for name, value in row.items()}) for row in toml_rows("relations.toml"))
    return MappingProxyType({row.kind: row for row in rows})


def is_unsure(edge: Mapping[str, object] | Relation) -> bool:
    """Whether an edge rests on a repaired number that nothing corroborates and nobody has judged."""
    if isinstance(edge, Relation):
        return edge.repaired and not edge.corroboration and not edge.judged
    return bool(edge.get("repaired")) and not edge.get("corroboration") and not edge.get("judged")


def is_inferred(edge: Mapping[str, object] | Relation) -> bool:
    """Whether the words do not name the target, 及其实施细则 behind the name of another, and nobody has judged."""
    if isinstance(edge, Relation):
        return edge.tier == _UNNAMED and not edge.judged
    return edge.get("tier") == _UNNAMED and not edge.get("judged")


def relation_notes(edge: Mapping[str, object] | Relation) -> list[str]:
    """转述 (a report) · 待核实 (a repaired number) · 推断 (the words do not name it)."""
    mode = edge.mode if isinstance(edge, Relation) else edge.get("mode")
    return ["转述"] * (mode == "report") + ["待核实"] * is_unsure(edge) + ["推断"] * is_inferred(edge)


def edge_label(edge: Mapping[str, object] | Relation) -> str:
    """The words on an edge with its notes: 依据（待核实） · 依据（推断）."""
    of = edge if isinstance(edge, Mapping) else {"kind": edge.kind, "mode": edge.mode}
    notes = relation_notes(edge)
    bare = relation_label(str(of.get("kind", "")), "plan" if of.get("mode") == "plan" else "act")
    return bare + (f"（{'，'.join(notes)}）" if notes else "")


def relation_label(kind: str, mode: str = "act") -> str:
    """What is said of a paper: 依据 · 拟废止 (a plan) · 废止（转述） (a report)."""
    word = relation_words().get(kind)
    label = word.label if word else kind
    return ("拟" if mode == "plan" else "") + label + ("（转述）" if mode == "report" else "")
