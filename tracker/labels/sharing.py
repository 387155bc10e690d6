"""The words and sentences of groups, shares and contributions (Vietnamese, English)."""

from tracker.labels.words import Pair

WORDS: dict[str, dict[str, Pair]] = {
    "Contribution": {
        "expected": ("Chưa gửi", "Not given yet"),
        "given": ("Đã gửi", "Given"),
        "accepted": ("Đã nhận", "Accepted"),
        "returned": ("Bị trả lại", "Returned"),
    },
}

SENTENCES: dict[str, Pair] = {}
