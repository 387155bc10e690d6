"""Where the shipped files live, in a checkout and in a wheel alike."""

from pathlib import Path

PACKAGE = Path(__file__).parent
# A wheel carries templates/ and static/ inside the package; a checkout has them beside it.
SHIPPED = PACKAGE if (PACKAGE / "templates").is_dir() else PACKAGE.parent
TEMPLATES = SHIPPED / "templates"
STATIC = SHIPPED / "static"
DATA = PACKAGE / "data"
LOCALE = PACKAGE / "locale"
MIGRATIONS = PACKAGE / "migrations"


def default_instance() -> Path:
    """The folder of the database and settings when TRACKER_INSTANCE is not set."""
    return SHIPPED / "instance" if SHIPPED != PACKAGE else Path.cwd() / "instance"
