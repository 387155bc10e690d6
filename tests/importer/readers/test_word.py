"""What is printed in a Word document's paragraphs, in order, and nothing that is not printed."""

import pytest

from tests.importer.readers.word_papers import (
    box,
    contents_of,
    docx,
    lines_of,
    p,
    r,
    sdt,
    style,
    tbl,
    tr,
)
from tracker.importer.blocks import Heading, Paragraph, Table


def paragraphs(*body: str, **parts: str) -> list[Paragraph]:
    return [one for one in contents_of(docx(*body, **parts)).blocks if isinstance(one, Paragraph)]


def deleted(*runs: str) -> str:
    """Runs that a reviser struck out."""
    words = "".join(runs).replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
    return f'<w:del w:id="1" w:author="An">{words}</w:del>'


def inserted(*runs: str) -> str:
    return f'<w:ins w:id="2" w:author="An">{"".join(runs)}</w:ins>'


def field(instruction: str, result: str) -> str:
    """A field as Word saves it: what to compute, and what it gave."""
    parts = [
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>",
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' if result else "",
        result,
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    ]
    return "".join(parts)


def test_paragraphs_and_tables_come_in_the_order_of_the_document() -> None:
    blocks = contents_of(docx(p("Trước"), tbl(tr("a", "b"), tr("c", "d")), p("Sau"))).blocks
    assert [type(block) for block in blocks] == [Paragraph, Table, Paragraph]
    assert lines_of(p("Trước"), tbl(tr("a", "b")), p("Sau")) == ["Trước", "a | b", "Sau"]


def test_a_blank_paragraph_is_no_block() -> None:
    assert lines_of(p(), p("  "), p("Việc"), p(r("\n"))) == ["Việc"]


def test_every_block_has_a_place_of_its_own() -> None:
    blocks = contents_of(docx(p("a\nb"), tbl(tr("c", "d"), tr("e", "f")), p("g"))).blocks
    assert [block.where.paragraph for block in blocks] == [1, 2, 3, 4]
    table = next(block for block in blocks if isinstance(block, Table))
    assert [(row.where.paragraph, row.where.row) for row in table.rows] == [(3, 1), (3, 2)]


def test_words_split_over_runs_are_whole() -> None:
    assert lines_of(p(r("Sở T"), r("ài ch", marks="b"), r("ính"))) == ["Sở Tài chính"]


def test_a_line_break_continues_the_paragraph_and_a_page_break_does_not() -> None:
    page = '<w:r><w:t>c </w:t><w:br w:type="page"/><w:t>d</w:t></w:r>'
    read = paragraphs(p("a\nb"), p(page))
    assert [(one.text, one.continues) for one in read] == [
        ("a", False),
        ("b", True),
        ("c d", False),
    ]


@pytest.mark.parametrize(
    ("inside", "printed"),
    [
        ("<w:t>a</w:t><w:tab/><w:t>b</w:t>", "a b"),
        ("<w:t>2026</w:t><w:noBreakHyphen/><w:t>2030</w:t>", "2026-2030"),
        ("<w:t>chương</w:t><w:softHyphen/><w:t>trình\u00ad</w:t>", "chươngtrình"),
        ("<w:t>Sở\u00a0Y\u00a0tế</w:t>", "Sở Y tế"),
        ('<w:sym w:font="Symbol" w:char="F0B7"/><w:t> việc</w:t>', "• việc"),
        ('<w:sym w:font="Symbol" w:char="F0B3"/><w:t>95%</w:t>', "≥95%"),
        ('<w:sym w:font="Wingdings" w:char="hỏng"/><w:t>x</w:t>', "•x"),
        ("<w:t>\uf0b7 việc</w:t>", "• việc"),
        ("<w:t>so\u031b\u0309</w:t>", "sở"),
        ("<w:t>hoà, hòa, uỷ</w:t>", "hoà, hòa, uỷ"),
        ("<w:t>dòng\nmới</w:t>", "dòng mới"),
        ('<w:t>x</w:t><w:footnoteReference w:id="1"/>', "x"),
    ],
)
def test_signs_are_read_as_printed(inside: str, printed: str) -> None:
    assert lines_of(p(f"<w:r>{inside}</w:r>")) == [printed]


def test_what_was_inserted_stands_and_what_was_deleted_is_gone() -> None:
    moved = f"<w:moveFrom>{r('cũ')}</w:moveFrom><w:moveTo>{r('mới')}</w:moveTo>"
    assert lines_of(p(r("Sở "), deleted(r("Nội vụ")), inserted(r("Y tế")))) == ["Sở Y tế"]
    assert lines_of(p(moved)) == ["mới"]
    assert lines_of(p(inserted(deleted(r("nháp"))))) == []


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    struck = "<w:rPr><w:del w:id='3'/></w:rPr>"
    assert lines_of(p("Sở ", more=struck), p("Y tế"), p("Hết")) == ["Sở Y tế", "Hết"]
    assert lines_of(p(deleted(r("cả đoạn")), more=struck), p("Còn lại")) == ["Còn lại"]
    assert lines_of(p("Cuối", more=struck)) == ["Cuối"]


def test_hidden_text_is_not_read() -> None:
    hidden = style("An", run="<w:vanish/>")
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>hiện</w:t></w:r>'
    assert lines_of(p(r("a"), r("b", marks="vanish"))) == ["a"]
    assert lines_of(p("ẩn", style="An"), p(shown, style="An"), styles=hidden) == ["hiện"]


def test_of_a_field_only_the_result_is_read() -> None:
    simple = f'<w:fldSimple w:instr="DATE">{r("05/3/2026")}</w:fldSimple>'
    assert lines_of(p(field("DATE", r("05/3")), simple)) == ["05/305/3/2026"]
    assert lines_of(p(r("a"), field("XE mục", ""), r("b"))) == ["ab"]
    inner = field(f"IF </w:instrText></w:r>{field('X', r('1'))}<w:r><w:instrText>", r("kết quả"))
    assert lines_of(p(inner)) == ["kết quả"]


def test_a_field_that_never_ends_hides_no_further_paragraph() -> None:
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert lines_of(p(begun, r("mất")), p("Còn")) == ["Còn"]


@pytest.mark.parametrize(
    "wrapped",
    [
        sdt(p("Việc")),
        sdt(sdt(p("Việc"))),
        p(sdt(r("Việc"))),
        p(f"<w:hyperlink>{r('Việc')}</w:hyperlink>"),
        p(f"<w:smartTag>{r('Vi')}</w:smartTag>", r("ệc")),
        f"<w:customXml>{p('Việc')}</w:customXml>",
    ],
)
def test_content_controls_and_links_are_read(wrapped: str) -> None:
    assert lines_of(wrapped) == ["Việc"]


def test_a_text_box_is_read_once_before_its_paragraph() -> None:
    assert lines_of(p(box(p("DỰ THẢO"), p("Lần 2")), r("Việc"))) == ["DỰ THẢO", "Lần 2", "Việc"]
    inner = f"<v:textbox><w:txbxContent>{p('Hộp')}</w:txbxContent></v:textbox>"
    assert lines_of(p(f"<w:r><w:pict>{inner}</w:pict></w:r>")) == ["Hộp"]


def test_letters_drawn_as_art_are_read() -> None:
    drawn = '<w:r><w:pict><v:shape><v:textpath string="TỐI MẬT"/></v:shape></w:pict></w:r>'
    assert lines_of(p(drawn, r("Việc"))) == ["TỐI MẬT", "Việc"]


def test_footnotes_stand_apart_from_the_text() -> None:
    note = f'<w:footnote w:id="1">{p("Chú thích")}</w:footnote>'
    contents = contents_of(docx(p("Việc"), footnotes=note))
    assert [one.text for one in contents.blocks if isinstance(one, Paragraph)] == ["Việc"]
    assert [one.text for one in contents.dropped] == ["Chú thích"]


def test_a_table_of_contents_stands_apart_from_the_text() -> None:
    contents = contents_of(docx(p("A. Việc 1", style="toc 1"), p("Việc"), styles=style("toc 1")))
    assert [one.text for one in contents.dropped] == ["A. Việc 1"]
    assert len(contents.blocks) == 1


@pytest.mark.parametrize(
    ("line", "marks"),
    [
        (p(r("Việc", marks="b")), "b"),
        (p(r("Việc", marks="b i"), r(". ")), "b i"),
        (p(r("Vi", marks="b"), r("ệc")), ""),
        (p("Việc", style="Dam"), "b"),
        (p("Việc", style="Con"), "b i"),
        (p('<w:r><w:rPr><w:b w:val="false"/></w:rPr><w:t>Việc</w:t></w:r>', style="Dam"), ""),
        (p('<w:r><w:rPr><w:rStyle w:val="Chu"/></w:rPr><w:t>Việc</w:t></w:r>'), "i"),
    ],
)
def test_a_paragraph_is_bold_or_italic_when_all_of_it_is(line: str, marks: str) -> None:
    styles = style("Dam", run="<w:b/>") + style("Con", based_on="Dam", run="<w:i/>")
    (read,) = paragraphs(line, styles=styles + style("Chu", run="<w:i/>", kind="character"))
    assert (read.bold, read.italic) == ("b" in marks, "i" in marks)


def test_capitals_are_read_as_printed() -> None:
    assert lines_of(p(r("Nhiệm vụ", marks="caps"))) == ["NHIỆM VỤ"]


def test_headings_are_known_by_their_style_or_outline_level() -> None:
    outlined = style("De muc", properties='<w:outlineLvl w:val="1"/>')
    based = style("Rieng", based_on="heading 1")
    body = [p("a", style="heading 1"), p("b", style="De muc"), p("c", style="Rieng"), p("d")]
    direct = p("e", more='<w:outlineLvl w:val="0"/>')
    plain = p("f", style="De muc", more='<w:outlineLvl w:val="9"/>')
    read = paragraphs(*body, direct, plain, styles=style("heading 1") + outlined + based)
    assert [isinstance(one, Heading) for one in read] == [True, True, True, False, True, False]


def test_styles_based_on_each_other_in_a_ring_are_no_trap() -> None:
    ring = style("A", based_on="B") + style("B", based_on="A")
    assert lines_of(p("Việc", style="A"), styles=ring) == ["Việc"]
