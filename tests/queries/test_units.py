"""The directory: the tree in Vietnamese order, who belongs where, what was done."""

import pytest
from sqlmodel import Session

from tests.builders import AT, Office, a_person, a_task, a_unit
from tracker.domain import Alias
from tracker.domain.change import Act, Thing
from tracker.domain.person import Role
from tracker.domain.task import Status
from tracker.errors import NotFound
from tracker.queries import units
from tracker.queries.history import history_of
from tracker.services.history import record


def test_the_tree_is_indented_and_in_vietnamese_order(session: Session, office: Office) -> None:
    a_unit(session, "Phòng Ngân sách", parent_id=office.finance.id)
    a_unit(session, "Đoàn thanh tra", parent_id=office.issuer.id)
    assert [(one.depth, one.unit.name) for one in units.tree(session)] == [
        (0, "UBND tỉnh Bắc Ninh"),
        (1, "Đoàn thanh tra"),
        (1, "Sở Tài chính"),
        (2, "Phòng Ngân sách"),
        (1, "Sở Văn hóa, Thể thao và Du lịch"),
        (1, "Sở Y tế"),
        (1, "Văn phòng UBND tỉnh"),
    ]


def test_a_branch_counts_people_once_and_not_the_disabled(session: Session, office: Office) -> None:
    a_person(session, "Dung", Role.UNIT_HEAD, office.finance, is_disabled=True)
    counts = {one.unit.name: one.people for one in units.tree(session)}
    assert (counts["Sở Tài chính"], counts["UBND tỉnh Bắc Ninh"]) == (1, 3)


def test_a_branch_knows_its_other_names(session: Session, office: Office) -> None:
    session.add(Alias.written("STC", office.finance.id or 0))
    names = {one.unit.name: one.aliases for one in units.tree(session)}
    assert (names["Sở Tài chính"], names["Sở Y tế"]) == (("STC",), ())


def test_former_names_stand_after_those_in_use(session: Session, office: Office) -> None:
    key = office.finance.id or 0
    session.add(Alias.written("Sở Kế hoạch và Đầu tư", key, is_former=True))
    session.add(Alias.written("STC", key))
    found = [alias.text for alias in units.aliases_of(session, office.finance)]
    assert found == ["STC", "Sở Kế hoạch và Đầu tư"]


def test_the_people_of_a_unit_are_those_who_may_sign_in(session: Session, office: Office) -> None:
    a_person(session, "Đào", Role.UNIT_HEAD, office.finance)
    a_person(session, "Dung", Role.UNIT_HEAD, office.finance, is_disabled=True)
    assert [seat.person.name for seat in units.seats_in(session, office.finance)] == ["An", "Đào"]


def test_people_are_found_without_tones_or_by_address(session: Session, office: Office) -> None:
    a_person(session, "Đỗ Đăng", Role.UNIT_HEAD, office.finance, email="dang@office.example")
    assert [one.name for one in units.people_matching(session, "do dang")] == ["Đỗ Đăng"]
    assert [one.name for one in units.people_matching(session, "QT@")] == ["Quản trị"]


def test_open_tasks_are_counted_for_the_lead_alone(session: Session, office: Office) -> None:
    a_task(session, office.issuer, lead=office.finance, supports=(office.health,))
    a_task(session, office.issuer, lead=office.finance, status=Status.WITHDRAWN)
    assert units.open_tasks_led_by(session, office.finance) == 1
    assert units.open_tasks_led_by(session, office.health) == 0


def test_the_history_is_newest_first_and_leaves_out_sign_ins(
    session: Session, office: Office
) -> None:
    person = office.an.id or 0
    for act in (Act.CREATED, Act.SIGNED_IN, Act.PASSWORD):
        record(session, (act, Thing.PERSON, person), by=None, at=AT)
    found = history_of(session, Thing.PERSON, person)
    assert [(entry.act, entry.who) for entry in found] == [
        (Act.PASSWORD, None),
        (Act.CREATED, None),
    ]


def test_what_belongs_to_another_is_not_found(session: Session, office: Office) -> None:
    alias = Alias.written("STC", office.finance.id or 0)
    session.add(alias)
    session.flush()
    with pytest.raises(NotFound):
        units.alias_of(session, office.health, alias.id or 0)
    for missing in (units.unit_of, units.person_of):
        with pytest.raises(NotFound):
            missing(session, 999)
