"""A place whose two numbers are swapped is told so; one that may be right is taken as it is."""

import pytest
from pydantic import ValidationError

from contracts.values import Location


def test_a_latitude_beyond_the_poles_is_a_swapped_longitude():
    with pytest.raises(ValidationError) as refused:
        Location.model_validate({"lon": 41.84, "lat": 123.78})
    assert [one["type"] for one in refused.value.errors()] == ["swapped"]


@pytest.mark.parametrize(("lon", "lat"), [(123.78, 41.84), (41.84, 12.37), (-90, 90), (0, 0)])
def test_what_may_be_right_is_taken(lon, lat):
    assert Location.model_validate_json(f'{{"lon": {lon}, "lat": {lat}}}') == Location(lon=lon, lat=lat)


@pytest.mark.parametrize(("lon", "lat"), [(200, 41), (123, 200), (123, 100), ("x", 100), (None, None)])
def test_what_is_wrong_otherwise_names_its_field(lon, lat):
    with pytest.raises(ValidationError) as refused:
        Location.model_validate({"lon": lon, "lat": lat})
    assert "swapped" not in {one["type"] for one in refused.value.errors()}
