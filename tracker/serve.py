"""The production server: the application as Granian's workers import it."""

import logging
import sys
from wsgiref.types import WSGIApplication

import structlog

from tracker.app import create_app
from tracker.settings import load_settings
from tracker.wiring import wire


def app() -> WSGIApplication:
    """What each worker process serves; settings come from the environment."""
    log_as_json()
    return create_app(wire(load_settings())).wsgi_app


def log_as_json() -> None:
    """One JSON object a line on the error stream, with the request's id."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )
