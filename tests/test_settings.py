"""Settings come from the environment and the instance, and unsafe ones are refused."""

from pathlib import Path

import pytest

from tracker import labels, paths
from tracker.errors import Refused
from tracker.settings import Settings, load_settings

SECRET = "a secret key that only the tests know"


def a_service(tmp_path: Path, **facts: object) -> Settings:
    safe = {"secret_key": SECRET, "base_url": "https://dondoc.example", "instance": tmp_path}
    return load_settings(**(safe | facts))


def test_a_service_with_a_secret_and_a_public_address_may_start(tmp_path: Path) -> None:
    a_service(tmp_path).refuse_unsafe(host="0.0.0.0")


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"secret_key": ""}, "settings.no-secret-key"),
        ({"secret_key": "short"}, "settings.no-secret-key"),
        ({"base_url": ""}, "settings.no-public-address"),
        ({"base_url": "dondoc.example"}, "settings.no-public-address"),
        ({"base_url": "http://localhost:8000"}, "settings.local-address"),
    ],
)
def test_an_unsafe_service_is_refused_in_one_sentence(
    tmp_path: Path, facts: dict[str, object], code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        a_service(tmp_path, **facts).refuse_unsafe(host="0.0.0.0")
    assert refusal.value.code == code
    assert labels.sentence_of(refusal.value).endswith(".")


def test_a_trial_on_this_machine_alone_may_use_a_local_address(tmp_path: Path) -> None:
    a_service(tmp_path, base_url="http://127.0.0.1:8000").refuse_unsafe(host="127.0.0.1")


def test_the_environment_wins_over_the_instance_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tracker.toml").write_text('base_url = "https://a.example"\nmail_from = "b@c.d"')
    monkeypatch.setenv("TRACKER_INSTANCE", str(tmp_path))
    monkeypatch.setenv("TRACKER_BASE_URL", "https://env.example/")
    settings = load_settings()
    assert (settings.base_url, settings.mail_from) == ("https://env.example", "b@c.d")


def test_the_database_is_a_file_of_the_instance_unless_one_is_named(tmp_path: Path) -> None:
    assert a_service(tmp_path).database == f"sqlite:///{tmp_path / 'tracker.sqlite3'}"
    assert a_service(tmp_path, database_url="postgresql://h/d").database == "postgresql://h/d"


@pytest.mark.parametrize("text", ['time_zone = "Asia/Nowhere"', "unknown = 1", "not toml"])
def test_a_setting_that_cannot_be_used_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    (tmp_path / "tracker.toml").write_text(text)
    monkeypatch.setenv("TRACKER_INSTANCE", str(tmp_path))
    with pytest.raises(Refused):
        load_settings()


def test_the_secret_is_never_shown(tmp_path: Path) -> None:
    assert SECRET not in repr(a_service(tmp_path))


def test_a_checkout_keeps_its_instance_beside_the_code_wherever_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings().instance == paths.SHIPPED / "instance"
