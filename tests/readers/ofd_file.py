"""OFD packages for tests, written by hand: pages of text and ruled tables, in millimetres from the upper left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from tests.readers.zipped import zipped

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE = 5.0  # of the type, 14 pt
LEFT, TOP, PITCH = 28.0, 37.0, 9.0
ROW = 18.0  # high enough for two lines of a cell


def text(words: str, x: float, y: float, size: float = SIZE, identity: str = "1", attributes: str = "") -> str:
    """A text object whose characters begin at a place, each as far from the next as it is high."""
    steps = f' DeltaX="g {len(words) - 1} {size}"' if len(words) > 1 else ""
    return (
        f'<ofd:TextObject ID="{identity}" Boundary="{x} {y} 150 {size}" Size="{size}" {attributes}>'
        f'<ofd:TextCode X="0" Y="{size * 0.9}"{steps}>{escape(words)}</ofd:TextCode></ofd:TextObject>'
    )


def lines(words: Sequence[str], top: float = TOP) -> str:
    """Lines one below the other."""
    return "".join(text(one, LEFT, top + place * PITCH) for place, one in enumerate(words))


def rule(x: float, y: float, to_x: float, to_y: float) -> str:
    """A straight line, drawn in a box of its own."""
    return (
        f'<ofd:PathObject ID="2" Boundary="{x} {y} {to_x - x + 0.3} {to_y - y + 0.3}">'
        f"<ofd:AbbreviatedData>M 0 0 L {to_x - x} {to_y - y}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def table(rows: Sequence[Sequence[str]], widths: Sequence[float], top: float) -> str:
    """A ruled table. A cell without text has no wall above it: it is merged with the one above."""
    xs = [LEFT + sum(widths[:place]) for place in range(len(widths) + 1)]
    drawn = [rule(x, top, x, top + ROW * len(rows)) for x in xs]
    drawn.append(rule(xs[0], top + ROW * len(rows), xs[-1], top + ROW * len(rows)))
    for place, cells in enumerate(rows):
        y = top + ROW * place
        for column, cell in enumerate(cells):
            drawn += [rule(xs[column], y, xs[column + 1], y)] if cell else []
            for count, line in enumerate(_broken(cell, widths[column])):
                drawn.append(text(line, xs[column] + 1, y + 1 + count * 5.5, size=3.5))
    return "".join(drawn)


def _broken(cell: str, width: float) -> list[str]:
    """The lines of a cell."""
    most = int((width - 2) / 3.5)
    return [part[start : start + most] for part in cell.split("\n") for start in range(0, len(part), most)]


def page(drawn: str, before: str = "") -> str:
    """The part of a page. `before`: what stands before its content, such as a template."""
    return f"<ofd:Page {NAMESPACE}>{before}<ofd:Content><ofd:Layer>{drawn}</ofd:Layer></ofd:Content></ofd:Page>"


def document(pages: Mapping[str, str], common: str = "", more: str = "") -> str:
    """The part that names the pages: by the place of each, and what it is called."""
    named = "".join(f'<ofd:Page ID="{place}" BaseLoc="{escape(one)}"/>' for place, one in enumerate(pages, 10))
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    return (
        f"<ofd:Document {NAMESPACE}><ofd:CommonData>{area}{common}</ofd:CommonData>"
        f"<ofd:Pages>{named}</ofd:Pages>{more}</ofd:Document>"
    )


def entry(*bodies: str) -> str:
    """The entry of a package, by what its documents say of themselves."""
    return f"<ofd:OFD {NAMESPACE}>{''.join(f'<ofd:DocBody>{body}</ofd:DocBody>' for body in bodies)}</ofd:OFD>"


def root(place: str = "Doc_0/Document.xml") -> str:
    return f"<ofd:DocRoot>{place}</ofd:DocRoot>"


def ofd(*pages: str | bytes, common: str = "", more: str = "", body: str = "", **parts: str | bytes) -> bytes:
    """A package of one document. `parts`: further ones of its folder, `__` for a slash and `_xml` for the suffix."""
    places = {f"Pages/Page_{place}/Content.xml": one for place, one in enumerate(pages)}
    further = {f"Doc_0/{name.replace('__', '/').replace('_xml', '.xml')}": one for name, one in parts.items()}
    return zipped(
        {
            "OFD.xml": entry(body + root()),
            "Doc_0/Document.xml": document(places, common, more),
            **{f"Doc_0/{place}": one for place, one in places.items()},
            **further,
        }
    )
