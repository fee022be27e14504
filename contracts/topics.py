"""Topics as data: the models of ``topics.yaml`` and the names made from them.

A topic is ``<jurisdiction>.<stream>``, in a drill ``drill.<jurisdiction>.<stream>``; a node writes
only topics with its own prefix, so there is one writer per topic by construction.
"""

from collections.abc import Iterable
from typing import Literal

from pydantic import Field

from contracts.values import Value

DEAD_LETTER = "dead-letter"
Mode = Literal["live", "exercise"]
Owner = Literal["incident", "dispatch", "resources", "notify", "drills", "all"]
Reader = Literal["own", "linked", "below", "partners"]
"""The node's services; those of the nodes directly above and below; those of all nodes below; departments."""


class StreamTopic(Value):
    """How one stream is kept on Kafka."""

    owner: Owner
    key: str
    partitions: int = Field(ge=1, le=100)
    retention_days: int = Field(ge=-1, description="-1 keeps for ever")
    compacted: bool
    readers: tuple[Reader, ...]
    drill_only: bool = False

    def config(self) -> dict[str, str]:
        """Kafka's topic settings."""
        retention = -1 if self.retention_days == -1 else self.retention_days * 86_400_000
        policy = "compact" if self.compacted else "delete"
        return {"retention.ms": str(retention), "cleanup.policy": policy}


class Topics(Value):
    """The whole of ``topics.yaml``."""

    streams: dict[str, StreamTopic]

    def of_nodes(self, jurisdictions: Iterable[str], mode: Mode) -> list[tuple[str, int, dict[str, str]]]:
        """(name, partitions, Kafka settings) of every topic these nodes need."""
        return [
            (topic_name(code, name, mode), stream.partitions, stream.config())
            for code in jurisdictions
            for name, stream in self.in_mode(mode)
        ]

    def in_mode(self, mode: Mode) -> list[tuple[str, StreamTopic]]:
        """The streams that exist in a mode, by name."""
        return [
            (name, stream)
            for name, stream in self.streams.items()
            if mode == "exercise" or not stream.drill_only
        ]


def topic_name(jurisdiction: str, stream: str, mode: Mode) -> str:
    """``210421.incident``, or ``drill.210421.incident`` in a drill."""
    return f"{'drill.' if mode == 'exercise' else ''}{jurisdiction}.{stream}"
