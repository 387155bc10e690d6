"""What has not left a unit: its words, files, answers and letters are nobody else's to read."""

from io import BytesIO
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.builders import Office, a_person, a_task
from tests.importer.hostile_papers import pages_pdf
from tests.web.conftest import Browser, SignIn
from tests.web.letters import a_message, a_reason
from tests.web.test_tasks import Look
from tracker.domain import Change, Filing, Person, Task
from tracker.domain.change import Act
from tracker.domain.person import Role
from tracker.domain.reminder import About, Rule

FILE, WORDS, NUMBER, WHY = "ke-hoach-nam.pdf", "Số liệu chưa đối chiếu", "125/BC-STC", "Sai biểu 3"
STAGES = ["with-head", "sent-back", "taken-back", "renewed", "removed"]
HEAD_SAYS: dict[str, tuple[str, dict[str, Any]]] = {
    "sent-back": ("/filings/1/send-back", {"version": 1, "reason": WHY}),
    "removed": ("/files/1/removal", {"reason": WHY}),
}


@pytest.fixture
def head(session: Session, office: Office) -> Person:
    office.finance.head_approves = True
    return a_person(session, "Hạnh", Role.UNIT_HEAD, office.finance)


@pytest.fixture
def task(session: Session, office: Office, head: Person) -> Task:
    """An leads it, Hạnh must let go what An writes, Bình supports it."""
    made = a_task(session, office.issuer, lead=office.finance, supports=(office.health,))
    session.commit()
    return made


@pytest.fixture
def paper(
    request: pytest.FixtureRequest, an: Browser, sign_in: SignIn, head: Person, task: Task
) -> None:
    """A report with a file that has come as far as the stage says, and never left the unit."""
    pdf: dict[str, Any] = {"files": (BytesIO(pages_pdf(1)), FILE)}
    said: dict[str, Any] = {"version": task.version, "text": WORDS, "document_number": NUMBER}
    said |= {"document_on": "2026-02-25"}
    assert an.send(f"/tasks/{task.id}/report", **said, **pdf).status_code == 303
    stage = request.param
    pdf = {"files": (BytesIO(pages_pdf(2)), FILE)}
    if stage == "taken-back":
        typed: dict[str, Any] = {"version": 1, "reason": WHY}
        assert an.send("/filings/1/take-back", **typed).status_code == 303
    elif stage == "renewed":
        assert an.send("/files/1/versions", **pdf).status_code == 303
    elif stage in HEAD_SAYS:
        address, answer = HEAD_SAYS[stage]
        assert sign_in(head).send(address, **answer).status_code == 303


def others(office: Office) -> list[Person]:
    return [office.specialist, office.leader, office.binh, office.admin]


@pytest.mark.usefixtures("paper")
@pytest.mark.parametrize("paper", STAGES, indirect=True)
def test_nothing_of_it_stands_on_the_task_s_page_of_others(
    an: Browser, sign_in: SignIn, office: Office, task: Task
) -> None:
    mine = an.page(f"/tasks/{task.id}")
    assert [word for word in (WORDS, NUMBER, FILE) if word not in mine] == []
    for who in others(office):
        page = sign_in(who).page(f"/tasks/{task.id}?history=all")
        assert [word for word in (WORDS, NUMBER, WHY, FILE) if word in page] == []


@pytest.mark.usefixtures("paper")
@pytest.mark.parametrize("paper", STAGES, indirect=True)
def test_its_file_opens_for_nobody_else(sign_in: SignIn, office: Office) -> None:
    for who in others(office):
        browser = sign_in(who)
        for address in ("/files/1", "/files/1/preview", "/files/1/pages/1"):
            assert browser.get(address).status_code == 404, (who.name, address)


@pytest.mark.usefixtures("paper")
@pytest.mark.parametrize("paper", ["with-head"], indirect=True)
def test_whoever_may_not_know_of_it_cannot_answer_it(specialist: Browser, binh: Browser) -> None:
    for browser in (specialist, binh):
        assert browser.send("/filings/1/accept", version=1).status_code == 404


def test_the_office_is_not_told_what_bars_a_report_inside_the_unit(
    an: Browser, specialist: Browser, task: Task
) -> None:
    said: dict[str, Any] = {"version": task.version, "text": WORDS}
    assert an.send(f"/tasks/{task.id}/refusal", **said).status_code == 303
    pages = [browser.page(f"/tasks/{task.id}") for browser in (an, specialist)]
    assert ["đã đề nghị không nhận việc" in page for page in pages] == [True, False]


@pytest.mark.usefixtures("paper")
@pytest.mark.parametrize("paper", ["renewed"], indirect=True)
def test_who_is_second_is_not_told_of_its_file(specialist: Browser, task: Task) -> None:
    late: dict[str, Any] = {"version": "1", "seen": "0", "due_on": "2026-03-31", "reason": "Lùi"}
    answer = specialist.send(f"/tasks/{task.id}/deadline", **late)
    assert answer.status_code == 409
    assert FILE not in answer.text


@pytest.mark.usefixtures("paper")
@pytest.mark.parametrize("paper", ["with-head"], indirect=True)
def test_the_letter_to_the_head_is_read_in_the_unit_alone(
    an: Browser, sign_in: SignIn, session: Session, office: Office, look: Look
) -> None:
    said = a_message(session, office.finance, subject="Chờ duyệt", text=WORDS, html=WORDS)
    (act,) = look(select(Change.id).where(Change.act == Act.REPORTED))
    about: dict[str, Any] = {"rule": Rule.TASK_NEWS, "about": About.CHANGE, "about_id": act}
    a_reason(session, said, office, **about)
    session.commit()
    letter = f"/reminders/{said.id}"
    assert WORDS in an.page(letter)
    for who in (office.specialist, office.leader, office.binh):
        assert sign_in(who).get(letter).status_code == 404
    assert WORDS not in sign_in(office.admin).page(letter)


@pytest.mark.usefixtures("paper")
@pytest.mark.parametrize("paper", ["with-head"], indirect=True)
def test_what_the_head_let_go_is_read_by_all_of_the_task(
    sign_in: SignIn, head: Person, office: Office, task: Task, look: Look
) -> None:
    (version,) = look(select(Filing.version))
    assert sign_in(head).send("/filings/1/let-go", version=version).status_code == 303
    for who in (office.specialist, office.leader, office.binh):
        page = sign_in(who).page(f"/tasks/{task.id}")
        assert [word for word in (WORDS, NUMBER, FILE) if word not in page] == []
        assert sign_in(who).get("/files/1").status_code == 200
