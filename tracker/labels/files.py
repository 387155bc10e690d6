"""Sentences about files that cannot be read: what is wrong, and what to do."""

FILES: dict[str, tuple[str, str]] = {
    "file.empty": (
        "Tệp rỗng, không có nội dung để đọc.",
        "The file is empty: there is nothing to read.",
    ),
    "file.too-large": (
        "Tệp có dung lượng {size}, vượt giới hạn {limit}.",
        "The file is {size}, over the limit of {limit}.",
    ),
    "file.binary": (
        "Tệp không phải là văn bản đọc được; hãy mở bằng Word hoặc Excel và lưu lại dưới dạng "
        ".docx, .xlsx hoặc .pdf.",
        "The file is not readable text; open it in Word or Excel and save it as .docx, .xlsx "
        "or .pdf.",
    ),
    "file.encoding": (
        "Không nhận ra bảng mã của tệp (có thể là TCVN3, VNI hoặc Windows-1258); "
        "hãy mở tệp và lưu lại dưới dạng UTF-8.",
        "The file's encoding is not recognised (perhaps TCVN3, VNI or Windows-1258); "
        "open it and save it again as UTF-8.",
    ),
    "file.format": (
        "Không đọc được định dạng {format}; hãy mở tệp và lưu lại dưới dạng .docx, .xlsx, .pdf "
        "hoặc .txt.",
        "The format {format} cannot be read; open the file and save it as .docx, .xlsx, .pdf "
        "or .txt.",
    ),
    "file.damaged": (
        "Tệp {format} bị hỏng hoặc không đúng định dạng như tên tệp; hãy mở lại tệp gốc "
        "và lưu lại.",
        "The {format} file is damaged or is not what its name says; open the original and save it "
        "again.",
    ),
    "file.password": (
        "Tệp có đặt mật khẩu; hãy bỏ mật khẩu rồi đưa lại.",
        "The file is protected by a password; take the password off and hand it in again.",
    ),
    "file.macros": (
        "Tệp có chứa macro nên không được nhận; hãy lưu lại dưới dạng .docx hoặc .xlsx "
        "không có macro.",
        "The file holds macros and is not taken; save it as .docx or .xlsx without macros.",
    ),
    "file.bomb": (
        "Tệp nén chứa lượng dữ liệu quá lớn so với một chương trình công tác nên không được mở; "
        "hãy lưu lại văn bản gốc dưới dạng .docx hoặc .pdf.",
        "The packed file would unfold to far more than a work programme and was not opened; "
        "save the original document as .docx or .pdf.",
    ),
    "file.too-many-pages": (
        "Tệp có {pages} trang, vượt giới hạn {limit} trang; hãy tách riêng phần chương trình "
        "công tác.",
        "The file has {pages} pages, over the limit of {limit}; hand in the programme alone.",
    ),
    "file.too-many-scans": (
        "Tệp có {pages} trang là ảnh quét, vượt giới hạn {limit} trang nhận dạng; hãy tách riêng "
        "phần chương trình công tác hoặc dùng tệp .docx gốc.",
        "{pages} pages of the file are scans, over the limit of {limit} that are recognised; "
        "hand in the programme alone or the original .docx.",
    ),
    "file.no-such-page": (
        "Tệp không có trang {page} để xem.",
        "The file has no page {page} to look at.",
    ),
    "file.picture-too-large": (
        "Ảnh có kích thước {width} × {height} điểm, vượt giới hạn; hãy quét lại ở 200 đến 300 dpi.",
        "The picture is {width} × {height} pixels, over the limit; scan it again "
        "at 200 to 300 dpi.",
    ),
    "file.old-word": (
        "Máy chủ không có phần mềm đọc tệp Word cũ (.doc, .rtf); hãy mở bằng Word và lưu lại "
        "dưới dạng .docx.",
        "This server cannot read old Word files (.doc, .rtf); open the file in Word and save it "
        "as .docx.",
    ),
    "file.sheet-too-large": (
        "Trang tính “{sheet}” vượt giới hạn {rows} hàng hoặc {columns} cột; hãy tách riêng phần "
        "chương trình công tác.",
        "The sheet “{sheet}” is over the limit of {rows} rows or {columns} columns; hand in the "
        "programme alone.",
    ),
    "file.too-much-text": (
        "Tệp có hơn {limit} triệu chữ cái, nhiều hơn bất kỳ chương trình công tác nào; "
        "hãy tách riêng phần chương trình công tác.",
        "The file holds more than {limit} million characters, more than any work programme; "
        "hand in the programme alone.",
    ),
    "file.took-too-long": (
        "Đọc tệp quá lâu nên đã dừng lại; hãy tách tệp thành các phần nhỏ hơn.",
        "Reading the file took too long and was stopped; split it into smaller parts.",
    ),
    "file.too-heavy": (
        "Tệp cần quá nhiều bộ nhớ nên đã dừng đọc; hãy tách tệp hoặc lưu lại với hình ảnh nhỏ hơn.",
        "The file needs too much memory and reading was stopped; split it or save it with "
        "smaller pictures.",
    ),
    "file.crashed": (
        "Không đọc được tệp: chương trình đọc dừng giữa chừng vì tệp hỏng; hãy mở lại tệp gốc và "
        "lưu lại.",
        "The file cannot be read: its damage stopped the reader; open the original and save it "
        "again.",
    ),
    "file.busy": (
        "Máy chủ đang đọc các tệp khác; xin thử lại sau ít phút.",
        "The server is reading other files; try again in a few minutes.",
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
}
