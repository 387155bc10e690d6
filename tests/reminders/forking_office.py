"""A process that has read the program once and forks a fresh run for each moment it is told.

For every line of its input, a moment, how many runs of it and the seconds of their lease, it
prints the process ids of the runs, and how each ended.
"""

import os
import sys
from datetime import datetime, timedelta

from tracker.reminders.policy import Habits
from tracker.reminders.run import run_once
from tracker.settings import load_settings
from tracker.wiring import wire


def remind(moment: str, lease: float) -> int:
    habits = Habits(lease=timedelta(seconds=lease))
    made = wire(load_settings())
    at = datetime.fromisoformat(moment).replace(tzinfo=made.settings.zone)
    return 1 if run_once(made.at(at), habits=habits).failed else 0


def serve() -> None:
    for line in sys.stdin:
        moment, runs, lease = line.split()
        children = [forked(moment, float(lease)) for _ in range(int(runs))]
        print(*children, flush=True)  # noqa: T201 - this is how it answers
        ends = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        print(*ends, flush=True)  # noqa: T201


def forked(moment: str, lease: float) -> int:
    child = os.fork()
    if child == 0:
        os._exit(remind(moment, lease))
    return child


if __name__ == "__main__":
    serve()
