"""Old Word files (.doc, .rtf): LibreOffice, where there is one, turns them into .docx."""

import io
import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import olefile

from tracker.errors import Unreadable
from tracker.importer.blocks import Contents, File
from tracker.importer.readers import word
from tracker.importer.readers.packages import kind_of_package

_SECONDS = 60
# With a new profile it sets itself up, ends with this code, and wants to be started again.
_START_AGAIN = 81
_OPTIONS = ("--headless", "--norestore", "--nolockcheck", "--nodefault")
_ENCRYPTED = 0x01
# Its own profile: no macro runs, no link is followed, nothing outside the file is loaded.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>
"""
_ITEM = (
    '<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
    "<value>{value}</value></prop></item>"
)
_SETTINGS = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "2"),
)


def read(file: File) -> Contents:
    """The blocks of an old Word file, as its .docx has them."""
    program = find_office()
    if program is None:
        raise Unreadable("file.old-word")
    if _is_encrypted(file.data):
        raise Unreadable("file.password")
    data = _converted(file.data, program)
    kind_of_package(data)
    return word.read(File(file.name, data, file.progress))


def find_office() -> Path | None:
    """LibreOffice's program, when this machine has one."""
    named = shutil.which("soffice") or shutil.which("libreoffice")
    if named is None:
        return None
    # The usual starter leaves a process of its own behind when it is killed.
    inner = Path(named).resolve().with_name("soffice.bin")
    return inner if inner.exists() else Path(named)


def _is_encrypted(data: bytes) -> bool:
    """Whether the file's header says that the text is encrypted; only .doc has such a header."""
    if not data.startswith(b"\xd0\xcf"):
        return False
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as package:
            return bool(package.openstream("WordDocument").read(12)[11] & _ENCRYPTED)
    except (OSError, ValueError, IndexError, TypeError, AttributeError) as error:
        raise Unreadable("file.damaged", format="Word 97-2003") from error


def _converted(data: bytes, program: Path) -> bytes:
    with TemporaryDirectory(prefix="don-doc-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / ("van-ban.rtf" if data.startswith(b"{\\rtf") else "van-ban.doc")
        source.write_bytes(data)
        _write_profile(folder / "profile")
        if _run(program, source) == _START_AGAIN:
            _run(program, source)
        made = folder / "docx" / "van-ban.docx"
        if not made.exists():
            raise Unreadable("file.damaged", format="Word 97-2003")
        return made.read_bytes()


def _write_profile(profile: Path) -> None:
    items = (_ITEM.format(path=path, name=name, value=value) for path, name, value in _SETTINGS)
    (profile / "user").mkdir(parents=True)
    text = _PROFILE.format(items="".join(items))
    (profile / "user" / "registrymodifications.xcu").write_text(text, encoding="utf-8")


def _run(program: Path, source: Path) -> int:
    """Convert a file into the folder beside it; the program's exit code."""
    folder = source.parent
    words = [
        str(program),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *_OPTIONS,
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder / "docx"),
        str(source),
    ]
    own = {"HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8"}
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    try:
        # Started in the group of this process, so that whoever ends the group ends it too.
        done = subprocess.run(
            words,
            env=own | kept,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable("file.took-too-long") from error
    return done.returncode
