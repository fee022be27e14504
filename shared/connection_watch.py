"""A connection on which nothing comes back is cut off, so that whoever waits on it learns of it.

Cancelling is no way out: psycopg then asks the server to cancel and waits for its answer, and a server
that hangs gives none. A closed socket ends every wait at once, as an OperationalError.
"""

import asyncio
import os
import select
import socket
from typing import Any

from sqlalchemy import event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

_WATCH = "liandong.watch"


class ConnectionWatch:
    """Cuts a connection when ``seconds`` pass without a new statement, or at ``deadline`` in any case.

    ``deadline`` is a reading of the event loop's clock.
    """

    def __init__(self, driver: Any, seconds: float, deadline: float | None) -> None:  # noqa: ANN401 - psycopg's
        self._loop = asyncio.get_running_loop()
        self._driver, self._seconds, self._deadline = driver, seconds, deadline
        self._until = self._next()
        self._timer = self._loop.call_at(self._until, self._look)

    @classmethod
    def on(cls, connection: AsyncConnection, seconds: float, deadline: float | None) -> "ConnectionWatch":
        """Watch a connection from now on, until ``end``."""
        raw: Any = connection.sync_connection
        record = raw.connection
        watch = cls(record.driver_connection, seconds, deadline)
        record.info[_WATCH] = watch
        return watch

    def touch(self) -> None:
        """A statement begins: the time runs from here."""
        self._until = self._next()

    def end(self) -> None:
        """Nobody waits on the connection any more."""
        self._timer.cancel()

    def _next(self) -> float:
        until = self._loop.time() + self._seconds
        return until if self._deadline is None else min(until, self._deadline)

    def _look(self) -> None:
        if self._loop.time() < self._until:
            self._timer = self._loop.call_at(self._until, self._look)
        else:
            cut_off(self._driver)


def touch(connection: AsyncConnection) -> None:
    """A statement begins that goes straight to the driver."""
    raw: Any = connection.sync_connection
    if watch := raw.info.get(_WATCH):
        watch.touch()


def install(engine: AsyncEngine) -> None:
    """Tell each connection's watch of SQLAlchemy's statements; notice dead connections before they are used."""

    def on_statement(connection: Any, *_: object) -> None:  # noqa: ANN401 - SQLAlchemy's
        if watch := connection.info.get(_WATCH):
            watch.touch()

    def on_checkout(adapted: Any, *_: object) -> None:  # noqa: ANN401 - SQLAlchemy's
        driver = adapted.driver_connection
        if driver.closed or _has_ended(driver):
            raise InvalidatePoolError

    event.listen(engine.sync_engine, "before_cursor_execute", on_statement)
    event.listen(engine.sync_engine.pool, "checkout", on_checkout)


def cut_off(driver: Any) -> None:  # noqa: ANN401 - psycopg's connection
    """Close the connection's socket in both directions; the driver finds out by itself."""
    if driver.closed:
        return
    with socket.socket(fileno=os.dup(driver.fileno())) as own:
        own.shutdown(socket.SHUT_RDWR)


def _has_ended(driver: Any) -> bool:  # noqa: ANN401 - psycopg's connection
    """Whether the server has hung up; what it may have sent before that is not looked at."""
    poll = select.poll()
    poll.register(driver.fileno(), getattr(select, "POLLRDHUP", 0))  # hang-ups and errors are always told
    return bool(poll.poll(0))
