"""The calls to pdfium that are made for each character and each object of a page, declared with bare addresses: as
pypdfium2 declares them, with a Python object for every pointer, each takes twice as long and more.

ctypes converts every argument whose type is declared, which takes longer than pdfium does. So the page or its text is
handed over as an `Address`, which needs no conversion, and places are plain numbers. An address that pdfium gave is a
plain number too, and must be declared where it is handed back, or half of it would be lost.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable
from functools import cache
from typing import Any

import pypdfium2.raw as pdfium

Address = ctypes.c_void_p
"""Of a page, of its text, of a path."""
Thing = int
"""The address of something on a page, which lives as long as the page; 0 or None where there is nothing."""
sides = struct.Struct("4f").unpack_from  # of an FS_RECTF: left, top, right, bottom, faster than its four attributes


def address_of(thing: object) -> Address:
    """The address that a pointer of pypdfium2 holds."""
    return ctypes.cast(thing, Address)  # type: ignore[arg-type]


@cache
def char_box() -> Callable[[Address, int, object], int]:
    """Asks for the loose box of a character: the text of a page, the place, a reference to an FS_RECTF to fill."""
    return _declared(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int)


@cache
def is_generated() -> Callable[[Address, int], int]:
    """Whether the character of a text at a place was inferred: 1, else 0 or -1."""
    return _declared(pdfium.FPDFText_IsGenerated, ctypes.c_int)


@cache
def text_object() -> Callable[[Address, int], Thing | None]:
    """Gives the object that drew the character of a text at a place."""
    return _declared(pdfium.FPDFText_GetTextObject, ctypes.c_void_p)


@cache
def content_tag() -> Callable[[Thing | None], int]:
    """The number of the marked content that an object is in; -1 where it is in none, or there is no object."""
    return _declared(pdfium.FPDFPageObj_GetMarkedContentID, ctypes.c_int, ctypes.c_void_p)


@cache
def page_object() -> Callable[[Address, int], Thing]:
    """Gives the object of a page at a place."""
    return _declared(pdfium.FPDFPage_GetObject, ctypes.c_void_p)


@cache
def object_type() -> Callable[[Thing], int]:
    """Gives the type of an object."""
    return _declared(pdfium.FPDFPageObj_GetType, ctypes.c_int, ctypes.c_void_p)


@cache
def matrix_of() -> Callable[[Address, object], int]:
    """Asks for the matrix of an object: the object, a reference to an FS_MATRIX to fill."""
    return _declared(pdfium.FPDFPageObj_GetMatrix, ctypes.c_int)


@cache
def segments_of() -> Callable[[Address], int]:
    """How many segments a path has."""
    return _declared(pdfium.FPDFPath_CountSegments, ctypes.c_int)


@cache
def path_segment() -> Callable[[Address, int], Thing]:
    """Gives the segment of a path at a place."""
    return _declared(pdfium.FPDFPath_GetPathSegment, ctypes.c_void_p)


@cache
def segment_point() -> Callable[[Thing, object, object], int]:
    """Asks where a segment ends: the segment, references to two numbers to fill."""
    return _declared(pdfium.FPDFPathSegment_GetPoint, ctypes.c_int, ctypes.c_void_p)


@cache
def segment_type() -> Callable[[Thing], int]:
    """Gives the type of a segment."""
    return _declared(pdfium.FPDFPathSegment_GetType, ctypes.c_int, ctypes.c_void_p)


@cache
def segment_closes() -> Callable[[Thing], int]:
    """Whether a segment closes its figure."""
    return _declared(pdfium.FPDFPathSegment_GetClose, ctypes.c_int, ctypes.c_void_p)


def _declared(function: object, result: type, *arguments: type) -> Callable[..., Any]:
    """The function, called with the lock of Python held: it is back before another thread could make use of it."""
    return ctypes.PYFUNCTYPE(result, *arguments)(address_of(function).value or 0)
