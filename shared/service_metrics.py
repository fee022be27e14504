"""What Prometheus is told about a service's progress, read when it asks."""

from collections.abc import Iterator
from typing import Any

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from shared.consumer import Consumer
from shared.inbox_processor import InboxProcessor
from shared.relay import Relay


class ServiceMetrics(Collector):
    """Counts kept by the parts themselves, so the hot path knows nothing of Prometheus."""

    def __init__(self, relay: Relay, processor: InboxProcessor[Any], consumer: Consumer) -> None:
        self._relay, self._processor, self._consumer = relay, processor, consumer

    def collect(self) -> Iterator[Metric]:
        """The current numbers."""
        yield CounterMetricFamily("outbox_sent", "Events Kafka acknowledged", value=self._relay.sent)
        yield GaugeMetricFamily(
            "outbox_leading", "1 when this process holds the relay", value=self._relay.leading
        )
        yield CounterMetricFamily("inbox_handled", "Events handled", value=self._processor.handled)
        yield CounterMetricFamily(
            "inbox_parked", "Records parked as dead letters", value=self._processor.parked
        )
        yield GaugeMetricFamily("consumer_partitions", "Partitions assigned", value=self._consumer.assigned)
        yield GaugeMetricFamily(
            "consumer_fuse_blown", "1 when stopped by its fuse", value=bool(self._consumer.fuse)
        )
