"""The house rules, each run with the suite: one that nobody remembers still holds."""

import ast
import hashlib
import re
import statistics
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory

from tests.house import ROOT, functions, functions_of, modules, repository_files
from tracker import schema
from tracker.cli import main
from tracker.settings import Settings

VAGUE = {"base", "common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}
MAY_COMMIT = {ROOT / "tracker/db.py", ROOT / "tracker/web/request.py"}
# Put together here, so that this file may be searched as well.
REGISTRIES = [".".join(name) for name in [("pypi", "org"), ("npmjs", "com"), ("npmjs", "org")]]
REGISTRIES += [".".join(name) for name in [("pythonhosted", "org"), ("debian", "org")]]
MACHINES = [f"/{folder}/" for folder in ("work", "root", "home")]
README = ROOT / "README.md"


@pytest.mark.parametrize(
    "tool",
    [
        "ruff check",
        "ruff format --check",
        "mypy",
        "lint-imports --no-cache",
        "deptry .",
        "djlint templates --lint",
    ],
)
def test_the_tools_have_nothing_to_say(tool: str) -> None:
    name, *words = tool.split()
    program = Path(sys.executable).with_name(name)
    done = subprocess.run([program, *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_functions_are_short() -> None:
    lengths = sorted(function.lines for function in functions("tracker"))
    assert statistics.median(lengths) <= 7
    assert lengths[len(lengths) * 9 // 10] <= 20


def test_tests_are_short() -> None:
    tests = [one.lines for one in functions("tests") if " test_" in one.where]
    assert statistics.median(tests) <= 8


def test_no_function_is_long_or_deep() -> None:
    every = functions("tracker") + functions("tests")
    assert [one for one in every if one.lines > 40 or one.nesting > 2] == []


def test_nesting_counts_blocks_in_blocks() -> None:
    text = """
def flat():
    if a: pass
    elif b: pass
    else: pass
def deep():
    for a in b:
        if a:
            with c: pass
"""
    assert [one.nesting for one in functions_of(text, ROOT)] == [1, 3]


def test_no_file_is_long() -> None:
    every = modules("tracker") + modules("tests") + modules("bench")
    assert [path for path in every if len(path.read_text().splitlines()) > 400] == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [path for path in modules("tracker") + modules("tests") if path.stem in VAGUE] == []


def test_only_a_transaction_and_a_request_commit() -> None:
    commits = {path for path in modules("tracker") if calls(path, "commit")}
    assert commits <= MAY_COMMIT


def calls(path: Path, name: str) -> bool:
    nodes = (node.func for node in ast.walk(ast.parse(path.read_text())) if hasattr(node, "func"))
    return any(isinstance(called, ast.Attribute) and called.attr == name for called in nodes)


def test_the_domain_reads_its_annotations_while_running() -> None:
    future = "from __future__ import annotations"  # it breaks SQLModel's relationships
    assert [path for path in modules("tracker/domain") if future in path.read_text()] == []


def test_no_file_names_a_registry_or_somebodys_machine() -> None:
    banned = re.compile("|".join(map(re.escape, REGISTRIES + MACHINES)).encode())
    assert [path for path in repository_files() if banned.search(path.read_bytes())] == []


def test_vendored_files_are_the_ones_that_were_taken() -> None:
    vendor = ROOT / "static/vendor"
    table = (vendor / "README.md").read_text()
    listed = re.findall(r"^\| (\S+) \|.*\| (\w{64}) \|$", table, re.MULTILINE)
    files = [path for path in vendor.rglob("*") if path.is_file() and path.name != "README.md"]
    assert dict(listed) == {
        str(path.relative_to(vendor)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def test_migrations_have_one_head() -> None:
    assert len(ScriptDirectory.from_config(schema.steps()).get_heads()) == 1


def test_the_migrated_schema_is_the_one_that_the_code_means(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        command.check(schema.steps(connection))


@pytest.mark.parametrize("field", Settings.model_fields)
def test_every_setting_is_in_the_readme(field: str) -> None:
    assert f"TRACKER_{field.upper()}" in README.read_text()


@pytest.mark.parametrize("name", [*main.commands, "test"])
def test_every_command_is_in_the_readme(name: str) -> None:
    assert f"tracker {name}" in README.read_text()
