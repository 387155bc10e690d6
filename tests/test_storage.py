"""Where files lie: each content once, whole or not at all, and nothing that nobody refers to."""

import hashlib
import stat
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest

from tracker.clock import real_now
from tracker.errors import Refused, Unreadable
from tracker.storage import Arrival, Storage

PAPER = "Báo cáo kết quả".encode()
SOON = timedelta(hours=1)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage(tmp_path / "files")


def arrived(storage: Storage, data: bytes = PAPER) -> Arrival:
    return storage.receive(BytesIO(data), megabytes=1)


def put_down(storage: Storage, data: bytes = PAPER) -> str:
    arrival = arrived(storage, data)
    storage.keep(arrival)
    return arrival.sha256


def files(storage: Storage) -> list[Path]:
    return sorted(path for path in storage.folder.rglob("*") if path.is_file())


def nothing(_: Collection[str]) -> set[str]:
    return set()


def test_what_was_put_down_is_read_again(storage: Storage) -> None:
    sha256 = put_down(storage)
    assert sha256 == hashlib.sha256(PAPER).hexdigest()
    assert storage.read(sha256) == PAPER


def test_the_same_content_lies_there_once(storage: Storage) -> None:
    assert put_down(storage) == put_down(storage)
    assert len([path for path in files(storage) if "kept" in path.parts]) == 1


def test_nobody_else_on_the_machine_can_look_inside(storage: Storage) -> None:
    path = storage.path_of(put_down(storage))
    modes = [stat.S_IMODE(one.stat().st_mode) for one in (path, path.parent, storage.folder)]
    assert modes == [0o600, 0o700, 0o700]


def test_a_file_over_the_limit_is_refused_and_leaves_nothing(storage: Storage) -> None:
    with pytest.raises(Refused, match=r"attachment\.too-large"):
        arrived(storage, bytes(1024 * 1024 + 1))
    assert files(storage) == []


def test_a_broken_line_leaves_nothing(storage: Storage) -> None:
    class Broken(BytesIO):
        def read(self, _size: int | None = -1, /) -> bytes:
            raise ConnectionError

    with pytest.raises(ConnectionError):
        storage.receive(Broken(), megabytes=1)
    assert files(storage) == []


@pytest.mark.parametrize("damage", [b"", b"something else"])
def test_a_damaged_file_is_told_and_not_given_out(storage: Storage, damage: bytes) -> None:
    sha256 = put_down(storage)
    storage.path_of(sha256).write_bytes(damage)
    with pytest.raises(Unreadable, match=r"attachment\.lost"):
        storage.read(sha256)


def test_a_lost_file_is_told(storage: Storage) -> None:
    with pytest.raises(Unreadable, match=r"attachment\.lost"):
        storage.read("0" * 64)


def test_handing_in_the_original_again_heals_a_damaged_file(storage: Storage) -> None:
    sha256 = put_down(storage)
    storage.path_of(sha256).write_bytes(b"damage")
    put_down(storage)
    assert storage.read(sha256) == PAPER


def test_what_came_to_nothing_is_swept_away(storage: Storage) -> None:
    put_down(storage)
    arrived(storage, b"the server was killed here")
    assert storage.sweep(nothing, before=real_now() + SOON) == 1
    assert files(storage) == []


def test_what_somebody_refers_to_stays_and_is_asked_about_once(storage: Storage) -> None:
    sha256 = put_down(storage)
    assert storage.sweep(set, before=real_now() + SOON) == 0
    assert storage.sweep(nothing, before=real_now() + SOON) == 0
    assert storage.read(sha256) == PAPER


def test_what_has_only_just_arrived_is_left_alone(storage: Storage) -> None:
    put_down(storage)
    arrived(storage, b"still examined")
    before = files(storage)
    assert storage.sweep(nothing, before=LONG_AGO) == 0
    assert files(storage) == before


def test_sweeping_an_empty_house_is_no_work(storage: Storage) -> None:
    assert storage.sweep(nothing, before=real_now()) == 0
