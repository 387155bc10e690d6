"""The words and sentences of files (Vietnamese, English)."""

from tracker.labels.words import Pair

WORDS: dict[str, dict[str, Pair]] = {
    "Scan": {
        "clean": ("Đã quét, không có mã độc", "Scanned, clean"),
        "not-scanned": ("Chưa quét mã độc", "Not scanned"),
    },
}

SENTENCES: dict[str, Pair] = {}
