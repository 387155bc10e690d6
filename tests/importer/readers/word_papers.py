"""A tiny language for Word papers: paragraphs, lists and tables as raw parts of a .docx."""

import io
import re
import zipfile
from collections.abc import Callable, Iterable
from xml.sax.saxutils import escape, quoteattr

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE

from tests.importer.papers import PROGRAMME
from tracker.importer.blocks import Block, Contents, File, Table
from tracker.importer.readers import word

NAMESPACES = " ".join(
    f'xmlns:{name}="{address}"'
    for name, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KINDS = {
    "styles": (RELATIONSHIP_TYPE.STYLES, CONTENT_TYPE.WML_STYLES),
    "numbering": (RELATIONSHIP_TYPE.NUMBERING, CONTENT_TYPE.WML_NUMBERING),
    "header": (RELATIONSHIP_TYPE.HEADER, CONTENT_TYPE.WML_HEADER),
    "footer": (RELATIONSHIP_TYPE.FOOTER, CONTENT_TYPE.WML_FOOTER),
    "footnotes": (RELATIONSHIP_TYPE.FOOTNOTES, CONTENT_TYPE.WML_FOOTNOTES),
}
_ROOTS = {"header": "hdr", "footer": "ftr"}


def docx(*body: str, sections: str = "", **parts: str) -> bytes:
    """A .docx of these blocks; further parts by kind (styles, numbering, header1, footer …).

    A part is named in the document by its own name: <w:headerReference r:id="header1"/>.
    """
    files = {"word/document.xml": _root("document", f"<w:body>{''.join(body)}{sections}</w:body>")}
    files |= {f"word/{name}.xml": _root(_root_of(name), inner) for name, inner in parts.items()}
    files["word/_rels/document.xml.rels"] = _relations(
        *(_relation(name, _KINDS[_kind(name)][0], f"{name}.xml") for name in parts)
    )
    files["_rels/.rels"] = _relations(
        _relation("d", RELATIONSHIP_TYPE.OFFICE_DOCUMENT, "word/document.xml")
    )
    files["[Content_Types].xml"] = _content_types(parts)
    return packed({name: text.encode() for name, text in files.items()})


def packed(files: dict[str, bytes]) -> bytes:
    """These files in one package."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return data.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _kind(name: str) -> str:
    return name.rstrip("0123456789")


def _root_of(name: str) -> str:
    return _ROOTS.get(_kind(name), _kind(name))


def _root(tag: str, inner: str) -> str:
    return f"<w:{tag} {NAMESPACES}>{inner}</w:{tag}>"


def _relation(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>'


def _relations(*rows: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(rows)}</Relationships>'


def _content_types(parts: dict[str, str]) -> str:
    kinds = {"document": CONTENT_TYPE.WML_DOCUMENT_MAIN}
    kinds |= {name: _KINDS[_kind(name)][1] for name in parts}
    rows = (
        f'<Override PartName="/word/{name}.xml" ContentType="{kind}"/>'
        for name, kind in kinds.items()
    )
    usual = (
        f'<Default Extension="rels" ContentType="{CONTENT_TYPE.OPC_RELATIONSHIPS}"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    return f'<Types xmlns="{_PACKAGE}/content-types">{usual}{"".join(rows)}</Types>'


def r(text: str, *, marks: str = "", font: str = "") -> str:
    """A run of text; marks are switches such as "b i vanish"; a line feed is a line break."""
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>' if font else ""
    switches = "".join(f"<w:{mark}/>" for mark in marks.split())
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r><w:rPr>{fonts}{switches}</w:rPr>{'<w:br/>'.join(lines)}</w:r>"


def p(*runs: str, style: str = "", number: tuple[int, int] | None = None, more: str = "") -> str:
    """A paragraph; plain words become a run. `number` is a list's id and level."""
    named = f"<w:pStyle w:val={quoteattr(style)}/>" if style else ""
    numbered = (
        f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>'
        if number
        else ""
    )
    inner = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p><w:pPr>{named}{numbered}{more}</w:pPr>{inner}</w:p>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def tr(*cells: str, more: str = "") -> str:
    return f"<w:tr><w:trPr>{more}</w:trPr>{''.join(map(tc_if_plain, cells))}</w:tr>"


def tc(*blocks: str, more: str = "") -> str:
    """A cell; words are its paragraphs."""
    inner = "".join(block if block.startswith("<") else p(block) for block in blocks)
    return f"<w:tc><w:tcPr>{more}</w:tcPr>{inner}</w:tc>"


def tc_if_plain(cell: str) -> str:
    return cell if cell.startswith(("<w:tc>", "<w:sdt>")) else tc(cell)


def sdt(inner: str) -> str:
    """A content control around whatever stands in it."""
    properties = '<w:sdtPr><w:alias w:val="ô"/></w:sdtPr>'
    return f"<w:sdt>{properties}<w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def box(*blocks: str) -> str:
    """A text box as Word saves it: once for itself and once for older programs."""
    inner = f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>"
    new = (
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{inner}</wps:txbx></w:drawing></mc:Choice>'
    )
    old = f"<mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict></mc:Fallback>"
    return f"<w:r><mc:AlternateContent>{new}{old}</mc:AlternateContent></w:r>"


def level(at: int, form: str, text: str, *, more: str = "", start: int = 1) -> str:
    """One level of a list, counting in a form such as "upperRoman" and printing "%1."."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f"<w:lvlText w:val={quoteattr(text)}/></w:lvl>"
    )


def definition(at: int, *levels: str, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{at}">{more}{"".join(levels)}</w:abstractNum>'


def num(at: int, of: int, more: str = "") -> str:
    """The list of that id, of that definition."""
    return f'<w:num w:numId="{at}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def restart(at: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def style(
    at: str, *, based_on: str = "", properties: str = "", run: str = "", kind: str = ""
) -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="{kind or "paragraph"}" w:styleId="{at}"><w:name w:val="{at}"/>{base}'
        f"<w:pPr>{properties}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


# The sample's list as a typist sets it: "A." above "I." above "1.", and dashes for Nơi nhận.
_LISTS = "".join(
    [
        definition(
            0,
            level(0, "upperLetter", "%1."),
            level(1, "upperRoman", "%2."),
            level(2, "decimal", "%3."),
        ),
        definition(1, level(0, "bullet", "\uf02d")),
        num(1, 0),
        num(2, 0, restart(1, 3)),
        num(3, 1),
    ]
)
_LEVELS = (r"[A-H]\. ", r"[IVX]+\. ", r"\d+\. ")
_SetRun = Callable[..., str]


def sample_as_docx(set_run: _SetRun = r) -> bytes:
    """The real programme as an office types it in Word: every number counted by Word itself.

    `set_run` makes a run of words and marks, for other fonts than Unicode ones.
    """
    source = PROGRAMME.read_text(encoding="utf-8").replace("kinh tế\n\n- xã", "kinh tế - xã")
    above, below = source.split("#### **Nơi nhận:**")
    number, issued, title, *body = (line for line in above.split("\n") if line.strip())
    return docx(
        _two_columns(
            set_run,
            ["ỦY BAN NHÂN DÂN", "TỈNH BẮC NINH", number],
            ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", issued],
        ),
        p(set_run(title.strip("# ").replace("TÁC ", "TÁC\n"), marks="b")),
        *_body(body, set_run),
        _closing(below, set_run),
        numbering=_LISTS,
    )


def _two_columns(set_run: _SetRun, *columns: list[str]) -> str:
    return tbl(tr(*(tc(*(p(set_run(line)) for line in column)) for column in columns)))


def _body(lines: list[str], set_run: _SetRun) -> list[str]:
    # Section II is missing in the sample: the typist told Word to begin a new list at III.
    third = next(at for at, line in enumerate(lines) if "**III." in line)
    return [_sample_line(line, set_run, 1 + (at >= third)) for at, line in enumerate(lines)]


def _sample_line(line: str, set_run: _SetRun, list_id: int) -> str:
    bare = line.strip("#* ")
    found = next((at for at, shape in enumerate(_LEVELS) if re.match(shape, bare)), None)
    marks = "b" if line.startswith(("#", "**")) else ""
    number = None if found is None else (list_id, found)
    words = bare if found is None else bare.partition(" ")[2]
    parts = words.replace("*", "").partition(re.findall(r"\*(.+?)\*|$", words)[0] or "\0")
    runs = (
        set_run(part, marks=marks or how) for part, how in zip(parts, ("", "i", ""), strict=True)
    )
    return p(*(run for part, run in zip(parts, runs, strict=True) if part), number=number)


def _closing(below: str, set_run: _SetRun) -> str:
    recipients, signature = below.split("**TL.")
    lines = [line[2:] for line in recipients.split("\n") if line.startswith("- ")]
    left = [p(set_run("Nơi nhận:", marks="b i")), *(p(set_run(x), number=(3, 0)) for x in lines)]
    right = [p(set_run(line.strip("* "))) for line in f"TL.{signature}".split("\n") if line.strip()]
    # Word ends every document with a paragraph.
    return tbl(tr(tc(*left), tc(*right))) + p()


def lines_of(*body: str, sections: str = "", **parts: str) -> list[str]:
    """What is read from a .docx of these blocks: a text for each paragraph and table row."""
    return texts(contents_of(docx(*body, sections=sections, **parts)).blocks)


def contents_of(data: bytes) -> Contents:
    return word.read(File("a.docx", data))


def texts(blocks: Iterable[Block]) -> list[str]:
    """Paragraphs as they are, rows with a bar between the cells."""
    return [text for block in blocks for text in _texts(block)]


def _texts(block: Block) -> list[str]:
    if isinstance(block, Table):
        return [" | ".join(row.cells) for row in block.rows]
    return [block.text]
