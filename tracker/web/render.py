"""Page or fragment, and the words that templates need."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cache, lru_cache, partial
from hashlib import sha256
from typing import Any

from flask import (
    Flask,
    Response,
    current_app,
    g,
    make_response,
    request,
    url_for,
)
from flask import (
    session as cookie,
)
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from tracker import labels, paths
from tracker.labels.catalogue import translations
from tracker.labels.places import place
from tracker.web.request import today, wiring
from tracker.web.wording import Pages


def render(template: str, *, partial: str = "", status: int = 200, **context: object) -> Response:
    """The page, or its fragment when htmx asks for one."""
    wants_part = partial and is_htmx()
    response = make_response(_filled(partial if wants_part else template, context))
    response.status_code = status
    if partial:
        response.vary.add("HX-Request")
    return response


def fragment(template: str, **context: object) -> Markup:
    """A piece that stands within another page."""
    return Markup(_filled(template, context))  # noqa: S704 - the template has escaped it


def _filled(template: str, context: dict[str, Any]) -> str:
    pages: Mapping[str, Pages] = current_app.extensions["pages"]
    current_app.update_template_context(context)
    return pages[locale()].get_template(template).render(context)


def is_htmx() -> bool:
    """Whether htmx asks for a fragment (a boosted link or a restored page wants it all)."""
    asks = request.headers
    return asks.get("HX-Request") == "true" and asks.get("HX-History-Restore-Request") != "true"


def locale() -> str:
    """The reader's language; Vietnamese for everybody who has not chosen."""
    if "locale" not in g:
        chosen = getattr(current_user, "locale", None) or cookie.get("locale")
        g.locale = chosen if chosen in labels.LOCALES else labels.LOCALES[0]
    found: str = g.locale
    return found


def teach(app: Flask) -> None:
    """Teach the templates the office's words and dates, in each language apart."""
    app.jinja_environment = Pages
    app.jinja_env = app.create_jinja_environment()
    pages = {locale: app.create_jinja_environment() for locale in labels.LOCALES[1:]}
    app.extensions["pages"] = {labels.LOCALES[0]: app.jinja_env} | pages
    for locale, made in app.extensions["pages"].items():
        _teach(made, locale)
    app.context_processor(lambda: {"today": today(), "demo_at": _demo_at()})


def _teach(pages: Pages, locale: str) -> None:
    pages.trim_blocks = pages.lstrip_blocks = True
    pages.use(translations(locale))
    pages.filters.update(_filters(locale))
    pages.globals |= {"asset": asset, "with_query": with_query, "csrf_token": generate_csrf}
    pages.globals["locale"] = lambda: locale


def _filters(locale: str) -> dict[str, Callable[..., object]]:
    return {
        "label": partial(_label, locale=locale),
        "badge": partial(_badge, locale=locale),
        "day": partial(_day, locale=locale),
        "weekday": lambda when: labels.weekday(when, locale),
        "moment": lambda at: labels.moment(at, wiring().clock.zone, locale),
        "sentence": lambda code, **facts: labels.sentence(code, locale, **facts),
        "place": lambda where: place(where, locale),
        "options": _options,
    }


# The office has few words and few days: a list asks for the same ones hundreds of times.
@lru_cache(maxsize=1024, typed=True)
def _label(word: StrEnum, locale: str) -> Markup:
    return escape(labels.label(word, locale))


@lru_cache(maxsize=1024, typed=True)
def _badge(word: StrEnum, locale: str) -> Markup:
    """A state as a coloured word."""
    badge = Markup('<span class="state state-{}">{}</span>')
    return badge.format(word.value, _label(word, locale))


@lru_cache(maxsize=4096)
def _day(when: date | None, locale: str) -> Markup:
    return escape(labels.day(when, locale))


@lru_cache(maxsize=64)
def _options(choices: tuple[tuple[int, str], ...], chosen: int | None = None) -> Markup:
    """The options of a select: every unit of the office on nearly every page."""
    option = Markup('<option value="{}"{}>{}</option>')
    here = Markup(" selected")
    return Markup().join(
        option.format(key, here if key == chosen else "", name) for key, name in choices
    )


def _demo_at() -> datetime | None:
    made = wiring()
    return made.clock.now() if made.settings.is_demo else None


@cache
def _fingerprint(name: str) -> str:
    return sha256((paths.STATIC / name).read_bytes()).hexdigest()[:10]


@cache
def asset(name: str) -> str:
    """The address of a static file, new whenever its content is."""
    return url_for("static", filename=name, v=_fingerprint(name))


def with_query(**changes: object) -> str:
    """This page's address with some of its query changed; None takes a part out."""
    kept = request.args.to_dict(flat=False) | {k: [v] for k, v in changes.items()}
    said: dict[str, Any] = {k: v for k, v in kept.items() if v != [None]}
    return url_for(request.endpoint or "home.index", **(request.view_args or {}), **said)
