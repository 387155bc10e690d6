"""Sentences about what is doubtful in a document that was read."""

DOUBTS: dict[str, tuple[str, str]] = {
    "doubt.number-blank": (
        "Văn bản chưa có số (ký hiệu {symbol}).",
        "The document has no number yet (symbol {symbol}).",
    ),
    "doubt.issue-day-blank": (
        "Ngày ban hành còn để trống: “{text}”.",
        "The day of issue is left blank: “{text}”.",
    ),
    "doubt.title-missing": (
        "Không thấy tiêu đề chương trình công tác.",
        "The title of the programme was not found.",
    ),
    "doubt.issuer-missing": (
        "Không xác định được cơ quan ban hành.",
        "The issuing body could not be told.",
    ),
    "doubt.period-missing": (
        "Không xác định được kỳ công tác (tháng, quý, năm); các mục không ghi hạn sẽ để trống hạn.",
        "The period could not be told; items without a written deadline are left without one.",
    ),
    "doubt.section-missing": (
        "Thiếu mục {section}; số thứ tự các mục được giữ như trong văn bản.",
        "Section {section} is missing; the printed numbers are kept.",
    ),
    "doubt.numbering-broken": (
        "Số thứ tự “{printed}” không liền mạch, đáng lẽ là {expected}.",
        "The number “{printed}” breaks the series; {expected} was expected.",
    ),
    "doubt.number-lost": (
        "Mục này không có số thứ tự nhưng có đơn vị chuẩn bị riêng; hãy kiểm tra lại.",
        "This item has no number but names its own unit; please check.",
    ),
    "doubt.text-repaired": (
        "Câu bị ngắt đoạn đã được nối lại.",
        "A sentence broken over paragraphs was joined.",
    ),
    "doubt.unit-unknown": (
        "Không tìm thấy đơn vị “{text}” trong danh bạ (gần giống: {candidates}).",
        "The unit “{text}” is not in the directory (similar: {candidates}).",
    ),
    "doubt.unit-ambiguous": (
        "“{text}” có thể là nhiều đơn vị hoặc đơn vị đã sắp xếp lại (có thể là: {candidates}).",
        "“{text}” may be several units or one since reorganised (perhaps: {candidates}).",
    ),
    "doubt.unit-group": (
        "“{text}” là một nhóm đơn vị; hãy chọn đơn vị chủ trì hoặc tách việc cho từng đơn vị.",
        "“{text}” is a group of units; choose the lead or split the task among them.",
    ),
    "doubt.owner-missing": (
        "Mục này không ghi đơn vị chuẩn bị.",
        "This item does not say which unit prepares it.",
    ),
    "doubt.deadline-unclear": (
        "Thời hạn chưa rõ: “{text}”.",
        "The deadline is unclear: “{text}”.",
    ),
    "doubt.meeting-day-unclear": (
        "Không xác định được ngày họp: “{text}”.",
        "The day of the meeting could not be told: “{text}”.",
    ),
    "doubt.weekday-mismatch": (
        "Thứ trong tuần không khớp với ngày: “{text}”.",
        "The weekday does not match the date: “{text}”.",
    ),
    "doubt.no-items": (
        "Văn bản không có mục việc nào.",
        "The document holds no items.",
    ),
    "doubt.table-skipped": (
        "Có bảng {rows} hàng chưa được đọc thành nhiệm vụ; hãy xem trong phần không lấy làm mục.",
        "A table of {rows} rows was not read as tasks; see it among what was taken for no item.",
    ),
    "doubt.prose-skipped": (
        "Bỏ qua {paragraphs} đoạn ở {sections} mục không phải chương trình công tác; "
        "hãy xem trong phần không lấy làm mục.",
        "{paragraphs} paragraphs in {sections} sections that are no programme were skipped; "
        "see them among what was taken for no item.",
    ),
}
