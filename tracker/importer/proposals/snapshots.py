"""What things were before a version was applied: the diff is told, and undone, from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlmodel import SQLModel

from tracker.domain import Meeting, Programme, Section, Task

NAMES: Mapping[type[SQLModel], str] = {
    Task: "task",
    Meeting: "meeting",
    Programme: "programme",
    Section: "section",
}
THINGS = {name: kind for kind, name in NAMES.items()}
# What a version may change: enough to put a thing back exactly as it was.
COLUMNS: Mapping[type[SQLModel], tuple[str, ...]] = {
    Task: (
        "section_id", "meeting_id", "parent_id", "position", "ref", "kind", "text", "search_text",
        "deliverables", "lead_id", "authority", "status", "percent", "original_due_on", "due_on",
        "due_text", "due_inferred", "due_version", "submitted_on", "done_on", "source",
        "is_divided",
    ),
    Meeting: (
        "ref", "title", "held_on", "starts_at", "place", "certainty", "chair", "invited",
        "due_version",
    ),
    Programme: ("number", "symbol", "place", "issued_on", "signer"),
    Section: (),
}  # fmt: skip
_SHOWN = (
    "parent_id", "ref", "kind", "text", "lead_id", "authority", "status", "due_on", "meeting_id",
)  # fmt: skip


def picture(thing: SQLModel) -> dict[str, Any]:
    """The columns of a thing as JSON holds them."""
    return thing.model_dump(mode="json", include=set(COLUMNS[type(thing)]))


def restore(thing: SQLModel, was: Mapping[str, Any]) -> None:
    """Make a thing what it was."""
    for name, value in was.items():
        if name in COLUMNS[type(thing)]:
            setattr(thing, name, _typed(type(thing), name).validate_python(value))


@cache
def _typed(kind: type[SQLModel], name: str) -> TypeAdapter[Any]:
    annotation: Any = kind.model_fields[name].annotation
    return TypeAdapter(annotation)


Supports = Mapping[int, tuple[int, ...]]


@dataclass
class Before:
    """The things that a version touches, as they were when it first touched them."""

    supports: Supports
    _was: dict[tuple[str, int], dict[str, Any] | None] = field(default_factory=dict)
    _things: dict[tuple[str, int], SQLModel] = field(default_factory=dict)

    def keep(self, thing: Any) -> None:
        """Remember a thing that is about to be changed."""
        key = NAMES[type(thing)], thing.id
        if key not in self._was:
            self._things[key], self._was[key] = thing, picture(thing)
            if isinstance(thing, Task):
                self._was[key] = picture(thing) | {"supports": list(self._of(thing))}

    def made(self, thing: Any) -> None:
        """Remember that a thing was not there."""
        key = NAMES[type(thing)], thing.id
        self._things[key], self._was[key] = thing, None

    def touched(self, supports: Supports) -> list[dict[str, Any]]:
        """Everything that became another: what it was, what it is, its row's version now."""
        found = (
            _entry(key, self._was[key], thing, supports) for key, thing in self._things.items()
        )
        return [entry for entry in found if entry["was"] != entry["now"]]

    def _of(self, task: Task) -> tuple[int, ...]:
        return tuple(sorted(self.supports.get(task.id, ())))


def _entry(
    key: tuple[str, int], was: dict[str, Any] | None, thing: Any, supports: Supports
) -> dict[str, Any]:
    now = picture(thing)
    if isinstance(thing, Task):
        now["supports"] = sorted(supports.get(thing.id, ()))
        if was is None:
            now = {name: now[name] for name in (*_SHOWN, "supports")}
    version = getattr(thing, "version", None)
    return {"thing": key[0], "id": key[1], "was": was, "now": now, "version": version}
