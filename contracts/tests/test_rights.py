"""Who may write and read what: one writer per topic, and nobody reads what is not meant for him."""

from dataclasses import dataclass

import pytest
from pydantic import ValidationError

from contracts.rights import Principal, Right, mirrored, rights_of, rights_of_mirror, services_of
from contracts.topics import topic_name
from shared.contract_files import load_topics

TOPICS = load_topics()
PROVINCE, CITY, COUNTY, OTHER, TOWN = "210000", "210400", "210404", "210421", "210499"
NODES = (PROVINCE, CITY, COUNTY, OTHER, TOWN)
ABOVE = {CITY: PROVINCE, COUNTY: CITY, OTHER: CITY, TOWN: COUNTY}
MODES = ("live", "exercise")
DEPARTMENTS = ("fire", "fire_rescue")
PRINCIPALS = [
    *services_of(NODES),
    *(Principal(kind="partner", node=node, name=name) for node in NODES for name in DEPARTMENTS),
]


@dataclass(frozen=True)
class Tree:
    """Four levels of nodes."""

    def parent(self, code: str) -> str | None:
        return ABOVE.get(code)

    def children(self, code: str) -> list[str]:
        return [child for child, above in ABOVE.items() if above == code]


def rights(principal: Principal, mode: str = "live") -> list[Right]:
    return rights_of(principal, TOPICS, Tree(), mode)


def topics(principal: Principal, operation: str, mode: str = "live") -> set[str]:
    return {
        one.name for one in rights(principal, mode) if (one.resource, one.operation) == ("topic", operation)
    }


@pytest.mark.parametrize("mode", MODES)
def test_every_topic_has_the_owner_as_its_only_writer(mode):
    players = [Principal(kind="drills", node=node) for node in NODES] if mode == "exercise" else []
    for name, stream in TOPICS.in_mode(mode):
        for node in NODES:
            topic = topic_name(node, name, mode)
            writers = {one for one in (*PRINCIPALS, *players) if topic in topics(one, "Write", mode)}
            assert {one.node for one in writers} == {node}
            if stream.owner == "all":
                assert len(writers) == 4
            else:
                assert {one.name or one.kind for one in writers} == {stream.owner}


def test_linked_nodes_read_each_other_and_nobody_reads_further():
    def nodes_read(node: str, stream: str, mode: str = "live") -> set[str]:
        read = topics(Principal(kind="service", node=node, name="incident"), "Read", mode)
        return {one for one in NODES if topic_name(one, stream, mode) in read}

    assert nodes_read(COUNTY, "incident") == {COUNTY, CITY, TOWN}
    assert nodes_read(CITY, "dispatch") == {CITY, PROVINCE, COUNTY, OTHER}
    assert nodes_read(COUNTY, "monitoring") == {COUNTY}
    assert nodes_read(TOWN, "clock", "exercise") == {TOWN, COUNTY, CITY, PROVINCE}


def test_a_partner_writes_nothing_and_reads_what_its_own_node_tells_partners():
    partner = Principal(kind="partner", node=CITY, name="fire_rescue")
    assert topics(partner, "Write") == set()
    meant = {f"{CITY}.{name}" for name, stream in TOPICS.in_mode("live") if "partners" in stream.readers}
    assert topics(partner, "Read") == meant
    assert f"{CITY}.warning" in meant
    assert not meant & {f"{CITY}.warning-draft", f"{CITY}.dispatch", f"{CITY}.dead-letter"}


@pytest.mark.parametrize("mode", MODES)
def test_no_group_of_one_is_open_to_another(mode):
    def may_use(principal: Principal, group: str) -> bool:
        return any(
            group == one.name if one.pattern == "literal" else group.startswith(one.name)
            for one in rights(principal, mode)
            if one.resource == "group"
        )

    for one in PRINCIPALS:
        for group in (one.group(mode), f"{one.group(mode)}.second"):
            assert [other for other in PRINCIPALS if may_use(other, group)] == [one]


def test_live_and_drill_share_neither_user_nor_right():
    for one in PRINCIPALS:
        assert one.user("live") != one.user("exercise")
        live, drill = (
            {(right.operation, right.resource, right.name) for right in rights(one, mode)} for mode in MODES
        )
        assert not live & drill


def test_users_have_names_that_kubernetes_takes():
    partner = Principal(kind="partner", node=CITY, name="fire_rescue")
    assert partner.user("live") == "210400.partner.fire-rescue"
    assert Principal(kind="drills", node=CITY).user("exercise") == "drill.210400.drills"
    assert len({one.user("live") for one in PRINCIPALS}) == len(PRINCIPALS)


def test_who_plays_a_drill_sets_its_clock_and_reads_all_below():
    player = Principal(kind="drills", node=CITY)
    assert topics(player, "Write", "exercise") == {f"drill.{CITY}.clock"}
    assert topics(player, "Read", "exercise") == {
        topic_name(node, name, "exercise") for node in (CITY, COUNTY, OTHER, TOWN) for name in TOPICS.streams
    }


def test_no_right_is_given_twice():
    for one in PRINCIPALS:
        assert len(rights(one)) == len(set(rights(one)))


def test_a_node_is_named_by_its_code():
    with pytest.raises(ValidationError):
        Principal(kind="service", node="fushun", name="incident")


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("node", [node for node in NODES if node in ABOVE])
def test_a_mirror_carries_what_each_side_may_read_and_writes_nowhere_in_its_readers_name(node, mode):
    def allowed(side: str, operation: str) -> set[str]:
        found = rights_of_mirror(node, side, TOPICS, Tree(), mode)
        names = {one.name for one in found if (one.resource, one.operation) == ("topic", operation)}
        return {name for name in names if ".mirror." not in name}

    here = services_of([node])[0]
    above = services_of([ABOVE[node]])[0]
    own = topic_name(node, "", mode)
    assert allowed("above", "Write") == {name for name in topics(above, "Read", mode) if name.startswith(own)}
    assert allowed("below", "Write") <= topics(here, "Read", mode)
    assert not any(name.startswith(own) for name in allowed("below", "Write"))
    assert allowed("above", "Read") == allowed("below", "Write")
    assert allowed("below", "Read") == allowed("above", "Write")


def test_at_the_top_there_is_nothing_to_carry():
    assert mirrored(PROVINCE, TOPICS, Tree(), "live") == ([], [])
