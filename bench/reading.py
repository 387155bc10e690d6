"""`python -m bench.reading`: how long a programme of 100, 1,000 and 10,000 items takes to read.

Each file is read by `tracker parse`, a process of its own, as an office would; the time of the
smallest file is mostly the start of the two processes.
"""

import argparse
import io
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

import docx
import xlsxwriter

from tests.importer.readers.pdf_papers import printed
from tracker import paths

HEAD = ("UBND TỈNH BẮC NINH", "Số: 15/CTr-UBND", "Bắc Ninh, ngày 28 tháng 02 năm 2026")
TITLE = "CHƯƠNG TRÌNH CÔNG TÁC Tháng 3 năm 2026"
SECTION = "I. CÁC NỘI DUNG TRÌNH CHỦ TỊCH UBND TỈNH"
UNITS = ("Sở Tài chính", "Sở Y tế", "Sở Nội vụ", "Công an tỉnh", "Sở Giáo dục và Đào tạo")
WORK = (
    "Kế hoạch xúc tiến thương mại và hội nhập kinh tế quốc tế giai đoạn 2026 - 2030",
    "Báo cáo tình hình thực hiện kế hoạch đầu tư công và các chương trình mục tiêu quốc gia",
    "Đề án tổng thể bảo vệ môi trường, trình trước ngày 20/3/2026",
    "Quyết định quy định phân cấp quản lý tài sản công trên địa bàn tỉnh",
)


def items(count: int) -> list[tuple[str, str]]:
    """What is to be done and by whom, every line another."""
    pairs = zip(cycle(WORK), cycle(UNITS), strict=False)
    return [(f"{work} (phần {n})", unit) for n, (work, unit) in enumerate(islice(pairs, count), 1)]


def lines(count: int) -> list[str]:
    """The programme as numbered paragraphs."""
    listed = (f"{n}. {work} ({unit} chuẩn bị)." for n, (work, unit) in enumerate(items(count), 1))
    return [*HEAD, TITLE, SECTION, *listed]


def as_markdown(count: int) -> bytes:
    """A text file."""
    return "\n\n".join(lines(count)).encode()


def as_word(count: int) -> bytes:
    """A Word file of paragraphs."""
    paper, out = docx.Document(), io.BytesIO()
    for line in lines(count):
        paper.add_paragraph(line)
    paper.save(out)
    return out.getvalue()


def as_pdf(count: int) -> bytes:
    """A PDF file with text."""
    body = """#set page(margin: 2cm)
#set text(font: "Tinos", size: 13pt)
#for line in json(bytes(sys.inputs.said)).lines [#par(line)]
"""
    return printed(body, lines=lines(count))


def as_excel(count: int) -> bytes:
    """An Excel sheet."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for row, line in enumerate((*HEAD, TITLE)):
            sheet.write(row, 0, line)
        for column, name in enumerate(("TT", "Nội dung", "Cơ quan chủ trì")):
            sheet.write(5, column, name)
        for row, (work, unit) in enumerate(items(count), start=6):
            sheet.write_row(row, 0, (row - 5, work, unit))
    return out.getvalue()


FORMS: dict[str, Callable[[int], bytes]] = {
    "md": as_markdown, "docx": as_word, "xlsx": as_excel, "pdf": as_pdf,
}  # fmt: skip


def read(path: Path) -> tuple[float, int]:
    """Seconds, and how many items were read; none when the file is over a limit."""
    started = time.perf_counter()  # the clock of a benchmark
    done = subprocess.run(
        [sys.executable, "-m", "tracker", "parse", str(path), "--json"],
        capture_output=True, check=False, cwd=paths.PACKAGE.parent,
    )  # fmt: skip
    seconds = time.perf_counter() - started
    return seconds, 0 if done.returncode else len(json.loads(done.stdout)["items"])


def main() -> None:
    """Read every form in every size and print a row for each."""
    parser = argparse.ArgumentParser(prog="python -m bench.reading", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1_000, 10_000])
    parser.add_argument("--only", choices=FORMS, action="append")
    asked = parser.parse_args()
    print(f"{'file':8}{'items':>8}{'read':>8}{'seconds':>10}{'per item, to the smallest':>28}")
    with tempfile.TemporaryDirectory(prefix="tracker-bench-") as folder:
        for form in asked.only or FORMS:
            _measure(form, asked.sizes, Path(folder))
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"largest process: {most:.0f} MB")


def _measure(form: str, sizes: list[int], folder: Path) -> None:
    first = 0.0
    for size in sizes:
        path = folder / f"{size}.{form}"
        path.write_bytes(FORMS[form](size))
        seconds, found = read(path)
        first = first or seconds / size
        print(f"{form:8}{size:8}{found:8}{seconds:10.2f}{seconds / size / first:28.2f}")


if __name__ == "__main__":
    main()
