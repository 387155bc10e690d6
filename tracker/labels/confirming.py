"""What the page says once after an act that went well (Vietnamese, English)."""

TOLD: dict[str, tuple[str, str]] = {
    "told.saved": ("Đã lưu.", "Saved."),
    "told.received": ("Đã ghi nhận việc tiếp nhận.", "Your unit's receipt is recorded."),
    "told.reported": (
        "Đã gửi báo cáo, chờ văn phòng xác nhận.",
        "The report is sent; the office will confirm it.",
    ),
    "told.asked": (
        "Đã gửi đề nghị gia hạn, chờ văn phòng trả lời.",
        "The request for more time is sent; the office will answer it.",
    ),
    "told.refused": (
        "Đã gửi đề nghị không nhận việc. Nhiệm vụ vẫn của đơn vị cho đến khi văn phòng trả lời.",
        "The refusal is sent. The task stays with your unit until the office has answered.",
    ),
    "told.with-head": (
        "Đã gửi thủ trưởng đơn vị duyệt trước khi chuyển văn phòng.",
        "Sent to the head of your unit, who lets it go to the office.",
    ),
    "told.let-go": ("Đã duyệt và gửi văn phòng.", "Approved and sent to the office."),
    "told.sent-back": ("Đã trả lại, kèm lý do.", "Sent back, with the reason."),
    "told.taken-back": ("Đã rút lại.", "Taken back."),
    "told.accepted": ("Đã chấp thuận.", "Accepted."),
    "told.offered": (
        "Đã đề xuất ngày khác, chờ đơn vị trả lời.",
        "Another date is offered; the unit will answer.",
    ),
    "told.answered": ("Đã gửi trả lời.", "The answer is sent."),
    "told.in-progress": (
        "Đã chuyển nhiệm vụ sang “Đang thực hiện”.",
        "The task is “In progress” now.",
    ),
    "told.done": ("Đã ghi nhận hoàn thành.", "Recorded as done."),
    "told.paused": ("Đã tạm dừng nhiệm vụ.", "The task is paused."),
    "told.withdrawn": (
        "Đã đưa nhiệm vụ ra khỏi chương trình.",
        "The task is withdrawn from the programme.",
    ),
    "told.back": (
        "Đã đưa nhiệm vụ trở lại chương trình.",
        "The task is back in the programme.",
    ),
    "told.deadline": ("Đã lưu thời hạn mới.", "The new deadline is saved."),
    "told.assigned": ("Đã lưu phân công.", "The assignment is saved."),
    "told.divided": (
        "Đã giao phần việc cho các đơn vị đã chọn.",
        "The chosen units have their parts.",
    ),
    "told.urged": ("Đã gửi đôn đốc.", "The units are urged."),
    "told.noted": ("Đã ghi lại.", "Noted."),
    "told.given": ("Đã giao nhiệm vụ.", "The task is given."),
    "told.steps": (
        "Đã tạo các bước theo quy trình.",
        "The steps of the procedure are made.",
    ),
    "told.removed": ("Đã bỏ.", "Removed."),
}
