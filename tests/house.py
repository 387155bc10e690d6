"""What the house rules measure: the files of the repository and the functions of its modules."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
BLOCKS = (ast.If, ast.For, ast.While, ast.Try, ast.With, ast.Match)


class Function(NamedTuple):
    """One function or method as it stands in a file."""

    where: str
    lines: int
    nesting: int


def modules(folder: str) -> list[Path]:
    """The Python files below a folder; migrations are written by Alembic and not measured."""
    return [path for path in sorted((ROOT / folder).rglob("*.py")) if "versions" not in path.parts]


def functions(folder: str) -> list[Function]:
    """Every function below a folder."""
    return [one for path in modules(folder) for one in functions_of(path.read_text(), path)]


def functions_of(text: str, path: Path) -> Iterator[Function]:
    """Every function of one module, nested ones and methods as well."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield Function(f"{path.name}:{node.lineno} {node.name}", length(node), depth(node))


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, its docstring not counted."""
    assert node.end_lineno
    lines = node.end_lineno - node.lineno + 1
    first = node.body[0]
    if ast.get_docstring(node) is not None and first.end_lineno:
        lines -= first.end_lineno - first.lineno + 1
    return lines


def depth(node: ast.AST) -> int:
    """How deeply blocks stand in one another; an elif stands beside its if, not in it."""
    return max((depth_below(child, node) for child in ast.iter_child_nodes(node)), default=0)


def depth_below(child: ast.AST, parent: ast.AST) -> int:
    """The depth that a child adds to what holds it; a function inside is measured by itself."""
    if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
        return 0
    is_elif = isinstance(parent, ast.If) and parent.orelse == [child]
    return depth(child) + (isinstance(child, BLOCKS) and not is_elif)


def repository_files() -> list[Path]:
    """Every file that is, or is about to be, in the repository."""
    words = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    named = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [path for name in named.split("\0") if name and (path := ROOT / name).is_file()]
