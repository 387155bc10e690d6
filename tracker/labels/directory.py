"""The words and sentences of units that change, deputies, imported people (Vietnamese, English)."""

from tracker.labels.words import Pair

WORDS: dict[str, dict[str, Pair]] = {
    "SuccessionKind": {
        "merged": ("Sáp nhập", "Merged"),
        "split": ("Chia tách", "Split"),
    },
    "Verdict": {
        "new": ("Thêm mới", "New"),
        "changed": ("Có thay đổi", "Changed"),
        "unchanged": ("Không đổi", "Unchanged"),
        "wrong": ("Chưa nhập được", "Wrong"),
    },
}

SENTENCES: dict[str, Pair] = {
    "unit.head-only": (
        "Chỉ thủ trưởng đơn vị hoặc quản trị hệ thống được đặt việc này.",
        "Only the head of the unit or an administrator may set this.",
    ),
    "unit.no-head": (
        "{unit} chưa có thủ trưởng đang sử dụng hệ thống: hãy giao vai trò thủ trưởng trước.",
        "Nobody who signs in heads {unit}: give somebody that role first.",
    ),
    "deputy.acting": (
        "Anh/chị đang làm thay người khác: hãy thôi làm thay rồi mới giao hoặc kết thúc việc này.",
        "You are acting for somebody: stop acting before you name or end a deputy.",
    ),
    "deputy.days-missing": (
        "Hãy chọn người làm thay, ngày bắt đầu và ngày kết thúc.",
        "Choose the deputy, the first day and the last day.",
    ),
    "deputy.days-backwards": (
        "Ngày kết thúc phải từ ngày bắt đầu trở đi.",
        "The last day cannot be before the first day.",
    ),
    "deputy.days-over": (
        "Ngày kết thúc đã qua: hãy chọn từ hôm nay trở đi.",
        "The last day is over: choose today or later.",
    ),
    "deputy.oneself": (
        "Không thể tự làm thay cho chính mình: hãy chọn người khác.",
        "Nobody stands in for themselves: choose somebody else.",
    ),
    "deputy.nothing-to-do": (
        "{name} chưa có vai trò nào để giao người khác làm thay.",
        "{name} has no role in which another could stand in.",
    ),
    "deputy.not-near": (
        "Chỉ giao được cho người đang sử dụng hệ thống và ở gần mọi vai trò của anh/chị: cùng đơn "
        "vị, hoặc đơn vị cấp trên, cấp dưới trực tiếp; việc của văn phòng chỉ giao cho người cũng "
        "có vai trò ở đó. Cần người khác: nhờ quản trị hệ thống giao.",
        "Only somebody near each of your roles can stand in: of the same unit, or of the one "
        "directly above or below; for the office only somebody with a role there. "
        "For anybody else ask an administrator.",
    ),
    "deputy.overlap": (
        "{name} đã được giao làm thay đến {until}: hãy chọn ngày khác hoặc kết thúc lần đó trước.",
        "{name} already stands in until {until}: choose other days, or end that first.",
    ),
    "deputy.away-too": (
        "{name} cũng vắng trong thời gian này (đã giao người khác làm thay): hãy chọn người khác.",
        "{name} is away too in that time (somebody stands in for them): choose somebody else.",
    ),
    "deputy.ended": (
        "Lần làm thay này đã kết thúc.",
        "This has ended already.",
    ),
    "succession.nothing": (
        "Hãy chọn ít nhất một đơn vị được sáp nhập.",
        "Choose at least one unit that is merged.",
    ),
    "succession.no-heir": (
        "Hãy chọn đơn vị nhận, hoặc ghi tên đơn vị mới.",
        "Choose the unit that takes over, or write the name of a new one.",
    ),
    "succession.no-day": (
        "Hãy chọn ngày có hiệu lực.",
        "Choose the day from which it holds.",
    ),
    "succession.issuer": (
        "{unit} ban hành chương trình công tác nên không sáp nhập, chia tách ở đây: hãy tạo đơn vị "
        "ban hành mới và giao người sang.",
        "{unit} issues work programmes and cannot be merged or split here: add the new issuing "
        "unit and give its people their posts.",
    ),
    "succession.closed": (
        "{unit} đã ngừng: hãy chọn đơn vị đang hoạt động.",
        "{unit} is closed: choose one that is in use.",
    ),
    "succession.itself": (
        "{unit} không thể chuyển việc cho chính mình: hãy chọn đơn vị khác.",
        "{unit} cannot hand its work to itself: choose another unit.",
    ),
    "succession.again": (
        "{unit} đã được chuyển sang đơn vị này trong một lần trước.",
        "{unit} has passed on to that unit once before.",
    ),
    "succession.second-part": (
        "{old} chuyển sang {new}; {new} đã có phần việc của mình trong nhiệm vụ chung này, nên "
        "phần của {old} không còn phải thực hiện.",
        "{old} has passed on to {new}, which has a part of this shared task already: the part of "
        "{old} is no longer owed.",
    ),
    "succession.two-at-least": (
        "Chia tách cần ít nhất hai đơn vị nhận; chỉ có một thì dùng Sáp nhập.",
        "A split needs two units at least; for one use the merger.",
    ),
    "directory.format": (
        "Chỉ nhập được danh sách dạng Excel (.xlsx) hoặc CSV: hãy lưu lại ở một trong hai dạng.",
        "Only lists in Excel (.xlsx) or CSV can be read: save it as one of these.",
    ),
    "directory.no-file": (
        "Hãy chọn tệp danh sách.",
        "Choose the file of the list.",
    ),
    "directory.no-header": (
        "Không thấy dòng tiêu đề trong 10 dòng đầu. Cần các cột {columns}; thứ tự tùy ý.",
        "No header was found in the first 10 rows. Its columns are {columns}, in any order.",
    ),
    "directory.too-long": (
        "Danh sách dài quá {most} dòng: hãy chia thành nhiều tệp.",
        "The list is longer than {most} lines: divide it.",
    ),
    "directory.no-unit": (
        "Không có đơn vị “{name}”: hãy ghi đúng tên trong danh sách đơn vị, hoặc thêm đơn vị "
        "đó trước.",
        "There is no unit “{name}”: write its name as the list of units has it, or add it first.",
    ),
    "directory.twice": (
        "Trùng với dòng {line} của tệp: hãy bỏ một trong hai dòng.",
        "The same as line {line} of the file: leave one of them out.",
    ),
    "directory.alike": (
        "Gần giống đơn vị “{name}”: nếu là một thì đừng thêm, hãy ghi tên này thành tên gọi khác.",
        "Nearly the same as “{name}”: if they are one, add this as another name instead.",
    ),
    "directory.yes-or-no": (
        "“{said}” không rõ: ghi “x” hoặc “có” nếu đơn vị ban hành chương trình, “không” nếu không.",
        "“{said}” is not clear: write “x” or “yes” if the unit issues programmes, “no” if not.",
    ),
    "directory.issues": ("ban hành chương trình", "issues programmes"),
    "directory.no-issues": ("không ban hành chương trình", "issues no programmes"),
    "directory.disabled": (
        "Tài khoản của {name} đã ngừng sử dụng: mở lại ở trang người dùng trước khi nhập.",
        "The account of {name} is no longer used: open it again on the person's page first.",
    ),
    "directory.no-role": (
        "Không có vai trò “{said}”. Các vai trò: {roles}.",
        "There is no role “{said}”. The roles are: {roles}.",
    ),
    "directory.no-administrator": (
        "Quyền quản trị không giao qua danh sách: hãy giao ở trang của từng người.",
        "The administration is not given by a list: give it on the person's page.",
    ),
    "directory.row-wrong": (
        "Dòng {line}: {why} Chưa nhập gì.",
        "Line {line}: {why} Nothing was imported.",
    ),
    "directory.stale": (
        "Không đọc lại được danh sách vừa xem: hãy tải tệp lên lần nữa.",
        "The list could not be read again: hand in the file once more.",
    ),
    "person.imported": (
        "Đã nhập {count} dòng người dùng.",
        "{count} lines of people were imported.",
    ),
}
