"""Topics: one writer per prefix, settings as data."""

import pytest
from pydantic import ValidationError

from contracts.events.event import Stream
from contracts.topics import DEAD_LETTER, StreamTopic, Topics, topic_name
from shared.contract_files import load_topics

TOPICS = load_topics()
MODEST = {
    "owner": "incident",
    "key": "incident",
    "partitions": 1,
    "retention_days": 1,
    "compacted": False,
    "readers": ["own"],
}


def test_every_stream_has_its_topic_and_every_topic_its_stream():
    assert set(TOPICS.streams) == {stream.value for stream in Stream}
    assert DEAD_LETTER in TOPICS.streams


def test_a_topic_names_its_node_and_whether_it_is_a_drill():
    assert topic_name("210421", "incident", "live") == "210421.incident"
    assert topic_name("210421", "incident", "exercise") == "drill.210421.incident"


def test_live_and_drill_share_no_topic():
    names = {
        mode: {name for name, _, _ in TOPICS.of_nodes(["210400", "210404"], mode)}
        for mode in ("live", "exercise")
    }
    assert not names["live"] & names["exercise"]
    assert all(name.startswith("drill.") for name in names["exercise"])


def test_a_drills_clock_exists_in_drills_only():
    live = [name for name, _, _ in TOPICS.of_nodes(["210400"], "live")]
    drill = [name for name, _, _ in TOPICS.of_nodes(["210400"], "exercise")]
    assert "210400.clock" not in live
    assert "drill.210400.clock" in drill
    assert len(drill) == len(live) + 1


def test_no_two_nodes_share_a_topic():
    names = [name for name, _, _ in TOPICS.of_nodes(["210400", "210404", "210421"], "live")]
    assert len(names) == len(set(names)) == 3 * (len(TOPICS.streams) - 1)


@pytest.mark.parametrize(
    ("days", "compacted", "settings"),
    [
        (-1, True, {"retention.ms": "-1", "cleanup.policy": "compact"}),
        (30, False, {"retention.ms": "2592000000", "cleanup.policy": "delete"}),
    ],
)
def test_days_become_kafkas_settings(days, compacted, settings):
    stream = StreamTopic.model_validate({**MODEST, "retention_days": days, "compacted": compacted})
    assert stream.config() == settings


@pytest.mark.parametrize(
    "change",
    [{"owner": "nobody"}, {"partitions": 0}, {"retention_days": -2}, {"readers": ["all"]}, {"typo": 1}],
    ids=lambda change: next(iter(change)),
)
def test_what_cannot_be_meant_is_refused(change):
    with pytest.raises(ValidationError):
        Topics.model_validate({"streams": {"incident": {**MODEST, **change}}})
