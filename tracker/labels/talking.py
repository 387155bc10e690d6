"""The words and sentences of notes, questions, and two people at once (Vietnamese, English)."""

from tracker.labels.words import Pair

WORDS: dict[str, dict[str, Pair]] = {
    "What": {
        "questions": ("Câu hỏi chưa trả lời", "Unanswered questions"),
        "parts": ("Phần phối hợp còn nợ", "Parts still owed"),
        "mentions": ("Nhắc đến anh/chị", "You are mentioned"),
    },
    "NoteKind": {
        "progress": ("Tiến độ", "Progress"),
        "question": ("Câu hỏi", "Question"),
        "answer": ("Trả lời", "Answer"),
    },
}

SENTENCES: dict[str, Pair] = {
    "note.not-yours": (
        "Chỉ người viết, hoặc người đang làm thay người viết, được đính chính nội dung này. "
        "Anh/chị có thể ghi thêm một ý kiến mới.",
        "Only the author, or who stands in for the author, may correct this. "
        "You can write a note of your own.",
    ),
    "note.nothing-corrected": (
        "Nội dung chưa có gì khác bản trước: hãy sửa chỗ sai rồi lưu, hoặc bấm “Thôi”.",
        "Nothing differs from what stood there: put the mistake right and save, or cancel.",
    ),
    "note.cannot-see": (
        "Trong danh sách “Nhắc đến” có người không xem được nhiệm vụ này; "
        "hãy chọn lại trong số người của các đơn vị liên quan.",
        "Somebody you mention cannot see this task; "
        "choose among the people of the units concerned.",
    ),
}
