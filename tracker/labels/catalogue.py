"""The catalogue of the templates' own sentences: Vietnamese in the text, English from a file."""

from functools import cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from tracker import paths


@cache
def translations(locale: str) -> NullTranslations:
    """What Jinja asks for the words of a language; the templates themselves are Vietnamese."""
    files = sorted((paths.LOCALE / locale).glob("*.po"))
    if not files:
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, catalogue_of(files, locale))
    compiled.seek(0)
    return Translations(compiled)


def catalogue_of(files: list[Path], locale: str) -> Catalog:
    """One catalogue of several files, a file for each area of the screens."""
    whole = Catalog(locale=locale)
    for message in (message for file in files for message in _messages(file, locale)):
        whole[message.id] = message
    return whole


def _messages(file: Path, locale: str) -> list[Message]:
    with file.open("rb") as source:
        return [message for message in read_po(source, locale=locale) if message.id]
