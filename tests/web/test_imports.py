"""Handing in a document, its review beside the source, and its acceptance."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from sqlmodel import col, func, select
from werkzeug.test import TestResponse

from tests.web.conftest import Browser
from tracker import paths
from tracker.domain import Import, Proposal, ProposedMeeting, Task

SAMPLE = (paths.DATA / "programme-2026-02-bac-ninh.md").read_bytes()
Look = Callable[[Any], list[Any]]


def hand_in(browser: Browser, data: bytes = SAMPLE, name: str = "ct.md") -> TestResponse:
    return browser.send("/imports", document=(BytesIO(data), name))


@pytest.fixture
def review(specialist: Browser) -> str:
    """The address of the review of the sample, handed in by the specialist."""
    return str(hand_in(specialist).location)


def one(look: Look, ref: str) -> Proposal:
    return look(select(Proposal).where(col(Proposal.ref) == ref))[0]  # type: ignore[no-any-return]


def typed(proposal: Proposal, **facts: Any) -> dict[str, Any]:
    said: dict[str, Any] = {
        "text": proposal.text,
        "kind": proposal.kind.value,
        "version": proposal.version,
    }
    return said | {"due_on": proposal.due_on or "", "meeting": proposal.meeting_ref or ""} | facts


def test_a_document_handed_in_is_shown_item_by_item_beside_its_source(
    specialist: Browser, review: str
) -> None:
    page = specialist.page(review)
    assert "Trong văn bản, dòng 31" in page
    assert "(*Sở Tài chính chuẩn bị*)" in page
    assert "Văn bản chưa có số" in page


def test_items_that_ask_something_stand_first(specialist: Browser, review: str) -> None:
    page = specialist.page(review)
    assert page.index('aria-label="B.III.2"') < page.index('aria-label="A.1"')


def test_the_same_file_again_leads_to_its_review_and_says_so(
    specialist: Browser, review: str, look: Look
) -> None:
    again = hand_in(specialist)
    assert "không có gì thay đổi" in specialist.page(again.location)
    assert look(select(func.count()).select_from(Import)) == [1]


def test_the_clerk_corrects_an_item(specialist: Browser, review: str, look: Look) -> None:
    item = one(look, "B.III.2")
    sent = specialist.send(f"/imports/items/{item.id}", **typed(item, lead="Sở Y tế"))
    assert sent.status_code == 303
    assert one(look, "B.III.2").lead_id is not None


def test_htmx_gets_the_item_alone(specialist: Browser, review: str, look: Look) -> None:
    item = one(look, "B.III.2")
    data = typed(item, lead="Sở Y tế")
    answer = specialist.send(f"/imports/items/{item.id}", **data, headers={"HX-Request": "true"})
    assert answer.text.lstrip().startswith('<section class="card')


def test_a_unit_that_does_not_exist_is_told_and_what_was_typed_stays(
    specialist: Browser, review: str, look: Look
) -> None:
    item = one(look, "B.III.2")
    wrong = typed(item, lead="Sở Không Có", text="Chữ vừa gõ")
    answer = specialist.send(f"/imports/items/{item.id}", **wrong)
    assert answer.status_code == 422
    assert "Không có đơn vị “Sở Không Có”" in answer.text
    assert "Chữ vừa gõ</textarea>" in answer.text


def test_the_second_of_two_clerks_is_told_and_loses_nothing(
    specialist: Browser, review: str, look: Look
) -> None:
    item = one(look, "B.III.2")
    specialist.send(f"/imports/items/{item.id}", **typed(item, text="Bản thứ nhất"))
    second = specialist.send(f"/imports/items/{item.id}", **typed(item, text="Bản thứ hai"))
    assert (second.status_code, "Bản thứ hai</textarea>" in second.text) == (422, True)
    assert one(look, "B.III.2").text == "Bản thứ nhất"


@pytest.mark.parametrize(
    "wrong",
    [
        {"due_on": "31/02/2026"},
        {"due_on": "0026-02-13"},
        {"kind": "nonsense"},
        {"version": "abc"},
        {"version": 99},
    ],
)
def test_a_field_that_makes_no_sense_is_told(
    specialist: Browser, review: str, look: Look, wrong: dict[str, str]
) -> None:
    item = one(look, "B.III.2")
    assert specialist.send(f"/imports/items/{item.id}", **typed(item, **wrong)).status_code == 422


def test_an_item_is_split_left_out_and_taken_back(
    specialist: Browser, review: str, look: Look
) -> None:
    item = one(look, "B.I.1")
    lines = "Báo cáo một\nBáo cáo hai"
    specialist.send(f"/imports/items/{item.id}/split", parts=lines, version=item.version)
    specialist.send(f"/imports/items/{item.id}/drop", version=one(look, "B.I.1").version)
    assert one(look, "B.I.1").decision == "dropped"
    specialist.send(f"/imports/items/{item.id}/restore", version=one(look, "B.I.1").version)
    assert [one(look, ref).decision for ref in ("B.I.1", "B.I.1(2)")] == ["open", "open"]


def test_a_moved_meeting_moves_the_deadlines_that_follow_it(
    specialist: Browser, review: str, look: Look
) -> None:
    meeting = look(select(ProposedMeeting))[0]
    address = f"/imports/{meeting.import_id}/meetings/{meeting.id}"
    moved = {"title": meeting.title, "held_on": "2026-03-04", "version": meeting.version}
    specialist.send(address, **moved)
    assert str(one(look, "B.I.1").due_on) == "2026-03-04"


def test_accepting_the_clear_ones_leaves_the_others_for_the_clerk(
    specialist: Browser, review: str, look: Look
) -> None:
    specialist.send(f"{review}/accept", which="clear")
    clear = len(look(select(Task.id)))
    assert 0 < clear < 18
    specialist.send(f"{review}/accept", which="all")
    assert len(look(select(Task.id))) == 18


def test_a_document_can_be_put_aside_until_something_is_taken(
    specialist: Browser, review: str, look: Look
) -> None:
    specialist.send(f"{review}/drop")
    assert look(select(Import.state)) == ["dropped"]
    assert look(select(Task.id)) == []


@pytest.mark.parametrize("who", ["an", "chi", "leader", "admin"])
def test_nobody_but_the_office_sees_or_decides(
    request: pytest.FixtureRequest, review: str, look: Look, who: str
) -> None:
    browser: Browser = request.getfixturevalue(who)
    item = one(look, "B.III.2")
    assert browser.get("/imports").status_code == 403
    assert browser.get(review).status_code == 403
    for address in (f"{review}/accept", f"{review}/drop", f"/imports/items/{item.id}"):
        assert browser.send(address, **typed(item)).status_code == 403
    assert look(select(Task.id)) == []


def test_an_item_without_a_deadline_can_be_saved(
    specialist: Browser, review: str, look: Look
) -> None:
    item = one(look, "B.III.2")
    sent = specialist.send(f"/imports/items/{item.id}", **typed(item, due_on="", lead="Sở Y tế"))
    assert sent.status_code == 303
    assert one(look, "B.III.2").due_on is None


@pytest.mark.parametrize("wrong", ["31/12/2026", "0026-03-04", "9999-01-01"])
def test_a_wrong_day_of_a_meeting_changes_nothing(
    specialist: Browser, review: str, look: Look, wrong: str
) -> None:
    meeting = look(select(ProposedMeeting))[0]
    address = f"/imports/{meeting.import_id}/meetings/{meeting.id}"
    refused = specialist.send(address, title="x", held_on=wrong, version=meeting.version)
    assert refused.status_code == 422
    assert look(select(ProposedMeeting.held_on)) == [meeting.held_on]


@pytest.mark.parametrize("path", ["", "/accept", "/drop"])
def test_a_number_too_large_for_any_document_is_not_found(specialist: Browser, path: str) -> None:
    address = f"/imports/99999999999999999999{path}"
    answer = specialist.send(address) if path else specialist.get(address)
    assert answer.status_code == 404


def test_what_was_left_out_can_be_taken_in_after_the_rest(
    specialist: Browser, review: str, look: Look
) -> None:
    item = one(look, "A.1")
    specialist.send(f"/imports/items/{item.id}/drop", version=item.version)
    specialist.send(f"{review}/accept", which="all")
    version = one(look, "A.1").version
    specialist.send(f"/imports/items/{item.id}/restore", version=version)
    specialist.send(f"{review}/accept", which="all")
    assert len(look(select(Task.id))) == 18
    assert look(select(Import.state)) == ["accepted"]


def test_the_last_item_left_out_closes_the_review(
    specialist: Browser, review: str, look: Look
) -> None:
    specialist.send(f"{review}/accept", which="clear")
    for item in look(select(Proposal).where(col(Proposal.decision) == "open")):
        specialist.send(f"/imports/items/{item.id}/drop", version=item.version)
    assert look(select(Import.state)) == ["accepted"]


def test_a_document_put_aside_is_not_worked_on(
    specialist: Browser, review: str, look: Look
) -> None:
    specialist.send(f"{review}/drop")
    item = one(look, "A.1")
    refused = specialist.send(f"/imports/items/{item.id}/drop", version=item.version)
    assert refused.status_code == 422


def test_the_history_names_who_accepted(specialist: Browser, review: str, look: Look) -> None:
    specialist.send(f"{review}/accept", which="all")
    task = look(select(Task.id))[0]
    assert "Chuyên viên · Đưa vào từ văn bản" in specialist.page(f"/tasks/{task}")
