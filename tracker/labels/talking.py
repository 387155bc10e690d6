"""The words and sentences of notes, questions, and two people at once (Vietnamese, English)."""

from tracker.labels.words import Pair

WORDS: dict[str, dict[str, Pair]] = {
    "NoteKind": {
        "progress": ("Tiến độ", "Progress"),
        "question": ("Câu hỏi", "Question"),
        "answer": ("Trả lời", "Answer"),
    },
}

SENTENCES: dict[str, Pair] = {}
