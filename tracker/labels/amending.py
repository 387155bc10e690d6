"""Sentences of amending a programme: its versions, their pairs, their undoing."""

AMENDING: dict[str, tuple[str, str]] = {
    "amendment.reason": (
        "Theo bản {number} của chương trình: {title}",
        "By version {number} of the programme: {title}",
    ),
    "amendment.undone": (
        "Hoàn tác bản {number}: {title}",
        "Version {number} was undone: {title}",
    ),
    "amendment.newer": (
        "Chương trình đã đổi từ khi so sánh (nay là bản {number}): hãy mở trang so sánh và bấm "
        "“So sánh lại”.",
        "The programme has changed since it was compared (now version {number}): open the "
        "comparison and choose “Compare again”.",
    ),
    "amendment.programme-there": (
        "Kỳ này vừa có chương trình: hãy mở trang so sánh và chọn văn bản này là bản điều chỉnh "
        "của chương trình đó.",
        "This period has a programme by now: open the comparison and say that this document is "
        "a new version of it.",
    ),
    "amendment.taken-already": (
        "Một phần của văn bản đã vào chương trình nên không đổi được chương trình: hãy hoàn tác "
        "trước.",
        "A part of the document is in its programme already: undo that first.",
    ),
    "amendment.other-programme": (
        "Nhiệm vụ hoặc hội nghị này không thuộc chương trình được điều chỉnh.",
        "This task or meeting does not belong to the programme that is amended.",
    ),
    "amendment.no-task": (
        "Không có nhiệm vụ mang số “{ref}” trong chương trình: hãy ghi như B.III.4.",
        "The programme has no task “{ref}”: write it as B.III.4.",
    ),
    "amendment.not-last": (
        "Chỉ hoàn tác được bản mới nhất: bản {number} đã đưa vào sau bản này.",
        "Only the latest version can be undone: version {number} came after this one.",
    ),
    "amendment.undone-already": (
        "Bản này đã được hoàn tác.",
        "This version has been undone.",
    ),
    "amendment.too-old": (
        "Bản này được đưa vào trước khi hệ thống lưu các bản nên không hoàn tác được.",
        "This version was taken in before versions were kept and cannot be undone.",
    ),
    "amendment.worked-on": (
        "Không hoàn tác được: {who} đã cập nhật {thing} sau khi đưa bản này vào. Hãy đưa ra từng "
        "nhiệm vụ, hoặc nhập một bản điều chỉnh mới.",
        "This cannot be undone: {who} has updated {thing} since. Withdraw tasks one by one, or "
        "import another version.",
    ),
    "amendment.reminded": (
        "Không hoàn tác được: đã gửi thư nhắc về {thing} cho {who}. Hãy đưa ra từng nhiệm vụ, "
        "hoặc nhập một bản điều chỉnh mới.",
        "This cannot be undone: {who} has been reminded of {thing}. Withdraw tasks one by one, "
        "or import another version.",
    ),
    "amendment.somebody": ("người khác", "somebody"),
    "amendment.task": ("mục {ref}", "item {ref}"),
    "amendment.meeting": ("hội nghị “{title}”", "the meeting “{title}”"),
    "doubt.missing-in-version": (
        "Bản mới không còn mục này: hãy xác nhận đưa ra khỏi chương trình, hoặc giữ lại.",
        "The new version no longer holds this item: confirm its withdrawal, or keep it.",
    ),
    "doubt.split-before": (
        "Mục này trước đây đã được tách thành {parts} nhiệm vụ, nay câu chữ trong văn bản thay "
        "đổi: hãy xem lại nội dung của từng nhiệm vụ.",
        "This item was split into {parts} tasks before, and its wording has changed: look at the "
        "text of each task.",
    ),
    "doubt.left-out-before": (
        "Mục này đã được bỏ ở bản trước nên được bỏ sẵn.",
        "This item was left out of the version before, so it is left out again.",
    ),
}
