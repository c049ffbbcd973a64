"""Joint signatures, taken apart into the organs that signed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from policylib.link.organ_names import BRANCH, HAN, ORGAN_END, Gazetteer, level_word, tidy
from policylib.tables import Tables

_SPACED_OUT = re.compile(rf"(?<![{HAN}])([{HAN}](?:[ \u3000][{HAN}])+)(?![{HAN}])")
_SEPARATOR = re.compile(r"[、,，;；/\s\u3000]+")
_AND = re.compile(r"以及|会同(?!县)|[和与及]")
_AND_OTHERS = re.compile(r"等[\d一二三四五六七八九十]*(?:个?(?:部门|单位|部委|机关|委局|厅局|家单位))?$")


class Splitter:
    """`whole` are names that stay whole whatever is in them; `beginnings` are names that begin a new organ."""

    def __init__(
        self, gazetteer: Gazetteer, whole: Collection[str], beginnings: Collection[str], tables: Tables
    ) -> None:
        self._gazetteer = gazetteer
        self._whole = whole
        self._beginnings = beginnings
        self._longest = max(map(len, beginnings), default=0)
        self._tables = tables
        self._with_comma = tuple(sorted(name for name in whole if "、" in name))

    def split(self, names: str) -> tuple[str, ...]:
        """The organs, as written and in order, each once.

        市委、市政府 · 科技部 财政部 · 市委市政府 · 中共中央办公厅和国务院办公厅 · 市科技局会同市财政局 · 科技部等12部门
        """
        joined = _SPACED_OUT.sub(lambda match: re.sub(r"[ \u3000]", "", match[1]), names.strip())
        if tidy(joined) in self._whole:
            return (tidy(joined),)
        parts = [part for chunk in self._chunks(joined) for part in self._run_together(_AND_OTHERS.sub("", chunk))]
        return tuple(dict.fromkeys(part for part in parts if part))

    def _chunks(self, names: str) -> Iterator[str]:
        """Parts between separators; an organ whose own name has a 、 stays whole."""
        for name in self._with_comma:
            before, found, after = names.partition(name)
            if found:
                yield from self._chunks(before)
                yield name
                names = after
        yield from (part for part in _SEPARATOR.split(names) if part)

    def _run_together(self, chunk: str) -> Iterator[str]:
        if chunk in self._whole:
            yield chunk
            return
        start = 0
        for at in range(2, len(chunk) - 1):
            if at < start + 2 or not ORGAN_END.search(chunk, start, at):
                continue
            joint = _AND.match(chunk, at)
            head, rest = chunk[start:at], chunk[joint.end() if joint else at :]
            if self._begins_organ(rest, joint is not None) and not self._is_branch(head, rest):
                yield head
                start = len(chunk) - len(rest)
        yield chunk[start:]

    def _begins_organ(self, text: str, after_and: bool) -> bool:
        if after_and:
            return len(text) >= 3 and bool(ORGAN_END.search(text))
        known = any(text[:length] in self._beginnings for length in range(3, min(len(text), self._longest) + 1))
        if known or text.startswith("中共") or self._gazetteer.place(text):
            return True
        word = level_word(text)
        body = text[len(word) :] if word and text[1:2] != "直" else ""  # 市委市直机关工作委员会 is one
        heads = (body[:length] for length in range(1, min(len(body), self._longest) + 1))
        return any(head in self._tables.abbreviations or head == "委" or ORGAN_END.search(head) for head in heads)

    def _is_branch(self, head: str, rest: str) -> bool:
        return head in self._tables.organs and bool(BRANCH.search(rest))
