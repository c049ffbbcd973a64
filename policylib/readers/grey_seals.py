"""Seals on pages that were scanned or copied in grey: lighter than type, round, and with broad strokes.

They are only told: to whiten their ink takes the thin strokes of the type below with it, and loses more numbers than it
saves (of 15 rows under a seal 11 or 12 were right then, 12 or 13 as they are).
"""

from __future__ import annotations

from PIL import Image, ImageFilter

from policylib.readers.red_ink import Area, areas_of

INK = (50, 150)  # of red ink in grey, 86 and what a copier makes of it; type is darker, shaded cells are lighter
BROAD = 3  # pixels of a stroke; the grey edge of a letter is one or two wide


def grey_seals(image: Image.Image) -> list[Area]:
    """Where seals are in grey ink."""
    low, high = INK
    ink = image.convert("L").point([255 * (low < value < high) for value in range(256)])
    return [area for area in areas_of(ink.filter(ImageFilter.MinFilter(BROAD))) if area.seal and area.round]
