"""Finding tasks by their words, alike on both databases."""

import pytest
from sqlmodel import Session, col, select

from tests.builders import Office, a_task
from tracker.domain import Task
from tracker.domain.finding import searchable
from tracker.queries.search import Match, matches_of, words_match

TEXTS = (
    "Kế hoạch xúc tiến thương mại năm 2026",
    "Đề án bảo vệ môi trường, giai đoạn 2026-2030",
    "Quyết định số 05/2023/NQ-HĐND về đất đai",
)


@pytest.fixture
def tasks(session: Session, office: Office) -> None:
    for n, text in enumerate(TEXTS):
        a_task(session, office.issuer, text=text, ref=f"B.III.{n}")


def found(session: Session, words: str) -> list[str]:
    return list(session.exec(select(Task.text).where(words_match(words)).order_by(col(Task.id))))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("xúc tiến", [0]),
        ("XUC TIEN", [0]),
        ("xuc tien", [0]),
        ("tien xuc", [0]),
        ("de an", [1]),
        ("đề án", [1]),
        ("05/2023", [2]),
        ("nq-hdnd", [2]),
        ("2026", [0, 1]),
        ("b.iii.1", [1]),
        ("2026 dat", []),
        ("khong co", []),
        ("", [0, 1, 2]),
        ("  ... ", [0, 1, 2]),
    ],
)
def test_all_words_must_stand_in_the_task(
    session: Session, tasks: None, words: str, expected: list[int]
) -> None:
    assert found(session, words) == [TEXTS[n] for n in expected]


@pytest.mark.parametrize(
    ("words", "expected"),
    [("moi truo", [1]), ("moi truong", [1]), ("mo truong", []), ("qu", [2]), ("q", []), ("t", [])],
)
def test_the_last_word_may_be_begun(
    session: Session, tasks: None, words: str, expected: list[int]
) -> None:
    asked = select(Task.text).where(words_match(words, begins=True)).order_by(col(Task.id))
    assert list(session.exec(asked)) == [TEXTS[n] for n in expected]


@pytest.mark.parametrize("words", ["'\"*)(:&|!", "AND OR NOT NEAR", "a* b", "\\", "%_", "😀 kế"])
def test_no_text_breaks_the_search(session: Session, tasks: None, words: str) -> None:
    assert isinstance(found(session, words), list)


def test_changed_words_are_found_and_the_old_ones_are_not(
    session: Session, tasks: None, office: Office
) -> None:
    task = session.exec(select(Task).where(words_match("dat dai"))).one()
    task.text = "Nghị quyết về rừng"
    task.search_text = searchable(task.text)
    session.flush()
    assert found(session, "rung") == ["Nghị quyết về rừng"]
    assert found(session, "dat dai") == []


def test_a_removed_task_is_no_longer_found(session: Session, tasks: None) -> None:
    session.delete(session.exec(select(Task).where(words_match("moi truong"))).one())
    session.flush()
    assert found(session, "moi truong") == []


def matched(session: Session, words: str, match: Match, *, begins: bool = False) -> list[str]:
    asked = select(Task.text).where(words_match(words, begins=begins, match=match))
    return list(session.exec(asked.order_by(col(Task.id))))


@pytest.mark.parametrize(
    ("typed", "exact", "loose"),
    [
        ("bàn", ["Bàn giao"], ["Bán nhà", "Ban hành"]),
        ("bán", ["Bán nhà"], ["Bàn giao", "Ban hành"]),
        ("bán nha", ["Bán nhà"], []),
        ("ba\u0300n", ["Bàn giao"], ["Bán nhà", "Ban hành"]),
        ("BÀN", ["Bàn giao"], ["Bán nhà", "Ban hành"]),
    ],
)
def test_words_with_marks_are_found_apart_from_those_that_only_look_alike(
    session: Session, office: Office, typed: str, exact: list[str], loose: list[str]
) -> None:
    for text in ("Bàn giao", "Bán nhà", "Ban hành"):
        a_task(session, office.issuer, text=text)
    assert matches_of(typed) == (Match.EXACT, Match.LOOSE)
    assert matched(session, typed, Match.EXACT) == exact
    assert matched(session, typed, Match.LOOSE) == loose


@pytest.mark.parametrize(
    ("one", "other"), [("hoà giải", "hòa giải"), ("uỷ ban", "ủy ban"), ("Thuỷ lợi", "THỦY LỢI")]
)
def test_where_the_tone_stands_does_not_matter(
    session: Session, office: Office, one: str, other: str
) -> None:
    a_task(session, office.issuer, text=one)
    assert matched(session, other, Match.EXACT) == [one]


def test_a_word_that_is_still_being_typed_need_not_have_its_marks_yet(
    session: Session, office: Office
) -> None:
    a_task(session, office.issuer, text="Bảo vệ môi trường")
    assert matched(session, "bảo vệ trươ", Match.EXACT, begins=True) == ["Bảo vệ môi trường"]
    assert matches_of("trươ", begins=True) == (Match.ANY,)


def test_words_without_marks_are_answered_in_one_portion() -> None:
    assert matches_of("ban giao 2026") == (Match.ANY,)


def test_the_words_of_notes_count_like_those_of_the_task(session: Session, office: Office) -> None:
    a_task(session, office.issuer, text="Kế hoạch", search_more=searchable("Chờ Kho bạc"))
    assert matched(session, "kế hoạch kho bạc", Match.EXACT) == ["Kế hoạch"]
    assert found(session, "kho ke") == ["Kế hoạch"]
