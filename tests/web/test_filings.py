"""Reports, requests and refusals as people meet them: the forms, the task's page, the piles."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.builders import Office, a_file, a_filing, a_meeting, a_person, a_task
from tests.web.conftest import Browser, SignIn
from tests.web.test_tasks import Look
from tracker.domain import Attachment, Change, Filing, Task
from tracker.domain.change import Act, Thing
from tracker.domain.filing import FilingKind, FilingState
from tracker.domain.meeting import Certainty
from tracker.domain.person import Role
from tracker.domain.task import Status
from tracker.web import files
from tracker.wiring import Wiring

DUE, LATER = date(2026, 3, 5), date(2026, 3, 20)


@pytest.fixture
def task(session: Session, office: Office) -> Task:
    """An leads it and Bình supports it; it is due on 05/3/2026."""
    made = a_task(
        session, office.issuer, lead=office.finance, supports=(office.health,), due_on=DUE
    )
    session.commit()
    return made


def of(task: Task, what: str = "") -> str:
    return f"/tasks/{task.id}{what}"


def again(session: Session, task: Task) -> Task:
    session.refresh(task)
    session.commit()
    return task


def now(look: Look) -> int:
    """The version of the only paper there is."""
    (version,) = look(select(Filing.version))
    return int(version)


def report(browser: Browser, task: Task, **typed: Any) -> int:
    said: dict[str, Any] = {"text": "Đã ban hành kế hoạch", "version": task.version}
    return browser.send(of(task, "/report"), **(said | typed)).status_code


def filed(
    session: Session, office: Office, task: Task, kind: FilingKind, **facts: Any
) -> tuple[str, int]:
    """The address and the version of a paper that An has filed."""
    filing = a_filing(session, task, office.an, kind, **facts)
    if kind is FilingKind.REPORT and filing.state is FilingState.WAITING:
        task.status, task.submitted_on = Status.SUBMITTED, date(2026, 2, 25)
    session.commit()
    return f"/filings/{filing.id}", filing.version


def test_a_report_is_written_on_a_page_of_its_own(an: Browser, look: Look, task: Task) -> None:
    assert f'href="{of(task, "/report")}"' in an.page(of(task))
    assert 'enctype="multipart/form-data"' in an.page(of(task, "/report"))
    document = {"document_number": "125/BC-STC", "document_on": "2026-02-25"}
    assert report(an, task, **document) == 303
    page = an.page(of(task))
    assert "Báo cáo đang chờ văn phòng xác nhận từ 07:30 26/02/2026" in page
    assert "125/BC-STC ngày 25/02/2026" in " ".join(page.split())


def test_a_report_brings_its_files(an: Browser, look: Look, task: Task) -> None:
    paper = (BytesIO("Kế hoạch đã ban hành".encode()), "ke-hoach.txt")
    assert report(an, task, text="", files=paper) == 303
    assert look(select(Attachment.filing_id)) == look(select(Filing.id))


def test_a_report_whose_file_is_refused_leaves_nothing(
    an: Browser, look: Look, session: Session, task: Task
) -> None:
    program = (BytesIO(b"MZ\x90\x00" + bytes(200)), "bao-cao.pdf")
    answer = an.send(of(task, "/report"), version=task.version, text="Đã ban hành", files=program)
    assert answer.status_code == 422
    assert "Đã ban hành</textarea>" in answer.text
    assert look(select(Filing)) == look(select(Change)) == []
    assert again(session, task).status is Status.NOT_STARTED


def deadline_moved(session: Session, task: Task) -> None:
    task.due_on = LATER


def line_written(session: Session, task: Task) -> None:
    session.add(Change(act=Act.URGED, thing=Thing.TASK, thing_id=task.id, at=task.created_at))


@pytest.mark.parametrize("change", [deadline_moved, line_written])
def test_what_changes_while_the_files_are_examined_is_noticed(
    an: Browser, look: Look, session: Session, task: Task, monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Session, Task], None],
) -> None:  # fmt: skip
    def meanwhile(*_: Any) -> tuple[int | None, bool]:
        change(session, task)
        session.commit()
        return None, True

    monkeypatch.setattr(files, "_looked", meanwhile)
    paper = (BytesIO("Kế hoạch".encode()), "ke-hoach.txt")
    typed: dict[str, Any] = {"version": task.version, "text": "Đã ban hành", "files": paper}
    answer = an.send(of(task, "/report"), **typed)
    assert (answer.status_code, "Đã ban hành</textarea>" in answer.text) == (409, True)
    assert look(select(Filing)) == look(select(Attachment)) == []


def test_nothing_of_whoever_may_not_report_is_put_down(
    binh: Browser, wired: Wiring, task: Task
) -> None:
    paper = (BytesIO("Kế hoạch".encode()), "ke-hoach.txt")
    assert binh.send(of(task, "/report"), version=task.version, files=paper).status_code == 403
    assert list((Path(wired.settings.instance) / "files").rglob("*")) == []


def test_each_paper_shows_its_own_files(
    an: Browser, specialist: Browser, session: Session, office: Office, task: Task
) -> None:
    by = {"unit_id": office.finance.id}
    for name, state in (("dot-1.pdf", FilingState.RETURNED), ("dot-2.pdf", FilingState.WAITING)):
        filing = a_filing(session, task, office.an, state=state)
        a_file(session, task, office.an, filing_id=filing.id, name=name, pages=1, **by)
    a_file(session, task, office.an, name="chung.pdf", **by)
    session.commit()
    for browser in (an, specialist):
        waiting, rest = browser.page(of(task)).split("Báo cáo và đề nghị trước đây")
        past, general = rest.split('id="files"')
        assert [name in waiting for name in ("dot-1.pdf", "dot-2.pdf")] == [False, True]
        assert ("dot-1.pdf" in past, "/files/1/preview" in past) == (True, True)
        assert [name in general for name in ("chung.pdf", "dot-1", "dot-2")] == [True, False, False]


def test_the_files_of_a_paper_are_changed_after_it_was_taken_back(
    an: Browser, session: Session, office: Office, task: Task
) -> None:
    address, version = filed(session, office, task, FilingKind.REPORT)
    a_file(session, task, office.an, filing_id=1, unit_id=office.finance.id)
    session.commit()
    assert "/files/1/removal" not in an.page(of(task))
    refused = an.send("/files/1/removal", reason="Nhầm")
    assert (refused.status_code, "rút lại văn bản đó trước" in refused.text) == (422, True)
    assert an.send(f"{address}/take-back", version=version).status_code == 303
    assert "/files/1/removal" in an.page(of(task))
    assert an.send("/files/1/removal", reason="Nhầm").status_code == 303


def test_an_empty_report_is_shown_again_with_what_was_typed(an: Browser, task: Task) -> None:
    answer = an.send(of(task, "/report"), version=task.version, document_on="2026-02-25")
    assert answer.status_code == 422
    assert "Báo cáo chưa có gì" in answer.text
    assert 'value="2026-02-25"' in answer.text


def test_the_office_confirms_with_one_touch(
    specialist: Browser, session: Session, office: Office, task: Task
) -> None:
    address, version = filed(session, office, task, FilingKind.REPORT)
    assert "Xác nhận hoàn thành" in specialist.page(of(task))
    assert specialist.send(f"{address}/accept", version=version).status_code == 303
    assert again(session, task).status is Status.DONE
    assert "Đã chấp thuận" in specialist.page(of(task))


def test_a_report_without_a_reason_is_not_returned_and_with_one_the_unit_reads_it(
    an: Browser, specialist: Browser, session: Session, office: Office, task: Task
) -> None:
    address, version = filed(session, office, task, FilingKind.REPORT)
    assert specialist.send(f"{address}/return", version=version).status_code == 422
    typed: dict[str, Any] = {"version": version, "reason": "Thiếu phụ lục số liệu"}
    assert specialist.send(f"{address}/return", **typed).status_code == 303
    page = an.page(of(task))
    assert "Bị trả lại" in page
    assert "Thiếu phụ lục số liệu" in page
    assert "Báo cáo kết quả" in page


def test_the_second_who_answers_is_told_and_nothing_is_doubled(
    specialist: Browser, session: Session, office: Office, look: Look, task: Task
) -> None:
    address, version = filed(session, office, task, FilingKind.REPORT)
    assert specialist.send(f"{address}/accept", version=version).status_code == 303
    late = specialist.send(f"{address}/return", version=version, reason="Thiếu")
    assert late.status_code == 409
    assert look(select(Filing.state)) == [FilingState.ACCEPTED]
    assert look(select(Change.act).where(Change.act == Act.GRANTED)) == [Act.GRANTED]


@pytest.mark.parametrize("who", ["an", "binh", "leader", "admin"])
def test_only_the_office_is_offered_the_answer(
    request: pytest.FixtureRequest, session: Session, office: Office, task: Task, who: str
) -> None:
    address, version = filed(session, office, task, FilingKind.REPORT)
    browser: Browser = request.getfixturevalue(who)
    assert f"{address}/accept" not in browser.page(of(task))
    assert browser.send(f"{address}/accept", version=version).status_code == 403
    assert again(session, task).status is Status.SUBMITTED


def test_an_answer_that_nobody_knows_is_not_found(
    specialist: Browser, session: Session, office: Office, task: Task
) -> None:
    address, version = filed(session, office, task, FilingKind.REPORT)
    assert specialist.send(f"{address}/burn", version=version).status_code == 404


def test_the_head_lets_a_report_go(
    an: Browser, sign_in: SignIn, session: Session, office: Office, task: Task
) -> None:
    office.finance.head_approves = True
    session.add(office.finance)
    head = sign_in(a_person(session, "Hanh", Role.UNIT_HEAD, office.finance))
    session.commit()
    assert report(an, task) == 303
    assert "đang chờ thủ trưởng đơn vị duyệt từ 07:30 26/02/2026" in an.page(of(task))
    assert "Duyệt, gửi văn phòng" not in an.page(of(task))
    assert "Duyệt, gửi văn phòng" in head.page(of(task))
    assert head.send("/filings/1/let-go", version=1).status_code == 303
    assert again(session, task).status is Status.SUBMITTED


def test_the_unit_says_that_it_has_the_task_and_the_office_sees_when_not(
    an: Browser, specialist: Browser, task: Task
) -> None:
    assert "Đơn vị chưa xác nhận nhận việc" in specialist.page(of(task))
    assert an.send(of(task, "/received")).status_code == 303
    assert "Đã nhận việc" not in an.page(of(task))
    assert "Đơn vị chưa xác nhận nhận việc" not in specialist.page(of(task))
    assert specialist.send(of(task, "/received")).status_code == 403


@pytest.mark.parametrize(
    ("asked_on", "said"),
    [
        ("2026-03-20", "Sau ngày họp dự kiến"),
        ("2026-03-07", "ngày làm việc liền trước là"),
        ("2026-03-01", "Ngày mới phải sau thời hạn đang áp dụng (05/3/2026)"),
        ("2026-03-06", "không ảnh hưởng đến hội nghị hay nhiệm vụ khác"),
        ("2026-03-09", "hạn nộp hồ sơ là"),
    ],
)
def test_the_form_shows_what_a_date_breaks_before_it_is_sent(
    an: Browser, session: Session, office: Office, asked_on: str, said: str
) -> None:
    meeting = a_meeting(session, office.issuer, held_on=date(2026, 3, 13))
    task = a_task(session, office.issuer, lead=office.finance, due_on=DUE, meeting=meeting)
    session.commit()
    assert said in an.page(of(task, f"/extension?asked_on={asked_on}"))
    shown = an.send(of(task, "/extension"), preview="1", asked_on=asked_on, text="Vì sao")
    assert (shown.status_code, said in shown.text, "Vì sao</textarea>" in shown.text) == (
        200,
        True,
        True,
    )
    part = an.get(of(task, f"/extension?asked_on={asked_on}"), headers={"HX-Request": "true"})
    assert part.text.lstrip().startswith('<div id="consequences"')


def test_a_date_after_a_fixed_meeting_is_refused_with_what_was_typed(
    an: Browser, session: Session, office: Office
) -> None:
    facts: dict[str, Any] = {"held_on": date(2026, 3, 10), "certainty": Certainty.FIXED}
    meeting = a_meeting(session, office.issuer, **facts)
    task = a_task(session, office.issuer, lead=office.finance, due_on=DUE, meeting=meeting)
    session.commit()
    typed: dict[str, Any] = {"version": task.version, "text": "Chờ số liệu"}
    answer = an.send(of(task, "/extension"), asked_on="2026-03-20", **typed)
    assert answer.status_code == 422
    assert "đã chốt họp ngày 10/3/2026" in answer.text
    assert "Chờ số liệu</textarea>" in answer.text


def test_a_counter_offered_date_is_taken_by_the_unit(
    an: Browser, specialist: Browser, session: Session, look: Look, task: Task
) -> None:
    typed: dict[str, Any] = {"version": task.version, "text": "Chờ số liệu"}
    assert an.send(of(task, "/extension"), asked_on="2026-03-20", **typed).status_code == 303
    assert "Xin lùi từ 05/3/2026 đến 20/3/2026" in specialist.page(of(task))
    offer: dict[str, Any] = {"offered_on": "2026-03-13", "reason": "Sớm hơn một tuần"}
    assert specialist.send("/filings/1/offer", version=now(look), **offer).status_code == 303
    page = an.page(of(task))
    assert "Văn phòng đề xuất lùi đến 13/3/2026" in page
    assert "Sớm hơn một tuần" in page
    assert an.send("/filings/1/answer", version=now(look), takes_it="yes").status_code == 303
    assert again(session, task).due_on == date(2026, 3, 13)
    assert "<s>05/3/2026</s>" in an.page(of(task))


def test_the_office_declines_more_time_and_the_unit_keeps_its_date(
    specialist: Browser, session: Session, office: Office, task: Task
) -> None:
    address, version = filed(session, office, task, FilingKind.EXTENSION, asked_on=LATER)
    typed: dict[str, Any] = {"version": version, "reason": "Không lùi được nữa"}
    assert specialist.send(f"{address}/return", **typed).status_code == 303
    assert again(session, task).due_on == DUE


def test_a_refused_task_is_given_on_at_once(
    an: Browser, specialist: Browser, session: Session, office: Office, look: Look, task: Task
) -> None:
    typed: dict[str, Any] = {"version": task.version, "text": "Đây là việc của Sở Y tế"}
    assert an.send(of(task, "/refusal"), **typed).status_code == 303
    assert 'name="lead"' in specialist.page(of(task))
    to: dict[str, Any] = {"version": now(look), "lead": str(office.health.id)}
    assert specialist.send("/filings/1/accept", **to).status_code == 303
    assert again(session, task).lead_id == office.health.id
    assert an.get(of(task)).status_code == 404


def test_a_unit_that_does_not_exist_gets_no_refused_task(
    specialist: Browser, session: Session, office: Office, task: Task
) -> None:
    address, version = filed(session, office, task, FilingKind.REFUSAL)
    answer = specialist.send(f"{address}/accept", version=version, lead="999999")
    assert answer.status_code == 422


def test_the_forms_are_for_those_who_may_send_them(
    specialist: Browser, binh: Browser, chi: Browser, task: Task
) -> None:
    forms = ("/report", "/extension", "/refusal")
    assert [specialist.get(of(task, form)).status_code for form in forms] == [200, 403, 403]
    assert [binh.get(of(task, form)).status_code for form in forms] == [403, 403, 403]
    assert [chi.get(of(task, form)).status_code for form in forms] == [404, 404, 404]


@pytest.mark.parametrize(
    ("papers", "sentence"),
    [
        ([(FilingKind.EXTENSION, FilingState.ACCEPTED)] * 2, "đã được gia hạn đủ 2 lần"),
        ([(FilingKind.EXTENSION, FilingState.WAITING)], "“Đề nghị gia hạn” đang chờ trả lời"),
        ([(FilingKind.REFUSAL, FilingState.WAITING)], "đã đề nghị không nhận việc này"),
    ],
)
def test_where_no_time_is_given_the_page_and_the_form_say_why(
    an: Browser, session: Session, office: Office, task: Task, papers: Any, sentence: str
) -> None:
    for kind, state in papers:
        filed(session, office, task, kind, state=state, asked_on=LATER)
    page, form = an.page(of(task)), an.get(of(task, "/extension"))
    assert of(task, "/extension") not in page
    assert sentence in page
    assert (form.status_code, 'name="asked_on"' in form.text) == (200, False)
    assert sentence in form.text


def test_a_step_is_ticked_off_on_its_page(
    an: Browser, session: Session, office: Office, task: Task
) -> None:
    facts: dict[str, Any] = {"parent_id": task.id, "is_step": True, "text": "Bước 1"}
    step = a_task(session, office.issuer, lead=office.finance, **facts)
    session.commit()
    assert "Đánh dấu bước đã xong" in an.page(of(step))
    assert of(step, "/report") not in an.page(of(step))
    typed: dict[str, Any] = {"to": "done", "version": step.version}
    assert an.send(of(step, "/status"), **typed).status_code == 303
    assert again(session, step).status is Status.DONE
    assert "Bỏ đánh dấu hoàn thành" in an.page(of(step))


def test_what_waits_stands_in_its_pile(
    an: Browser, specialist: Browser, chi: Browser, session: Session, office: Office, task: Task
) -> None:
    filed(session, office, task, FilingKind.REPORT)
    offer: dict[str, Any] = {"asked_on": LATER, "offered_on": LATER}
    filed(session, office, task, FilingKind.EXTENSION, state=FilingState.COUNTERED, **offer)
    assert "Chờ văn phòng trả lời (1)" in specialist.page("/filings")
    assert "Chờ đơn vị trả lời (1)" in an.page("/filings")
    assert "Không có gì đang chờ anh/chị trả lời." in chi.page("/filings")
