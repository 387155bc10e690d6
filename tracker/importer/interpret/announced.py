"""Documents that a bulletin announces with a deadline: each asks whether it gives a task."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count

from tracker.domain.directive import cited_at_start
from tracker.domain.proposal import Zone
from tracker.importer.blocks import Paragraph, Where
from tracker.importer.interpret.items import Place, Setting, item_of
from tracker.importer.layout.numbering import label_of
from tracker.importer.layout.outline import Entry, Section
from tracker.importer.meaning.reading import Doubt, Passage, ReadItem

_FOUND = "directive-found"
# Whoever is asked whether a task is given at all is asked for its units with that.
_ASKED_WITH_IT = "owner-missing"


def documents_with_deadlines(
    passages: Iterable[Passage], *, after: int, setting: Setting
) -> Iterator[tuple[Passage, ReadItem]]:
    """The passages that announce a document and say by when it is to be carried out, as items.

    `after` is the number of items read before; only a person can say whether a task is given.
    """
    heading: tuple[str, ...] = ()
    numbers = count(after + 1)
    for passage in passages:
        if passage.zone is Zone.HEADING:
            heading = (passage.text,)
        item = _announced(passage, setting)
        if item is not None and item.due_text:
            ref = f"+{next(numbers)}"
            asked = Doubt(_FOUND, ref, {"text": item.due_text})
            others = (one for one in item.doubts if one.code != _ASKED_WITH_IT)
            doubts = (asked, *(replace(one, ref=ref) for one in others))
            yield passage, replace(item, ref=ref, section=heading, doubts=doubts)


def _announced(passage: Passage, setting: Setting) -> ReadItem | None:
    if passage.zone is not Zone.PROSE or cited_at_start(passage.text) is None:
        return None
    return item_of_passage(passage.text, passage.where, "+", setting=setting)


def item_of_passage(text: str, where: Where, ref: str, *, setting: Setting) -> ReadItem:
    """Read a passage by itself as any other item.

    What a document asks for is due by that document, not in the month of the bulletin.
    """
    is_given = cited_at_start(text) is not None
    if is_given:
        setting = replace(setting, period=None, infers=False)
    above = Section(None, "", where, level=-1, picked=is_given)
    label, words = label_of(text) if is_given else (None, text)
    entry = Entry(label, Paragraph(text, text, where), words)
    return item_of(entry, Place(ref, above, None), setting=setting)
