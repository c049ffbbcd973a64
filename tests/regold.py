"""Write the golden analyses of the sample corpus anew: corpus/golden/<file name>.json, one for each document.

Run by hand, from the top of the tree, after a change of `extract` that is meant to change results:

    python -m tests.regold              all documents
    python -m tests.regold 2017-lzkj    only those whose file name begins so

Then read the difference (`git diff corpus/golden`) line by line against the documents before it is kept: the golden
files are what a person has accepted, not what the program says today.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import policylib
from policylib import tables
from policylib.extract import analyse

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
DOCUMENTS = CORPUS / "documents"
GOLDEN = CORPUS / "golden"


@cache
def corpus_tables() -> tables.Tables:
    return tables.load(CORPUS / "tables")


def golden_text(document: Path) -> str:
    """The analysis of a document as its golden file says it: the path is the file name only, keys are sorted."""
    analysis = analyse(policylib.read(document), corpus_tables())
    analysis = replace(analysis, source=replace(analysis.source, path=document.name))
    return json.dumps(analysis.to_dict(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def golden_path(document: Path) -> Path:
    return GOLDEN / f"{document.name}.json"


def main(beginning: str = "") -> None:
    GOLDEN.mkdir(exist_ok=True)
    documents = sorted(DOCUMENTS.iterdir())
    for stale in {path.name for path in GOLDEN.iterdir()} - {golden_path(one).name for one in documents}:
        (GOLDEN / stale).unlink()
    for document in documents:
        if document.name.startswith(beginning):
            golden_path(document).write_text(golden_text(document), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(*sys.argv[1:2])
