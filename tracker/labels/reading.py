"""Sentences about documents: why one cannot be read, and what is doubtful in one that can."""

READING: dict[str, tuple[str, str]] = {
    "file.empty": (
        "Tệp rỗng, không có nội dung để đọc.",
        "The file is empty: there is nothing to read.",
    ),
    "file.too-large": (
        "Tệp có dung lượng {size}, vượt giới hạn {limit}.",
        "The file is {size}, over the limit of {limit}.",
    ),
    "file.binary": (
        "Tệp không phải là văn bản đọc được; hãy xuất văn bản ra dạng .md hoặc .txt (UTF-8).",
        "The file is not readable text; export the document as .md or .txt (UTF-8).",
    ),
    "file.encoding": (
        "Không nhận ra bảng mã của tệp (có thể là TCVN3, VNI hoặc Windows-1258); "
        "hãy mở tệp và lưu lại dưới dạng UTF-8.",
        "The file's encoding is not recognised (perhaps TCVN3, VNI or Windows-1258); "
        "open it and save it again as UTF-8.",
    ),
    "file.format": (
        "Chưa đọc được định dạng {format}; hãy mở tệp và lưu lại dưới dạng .md hoặc .txt (UTF-8).",
        "The format {format} cannot be read yet; open the file and save it as .md or .txt (UTF-8).",
    ),
    "file.secret": (
        "Văn bản đóng dấu {marking}: không được đưa tài liệu bí mật nhà nước vào hệ thống này.",
        "The document is marked {marking}: state secrets must not be brought into this system.",
    ),
    "file.no-programme": (
        "Không tìm thấy chương trình công tác trong tệp: không có tiêu đề, kỳ công tác "
        "và mục việc nào.",
        "No work programme was found in the file: no title, period or items.",
    ),
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
        "Câu bị ngắt đoạn đã được nối lại (từ dòng {line}).",
        "A sentence broken over paragraphs was joined (from line {line}).",
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
        "Có bảng {rows} hàng ở dòng {line} chưa được đọc.",
        "A table of {rows} rows at line {line} was not read.",
    ),
    "doubt.prose-skipped": (
        "Bỏ qua {paragraphs} đoạn ở {sections} mục không phải chương trình công tác "
        "(từ dòng {first} đến dòng {last}).",
        "{paragraphs} paragraphs in {sections} sections that are no programme were skipped "
        "(from line {first} to line {last}).",
    ),
}
