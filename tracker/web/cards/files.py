"""The files of a task."""

from collections.abc import Mapping
from typing import Any

from tracker.queries.tasks import Whole


def card(whole: Whole) -> Mapping[str, Any] | None:
    """The facts of this card; None when there is nothing to show."""
    return None
