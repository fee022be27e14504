"""The drill's clock topic: where every process of the drill learns what time it is in the drill."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from contracts.envelope import Envelope, Status
from contracts.events.monitoring import ClockSet
from shared.ids import new_id
from shared.kafka_access import KafkaAccess
from shared.received import Received, of_another_drill, read_record


class ClockMaster:
    """Sets the drill's time; it only ever jumps ahead, also of what was set in this drill before."""

    def __init__(self, producer: AIOKafkaProducer, topic: str, root: str, drill_id: str) -> None:
        self._producer, self._topic, self._root, self._drill_id = producer, topic, root, drill_id
        self._offset = timedelta()
        self._sequence = 0

    def now(self) -> datetime:
        """The drill's time."""
        return datetime.now(UTC) + self._offset

    async def catch_up(self, kafka: KafkaAccess) -> None:
        """Go on from the last reading of this drill, if there is one."""
        clock = TopicPartition(self._topic, 0)
        consumer = AIOKafkaConsumer(**kafka.client_options(), enable_auto_commit=False)
        await consumer.start()
        try:
            consumer.assign([clock])
            await consumer.seek_to_beginning(clock)
            end = (await consumer.end_offsets([clock]))[clock]
            while await consumer.position(clock) < end:
                for record in (await consumer.getmany(clock, timeout_ms=500)).get(clock, []):
                    self._take(record)
        finally:
            await consumer.stop()

    def _take(self, record: Any) -> None:  # noqa: ANN401 - aiokafka is untyped
        reading = read_record(record, Status.EXERCISE)
        if of_another_drill(record, self._drill_id) or not isinstance(reading, Received):
            return
        if isinstance(event := reading.event, ClockSet):
            self._offset = max(self._offset, event.drill_time - event.wall_time)
            self._sequence = max(self._sequence, reading.envelope.sequence)

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
