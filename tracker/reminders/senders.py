"""Who is sending: a name for each process, and whether it still lives."""

import os
import socket
from pathlib import Path


def my_name() -> str:
    """This process, as other senders of the same database see it: "host/space/number"."""
    return f"{_place()}/{os.getpid()}"


def has_died(name: str) -> bool:
    """Whether a sender of this machine is gone; of another machine only its lease can tell."""
    place, _, number = name.rpartition("/")
    if place != _place() or os.name != "posix":
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except (PermissionError, ValueError):
        return False
    return False


def _place() -> str:
    # Two containers may share a host's name, and number their processes apart.
    space = Path("/proc/self/ns/pid")
    return f"{socket.gethostname()[:80]}/{space.readlink() if space.exists() else ''}"
