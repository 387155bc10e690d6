"""The working calendar on the screen: a year of days, why each is off or worked, and counting."""

from calendar import Calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, Response, redirect, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse
from wtforms import DateField, StringField

from tracker.domain import CalendarDay
from tracker.domain.change import Thing
from tracker.domain.working_days import (
    DayKind,
    DayRule,
    Origin,
    WorkingDays,
    published_days,
    rule_of,
)
from tracker.errors import NotFound, Refused
from tracker.queries.calendar import own_days, working_days
from tracker.queries.history import history_of
from tracker.services import calendar as acts
from tracker.services.people import administrator_only
from tracker.web import typed
from tracker.web.refusals import said
from tracker.web.render import render
from tracker.web.request import now, reader, session, today

YEARS = range(2000, 2101)
FARTHEST = 250

pages = Blueprint("calendar", __name__)


@dataclass(frozen=True)
class Month:
    """A month as it hangs on the wall."""

    first: date
    weeks: list[list[date]]
    rules: Mapping[date, DayRule]

    @property
    def special(self) -> list[tuple[date, DayRule]]:
        """The days that the week alone does not explain."""
        return [(day, rule) for day, rule in self.rules.items() if rule.origin is not Origin.WEEK]

    @property
    def worked(self) -> int:
        """How many days the office works in this month."""
        return sum(rule.kind is DayKind.WORK for rule in self.rules.values())


@dataclass(frozen=True)
class Count:
    """A count of working days with every day that it passed over or counted."""

    start: date
    n: int
    end: date
    steps: list[tuple[date, DayRule]]


class DayForm(FlaskForm):
    """What the administrator declares about a day."""

    day = DateField()
    kind = StringField()
    name = StringField()
    reference = StringField()


@pages.get("/calendar")
def index() -> Response:
    """The months of a year."""
    return _year(_asked_year(), DayForm())


def _asked_year() -> int:
    year = request.args.get("year", today().year, type=int)
    return year if year in YEARS else today().year


def _year(year: int, form: DayForm, problem: str = "") -> Response:
    own = _own()
    noticed = {day.year for day, rule in published_days().items() if _is_noticed(rule)}
    return render(
        "calendar/index.html",
        status=422 if problem else 200,
        year=year,
        months=[_month(date(year, n, 1), own) for n in range(1, 13)],
        own={day: rule for day, rule in own.items() if day.year == year},
        is_noticed=year in noticed,
        count=_count(own),
        form=form,
        kinds=list(DayKind),
        may_edit=reader().is_administrator,
        problem=problem,
    )


def _is_noticed(rule: DayRule) -> bool:
    return rule.origin is Origin.PUBLISHED


def _own() -> dict[date, DayRule]:
    rows = sorted(own_days(session()), key=lambda row: row.day)
    return {row.day: DayRule(row.kind, row.name, row.reference, Origin.OFFICE) for row in rows}


def _month(first: date, own: Mapping[date, DayRule]) -> Month:
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    days = [day for week in weeks for day in week if day.month == first.month]
    return Month(first, weeks, {day: rule_of(day, own) for day in days})


def _count(own: Mapping[date, DayRule]) -> Count | None:
    start, n = _day(request.args.get("from", "")), request.args.get("n", type=int)
    if start is None or start.year not in YEARS or not n or not 0 < n <= FARTHEST:
        return None
    n = -n if request.args.get("way") == "before" else n
    calendar: WorkingDays = working_days(session())
    end = calendar.add(start, n)
    return Count(start, n, end, [(day, rule_of(day, own)) for day in _walk(start, end)])


def _walk(start: date, end: date) -> Iterator[date]:
    step = timedelta(days=1 if end > start else -1)
    while start != end:
        start += step
        yield start


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@pages.post("/calendar")
def declare() -> AnyResponse:
    """Declare a day off or worked."""
    administrator_only(reader())
    form = DayForm()
    try:
        row = acts.set_day(session(), _row(form), by=reader(), at=now())
    except Refused as refusal:
        return _year((form.day.data or today()).year, form, said(refusal))
    return redirect(url_for("calendar.index", year=row.day.year), 303)


def _row(form: DayForm) -> CalendarDay:
    if form.day.data is None or form.day.data.year not in YEARS:
        raise Refused("calendar.day-missing")
    kind = DayKind.WORK if form.kind.data == DayKind.WORK else DayKind.OFF
    name, reference = typed.text("name", longest=120), typed.text("reference", longest=200)
    return CalendarDay(day=form.day.data, kind=kind, name=name, reference=reference)


@pages.get("/calendar/<text>")
def show(text: str) -> Response:
    """One day: what holds, why, and what the administrator did to it."""
    day = _day(text)
    if day is None or day.year not in YEARS:
        raise NotFound("not-found")
    own = _own()
    rule = rule_of(day, own)
    written = own.get(day)
    form = DayForm(day=day, kind=rule.kind, name=rule.name, reference=rule.reference)
    return render(
        "calendar/show.html",
        day=day,
        rule=rule,
        published=rule_of(day, {}) if written else None,
        form=form,
        kinds=list(DayKind),
        may_edit=reader().is_administrator,
        entries=history_of(session(), Thing.CALENDAR, acts.number_of(day)),
    )


@pages.post("/calendar/<text>/remove")
def remove(text: str) -> AnyResponse:
    """Take the administrator's row out."""
    day = _day(text)
    if day is None:
        raise NotFound("not-found")
    acts.remove_day(session(), day, by=reader(), at=now())
    return redirect(url_for("calendar.index", year=day.year), 303)
