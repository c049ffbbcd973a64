"""Write the tables of docs/formats.md anew that follow from the code:

    python -m tests.formats_page

Between the marks `<!-- problems -->` and `<!-- end -->` (errors, refused, limits likewise) stands what the readers say
and allow today. `test_docs.py` compares, so that the page cannot go stale; run this after a change of a message.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from typing import TypeGuard

from policylib import errors
from policylib.readers import CONTAINERS, READERS
from policylib.readers.sniff import FORMATS
from tests.readers.test_hostile import READ, REFUSED

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "formats.md"
ROOM = ROOT / "policylib" / "readers"
PART = re.compile(r"(<!-- (\w+) -->)\n.*?(<!-- end -->)", re.DOTALL)
LIMIT = re.compile(r"^    (\w+): int = ([^#\n]+?)(?:  # (.+))?$", re.MULTILINE)
VALUE = "…"
CODE = re.compile("[A-Z][A-Z_]{2,}")
HANZI = re.compile("[一-鿿]")
SPECIAL = frozenset({"encrypted", "unknown"})  # rows of FORMATS that are no format


def page_anew(page: str) -> str:
    """The page with its tables as they follow from the code."""
    return PART.sub(lambda part: "\n".join((part[1], *TABLES[part[2]](), part[3])), page)


def problems() -> Iterator[str]:
    """Wherever a code, or a constant that holds one, leads a Chinese text, in a call, a tuple or a dictionary."""
    yield "| code | message | said by |\n|---|---|---|"
    constants = _constants()
    yield from _rows(
        (code, message, module)
        for module, node in _nodes()
        for first, *others in _groups(node)
        if (code := _code(first, constants))
        for message in filter(HANZI.search, map(_text, others))
    )


def problem_codes() -> set[str]:
    """The first argument of every `Problem(…)` in the readers: its code, or the expression where that is not plain."""
    constants = _constants()
    return {
        _code(node.args[0], constants) or ast.unparse(node.args[0])
        for _, node in _nodes()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Problem"
    }


def _constants() -> Mapping[str, str]:
    """The names of the readers' constants that hold a code."""
    return {
        node.targets[0].id: str(node.value.value)
        for _, node in _nodes()
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.targets[0], ast.Name)
        if CODE.fullmatch(str(node.value.value))
    }


def _code(expression: ast.expr | None, constants: Mapping[str, str]) -> str:
    if isinstance(expression, ast.Name):
        return constants.get(expression.id, "")
    text = str(expression.value) if isinstance(expression, ast.Constant) else ""
    return text if CODE.fullmatch(text) else ""


def input_errors() -> Iterator[str]:
    codes = {kind.__name__: kind.code for kind in vars(errors).values() if _is_input_error(kind)}
    yield "| code | message and remedy | said by |\n|---|---|---|"
    yield from _rows(
        (codes[node.func.id], "。".join(map(_text, node.args)).removeprefix(f"{VALUE}："), module)
        for module, node in _nodes()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in codes
    )


def _is_input_error(kind: object) -> TypeGuard[type[errors.InputError]]:
    return isinstance(kind, type) and issubclass(kind, errors.InputError) and kind is not errors.InputError


def refused() -> Iterator[str]:
    yield "| format | remedy in the message |\n|---|---|"
    for row in FORMATS.values():
        if row.name not in {*READERS, *CONTAINERS, *SPECIAL}:
            yield f"| {row.title} | {row.remedy} |"


def limits() -> Iterator[str]:
    yield "| limit | value | why |\n|---|---|---|"
    for name, value, reason in LIMIT.findall((ROOM / "guard.py").read_text(encoding="utf-8")):
        yield f"| `{name}` | {value.replace('* MEGABYTE', 'MB').replace('_', ',')} | {reason} |"


def hostile() -> Iterator[str]:
    """How many broken and hostile files the tests have of each format, by the suffix that they bear."""
    refused, read = (Counter(PurePath(name).suffix for name, *_ in cases.values()) for cases in (REFUSED, READ))
    yield "| suffix | refused, with its code and its words | read in spite of it |\n|---|---|---|"
    for suffix in sorted({*refused, *read}):
        yield f"| {suffix} | {refused[suffix]} | {read[suffix] or ''} |"
    yield f"| all | {refused.total()} | {read.total()} |"


TABLES: Mapping[str, Callable[[], Iterator[str]]] = {
    "problems": problems,
    "errors": input_errors,
    "refused": refused,
    "limits": limits,
    "hostile": hostile,
}


def _nodes() -> Iterator[tuple[str, ast.AST]]:
    for path in sorted(ROOM.rglob("*.py")):
        yield from ((path.stem, node) for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def _groups(node: ast.AST) -> Iterator[Sequence[ast.expr | None]]:
    if isinstance(node, ast.Dict):
        yield from zip(node.keys, node.values, strict=True)
    elif isinstance(node, ast.Call) and node.args:
        yield node.args
    elif isinstance(node, ast.Tuple) and node.elts:
        yield node.elts


def _rows(told: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    """A row for each code and message, with the modules that say it."""
    modules: dict[tuple[str, str], set[str]] = {}
    for code, message, module in told:
        modules.setdefault((code, message), set()).add(module)
    for (code, message), names in sorted(modules.items()):
        yield f"| {code} | {message.replace('|', '/')} | {'、'.join(sorted(names))} |"


def _text(expression: ast.expr | None) -> str:
    """A text as the code writes it, … for what is put in."""
    if isinstance(expression, ast.Constant):
        return str(expression.value)
    if isinstance(expression, ast.JoinedStr):
        return "".join(_text(value) for value in expression.values)
    return VALUE


def main() -> None:
    PAGE.write_text(page_anew(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
