"""A new version of a programme on the screen: the difference, its pairs, applying, undoing."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from tests.builders import Office
from tests.importer import amended_papers as papers
from tests.web.conftest import Browser
from tracker.domain import Import, ProgrammeVersion, Proposal, ProposedMeeting, Task
from tracker.domain.proposal import Decision

IMPORTS = select(Import).order_by(col(Import.id))

Look = Callable[[Any], list[Any]]
WITHDRAWN = "Kế hoạch hội nhập"


def hand_in(browser: Browser, text: str, name: str = "ct.md") -> str:
    """The address of the review of a document."""
    return str(browser.send("/imports", document=(BytesIO(text.encode()), name)).location)


@pytest.fixture
def diff(session: Session, office: Office, specialist: Browser) -> str:
    """The address of the comparison of the amended sample with the sample."""
    papers.register_all(session)
    session.commit()
    specialist.send(f"{hand_in(specialist, papers.FIRST)}/accept", which="all")
    return f"{hand_in(specialist, papers.amended(), 'dc.md').partition('?')[0]}/diff"


def item(look: Look, begins: str) -> Proposal:
    asked = select(Proposal).where(col(Proposal.text).startswith(begins))
    found: Proposal = look(asked.order_by(col(Proposal.id).desc()))[0]
    return found


def apply(browser: Browser, diff: str) -> Any:
    """Apply what the page shows."""
    page = browser.page(diff)
    edition = page.partition('name="edition" value="')[2].partition('"')[0]
    return browser.send(f"{diff}/apply", edition=edition, which="all")


def test_the_review_leads_to_the_comparison(specialist: Browser, diff: str) -> None:
    review = specialist.page(diff.removesuffix("/diff"))
    assert f'href="{diff}"' in review
    assert "/accept" not in review


def test_each_change_is_shown_with_its_old_and_new(specialist: Browser, diff: str) -> None:
    page = specialist.page(diff)
    for words in ("Đưa ra khỏi chương trình", "Thêm mới", "Đổi đơn vị", "Dời lịch", "Đổi câu chữ"):
        assert words in page
    assert "<ins>và đầu tư </ins>" in page
    assert "05/3/2026</del>" in page
    assert "27/02/2026</ins>" in page
    assert "Không đổi (14)" in page


def test_what_each_unit_will_be_told_stands_beside_it(specialist: Browser, diff: str) -> None:
    told = specialist.page(diff).partition('id="told"')[2].partition("</section>")[0]
    assert "Sở Y tế</strong><span>1 việc mới" in told
    assert "Sở Tài chính" not in told


def test_applying_leads_to_the_version_as_it_was_applied(
    specialist: Browser, diff: str, look: Look
) -> None:
    applied = apply(specialist, diff)
    assert applied.location == "/programmes/1/versions/2?taken=1"
    page = specialist.page(applied.location)
    assert "<ins>và đầu tư </ins>" in page
    assert look(select(Import.state)) == ["accepted", "accepted"]


def test_the_programme_lists_its_versions(specialist: Browser, diff: str) -> None:
    apply(specialist, diff)
    page = specialist.page("/programmes/1")
    assert 'href="/programmes/1/versions/1"' in page
    assert "1 thêm mới · 1 đổi câu chữ · 1 đổi đơn vị · 1 dời lịch" in page


def test_the_task_tells_the_change_in_words(specialist: Browser, diff: str, look: Look) -> None:
    apply(specialist, diff)
    moved = look(select(Task.id).where(col(Task.ref) == "B.II.1"))[0]
    page = specialist.page(f"/tasks/{moved}")
    assert "Điều chỉnh theo chương trình" in page
    assert "Số mục: B.I.3 → <strong>B.II.1</strong>" in page
    assert "Theo bản 2 của chương trình" in page


def test_the_clerk_parts_a_pair_and_pairs_again_by_number(
    specialist: Browser, diff: str, look: Look
) -> None:
    reworded = item(look, "Kế hoạch xúc tiến thương mại và")
    address = f"{diff}/items/{reworded.id}/pair"
    specialist.send(address, version=reworded.version, task="")
    assert item(look, "Kế hoạch xúc tiến thương mại và").matched_id is None
    now = item(look, "Kế hoạch xúc tiến thương mại và").version
    specialist.send(address, version=now, ref="b.iii.2")
    assert item(look, "Kế hoạch xúc tiến thương mại và").matched_id == reworded.matched_id


def test_a_number_that_no_task_has_is_told(specialist: Browser, diff: str, look: Look) -> None:
    one = item(look, papers.ADDED)
    sent = specialist.send(f"{diff}/items/{one.id}/pair", version=one.version, ref="Z.9")
    assert (sent.status_code, "“Z.9”" in sent.text) == (422, True)


def test_a_task_is_kept_and_let_go_again(specialist: Browser, diff: str, look: Look) -> None:
    gone = item(look, WITHDRAWN)
    specialist.send(f"{diff}/items/{gone.id}/drop", version=gone.version)
    kept = item(look, WITHDRAWN)
    assert "giữ lại trong chương trình (1)" in specialist.page(diff)
    specialist.send(f"{diff}/items/{gone.id}/restore", version=kept.version)
    assert item(look, WITHDRAWN).decision is Decision.OPEN


def test_the_clerk_says_that_the_document_only_adds(
    specialist: Browser, diff: str, look: Look
) -> None:
    made = look(IMPORTS)[1]
    specialist.send(f"{diff}/whole", version=made.version, whole="no")
    apply(specialist, diff)
    statuses = look(select(Task.status).where(col(Task.text).startswith(WITHDRAWN)))
    assert statuses == ["not_started"]


def test_a_meeting_is_paired_by_hand(specialist: Browser, diff: str, look: Look) -> None:
    usual, own = look(select(ProposedMeeting).where(col(ProposedMeeting.import_id) == 2))
    address = f"{diff}/meetings/{own.id}"
    specialist.send(address, version=own.version, meeting=usual.matched_id)
    asked = select(ProposedMeeting.matched_id).where(col(ProposedMeeting.import_id) == 2)
    assert look(asked.order_by(col(ProposedMeeting.id))) == [None, usual.matched_id]


def test_a_document_is_made_a_new_version_of_another_programme_by_choice(
    specialist: Browser, diff: str, look: Look
) -> None:
    march = papers.edited(papers.FIRST, ("Tháng 02 năm 2026", "Tháng 3 năm 2026"))
    other = f"{hand_in(specialist, march, 't3.md').partition('?')[0]}/diff"
    assert "So sánh" in specialist.page(other)
    specialist.send(
        f"{other}/programme",
        version=look(IMPORTS)[2].version,
        programme=1,
    )
    assert look(select(Import.amends_id).order_by(col(Import.id))) == [None, 1, 1]


def test_a_document_says_that_it_is_no_new_version_after_all(
    specialist: Browser, diff: str, look: Look
) -> None:
    specialist.send(
        f"{diff}/programme",
        version=look(IMPORTS)[1].version,
        programme="",
    )
    assert look(select(Import.amends_id).order_by(col(Import.id))) == [None, None]
    assert look(select(Proposal).where(col(Proposal.withdraws))) == []


def test_the_second_of_two_clerks_is_told_before_anything_is_applied(
    specialist: Browser, diff: str, look: Look
) -> None:
    seen = specialist.page(diff).partition('name="edition" value="')[2].partition('"')[0]
    gone = item(look, WITHDRAWN)
    specialist.send(f"{diff}/items/{gone.id}/drop", version=gone.version)
    late = specialist.send(f"{diff}/apply", edition=seen, which="all")
    assert (late.status_code, "Người khác vừa sửa" in late.text) == (422, True)
    assert len(look(select(ProgrammeVersion.id))) == 1


@pytest.mark.parametrize("path", ["whole", "programme", "apply"])
def test_an_outdated_form_changes_nothing(specialist: Browser, diff: str, path: str) -> None:
    old: dict[str, Any] = {
        "version": 99_999,
        "edition": 99_999,
        "programme": 1,
        "whole": "no",
        "which": "all",
    }
    assert specialist.send(f"{diff}/{path}", **old).status_code == 422


def test_pressing_twice_applies_once(specialist: Browser, diff: str, look: Look) -> None:
    page = specialist.page(diff)
    edition = page.partition('name="edition" value="')[2].partition('"')[0]
    answers = [specialist.send(f"{diff}/apply", edition=edition, which="all") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 422]
    assert look(select(sa.func.count()).select_from(Task)) == [19]


def test_undoing_opens_the_document_again(specialist: Browser, diff: str, look: Look) -> None:
    apply(specialist, diff)
    undone = specialist.send("/programmes/1/versions/2/undo")
    assert "Đã hoàn tác" in specialist.page(undone.location)
    assert look(select(sa.func.count()).select_from(Task)) == [18]
    assert "đã hoàn tác" in specialist.page("/programmes/1")


def test_undoing_is_refused_with_what_was_done(
    specialist: Browser, binh: Browser, diff: str, look: Look
) -> None:
    apply(specialist, diff)
    given = look(select(Task).where(col(Task.text).startswith("Kế hoạch thực hiện Phổ cập")))[0]
    binh.send(f"/tasks/{given.id}/notes", text="Đang làm", version=given.version)
    refused = specialist.send("/programmes/1/versions/2/undo")
    assert refused.status_code == 422
    assert "Binh đã cập nhật mục B.I.3" in refused.text


def test_a_unit_sees_of_a_version_what_concerns_its_own_tasks(
    specialist: Browser, binh: Browser, diff: str
) -> None:
    apply(specialist, diff)
    page = binh.page("/programmes/1/versions/2")
    assert "Phổ cập Giáo dục mầm non" in page
    assert "xúc tiến thương mại" not in page
    assert "Hoàn tác bản này" not in page


@pytest.mark.parametrize("who", ["an", "binh", "chi", "leader", "admin"])
def test_nobody_but_the_office_compares_applies_or_undoes(
    request: pytest.FixtureRequest, diff: str, look: Look, who: str
) -> None:
    browser: Browser = request.getfixturevalue(who)
    assert browser.get(diff).status_code == 403
    assert browser.send(f"{diff}/apply", edition=1).status_code == 403
    assert browser.send("/programmes/1/versions/1/undo").status_code in {403, 404}
    assert look(select(sa.func.count()).select_from(Task)) == [18]


def test_acceptance_leads_to_the_comparison_and_withdraws_nothing_unseen(
    specialist: Browser, diff: str, look: Look
) -> None:
    answer = specialist.send(diff.replace("/diff", "/accept"), which="all")
    assert (answer.status_code, answer.location) == (303, diff)
    assert item(look, WITHDRAWN).decision is Decision.OPEN


def test_a_comparison_seen_before_a_pair_was_made_is_not_applied(
    specialist: Browser, diff: str, look: Look
) -> None:
    seen = specialist.page(diff)
    added, gone = item(look, papers.ADDED), item(look, WITHDRAWN)
    address = f"{diff}/items/{added.id}/pair"
    specialist.send(address, version=added.version, task=gone.matched_id)
    edition = seen.partition('name="edition" value="')[2].partition('"')[0]
    assert specialist.send(f"{diff}/apply", edition=edition, which="all").status_code == 422
