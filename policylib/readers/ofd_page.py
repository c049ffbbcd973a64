"""What is drawn on a page of an OFD: characters with their places, straight lines, and pictures.

Lengths in the file are millimetres from the upper left; a matrix (CTM), then the offset of a Boundary lead from an
object to what holds it. Given are points from the lower left, as `page_lines` counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from unicodedata import east_asian_width

from policylib.errors import DamagedFile, TooLarge
from policylib.readers.guard import Limits
from policylib.readers.ofd_package import Node, child, children, content, local
from policylib.readers.page_lines import Glyph
from policylib.readers.pdf_grid import Edge, edges_between

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
UNMOVED: Matrix = (1, 0, 0, 1, 0, 0)
POINTS = 72 / 25.4
FAR = 1e6  # beyond it nobody looks, and numbers such as 1e999 spoil every sum
DEPTH = 64  # blocks in blocks in composites; real pages have three
SIZE = 4.0  # of characters that do not say theirs
ASCENT = 0.88  # of the size; the rest is below the line on which characters stand
STEEP = 0.5  # of the size: text that moves so far down with every character stands upright, or is turned
PATH_STEP = re.compile(r"[SMLQBAC]|[-+]?[\d.]+(?:[eE][-+]?\d{1,3})?")
PATH_NUMBERS = {"S": 2, "M": 2, "L": 2, "C": 0}


@dataclass(slots=True)
class Budget:
    """How much may still be drawn: a composite that names others ten times each is small as a file only."""

    limits: Limits
    path: str
    spent: int = 0

    def spend(self, count: int) -> None:
        """Nothing, while the limit holds. Raises TooLarge."""
        self.spent += count
        if self.spent > self.limits.drawn:
            raise TooLarge(
                f"{self.path}：绘制的文字和图形多于 {self.limits.drawn} 个，超过安全上限，疑为炸弹文件", "请核对来源"
            )


@dataclass(slots=True)
class Drawing:
    """What was drawn. `paths`: how many; `pictures`: their resources; `texts`: the text of each object by its ID;
    `hidden`: some text is marked as not to be seen."""

    glyphs: list[Glyph] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    paths: int = 0
    pictures: list[str] = field(default_factory=list)
    hidden: bool = False
    texts: dict[str, str] = field(default_factory=dict)


def draw(page: Node, box: Box, units: Mapping[str, Node], budget: Budget) -> Drawing:
    """The drawing of a page or a template, by its root. `units`: the composites that resources define, by ID."""
    drawing = Drawing()
    upright = (POINTS, 0.0, 0.0, -POINTS, -box[0] * POINTS, (box[1] + box[3]) * POINTS)
    pen = _Pen(drawing, units, budget)
    for layer in children(child(page, "Content"), "Layer"):
        pen.objects(layer, upright, frozenset(), DEPTH)
    return drawing


def box_of(area: Node | None) -> Box | None:
    """The box of a page (left, top, width, height), by the element that describes its area."""
    found = numbers(content(child(area, "PhysicalBox")))
    return (found[0], found[1], found[2], found[3]) if len(found) == 4 and min(found[2:]) > 0 else None


def number(text: str | None, default: float = 0.0) -> float:
    """The number that a text is, else the default."""
    try:
        value = float(text or "")
    except ValueError:
        return default
    return value if -FAR < value < FAR else default


def numbers(text: str | None) -> list[float]:
    """The numbers in an attribute of a few: a box, a matrix."""
    return [number(part) for part in (text or "")[:400].replace(",", " ").split()]


def deltas(text: str | None, count: int) -> list[float]:
    """The steps from character to character, `count` at most. `g 3 5.6` is three steps of 5.6."""
    found: list[float] = []
    parts = iter((text or "").replace(",", " ").split())
    for part in parts:
        if len(found) >= count:
            break
        if part != "g":
            found.append(number(part))
            continue
        times, step = next(parts, "")[:12], number(next(parts, None))
        found.extend([step] * min(int(times) if times.isdecimal() else 0, count - len(found)))
    return found


class _Pen:
    """Walks through the objects of a page and draws them."""

    def __init__(self, drawing: Drawing, units: Mapping[str, Node], budget: Budget) -> None:
        self.drawing, self.units, self.budget = drawing, units, budget

    def objects(self, holder: Node, matrix: Matrix, within: frozenset[str], depth: int) -> None:
        """Draws what a layer, a block or a composite holds. `within`: the composites around it."""
        if depth == 0:
            raise DamagedFile(f"{self.budget.path}：页面图元嵌套超过 {DEPTH} 层，无法读取", "请用原阅读器打开后另存")
        for node in holder:
            self.budget.spend(1)
            if node.get("Visible", "").strip().lower() == "false":
                self.drawing.hidden = self.drawing.hidden or local(node) == "TextObject"
                continue
            match local(node):
                case "TextObject":
                    self.text(node, _inside(node, matrix))
                case "PathObject":
                    self.drawing.paths += 1
                    self.path(node, _inside(node, matrix))
                case "ImageObject":
                    self.drawing.pictures.append(node.get("ResourceID", "").strip())
                case "PageBlock":
                    self.objects(node, matrix, within, depth - 1)
                case "CompositeObject":
                    name = node.get("ResourceID", "").strip()
                    unit = child(self.units.get(name), "Content")
                    if unit is not None and name not in within:
                        self.objects(unit, _inside(node, matrix), within | {name}, depth - 1)

    def text(self, node: Node, matrix: Matrix) -> None:
        size = number(node.get("Size")) or SIZE
        width = size * (number(node.get("HScale"), 1.0) or 1.0)
        x = y = 0.0
        texts: list[str] = []
        for code in children(node, "TextCode"):
            # a TextCode without X or Y stands where the one before it began
            x, y = number(code.get("X"), x), number(code.get("Y"), y)
            text = code.text or ""
            if "\n" in text:
                text = text.strip()  # an indented file, not an indented paragraph
            self.budget.spend(len(text))
            texts.append(text)
            places = list(_places(text, x, y, width, code.get("DeltaX"), code.get("DeltaY")))
            self.drawing.glyphs.extend(_glyphs(text, places, size, matrix))
        self.drawing.texts.setdefault(node.get("ID", "").strip(), "".join(texts))

    def path(self, node: Node, matrix: Matrix) -> None:
        data = content(child(node, "AbbreviatedData"))
        self.budget.spend(len(data) // 8)
        points = _corners(data)
        if points is None:
            return
        for (x, y), (to_x, to_y) in points:
            self.drawing.edges.extend(edges_between(_moved(matrix, x, y), _moved(matrix, to_x, to_y)))


def _inside(node: Node, outer: Matrix) -> Matrix:
    """The matrix of what an object draws: its own CTM, the offset of its Boundary, then all around it."""
    own, boundary = numbers(node.get("CTM")), numbers(node.get("Boundary"))
    a, b, c, d, e, f = own if len(own) == 6 else UNMOVED
    if len(boundary) == 4:
        e, f = e + boundary[0], f + boundary[1]
    p, q, r, s, t, u = outer
    return p * a + r * b, q * a + s * b, p * c + r * d, q * c + s * d, p * e + r * f + t, q * e + s * f + u


def _moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _advance(character: str) -> float:
    return 1.0 if east_asian_width(character) in "WFA" else 0.5


def _places(
    text: str, x: float, y: float, width: float, across: str | None, down: str | None
) -> Iterator[tuple[float, float, float]]:
    """Where each character stands, and how wide it is. Steps that the file does not tell are those of the type."""
    count = len(text) - 1
    steps, falls = deltas(across, count), deltas(down, count)
    if not any(falls) and not any(steps):
        steps = []
    for place, character in enumerate(text):
        natural = width * _advance(character)
        step = steps[place] if place < len(steps) else 0.0 if any(falls) and not steps else natural
        yield x, y, step if 0 < step <= width and place < count else natural
        x += step
        y += falls[place] if place < len(falls) else 0.0


def _glyphs(text: str, places: list[tuple[float, float, float]], size: float, matrix: Matrix) -> Iterator[Glyph]:
    """The characters of one code. Upright or turned text is laid down where it begins, or its characters would be
    strewn over the lines beside it (购 / 买 / 方 at the side of a form)."""
    origins = [_moved(matrix, x, y) for x, y, _ in places]
    boxes = [_box(place, size, matrix) for place in places]
    if len(boxes) > 1 and _is_upright(origins, boxes):
        left, bottom, right, top = boxes[0]
        step = (right - left) / len(boxes)
        boxes = [(left + step * place, bottom, left + step * (place + 1), top) for place in range(len(boxes))]
    for character, (left, bottom, right, top) in zip(text, boxes, strict=True):
        if left > -FAR and right < FAR and bottom > -FAR and top < FAR and character not in "\r\n":
            yield Glyph(character, left, bottom, right, top)


def _is_upright(origins: list[tuple[float, float]], boxes: list[Box]) -> bool:
    height = boxes[0][3] - boxes[0][1]
    return all(abs(origins[place + 1][1] - origins[place][1]) > STEEP * height for place in range(len(origins) - 1))


def _box(place: tuple[float, float, float], size: float, matrix: Matrix) -> Box:
    x, y, width = place
    first = _moved(matrix, x, y - ASCENT * size)
    second = _moved(matrix, x + width, y + (1 - ASCENT) * size)
    return min(first[0], second[0]), min(first[1], second[1]), max(first[0], second[0]), max(first[1], second[1])


def _corners(data: str) -> list[tuple[tuple[float, float], tuple[float, float]]] | None:
    """The straight lines of a path; None for one with curves, which is a picture and no rule."""
    found: list[tuple[tuple[float, float], tuple[float, float]]] = []
    start = here = (0.0, 0.0)
    steps = (match[0] for match in PATH_STEP.finditer(data))
    for step in steps:
        if step not in PATH_NUMBERS:
            return None
        if step == "C":
            found.append((here, start))
            here = start
            continue
        there = number(next(steps, None)), number(next(steps, None))
        if step == "L":
            found.append((here, there))
        else:
            start = there
        here = there
    return found


def units_of(resources: Iterable[Node]) -> dict[str, Node]:
    """The composites that some resources define, by ID."""
    return {
        unit.get("ID", "").strip(): unit
        for resource in resources
        for holder in children(resource, "CompositeGraphicUnits")
        for unit in children(holder, "CompositeGraphicUnit")
    }
