"""A plan small enough to see whole: a province, a city, two counties, one sector."""

from copy import deepcopy
from typing import Any

from contracts.plan import Plan
from contracts.plan.check_law import STATED

FIGURE = {"value": 1, "source": "example"}
FORCE = [{"capability": "rescue", "count": 1}]
ROLES = ("draft", "review", "sign", "publish", "cancel")


def card(sector: str, grade: str, **more: object) -> dict[str, Any]:
    """A run card as a plan file holds it."""
    return {
        "name": "card",
        "sector": sector,
        "grade": grade,
        "slots": FORCE,
        "source": "example",
        **more,
    }


def place(level: str, parent: str | None = None) -> dict[str, Any]:
    """A jurisdiction as a plan file holds it."""
    return {"name": level, "name_en": level, "level": level, "parent": parent, "source": "example"}


def duty(level: str, from_grade: str = "general", **applies_to: object) -> dict[str, Any]:
    """A reporting duty as a plan file holds it."""
    return {
        "name": "report",
        "level": level,
        "owner": "bureau",
        "applies_to": applies_to,
        "limit": {"minutes": 60, "source": "example"},
        "starts_at": "received",
        "article": "art. 9",
        "recipients": [{"kind": "next_level", "by_grade": {"general": "above"}}],
        "from_grade": from_grade,
        "source": "example",
    }


def draft(grade: str, level: str) -> dict[str, Any]:
    """A rule for drafting a warning as a plan file holds it."""
    return {
        "sector": "chemistry",
        "event_types": ["12D02"],
        "grade": grade,
        "level": level,
        "headline": "{area}",
        "description": "{title}",
        "instruction": "leave",
        "source": "example",
    }


def level(roman: str) -> dict[str, Any]:
    """A warning level as a plan file holds it."""
    return {"name": roman, "roman": roman, "measures": ["watch"], "source": "example"}


RESPONSE = {
    "name": "response",
    "approvers": {"county": ["commander"]},
    "starters": {"county": "mayor"},
    "expected_duration_hours": FIGURE,
    "measures": [{"text": "act", "source": "example"}],
    "source": "example",
}
LEADS = {"general": "county", "significant": "city", "major": "province", "catastrophic": "province"}
SMALL: dict[str, Any] = {
    "name": "small",
    "confirmers": {"default": ["health"], "parts": {"travel": ["police"]}, "source": "example"},
    "jurisdictions": {
        "210000": place("province"),
        "210100": place("city", "210000"),
        "210101": place("county", "210100"),
        "210102": place("county", "210100"),
    },
    "geography": {"edge_margin_m": FIGURE},
    "departments": {
        slug: {"name": slug, "name_en": slug, "source": "example"}
        for slug in ("health", "police", "press", "army", "navy")
    },
    "event_codes": {"source": "example", "names": {"12D01": "explosion", "12D02": "leak", "12G01": "fire"}},
    "sectors": {
        "chemistry": {
            "name": "化工",
            "name_en": "Chemistry",
            "event_class": "accident",
            "grading": {"production": "always", "table": "table", "source": "example"},
            "competent": {"departments": ["health"], "source": "example"},
            "event_types": ["12D01", "12D02"],
            "source": "example",
        }
    },
    "grades": {
        grade: {"name": grade, "name_en": grade, "lead": lead, "lead_article": "art. 16", "source": "example"}
        for grade, lead in LEADS.items()
    },
    "grading": {
        "table": {
            "name": "table",
            "articles": {"general": "art. 3"},
            "window_days": 30,
            "window_article": "art. 13",
            "criteria": [
                {"fact": "deaths", "unit": "people", "at_least": {"general": 1}, "source": "example"}
            ],
            "source": "example",
        }
    },
    "graded_by_person": {"article": "art. 3", "source": "example"},
    "privacy": {"callers": {"days": 30, "source": "example"}},
    "intake": {
        "undetermined": {"source": "example"},
        "same_event": {"metres": 500, "minutes": 15, "source": "example"},
        "call_time": {"source": "example"},
    },
    "mutual_aid": {
        "teams": {"source": "example"},
        "materials": {"source": "example"},
        "answer": {"source": "example"},
    },
    "alarm_scales": {
        "fire": {
            "name": "alarm",
            "sectors": ["chemistry"],
            "facts": ["trapped"],
            "at_least": {2: 1},
            "source": "x",
        }
    },
    "reporting_duties": {
        "county": duty("county"),
        "county_urgent": duty("county", "major"),
        "city": duty("city"),
    },
    "responses": {
        "levels": dict.fromkeys(("IV", "III", "II", "I"), RESPONSE),
        "criteria": {
            "levels": dict(zip(LEADS, ("IV", "III", "II", "I"), strict=True)),
            "source": "example",
        },
        "required": {
            "statements": ["matter", "level", "expected_duration", "measures"],
            "article": "art. 72",
            "source": "example",
        },
    },
    "consultations": {
        "opinion_minutes": FIGURE,
        "chairs": {
            grade: {"office": "bureau", "role": "duty_officer", "source": "example"} for grade in LEADS
        },
        "matrix": {
            "chemistry": {
                "source": "example",
                "departments": {
                    "general": ["health", "police"],
                    "significant": ["press"],
                    "major": ["army"],
                    "catastrophic": ["navy"],
                },
            }
        },
    },
    "capabilities": {"rescue": {"name": "rescue", "source": "example"}},
    "team_kinds": {
        "fire": {
            "name": "fire",
            "team_class": "comprehensive",
            "capabilities": ["rescue"],
            "source": "example",
        }
    },
    "run_cards": {
        "any": card("chemistry", "general"),
        "any_major": card("chemistry", "major"),
        "leak": card("chemistry", "general", event_type="12D02"),
        "alarm_2": card("chemistry", "general", alarm_level=2),
    },
    "travel": {"detour_factor": FIGURE, "speed_kmh": FIGURE},
    "timers": {"acknowledge_seconds": FIGURE, "undo_seconds": FIGURE},
    "warnings": {
        "levels": {
            colour: level(roman)
            for colour, roman in zip(("red", "orange", "yellow", "blue"), "ⅠⅡⅢⅣ", strict=True)
        },
        "required": {"statements": list(STATED), "article": "art. 64", "source": "example"},
        "roles": {"steps": {step: ["warning_author"] for step in ROLES}, "source": "DB45/T 2427-2021"},
        "valid_hours": FIGURE,
        "issuers": [
            {
                "event_types": ["11B"],
                "issuer": "station",
                "department": "health",
                "reserved": True,
                "article": "art. 30",
                "source": "example",
            },
            {"event_types": ["1"], "issuer": "anybody", "article": "art. 64", "source": "example"},
        ],
        "criteria": {
            "chemistry": {
                "levels": dict.fromkeys(("red", "orange", "yellow", "blue"), "x"),
                "source": "example",
            }
        },
        "recipients": [
            {"kind": kind, "name": kind, "source": "example"}
            for kind in ("next_level", "garrison", "neighbours")
        ],
        "auto_draft": [draft("general", "yellow"), draft("major", "red")],
    },
    "seed": {name: {} for name in ("teams", "items", "depots", "shelters", "hazard_sources", "experts")},
}


def small_plan(**parts: object) -> Plan:
    """The small plan, with some of its top-level parts replaced."""
    return Plan.model_validate({**deepcopy(SMALL), **parts})
