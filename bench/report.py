"""The figures as lines of text, in the order in which they come."""

from bench.instance import Instance, processors
from bench.measure import Line

_HEAD = (
    f"{'':32}{'ours/s':>8}{'p50':>8}{'p95':>8}{'cpu ms':>8}"
    f"{'bare/s':>9}{'cpu ms':>8}{'ratio':>8}{'goal':>7}{'errors':>8}"
)


def show_instance(instance: Instance) -> None:
    """What is measured on."""
    filled = instance.filled
    print(
        f"{filled.tasks} tasks, {filled.units} units, filled in {instance.fill_seconds:.1f} s, "
        f"{instance.bytes_per_task()} bytes a task; {processors()} processors\n{_HEAD}"
    )


def show(line: Line) -> None:
    """One act."""
    ours, bare = line.ours, line.bare
    goal = f"{line.goal:>7.0%}" if line.goal else f"{'':7}"
    print(
        f"{line.name:32}{ours['per_second']:>8.0f}{ours['p50']:>8.1f}{ours['p95']:>8.1f}"
        f"{ours['cpu_ms']:>8.2f}{bare['per_second']:>9.0f}{bare['cpu_ms']:>8.2f}"
        f"{line.ratio:>8.0%}{goal}{ours['errors']:>8.0f}",
        flush=True,
    )


def show_memory(memory: dict[str, float]) -> None:
    """What both workers hold after the load."""
    print(
        f"memory of both workers: RSS {memory['rss']:.0f} MB, PSS {memory['pss']:.0f} MB, "
        f"their own {memory['pss_anon']:.0f} MB"
    )


def show_growth(big: list[Line], small: list[Line]) -> None:
    """What is left of the small instance's speed on the big one."""
    speeds = {line.name: line.ours["per_second"] for line in big}
    for line in small:
        print(f"{line.name:32} keeps {speeds[line.name] / line.ours['per_second']:.0%}")


def show_reminders(said: dict[str, dict[str, float]]) -> None:
    """The daily run beside the least that could do the same."""
    for who, one in said.items():
        print(
            f"reminder run, {who:6}{one['mails']:>5.0f} mails{one['failed']:>3.0f} failed "
            f"wall {one['wall']:.2f} s, cpu {one['cpu']:.2f} s, sending {one['sending']:.2f} s, "
            f"{one['megabytes']:.0f} MB"
        )
    mine, theirs = (said[who]["mails"] / said[who]["sending"] for who in ("ours", "floor"))
    print(f"sending: {mine:.0f} mails/s, {mine / theirs:.0%} of the floor")


def table(lines: list[Line]) -> str:
    """The pages as the table of docs/performance.md."""
    rows = [
        f"| {line.name} | {line.ours['per_second']:.0f} ({line.ours['p50']:.0f}/"
        f"{line.ours['p95']:.0f}) | {line.ours['cpu_ms']:.2f} | {line.bare['per_second']:.0f} | "
        f"{line.bare['cpu_ms']:.2f} | {line.ratio:.0%} | {line.ours['errors']:.0f} |"
        for line in lines
    ]
    head = "| | acts/s (p50/p95 ms) | CPU ms | bare acts/s | bare CPU ms | ratio | errors |"
    return "\n".join([head, "|---|---|---|---|---|---|---|", *rows])
