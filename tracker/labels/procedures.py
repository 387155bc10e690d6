"""The words and sentences of procedures and directives (Vietnamese, English)."""

from tracker.labels.words import Pair

WORDS: dict[str, dict[str, Pair]] = {
    "StepRole": {
        "lead": ("Đơn vị chủ trì", "Leading unit"),
        "office": ("Văn phòng", "Office"),
    },
}

SENTENCES: dict[str, Pair] = {}
