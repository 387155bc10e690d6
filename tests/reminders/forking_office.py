"""A process that has read the program once and forks a fresh run for each moment it is told.

For every line of its input it prints the run's process id, and how it ended.
"""

import os
import sys
from datetime import datetime, timedelta

from tracker.reminders.policy import Habits
from tracker.reminders.run import run_once
from tracker.settings import load_settings
from tracker.wiring import wire

# Short, so that a test need not wait long for a dead sender's letter.
HABITS = Habits(lease=timedelta(seconds=0.5))


def remind(moment: str) -> int:
    made = wire(load_settings())
    at = datetime.fromisoformat(moment).replace(tzinfo=made.settings.zone)
    return 1 if run_once(made.at(at), habits=HABITS).failed else 0


def serve() -> None:
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os._exit(remind(line.strip()))
        print(child, flush=True)  # noqa: T201 - this is how it answers
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)  # noqa: T201


if __name__ == "__main__":
    serve()
