"""Packages whose names load on first use: type checkers see which names there are, and Python gives just these."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

import pytest

import policylib

HOME = Path(policylib.__file__).parent


def lazy(file: Path) -> bool:
    return "first_use(" in file.read_text(encoding="utf-8")


PACKAGES = {
    ".".join(("policylib", *file.parent.relative_to(HOME).parts)): ast.parse(file.read_text(encoding="utf-8"))
    for file in sorted(HOME.rglob("__init__.py"))
    if lazy(file)
}
each = pytest.mark.parametrize(("name", "module"), PACKAGES.items(), ids=PACKAGES)


def test_there_are_such_packages() -> None:
    assert {"policylib", "policylib.export", "policylib.rules"} <= PACKAGES.keys()


@each
def test_type_checkers_do_not_see_a_getattr_that_gives_every_name(name: str, module: ast.Module) -> None:
    """With it mypy takes `from policylib import Libary` for right."""
    hidden = [
        node for node in module.body if isinstance(node, ast.If) and ast.unparse(node.test) == "not TYPE_CHECKING"
    ]
    assert ["__getattr__" in ast.unparse(node) for node in hidden] == [True]
    assert not any("__getattr__" in ast.unparse(node) for node in module.body if node not in hidden)


@each
def test_it_gives_the_names_that_it_says(name: str, module: ast.Module) -> None:
    package = import_module(name)
    for one in package.__all__:
        assert getattr(package, one) is not None
    with pytest.raises(AttributeError, match="has no attribute 'Libary'"):
        package.Libary  # noqa: B018
