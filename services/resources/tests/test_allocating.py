"""Which depots give how much."""

from hypothesis import given
from hypothesis import strategies as st

from contracts.geo import distance_m
from contracts.values import Location
from services.resources.policy.allocating import Holding, allocate

LON, LAT = st.floats(123.0, 125.0), st.floats(41.0, 43.0)
PLACES = st.builds(Location, lon=LON, lat=LAT)
HOLDINGS = st.lists(
    st.builds(
        Holding,
        depot_id=st.text("abcdef", min_size=1, max_size=3),
        depot_name=st.just("库"),
        place=PLACES,
        available=st.integers(0, 500),
    ),
    max_size=8,
    unique_by=lambda one: one.depot_id,
)
QUANTITY = st.integers(1, 3000)


@given(HOLDINGS, QUANTITY, PLACES)
def test_nobody_gives_more_than_he_has_and_nobody_gets_more_than_he_wants(holdings, quantity, place):
    allocation = allocate(holdings, quantity, place)
    assert all(0 < taken <= holding.available for holding, taken in allocation.parts)
    assert len({holding.depot_id for holding, _ in allocation.parts}) == len(allocation.parts)
    assert sum(taken for _, taken in allocation.parts) + allocation.missing == quantity
    assert allocation.missing >= 0


@given(HOLDINGS, QUANTITY, PLACES)
def test_something_is_missing_only_when_every_depot_is_empty(holdings, quantity, place):
    allocation = allocate(holdings, quantity, place)
    assert allocation.missing == max(0, quantity - sum(one.available for one in holdings))


@given(HOLDINGS, QUANTITY, PLACES)
def test_a_farther_depot_gives_only_when_every_nearer_one_has_nothing_left(holdings, quantity, place):
    parts = allocate(holdings, quantity, place).parts
    taken = {holding.depot_id: amount for holding, amount in parts}

    def metres(one):
        return distance_m(one.place.lon, one.place.lat, place.lon, place.lat)

    farthest = max((metres(holding) for holding, _ in parts), default=0.0)
    nearer = [one for one in holdings if metres(one) < farthest]
    assert all(taken.get(one.depot_id, 0) == one.available for one in nearer)


@given(st.data(), HOLDINGS, QUANTITY, PLACES)
def test_the_order_in_which_depots_are_listed_does_not_matter(data, holdings, quantity, place):
    shuffled = data.draw(st.permutations(holdings))
    assert allocate(shuffled, quantity, place) == allocate(holdings, quantity, place)


def test_equally_near_depots_give_by_their_id():
    place = Location(lon=123.8, lat=41.8)
    twins = [Holding(name, "库", place, 10) for name in ("b", "a")]
    parts = allocate(twins, 15, place).parts
    assert [(holding.depot_id, taken) for holding, taken in parts] == [("a", 10), ("b", 5)]
