"""What Prometheus is told about a service's progress, read when it asks."""

from collections.abc import Iterator, Mapping
from typing import Any

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from shared.consumer import Consumer
from shared.health import Readiness
from shared.inbox_processor import InboxProcessor
from shared.relay import Relay
from shared.ticks import Ticker


class ServiceMetrics(Collector):
    """Counts kept by the parts themselves, so the hot path knows nothing of Prometheus."""

    def __init__(
        self, relay: Relay, processor: InboxProcessor[Any], consumer: Consumer, ticker: Ticker
    ) -> None:
        self._relay, self._processor, self._consumer, self._ticker = relay, processor, consumer, ticker

    def collect(self) -> Iterator[Metric]:
        """The current numbers."""
        yield CounterMetricFamily("outbox_sent", "Events Kafka acknowledged", value=self._relay.sent)
        yield GaugeMetricFamily(
            "outbox_leading", "1 when this process holds the relay", value=self._relay.leading
        )
        yield GaugeMetricFamily(
            "outbox_blocked_topics", "Topics missing or closed to us", value=len(self._relay.blocked_topics)
        )
        yield CounterMetricFamily("inbox_handled", "Events handled", value=self._processor.handled)
        yield CounterMetricFamily(
            "inbox_parked", "Records parked as dead letters", value=self._processor.parked
        )
        yield CounterMetricFamily(
            "inbox_of_other_drills",
            "Records of another drill, passed by",
            value=self._processor.of_other_drills,
        )
        yield GaugeMetricFamily(
            "consumer_partitions", "Partitions assigned", value=self._consumer.assigned_partitions
        )
        yield GaugeMetricFamily(
            "consumer_paused_topics",
            "Topics that a blown fuse pauses",
            value=len(self._processor.fuses.resting),
        )
        gaps = self._processor.gaps
        yield GaugeMetricFamily("inbox_gaps", "Events that wait for a missing one", value=gaps.count)
        yield GaugeMetricFamily(
            "inbox_gap_oldest_seconds", "How long the longest has waited", value=gaps.oldest_seconds
        )
        yield _by_tick("ticks_fired", "Due rows dealt with", self._ticker.fired)
        yield _by_tick("ticks_failed", "Attempts at due work that failed", self._ticker.failed)


class HealthMetrics(Collector):
    """The same judgement as ``/health/ready``, made when Prometheus asks; ``latest`` is None before."""

    def __init__(self) -> None:
        self.latest: Readiness | None = None

    def collect(self) -> Iterator[Metric]:
        """Ready, degraded, and each check."""
        if self.latest is None:
            return
        yield GaugeMetricFamily("health_ready", "1 when what comes in goes through", value=self.latest.ready)
        yield GaugeMetricFamily(
            "health_degraded",
            "1 when it works and a person has something to look at",
            value=self.latest.degraded,
        )
        checks = GaugeMetricFamily(
            "health_check_ok", "1 when a condition of readiness is met", labels=["check"]
        )
        for check in self.latest.checks:
            checks.add_metric([check.name], check.ok)
        yield checks


def _by_tick(name: str, meaning: str, counts: Mapping[str, int]) -> Metric:
    family = CounterMetricFamily(name, meaning, labels=["tick"])
    for tick, count in counts.items():
        family.add_metric([tick], count)
    return family
