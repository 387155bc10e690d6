"""CSV and TSV: the separator is found, and how dates are taken is said."""

import pytest

from tests.importer.papers import codes
from tests.importer.readers.excel_papers import as_csv, read_sheet, same_as_sample, sample_as_csv
from tracker.errors import Unreadable
from tracker.importer.blocks import File, Paragraph, Table
from tracker.importer.meaning.reading import ReadItem
from tracker.importer.readers.csv import read

TITLE = ("CHƯƠNG TRÌNH CÔNG TÁC THÁNG 02 NĂM 2026",)
HEADER = ("TT", "Nội dung", "Cơ quan chủ trì", "Thời gian trình")


def only_item(*row: str) -> ReadItem:
    (item,) = read_sheet(as_csv([TITLE, HEADER, row]), name="a.csv").items
    return item


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_sample_as_csv_gives_the_same_items(separator: str) -> None:
    assert same_as_sample(read_sheet(sample_as_csv(separator), name="a.csv"))


@pytest.mark.parametrize(("separator", "said"), [(";", ";"), (",", ","), ("\t", "tab"), ("|", "|")])
def test_the_separator_and_the_order_of_dates_are_told(separator: str, said: str) -> None:
    (told,) = read(File("a.csv", sample_as_csv(separator))).remarks
    assert (told.code, told.facts) == ("csv-read", {"delimiter": said})


def test_a_separator_named_in_the_first_line_is_taken() -> None:
    data = b"sep=;\n" + as_csv([TITLE, HEADER, ("1", "A, B, C", "Sở Y tế", "")]).removeprefix(
        b"\xef\xbb\xbf"
    )
    (item,) = read_sheet(data, name="a.csv").items
    assert (item.text, item.where.line) == ("A, B, C", 4)


def test_separators_inside_quotes_separate_nothing() -> None:
    item = only_item("1", "Kế hoạch A; B; C, D\nvà E", "Sở Y tế", "")
    assert item.text == "Kế hoạch A; B; C, D và E"


def test_the_lines_before_the_header_are_paragraphs() -> None:
    title, table = read(File("a.csv", as_csv([TITLE, HEADER, ("1", "A", "Sở Y tế", "")]))).blocks
    assert isinstance(title, Paragraph)
    assert isinstance(table, Table)
    assert len(table.rows) == 2


@pytest.mark.parametrize("written", ["05/03/2026", "2026-03-05", "5/3", "2026-03-05 00:00:00"])
def test_dates_are_day_month_year_and_iso_is_accepted(written: str) -> None:
    assert str(only_item("1", "Kế hoạch A", "Sở Y tế", written).due_on) == "2026-03-05"


def test_a_date_that_is_no_day_and_month_is_doubted() -> None:
    read_us = read_sheet(
        as_csv([TITLE, HEADER, ("1", "Kế hoạch A", "Sở Y tế", "03/14/2026")]), name="a.csv"
    )
    assert "deadline-unclear" in codes(read_us)


def test_a_task_says_its_line_though_cells_hold_line_breaks() -> None:
    rows = [TITLE, HEADER, ("1", "Một\nhai\nba", "Sở Y tế", ""), ("2", "Bốn", "Sở Y tế", "")]
    items = read_sheet(as_csv(rows), name="a.csv").items
    assert [item.where.line for item in items] == [3, 6]


def test_tabs_are_read_under_their_own_name() -> None:
    assert same_as_sample(read_sheet(sample_as_csv("\t"), name="a.tsv"))


def test_a_file_of_empty_cells_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        read(File("a.csv", b";;;\n;;;\n"))
    assert refused.value.code == "file.empty"


def test_a_file_over_the_limit_of_rows_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        read(File("a.csv", b"a;b\n" * 20_001))
    assert refused.value.code == "file.sheet-too-large"


def test_a_file_whose_quotes_never_end_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        read(File("a.csv", b'a;"' + b"x" * 200_000))
    assert refused.value.code == "file.damaged"
