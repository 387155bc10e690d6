"""Harm that comes to files: bytes turned, ends lost, pieces doubled, parts and numbers spoilt."""

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable
from copy import deepcopy

from lxml import etree

Harm = Callable[[bytes, random.Random], bytes]
_STRANGE = (
    b"\x00", b"\xff" * 4, b"\x7f\xff\xff\xff", b"%s%n", b"<!DOCTYPE x>", b"&x;", b"../", b"]]>",
    b"\xef\xbb\xbf", "Ủy".encode(), b"(" * 50, b"\n" * 9, b"|" * 9, b"\x1b", b"' \"",
)  # fmt: skip
_NUMBERS = (b"0", b"-1", b"1", b"65536", b"99999999", b"4294967296", b"1e308", b"NaN", b"")
_VALUES = ("", "0", "-1", "99999999", "4294967296", "none", "NaN", "A1:XFD1048576", "rId1", "Ủy")
_WORDS = (None, "", " ", "0", "1e999", "-1", "I.", "46054", "Ủy ban " * 500, "(", "31/02/2026")
_TAG = re.compile(rb"<[^>]{1,400}>")
_NUMBER = re.compile(rb"\d+(?:\.\d+)?")


def harmed(data: bytes, chance: random.Random) -> bytes:
    """The file after one to six accidents of its kind."""
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        harms = _OF_PACKAGES if data.startswith(b"PK") else _OF_ANY
        data = chance.choice(harms)(data, chance)
    return data


def _place(data: bytes, chance: random.Random) -> int:
    return chance.randrange(len(data) + 1)


def _piece(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = _place(data, chance)
    return start, min(len(data), start + chance.choice((1, 2, 8, 64, 512, 4096)))


def turned(data: bytes, chance: random.Random) -> bytes:
    """Single bytes become others."""
    spoilt = bytearray(data)
    for _ in range(chance.choice((1, 2, 10, 100)) if data else 0):
        spoilt[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(spoilt)


def cut(data: bytes, chance: random.Random) -> bytes:
    """The end is lost."""
    return data[: _place(data, chance)]


def lost(data: bytes, chance: random.Random) -> bytes:
    """A piece is lost."""
    start, end = _piece(data, chance)
    return data[:start] + data[end:]


def doubled(data: bytes, chance: random.Random) -> bytes:
    """A piece stands several times."""
    start, end = _piece(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 2, 50)) + data[end:]


def moved(data: bytes, chance: random.Random) -> bytes:
    """A piece stands somewhere else."""
    start, end = _piece(data, chance)
    rest = data[:start] + data[end:]
    place = _place(rest, chance)
    return rest[:place] + data[start:end] + rest[place:]


def disturbed(data: bytes, chance: random.Random) -> bytes:
    """Something strange stands in the middle."""
    place = _place(data, chance)
    return data[:place] + chance.choice(_STRANGE) + data[place:]


def misnumbered(data: bytes, chance: random.Random) -> bytes:
    """A number is another, much larger or none."""
    numbers = list(_NUMBER.finditer(data))
    if not numbers:
        return turned(data, chance)
    one = chance.choice(numbers)
    return data[: one.start()] + chance.choice(_NUMBERS) + data[one.end() :]


def mistagged(data: bytes, chance: random.Random) -> bytes:
    """A tag is lost, doubled, or stands in the place of another."""
    tags = list(_TAG.finditer(data))
    if not tags:
        return turned(data, chance)
    one, other = chance.choice(tags), chance.choice(tags)
    new = chance.choice((b"", one[0] * 2, other[0]))
    return data[: one.start()] + new + data[one.end() :]


def in_the_tree(data: bytes, chance: random.Random) -> bytes:
    """An element of an XML part is lost, doubled, moved, revalued; the rest is whole."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError:
        return turned(data, chance)
    one, other = (chance.choice([*root.iter("*")]) for _ in "12")
    above = one.getparent()
    act = chance.choice(("lose", "double", "move", "revalue", "revalue", "say"))
    if act == "say":
        one.text = chance.choice(_WORDS)
    elif act == "revalue" and one.attrib:
        one.attrib[chance.choice([*one.attrib])] = chance.choice(_VALUES)
    elif act == "double":
        other.append(deepcopy(one))
    elif above is not None and one not in other.iterancestors() and one is not other:
        above.remove(one) if act == "lose" else other.append(one)
    return etree.tostring(root)


def in_a_stream(data: bytes, chance: random.Random) -> bytes:
    """A packed stream of a PDF is unpacked, harmed inside and packed again."""
    streams = list(re.finditer(rb"stream\r?\n(.*?)endstream", data, re.DOTALL))
    if not streams:
        return turned(data, chance)
    one = chance.choice(streams)
    try:
        inner = zlib.decompress(one[1])
    except zlib.error:
        return turned(data, chance)
    packed = zlib.compress(chance.choice(_OF_ANY[:-1])(inner, chance))
    return data[: one.start(1)] + packed + data[one.end(1) :]


def in_a_part(data: bytes, chance: random.Random) -> bytes:
    """A part of a package is harmed, and the package is whole around it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {one: package.read(one) for one in package.namelist()}
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, EOFError):
        return turned(data, chance)
    name = chance.choice([*parts, ""])
    if name:
        parts[name] = chance.choice(_OF_PARTS)(parts[name], chance)
    elif parts:
        del parts[chance.choice([*parts])]
    return _package(parts)


def _package(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            # A part without a time of its own: the same harm must give the same bytes.
            package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


_OF_ANY: tuple[Harm, ...] = (
    turned, cut, lost, doubled, moved, disturbed, misnumbered, misnumbered, in_a_stream,
)  # fmt: skip
_OF_PARTS: tuple[Harm, ...] = (*_OF_ANY, mistagged, *[misnumbered] * 3, *[in_the_tree] * 20)
# Harm to the package itself is found out soon; harm to its parts goes deep.
_OF_PACKAGES: tuple[Harm, ...] = (turned, cut, lost, *[in_a_part] * 9)
