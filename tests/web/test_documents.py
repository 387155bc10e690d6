"""The document under review: its pages, what was taken for no item, names not yet known."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.builders import Office
from tests.importer.papers import BULLETIN
from tests.importer.readers.pdf_papers import sample_as_pdf
from tests.web.conftest import Browser
from tracker import paths
from tracker.domain import Alias, Import, Proposal, Unit

SAMPLE = (paths.DATA / "programme-2026-02-bac-ninh.md").read_bytes()
TRADE = "Sở Công Thương"
Look = Callable[[Any], list[Any]]


@pytest.fixture
def review(specialist: Browser) -> str:
    """The address of the review of the sample, handed in by the specialist."""
    return str(specialist.send("/imports", document=(BytesIO(SAMPLE), "ct.md")).location)


@pytest.fixture
def paged(specialist: Browser) -> str:
    """The address of the review of the sample as a PDF file."""
    data = sample_as_pdf()
    return str(specialist.send("/imports", document=(BytesIO(data), "ct.pdf")).location)


def test_a_page_of_the_document_is_shown_with_the_place_of_the_item_marked(
    specialist: Browser, paged: str
) -> None:
    page = specialist.page(paged)
    assert f'src="{paged}/pages/1?v=' in page
    assert "<rect x=" in page
    picture = specialist.get(f"{paged}/pages/1")
    assert picture.data.startswith(b"\xff\xd8\xff")
    assert picture.headers["Cache-Control"] == "private, max-age=31536000, immutable"


@pytest.mark.parametrize("number", [0, 99])
def test_a_page_that_is_not_there_is_not_found(
    specialist: Browser, paged: str, number: int
) -> None:
    assert specialist.get(f"{paged}/pages/{number}").status_code == 404


def test_a_document_without_pages_shows_none(specialist: Browser, review: str) -> None:
    assert "/pages/" not in specialist.page(review)
    assert specialist.get(f"{review}/pages/1").status_code == 404


def test_what_was_taken_for_no_item_is_listed_and_can_be_made_one(
    specialist: Browser, review: str, look: Look
) -> None:
    made = look(select(Import))[0]
    place, passage = next(
        (n, one) for n, one in enumerate(made.passages) if one["text"].startswith("Căn cứ")
    )
    assert passage["text"] in specialist.page(review)
    sent = specialist.send(f"{review}/passages/{place}", version=made.version)
    assert sent.status_code == 303
    assert passage["text"] in look(select(Proposal.text))


def test_documents_of_a_bulletin_stand_first_those_with_a_deadline_as_items(
    specialist: Browser, session: Session, office: Office
) -> None:
    session.add(Alias.written("Đảng ủy UBND tỉnh Bắc Ninh", office.issuer.id))
    session.commit()
    file = (BytesIO(BULLETIN.read_bytes()), "ban-tin.md")
    page = specialist.page(str(specialist.send("/imports", document=file).location))
    items, _, rest = page.partition('id="documents"')
    documents, _, others = rest.partition('id="passages"')
    assert items.index("18-KH/ĐU") < items.index("21-KH/ĐU") < items.index("S1.1")
    assert "có giao việc không?" in items
    assert documents.count("Lấy làm một mục<") == 7
    assert "Kế hoạch số 135/KH-UBND" in documents
    assert "Kế hoạch số 135/KH-UBND" not in others


def test_two_clerks_do_not_take_each_other_s_passages(
    specialist: Browser, review: str, look: Look
) -> None:
    version = look(select(Import.version))[0]
    answers = [specialist.send(f"{review}/passages/0", version=version) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 422]
    assert len(look(select(Proposal))) == 19


def test_an_unknown_name_is_answered_once_for_all_its_items(
    specialist: Browser, review: str, look: Look
) -> None:
    assert f"<strong>{TRADE}</strong>" in specialist.page(review)
    specialist.send(f"{review}/names", name=TRADE, meaning="new")
    unit = look(select(Unit).where(col(Unit.name) == TRADE))[0]
    led = look(select(Proposal.ref).where(col(Proposal.lead_id) == unit.id))
    assert sorted(led) == ["B.III.2", "B.III.3", "B.III.4"]
    assert f"<strong>{TRADE}</strong>" not in specialist.page(review)


def test_an_unknown_name_can_be_another_name_of_a_unit(
    specialist: Browser, review: str, look: Look
) -> None:
    unit = look(select(Unit).where(col(Unit.name) == "Sở Y tế"))[0]
    specialist.send(f"{review}/names", name=TRADE, unit=unit.id)
    led = look(select(Proposal.ref).where(col(Proposal.lead_id) == unit.id))
    assert set(led) >= {"B.III.2", "B.III.3", "B.III.4"}


def test_a_name_for_no_unit_is_told(specialist: Browser, review: str) -> None:
    assert specialist.send(f"{review}/names", name=TRADE, unit="").status_code in {404, 422}
    assert specialist.send(f"{review}/names", name="Sở Bịa", meaning="new").status_code == 422


@pytest.mark.parametrize("who", ["an", "chi", "leader", "admin"])
def test_nobody_but_the_office_sees_the_document(
    request: pytest.FixtureRequest, paged: str, who: str
) -> None:
    browser: Browser = request.getfixturevalue(who)
    assert browser.get(f"{paged}/pages/1").status_code == 403
    assert browser.send(f"{paged}/passages/0").status_code == 403
    assert browser.send(f"{paged}/names", name="x").status_code == 403
