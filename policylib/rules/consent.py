"""Who agreed to what an act does: 经市政府同意，现决定废止…. Source: domain.md §4 (7), §7.3 CLN-10.

Only the sentence that does it counts, or one in the opening of the act that carries all of it (经市政府同意，现印发给
你们), or one that says so of the repeal itself (以上文件的废止已经市政府批准). What an article asks for
(经主管部门批准方可变更) is no consent to the act.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from policylib.model import Evidence, Snapshot, Span, Work
from policylib.rules.evidence import evidence_at

_SENTENCE = re.compile(r"[^。！\n]+[。！]?")
_OPENING_ENDS = re.compile(r"^[ \u3000]*(?:一、|（一）|\(一\)|1[.．、]|第[一1][条章]|附件)", re.MULTILINE)
_WORDS: Final = ("同意", "批准", "授权", "委托", "审定", "审议通过")
_GIVEN = re.compile(
    r"(?P<before>[未须需应待拟可])?(?:报经|报请|经|报|受|由)(?P<organs>[^，,。；;：:《》〈〉]{0,40}?)"
    r"(?:第?[\d一二三四五六七八九十百〇零]{1,6}[届次]\w{0,12}?)?(?:常务会议?|常委会会?议?|全体会议|会议)?(?:领导同志|负责同志|主要领导)?"
    rf"(?:研究|审议|审定|讨论|审核|审查|依法|一致|批复){{0,3}}(?:{'|'.join(_WORDS)})(?P<after>后)?"
)
_CARRIES = re.compile(r"现[将就予印公发决废宣作对]|特此|决定|印发|公布|发布|公告如下|通知如下|废止|失效|停止执行")
_ENDS = re.compile(r"废止|失效|停止执行|清理(?:结果|意见|目录)|修改[^。]{0,20}(?:文件|规定|办法)")
_LEADING = re.compile(r"^(?:已|业|请|请示|本|过|了)*")
LONGEST_OPENING: Final = 3000  # characters; a paper without numbered parts may be one long opening


@dataclass(frozen=True, slots=True)
class Consent:
    """The organs that an act says agreed to it, as written, and the sentence; none where it does not name them."""

    organs: str
    evidence: Evidence


def consents(snapshot: Snapshot, actor: Work, act: Evidence) -> Iterator[Consent]:
    """The consents to what `actor` does in the words `act`, each sentence once."""
    own = actor.documents[0] if actor.documents else act.sha256
    for sha256 in dict.fromkeys((act.sha256, own)):
        analysis, text = snapshot.analyses.get(sha256), snapshot.texts.get(sha256, "")
        if analysis is None:
            continue
        opening = _OPENING_ENDS.search(text)
        ends = min(opening.start() if opening else len(text), LONGEST_OPENING)
        for sentence in _SENTENCE.finditer(text):
            said = sentence.group()
            given = _GIVEN.search(said) if any(word in said for word in _WORDS) else None
            if given is None or given["before"]:
                continue
            rest = said[given.end() :]
            here = sha256 == act.sha256 and sentence.start() < act.span.end and act.span.start < sentence.end()
            opens = sentence.start() < ends and _CARRIES.search(rest)
            of_it = _ENDS.search(said) and not given["after"]
            if (here and not given["after"]) or opens or of_it:
                evidence = evidence_at(analysis.source, text, Span(*sentence.span()), "cleanup.consent")
                yield Consent(_LEADING.sub("", given["organs"].strip()), evidence)
