"""A plan's parts refuse what cannot be meant."""

import pytest
from pydantic import ValidationError

from contracts.plan.alarm import AlarmScale
from contracts.plan.grading import Criterion, GradingTable
from contracts.plan.reporting import Duty, Recipient
from contracts.plan.response import ResponseCriteria
from contracts.plan.run_card import RunCard, Slot
from contracts.plan.seed import Stock, Team
from contracts.plan.sourced import Figure
from contracts.plan.warnings import AutoDraft
from contracts.tests.small_plan import SMALL, card, draft, duty

DEATHS = {"fact": "deaths", "unit": "people", "at_least": {"significant": 3, "major": 10}}
TEAM = {
    "name": "team",
    "kind": "fire",
    "jurisdiction": "210101",
    "crew": 5,
    "home": {"lon": 123.8, "lat": 41.8},
}
TABLE = SMALL["grading"]["table"]
RECIPIENT = duty("county")["recipients"][0]
SCALE = SMALL["alarm_scales"]["fire"]


@pytest.mark.parametrize(
    ("model", "entry"),
    [
        (Criterion, DEATHS),
        (GradingTable, TABLE),
        (AlarmScale, SCALE),
        (Duty, duty("county")),
        (RunCard, card("chemistry", "general")),
        (Team, TEAM),
        (AutoDraft, draft("general", "yellow")),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_what_the_tests_below_spoil_is_fine_before(model, entry):
    assert model.model_validate(entry)
    with pytest.raises(ValidationError, match="typo"):
        model.model_validate({**entry, "typo": 1})


@pytest.mark.parametrize(
    ("model", "entry", "changed", "reason"),
    [
        (Criterion, DEATHS, {"fact": "cats"}, "no fact 'cats'"),
        (Criterion, DEATHS, {"at_least": {"significant": 10, "major": 3}}, "do not rise"),
        (Criterion, DEATHS, {"at_least": {"significant": 3, "major": 3}}, "do not rise"),
        (Criterion, DEATHS, {"at_least": {"significant": 0}}, "greater than 0"),
        (Criterion, DEATHS, {"at_least": {"significant": float("inf")}}, "finite"),
        (Criterion, DEATHS, {"at_least": {}}, "at least 1"),
        (Criterion, DEATHS, {"at_least": {"huge": 3}}, "Input should be"),
        (Criterion, DEATHS, {"fact": "exploded"}, "yes or no"),
        (
            Criterion,
            DEATHS,
            {"together_with": [{"fact": "exploded", "unit": "x", "at_least": 2}]},
            "yes or no",
        ),
        (
            Criterion,
            DEATHS,
            {"together_with": [{"fact": "cats", "unit": "x", "at_least": 2}]},
            "no fact 'cats'",
        ),
        (GradingTable, TABLE, {"criteria": []}, "at least 1"),
        (AlarmScale, SCALE, {"facts": ["exploded"]}, "no number of people"),
        (GradingTable, TABLE, {"criteria": [DEATHS]}, "no article for major, significant"),
        (GradingTable, TABLE, {"articles": {}}, "no article for general"),
        (GradingTable, TABLE, {"window_days": -1}, "greater than or equal to 0"),
        (AlarmScale, SCALE, {"facts": ["cats"]}, "no fact 'cats'"),
        (AlarmScale, SCALE, {"at_least": {2: 5, 3: 5}}, "do not rise"),
        (AlarmScale, SCALE, {"at_least": {6: 5}}, "less than or equal to 5"),
        (Duty, duty("county"), {"level": "village"}, "Input should be"),
        (Duty, duty("county"), {"limit": {"minutes": 0}}, "greater than or equal to 1"),
        (Duty, duty("county"), {"recipients": []}, "at least 1"),
        (Duty, duty("county"), {"starts_at": "guessed"}, "Input should be"),
        (
            ResponseCriteria,
            {"levels": {"general": "IV"}},
            {"levels": {"general": "II", "major": "III"}},
            "do not rise",
        ),
        (Recipient, RECIPIENT, {"kind": "friend"}, "Input should be"),
        (Recipient, RECIPIENT, {"by_grade": {}}, "at least 1"),
        (Recipient, RECIPIENT, {"by_grade": {"general": "{place}"}}, "no field 'place'"),
        (Recipient, RECIPIENT, {"by_grade": {"general": "{departments"}}, "expected '}'"),
        (Duty, duty("county"), {"warn_at": [0.5, 1.0]}, "less than 1"),
        (RunCard, card("chemistry", "general"), {"slots": []}, "at least 1"),
        (RunCard, card("chemistry", "general"), {"alarm_level": 6}, "less than or equal to 5"),
        (Team, TEAM, {"jurisdiction": "2101"}, "pattern"),
        (Team, TEAM, {"home": {"lon": 123.8, "lat": 141.8}}, "less than or equal to 90"),
        (Team, TEAM, {"crew": 0}, "greater than or equal to 1"),
        (AutoDraft, draft("general", "yellow"), {"headline": "{wind}"}, "no field 'wind'"),
        (AutoDraft, draft("general", "yellow"), {"headline": "{area"}, "expected '}'"),
        (AutoDraft, draft("general", "yellow"), {"headline": "{area.name}"}, "no field 'area.name'"),
        (AutoDraft, draft("general", "yellow"), {"headline": "{}"}, "no field ''"),
        (AutoDraft, draft("general", "yellow"), {"event_types": []}, "at least 1"),
        (Figure, {"value": 1}, {"value": 0}, "greater than 0"),
        (Figure, {"value": 1}, {"value": float("nan")}, "finite|greater"),
        (Slot, {"capability": "rescue", "count": 1}, {"count": 0}, "greater than or equal to 1"),
        (Stock, {"item": "tent", "quantity": 1}, {"quantity": -1}, "greater than or equal to 0"),
    ],
)
def test_what_cannot_be_meant_is_refused(model, entry, changed, reason):
    with pytest.raises(ValidationError, match=reason):
        model.model_validate({**entry, **changed})
