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
        "lapsed": ("Không xét nữa", "No longer considered"),
    },
    "Who": {
        "clerk": ("Đầu mối đơn vị", "Unit clerk"),
        "head": ("Thủ trưởng đơn vị", "Head of unit"),
        "office": ("Văn phòng", "The office"),
    },
    "Answer": {
        "let-go": ("Duyệt, gửi văn phòng", "Approve and send to the office"),
        "send-back": ("Trả lại để sửa", "Send back to be mended"),
        "take-back": ("Rút lại", "Take back"),
        "accept": ("Chấp thuận", "Accept"),
        "return": ("Trả lại", "Return"),
        "offer": ("Đề xuất ngày khác", "Offer another date"),
        "take-offer": ("Nhận ngày đề xuất", "Take the date offered"),
    },
    "Pile": {
        "head": ("Chờ anh/chị duyệt trước khi gửi", "Waiting for your approval"),
        "office": ("Chờ văn phòng trả lời", "Waiting for the office"),
        "unit": ("Chờ đơn vị trả lời", "Waiting for the unit"),
    },
    "Clash": {
        "after-meeting": ("Sau ngày họp dự kiến", "After the provisional meeting of"),
        "after-dossier": (
            "Không kịp nộp hồ sơ trình hội nghị; hạn nộp hồ sơ là",
            "Too late for the papers of the meeting, which are due on",
        ),
        "after-parent": (
            "Sau thời hạn của nhiệm vụ lớn",
            "After the deadline of the task above",
        ),
        "day-off": (
            "Rơi vào ngày nghỉ; ngày làm việc liền trước là",
            "A day off; the working day before it is",
        ),
    },
}

SENTENCES: dict[str, Pair] = {
    "filing.head-only": (
        "Chỉ thủ trưởng của đơn vị chủ trì được duyệt gửi hoặc trả lại văn bản này.",
        "Only the head of the leading unit may let this go or send it back.",
    ),
    "filing.unit-only": (
        "Chỉ đơn vị chủ trì nhiệm vụ được làm việc này.",
        "Only the unit that leads the task may do this.",
    ),
    "filing.not-now": (
        "Văn bản này đang ở trạng thái “{state}” nên không làm được việc đó nữa.",
        "This is “{state}” now, so that can no longer be done.",
    ),
    "filing.no-such-time": (
        "Nhiệm vụ đang ở trạng thái “{status}”: chỉ gửi được khi việc chưa làm hoặc đang làm.",
        "The task is “{status}”: this is filed only while the work is not started or in progress.",
    ),
    "filing.task-stands-still": (
        "Nhiệm vụ đang ở trạng thái “{status}”: hãy cho làm tiếp rồi mới chấp thuận được.",
        "The task is “{status}”: let it go on before anything is granted.",
    ),
    "filing.already-open": (
        "Nhiệm vụ đã có một văn bản “{kind}” đang chờ trả lời: hãy đợi trả lời, hoặc rút lại "
        "trước khi gửi văn bản khác.",
        "A “{kind}” of this task is waiting for its answer: await it, or take it back before "
        "filing another.",
    ),
    "filing.refusal-open": (
        "Đơn vị đã đề nghị không nhận việc này và văn phòng chưa trả lời: hãy đợi trả lời, hoặc "
        "rút đề nghị đó trước khi báo cáo hay xin gia hạn.",
        "The unit has refused this task and the office has not answered: await the answer, or "
        "take the refusal back before reporting or asking for more time.",
    ),
    "filing.other-open": (
        "Nhiệm vụ đang có một văn bản “{kind}” chờ trả lời: hãy đợi trả lời, hoặc rút lại trước "
        "khi đề nghị không nhận việc.",
        "A “{kind}” of this task is waiting for its answer: await it, or take it back before "
        "refusing the task.",
    ),
    "filing.document-no-date": (
        "Văn bản số {number} chưa ghi ngày: hãy ghi ngày văn bản, hoặc để trống cả số và ngày.",
        "Document {number} has no date: give its date, or leave number and date empty.",
    ),
    "filing.document-no-number": (
        "Văn bản ngày {day} chưa ghi số, ký hiệu: hãy ghi số, hoặc để trống cả số và ngày.",
        "The document of {day} has no number: give its number, or leave number and date empty.",
    ),
    "filing.document-ahead": (
        "Ngày văn bản {day} ở sau ngày hôm nay ({today}): hãy xem lại ngày văn bản.",
        "The date of the document, {day}, lies after today ({today}): check it.",
    ),
    "filing.report-empty": (
        "Báo cáo chưa có gì: hãy ghi kết quả, hoặc số và ngày văn bản đã ban hành, hoặc đính kèm "
        "tệp.",
        "The report is empty: write the result, or the number and date of the document issued, "
        "or enclose a file.",
    ),
    "filing.same-lead": (
        "Đơn vị này vừa đề nghị không nhận việc: hãy chọn đơn vị khác, hoặc để trống và giao sau.",
        "This unit has just refused the task: choose another, or leave it open and assign later.",
    ),
    "task.divided": (
        "Nhiệm vụ này đã chia cho nhiều đơn vị: kết quả được tính từ phần việc của từng đơn vị.",
        "This task is divided among units: its result is counted from their parts.",
    ),
    "task.open-children": (
        "Còn bước hoặc phần việc chưa xong: hãy hoàn thành các phần đó trước.",
        "Steps or parts of this task are still open: finish them first.",
    ),
    "task.step-is-ticked": (
        "Đây là một bước của quy trình: hãy đánh dấu hoàn thành, không cần gửi báo cáo.",
        "This is a step of a procedure: tick it off instead of reporting on it.",
    ),
    "task.done-keeps-units": (
        "Nhiệm vụ đã hoàn thành nên giữ nguyên đơn vị thực hiện: muốn giao lại, hãy mở lại nhiệm "
        "vụ trước.",
        "The task is done and stays with its units: open it again before giving it to others.",
    ),
    "task.parent-closed": (
        "Nhiệm vụ của bước này đã khép lại: văn phòng cần mở lại nhiệm vụ trước.",
        "The task of this step is closed: the office must open it again first.",
    ),
    "extension.no-deadline": (
        "Nhiệm vụ này không có thời hạn nên không cần gia hạn.",
        "This task has no deadline, so there is nothing to extend.",
    ),
    "extension.not-later": (
        "Ngày mới phải sau thời hạn đang áp dụng ({day}).",
        "The new date must lie after the deadline in force ({day}).",
    ),
    "extension.past": (
        "Ngày mới đã qua: hãy chọn từ hôm nay ({day}) trở đi.",
        "The new date has passed: choose today ({day}) or later.",
    ),
    "extension.after-meeting": (
        "Hội nghị xem xét nội dung này đã chốt họp ngày {day}: không thể lùi quá ngày họp.",
        "The meeting that considers this is fixed for {day}: the date cannot lie after it.",
    ),
    "extension.none-allowed": (
        "Cơ quan không áp dụng gia hạn: hãy trao đổi với văn phòng.",
        "No extensions are granted here: please talk to the office.",
    ),
    "extension.limit": (
        "Nhiệm vụ đã được gia hạn đủ {limit} lần: hãy trao đổi với văn phòng.",
        "This task has been extended {limit} times already: please talk to the office.",
    ),
    "extension.same-offer": (
        "Ngày này đúng là ngày đơn vị xin: hãy chấp thuận thay vì đề xuất ngày khác.",
        "This is the date that the unit asked for: accept it instead of offering another.",
    ),
}
