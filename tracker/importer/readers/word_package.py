"""A .docx as a package: its parts, opened one by one, never anything outside the file."""

import io
import zipfile
from dataclasses import dataclass

from docx.opc.packuri import PACKAGE_URI, PackURI
from lxml import etree

Element = etree._Element  # noqa: SLF001 - lxml gives its type no other name

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = f"{{{_WORD}}}"
R_ID = f"{{{_RELATIONS}}}id"
# "Strict Open XML" says the same in other namespaces.
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": _WORD.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": _RELATIONS.encode(),
}


@dataclass(frozen=True)
class Relation:
    """A part that another part names: by which identifier, as what, and where it lies."""

    identifier: str
    kind: str
    part: PackURI


class Package:
    """The parts of one .docx."""

    def __init__(self, data: bytes) -> None:
        # The library's own loader opens every part, and fails on the dead links to pictures
        # that Word itself leaves behind.
        self._parts = zipfile.ZipFile(io.BytesIO(data))
        self._names = set(self._parts.namelist())

    def main_part(self) -> PackURI:
        """The document itself."""
        found = (one.part for one in self.relations(PACKAGE_URI) if one.kind == "officeDocument")
        return next(found, PackURI("/word/document.xml"))

    def xml(self, part: PackURI) -> Element:
        """The root of a part; raises ValueError for one that declares entities."""
        return _parsed(self._parts.read(part.membername))

    def related(self, part: PackURI, kind: str) -> Element | None:
        """The one part of that kind that this part names."""
        found = next((one.part for one in self.relations(part) if one.kind == kind), None)
        return self.xml(found) if found else None

    def relations(self, part: PackURI) -> list[Relation]:
        """What a part names inside the package; what lies outside is never followed."""
        rows = self.xml(part.rels_uri) if part.rels_uri.membername in self._names else ()
        return [
            Relation(
                row.get("Id", ""),
                row.get("Type", "").rpartition("/")[2],
                PackURI.from_rel_ref(part.baseURI, row.get("Target", "")),
            )
            for row in rows
            if row.get("TargetMode") != "External"
        ]


def _parsed(data: bytes) -> Element:
    for strict, usual in _STRICT.items():
        data = data.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(data, parser)
    # No word processor writes a document type; it only serves to smuggle entities in.
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("a part declares a document type")
    return root
