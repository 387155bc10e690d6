"""How well programmes are read: recall and precision over the invented documents of the tests.

`python -m bench.accuracy` from a checkout. What the figures mean: docs/reading.md.
"""

import argparse
import json
import math
import sys
from pathlib import Path
from typing import NamedTuple

from tests.importer.corpus.rendering import Rendering, renderings
from tests.importer.corpus.scoring import MEASURES, Count, Score, nothing_read, score_of, total

GOAL = 0.98


class Line(NamedTuple):
    """One document in one format, and how it was read."""

    rendering: Rendering
    score: Score


def options() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(prog="python -m bench.accuracy", description=__doc__)
    parser.add_argument("--only", default="", help="documents whose name holds these words")
    parser.add_argument("--misses", action="store_true", help="name every difference as well")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument(
        "--reached", type=Path, help="write what is short of perfect into this file"
    )
    parser.add_argument("--keep", type=Path, help="write the documents into this folder as well")
    return parser.parse_args()


def main() -> int:
    asked = options()
    chosen = [one for one in renderings() if asked.only in one.name]
    if asked.keep:
        keep(chosen, asked.keep)
    lines = [Line(one, read(one)) for one in chosen]
    whole = total(line.score for line in lines)
    if asked.json:
        print(json.dumps(figures(lines, whole), ensure_ascii=False, indent=1))
    else:
        show(lines, whole, misses=asked.misses)
    if asked.reached:
        asked.reached.write_text(json.dumps(shortfalls(lines), indent=1) + "\n")
    return 0 if reached(whole) else 1


def keep(chosen: list[Rendering], folder: Path) -> None:
    """Leave the documents where a person can open them."""
    folder.mkdir(parents=True, exist_ok=True)
    for one in chosen:
        (folder / f"{one.paper.name}--{one.form}{Path(one.file_name).suffix}").write_bytes(
            one.data()
        )


def read(rendering: Rendering) -> Score:
    """The score of one document; a crash counts as nothing read."""
    try:
        return score_of(rendering)
    except Exception as crash:  # noqa: BLE001 - one crash must not hide the other figures
        return nothing_read(rendering.paper, f"{type(crash).__name__}: {crash}")


def reached(whole: Score) -> bool:
    return all(min(count.recall, count.precision) >= GOAL for count in whole.counts.values())


def shortfalls(lines: list[Line]) -> dict[str, dict[str, list[float]]]:
    """Recall and precision of the measures that are not perfect, as the test keeps them."""
    short = {line.rendering.name: _short(line.score) for line in lines}
    return {name: measures for name, measures in short.items() if measures}


def _short(score: Score) -> dict[str, list[float]]:
    return {
        name: [_down(count.recall), _down(count.precision)]
        for name, count in score.counts.items()
        if count.recall < 1 or count.precision < 1
    }


def _down(share: float) -> float:
    return math.floor(share * 1000) / 1000


def figures(lines: list[Line], whole: Score) -> dict[str, object]:
    """Everything measured, for a machine."""
    return {
        "goal": GOAL,
        "documents": [
            {"name": line.rendering.name, **told(line.score), "misses": line.score.misses}
            for line in lines
        ],
        "total": told(whole),
    }


def told(score: Score) -> dict[str, dict[str, float]]:
    return {
        name: {
            "expected": count.right + count.missed,
            "recall": round(count.recall, 4),
            "precision": round(count.precision, 4),
        }
        for name, count in score.counts.items()
    }


def show(lines: list[Line], whole: Score, *, misses: bool) -> None:
    """The table: recall and precision in percent, one line for each document."""
    width = max((len(line.rendering.name) for line in lines), default=0)
    print(" " * width, *(f"{name:>9}" for name in MEASURES))
    for line in lines:
        print(f"{line.rendering.name:{width}}", *map(percent, line.score.counts.values()))
    print(f"{'total':{width}}", *map(percent, whole.counts.values()))
    for line in lines if misses else []:
        print(f"\n{line.rendering.name}", *line.score.misses, sep="\n  ")


def percent(count: Count) -> str:
    if not count.right + count.missed + count.extra:
        return f"{'-':>9}"
    return f"{100 * count.recall:4.0f}/{100 * count.precision:<4.0f}"


if __name__ == "__main__":
    sys.exit(main())
