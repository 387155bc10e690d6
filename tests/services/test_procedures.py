"""Procedures: what is shipped, and what an office may make of it."""

import pytest
from sqlmodel import Session, select

from tests.builders import AT, Office
from tracker.domain import Change, Procedure
from tracker.domain.change import Act, Thing
from tracker.domain.procedure import StepFacts, StepRole, shipped_procedures
from tracker.domain.reader import Reader
from tracker.errors import NotAllowed, Refused
from tracker.queries.procedures import procedures_of, steps_of
from tracker.services import procedures as acts


@pytest.fixture
def clerk(session: Session, office: Office) -> Reader:
    return office.reader(session, office.specialist)


@pytest.fixture
def shipped(session: Session) -> Procedure:
    acts.install_shipped(session)
    return session.exec(select(Procedure).order_by(Procedure.id)).first()  # type: ignore[arg-type, return-value]


@pytest.fixture
def own(session: Session, office: Office, shipped: Procedure, clerk: Reader) -> Procedure:
    return acts.copy(session, shipped, issuer_id=office.issuer.id, by=clerk, at=AT)


def texts(session: Session, procedure: Procedure) -> list[str]:
    return [step.text for step in steps_of(session, procedure.id)]


def test_the_two_procedures_of_the_bulletin_have_fourteen_steps_in_three_phases() -> None:
    for procedure in shipped_procedures():
        phases = [step.phase[0] for step in procedure.steps]
        assert phases == ["1"] * 3 + ["2"] * 6 + ["3"] * 5


def test_the_steps_say_what_the_bulletin_says() -> None:
    step = shipped_procedures()[0].steps[4]
    assert step.responsible == "Đối tượng kiểm tra"
    assert step.papers[0] == "Báo cáo tự kiểm tra bằng văn bản"
    assert shipped_procedures()[1].steps[2].role is StepRole.OFFICE


def test_the_days_of_a_shipped_procedure_never_run_backwards_and_say_whose_they_are() -> None:
    for procedure in shipped_procedures():
        days = [step.offset_days for step in procedure.steps]
        assert days == sorted(days)
        assert "do văn phòng đặt" in procedure.source


def test_installing_twice_installs_once(session: Session) -> None:
    assert [acts.install_shipped(session) for _ in range(2)] == [2, 0]


def test_a_copy_has_every_step_and_leaves_the_shipped_one_alone(
    session: Session, shipped: Procedure, own: Procedure, clerk: Reader
) -> None:
    assert texts(session, own) == texts(session, shipped)
    acts.remove_step(session, steps_of(session, own.id)[0], by=clerk, at=AT)
    assert (len(texts(session, own)), len(texts(session, shipped))) == (13, 14)


def test_a_shipped_procedure_cannot_be_changed(
    session: Session, shipped: Procedure, clerk: Reader
) -> None:
    with pytest.raises(Refused, match="shipped"):
        acts.rename(session, shipped, "Tên khác", source="", by=clerk, at=AT)


def test_steps_are_added_edited_and_moved_and_the_history_tells_it(
    session: Session, own: Procedure, clerk: Reader
) -> None:
    step = acts.add_step(session, own, StepFacts("Họp báo", offset_days=70), by=clerk, at=AT)
    acts.edit_step(session, step, StepFacts("Họp báo cáo", offset_days=71), by=clerk, at=AT)
    acts.move_step(session, step, up=True, by=clerk, at=AT)
    assert texts(session, own)[13] == "Họp báo cáo"
    told = session.exec(select(Change).where(Change.thing == Thing.PROCEDURE)).all()
    assert told[2].details["step"] == ["Họp báo", "Họp báo cáo"]
    assert told[3].details["order"] == [15, 14]


def test_a_step_taken_out_leaves_no_gap(session: Session, own: Procedure, clerk: Reader) -> None:
    acts.remove_step(session, steps_of(session, own.id)[4], by=clerk, at=AT)
    assert [step.position for step in steps_of(session, own.id)] == list(range(1, 14))


@pytest.mark.parametrize(
    ("facts", "code"),
    [(StepFacts(" "), "step-empty"), (StepFacts("Họp", offset_days=501), "wrong")],
)
def test_a_step_that_makes_no_sense_is_refused(
    session: Session, own: Procedure, clerk: Reader, facts: StepFacts, code: str
) -> None:
    with pytest.raises(Refused, match=code):
        acts.add_step(session, own, facts, by=clerk, at=AT)


def test_a_retired_procedure_can_be_used_again(
    session: Session, own: Procedure, clerk: Reader
) -> None:
    acts.use(session, own, again=False, by=clerk, at=AT)
    assert not own.is_active
    acts.use(session, own, again=True, by=clerk, at=AT)
    assert session.exec(select(Change.act).where(Change.act == Act.ENABLED)).all()


def test_nobody_of_a_unit_makes_procedures(
    session: Session, office: Office, shipped: Procedure, own: Procedure
) -> None:
    an = office.reader(session, office.an)
    with pytest.raises(NotAllowed):
        acts.copy(session, shipped, issuer_id=office.issuer.id, by=an, at=AT)
    with pytest.raises(NotAllowed):
        acts.rename(session, own, "Tên khác", source="", by=an, at=AT)
    assert session.exec(select(Procedure).where(procedures_of(an))).all() == []
