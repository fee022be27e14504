"""Time is a value: services ask the one clock built in ``app.py`` and pass ``now`` on as an argument."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Anything that knows what time it is."""

    def now(self) -> datetime:
        """The current time, aware, in UTC."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The machine's time in UTC."""
        return datetime.now(UTC)


class DrillClock:
    """A clock that follows the readings of a drill's clock topic; the machine's time until the first.

    It never goes back: after a reading that lies behind what was told already it stands until time has caught up.
    """

    def __init__(self, wall: Clock | None = None) -> None:
        self._wall = wall or SystemClock()
        self._offset = timedelta()
        self._anchor = datetime.min.replace(tzinfo=UTC)
        self._rate = 1.0
        self._told = self._anchor

    def set_time(self, drill_time: datetime, wall_time: datetime, rate: float) -> None:
        """At ``wall_time`` it was ``drill_time``; from there time runs ``rate`` times as fast."""
        self._offset, self._anchor, self._rate = drill_time - wall_time, wall_time, rate

    def now(self) -> datetime:
        """The drill's time."""
        self._told = max(self._told, self._reckon_time())
        return self._told

    def _reckon_time(self) -> datetime:
        wall = self._wall.now()
        if self._rate == 1.0:
            return wall + self._offset
        return self._anchor + self._offset + (wall - self._anchor) * self._rate


class ManualClock:
    """A clock that only moves by hand, for tests."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        """The time it was last moved to."""
        return self._now

    def forward(self, by: timedelta) -> datetime:
        """Move ahead and say what time it is then."""
        self._now += by
        return self._now
