"""The words and sentences of files (Vietnamese, English)."""

from tracker.labels.words import Pair

WORDS: dict[str, dict[str, Pair]] = {
    "Scan": {
        "clean": ("Đã quét, không có mã độc", "Scanned, clean"),
        "not-scanned": ("Chưa quét mã độc", "Not scanned"),
    },
}

SENTENCES: dict[str, Pair] = {
    "attachment.refused": (
        "Không nhận tệp “{name}”. {why}",
        "The file “{name}” is not taken. {why}",
    ),
    "attachment.refused-all": (
        "Không nhận tệp “{name}”, nên các tệp gửi cùng cũng chưa được lưu. {why} "
        "Sau khi xử lý, hãy gửi lại tất cả.",
        "The file “{name}” is not taken, so those sent with it were not stored either. {why} "
        "When that is mended, send them all again.",
    ),
    "attachment.none": (
        "Chưa chọn tệp nào; hãy chọn tệp rồi gửi lại.",
        "No file was chosen; choose one and send it again.",
    ),
    "attachment.one-only": (
        "Mỗi lần chỉ thay một tệp bằng bản mới; hãy chọn đúng một tệp.",
        "A new version is one file; choose exactly one.",
    ),
    "attachment.too-many": (
        "Mỗi lần gửi không quá {limit} tệp; hãy gửi làm nhiều lần.",
        "At most {limit} files at a time; send them in several goes.",
    ),
    "attachment.too-large": (
        "Tệp vượt giới hạn {limit} MB; hãy nén ảnh trong tệp hoặc tách thành nhiều tệp.",
        "The file is over the limit of {limit} MB; make its pictures smaller or split it.",
    ),
    "attachment.request-too-large": (
        "Các tệp gửi cùng lúc vượt giới hạn {limit} MB; hãy gửi làm nhiều lần.",
        "The files sent together are over the limit of {limit} MB; send them in several goes.",
    ),
    "attachment.other-name": (
        "Nội dung của tệp là loại {ending}, không đúng với đuôi của tên tệp; "
        "hãy đổi tên cho đúng hoặc lưu lại rồi gửi.",
        "By its content this is a {ending} file, which its name does not say; rename it or save "
        "it again and send it.",
    ),
    "attachment.not-taken": (
        "Hệ thống không nhận loại tệp này ({kind}); hãy gửi bản .pdf, Word, Excel, PowerPoint "
        "hoặc ảnh .png, .jpg.",
        "Files of this kind ({kind}) are not taken; send it as .pdf, Word, Excel, PowerPoint "
        "or a .png or .jpg picture.",
    ),
    "attachment.unknown": (
        "Không nhận ra đây là loại tệp gì; hãy mở bằng phần mềm đã tạo ra tệp và lưu lại "
        "dưới dạng .pdf hoặc .docx.",
        "What kind of file this is could not be told; open it in the program that made it and "
        "save it as .pdf or .docx.",
    ),
    "attachment.infected": (
        "Phần mềm quét phát hiện mã độc trong tệp; hãy quét máy tính của anh/chị và báo "
        "bộ phận công nghệ thông tin.",
        "The scanner found a virus in the file; scan your computer and tell your IT people.",
    ),
    "attachment.scanner-failed": (
        "Phần mềm quét mã độc của máy chủ không hoạt động nên chưa thể nhận tệp; "
        "hãy thử lại sau hoặc báo quản trị hệ thống.",
        "The server's virus scanner is not working, so no file can be taken; try again later or "
        "tell the administrator.",
    ),
    "attachment.lost": (
        "Tệp lưu trên máy chủ bị mất hoặc không còn nguyên vẹn nên không tải về được; "
        "hãy báo quản trị hệ thống lấy lại từ bản sao lưu, hoặc gửi lại tệp gốc.",
        "The stored file is missing or damaged and cannot be downloaded; ask the administrator "
        "to restore it from the backup, or send the original again.",
    ),
    "attachment.task-closed": (
        "Nhiệm vụ đã kết thúc nên đơn vị không gửi hay bỏ tệp được nữa; "
        "nếu cần, hãy liên hệ văn phòng.",
        "The task is closed, so the unit can add or remove no more files; ask the office.",
    ),
    "attachment.of-another-unit": (
        "Tệp này do đơn vị khác gửi; chỉ đơn vị đó hoặc văn phòng được thay hoặc bỏ.",
        "Another unit handed in this file; only that unit or the office may replace or remove it.",
    ),
    "attachment.decided": (
        "Tệp “{name}” thuộc báo cáo hoặc đề nghị đã được giải quyết nên phải giữ nguyên.",
        "The file “{name}” belongs to a report or request that has been settled, and must stay.",
    ),
    "attachment.sent": (
        "Tệp “{name}” thuộc báo cáo hoặc đề nghị đã gửi văn phòng; "
        "muốn thay hoặc bỏ tệp, đơn vị hãy rút lại văn bản đó trước.",
        "The file “{name}” belongs to a report or request that lies before the office; "
        "to replace or remove it, take that paper back first.",
    ),
    "attachment.scanned-too-long": (
        "Quét mã độc các tệp mất quá nhiều thời gian; hãy gửi ít tệp hơn mỗi lần, "
        "hoặc thử lại sau ít phút.",
        "Scanning these files took too long; send fewer at a time, or try again in a few minutes.",
    ),
    "attachment.removed-before": (
        "Tệp “{name}” đã được bỏ trước đó.",
        "The file “{name}” was removed before.",
    ),
}
