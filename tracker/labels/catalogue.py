"""The catalogue of the templates' own sentences: Vietnamese in the text, English from a file."""

from functools import cache
from gettext import NullTranslations
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from tracker import paths


@cache
def translations(locale: str) -> NullTranslations:
    """What Jinja asks for the words of a language; the templates themselves are Vietnamese."""
    catalogue = paths.LOCALE / locale / "messages.po"
    if not catalogue.is_file():
        return NullTranslations()
    compiled = BytesIO()
    with catalogue.open("rb") as source:
        write_mo(compiled, read_po(source, locale=locale))
    compiled.seek(0)
    return Translations(compiled)
