"""`python -m bench`: makes the instance, starts both servers, measures, prints."""

import argparse
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from bench import instance as instances
from bench import remind, report, server
from bench.acts import Act, acts
from bench.instance import Instance
from bench.measure import Door, Line, Rounds, measure
from bench.visit import cookies_of

SMALL = 1_000
# The peers sent a mail to each of sixty units.
UNITS_REMINDED = 60


def options() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--tasks", type=int, default=100_000)
    parser.add_argument("--units", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3.0, help="of each round")
    parser.add_argument("--only", default="", help="measure acts whose name holds these words")
    parser.add_argument("--no-reminders", action="store_true", help="leave the daily run out")
    parser.add_argument("--no-growth", action="store_true", help="leave the small instance out")
    parser.add_argument("--table", action="store_true", help="print Markdown at the end as well")
    parser.add_argument("--json", type=Path, help="write the figures into this file as well")
    return parser.parse_args()


@contextmanager
def doors(instance: Instance, people: set[str]) -> Iterator[tuple[Door, Door]]:
    """The real application and the bare server, running; both are stopped at the end."""
    theirs = {"BENCH_DATABASE": f"sqlite:///{instance.copy}", "BENCH_TODAY": str(instance.day)}
    log = instance.folder / "servers.log"
    ours = server.start("tracker.serve:app", log, instance.settings())
    bare = server.start("bench.bare:make", log, theirs)
    try:
        cookies = cookies_of(ours.port, people, instance.filled.password)
        yield Door(ours, cookies), Door(bare, {"": ""})
    finally:
        ours.stop()
        bare.stop()


def pages(instance: Instance, wanted: str, rounds: Rounds) -> tuple[list[Line], dict[str, float]]:
    """Every act over HTTP, and the memory of the real application afterwards."""
    chosen = [act for act in acts(instance) if wanted in act.name and may(instance, act)]
    with doors(instance, _people(chosen)) as (ours, bare):
        lines = []
        for act in chosen:
            lines.append(measure(act, ours, bare, rounds))
            report.show(lines[-1])
        return lines, ours.server.megabytes()


def may(instance: Instance, act: Act) -> bool:
    """Whether there are rows enough: a small instance has no thousands of tasks to move on."""
    return instance.filled.tasks > SMALL or not act.ours.form


def _people(chosen: list[Act]) -> set[str]:
    return {act.ours.who for act in chosen}


def measure_all(asked: argparse.Namespace, folder: Path) -> dict[str, object]:
    """All figures of one run."""
    rounds = Rounds(asked.rounds, asked.seconds)
    big = instances.make(folder / "big", tasks=asked.tasks, units=asked.units, seed=asked.seed)
    report.show_instance(big)
    lines, memory = pages(big, asked.only, rounds)
    figures: dict[str, object] = {"pages": [asdict(line) for line in lines], "memory": memory}
    figures |= {"bytes_per_task": big.bytes_per_task(), "fill_seconds": big.fill_seconds}
    report.show_memory(memory)
    if asked.table:
        print(report.table(lines))
    if not asked.no_reminders:
        figures["reminders"] = reminders(asked, folder)
    if not asked.no_growth:
        figures["small"] = growth(asked, folder, rounds, lines)
    return figures


def reminders(asked: argparse.Namespace, folder: Path) -> dict[str, dict[str, float]]:
    """The daily run on as many units as the peers had."""
    office = instances.make(
        folder / "reminded", tasks=asked.tasks, units=UNITS_REMINDED, seed=asked.seed
    )
    said = remind.compare(office, min(asked.rounds, 3))
    report.show_reminders(said)
    return said


def growth(
    asked: argparse.Namespace, folder: Path, rounds: Rounds, big: list[Line]
) -> list[dict[str, object]]:
    """The same acts on a small instance: what a hundred times the tasks costs."""
    few = instances.make(folder / "small", tasks=SMALL, units=asked.units, seed=asked.seed)
    print(f"\n{SMALL} tasks:")
    lines, _ = pages(few, asked.only, Rounds(min(rounds.count, 3), rounds.seconds))
    report.show_growth(big, lines)
    return [asdict(line) for line in lines]


def main() -> None:
    """Measure in a scratch folder that is removed afterwards."""
    asked = options()
    folder = Path(tempfile.mkdtemp(prefix="tracker-bench-"))
    try:
        figures = measure_all(asked, folder)
    finally:
        shutil.rmtree(folder)
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
