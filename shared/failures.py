"""What of an exception may be told in logs, dead letters and spans: never what people typed.

PostgreSQL quotes the failing row in an error's detail and a bad value in a data error; pydantic quotes
the input of a failed validation. Both may hold names and telephone numbers.
"""

import traceback
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import TypeVar

import psycopg
import structlog
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError

log = structlog.get_logger(__name__)
T = TypeVar("T")
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def reason_of(error: BaseException) -> str:
    """One line: type and message, of a database error the code and its rule, of a validation the fields."""
    name = type(error).__name__
    if isinstance(error, ValidationError):
        return f"{name}({error.title}: {_faults(error)})"
    if isinstance(error, DBAPIError):
        return f"{name}({_of_database(error.orig)})"
    if isinstance(error, psycopg.Error):
        return f"{name}({_of_database(error)})"
    return repr(error)


async def contain_failure(
    work: Awaitable[T], otherwise: Callable[[str], T], foreseen: tuple[type[Exception], ...] = ()
) -> T:
    """What work comes to; a failure that was not foreseen is logged and is what ``otherwise`` makes of it."""
    try:
        return await work
    except foreseen:
        raise
    except Exception as error:
        log.exception("contained failure", error=reason_of(error))
        return otherwise(reason_of(error))


def traceback_told(exc_info: ExcInfo) -> str:
    """The traceback of an exception and of those that led to it, each told as ``reason_of`` tells it."""
    lines: list[str] = []
    error: BaseException | None = exc_info[1]
    while error is not None:
        lines[:0] = [*traceback.format_tb(error.__traceback__), f"{reason_of(error)}\n"]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "".join(lines).rstrip()


def _faults(error: ValidationError) -> str:
    found = error.errors(include_url=False, include_context=False, include_input=False)
    return ", ".join(f"{'.'.join(str(part) for part in one['loc'])}: {one['type']}" for one in found)


def _of_database(error: BaseException | None) -> str:
    if not isinstance(error, psycopg.Error):
        return type(error).__name__
    rule = error.diag.message_primary or str(error).partition("\n")[0]
    return f"{error.sqlstate or ''} {'' if isinstance(error, psycopg.DataError) else rule}".strip()
