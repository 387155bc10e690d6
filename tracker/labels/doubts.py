"""Sentences about what is doubtful in a document that was read."""

DOUBTS: dict[str, tuple[str, str]] = {
    "doubt.number-blank": (
        "Văn bản chưa có số (ký hiệu {symbol}); khi ban hành, hãy đưa bản có số vào.",
        "The document has no number yet (symbol {symbol}); hand in the numbered one when issued.",
    ),
    "doubt.issue-day-blank": (
        "Ngày ban hành còn để trống: “{text}”; khi ban hành, hãy đưa bản có ngày vào.",
        "The day of issue is left blank: “{text}”; hand in the dated paper when issued.",
    ),
    "doubt.title-missing": (
        "Không thấy tiêu đề chương trình công tác; hãy xem văn bản có đủ trang đầu không.",
        "The title of the programme was not found; see whether the first page is there.",
    ),
    "doubt.issuer-missing": (
        "Không xác định được cơ quan ban hành; hãy xem phần đầu văn bản và danh bạ đơn vị.",
        "The issuing body could not be told; look at the letterhead and at the list of units.",
    ),
    "doubt.period-missing": (
        "Không xác định được kỳ công tác (tháng, quý, năm); các mục không ghi hạn sẽ "
        "để trống hạn. Hãy ghi rõ kỳ trong tiêu đề rồi đưa lại tệp.",
        "The period could not be told; items without a written deadline are left without one. "
        "Write the period into the title and hand the file in again.",
    ),
    "doubt.period-inferred": (
        "Văn bản không ghi kỳ công tác; được xếp vào {text} theo ngày ban hành. "
        "Mục không ghi hạn để trống hạn.",
        "The paper names no period; it is filed under {text} by its day of issue. "
        "Items without a written deadline are left without one.",
    ),
    "doubt.section-missing": (
        "Thiếu mục {section}; số thứ tự các mục được giữ như trong văn bản. "
        "Hãy xem văn bản có sót trang không.",
        "Section {section} is missing; the printed numbers are kept. See whether a page is lost.",
    ),
    "doubt.numbering-broken": (
        "Số thứ tự “{printed}” không liền mạch, đáng lẽ là {expected}; hãy xem có sót mục "
        "nào không.",
        "The number “{printed}” breaks the series; {expected} was expected. See whether an item "
        "is lost.",
    ),
    "doubt.number-lost": (
        "Mục này không có số thứ tự nhưng có đơn vị chuẩn bị riêng; hãy kiểm tra lại.",
        "This item has no number but names its own unit; please check.",
    ),
    "doubt.text-repaired": (
        "Câu bị ngắt đoạn đã được nối lại.",
        "A sentence broken over paragraphs was joined.",
    ),
    "doubt.text-uncertain": (
        "Chữ trong ảnh quét của mục này chỉ nhận dạng được với độ tin cậy {percent}%; "
        "hãy so với bản gốc và sửa lại.",
        "The scanned words of this item were recognised with only {percent}% confidence; "
        "compare them with the original and correct them.",
    ),
    "doubt.scanned": (
        "{pages} trang được nhận dạng từ ảnh quét; hãy so nội dung với bản gốc.",
        "{pages} pages were recognised from scanned pictures; compare the text with the original.",
    ),
    "doubt.unit-unknown": (
        "Không tìm thấy đơn vị “{text}” trong danh bạ (gần giống: {candidates}); hãy chọn đơn vị, "
        "hoặc thêm thành đơn vị mới.",
        "The unit “{text}” is not in the directory (similar: {candidates}); choose the unit, or "
        "add it as a new one.",
    ),
    "doubt.unit-ambiguous": (
        "“{text}” có thể là nhiều đơn vị hoặc đơn vị đã sắp xếp lại (có thể là: {candidates}); "
        "hãy chọn đơn vị đúng.",
        "“{text}” may be several units or one since reorganised (perhaps: {candidates}); choose "
        "the right one.",
    ),
    "doubt.unit-group": (
        "“{text}” là một nhóm đơn vị; hãy chọn đơn vị chủ trì hoặc tách việc cho từng đơn vị.",
        "“{text}” is a group of units; choose the lead or split the task among them.",
    ),
    "doubt.owner-missing": (
        "Mục này không ghi đơn vị chuẩn bị; hãy chọn đơn vị chủ trì.",
        "This item does not say which unit prepares it; choose the lead.",
    ),
    "doubt.directive-found": (
        "Văn bản chỉ đạo có thời hạn (“{text}”): có giao việc không? Nếu có, hãy chọn đơn vị rồi "
        "lưu mục này; nếu không, hãy bỏ mục này.",
        "A document with a deadline (“{text}”): does it give a task? If so, choose the units and "
        "save the item; if not, leave it out.",
    ),
    "doubt.directive-other-day": (
        "Sổ văn bản chỉ đạo đã có {name} nhưng ghi ngày {known}, ở đây ghi ngày {said}. Nếu là "
        "cùng một văn bản, hãy sửa ngày trong sổ trước khi đưa mục này vào chương trình; nếu "
        "không sửa, văn bản này sẽ được ghi thành một dòng riêng trong sổ.",
        "The register of directives holds {name} dated {known}; here it is dated {said}. If they "
        "are the same document, correct the date in the register before taking this item in; "
        "otherwise this one is entered as a document of its own.",
    ),
    "doubt.deadline-unclear": (
        "Thời hạn chưa rõ: “{text}”; hãy xem bản gốc và ghi ngày.",
        "The deadline is unclear: “{text}”; look at the original and write the day.",
    ),
    "doubt.deadline-staged": (
        "Có hai mốc thời hạn: “{first}” rồi “{last}”; hạn của việc là mốc sau.",
        "Two dates are set: “{first}”, then “{last}”; the task is due on the later one.",
    ),
    "doubt.deadline-recurring": (
        "Việc lặp lại (“{text}”); hạn ghi ở đây là của kỳ này.",
        "The task recurs (“{text}”); the deadline given here is for this period.",
    ),
    "doubt.deadline-standing": (
        "Việc làm thường xuyên (“{text}”); hạn được lấy là cuối kỳ.",
        "A standing task (“{text}”); the end of the period is taken as its deadline.",
    ),
    "doubt.leads-several": (
        "Nhiều đơn vị cùng được nêu là chủ trì (“{text}”); đơn vị đầu được lấy làm chủ trì, "
        "các đơn vị còn lại phối hợp. Hãy xác nhận.",
        "Several units are named as lead (“{text}”); the first was taken as lead, "
        "the others as supports. Please confirm.",
    ),
    "doubt.support-group": (
        "Đơn vị phối hợp là một nhóm (“{text}”); nếu cần, hãy ghi rõ từng đơn vị.",
        "The supporting units are a group (“{text}”); name each of them if need be.",
    ),
    "doubt.unit-respelt": (
        "“{text}” được hiểu là “{unit}” dù viết khác đôi chút.",
        "“{text}” was taken to be “{unit}” although it is spelt a little differently.",
    ),
    "doubt.meeting-day-unclear": (
        "Không xác định được ngày họp: “{text}”; hãy ghi ngày họp.",
        "The day of the meeting could not be told: “{text}”; write its day.",
    ),
    "doubt.weekday-mismatch": (
        "Thứ trong tuần không khớp với ngày: “{text}”; hãy xác nhận ngày đúng.",
        "The weekday does not match the date: “{text}”; confirm the right day.",
    ),
    "doubt.no-items": (
        "Không đọc được mục việc nào; hãy xem phần không lấy làm mục và lấy từ đó.",
        "No items were read; see what was taken for none, and take them from there.",
    ),
    "doubt.sheet-chosen": (
        "Tệp Excel có {sheets} trang tính; chỉ trang “{sheet}” được đọc.",
        "The workbook has {sheets} sheets; only “{sheet}” was read.",
    ),
    "doubt.rows-hidden": (
        "Có {rows} hàng đang ẩn trong trang tính nên không được đọc; muốn đọc thì bỏ ẩn, bỏ lọc "
        "rồi đưa tệp lại.",
        "{rows} hidden rows of the sheet were not read; unhide them or clear the filter and hand "
        "the file in again.",
    ),
    "doubt.columns-hidden": (
        "Có {columns} cột đang ẩn trong trang tính nên không được đọc; muốn đọc thì bỏ ẩn rồi đưa "
        "tệp lại.",
        "{columns} hidden columns of the sheet were not read; unhide them and hand the file in "
        "again.",
    ),
    "doubt.formula-empty": (
        "Ô {cell} là công thức chưa có kết quả nên để trống; hãy mở tệp bằng Excel và lưu lại.",
        "Cell {cell} is a formula without a result and was left blank; open the file in Excel and "
        "save it again.",
    ),
    "doubt.csv-read": (
        "Tệp được đọc với dấu phân cách cột “{delimiter}”; ngày được hiểu theo thứ tự "
        "ngày/tháng/năm (dd/mm/yyyy).",
        "The file was read with “{delimiter}” between columns; dates are taken as day/month/year "
        "(dd/mm/yyyy).",
    ),
    "doubt.table-skipped": (
        "Có bảng {rows} hàng chưa được đọc thành nhiệm vụ; hãy xem trong phần không lấy làm mục.",
        "A table of {rows} rows was not read as tasks; see it among what was taken for no item.",
    ),
    "doubt.prose-skipped": (
        "Bỏ qua {paragraphs} đoạn ở {sections} mục không phải chương trình công tác; "
        "hãy xem trong phần không lấy làm mục.",
        "{paragraphs} paragraphs in {sections} sections that are no programme were skipped; "
        "see them among what was taken for no item.",
    ),
    "doubt.encoding-converted": (
        "Chữ trong tệp theo bảng mã cũ {encoding} đã được chuyển sang Unicode.",
        "The letters of the file, in the old encoding {encoding}, were converted to Unicode.",
    ),
}
