from collections.abc import Callable

import pytest

from policylib.model import Snapshot
from tests.rules import ledger


@pytest.fixture
def world() -> Callable[[str], Snapshot]:
    return ledger.world
