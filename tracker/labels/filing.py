"""The words of what a unit files with the office: reports, requests, refusals."""

from tracker.labels.words import Pair

WORDS: dict[str, dict[str, Pair]] = {
    "FilingKind": {
        "report": ("Báo cáo kết quả", "Report"),
        "extension": ("Đề nghị gia hạn", "Request for more time"),
        "refusal": ("Đề nghị không nhận việc", "Refusal of the task"),
    },
    "FilingState": {
        "with-head": ("Chờ thủ trưởng đơn vị", "With the head of unit"),
        "waiting": ("Chờ văn phòng", "Waiting for the office"),
        "countered": ("Văn phòng đề xuất ngày khác", "Another date offered"),
        "accepted": ("Đã chấp thuận", "Accepted"),
        "returned": ("Bị trả lại", "Returned"),
        "taken-back": ("Đã rút lại", "Taken back"),
    },
}

SENTENCES: dict[str, Pair] = {}
