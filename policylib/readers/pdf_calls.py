"""The calls to pdfium that are made for each character and each object of a page, declared with bare addresses: as
pypdfium2 declares them, with a Python object for every pointer, each takes twice as long."""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable
from functools import cache
from typing import Any

import pypdfium2.raw as pdfium

Address = int
"""Of something in pdfium, which lives as long as the page that it is of."""
sides = struct.Struct("4f").unpack_from  # of an FS_RECTF: left, top, right, bottom, faster than its four attributes


def address_of(thing: object) -> Address:
    """The address that a pointer of pypdfium2 holds."""
    return ctypes.cast(thing, ctypes.c_void_p).value or 0  # type: ignore[arg-type]


@cache
def char_box() -> Callable[[Address, int, Address], int]:
    """Asks for the loose box of a character: the text of a page, the place, an FS_RECTF to fill."""
    return _declared(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)


@cache
def page_object() -> Callable[[Address, int], Address]:
    """Gives the object of a page at a place."""
    return _declared(pdfium.FPDFPage_GetObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)


@cache
def object_type() -> Callable[[Address], int]:
    """Gives the type of an object."""
    return _declared(pdfium.FPDFPageObj_GetType, ctypes.c_int, ctypes.c_void_p)


def _declared(function: object, *types: type) -> Callable[..., Any]:
    return ctypes.CFUNCTYPE(*types)(address_of(function))
