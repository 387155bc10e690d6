"""What stands on the page of one task, card by card; each asks for its own facts."""

from collections.abc import Callable, Mapping
from typing import Any

from tracker.queries.tasks import Whole
from tracker.web.cards import contributions, files, filings, notes, shares, steps

# Each card is a name, the facts that its fragment `tasks/cards/_<name>.html` shows; None hides it.
Card = Callable[[Whole], Mapping[str, Any] | None]
CARDS: Mapping[str, Card] = {
    "filings": filings.card,
    "shares": shares.card,
    "steps": steps.card,
    "contributions": contributions.card,
    "files": files.card,
    "notes": notes.card,
}


def cards_of(whole: Whole) -> dict[str, Mapping[str, Any]]:
    """The cards of a task that have something to show or to do, by name."""
    made = {name: card(whole) for name, card in CARDS.items()}
    return {name: facts for name, facts in made.items() if facts is not None}
