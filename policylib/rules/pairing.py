"""An interpretation and its policy belong together: one to one, linked, alive, signed by an organ that exists.
Source: domain.md §6.3 INT-08, INT-09, INT-13, INT-16; 国办发〔2017〕47号."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from urllib.parse import unquote, urlsplit

from policylib.extract.folding import text_key, title_key
from policylib.extract.worded_targets import is_worded
from policylib.link.quoting import LONGEST, cut_at_marks
from policylib.model import (
    Analysis,
    Citation,
    Claim,
    Evidence,
    Finding,
    Relation,
    Snapshot,
    Span,
    Status,
    Unresolved,
    Work,
)
from policylib.rules.commands import accepting
from policylib.rules.context import Context
from policylib.rules.currency import gone
from policylib.rules.dead_policies import says_dead
from policylib.rules.interpretation import interpretations
from policylib.rules.norms import LINKED, MARKED
from policylib.rules.pairs import Explained, OfPairs
from policylib.rules.passages import Paper, paper
from policylib.rules.rule import Rule

_NAMELESS = (
    "解读的是一份文件的，在标题或者开头写明它的全称和文号；讲的是一类政策的，列出是哪几份，"
    "不便列出的用 policylib judge --exempt 理由 --rule INT-09 登记，不再提示"
)
_ARTICLE = re.compile("第[一二三四五六七八九十百零\\d]{1,5}条")
_NEAR = 40  # characters behind a paper's name within which stands which article of it is revised
_SHOWN = 3  # papers that may be the one meant
_SERIES = re.compile(r"综合解读|系列|合集|一揽子|等.{0,6}(?:文件|政策|办法|措施)|几个文件|有关政策|若干政策文件")
# A new plate takes a while to hang; months of local renames are not always sure either (policylib/data/README.md).
_SETTLING = timedelta(days=92)


def rules(context: Context) -> Iterator[Rule]:
    """interpretation.links, interpretation.target, interpretation.dead-policy, interpretation.former-name."""
    yield Rule(
        id="interpretation.links", code="INT-08", title="文件页面没有指向解读", severity="warning",
        asks="以网页读入、已有解读的政策文件，页面上有没有解读的链接、标题或者地址",
        basis=LINKED,
        remedy="请在文件页面加上解读的链接；网页已经加了的，重新保存网页，再读入一次",
        check=OfPairs(_ask_links, context),
        exemptions=("不是网页的文件，看不出有没有链接", "正文或者链接里写着解读的标题、地址的"),
    )  # fmt: skip
    yield Rule(
        id="interpretation.target", code="INT-09", title="解读未能对应唯一文件", severity="warning",
        asks="每份解读材料，按标题、开头和链接能不能认出它解读的是哪一份文件，认出的是不是只有一份",
        basis=f"{LINKED}（没有直接要求写明文件的标题、文号；不写明，就无从关联）",
        remedy="请在解读的标题或者开头写明所解读文件的全称和文号；写明了而没有认出、您知道是本库哪一份的，"
        "写 policylib judge 解读 --accept 解读 那份文件 --why 理由",
        check=_check_target,
        exemptions=("综合解读，且逐一写明各份文件的",),
    )  # fmt: skip
    yield Rule(
        id="interpretation.dead-policy", code="INT-13", title="所解读文件已失效，解读未标注", severity="warning",
        asks="以网页读入的解读，它解读的文件在检查那天已经废止、失效的，页面上有没有写明",
        basis=f"参照{MARKED}（没有直接说到解读的页面）",
        remedy="请在解读页面标注所解读的文件已失效，标注的话见 policylib mark list；标注过的，重新保存网页再读入",
        check=partial(_check_dead, context=context),
        exemptions=("不是网页的解读，看不出页面有没有标注",),
    )  # fmt: skip
    yield Rule(
        id="interpretation.former-name", code="INT-16", title="解读署的是改革前的机关名称", severity="warning",
        asks="机构改革以后发布的解读，署的是不是改革前的机关名称，从改革满三个月算起",
        basis="参照党政机关公文处理工作条例第九条对公文的要求：署发文机关全称或者规范化简称",
        remedy="请核对解读机关；确系改名后仍用旧名的，更正为现在的名称",
        check=partial(_check_former, context=context),
        exemptions=("改名后三个月以内的", "对外保留牌子的"),
    )  # fmt: skip


# INT-08 --------------------------------------------------------------------------------------------------------


def _ask_links(rule: Rule, case: Explained, context: Context) -> Iterator[Finding]:
    page, snapshot = case.original, case.snapshot
    if page is None or not _is_page(page) or any(_points_to(snapshot, page, one) for one in case.papers):
        return
    related = tuple(one.work.key for one in case.papers)
    evidence = tuple(one.evidence for one in case.relations[:1])
    if _is_whole(page):
        message = f"文件页面（以入库的为准）没有指向解读的链接，也没有提到它：{case.papers[0].work.label}"
        yield rule.finding("fail", case.policy.key, message, evidence=evidence, related=related)
    else:
        message = "不能判断文件页面有没有指向解读：入库的只是正文，不是整个网页"
        remedy = "请保存整个网页再读入"
        yield rule.finding("unknown", case.policy.key, message, evidence=evidence, related=related, remedy=remedy)


def _is_page(page: Paper) -> bool:
    return page.analysis is not None and page.analysis.source.media_type in ("text/html", "multipart/related")


def _is_whole(page: Paper) -> bool:
    """Whether the file is a page with all that stands round the text: it says when it went up, and where it is or
    what it belongs to."""
    published = page.analysis.elements.published if page.analysis else None
    return published is not None and published.span.start < page.body.start


def _points_to(snapshot: Snapshot, page: Paper, text: Paper) -> bool:
    """Whether a page links or names an interpretation: its address, the name of its file, or its title."""
    title = title_key(text.work.title or "")
    url = text.analysis.source.url if text.analysis else None
    names = {_last(path) for path in (*text.work.paths, url or "") if _last(path)}
    for link in snapshot.links.get(page.sha256, ()):
        words = title_key(link.span.of(page.text))
        if (
            (url and link.url == url)
            or _last(link.url) in names
            or (title and words and (title in words or words in title))
        ):
            return True
    return len(title) > 6 and title in text_key(page.text)


def _last(path: str) -> str:
    return unquote(urlsplit(path).path).replace("\\", "/").rstrip("/").rpartition("/")[2]


# INT-09 --------------------------------------------------------------------------------------------------------


def _check_target(rule: Rule, snapshot: Snapshot) -> Iterator[Finding]:
    for work in snapshot.of_role.get("interpretation", ()):
        outgoing = snapshot.outgoing.get(work.key, ())
        found = [one for one in outgoing if one.kind in ("interprets", "draft_of") and one.mode != "plan"]
        if not found:
            yield from _nothing(rule, snapshot, work)
        elif len(found) > 1:
            yield _several(rule, work, found)


def _nothing(rule: Rule, snapshot: Snapshot, work: Work) -> Iterator[Finding]:
    """No policy was recognised. The paper is to blame only where it names no document at all."""
    open_ = [one for one in snapshot.unresolved_of.get(work.key, ()) if one.kind == "interprets"]
    text = paper(snapshot, work)
    if open_:
        yield _to_be_asked(rule, snapshot, work, open_[0])
    elif text is None or text.analysis is None:
        return
    elif text.analysis.claims or any(one.number for one in text.analysis.numbers):
        yield _not_recognised(rule, snapshot, text, text.analysis)
    else:
        first = next(text.sentences(), Span(0, min(len(text.text), 60)))
        message = "解读通篇没有写明所解读文件的标题或者文号，看不出解读的是哪一份，还是一类政策"
        yield rule.finding("fail", work.key, message, evidence=(text.evidence(first),), remedy=_NAMELESS)


def _to_be_asked(rule: Rule, snapshot: Snapshot, work: Work, open_: Unresolved) -> Finding:
    """Several papers fit, or one is nearly called so: which, and what to type for the one that is meant."""
    meant = [other for key in open_.candidates[:_SHOWN] if (other := snapshot.by_key.get(key))]
    message = f"不能判断解读的是哪一份文件：{open_.wanted}，{open_.reason}"
    remedy = None
    if meant:
        more = f"等{len(open_.candidates)}份" if len(open_.candidates) > len(meant) else ""
        message += f"：{'；'.join(one.label for one in meant)}{more}"
        several = len(open_.candidates) > 1
        remedy = f"是{'第一' if several else '这一'}份的，写 {accepting(work, '解读', meant[0])}"
        remedy += "，是别的一份的，换成它的名称" if several else ""
        remedy += f"；{'都' * several}不是的，把所解读的文件读入，或者在解读的开头写明它的全称和文号"
    evidence = (open_.evidence,)
    return rule.finding("unknown", work.key, message, evidence=evidence, related=open_.candidates, remedy=remedy)


def _not_recognised(rule: Rule, snapshot: Snapshot, text: Paper, analysis: Analysis) -> Finding:
    """The paper names documents, by title, by number, or in words: none of them was recognised as what it explains.
    One that tells of a revision explains the paper that revises, and names the one that is revised."""
    worded = next(filter(is_worded, analysis.claims), None)
    revised = None if worded else next(filter(_is_revised, analysis.claims), None)
    cited = worded or revised or next(iter(analysis.claims), None)
    span = cited.citation.span if cited else analysis.numbers[0].span
    known = f"本库有、只是标题不同的，写 {accepting(text.work, '解读')} --why 理由"
    why, remedy = "没有认出来", f"请在解读的标题或者开头写明所解读文件的全称和文号；{known}"
    if worded:
        why = f"写的是“{worded.citation.title}”，本库没有标题相符的文件"
        remedy = f"{known}；没有的，请把它读入"
    if revised:
        why, remedy = _of_the_reviser(snapshot, text, revised.citation)
    evidence = (_from_its_start(text, span) if revised else text.sentence(span),)
    return rule.finding(
        "unknown", text.work.key, f"不能判断解读的是哪一份文件：{why}", evidence=evidence, remedy=remedy
    )


def _from_its_start(text: Paper, span: Span) -> Evidence:
    """The sentence that tells of a revision from where it begins, as far as it can be shown with the place in it: what
    the revision rests on stands first (根据……，参照……，对……进行了修订), and the end matters less."""
    whole = next((one for one in text.sentences() if one.start <= span.start < one.end), span)
    part = Span(whole.start, min(whole.end, whole.start + LONGEST))
    fits = span.end <= part.end
    return text.evidence(cut_at_marks(text.text, part, whole, span)) if fits else text.sentence(span)


def _is_revised(claim: Claim) -> bool:
    told = claim.relation == "amends" and claim.mode in ("act", "report")
    return told and bool(claim.citation.title or claim.citation.numbers)


def _of_the_reviser(snapshot: Snapshot, text: Paper, cited: Citation) -> tuple[str, str]:
    """What a paper that tells of a revision is about, and what to do: the one that revises is held, or it is not."""
    title = f"《{cited.title}》" if cited.title else ""
    number = "、".join(map(str, cited.numbers))
    named = f"{title}（{number}）" if title and number else title or number
    article = _ARTICLE.search(text.folded, cited.span.end, cited.span.end + _NEAR)
    what = f"解读的是对{named}{article.group() if article else ''}的修改"
    changed = [one.target for one in snapshot.outgoing.get(text.work.key, ()) if one.kind == "amends"]
    incoming = (
        one for key in changed for one in snapshot.incoming.get(key, ()) if (one.kind, one.mode) == ("amends", "act")
    )
    held = [work for one in incoming if (work := snapshot.by_key.get(one.source)) and work.role == "policy"]
    if held:
        how = f"解读的就是它的，写 {accepting(text.work, '解读', held[0])}"
        return f"{what}，本库有修改它的{held[0].label}", f"{how}；不是的，把所解读的文件读入"
    return f"{what}，本库没有收作出修改的文件", "请找到作出修改的文件，读入本库"


def _several(rule: Rule, work: Work, found: list[Relation]) -> Finding:
    title = work.title or ""
    related = tuple(one.target for one in found)
    evidence = tuple(one.evidence for one in found)
    if _SERIES.search(title) or title.count("《") > 1:
        message = f"综合解读，写明了{len(found)}份文件"
        return rule.finding("exempt", work.key, message, evidence=evidence, related=related, remedy="")
    message = f"一份解读对应{len(found)}份文件，又没有写明是综合解读"
    return rule.finding("fail", work.key, message, evidence=evidence, related=related)


# INT-13 --------------------------------------------------------------------------------------------------------


def _check_dead(rule: Rule, snapshot: Snapshot, *, context: Context) -> Iterator[Finding]:
    for work in snapshot.interpreted:
        status = snapshot.statuses.get(work.key)
        if work.role == "policy" and status and status.state.dead and context.is_ours(work):
            for relation in interpretations(snapshot, work):
                yield from _unmarked(rule, snapshot, work, status, relation)


def _unmarked(rule: Rule, snapshot: Snapshot, work: Work, status: Status, relation: Relation) -> Iterator[Finding]:
    page = paper(snapshot, snapshot.by_key.get(relation.source))
    if page is None or any(says_dead(snapshot, page.work, work)):
        return
    event = f"所解读的{work.label}{gone(status.state, status.decided)}"
    related = (work.key, *((status.decisive.by,) if status.decisive and status.decisive.by else ()))
    why = status.decisive.words if status.decisive else ()
    sure = status.is_sure and not relation.repaired
    if _is_page(page) and sure:
        message = f"{event}，入库的解读页面没有标注"
        yield rule.finding("fail", page.work.key, message, evidence=(relation.evidence, *why), related=related)
    else:
        reason = "解读不是网页，看不出页面有没有标注" if sure else "失效与否尚待核实"
        message = f"不能判断解读是否已标注：{event}；{reason}"
        yield rule.finding("unknown", page.work.key, message, evidence=why, related=related, remedy="请到网站上核对")


# INT-16 --------------------------------------------------------------------------------------------------------


def _check_former(rule: Rule, snapshot: Snapshot, *, context: Context) -> Iterator[Finding]:
    for work in context.own(snapshot, "interpretation"):
        day = work.published_on or work.dated
        if day is None or work.contributed_by:
            continue
        for name in context.organs.split(work.interpreter) if work.interpreter else work.issuers:
            since = _renamed(snapshot, name, day)
            if since and name not in context.tables.plates:
                now = "、".join(later for later, first in snapshot.renames[name] if first <= day)
                message = f"署名“{name}”，该机关{since}起已改为{now}，解读发布于{day}"
                evidence = _signature(snapshot, work, name)
                yield rule.finding("fail", work.key, message, evidence=evidence)


def _renamed(snapshot: Snapshot, name: str, day: date) -> date | None:
    """Since when an organ has had another name, where that is long enough before a day; None for one that stays."""
    rows = [since for _, since in snapshot.renames.get(name, ()) if since + _SETTLING <= day]
    if not rows or any(name == later and since <= day for new in snapshot.renames.values() for later, since in new):
        return None
    return min(rows)


def _signature(snapshot: Snapshot, work: Work, name: str) -> tuple[Evidence, ...]:
    text = paper(snapshot, work)
    at = text.text.rfind(name) if text else -1
    return (text.sentence(Span(at, at + len(name))),) if text and at >= 0 else ()
