"""Files that nobody means well with, or that have come to harm: made here, none is kept."""

import io
import struct
import zipfile
import zlib
from itertools import count

from tests.importer.papers import paper
from tests.importer.readers.word_papers import docx, p, packed, tbl, tc, tr, unpacked

GOOD = paper("A. NHIỆM VỤ TRỌNG TÂM", "1. Việc thứ nhất. (Sở Tài chính chuẩn bị)")
LINES = GOOD.split("\n\n")
_MEGABYTE = 1024 * 1024
_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def good_docx(*more: str, **parts: str) -> bytes:
    """A programme of one item, and whatever else stands below it."""
    return docx(*map(p, LINES), *more, **parts)


def with_parts(data: bytes, **parts: bytes) -> bytes:
    """A package with some of its parts replaced; "/" is written "__", and no name has a dot."""
    named = {name.replace("__", "/") + ".xml": content for name, content in parts.items()}
    return packed(unpacked(data) | named)


def good_xlsx(*rows: tuple[str, ...], below: str = "", **parts: bytes) -> bytes:
    """A workbook of one sheet; `below` is what follows the rows in its XML."""
    table = [("TT", "Nội dung", "Cơ quan chủ trì"), ("1", "Việc thứ nhất", "Sở Tài chính"), *rows]
    lines = ((LINES[0],), *table)
    cells = ("".join(f'<c t="inlineStr"><is><t>{x}</t></is></c>' for x in row) for row in lines)
    sheet = "".join(f"<row>{row}</row>" for row in cells)
    return xlsx(f"<sheetData>{sheet}</sheetData>{below}", **parts)


def xlsx(sheet: str, **parts: bytes) -> bytes:
    """A workbook whose only sheet is this XML; further parts as in `with_parts`."""
    files = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats'
            '-officedocument.spreadsheetml.sheet.main+xml"/>'
            '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.'
            'openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
        ),
        "_rels/.rels": _relation("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": (
            f'<workbook xmlns="{_SHEETS}" xmlns:r="{_RELATIONS}"><sheets>'
            '<sheet name="Tháng 2" sheetId="1" r:id="r1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _relation("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_SHEETS}">{sheet}</worksheet>',
    }
    return with_parts(packed({name: text.encode() for name, text in files.items()}), **parts)


def _relation(kind: str, target: str) -> str:
    row = f'<Relationship Id="r1" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_PACKAGE}">{row}</Relationships>'


def zip_bomb(megabytes: int = 600) -> bytes:
    """A small package whose document unfolds to hundreds of megabytes of spaces."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package,
        package.open("word/document.xml", "w") as part,
    ):
        for _ in range(megabytes):
            part.write(b" " * _MEGABYTE)
    return out.getvalue()


def nested_bomb() -> bytes:
    """A package in a package in a package."""
    inner = zip_bomb(10)
    for _ in range(3):
        inner = packed({"word/document.xml": b"<x/>", "word/embeddings/a.docx": inner})
    return inner


def lying_bomb() -> bytes:
    """A bomb whose directory claims that the document has a thousand bytes."""
    bomb = bytearray(zip_bomb(100))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = bomb.index(mark) + at
        struct.pack_into("<I", bomb, place, 1000)
    return bytes(bomb)


def odd_packing() -> bytes:
    """A package squeezed in a way that unfolds without measure."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as package:
        package.writestr("word/document.xml", b" " * 50 * _MEGABYTE)
    return out.getvalue()


def many_parts() -> bytes:
    return packed(
        {f"word/{number}.xml": b"" for number in range(6000)} | {"word/document.xml": b""}
    )


def laughing(root: str = "w:document") -> bytes:
    """A thousand million laughs in ten lines."""
    lines = [f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)]
    inside = f"<!DOCTYPE d [<!ENTITY l0 'ha'>{''.join(lines)}]>"
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return f'{inside}<{root} xmlns:w="{space}" xmlns="{_SHEETS}">&l9;</{root}>'.encode()


def prying(root: str = "w:document") -> bytes:
    """A document that asks for a file of the machine."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    inside = "<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
    words = f"<w:body><w:p><w:r><w:t>{LINES[0]} &x;</w:t></w:r></w:p></w:body>"
    return f'{inside}<{root} xmlns:w="{space}" xmlns="{_SHEETS}">{words}</{root}>'.encode()


def locked_zip() -> bytes:
    """A package with the flag of encryption on every part."""
    data = bytearray(good_docx())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = -1
        while (place := data.find(mark, place + 1)) >= 0:
            data[place + at] |= 1
    return bytes(data)


def deep_tables(depth: int) -> bytes:
    inner = p("1. Việc trong bảng")
    for _ in range(depth):
        inner = tbl(tr(tc(inner, p(""))))
    return good_docx(inner)


def compound(*streams: str, content: bytes = b"\x00" * 4096) -> bytes:
    """An old Office file: one folder of streams, each with the same content."""
    sectors = [content[at : at + 512].ljust(512, b"\0") for at in range(0, len(content), 512)]
    size, entries = len(sectors), [_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)]
    for number, name in enumerate(streams, start=1):
        right = number + 1 if number < len(streams) else 0xFFFFFFFF
        start = 1 + (number - 1) * size
        entries.append(_entry(name, 2, start, len(content), right=right))
    folder = b"".join(entries).ljust(-(-len(entries) // 4) * 512, b"\0")
    first = 1 + size * len(streams)
    chains = [0xFFFFFFFD]
    for number in range(len(streams)):
        start = 1 + number * size
        chains += [*range(start + 1, start + size), 0xFFFFFFFE]
    folders = len(folder) // 512
    chains += [*range(first + 1, first + folders), 0xFFFFFFFE]
    table = struct.pack(f"<{len(chains)}I", *chains).ljust(512, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, 1, first, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<I", 0).ljust(436, b"\xff")
    return head + table + b"".join(sectors) * len(streams) + folder


def _entry(
    name: str, kind: int, start: int, size: int, *, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF
) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    links = struct.pack("<BBIII", kind, 1, 0xFFFFFFFF, right, child)
    tail = struct.pack("<IQ", start, size)
    return written.ljust(64, b"\0") + struct.pack("<H", len(written)) + links + bytes(36) + tail


def pdf(*objects: str | bytes, root: int = 1, trailer: str = "") -> bytes:
    """A PDF of these numbered objects; the first is the catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, thing in enumerate(objects, start=1):
        places.append(len(out))
        inner = thing.encode() if isinstance(thing, str) else thing
        out += b"%d 0 obj\n%s\nendobj\n" % (number, inner)
    start = len(out)
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{rows}".encode()
    out += f"trailer\n<< /Root {root} 0 R /Size {len(places) + 1} {trailer} >>\n".encode()
    return bytes(out) + f"startxref\n{start}\n%%EOF\n".encode()


def stream(content: bytes, facts: str = "", *, packed_in: bool = False) -> bytes:
    body = zlib.compress(content, 9) if packed_in else content
    how = "/Filter /FlateDecode" if packed_in else ""
    return b"<< /Length %d %s %s >>\nstream\n%s\nendstream" % (
        len(body), how.encode(), facts.encode(), body,
    )  # fmt: skip


FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>"
WORDS = b"BT /F 12 Tf 72 700 Td (CHUONG TRINH CONG TAC thang 2 nam 2026) Tj ET"


def pages_pdf(pages: int, *, box: str = "0 0 595 842", content: bytes = WORDS) -> bytes:
    """So many pages that all print the same words."""
    numbers = count(5)
    kids = " ".join(f"{next(numbers)} 0 R" for _ in range(pages))
    page = (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 3 0 R "
        "/Resources << /Font << /F 4 0 R >> >> >>"
    )
    folder = f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>"
    catalogue = "<< /Type /Catalog /Pages 2 0 R >>"
    return pdf(catalogue, folder, stream(content), FONT, *[page] * pages)


def locked_pdf() -> bytes:
    """A PDF that opens with a password that nobody gave."""
    secret = "<" + "5a" * 32 + ">"
    lock = f"<< /Filter /Standard /V 1 /R 2 /O {secret} /U {secret} /P -4 >>"
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    folder = "<< /Type /Pages /Kids [4 0 R] /Count 1 >>"
    ids = f"/Encrypt 3 0 R /ID [{secret} {secret}]"
    return pdf("<< /Type /Catalog /Pages 2 0 R >>", folder, lock, page, trailer=ids)


def forms_in_themselves() -> bytes:
    """A page that prints a form that prints itself, twice, and a form that prints that."""
    page = (
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /XObject << /X 5 0 R >> >> >>"
    )
    own = "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {} 0 R >> >>"
    return pdf(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page,
        stream(b"/X Do /X Do"),
        stream(b"/X Do /X Do " * 50, own.format(6)),
        stream(b"/X Do /X Do " * 50, own.format(5)),
    )


def doubling_forms(depth: int = 40) -> bytes:
    """Forms that each print the next one ten times: 10 to the fortieth at the bottom."""
    own = "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {} 0 R >> >>"
    page = (
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /XObject << /X 5 0 R >> >> >>"
    )
    forms = [stream(b"/X Do " * 10, own.format(number + 6)) for number in range(depth)]
    return pdf(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page,
        stream(b"/X Do"),
        *forms,
        stream(b"0 0 1 1 re f"),
    )


def pages_in_a_ring() -> bytes:
    """A folder of pages that holds itself."""
    folder = "<< /Type /Pages /Kids [2 0 R] /Count 1000000 /Parent 2 0 R >>"
    return pdf("<< /Type /Catalog /Pages 2 0 R >>", folder)


def swollen_pdf(megabytes: int = 500) -> bytes:
    """A page whose few kilobytes unfold to half a gigabyte of drawing."""
    squeeze = zlib.compressobj(9)
    body = b"".join(squeeze.compress(b"0 0 m " * 170_000) for _ in range(megabytes))
    body += squeeze.flush()
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"
    head = f"<< /Length {len(body)} /Filter /FlateDecode >>\nstream\n".encode()
    return pdf(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page,
        head + body + b"\nendstream",
    )


def png(width: int, height: int) -> bytes:
    """A picture of one colour: few bytes, however many pixels it claims."""
    squeeze = zlib.compressobj(9)
    row = b"\0" + bytes(-(-width // 8))
    rows = b"".join(squeeze.compress(row) for _ in range(height)) + squeeze.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    check = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)
