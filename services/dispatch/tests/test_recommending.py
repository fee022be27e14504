"""Recommendations are nearest, suitable, idle, explained, and honest about what is missing."""

from hypothesis import given
from hypothesis import strategies as st

from contracts.plan.run_card import Slot
from contracts.values import Location
from services.dispatch.policy.recommending import Candidate, Travel, nearest, recommend

PLACE = Location(lon=123.78, lat=41.84)
TRAVEL = Travel(1.3, 40)
SKILLS = ("hazmat", "rescue", "medical")

candidates = st.lists(
    st.builds(
        lambda number, skills, lon, busy: Candidate(
            f"t{number}", f"队{number}", "210404", frozenset(skills), Location(lon=lon, lat=41.84), busy
        ),
        st.integers(0, 10_000),
        st.sets(st.sampled_from(SKILLS), min_size=1),
        st.floats(123.6, 123.9),
        st.booleans(),
    ),
    max_size=12,
    unique_by=lambda one: one.team_id,
)
slots = st.lists(
    st.builds(Slot, capability=st.sampled_from(SKILLS), count=st.integers(1, 3)),
    min_size=1,
    max_size=3,
    unique_by=lambda slot: slot.capability,
)


def team(name: str, lon: float, *skills: str, busy: bool = False) -> Candidate:
    return Candidate(name, name, "210404", frozenset(skills), Location(lon=lon, lat=41.84), busy)


@given(slots, candidates)
def test_a_team_fills_one_slot_it_is_able_to_fill_and_only_when_idle(wanted, able):
    made = recommend(wanted, able, PLACE, TRAVEL)
    by_id = {one.team_id: one for one in able}
    assert len({pick.team_id for pick in made.picks}) == len(made.picks)
    for pick in made.picks:
        assert pick.capability in by_id[pick.team_id].capabilities
        assert not by_id[pick.team_id].busy
        assert pick.reason


@given(slots, candidates)
def test_picks_and_shortfalls_add_up_to_the_card(wanted, able):
    made = recommend(wanted, able, PLACE, TRAVEL)
    for slot in wanted:
        picked = sum(pick.capability == slot.capability for pick in made.picks)
        missing = sum(short.missing for short in made.shortfalls if short.capability == slot.capability)
        assert picked + missing == slot.count


@given(slots, candidates)
def test_the_order_of_candidates_does_not_matter(wanted, able):
    assert recommend(wanted, able, PLACE, TRAVEL) == recommend(wanted, able[::-1], PLACE, TRAVEL)


@given(candidates, st.integers(1, 5))
def test_nobody_idle_and_able_is_nearer_than_the_chosen(able, count):
    chosen = nearest("hazmat", count, able, PLACE, TRAVEL)
    left = [one for one in able if "hazmat" in one.capabilities and not one.busy and one not in chosen]
    if left and chosen:
        assert max(TRAVEL.metres(one.home, PLACE) for one in chosen) <= min(
            TRAVEL.metres(one.home, PLACE) for one in left
        )
    assert len(chosen) == count or not left


def test_a_team_of_several_skills_is_kept_for_the_slot_that_only_it_can_fill():
    both, only = team("both", 123.781, "hazmat", "rescue"), team("only", 123.80, "rescue")
    made = recommend(
        [Slot(capability="rescue", count=1), Slot(capability="hazmat", count=1)], [both, only], PLACE, TRAVEL
    )
    assert {pick.capability: pick.team_id for pick in made.picks} == {"rescue": "only", "hazmat": "both"}


def test_a_shortfall_says_why():
    nobody = recommend([Slot(capability="medical", count=1)], [team("a", 123.8, "rescue")], PLACE, TRAVEL)
    out = recommend(
        [Slot(capability="rescue", count=1)], [team("a", 123.8, "rescue", busy=True)], PLACE, TRAVEL
    )
    few = recommend([Slot(capability="rescue", count=2)], [team("a", 123.8, "rescue")], PLACE, TRAVEL)
    reasons = [made.shortfalls[0].reason for made in (nobody, out, few)]
    assert len(set(reasons)) == 3


def test_who_is_there_already_fills_its_slot_silently():
    made = recommend(
        [Slot(capability="hazmat", count=2)],
        [team("there", 123.8, "hazmat", busy=True), team("next", 123.7, "hazmat")],
        PLACE,
        TRAVEL,
        there=[team("there", 123.8, "hazmat", busy=True)],
    )
    assert [pick.team_id for pick in made.picks] == ["next"]
    assert (made.counted, made.shortfalls) == (("there",), ())


def test_no_slot_stays_empty_that_another_choice_would_fill():
    fire, flood, police = "fire", "flood", "police"
    teams = [
        team(fire, 123.781, "rescue", "evacuation"),
        team(police, 123.782, "cordon", "evacuation"),
        team(flood, 123.9, "rescue"),
        team("traffic", 123.95, "cordon"),
    ]
    card = [Slot(capability=one, count=1) for one in ("rescue", "cordon", "evacuation")]
    made = recommend(card, teams, PLACE, TRAVEL)
    assert made.shortfalls == ()
    assert {pick.capability for pick in made.picks} == {"rescue", "cordon", "evacuation"}
    assert sorted(pick.team_id for pick in made.picks) in (
        sorted([flood, police, fire]),
        sorted([fire, "traffic", police]),
    )


@given(slots, candidates)
def test_as_many_places_are_filled_as_any_choice_can_fill(wanted, able):
    seats = [slot.capability for slot in wanted for _ in range(slot.count)]
    idle = [one for one in able if not one.busy]
    taken: dict[str, int] = {}

    def seated(seat: int, seen: set[str]) -> bool:
        for one in idle:
            if seats[seat] in one.capabilities and one.team_id not in seen:
                seen.add(one.team_id)
                if one.team_id not in taken or seated(taken[one.team_id], seen):
                    taken[one.team_id] = seat
                    return True
        return False

    most = sum(seated(seat, set()) for seat in range(len(seats)))
    assert len(recommend(wanted, able, PLACE, TRAVEL).picks) == most


@given(slots, candidates, st.data())
def test_teams_that_are_there_are_counted_and_fewer_new_ones_set_out(wanted, able, data):
    there = data.draw(st.lists(st.sampled_from(able), unique=True)) if able else []
    made = recommend(wanted, able, PLACE, TRAVEL, there)
    alone = recommend(wanted, [one for one in able if one not in there], PLACE, TRAVEL)
    assert not {pick.team_id for pick in made.picks} & {one.team_id for one in there}
    assert len(made.picks) <= len(alone.picks)
    missing = sum(short.missing for short in made.shortfalls)
    assert len(made.picks) + len(made.counted) + missing == sum(slot.count for slot in wanted)
