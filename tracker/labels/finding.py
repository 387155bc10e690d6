"""The words and sentences of saved filters, bulk acts, exports (Vietnamese, English)."""

from tracker.labels.words import Pair

WORDS: dict[str, dict[str, Pair]] = {
    "Column": {
        "ref": ("Mục", "Item"),
        "text": ("Nội dung", "Content"),
        "lead": ("Chủ trì", "Lead"),
        "supports": ("Phối hợp", "Supports"),
        "status": ("Trạng thái", "Status"),
        "due": ("Thời hạn", "Deadline"),
        "first-due": ("Thời hạn ban đầu", "First deadline"),
        "meeting": ("Hội nghị", "Meeting"),
        "programme": ("Chương trình", "Programme"),
        "percent": ("Tiến độ (%)", "Progress (%)"),
        "updated": ("Cập nhật lúc", "Updated"),
        "received": ("Đơn vị nhận lúc", "Received"),
        "directive": ("Văn bản giao việc", "Directive"),
    },
    "Told": {
        "title": ("Danh sách nhiệm vụ", "List of tasks"),
        "words": ("Tìm", "Search"),
        "timeliness": ("So với thời hạn", "Against the deadline"),
        "unit": ("Đơn vị", "Unit"),
        "made": ("xuất lúc", "exported at"),
        "kind": ("Loại", "Kind"),
        "step-of": ("Bước của", "A step of"),
        "part-of": ("phần của nhiệm vụ", "a part of task"),
        "units-done": ("đơn vị xong", "units done"),
        "many-units": ("Nhiều đơn vị", "Several units"),
        "no-unit": ("Chưa giao đơn vị", "No unit assigned"),
        "no-deadline": ("Không hạn", "No deadline"),
        "no-day": ("Chưa có ngày", "No date yet"),
        "not-received": ("chưa nhận", "not yet received"),
    },
    "Filed": {
        "waiting": ("Chờ văn phòng trả lời", "Waiting for the office"),
        "with-head": ("Chờ thủ trưởng đơn vị duyệt", "Waiting for the head of unit"),
        "countered": ("Chờ đơn vị trả lời ngày đề xuất", "Another date offered"),
        "returned": ("Bị trả lại, chưa gửi lại", "Returned, not filed again"),
    },
    "Receipt": {
        "received": ("Đơn vị đã nhận", "Received by the unit"),
        "unreceived": ("Đơn vị chưa nhận", "Not yet received"),
    },
    "BulkAct": {
        "receive": ("Xác nhận đã nhận việc", "Acknowledge receipt"),
        "start": ("Chuyển sang đang thực hiện", "Start work"),
        "confirm": ("Xác nhận hoàn thành (chấp thuận báo cáo)", "Confirm (accept the reports)"),
        "urge": ("Đôn đốc", "Urge"),
        "assign": ("Giao đơn vị", "Assign units"),
        "deadline": ("Đổi thời hạn", "Change the deadline"),
        "pause": ("Tạm dừng", "Pause"),
        "resume": ("Cho thực hiện tiếp", "Resume"),
        "withdraw": ("Rút khỏi chương trình", "Withdraw"),
    },
}

SENTENCES: dict[str, Pair] = {
    "filter.name-empty": (
        "Bộ lọc chưa có tên. Hãy đặt một tên ngắn, ví dụ: Việc quá hạn của sở.",
        "The filter has no name. Give it a short one, such as: Overdue of my unit.",
    ),
    "filter.name-taken": (
        "Anh/chị đã có bộ lọc tên “{name}”. Hãy đặt tên khác, hoặc xóa bộ lọc cũ trước.",
        "You already have a filter called “{name}”. Choose another name, or remove the old one.",
    ),
    "filter.too-many": (
        "Mỗi người lưu được tối đa {most} bộ lọc. Hãy xóa bớt bộ lọc không còn dùng.",
        "Everybody keeps at most {most} filters. Remove some that are no longer used.",
    ),
    "filter.too-much": (
        "Bộ lọc này có quá nhiều điều kiện nên không lưu được. Hãy bớt điều kiện rồi lưu lại.",
        "This filter asks for too much to be kept. Take some of it out and save again.",
    ),
    "filter.not-your-unit": (
        "Chỉ chia sẻ được bộ lọc với đơn vị của mình.",
        "A filter can be shared with your own unit only.",
    ),
    "filter.not-yours": (
        "Bộ lọc này của người khác; chỉ người lập mới đổi tên hoặc xóa được.",
        "This filter is somebody else's; only its owner renames or removes it.",
    ),
    "export.too-many": (
        "Danh sách có hơn {most} nhiệm vụ nên không xuất được. Hãy lọc bớt rồi xuất lại.",
        "The list has more than {most} tasks and cannot be exported. Filter it and try again.",
    ),
    "bulk.nothing-chosen": (
        "Chưa chọn nhiệm vụ nào. Hãy quay lại danh sách và đánh dấu ít nhất một dòng.",
        "No task was chosen. Go back to the list and tick at least one row.",
    ),
    "bulk.too-many": (
        "Mỗi lần làm được tối đa {most} nhiệm vụ. Hãy lọc bớt, hoặc chia thành nhiều lần.",
        "At most {most} tasks at once. Filter the list, or do it in several goes.",
    ),
    "bulk.no-units": (
        "Chưa chọn đơn vị. Hãy chọn đơn vị chủ trì hoặc ít nhất một đơn vị phối hợp.",
        "No unit was chosen. Choose a lead or at least one supporting unit.",
    ),
}
