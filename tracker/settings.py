"""Settings, read once from the environment and instance/tracker.toml; unsafe ones are refused."""

import secrets
import tomllib
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AwareDatetime, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from tracker import paths
from tracker.errors import Refused

SHORTEST_SECRET = 32


class Settings(BaseSettings):
    """What an office decides about its installation; each field is `TRACKER_<FIELD>`."""

    model_config = SettingsConfigDict(env_prefix="TRACKER_", frozen=True, extra="forbid")

    instance: Path = Field(default_factory=paths.default_instance)
    database_url: str = ""
    secret_key: SecretStr = SecretStr("")
    base_url: str = ""
    smtp_url: str = "smtp://127.0.0.1:25"
    mail_from: str = "Đôn đốc <don-doc@localhost>"
    time_zone: str = "Asia/Ho_Chi_Minh"
    upload_mb: int = Field(default=50, ge=1, le=1024)
    scan_command: str = ""
    # How many requests for more time of one task are granted; 0 is none (product rule 13).
    extension_limit: int = Field(default=2, ge=0)
    demo_password: SecretStr = SecretStr("")
    demo_at: AwareDatetime | None = None
    demo_started: AwareDatetime | None = None
    demo_mailbox: Path | None = None

    @field_validator("time_zone")
    @classmethod
    def _zone_exists(cls, name: str) -> str:
        try:
            return ZoneInfo(name).key
        except ZoneInfoNotFoundError as unknown:
            raise ValueError(str(unknown)) from unknown

    @field_validator("base_url")
    @classmethod
    def _no_slash_at_the_end(cls, address: str) -> str:
        return address.rstrip("/")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - pydantic's signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - likewise
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The command line wins over the environment, the environment over tracker.toml."""
        return (
            init_settings,
            env_settings,
            TomlConfigSettingsSource(settings_cls, _instance_file(env_settings)),
        )

    @property
    def zone(self) -> ZoneInfo:
        """The office's time zone."""
        return ZoneInfo(self.time_zone)

    @property
    def database(self) -> str:
        """The address of the database; a SQLite file in the instance unless one is set."""
        return self.database_url or f"sqlite:///{self.instance / 'tracker.sqlite3'}"

    @property
    def is_demo(self) -> bool:
        """Whether the clock and the mailbox are those of `tracker demo`."""
        return self.demo_at is not None

    @property
    def is_https(self) -> bool:
        """Whether people reach the pages by https, so that cookies may insist on it."""
        return self.base_url.startswith("https://")

    def refuse_unsafe(self, *, host: str = "127.0.0.1") -> None:
        """Raise Refused unless the service may start: a real secret and an address for links."""
        if len(self.secret_key.get_secret_value()) < SHORTEST_SECRET:
            raise Refused("settings.no-secret-key", shortest=SHORTEST_SECRET)
        if urlsplit(self.base_url).scheme not in {"http", "https"}:
            raise Refused("settings.no-public-address")
        if is_loopback(urlsplit(self.base_url).hostname) and not is_loopback(host):
            raise Refused("settings.local-address", address=self.base_url)


def is_loopback(host: str | None) -> bool:
    """Whether only this machine can reach the host."""
    if host in {None, "localhost"}:
        return True
    try:
        return ip_address(str(host)).is_loopback
    except ValueError:
        return False


def _instance_file(env: PydanticBaseSettingsSource) -> Path:
    return Path(env().get("instance") or paths.default_instance()) / "tracker.toml"


def load_settings(**chosen: object) -> Settings:
    """The settings of this installation.

    Raises Refused naming the first setting that cannot be used.
    """
    chosen.setdefault("instance", None)
    try:
        settings = Settings(**{k: v for k, v in chosen.items() if v is not None})  # type: ignore[arg-type]
    except ValidationError as wrong:
        first = wrong.errors()[0]
        name = "TRACKER_" + "_".join(map(str, first["loc"])).upper()
        raise Refused("settings.invalid", name=name, why=first["msg"]) from wrong
    except tomllib.TOMLDecodeError as wrong:
        raise Refused("settings.not-toml", why=str(wrong)) from wrong
    return settings


def new_secret() -> str:
    """A secret key for one installation."""
    return secrets.token_urlsafe(48)
