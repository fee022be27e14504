"""What a library says of every attempt is told now and then, and how often it was said."""

import logging

from shared.logs import Repeats


def told(rest_seconds: float, *records: logging.LogRecord) -> list[str]:
    """The messages that pass."""
    repeats = Repeats(rest_seconds)
    return [record.getMessage() for record in records if repeats.filter(record)]


def said(message: str, *args: object, logger: str = "aiokafka.conn") -> logging.LogRecord:
    return logging.LogRecord(logger, logging.ERROR, "", 0, message, args, None)


def test_the_same_of_every_attempt_is_told_once():
    attempts = [said("Unable connect to node with id %s", node) for node in (1, 1, 2)]
    assert told(60, *attempts, said("Marking the coordinator dead")) == [
        "Unable connect to node with id 1",
        "Marking the coordinator dead",
    ]


def test_after_a_rest_it_is_told_again_with_how_often_it_was_said_meanwhile():
    repeats = Repeats(60)
    assert [repeats.filter(said("away")) for _ in range(3)] == [True, False, False]
    repeats._rest = 0
    again = said("away")
    assert repeats.filter(again) and again.getMessage() == "away (+2)"


def test_what_we_say_ourselves_is_never_held_back():
    assert told(60, *[said("record parked", logger="shared.dead_letters")] * 3) == ["record parked"] * 3
