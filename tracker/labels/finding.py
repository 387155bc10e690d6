"""The words and sentences of saved filters, bulk acts, exports (Vietnamese, English)."""

from tracker.labels.words import Pair

WORDS: dict[str, dict[str, Pair]] = {}

SENTENCES: dict[str, Pair] = {}
