"""One document to its `Analysis`: numbers, titles, elements, citations and claims, each with its span and its rule."""

from policylib.extract.analyse import analyse, analyse_text
from policylib.extract.codes import code_book
from policylib.extract.numbers import find_numbers

__all__ = ["analyse", "analyse_text", "code_book", "find_numbers"]
