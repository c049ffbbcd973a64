"""What a command loads: who asks for a status waits for no reader, no library of graphs, no rule and no linking."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.yunze import AWARD

HEAVY = ("pdfplumber", "pypdf", "pypdfium2", "docx", "lxml", "whoosh", "networkx", "openpyxl", "rapidocr", "numpy")
INTAKE = ("policylib.extract.analysis", "policylib.library.ingest", "policylib.library.workers")
RULING = ("policylib.rules.registry", "policylib.rules.interpretation", "policylib.link.relate")
LOADED = """
import sys
from policylib.cli.main import main
try:
    main(sys.argv[1:])
finally:
    print("loaded", *sys.modules, file=sys.stderr)
"""
COMMANDS = {
    "status": ("status", AWARD),
    "check": ("check",),
    "list": ("list",),
    "show": ("show", AWARD),
    "links": ("links", AWARD),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_who_only_looks_loads_no_reader(office: Run, desk: Path, command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *COMMANDS[command]], cwd=desk, capture_output=True, encoding="utf-8", check=False
    )
    assert done.stdout, done.stderr
    loaded = set(done.stderr.rpartition("loaded ")[2].split())
    assert "policylib.library.library" in loaded
    assert loaded.intersection(HEAVY + INTAKE) == set()
    assert command == "check" or loaded.intersection(RULING) == set()


def test_a_picture_of_the_graph_loads_no_reader(office: Run, desk: Path) -> None:
    command = [sys.executable, "-c", LOADED, "graph", "-o", "图.json"]
    done = subprocess.run(command, cwd=desk, capture_output=True, encoding="utf-8", check=False)
    loaded = set(done.stderr.rpartition("loaded ")[2].split())
    assert (desk / "图.json").exists()
    assert loaded.intersection(HEAVY + INTAKE) <= {"networkx", "numpy"}
