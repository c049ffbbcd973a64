"""Automatic numbers of Word documents, written out: 一、 （一） 1. 第一条.

Word keeps them apart from the text, in numbering.xml; a reader that ignores them loses every 第…条 of a regulation.
Formats by ECMA-376 part 1, 17.18.59 (ST_NumberFormat).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

Node = etree._Element
PLACEHOLDER = re.compile(r"%([1-9])")
DIGITS = "〇一二三四五六七八九"
LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
COUNTING = frozenset(
    ["chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand"]
)
LEGAL = frozenset(["chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"])
CIRCLED = frozenset(["decimalEnclosedCircle", "decimalEnclosedCircleChinese"])
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
         (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
MAX_LEVEL = 8
MAX_NUMBER = 9999
CLOSED = tuple("、．）)〕］]")


def local(node: Node) -> str:
    """The name of an element without its namespace, so that strict OOXML reads like transitional; "" for a comment."""
    return local_name(node.tag)


@lru_cache(maxsize=1024)  # a document has some fifty names, asked for at every node
def local_name(name: object) -> str:
    """A name without its namespace; "" for what lxml gives comments instead of a name."""
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def children(node: Node | None, name: str) -> Iterator[Node]:
    """The children of that local name."""
    if node is not None:
        yield from (child for child in node if local_name(child.tag) == name)


def child(node: Node | None, name: str) -> Node | None:
    """The first child of that local name."""
    if node is not None:
        for one in node:
            if local_name(one.tag) == name:
                return one
    return None


def named(node: Node | None) -> dict[str, Node]:
    """The children by their local names, as settings have them: each name once."""
    return {} if node is None else {local_name(one.tag): one for one in node}


def attribute(node: Node | None, name: str, default: str = "") -> str:
    """An attribute by its local name."""
    if node is not None:
        for key, value in node.items():
            if key == name or local_name(key) == name:
                return str(value)
    return default


def value_of(node: Node | None, name: str) -> str:
    """`w:val` of a child: the way WordprocessingML stores most settings."""
    return attribute(child(node, name), "val")


def format_number(number: int, style: str) -> str:
    """A counter in a Word number format; Arabic digits for formats not known."""
    number = min(max(number, 0), MAX_NUMBER)
    if style in COUNTING:
        return chinese(number)
    if style in LEGAL:
        return chinese(number, LEGAL_DIGITS, "拾佰仟")
    if style in CIRCLED and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if style in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"):
        return "".join(DIGITS[int(digit)] for digit in str(number))
    if style == "decimalFullWidth":
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    if style == "decimalZero":
        return f"{number:02d}"
    return _letters(number, style)


def _letters(number: int, style: str) -> str:
    if style in ("upperLetter", "lowerLetter") and number:
        text = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif style in ("upperRoman", "lowerRoman"):
        text = roman(number)
    elif style == "ideographTraditional" and 1 <= number <= len(STEMS):
        text = STEMS[number - 1]
    elif style == "ideographZodiac" and 1 <= number <= len(BRANCHES):
        text = BRANCHES[number - 1]
    else:
        return str(number)
    return text.upper() if style.startswith("upper") else text


def chinese(number: int, digits: str = DIGITS, units: str = "十百千") -> str:
    """1 一, 10 十, 12 十二, 105 一百零五; in the legal form 10 is 壹拾."""
    if number == 0:
        return digits[0]
    zero = "零"
    text = ""
    pending = False
    figures = str(number)
    for place, figure in enumerate(figures):
        power = len(figures) - place - 1
        if figure == "0":
            pending = True
            continue
        text += (zero if pending and text else "") + digits[int(figure)] + (units[power - 1] if power else "")
        pending = False
    return text[1:] if text.startswith("一十") else text


def roman(number: int) -> str:
    """4 iv; small letters."""
    text = ""
    for size, letters in ROMAN:
        text += letters * (number // size)
        number %= size
    return text


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how it counts and how it writes."""

    start: int = 1
    style: str = "decimal"
    pattern: str = ""
    legal: bool = False
    suffix: str = "tab"
    restart: int | None = None


@dataclass(slots=True)
class Numbering:
    """The lists of one document, and how far each has counted."""

    lists: dict[str, tuple[str, dict[int, Level]]] = field(default_factory=dict)
    overrides: dict[str, dict[int, int]] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def label(self, properties: Node | None) -> str:
        """The number of a paragraph with these w:pPr, with what parts it from the text; "" for none. Counts on."""
        if properties is None or not self.lists:
            return ""
        own = child(properties, "numPr")
        list_id, level = self.styles.get(value_of(properties, "pStyle"), ("", 0))
        list_id = value_of(own, "numId") or list_id
        return self.next_label(list_id, _integer(value_of(own, "ilvl"), level))

    def next_label(self, list_id: str, level: int) -> str:
        """The next number of a list, as `label` gives it."""
        if list_id not in self.lists or not 0 <= level <= MAX_LEVEL:
            return ""
        abstract, levels = self.lists[list_id]
        self._count(list_id, abstract, level, levels)
        return _write(level, levels, self.counters[abstract])

    def _count(self, list_id: str, abstract: str, level: int, levels: dict[int, Level]) -> None:
        counters = self.counters.setdefault(abstract, {})
        if list_id not in self.begun:
            self.begun.add(list_id)
            for place, start in self.overrides.get(list_id, {}).items():
                counters[place] = start - 1
        current = levels.get(level, Level())
        counters[level] = counters.get(level, current.start - 1) + 1
        for lower in [place for place in counters if place > level]:
            restart = levels.get(lower, Level()).restart
            if restart != 0 and (restart is None or level < restart):
                del counters[lower]


def _write(level: int, levels: dict[int, Level], counters: dict[int, int]) -> str:
    current = levels.get(level, Level())
    if current.style in ("bullet", "none") and not PLACEHOLDER.search(current.pattern):
        return ""

    def number(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        used = levels.get(place, Level())
        style = "decimal" if current.legal and place != level else used.style
        return "" if style == "none" else format_number(counters.get(place, used.start), style)

    text = PLACEHOLDER.sub(number, current.pattern)
    return text if current.suffix == "nothing" else parted(text)


def parted(label: str) -> str:
    """A number with what parts it from the text: 1. 甲, but 一、甲 and （一）甲."""
    return label if not label or label.endswith(CLOSED) else label + " "


def read_numbering(numbering: Node | None, styles: Node | None) -> Numbering:
    """The lists of a document from the roots of numbering.xml and styles.xml, either of which may be missing."""
    linked = {
        value_of(abstract, "styleLink"): attribute(abstract, "abstractNumId")
        for abstract in children(numbering, "abstractNum")
        if value_of(abstract, "styleLink")
    }
    abstracts: dict[str, dict[int, Level]] = {}
    for abstract in children(numbering, "abstractNum"):
        abstracts[attribute(abstract, "abstractNumId")] = dict(_levels(abstract))
    aliases = {
        attribute(abstract, "abstractNumId"): linked[link]
        for abstract in children(numbering, "abstractNum")
        if (link := value_of(abstract, "numStyleLink")) in linked
    }
    result = Numbering()
    for instance in children(numbering, "num"):
        list_id, abstract_id = attribute(instance, "numId"), value_of(instance, "abstractNumId")
        abstract_id = aliases.get(abstract_id, abstract_id)
        levels = dict(abstracts.get(abstract_id, {}))
        for override in children(instance, "lvlOverride"):
            place = _integer(attribute(override, "ilvl"), 0)
            levels.update(_levels(override))
            if start := value_of(override, "startOverride"):
                result.overrides.setdefault(list_id, {})[place] = _integer(start, 1)
        result.lists[list_id] = (abstract_id, levels)
    result.styles = _style_lists(styles, numbering)
    return result


def _levels(parent: Node) -> Iterator[tuple[int, Level]]:
    for node in children(parent, "lvl"):
        restart = value_of(node, "lvlRestart")
        style = child(node, "numFmt")
        if style is None:  # newer formats hide in mc:AlternateContent with a fallback
            style = next((found for found in node.iter() if local(found) == "numFmt"), None)
        yield (
            _integer(attribute(node, "ilvl"), 0),
            Level(
                start=_integer(value_of(node, "start"), 1),
                style=attribute(style, "val", "decimal"),
                pattern=value_of(node, "lvlText"),
                legal=is_on(child(node, "isLgl")),
                suffix=value_of(node, "suff") or "tab",
                restart=_integer(restart, 0) if restart else None,
            ),
        )


def _style_lists(styles: Node | None, numbering: Node | None) -> dict[str, tuple[str, int]]:
    """Paragraph style → its list and level, inherited through basedOn. A list may name the style of a level instead."""
    own: dict[str, tuple[str, int]] = {}
    parents: dict[str, str] = {}
    for style in children(styles, "style"):
        name = attribute(style, "styleId")
        parents[name] = value_of(style, "basedOn")
        properties = child(child(style, "pPr"), "numPr")
        if properties is not None:
            own[name] = (value_of(properties, "numId"), _integer(value_of(properties, "ilvl"), -1))
    places = {
        value_of(level, "pStyle"): _integer(attribute(level, "ilvl"), 0)
        for abstract in children(numbering, "abstractNum")
        for level in children(abstract, "lvl")
        if value_of(level, "pStyle")
    }
    found: dict[str, tuple[str, int]] = {}
    for name in parents:
        ancestor, steps = name, 0
        while ancestor and ancestor not in own and steps < len(parents):
            ancestor, steps = parents.get(ancestor, ""), steps + 1
        if ancestor in own:
            list_id, level = own[ancestor]
            found[name] = (list_id, places.get(name, 0) if level < 0 else level)
    return found


def is_on(node: Node | None) -> bool:
    """A switch such as w:vanish: there, and not set to false."""
    return node is not None and attribute(node, "val", "true").lower() not in ("false", "0", "off", "none")


def _integer(text: str, default: int) -> int:
    try:
        return int(text)
    except ValueError:
        return default
