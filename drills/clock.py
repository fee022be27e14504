"""The drill's clock topic: where every process of the drill learns what time it is in the drill."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from aiokafka import AIOKafkaProducer

from contracts.envelope import Envelope, Status
from contracts.events.monitoring import ClockSet
from shared.ids import new_id


class ClockMaster:
    """Sets the drill's time; it only ever jumps ahead."""

    def __init__(self, producer: AIOKafkaProducer, topic: str, root: str, drill_id: str) -> None:
        self._producer, self._topic, self._root, self._drill_id = producer, topic, root, drill_id
        self._offset = timedelta()
        self._sequence = 0

    def now(self) -> datetime:
        """The drill's time."""
        return datetime.now(UTC) + self._offset

    async def forward(self, by: timedelta) -> None:
        """Jump ahead; zero just says what time it is."""
        self._offset += by
        wall = datetime.now(UTC)
        event = ClockSet(
            drill_id=self._drill_id,
            jurisdiction=self._root,
            drill_time=wall + self._offset,
            wall_time=wall,
            rate=1.0,
        )
        self._sequence += 1
        envelope = self._envelope(event, new_id())
        await self._producer.send_and_wait(
            self._topic,
            event.model_dump_json().encode(),
            key=event.correlation.encode(),
            headers=envelope.to_headers(),
        )

    def _envelope(self, event: ClockSet, event_id: UUID) -> Envelope:
        return Envelope(
            id=event_id,
            type=event.type_name(),
            source=f"/{self._root}/drills",
            subject=event.subject,
            time=event.wall_time,
            dataschema=event.schema_uri(),
            status=Status.EXERCISE,
            drill=self._drill_id,
            sequence=self._sequence,
            correlationid=event.correlation,
            causationid=str(event_id),
        )
