"""One document to its `Analysis`: numbers, titles, elements, citations and claims, each with its span and its rule."""

from typing import TYPE_CHECKING

from policylib.first_use import first_use

if TYPE_CHECKING:
    from policylib.extract.analysis import analyse, analyse_text
    from policylib.extract.codes import code_book
    from policylib.extract.numbers import find_numbers

__all__ = ["analyse", "analyse_text", "code_book", "find_numbers"]

if not TYPE_CHECKING:
    __getattr__ = first_use(
        __name__,
        {
            "analyse": "policylib.extract.analysis",
            "analyse_text": "policylib.extract.analysis",
            "code_book": "policylib.extract.codes",
            "find_numbers": "policylib.extract.numbers",
        },
    )
