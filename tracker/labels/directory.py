"""The words and sentences of units that change, deputies, imported people (Vietnamese, English)."""

from tracker.labels.words import Pair

WORDS: dict[str, dict[str, Pair]] = {
    "SuccessionKind": {
        "merged": ("Sáp nhập", "Merged"),
        "split": ("Chia tách", "Split"),
    },
}

SENTENCES: dict[str, Pair] = {}
