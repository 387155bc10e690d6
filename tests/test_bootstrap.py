"""`python3 -m tracker` on a bare machine: what it trusts, renews, refuses and hands on."""

import ast
import importlib.util
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tracker import __main__ as bootstrap
from tracker.__main__ import Environment, ask, handed_on, holds, refuse_unfit_python

LOCK = "flask==3.1.3 \\\n    --hash=sha256:00\ntyping_extensions==4.16.0 \\\n    --hash=sha256:11\n"


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    """A checkout with locks, and an environment with an interpreter and no packages."""
    for name in ("requirements.lock", "requirements-dev.lock"):
        (tmp_path / name).write_text(f"{LOCK}# {name}\n")
    made = Environment(tmp_path)
    made.programs.mkdir(parents=True)
    made.python.symlink_to(sys.executable)
    (made.folder / "lib" / "python3.11" / "site-packages").mkdir(parents=True)
    return made


def put(environment: Environment, name: str, *, whole: bool = True) -> None:
    info = Path(environment.packages()[0], f"{name}-1.0.dist-info")
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    if whole:
        (info / "INSTALLER").write_text("pip\n")


def test_only_the_standard_library_is_needed_to_begin() -> None:
    tree = ast.parse(Path(bootstrap.__file__).read_text())
    imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {getattr(node, "module", None) or node.names[0].name for node in imports}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


def test_an_older_python_can_read_its_refusal() -> None:
    ast.parse(Path(bootstrap.__file__).read_text(), feature_version=(3, 8))


def test_ordinary_commands_follow_the_production_lock(environment: Environment) -> None:
    assert environment.lock_for("demo").name == "requirements.lock"
    assert environment.lock_for("test").name == "requirements-dev.lock"


def test_an_environment_made_for_tests_is_not_reduced(environment: Environment) -> None:
    (environment.programs / "pytest").touch()
    assert environment.lock_for("demo").name == "requirements-dev.lock"


def test_a_stamp_vouches_for_one_lock_and_no_other(environment: Environment) -> None:
    lock = environment.lock_for("demo")
    environment.stamp.write_text(environment.mark(lock), encoding="utf-8")
    assert environment.is_ready(lock)
    assert not environment.is_ready(environment.lock_for("test"))
    lock.write_text(LOCK + "# renewed\n")
    assert not environment.is_ready(lock)
    assert environment.is_sound()


def test_an_interrupted_installation_is_made_anew(environment: Environment) -> None:
    put(environment, "flask")
    put(environment, "typing-extensions")
    environment.stamp.write_text(bootstrap.UNFINISHED)
    assert not environment.is_ready(environment.lock_for("demo"))
    assert not environment.is_sound()


def test_another_python_behind_the_environment_makes_it_unsound(environment: Environment) -> None:
    lock = environment.lock_for("demo")
    environment.stamp.write_text(environment.mark(lock), encoding="utf-8")
    environment.python.unlink()
    environment.python.symlink_to("/usr/bin/python9.99")
    assert not environment.is_ready(lock)
    assert not environment.is_sound()


def test_a_checkout_that_was_moved_gets_a_new_environment(environment: Environment) -> None:
    lock = environment.lock_for("demo")
    environment.stamp.write_text(environment.mark(lock), encoding="utf-8")
    moved = Environment(environment.checkout.rename(environment.checkout.with_name("moved")))
    assert not moved.is_ready(moved.lock_for("demo"))
    assert not moved.is_sound()


def test_an_environment_made_by_hand_is_trusted_when_nothing_is_missing(
    environment: Environment,
) -> None:
    lock = environment.lock_for("demo")
    put(environment, "Flask")
    assert not environment.is_ready(lock)
    put(environment, "typing.extensions")
    assert environment.is_ready(lock)


def test_a_package_that_was_cut_short_does_not_count(environment: Environment) -> None:
    put(environment, "flask")
    put(environment, "typing-extensions", whole=False)
    assert not holds(environment.lock_for("demo"), environment.packages())


def test_packages_for_other_systems_are_not_missed(environment: Environment) -> None:
    lock = environment.lock_for("demo")
    lock.write_text("colorama==0.4.6 ; sys_platform == 'win32' \\\n    --hash=sha256:00\n")
    assert environment.is_ready(lock)


def test_starts_take_turns(environment: Environment) -> None:
    gate = environment.checkout / ".venv.lock"
    with environment.turn(), pytest.raises(sqlite3.OperationalError, match="locked"):
        sqlite3.connect(gate, timeout=0).execute("BEGIN EXCLUSIVE")


def test_the_second_of_two_starts_finds_the_work_done(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = environment.lock_for("demo")
    environment.stamp.write_text(environment.mark(lock), encoding="utf-8")
    monkeypatch.setattr(Environment, "install", lambda *_: pytest.fail("installed again"))
    environment.make_ready(lock)


def test_the_command_starts_this_checkout_from_any_folder(tmp_path: Path) -> None:
    environment = Environment(tmp_path / "Đôn đốc 'ở đây'")
    environment.programs.mkdir(parents=True)
    environment.python.write_text('#!/bin/sh\necho "$@"\n')
    environment.python.chmod(0o755)
    environment.connect()
    assert ask(str(environment.programs / "tracker"), "parse", "a b") == "-m tracker parse a b\n"


def test_the_index_settings_of_pip_are_handed_on() -> None:
    assert handed_on(
        """:env:.cert='/etc/ssl/office.pem'
:env:.disable-pip-version-check='1'
global.extra-index-url='file:///mnt/a file:///mnt/b'
global.find-links='\\n/mnt/c\\n/mnt/d'
global.index-url='https://mirror.office.example/simple'
global.trusted-host='mirror.office.example'
"""
    ) == {
        "SSL_CERT_FILE": "/etc/ssl/office.pem",
        "UV_DEFAULT_INDEX": "https://mirror.office.example/simple",
        "UV_FIND_LINKS": "/mnt/c,/mnt/d",
        "UV_INDEX": "file:///mnt/a file:///mnt/b",
        "UV_INSECURE_HOST": "mirror.office.example",
    }


def test_the_environment_wins_over_the_configuration_files_of_pip() -> None:
    told = (
        ":env:.index-url='https://c'\nglobal.index-url='https://a'\ninstall.index-url='https://b'"
    )
    assert handed_on(told) == {"UV_DEFAULT_INDEX": "https://c"}


def test_a_failing_installer_is_one_sentence_with_its_reason() -> None:
    tool = "import sys; sys.exit('error: cannot fetch\\n  Connection refused')"
    with pytest.raises(SystemExit, match=r"^Không cài được.*network.*\(Connection refused\)$"):
        ask(sys.executable, "-c", tool)


def test_a_python_without_venv_names_the_package_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(SystemExit, match="python3-venv"):
        refuse_unfit_python()


def test_a_wheel_has_no_tests_to_run(tmp_path: Path) -> None:
    package = tmp_path / "tracker"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(Path(bootstrap.__file__).read_text())
    words = [sys.executable, "-m", "tracker", "test"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (
        1,
        "Chỉ chạy kiểm thử từ mã nguồn · The tests need a checkout\n",
    )
