"""The words and sentences of procedures and directives (Vietnamese, English)."""

from tracker.labels.words import Pair

WORDS: dict[str, dict[str, Pair]] = {
    "StepRole": {
        "lead": ("Đơn vị chủ trì", "Leading unit"),
        "office": ("Văn phòng", "Office"),
    },
}

SENTENCES: dict[str, Pair] = {
    "procedure.office-only": (
        "Quy trình do văn phòng của cơ quan ban hành lập và áp dụng.",
        "Procedures are made and used by the office of the issuing unit.",
    ),
    "procedure.shipped": (
        "Đây là quy trình có sẵn, không sửa được: hãy tạo bản riêng của văn phòng rồi sửa.",
        "This procedure came with the system and cannot be changed: make a copy of your own first.",
    ),
    "procedure.name-empty": (
        "Chưa có tên quy trình.",
        "The procedure has no name yet.",
    ),
    "procedure.step-empty": (
        "Bước này chưa có nội dung: hãy ghi việc phải làm.",
        "This step says nothing: describe what is to be done.",
    ),
    "procedure.offset-wrong": (
        "Số ngày làm việc tính từ ngày bắt đầu phải từ 0 đến {most}.",
        "The working days from the start must lie between 0 and {most}.",
    ),
    "procedure.too-many-steps": (
        "Quy trình đã có {most} bước, không thêm được nữa: hãy tách thành hai quy trình.",
        "The procedure has {most} steps already: make two of it.",
    ),
    "procedure.text-empty": (
        "Chưa có nội dung nhiệm vụ: hãy ghi việc được giao.",
        "The task says nothing: describe what is given.",
    ),
    "procedure.no-lead": (
        "Chưa có đơn vị chủ trì: hãy chọn đơn vị trước khi áp dụng quy trình.",
        "No unit leads yet: choose one before the procedure is used.",
    ),
    "procedure.not-chosen": (
        "Hãy chọn một quy trình trong danh sách.",
        "Choose a procedure from the list.",
    ),
    "procedure.not-usable": (
        "Quy trình này đã ngừng dùng hoặc chưa có bước nào: hãy chọn quy trình khác.",
        "This procedure is retired or has no steps: choose another.",
    ),
    "procedure.task-closed": (
        "Nhiệm vụ hoặc bước này đã đóng, không đổi được nữa.",
        "This task or step is closed and can no longer be changed.",
    ),
    "procedure.task-divided": (
        "Nhiệm vụ đã chia thành nhiều phần, hoặc là một phần của nhiệm vụ khác, "
        "nên không áp dụng quy trình được.",
        "This task is divided already, or a part of another, so no procedure can be used on it.",
    ),
    "directive.office-only": (
        "Chỉ văn phòng giữ sổ văn bản chỉ đạo được làm việc này.",
        "Only the office that keeps the register of directives may do this.",
    ),
    "directive.facts-missing": (
        "Cần ghi số hiệu và trích yếu của văn bản.",
        "Give the number of the document and what it is about.",
    ),
    "directive.known": (
        "{name} đã có trong sổ (cùng cơ quan, cùng năm): hãy mở văn bản đó thay vì nhập lại.",
        "{name} stands in the register already (same body, same year): open it instead.",
    ),
    "directive.text-empty": (
        "Chưa có nội dung nhiệm vụ: hãy ghi việc văn bản giao.",
        "The task says nothing: write what the document asks for.",
    ),
}
