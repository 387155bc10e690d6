"""What surrounds a Word text: its margins, its package, and files made to do harm."""

import random

import pytest

from tests.importer.readers.word_papers import (
    NAMESPACES,
    contents_of,
    docx,
    p,
    packed,
    r,
    sample_as_docx,
    tbl,
    tc,
    texts,
    tr,
    unpacked,
)
from tracker.errors import Unreadable
from tracker.importer.readers.choose import read_bytes

HEAD = tbl(tr(tc("UBND TỈNH BẮC NINH", "Số: 12/CTr-UBND"), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"))
FIRST_PAGE = (
    '<w:sectPr><w:headerReference w:type="default" r:id="header1"/>'
    '<w:headerReference w:type="first" r:id="header2"/>{}</w:sectPr>'
)
TITLE_PAGE = FIRST_PAGE.format("<w:titlePg/>")


def changed(data: bytes, name: str, old: str, new: str) -> bytes:
    """The package with some words of one part changed; something must be there to change."""
    files = unpacked(data)
    assert old.encode() in files[name]
    return packed(files | {name: files[name].replace(old.encode(), new.encode())})


def refusal(data: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        contents_of(data)
    return refused.value.code


def test_headers_and_footers_stand_apart_from_the_text() -> None:
    contents = contents_of(docx(p("Việc"), header1=p("Trang 2"), footer1=tbl(tr("Lưu", "VT"))))
    assert texts(contents.blocks) == ["Việc"]
    assert texts(contents.dropped) == ["Trang 2", "Lưu", "VT"]


def test_a_stamp_of_secrecy_in_a_header_or_box_is_seen() -> None:
    with pytest.raises(Unreadable) as refused:
        read_bytes("a.docx", docx(p("Việc"), header1=p("TỐI MẬT")))
    assert refused.value.code == "file.secret"


def test_a_letterhead_in_the_first_pages_header_comes_first() -> None:
    contents = contents_of(docx(p("Việc"), sections=TITLE_PAGE, header1=p("Trang"), header2=HEAD))
    assert texts(contents.blocks)[0].startswith("UBND TỈNH BẮC NINH\nSố: 12")
    assert (texts(contents.blocks)[1:], texts(contents.dropped)) == (["Việc"], ["Trang"])


@pytest.mark.parametrize(
    ("body", "sections"), [(HEAD, TITLE_PAGE), (p("Việc"), FIRST_PAGE.format("")), (p("Việc"), "")]
)
def test_a_header_is_no_letterhead_when_the_body_has_one_or_the_first_page_another(
    body: str, sections: str
) -> None:
    contents = contents_of(docx(body, sections=sections, header1=p("Trang"), header2=HEAD))
    assert len(contents.blocks) == 1
    assert "Trang" in texts(contents.dropped)


def test_every_place_in_body_and_margins_is_another() -> None:
    contents = contents_of(docx(p("a"), sections=TITLE_PAGE, header1=p("b"), header2=HEAD))
    places = [one.where.paragraph for one in (*contents.blocks, *contents.dropped)]
    assert places == [1, 2, 3]


def test_strict_open_xml_is_read_like_the_usual_one() -> None:
    files = unpacked(docx(p("Việc")))
    usual = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    assert texts(
        contents_of(packed({n: c.replace(usual, strict) for n, c in files.items()})).blocks
    )


def test_the_document_is_found_under_whatever_name_the_package_gives_it() -> None:
    files = unpacked(changed(docx(p("Việc")), "_rels/.rels", "document.xml", "document2.xml"))
    files["word/document2.xml"] = files.pop("word/document.xml")
    files["word/_rels/document2.xml.rels"] = files.pop("word/_rels/document.xml.rels")
    assert texts(read_bytes("a.docx", packed(files)).blocks) == ["Việc"]


def test_dead_links_to_pictures_and_links_outside_are_left_alone() -> None:
    dead = '<Relationship Id="x" Type="t/image" Target="../NULL"/>'
    outside = '<Relationship Id="header1" Type="t/header" Target="http://127.0.0.1:9/h.xml"'
    links = f'{dead}{outside} TargetMode="External"/></Relationships>'
    data = changed(docx(p("Việc")), "word/_rels/document.xml.rels", "</Relationships>", links)
    assert texts(contents_of(data).blocks) == ["Việc"]


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "word/numbering.xml"])
@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE x [<!ENTITY a "b">]>',
        '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    ],
)
def test_a_part_that_declares_entities_is_refused(part: str, declaration: str) -> None:
    files = unpacked(docx(p("Việc"), styles="", numbering=""))
    assert texts(contents_of(packed(files)).blocks) == ["Việc"]
    assert refusal(packed(files | {part: declaration.encode() + files[part]})) == "file.damaged"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8"])
def test_entities_are_refused_in_every_encoding(encoding: str) -> None:
    bomb = (
        f'<!DOCTYPE x [<!ENTITY a "b">]><w:document {NAMESPACES}><w:body>&a;</w:body></w:document>'
    )
    text = f'<?xml version="1.0" encoding="{encoding}"?>{bomb}'
    files = unpacked(docx(p("Việc"))) | {"word/document.xml": text.encode(encoding)}
    assert refusal(packed(files)) == "file.damaged"


@pytest.mark.parametrize(
    ("old", "new"),
    [("</w:body>", ""), ("w:body", "w:nothing"), ("<w:p>", "<w:p a='"), ("<w:t ", "<w:t \x01")],
)
def test_broken_parts_are_refused(old: str, new: str) -> None:
    assert refusal(changed(docx(p("Việc")), "word/document.xml", old, new)) == "file.damaged"


def test_a_missing_part_is_refused() -> None:
    files = unpacked(docx(p("Việc"), styles=""))
    del files["word/styles.xml"]
    assert refusal(packed(files)) == "file.damaged"


@pytest.mark.parametrize(
    ("depth", "outcome"), [(10, "read"), (200, "file.damaged"), (5_000, "file.damaged")]
)
def test_nesting_without_end_is_refused(depth: int, outcome: str) -> None:
    table = tbl(tr("a", "b"))
    for _ in range(min(depth, 300)):
        table = tbl(tr(tc(table, p()), "c"))
    assert outcome_of(docx(table)) == outcome
    tags = "<w:smartTag>" * depth + r("Việc") + "</w:smartTag>" * depth
    assert outcome_of(docx(p(tags))) in ("read", outcome)


@pytest.mark.parametrize("seed", range(150))
def test_a_damaged_file_is_refused_and_nothing_worse(seed: int) -> None:
    assert outcome_of(mutated(sample_as_docx(), seed)) in ("read", "file.damaged")


def mutated(data: bytes, seed: int) -> bytes:
    """Some bytes of one part changed, or of the package itself."""
    chance = random.Random(seed)  # noqa: S311 - the same damage each time
    files = unpacked(data)
    name = chance.choice([*files, ""])
    broken = bytearray(files[name] if name else data)
    for _ in range(chance.randint(1, 8)):
        broken[chance.randrange(len(broken))] = chance.choice(b'<>"/&%:0129aw \x00\xff')
    return packed(files | {name: bytes(broken)}) if name else bytes(broken)


def outcome_of(data: bytes) -> str:
    try:
        contents_of(data)
    except Unreadable as refused:
        return refused.code
    return "read"
