"""Who may write and read which topic: Kafka's access rules, made from ``topics.yaml``.

One principal per service and node, and per department of a node that has a credential. Only its owner writes a
topic, so that the broker has proved who wrote what stands in it. Whatever is not listed here is refused.
"""

from collections.abc import Iterable, Iterator
from typing import Literal, Protocol

from contracts.topics import Mode, Reader, StreamTopic, Topics, topic_name
from contracts.values import JurisdictionCode, Value

SERVICES = ("incident", "dispatch", "resources", "notify")


class Tree(Protocol):
    """The tree of nodes."""

    def parent(self, code: str) -> str | None:
        """The code one level up, None at the top."""

    def children(self, code: str) -> Iterable[str]:
        """The codes one level down."""


class Principal(Value):
    """Whom the broker knows: a service of a node, a department beside one, or whoever plays drills there.

    A mirror carries events between the Kafka of a node and that of the node above; both know it.
    """

    kind: Literal["service", "partner", "drills", "mirror"]
    node: JurisdictionCode
    name: str = ""
    """Of the service or the department."""

    def user(self, mode: Mode) -> str:
        """Its name at the broker: ``210400.incident``, ``drill.210400.partner.fire-rescue``.

        It is a name that Kubernetes takes too, so that a ``KafkaUser`` of Strimzi bears it.
        """
        middle = {"service": "", "partner": "partner.", "drills": "drills", "mirror": "mirror"}[self.kind]
        return topic_name(self.node, f"{middle}{self.name}", mode).replace("_", "-")

    def group(self, mode: Mode) -> str:
        """Its consumer group: ``live.210400.incident``, ``partner.live.210400.fire_rescue``.

        It may also use groups whose names go on behind this one and a full stop, as those of drills do.
        """
        if self.kind == "partner":
            return f"partner.{mode}.{self.node}.{self.name}"
        return f"{mode}.{self.node}.{self.name or self.kind}"


class Right(Value):
    """One permission at the broker; it holds from any address."""

    operation: Literal["Read", "Write"]
    resource: Literal["topic", "group"]
    name: str
    pattern: Literal["literal", "prefixed"] = "literal"


def rights_of(principal: Principal, topics: Topics, tree: Tree, mode: Mode) -> list[Right]:
    """All that a principal may do, each permission once, in a stable order; a mirror's differ, see ``rights_of_mirror``."""
    found = [
        *(
            Right(operation="Write", resource="topic", name=name)
            for name in _written(principal, topics, mode)
        ),
        *(
            Right(operation="Read", resource="topic", name=name)
            for name in _read(principal, topics, tree, mode)
        ),
    ]
    if principal.kind != "drills":  # whoever plays them reads in no group
        group = principal.group(mode)
        found.append(Right(operation="Read", resource="group", name=group))
        found.append(Right(operation="Read", resource="group", name=f"{group}.", pattern="prefixed"))
    return found


def mirrored(node: str, topics: Topics, tree: Tree, mode: Mode) -> tuple[list[str], list[str]]:
    """(down, up): the topics of the nodes above that a node's services may read, and its own that those above may read."""
    service = Principal(kind="service", node=node, name=SERVICES[0])
    above = tree.parent(node)
    if above is None:
        return [], []
    own, below = topic_name(node, "", mode), {topic_name(child, "", mode) for child in tree.children(node)}
    readable = _read(service, topics, tree, mode)
    down = [name for name in readable if not name.startswith((own, *below))]
    read_above = _read(Principal(kind="service", node=above, name=SERVICES[0]), topics, tree, mode)
    return down, [name for name in read_above if name.startswith(own)]


MIRROR_TOPICS = ("configs", "offsets", "status")
"""What Kafka Connect keeps of a mirror, at the Kafka that it writes to; behind the mirror's name and a full stop."""


def rights_of_mirror(
    node: str, side: Literal["above", "below"], topics: Topics, tree: Tree, mode: Mode
) -> list[Right]:
    """What the mirror of a node may do at the Kafka of the node above, or at the node's own, which is below."""
    mirror = Principal(kind="mirror", node=node)
    down, up = mirrored(node, topics, tree, mode)
    read, written = (down, up) if side == "above" else (up, down)
    own = [f"{mirror.user(mode)}.{name}" for name in MIRROR_TOPICS]
    return [
        *(Right(operation="Write", resource="topic", name=name) for name in [*written, *own]),
        *(Right(operation="Read", resource="topic", name=name) for name in [*read, *own]),
        Right(operation="Read", resource="group", name=mirror.group(mode)),
    ]


def services_of(nodes: Iterable[str]) -> list[Principal]:
    """The services of these nodes."""
    return [Principal(kind="service", node=node, name=name) for node in nodes for name in SERVICES]


def others_of(nodes: Iterable[str], departments: Iterable[str], mode: Mode) -> list[Principal]:
    """Who may be given a credential besides: each department at each node, and in a drill who plays it there."""
    nodes, names = list(nodes), list(departments)
    partners = [Principal(kind="partner", node=node, name=name) for node in nodes for name in names]
    players = [Principal(kind="drills", node=node) for node in nodes] if mode == "exercise" else []
    return [*partners, *players]


def _written(principal: Principal, topics: Topics, mode: Mode) -> list[str]:
    owners = {"service": {principal.name, "all"}, "drills": {"drills"}}.get(principal.kind, set[str]())
    return [
        topic_name(principal.node, name, mode)
        for name, stream in topics.in_mode(mode)
        if stream.owner in owners
    ]


def _read(principal: Principal, topics: Topics, tree: Tree, mode: Mode) -> list[str]:
    return [
        topic_name(node, name, mode)
        for node, readers in _relations(principal, tree)
        for name, stream in topics.in_mode(mode)
        if principal.kind == "drills" or _is_among(readers, stream)
    ]


def _is_among(readers: frozenset[Reader], stream: StreamTopic) -> bool:
    return not readers.isdisjoint(stream.readers)


def _relations(principal: Principal, tree: Tree) -> Iterator[tuple[str, frozenset[Reader]]]:
    """The nodes whose topics it may read, and as which kinds of readers."""
    node = principal.node
    if principal.kind == "partner":
        yield node, frozenset({"partners"})
        return
    yield node, frozenset({"own"})
    if principal.kind == "drills":
        yield from ((code, frozenset[Reader]()) for code in _below(node, tree))
        return
    yield from ((child, frozenset[Reader]({"linked"})) for child in tree.children(node))
    above, readers = tree.parent(node), frozenset[Reader]({"linked", "below"})
    while above is not None:
        yield above, readers
        above, readers = tree.parent(above), frozenset({"below"})


def _below(node: str, tree: Tree) -> Iterator[str]:
    for child in tree.children(node):
        yield child
        yield from _below(child, tree)
