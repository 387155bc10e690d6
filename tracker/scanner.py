"""The virus scanner of the installation: a program that is asked about every file."""

import shlex
import subprocess
from pathlib import Path

import structlog

from tracker.errors import Refused

PATIENCE = 60
_CLEAN, _INFECTED = 0, 1
log = structlog.get_logger()


def refuse_infected(command: str, path: Path, *, patience: float = PATIENCE) -> None:
    """Ask the program, without a shell, with the path after its own words.

    Exit 0 is clean and 1 is infected, as with clamscan; a scanner that says anything else, is
    not there or does not end has cleared nothing.
    """
    try:
        words = [*shlex.split(command), str(path)]
        done = subprocess.run(words, capture_output=True, timeout=patience, check=False)
    except (OSError, ValueError, subprocess.TimeoutExpired) as broken:
        log.exception("scanner.failed")
        raise Refused("attachment.scanner-failed") from broken
    said = done.stdout.decode(errors="replace").strip()[:300]
    if done.returncode == _INFECTED:
        log.warning("scanner.infected", said=said)
        raise Refused("attachment.infected")
    if done.returncode != _CLEAN:
        log.error("scanner.failed", code=done.returncode, said=said)
        raise Refused("attachment.scanner-failed")
