"""Sentences of handing in and reviewing documents (Vietnamese, English)."""

IMPORTING: dict[str, tuple[str, str]] = {
    "import.not-stored": (
        "Đã đọc xong nhưng không lưu được kết quả; hãy đưa lại tệp, nếu vẫn lỗi thì báo quản trị.",
        "The file was read but the result could not be stored; hand it in again, and tell the "
        "administrator if it fails again.",
    ),
    "import.name-unasked": (
        "Không còn mục nào hỏi về tên “{name}”; hãy tải lại trang.",
        "No item asks about the name “{name}” any more; load the page again.",
    ),
    "import.no-issuer": (
        "Chưa có cơ quan ban hành chương trình nào trong danh bạ: hãy thêm đơn vị và đánh dấu "
        "“ban hành chương trình”.",
        "No unit in the directory issues programmes: add one and mark it as issuing.",
    ),
    "import.issuer-unclear": (
        "Văn bản không ghi cơ quan ban hành, mà danh bạ có nhiều cơ quan ban hành chương trình.",
        "The document does not name its issuer, and several units issue programmes.",
    ),
    "import.issuer-unknown": (
        "Văn bản do “{name}” ban hành, không phải cơ quan mà anh/chị phục vụ: thêm đơn vị này vào "
        "danh bạ (ban hành chương trình) hoặc thêm tên gọi khác cho đơn vị đã có.",
        "The document was issued by “{name}”, which is not a unit that you serve: add it to the "
        "directory as issuing programmes, or add the name to a unit that is there.",
    ),
    "import.office-only": (
        "Chỉ văn phòng của cơ quan ban hành được nhập và rà soát chương trình.",
        "Only the office of the issuing unit imports and reviews programmes.",
    ),
    "import.no-file": (
        "Chưa chọn tệp: hãy chọn tệp chương trình rồi bấm “Đọc văn bản”.",
        "No file was chosen: choose the programme's file, then press “Read the document”.",
    ),
    "import.interrupted": (
        "Việc đọc bị gián đoạn vì máy chủ khởi động lại; tệp không được giữ lại, xin đưa lại tệp.",
        "The reading was cut short because the server was restarted; the file was not kept: "
        "hand it in again.",
    ),
    "import.given-up": (
        "Việc đọc đã được dừng theo yêu cầu.",
        "The reading was stopped as somebody asked.",
    ),
    "parse.pages": (
        "Đã đọc {done}/{of} trang",
        "{done} of {of} pages read",
    ),
    "import.text-empty": (
        "Nội dung của mục không được để trống; nếu không cần, hãy bỏ mục này.",
        "An item needs its text; if it is not wanted, leave the item out.",
    ),
    "import.unit-unknown": (
        "Không có đơn vị “{name}” trong danh bạ: chọn tên trong gợi ý, hoặc thêm đơn vị trước.",
        "There is no unit “{name}”: choose a name from the list, or add the unit first.",
    ),
    "import.split-one": (
        "Để tách, hãy ghi ít nhất hai dòng, mỗi dòng một nhiệm vụ.",
        "To split, write at least two lines, one task on each.",
    ),
    "import.item-accepted": (
        "Mục này đã thành nhiệm vụ: hãy sửa ở trang nhiệm vụ.",
        "This item has become a task: change it on the task's page.",
    ),
    "import.meeting-accepted": (
        "Hội nghị này đã vào chương trình: hãy sửa ở trang hội nghị.",
        "This meeting is in the programme: change it on its own page.",
    ),
    "import.closed": (
        "Văn bản này đã xử lý xong; không thay đổi được nữa.",
        "This document has been dealt with and cannot be changed.",
    ),
    "import.no-period": (
        "Không xác định được kỳ công tác của văn bản nên chưa thể đưa vào chương trình.",
        "The period of the document could not be told, so it cannot become a programme.",
    ),
    "import.done": (
        "Đã đọc {items} mục: {accepted} mục thành nhiệm vụ, {waiting} mục chờ rà soát, "
        "{dropped} mục được bỏ vì chương trình đã có hoặc đã bỏ.",
        "{items} items read: {accepted} became tasks, {waiting} wait for review, {dropped} are "
        "left out because the programme has them or somebody dropped them.",
    ),
    "import.known": (
        "Tệp này đã được nhập trước đây; không có gì thay đổi.",
        "This file was imported before; nothing has changed.",
    ),
    "import.doubts-left": (
        "Còn điều phải hỏi ở các mục: {refs}. Hãy rà soát trên trang Nhập văn bản.",
        "Doubts are left at: {refs}. Review them on the imports page.",
    ),
}
