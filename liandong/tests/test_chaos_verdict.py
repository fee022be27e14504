"""What a chaos run prints for programs, and when it is sound."""

import json
from collections import Counter

from liandong.chaos_reports import Verdict


def test_a_verdict_is_json_with_the_count_of_each_victim():
    verdict = Verdict(acknowledged=3, killed=Counter({"kafka": 2, "210404.incident#2": 1}))
    told = json.loads(json.dumps(verdict.plain()))
    assert told["killed"] == {"kafka": 2, "210404.incident#2": 1}
    assert (told["acknowledged"], told["sound"]) == (3, True)


def test_anything_lost_repeated_or_parked_is_not_sound():
    for fault in (Verdict(lost=["x"]), Verdict(repeated=["x"]), Verdict(parked=1)):
        assert not fault.sound and not fault.plain()["sound"]
