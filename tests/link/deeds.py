"""A shelf of four papers, and what becomes of them after the sentence of another."""

from __future__ import annotations

from collections.abc import Mapping

from policylib.link import Linked
from policylib.model import State
from tests.link.shelf import held, paper, shelve

NUMBERS = {
    "A": "岚科发〔2016〕31号", "B": "岚科发〔2017〕12号", "C": "岚科发〔2018〕7号", "T": "岚科发〔2019〕5号",
    "X": "岚科发〔2021〕30号",
}  # fmt: skip
NAMES = {
    "A": f"《岚州市人才办法》（{NUMBERS['A']}）", "B": f"《岚州市科技奖励办法》（{NUMBERS['B']}）",
    "C": f"《岚州市孵化器管理规定》（{NUMBERS['C']}）", "T": f"《岚州市创新券办法》（{NUMBERS['T']}）",
}  # fmt: skip
BODIES = {
    "A": ("2016-08-22", "本办法自2016年9月1日起施行。"), "B": ("2017-03-02", "本办法自2017年4月1日起施行。"),
    "C": ("2018-05-10", "本规定自2018年6月1日起施行。"),
    "T": ("2019-03-01", "本办法自2019年4月1日起施行，有效期3年。"),
}  # fmt: skip
SHELF = tuple(
    paper(f"岚州市科学技术局关于印发{NAMES[key].partition('（')[0]}的通知", NUMBERS[key], *BODIES[key])
    for key in BODIES
)
STATES = {
    "F": State.IN_FORCE, "R": State.REPEALED, "L": State.LAPSED, "P": State.PARTIAL, "A": State.AMENDED,
    "E": State.EXPIRED, "S": State.SUSPENDED, "U": State.UNKNOWN,
}  # fmt: skip


def shelf_after(title: str, body: str) -> Linked:
    """The shelf with a paper of 6 May 2021; {A} in its text is the name of A, with its number."""
    words = body.format(**NAMES) if "{" in body else body
    return shelve(
        *SHELF, paper(f"岚州市科学技术局{title or '关于做好有关工作的通知'}", NUMBERS["X"], "2021-05-06", words)
    )


def faults(title: str, body: str, wanted: str) -> list[tuple[str, State, tuple[str, ...]]]:
    """Where a paper of 6 May 2021 leaves the others in another state than it should.

    A=R: A is repealed at the end of the year. T@2024-03-31=F: T is in force on that day; of several letters any
    will do.
    T=U!延长: it is told in a flag, too, in which the word stands.
    """
    return wrong_states(shelf_after(title, body), NUMBERS, wanted)


def wrong_states(shelf: Linked, numbers: Mapping[str, str], wanted: str) -> list[tuple[str, State, tuple[str, ...]]]:
    """Those of the papers, by the letters of their numbers, that stand otherwise than `faults` was told."""
    wrong = []
    for one in wanted.split():
        place, _, states = one.partition("=")
        key, _, day = place.partition("@")
        letters, _, flag = states.partition("!")
        found = held(shelf, numbers[key], day or "2021-12-31")
        if found.state not in {STATES[letter] for letter in letters} or flag not in "；".join(found.flags):
            wrong.append((one, found.state, found.flags))
    return wrong
