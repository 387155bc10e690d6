"""The words and sentences of groups, shares and contributions (Vietnamese, English)."""

from tracker.domain.completion import Completion
from tracker.labels.words import Pair

WORDS: dict[str, dict[str, Pair]] = {
    "Contribution": {
        "expected": ("Chưa gửi", "Not given yet"),
        "given": ("Đã gửi", "Given"),
        "accepted": ("Đã nhận", "Accepted"),
        "returned": ("Bị trả lại", "Returned"),
    },
}

SENTENCES: dict[str, Pair] = {
    "shares.not-now": (
        "Nhiệm vụ đang ở trạng thái “{status}” nên không chia thêm đơn vị được. "
        "Hãy đưa nhiệm vụ về “Đang thực hiện” trước.",
        "The task is “{status}”, so no unit can be added. Put it back to “In progress” first.",
    ),
    "shares.filing-open": (
        "Đơn vị chủ trì đã gửi báo cáo hoặc đề nghị mà văn phòng chưa trả lời. "
        "Hãy trả lời trước khi chia nhiệm vụ.",
        "The unit in the lead has filed a report or a request that nobody has answered. "
        "Answer it before dividing the task.",
    ),
    "shares.is-part": (
        "Đây là phần việc của một đơn vị trong nhiệm vụ chung, không chia tiếp được. "
        "Hãy thêm đơn vị ở nhiệm vụ chung.",
        "This is one unit's part of a shared task and cannot be divided again. "
        "Add units to the shared task instead.",
    ),
    "shares.has-steps": (
        "Nhiệm vụ này làm theo quy trình từng bước nên không chia cho nhiều đơn vị được. "
        "Hãy giao từng bước cho đơn vị.",
        "This task follows a procedure and cannot be divided. Give its steps to units instead.",
    ),
    "shares.nobody": (
        "Chưa chọn đơn vị nào: hãy đánh dấu ít nhất một đơn vị.",
        "No unit is chosen: tick at least one.",
    ),
    "shares.twice": (
        "Đã có phần việc của: {units}. Mỗi đơn vị chỉ nhận một phần.",
        "These have a part already: {units}. Each unit gets one part.",
    ),
    "shares.whole-withdrawn": (
        "Nhiệm vụ chung đã được đưa ra khỏi chương trình: hãy đưa nhiệm vụ chung trở lại trước.",
        "The shared task is withdrawn from the programme: put it back before its parts.",
    ),
    "shares.unit-closed": (
        "Không giao việc mới cho đơn vị đã ngừng hoạt động: {units}. Hãy bỏ chọn.",
        "A closed unit gets no new work: {units}. Please untick it.",
    ),
    "urge.not-owed": (
        "Không còn đơn vị nào phải làm nhiệm vụ này lúc này, nên không có ai để đôn đốc.",
        "No unit owes anything on this task just now, so there is nobody to urge.",
    ),
    "urge.no-lead": (
        "Nhiệm vụ chưa giao cho đơn vị nào. Hãy giao đơn vị chủ trì rồi mới đôn đốc.",
        "No unit leads this task. Give it to a unit before urging.",
    ),
    "urge.today": (
        "Đã đôn đốc lần gần nhất vào {day}. Mỗi đơn vị chỉ được đôn đốc một lần "
        "trong một ngày làm việc về cùng một nhiệm vụ; hãy chờ đến ngày làm việc sau.",
        "The last urging was on {day}. A unit is urged once in a working day about the same "
        "task; please wait until the next working day.",
    ),
    "contribution.not-yours": (
        "Chỉ đầu mối hoặc thủ trưởng của đơn vị phối hợp được gửi phần phối hợp này.",
        "Only the clerk or the head of the supporting unit may give its part.",
    ),
    "contribution.own-work": (
        "Đơn vị không tự nhận hoặc trả lại phần phối hợp của chính mình.",
        "A unit neither accepts nor returns its own part.",
    ),
    "contribution.empty": (
        "Chưa có nội dung: hãy viết phần phối hợp hoặc đính kèm ít nhất một tệp.",
        "There is nothing in it: write the part, or attach at least one file.",
    ),
    "contribution.task-closed": (
        "Nhiệm vụ đã kết thúc nên không nhận thêm phần phối hợp.",
        "The task is closed; no part can be given any more.",
    ),
    "contribution.accepted": (
        "Phần phối hợp đã được nhận, không gửi lại được. "
        "Nếu cần sửa, hãy nhờ đơn vị chủ trì trả lại.",
        "The part was accepted and cannot be given again. "
        "If it must change, ask the unit in the lead to return it.",
    ),
    "contribution.not-given": (
        "Đơn vị phối hợp chưa gửi phần nào để nhận hoặc trả lại.",
        "The supporting unit has given nothing to accept or return.",
    ),
    "contribution.reason-missing": (
        "Hãy ghi rõ cần sửa hoặc bổ sung gì khi trả lại.",
        "Say what must be changed or added when you return it.",
    ),
    "group.office-only": (
        "Chỉ văn phòng của cơ quan ban hành được lập và sửa nhóm đơn vị.",
        "Only the office of the issuing unit may make and change groups of units.",
    ),
    "group.name-empty": (
        "Nhóm chưa có tên: hãy đặt tên, ví dụ “99 xã, phường”.",
        "The group has no name: give it one, such as “99 communes and wards”.",
    ),
    "group.name-taken": (
        "Đã có nhóm tên “{name}”. Hãy đặt tên khác, hoặc sửa nhóm đó.",
        "There is a group called “{name}” already. Choose another name, or change that group.",
    ),
    "group.nobody": (
        "Nhóm chưa có đơn vị nào: hãy đánh dấu ít nhất một đơn vị.",
        "The group has no unit: tick at least one.",
    ),
}

_POINT = {"vi": ",", "en": "."}


def counted(completion: Completion, locale: str = "vi") -> str:
    """How many parts are done and what share that is: 609/616 = 98,86%; 0/0 has no share."""
    parts = f"{completion.done}/{completion.total}"
    share = completion.hundredths
    if share is None:
        return parts
    return f"{parts} = {share // 100}{_POINT[locale]}{share % 100:02}%"
