"""The documents that items announce, beside what the register of directives says of them."""

from sqlmodel import Session

from tracker import labels
from tracker.domain import Import
from tracker.domain.directive import Cited, cited_at_start
from tracker.importer.meaning.reading import Doubt
from tracker.services.directives import full_body, of_another_day


def cited_by(session: Session, made: Import, words: str) -> Cited | None:
    """The document that an item announces, its body by the full name; None for most items."""
    cited = cited_at_start(words)
    if cited is None:
        return None
    return full_body(session, cited, made.issuer_id, made.programme.get("issuer"))


def asked_of_register(session: Session, made: Import, words: str) -> list[dict[str, object]]:
    """What is asked when the register holds a document of this number under another date."""
    cited = cited_by(session, made, words)
    other = of_another_day(session, cited, issuer_id=made.issuer_id) if cited else None
    if cited is None or other is None:
        return []
    days = {"known": labels.day(other.issued_on), "said": labels.day(cited.issued_on)}
    return [Doubt("directive-other-day", facts={"name": other.name, **days}).as_json()]
