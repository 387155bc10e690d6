"""The worker's jobs and when each last ran, so that a silent scheduler is seen."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class Job(SQLModel, table=True):
    """One job of the worker; its row is also where planners queue behind each other."""

    name: str = Field(primary_key=True, max_length=40)
    started_at: datetime | None = None
    succeeded_at: datetime | None = None
    failed_at: datetime | None = None
    error: str | None = None
