"""The sentence of every refusal: what is wrong, where, and what to do (Vietnamese, English)."""

SENTENCES: dict[str, tuple[str, str]] = {
    "settings.no-secret-key": (
        "Chưa có khóa bí mật: đặt TRACKER_SECRET_KEY (ít nhất {shortest} ký tự) "
        "hoặc chạy tracker init.",
        "There is no secret key: set TRACKER_SECRET_KEY (at least {shortest} characters) "
        "or run tracker init.",
    ),
    "settings.no-public-address": (
        "Chưa có địa chỉ công khai: đặt TRACKER_BASE_URL (ví dụ https://dondoc.tinh.gov.vn) "
        "để đường dẫn trong thư mở được.",
        "There is no public address: set TRACKER_BASE_URL (such as https://dondoc.tinh.gov.vn) "
        "so that the links in mails can be opened.",
    ),
    "settings.local-address": (
        "TRACKER_BASE_URL là {address}, chỉ máy này mở được, trong khi máy chủ nhận kết nối từ "
        "ngoài: hãy đặt địa chỉ mà các đơn vị truy cập.",
        "TRACKER_BASE_URL is {address}, which only this machine can open, while the server "
        "accepts connections from outside: set the address that the units use.",
    ),
    "settings.invalid": (
        "Thiết lập {name} không dùng được: {why}.",
        "The setting {name} cannot be used: {why}.",
    ),
    "settings.not-toml": (
        "Không đọc được instance/tracker.toml: {why}.",
        "instance/tracker.toml cannot be read: {why}.",
    ),
    "task.not-yours": (
        "Nhiệm vụ này không do đơn vị của anh/chị chủ trì hoặc phối hợp.",
        "Your unit neither leads nor supports this task.",
    ),
    "task.office-only": (
        "Chỉ văn phòng của cơ quan ban hành chương trình được làm việc này.",
        "Only the office of the issuing unit may do this.",
    ),
    "task.own-work": (
        "Đơn vị chủ trì không tự xác nhận hoàn thành việc của mình.",
        "The unit that leads a task cannot confirm its own work.",
    ),
    "task.no-such-move": (
        "Không thể chuyển từ “{status}” sang “{to}”.",
        "A task cannot go from “{status}” to “{to}”.",
    ),
    "task.reason-missing": (
        "Việc này cần ghi rõ lý do.",
        "Please give the reason.",
    ),
    "task.note-empty": (
        "Chưa có nội dung: hãy ghi tiến độ bằng một câu.",
        "There is nothing written: describe the progress in a sentence.",
    ),
    "meeting.office-only": (
        "Chỉ văn phòng của cơ quan triệu tập được đổi lịch hội nghị.",
        "Only the office of the convening unit may change the meeting.",
    ),
    "meeting.date-missing": (
        "Hội nghị đã có ngày: hãy ghi ngày mới thay vì để trống.",
        "The meeting has a date: give a new one instead of none.",
    ),
    "meeting.reason-missing": (
        "Dời ngày họp cần ghi rõ lý do để báo cho các đơn vị.",
        "Moving a meeting needs a reason, which the units are told.",
    ),
    "form.too-long": (
        "Nội dung quá dài: tối đa {longest} ký tự.",
        "This is too long: at most {longest} characters.",
    ),
    "form.no-number": (
        "“{said}” không phải là số hợp lệ ở đây.",
        "“{said}” is not a number that fits here.",
    ),
    "form.year-wrong": (
        "Năm của ngày “{said}” không đúng: hãy ghi đủ bốn chữ số, từ {first} đến {last}.",
        "The year of “{said}” is not right: give four digits, {first} to {last}.",
    ),
    "form.no-date": (
        "Hãy ghi đủ ngày, tháng, năm.",
        "Please give the day, month and year.",
    ),
    "form.no-time": (
        "“{said}” không phải giờ: hãy ghi như 08:00.",
        "“{said}” is not a time: write it as 08:00.",
    ),
    "form.no-choice": (
        "Hãy chọn một trong các mục có sẵn.",
        "Please choose one of those offered.",
    ),
    "changed-meanwhile": (
        "Người khác vừa sửa mục này. Nội dung anh/chị nhập vẫn còn bên dưới; "
        "hãy xem thay đổi mới rồi lưu lại.",
        "Somebody else has just changed this. What you typed is kept below; "
        "look at the change and save again.",
    ),
    "not-found": (
        "Không tìm thấy, hoặc anh/chị không được xem mục này.",
        "Not found, or not yours to see.",
    ),
    "administrator-only": (
        "Chỉ quản trị hệ thống được làm việc này.",
        "Only an administrator may do this.",
    ),
    "sign-in.wrong": (
        "Địa chỉ hoặc mật khẩu không đúng, hoặc tài khoản đang tạm khóa: sau 5 lần sai, "
        "tài khoản khóa 15 phút.",
        "The address or the password is wrong, or the account is locked: after 5 wrong tries "
        "it is locked for 15 minutes.",
    ),
    "sign-in.locked": (
        "Tài khoản đang tạm khóa vì nhập sai nhiều lần: hãy thử lại sau 15 phút.",
        "The account is locked after too many wrong tries: try again in 15 minutes.",
    ),
    "person.address-invalid": (
        "“{email}” không phải địa chỉ thư điện tử.",
        "“{email}” is not an e-mail address.",
    ),
    "person.address-taken": (
        "Địa chỉ {email} đã có người dùng.",
        "The address {email} already belongs to somebody.",
    ),
    "person.password-short": (
        "Mật khẩu cần ít nhất {shortest} ký tự.",
        "A password needs at least {shortest} characters.",
    ),
    "person.last-administrator": (
        "Phải còn ít nhất một quản trị hệ thống: hãy thêm người khác trước.",
        "At least one administrator must remain: add another first.",
    ),
    "person.not-yourself": (
        "Không thể tự ngừng sử dụng tài khoản của chính mình.",
        "You cannot disable your own account.",
    ),
    "person.role-needs-issuer": (
        "Vai trò “{role}” chỉ giao tại cơ quan ban hành chương trình; {unit} không ban hành.",
        "The role “{role}” is held at a unit that issues programmes; {unit} does not.",
    ),
    "sample.not-empty": (
        "Cơ sở dữ liệu đã có dữ liệu: dữ liệu mẫu chỉ ghi vào cơ sở dữ liệu trống.",
        "The database is not empty: the sample is only written into an empty one.",
    ),
    "form-expired": (
        "Biểu mẫu đã hết hạn (phiên đăng nhập đã đổi): hãy tải lại trang rồi gửi lại.",
        "The form has expired (the session has changed): reload the page and send it again.",
    ),
    "http-400": (
        "Yêu cầu không đúng: hãy tải lại trang rồi thử lại.",
        "The request is not right: reload the page and try again.",
    ),
    "http-401": ("Hãy đăng nhập.", "Please sign in."),
    "http-403": ("Anh/chị không có quyền xem mục này.", "This is not yours to see."),
    "http-404": (
        "Không tìm thấy trang này, hoặc anh/chị không được xem.",
        "There is no such page, or it is not yours to see.",
    ),
    "http-405": (
        "Trang này không nhận yêu cầu kiểu đó: hãy quay lại và thử lại.",
        "This page does not take that kind of request: go back and try again.",
    ),
    "http-413": (
        "Tệp quá lớn: giới hạn là 20 MB.",
        "The file is too large: the limit is 20 MB.",
    ),
    "http-429": ("Quá nhiều yêu cầu: hãy đợi một phút.", "Too many requests: wait a minute."),
    "http-500": (
        "Hệ thống gặp lỗi; chưa có gì được lưu. Hãy thử lại, hoặc báo quản trị hệ thống.",
        "Something failed here; nothing was saved. Try again, or tell the administrator.",
    ),
    "doubt.unit-not-registered": (
        "“{text}” là {candidates}, nhưng đơn vị này chưa có trong danh bạ.",
        "“{text}” is {candidates}, which is not in the directory yet.",
    ),
    "parse.inferred": (
        "  (* thời hạn suy ra, văn bản không ghi)",
        "  (* inferred: the document does not say it)",
    ),
    "database.unreachable": (
        "Không kết nối được cơ sở dữ liệu: hãy kiểm tra TRACKER_DATABASE_URL hoặc chạy "
        "tracker init.",
        "The database does not answer: check TRACKER_DATABASE_URL or run tracker init.",
    ),
    "database.not-current": (
        "Cơ sở dữ liệu chưa được tạo hoặc chưa nâng cấp: hãy chạy tracker upgrade. Nơi làm việc "
        "mới thì chạy tracker init; chỉ để đổ dữ liệu thử thì tracker upgrade là đủ.",
        "The database is missing or not up to date: run tracker upgrade. A new instance is made "
        "by tracker init; to fill one with a sample tracker upgrade is enough.",
    ),
    "file.is-folder": (
        "{path} là một thư mục: hãy chỉ rõ tệp.",
        "{path} is a folder: name a file.",
    ),
    "file.missing": (
        "Không có tệp {path}.",
        "There is no file {path}.",
    ),
    "init.exists": (
        "Nơi làm việc đã có ({path}): không ghi đè. Dùng tracker upgrade để nâng cấp.",
        "The instance exists already ({path}) and is not overwritten. Use tracker upgrade.",
    ),
    "init.admin": (
        "Quản trị: {admin}, mật khẩu (chỉ hiện một lần): {password}",
        "Administrator: {admin}, password (shown once): {password}",
    ),
    "init.done": (
        "Đã tạo {path}. Chạy tracker serve và tracker worker.",
        "{path} is made. Run tracker serve and tracker worker.",
    ),
    "upgrade.done": (
        "Cơ sở dữ liệu đã ở phiên bản mới nhất.",
        "The database is up to date.",
    ),
    "sample.done": (
        "Đã tạo {tasks} nhiệm vụ, {units} đơn vị, {people} người, {meetings} hội nghị. "
        "Đăng nhập: {office}, mật khẩu {password}",
        "{tasks} tasks, {units} units, {people} people and {meetings} meetings were made. "
        "Sign in: {office}, password {password}",
    ),
    "demo.port-taken": (
        "Cổng {port} đang có chương trình khác dùng: hãy chọn cổng khác bằng --port.",
        "Port {port} is in use: choose another with --port.",
    ),
    "demo.not-open": (
        "Bản chạy thử không mở được ở {address} trong 30 giây.",
        "The demonstration did not open at {address} within 30 seconds.",
    ),
    "demo.open": (
        "Đôn đốc đang chạy ở {address} — đồng hồ từ {at}, {tasks} nhiệm vụ từ chương trình "
        "mẫu. Hộp thư: {address}/mailbox. Ctrl-C để kết thúc.",
        "Đôn đốc is open at {address} — its clock began at {at}, {tasks} tasks from the sample "
        "programme. Mailbox: {address}/mailbox. Ctrl-C ends it.",
    ),
    "demo.people": (
        "Đăng nhập bằng một trong các địa chỉ sau, mật khẩu chung: {password}",
        "Sign in with one of these addresses; the password of all: {password}",
    ),
    "demo.more": (
        "  … và {count} người khác (xem trang Người dùng).",
        "  … and {count} more (see the people page).",
    ),
    "unit.imported": (
        "Đã nhập {count} đơn vị.",
        "{count} units were imported.",
    ),
    "person.unknown": (
        "Không có người dùng với địa chỉ {email}.",
        "There is nobody with the address {email}.",
    ),
    "person.name-empty": ("Chưa có họ tên.", "The name is missing."),
    "person.old-password-wrong": (
        "Mật khẩu đang dùng không đúng.",
        "The present password is wrong.",
    ),
    "person.post-held": (
        "Người này đã có vai trò “{role}” tại {unit}.",
        "This person already is “{role}” at {unit}.",
    ),
    "person.post-missing": (
        "Hãy chọn vai trò và đơn vị.",
        "Choose the role and the unit.",
    ),
    "person.own-administration": (
        "Không thể tự bỏ vai trò quản trị của chính mình: hãy nhờ một quản trị khác.",
        "You cannot take the administration from yourself: ask another administrator.",
    ),
    "unit.name-empty": ("Chưa có tên đơn vị.", "The name of the unit is missing."),
    "unit.name-taken": (
        "Đã có đơn vị tên “{name}”.",
        "There already is a unit called “{name}”.",
    ),
    "unit.address-invalid": (
        "“{email}” không phải địa chỉ thư điện tử.",
        "“{email}” is not an e-mail address.",
    ),
    "unit.cycle": (
        "{unit} không thể trực thuộc chính nó hoặc một đơn vị nằm dưới nó.",
        "{unit} cannot belong to itself or to a unit below it.",
    ),
    "unit.alias-empty": ("Chưa có tên gọi khác.", "The other name is missing."),
    "unit.alias-taken": (
        "“{alias}” đã là tên của {unit}; một cách viết chỉ chỉ một đơn vị.",
        "“{alias}” already means {unit}; one writing can mean only one unit.",
    ),
    "calendar.day-missing": (
        "Hãy chọn một ngày trong khoảng từ năm 2000 đến năm 2100.",
        "Choose a day between the years 2000 and 2100.",
    ),
    "calendar.name-empty": (
        "Hãy ghi tên gọi của ngày, để người khác hiểu vì sao nghỉ hoặc làm việc.",
        "Give the day a name, so that others understand why it is off or worked.",
    ),
    "message.office-only": (
        "Chỉ văn phòng hoặc quản trị hệ thống được gửi lại thư.",
        "Only the office or an administrator may send a message again.",
    ),
    "message.not-failed": (
        "Chỉ gửi lại được thư đã gửi lỗi.",
        "Only a message that failed can be sent again.",
    ),
    "doctor.well": (
        "Mọi thứ đều ổn.",
        "Everything is well.",
    ),
    "doctor.local-links": (
        "Đường dẫn trong thư sẽ trỏ về {address}, chỉ máy này mở được: đặt TRACKER_BASE_URL là "
        "địa chỉ mà các đơn vị truy cập.",
        "Links in mails would lead to {address}, which only this machine can open: set "
        "TRACKER_BASE_URL to the address that the units use.",
    ),
    "doctor.no-mail-server": (
        "Không kết nối được máy chủ thư {server} ({why}): kiểm tra TRACKER_SMTP_URL.",
        "The mail server {server} does not answer ({why}): check TRACKER_SMTP_URL.",
    ),
    "doctor.late-job": (
        "Việc “{job}” của bộ nhắc việc đã lâu không chạy xong: hãy chạy tracker worker và xem "
        "nhật ký.",
        "The worker's job “{job}” has not succeeded lately: run tracker worker and read its log.",
    ),
    "doctor.unit-without-address": (
        "{unit} đang có việc nhưng không có địa chỉ nhận thư: thêm hộp thư chung hoặc người.",
        "{unit} owes work and has no address: give it a mailbox or a person.",
    ),
}
