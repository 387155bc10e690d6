"""The numbers that Word counts by itself are the ones that it prints."""

import subprocess
from pathlib import Path

import pytest

from tests.importer.readers.word_papers import (
    contents_of,
    definition,
    docx,
    level,
    lines_of,
    num,
    p,
    restart,
    style,
    tbl,
    tc,
    texts,
    tr,
)
from tracker.importer.blocks import Paragraph
from tracker.importer.readers.old_word import find_office

ROMAN_ARABIC_LETTER = definition(
    0,
    level(0, "upperRoman", "%1."),
    level(1, "decimal", "%2."),
    level(2, "lowerLetter", "%3)"),
)
ONE_LIST = ROMAN_ARABIC_LETTER + num(1, 0)


def numbers(*levels: int, lists: str = ONE_LIST) -> list[str]:
    """The numbers of paragraphs of the first list at these levels."""
    return listed(*((1, at) for at in levels), lists=lists)


def listed(*places: tuple[int, int], lists: str) -> list[str]:
    read = lines_of(*(p("x", number=place) for place in places), numbering=lists)
    return [line.removesuffix("x").rstrip(" ") for line in read]


def one_level(form: str, text: str = "%1.", more: str = "", start: int = 1) -> str:
    return definition(0, level(0, form, text, more=more, start=start)) + num(1, 0)


def test_the_number_stands_before_the_words_and_in_what_the_page_shows() -> None:
    (read,) = contents_of(docx(p("Sở  Y tế", number=(1, 0)), numbering=ONE_LIST)).blocks
    assert isinstance(read, Paragraph)
    assert (read.text, read.raw) == ("I. Sở Y tế", "I. Sở  Y tế")


def test_levels_count_for_themselves_and_begin_again_under_a_new_heading() -> None:
    assert numbers(0, 1, 1, 2, 2, 1, 0, 1) == ["I.", "1.", "2.", "a)", "b)", "3.", "II.", "1."]


@pytest.mark.parametrize(
    ("form", "count", "printed"),
    [
        ("decimal", 12, "12."),
        ("decimalZero", 3, "03."),
        ("upperRoman", 49, "XLIX."),
        ("lowerRoman", 4, "iv."),
        ("upperRoman", 4000, "4000."),
        ("upperLetter", 2, "B."),
        ("lowerLetter", 28, "bb."),
        ("lowerLetter", 999, "999."),
        ("cardinalText", 2, "Hai."),
        ("cardinalText", 11, "11."),
        ("ordinalText", 4, "Thứ tư."),
        ("chicken", 5, "5."),
        ("none", 1, "."),
    ],
)
def test_every_form_of_number_is_written_as_offices_know_it(
    form: str, count: int, printed: str
) -> None:
    assert numbers(0, lists=one_level(form, start=count)) == [printed]


@pytest.mark.parametrize(
    ("sign", "printed"),
    [("\uf0b7", "-"), ("-", "-"), ("+", "+"), ("–", "–"), ("o", "-"), ("§", "-"), ("", "")],
)
def test_a_bullet_is_a_dash_unless_offices_print_the_sign_itself(sign: str, printed: str) -> None:
    assert numbers(0, lists=one_level("bullet", sign)) == [printed]


def test_a_number_may_be_made_of_several_levels() -> None:
    both = definition(0, level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2."))
    assert numbers(0, 1, 1, lists=both + num(1, 0)) == ["I.", "I.1.", "I.2."]
    legal = level(1, "decimal", "%1.%2.", more="<w:isLgl/>")
    lists = definition(0, level(0, "upperRoman", "%1."), legal) + num(1, 0)
    assert numbers(0, 1, lists=lists) == ["I.", "1.1."]


def test_words_around_the_number_and_the_gap_after_it_are_kept() -> None:
    assert numbers(0, 0, lists=one_level("decimal", "Điều %1:")) == ["Điều 1:", "Điều 2:"]
    tight = one_level("decimal", "(%1)", more='<w:suff w:val="nothing"/>')
    assert lines_of(p("x", number=(1, 0)), numbering=tight) == ["(1)x"]


def test_a_hidden_number_is_not_printed() -> None:
    hidden = '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:lvlText w:val="%1."/>'
    hidden += "<w:rPr><w:vanish/></w:rPr></w:lvl></w:abstractNum>"
    assert numbers(0, lists=hidden + num(1, 0)) == [""]


def test_a_level_may_go_on_counting_over_its_headings() -> None:
    steady = level(1, "decimal", "%2.", more='<w:lvlRestart w:val="0"/>')
    lists = definition(0, level(0, "upperRoman", "%1."), steady) + num(1, 0)
    assert numbers(0, 1, 0, 1, lists=lists) == ["I.", "1.", "II.", "2."]


def test_a_level_may_begin_again_only_under_a_higher_heading() -> None:
    rare = level(2, "decimal", "%3.", more='<w:lvlRestart w:val="1"/>')
    both = level(0, "upperLetter", "%1."), level(1, "upperRoman", "%2.")
    lists = definition(0, *both, rare) + num(1, 0)
    read = numbers(0, 1, 2, 1, 2, 0, 1, 2, lists=lists)
    assert [read[at] for at in (2, 4, 7)] == ["1.", "2.", "1."]


def test_a_skipped_level_counts_as_begun() -> None:
    assert numbers(1, 1, 0) == ["1.", "2.", "II."]


def test_lists_of_one_definition_go_on_from_each_other() -> None:
    lists = ROMAN_ARABIC_LETTER + num(1, 0) + num(2, 0)
    assert listed((1, 0), (2, 0), (1, 0), lists=lists) == ["I.", "II.", "III."]


def test_a_list_told_to_begin_anew_does_so_once() -> None:
    lists = ROMAN_ARABIC_LETTER + num(1, 0) + num(2, 0, restart(0, 3))
    assert listed((1, 0), (2, 0), (2, 0), (1, 0), lists=lists) == ["I.", "III.", "IV.", "V."]


def test_a_list_may_replace_a_level_of_its_definition() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "lowerLetter", "%1)")}</w:lvlOverride>'
    lists = ROMAN_ARABIC_LETTER + num(1, 0, own)
    assert numbers(0, 1, lists=lists) == ["a)", "1."]


def test_a_definition_may_point_to_a_list_style() -> None:
    pointer = definition(5, more='<w:numStyleLink w:val="Muc"/>')
    named = style("Muc", kind="numbering", properties='<w:numPr><w:numId w:val="1"/></w:numPr>')
    lists = ONE_LIST + pointer + num(2, 5)
    assert lines_of(p("x", number=(2, 0)), numbering=lists, styles=named) == ["I. x"]


def test_a_style_numbers_its_paragraphs() -> None:
    linked = definition(
        0,
        level(0, "upperRoman", "%1.", more='<w:pStyle w:val="Muc"/>'),
        level(1, "decimal", "%2.", more='<w:pStyle w:val="Viec"/>'),
    )
    in_list = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    styles = style("Muc", properties=in_list) + style("Viec", properties=in_list)
    styles += style("Rieng", based_on="Viec")
    body = [p("x", style=name) for name in ("Muc", "Viec", "Rieng", "Muc")]
    read = lines_of(*body, styles=styles, numbering=linked + num(1, 0))
    assert read == ["I. x", "1. x", "2. x", "II. x"]


def test_a_style_may_say_the_level_itself_and_a_paragraph_may_leave_the_list() -> None:
    second = style("Viec", properties='<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>')
    body = [p("x", style="Viec"), p("y", style="Viec", number=(0, 0)), p("z", style="Viec")]
    assert lines_of(*body, styles=second, numbering=ONE_LIST) == ["1. x", "y", "2. z"]


def test_a_blank_numbered_paragraph_is_counted_but_is_no_block() -> None:
    body = [p("a", number=(1, 0)), p(number=(1, 0)), p("b", number=(1, 0))]
    assert lines_of(*body, numbering=ONE_LIST) == ["I. a", "III. b"]


def test_only_the_first_line_of_a_paragraph_has_the_number() -> None:
    assert lines_of(p("a\nb", number=(1, 0)), numbering=ONE_LIST) == ["I. a", "b"]


def test_a_deleted_paragraph_is_not_counted() -> None:
    struck = "<w:rPr><w:del w:id='1'/></w:rPr>"
    body = [p(number=(1, 0), more=struck), p("b", number=(1, 0))]
    assert lines_of(*body, numbering=ONE_LIST) == ["I. b"]


def test_a_column_of_numbers_in_a_table_is_counted() -> None:
    first = tc(p(number=(1, 0)))
    table = tbl(*(tr(first, words) for words in ("a", "b")))
    assert lines_of(table, numbering=one_level("decimal")) == ["1. | a", "2. | b"]


def test_a_header_does_not_disturb_the_count_of_the_text() -> None:
    contents = contents_of(
        docx(p("b", number=(1, 0)), header1=p("a", number=(1, 0)), numbering=ONE_LIST)
    )
    assert texts([*contents.dropped, *contents.blocks]) == ["I. a", "I. b"]


@pytest.mark.parametrize("lists", ["", num(1, 7), one_level("decimal", "%9"), num(1, 0)])
def test_a_list_that_is_not_defined_numbers_nothing(lists: str) -> None:
    assert lines_of(p("x", number=(1, 0)), numbering=lists) == ["x"]


def test_numbers_beyond_all_reason_are_no_trap() -> None:
    assert lines_of(p("x", number=(1, 99)), numbering=ONE_LIST)[0].endswith("x")
    huge = one_level("upperRoman", start=999_999_999)
    assert numbers(0, lists=huge) == ["999999999."]
    assert lines_of(p("x", number=(9**20, 0)), numbering=ONE_LIST) == ["x"]


@pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")
def test_libreoffice_prints_the_same_numbers(tmp_path: Path) -> None:
    lists = ROMAN_ARABIC_LETTER + num(1, 0) + num(2, 0, restart(0, 1) + restart(1, 1))
    lists += definition(1, level(0, "upperLetter", "%1."), level(1, "decimal", "%1.%2."))
    levels = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 2), (1, 1), (3, 1), (3, 0), (3, 1)]
    levels += [(2, 0), (2, 1), (2, 0), (2, 1), (1, 1), (3, 0), (3, 1)]
    data = docx(*(p(f"việc {at}", number=at) for at in levels), numbering=lists + num(3, 1))
    assert texts(contents_of(data).blocks) == printed_by_libreoffice(data, tmp_path)


def printed_by_libreoffice(data: bytes, folder: Path) -> list[str]:
    (folder / "a.docx").write_bytes(data)
    words = [
        "soffice",
        f"-env:UserInstallation={folder.as_uri()}/profile",
        *("--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir"),
        str(folder),
        str(folder / "a.docx"),
    ]
    subprocess.run(words, check=True, capture_output=True, timeout=120)
    lines = (folder / "a.txt").read_text(encoding="utf-8-sig").split("\n")
    return [" ".join(line.split()) for line in lines if line.strip()]
