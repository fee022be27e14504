"""Users of Kafka and their rights: whoever is not named in the plan may do nothing.

Rights are made from ``contracts/topics.yaml`` for every node of the plan; those that an earlier run gave and this one
does not are taken back. Principals of other programs are left alone.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from confluent_kafka.admin import (
    AclBinding,
    AclBindingFilter,
    AclOperation,
    AclPermissionType,
    ResourcePatternType,
    ResourceType,
    ScramCredentialInfo,
    ScramMechanism,
    UserScramCredentialAlteration,
    UserScramCredentialUpsertion,
)

from contracts.rights import Principal, Right, Tree, others_of, rights_of, services_of
from contracts.topics import Mode
from shared.contract_files import load_topics
from shared.kafka_access import KafkaAccess
from shared.provisioning.kafka_admin import SECONDS, admin_of, outcomes

ITERATIONS = 8192
"""How often a password is hashed: twice Kafka's least."""
_OURS = {"live": re.compile(r"^User:\d{6}\."), "exercise": re.compile(r"^User:drill\.\d{6}\.")}
_OPERATIONS = {"Read": AclOperation.READ, "Write": AclOperation.WRITE}
_RESOURCES = {"topic": ResourceType.TOPIC, "group": ResourceType.GROUP}
_PATTERNS = {"literal": ResourcePatternType.LITERAL, "prefixed": ResourcePatternType.PREFIXED}


class UnknownUser(ValueError):
    """A user that is neither a service of the plan's nodes nor a department of one; carries its name."""

    def __init__(self, user: str) -> None:
        super().__init__(f"{user} is no service, department or player of drills of this plan in this mode")
        self.user = user


def principals_of(
    users: Iterable[str], nodes: Iterable[str], departments: Iterable[str], mode: Mode
) -> list[Principal]:
    """All services of these nodes, and the departments and players of drills among the users.

    Raises UnknownUser.
    """
    nodes = list(nodes)
    services, others = services_of(nodes), others_of(nodes, departments, mode)
    by_user = {one.user(mode): one for one in (*services, *others)}
    if unknown := next((user for user in users if user not in by_user), None):
        raise UnknownUser(unknown)
    named = {by_user[user] for user in users}
    return [*services, *(one for one in others if one in named)]


def grant_rights(
    kafka: KafkaAccess, principals: Iterable[Principal], tree: Tree, mode: Mode
) -> tuple[int, int]:
    """Give these principals exactly the rights they need; how many were given and how many taken back.

    Raises KafkaException.
    """
    admin, topics = admin_of(kafka), load_topics()
    wanted = {
        _binding(f"User:{principal.user(mode)}", right)
        for principal in principals
        for right in rights_of(principal, topics, tree, mode)
    }
    present = {one for one in granted_rights(kafka) if _OURS[mode].match(one.principal)}
    if missing := wanted - present:
        outcomes(admin.create_acls(list(missing)))
    if surplus := present - wanted:
        outcomes(admin.delete_acls([_filter(one) for one in surplus]))
    return len(missing), len(surplus)


def granted_rights(kafka: KafkaAccess) -> list[AclBinding]:
    """Every right that the brokers keep, whoever has it. Raises KafkaException."""
    anything: Any = None  # which the annotations do not know
    every = AclBindingFilter(
        ResourceType.ANY,
        anything,
        ResourcePatternType.ANY,
        anything,
        anything,
        AclOperation.ANY,
        AclPermissionType.ANY,
    )
    admin = admin_of(kafka)  # kept by name: the answer comes to a client that is still there
    return list(admin.describe_acls(every).result(SECONDS))


def set_passwords(kafka: KafkaAccess, passwords: Mapping[str, str]) -> None:
    """Let these users in by these passwords, as Kafka keeps them: salted and hashed. Raises KafkaException."""
    admin = admin_of(kafka)
    how = ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS)
    changes: list[UserScramCredentialAlteration] = [
        UserScramCredentialUpsertion(user, how, password.encode()) for user, password in passwords.items()
    ]
    if changes:
        outcomes(admin.alter_user_scram_credentials(changes, request_timeout=SECONDS))


def _binding(principal: str, right: Right) -> AclBinding:
    return AclBinding(
        _RESOURCES[right.resource],
        right.name,
        _PATTERNS[right.pattern],
        principal,
        "*",
        _OPERATIONS[right.operation],
        AclPermissionType.ALLOW,
    )


def _filter(binding: AclBinding) -> AclBindingFilter:
    return AclBindingFilter(
        binding.restype,
        binding.name,
        binding.resource_pattern_type,
        binding.principal,
        binding.host,
        binding.operation,
        binding.permission_type,
    )
