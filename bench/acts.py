"""What is measured: each act on the real application and on the bare server, with its goal."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from bench.instance import Instance

# A word of one commune in a hundred, and a subject of one task in forty.
RARE = "an hoa"
COMMON = "xúc tiến thương mại"
_MANY = 400


@dataclass(frozen=True)
class Side:
    """One act on one of the two servers."""

    paths: list[str]
    who: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    form: str = ""

    def order(self, *, first: int, acts: int, seconds: float) -> dict[str, Any]:
        """The order for the load client, without port and cookie."""
        return {
            "act": "change" if self.form else "show",
            "paths": self.paths,
            "fields": self.fields,
            "form": self.form,
            "first": first,
            "acts": min(acts, len(self.paths) - first) if self.form else acts,
            "seconds": seconds,
        }


@dataclass(frozen=True)
class Act:
    """One line of the table."""

    name: str
    ours: Side
    bare: Side
    goal: float


def acts(instance: Instance) -> list[Act]:
    """Everything that is measured over HTTP; the writing act comes last."""
    office, clerk = instance.filled.office, instance.filled.clerk
    unit = instance.ask("SELECT id FROM unit WHERE parent_id IS NOT NULL ORDER BY id LIMIT 1")[0][0]
    late_of_unit = "/tasks?" + urlencode({"timeliness": "overdue", "unit": str(unit)})
    bare_late = Side([f"/tasks?late=1&unit={unit}"])
    keys = [row[0] for row in instance.ask("SELECT id FROM task ORDER BY id LIMIT ?", _MANY)]
    one = [f"/tasks/{key}" for key in keys]
    return [
        Act("sign-in page", Side(["/login"]), Side(["/login"]), 0.40),
        Act("task list", Side(["/tasks"], office), Side(["/tasks"]), 0.60),
        Act(
            "task list, bare without total", Side(["/tasks"], office), Side(["/tasks?total=no"]), 0
        ),
        Act("late list of one unit, office", Side([late_of_unit], office), bare_late, 0.50),
        Act("late list of one unit, clerk", Side([late_of_unit], clerk), bare_late, 0.50),
        _search("text search, few found", RARE, office),
        _search("text search, many found", COMMON, office),
        Act("one task", Side(one, office), Side(one), 0.30),
        _status_change(instance, office),
    ]


def _search(name: str, text: str, who: str) -> Act:
    asked = ["/tasks?" + urlencode({"q": text})]
    return Act(name, Side(asked, who), Side(asked), 0)


def _status_change(instance: Instance, who: str) -> Act:
    fresh = "SELECT id FROM task WHERE status = 'not_started' ORDER BY id"
    paths = [f"/tasks/{row[0]}" for row in instance.ask(fresh)]
    fields = {"status": "in_progress"}
    ours = Side(paths, who, fields | {"to": "in_progress", "reason": ""}, form="/status")
    return Act("status change", ours, Side(paths, "", fields, form="/status"), 0.35)
