"""Wiring: settings, engine, clock, mailer and letters, made once and handed to every door."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from tracker import db, labels, paths
from tracker.clock import Clock, FixedClock, OfficeClock
from tracker.labels.catalogue import translations
from tracker.mail import Mailer, SmtpMailer
from tracker.settings import Settings

Letters = Mapping[str, Environment]


@dataclass(frozen=True)
class Wiring:
    """Everything a door needs to open; tests build their own with a FixedClock."""

    settings: Settings
    engine: sa.Engine
    clock: Clock
    mailer: Mailer
    letters: Letters

    def at(self, moment: datetime) -> "Wiring":
        """The same wiring, with the clock standing at that moment."""
        return replace(self, clock=FixedClock(self.settings.zone, moment))


def wire(settings: Settings) -> Wiring:
    """The wiring of an installation; opens no connection yet."""
    Path(settings.instance).mkdir(parents=True, exist_ok=True)
    return Wiring(
        settings=settings,
        engine=db.make_engine(settings.database),
        clock=OfficeClock(settings.zone, _shift(settings)),
        mailer=SmtpMailer(settings.smtp_url),
        letters=letters(),
    )


def _shift(settings: Settings) -> timedelta:
    if settings.demo_at is None or settings.demo_started is None:
        return timedelta()
    return settings.demo_at - settings.demo_started


def letters() -> Letters:
    """The templates of e-mails, one environment for each language."""
    return {locale: _letters_in(locale) for locale in labels.LOCALES}


def _letters_in(locale: str) -> Environment:
    pages = Environment(
        loader=FileSystemLoader(paths.TEMPLATES / "email"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    pages.install_gettext_translations(translations(locale), newstyle=True)  # type: ignore[attr-defined]
    pages.filters["day"] = lambda when: labels.day(when, locale)
    pages.filters["weekday"] = lambda when: labels.weekday(when, locale)
    pages.filters["label"] = lambda word: labels.label(word, locale)
    return pages
