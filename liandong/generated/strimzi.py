"""Strimzi's ``KafkaTopic`` and ``KafkaUser`` from ``topics.yaml``: the same topics and rights as provisioning makes.

Users are the services of the nodes that connect to a Kafka and the mirrors between it and its neighbours; a department
that is given a user is named beside them.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml

from contracts.plan import Plan
from contracts.rights import (
    MIRROR_TOPICS,
    Principal,
    Right,
    mirrored,
    rights_of,
    rights_of_mirror,
    services_of,
)
from contracts.topics import Mode
from shared.contract_files import load_topics
from shared.plan_folder import load_plan

API = "kafka.strimzi.io/v1"
REPLICAS, CLUSTER = 3, "kafka"
PLAN = Path("plans") / "fushun"
OVERLAYS = {"city": "210400", "county": "210404"}
"""Of which node of the example plan each overlay is."""
_HEAD = """\
# Made by `liandong generate`, from contracts/topics.yaml and the plan. Of another city or county:
# liandong kafka strimzi --plan plans/… --node …
"""
_MIRROR_PARTITIONS = dict(zip(MIRROR_TOPICS, (1, 5, 5), strict=True))
"""Kafka Connect reads its configuration in one order."""
Resource = dict[str, Any]


def strimzi_files(root: Path) -> dict[Path, str]:
    """What the overlays of the example plan need, where they stand."""
    folders = {root / "deploy" / "k8s" / "overlays" / name: node for name, node in OVERLAYS.items()}
    return {
        folder / "kafka-access.yaml": as_yaml(resources_of([node], load_plan(root / PLAN), "live"))
        for folder, node in folders.items()
        if folder.exists()
    }


def as_yaml(resources: Iterable[Resource]) -> str:
    """The resources as one file."""
    return _HEAD + yaml.safe_dump_all(
        resources, sort_keys=False, allow_unicode=True, width=120, default_flow_style=None
    )


def resources_of(
    nodes: Sequence[str], plan: Plan, mode: Mode, partners: Sequence[Principal] = ()
) -> list[Resource]:
    """Every topic and user of the Kafka to which these nodes' services connect, in a stable order.

    Nodes above and below that are not among them have a Kafka of their own: each link is a mirror's.
    """
    topics = load_topics()
    known = dict[str, Resource]()
    for name, partitions, config in topics.of_nodes(nodes, mode):
        known[name] = _topic(name, partitions, config)
    users = [
        _user(one.user(mode), rights_of(one, topics, plan, mode)) for one in (*services_of(nodes), *partners)
    ]
    for node, side in _links(nodes, plan):
        mirror = Principal(kind="mirror", node=node)
        down, up = mirrored(node, topics, plan, mode)
        for name in up if side == "above" else down:
            stream = topics.streams[name.rpartition(".")[2]]
            known[name] = _topic(name, stream.partitions, stream.config())
        for name, partitions in _MIRROR_PARTITIONS.items():
            own = f"{mirror.user(mode)}.{name}"
            known[own] = _topic(own, partitions, {"cleanup.policy": "compact"})
        users.append(_user(mirror.user(mode), rights_of_mirror(node, side, topics, plan, mode)))
    return [*known.values(), *users]


def _links(nodes: Sequence[str], plan: Plan) -> list[tuple[str, Any]]:
    """(node below, on which side of its mirror this Kafka is)."""
    above = [(child, "above") for node in nodes for child in plan.children(node) if child not in nodes]
    below = [(node, "below") for node in nodes if (parent := plan.parent(node)) and parent not in nodes]
    return [*above, *below]


def _topic(name: str, partitions: int, config: dict[str, str]) -> Resource:
    values = {key: int(value) if value.lstrip("-").isdigit() else value for key, value in config.items()}
    spec = {"partitions": partitions, "replicas": REPLICAS, "config": values}
    return {"apiVersion": API, "kind": "KafkaTopic", "metadata": _named(name), "spec": spec}


def _user(name: str, rights: Iterable[Right]) -> Resource:
    grouped = dict[tuple[str, str, str], set[str]]()
    for one in rights:
        operations = grouped.setdefault((one.resource, one.name, one.pattern), set())
        operations |= {one.operation, "Describe"}
    acls = [
        {
            "resource": {"type": kind, "name": topic, "patternType": _PATTERN[pattern]},
            "operations": sorted(allowed),
        }
        for (kind, topic, pattern), allowed in grouped.items()
    ]
    spec = {
        "authentication": {"type": "scram-sha-512"},
        "authorization": {"type": "simple", "acls": acls},
    }
    return {"apiVersion": API, "kind": "KafkaUser", "metadata": _named(name), "spec": spec}


_PATTERN = {"literal": "literal", "prefixed": "prefix"}


def _named(name: str) -> Resource:
    return {"name": name, "labels": {"strimzi.io/cluster": CLUSTER}}
