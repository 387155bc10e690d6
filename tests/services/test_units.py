"""Units are added, edited, closed and called by other names; the tree stays a tree."""

import pytest
from sqlmodel import Session, col, select

from tests.builders import AT, Office, a_person, a_task
from tracker.domain import Alias, Change, Unit
from tracker.domain.change import Act, Thing
from tracker.domain.person import Role
from tracker.domain.reader import Reader
from tracker.errors import NotAllowed, Refused
from tracker.queries.units import open_tasks_led_by, unit_with_alias
from tracker.services.units import (
    UnitFacts,
    add_alias,
    add_unit,
    close_unit,
    edit_unit,
    remove_alias,
    reopen_unit,
    set_head_approves,
)


@pytest.fixture
def admin(session: Session, office: Office) -> Reader:
    return office.reader(session, office.admin)


def test_a_new_unit_has_a_tidy_name_and_address(session: Session, admin: Reader) -> None:
    unit = add_unit(session, UnitFacts("  Sở   Nội vụ ", None, " SNV@Tinh.vn "), by=admin, at=AT)
    assert (unit.name, unit.email) == ("Sở Nội vụ", "snv@tinh.vn")


def test_only_an_administrator_adds_a_unit(session: Session, office: Office) -> None:
    specialist = office.reader(session, office.specialist)
    with pytest.raises(NotAllowed):
        add_unit(session, UnitFacts("Sở Nội vụ"), by=specialist, at=AT)


def test_the_command_line_on_the_server_may_add_a_unit(session: Session) -> None:
    assert add_unit(session, UnitFacts("Sở Nội vụ"), by=None, at=AT).id


@pytest.mark.parametrize("name", ["Sở Tài chính", "sở  tài chính", "Sở Ta\u0300i chi\u0301nh"])
def test_a_name_is_taken_however_it_is_written(
    session: Session, office: Office, admin: Reader, name: str
) -> None:
    with pytest.raises(Refused, match=r"unit\.name-taken"):
        add_unit(session, UnitFacts(name), by=admin, at=AT)


def test_names_that_differ_in_a_tone_are_two_names(session: Session, admin: Reader) -> None:
    add_unit(session, UnitFacts("Xã Yên La"), by=admin, at=AT)
    assert add_unit(session, UnitFacts("Xã Yên Lã"), by=admin, at=AT).id


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (UnitFacts("   "), "unit.name-empty"),
        (UnitFacts("Sở Nội vụ", email="snv tinh"), "unit.address-invalid"),
    ],
)
def test_what_cannot_be_a_unit_is_refused(
    session: Session, admin: Reader, facts: UnitFacts, code: str
) -> None:
    with pytest.raises(Refused, match=code):
        add_unit(session, facts, by=admin, at=AT)


def test_a_unit_never_belongs_to_itself_or_to_what_is_below_it(
    session: Session, office: Office, admin: Reader
) -> None:
    room = add_unit(session, UnitFacts("Phòng Ngân sách", office.finance.id), by=admin, at=AT)
    for above in (office.finance.id, room.id):
        with pytest.raises(Refused, match=r"unit\.cycle"):
            edit_unit(session, office.finance, UnitFacts("Sở Tài chính", above), by=admin, at=AT)


def test_an_edited_unit_sorts_by_its_new_name(
    session: Session, office: Office, admin: Reader
) -> None:
    old = office.finance.sort_key
    edit_unit(session, office.finance, UnitFacts("Ban Tài chính"), by=admin, at=AT)
    assert office.finance.sort_key < old


def test_an_edit_tells_the_history_what_changed_by_name(
    session: Session, office: Office, admin: Reader
) -> None:
    facts = UnitFacts("Sở Tài chính", None, "sotaichinh@office.example")
    edit_unit(session, office.finance, facts, by=admin, at=AT)
    assert changes(session, office.finance)[-1].details == {"parent": ["UBND tỉnh Bắc Ninh", None]}


def test_an_edit_that_changes_nothing_leaves_no_line(
    session: Session, office: Office, admin: Reader
) -> None:
    same = UnitFacts("Sở Tài chính", office.issuer.id, "sotaichinh@office.example")
    edit_unit(session, office.finance, same, by=admin, at=AT)
    assert changes(session, office.finance) == []


def test_a_unit_may_be_closed_with_open_tasks_and_reopened(
    session: Session, office: Office, admin: Reader
) -> None:
    a_task(session, office.issuer, lead=office.finance)
    assert not close_unit(session, office.finance, by=admin, at=AT).is_active
    assert open_tasks_led_by(session, office.finance) == 1
    assert reopen_unit(session, office.finance, by=admin, at=AT).is_active
    acts = [change.act for change in changes(session, office.finance)]
    assert acts == [Act.DISABLED, Act.ENABLED]


def test_the_head_or_the_administrator_lets_papers_go_through_the_head(
    session: Session, office: Office, admin: Reader
) -> None:
    clerk = office.reader(session, office.an)
    with pytest.raises(NotAllowed, match=r"unit\.head-only"):
        set_head_approves(session, office.finance, wanted=True, by=clerk, at=AT)
    with pytest.raises(Refused, match=r"unit\.no-head"):
        set_head_approves(session, office.finance, wanted=True, by=admin, at=AT)
    mai = a_person(session, "Mai", Role.UNIT_HEAD, office.finance)
    head = office.reader(session, mai)
    assert head.heads == {office.finance.id}
    assert set_head_approves(session, office.finance, wanted=True, by=head, at=AT).head_approves
    assert changes(session, office.finance)[-1].details == {"head_approves": [False, True]}


def test_an_alias_leads_to_its_unit_until_it_is_removed(
    session: Session, office: Office, admin: Reader
) -> None:
    alias = add_alias(session, called("STC", office.finance), by=admin, at=AT)
    assert unit_with_alias(session, "stc") is office.finance
    remove_alias(session, alias, by=admin, at=AT)
    assert unit_with_alias(session, "stc") is None


def test_one_writing_means_one_unit(session: Session, office: Office, admin: Reader) -> None:
    add_alias(session, called("Sở TC", office.finance), by=admin, at=AT)
    for text in ("sở tc", "Sở Tài chính"):
        with pytest.raises(Refused, match=r"unit\.alias-taken"):
            add_alias(session, called(text, office.health), by=admin, at=AT)


def test_an_alias_says_something(session: Session, office: Office, admin: Reader) -> None:
    with pytest.raises(Refused, match=r"unit\.alias-empty"):
        add_alias(session, called("  ", office.finance), by=admin, at=AT)


def called(text: str, unit: Unit) -> Alias:
    assert unit.id is not None
    return Alias.written(text, unit.id)


def changes(session: Session, unit: Unit) -> list[Change]:
    mine = (col(Change.thing) == Thing.UNIT) & (col(Change.thing_id) == unit.id)
    return list(session.exec(select(Change).where(mine).order_by(col(Change.id))))
