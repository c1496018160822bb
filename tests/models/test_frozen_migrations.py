"""Migrations are frozen: what they did to one database they do to the next, whatever the code of today says."""

import ast
from pathlib import Path

import pytest

from drugs import migrations

MODULES = sorted(Path(migrations.__file__).parent.glob("*.py"))
# A column of such a class is stored as Django's own; what the class computes on saving, no migration asks for.
FIELDS = "drugs.models.fields"


def imported(module):
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_a_migration_imports_nothing_of_ours_that_may_change(module):
    ours = {name for name in imported(module) if name.split(".")[0] in ("drugs", "medinfo", "tests")}
    assert all(name == FIELDS or name.startswith("drugs.migrations") for name in ours), ours
