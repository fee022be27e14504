"""The whole plan of a city, and how code asks it."""

from collections.abc import Mapping
from difflib import SequenceMatcher

from pydantic import Field

from contracts.facts import Facts
from contracts.messages import Words
from contracts.plan.alarm import AlarmScale
from contracts.plan.consultation import Consultations
from contracts.plan.grading import GradedByPerson, GradeName, GradingTable
from contracts.plan.intake import Intake, Landmark
from contracts.plan.jurisdiction import LEVELS, Geography, Jurisdiction, Level, Place
from contracts.plan.mutual_aid import MutualAid
from contracts.plan.privacy import Privacy
from contracts.plan.reporting import Duty
from contracts.plan.response import Responses
from contracts.plan.run_card import RunCard
from contracts.plan.sector import Confirmers, Department, EventCodes, Sector
from contracts.plan.seed import Seed
from contracts.plan.sourced import Figure
from contracts.plan.team import Capability, TeamKind, Travel
from contracts.plan.warnings import AutoDraft, Warnings
from contracts.refusals import RuleViolated
from contracts.values import Grade, Id, JurisdictionCode, Line, PlaceCode, Slug, Value

MOST_NAMED = 5
"""How many of what there is a refusal names."""


class UnknownSector(RuleViolated):
    """The plan has no such sector; says which it has that are most like it."""

    KEY = "plan.unknown_sector"

    def __init__(self, sector: str, known: Words) -> None:
        super().__init__("sector", "unknown_sector", sector=sector, known=known)


class UnknownEventType(RuleViolated):
    """The sector has no such event type in the plan; says which it has that are most like it."""

    KEY = "plan.unknown_event_type"

    def __init__(self, sector: str, event_type: str, known: Words) -> None:
        values = {"sector": sector, "event_type": event_type, "known": known}
        super().__init__("event_type", "unknown_event_type", **values)


def nearest(asked: str, names: Mapping[str, tuple[str, str]]) -> Words:
    """The codes that are most like what was asked for, by themselves or by their names (Chinese, English)."""

    def likeness(code: str) -> float:
        return max(SequenceMatcher(None, asked, word).ratio() for word in (code, *names[code]))

    best = sorted(names, key=lambda code: (-likeness(code), code))[:MOST_NAMED]
    zh = "、".join(f"{names[code][0]}（{code}）" for code in best)
    return Words(zh or "—", ", ".join(f"{names[code][1]} ({code})" for code in best) or "—")


class Plan(Value):
    """预案: everything a city decides, nothing of it in code."""

    name: Line
    confirmers: Confirmers
    jurisdictions: dict[JurisdictionCode, Jurisdiction]
    places: dict[PlaceCode, Place] = Field(default_factory=dict)
    landmarks: dict[Id, Landmark] = Field(default_factory=dict)
    geography: Geography
    departments: dict[Slug, Department]
    event_codes: EventCodes
    sectors: dict[Slug, Sector]
    grades: dict[Grade, GradeName]
    grading: dict[Slug, GradingTable]
    graded_by_person: GradedByPerson
    alarm_scales: dict[Slug, AlarmScale] = Field(default_factory=dict)
    reporting_duties: dict[Slug, Duty]
    responses: Responses
    consultations: Consultations
    intake: Intake = Intake()
    privacy: Privacy = Privacy()
    capabilities: dict[Slug, Capability]
    team_kinds: dict[Slug, TeamKind]
    run_cards: dict[Slug, RunCard]
    travel: Travel
    timers: dict[Slug, Figure]
    mutual_aid: MutualAid = MutualAid()
    warnings: Warnings
    seed: Seed
    boundaries: dict[JurisdictionCode, dict[str, object]] = Field(
        default_factory=dict, description="GeoJSON geometries"
    )

    @property
    def root(self) -> str:
        """The code at the top of the tree."""
        return next(code for code, place in self.jurisdictions.items() if place.parent is None)

    def parent(self, code: str) -> str | None:
        """The code one level up; None at the top."""
        return self.jurisdictions[code].parent

    def children(self, code: str) -> list[str]:
        """The codes one level down."""
        return [child for child, place in self.jurisdictions.items() if place.parent == code]

    def is_linked(self, one: str, other: str) -> bool:
        """Whether a place reads the other's streams: the level above it, or one directly below."""
        return self.jurisdictions[one].parent == other or one == self._parent_of(other)

    def _parent_of(self, code: str) -> str | None:
        place = self.jurisdictions.get(code)
        return place.parent if place else None

    def is_within(self, code: str, ancestor: str) -> bool:
        """Whether ``code`` is ``ancestor`` or below it; unknown codes are within nothing."""
        current: str | None = code if code in self.jurisdictions or code in self.places else None
        while current is not None and current != ancestor:
            current = self.above(current)
        return current is not None

    def above(self, code: str) -> str | None:
        """What a jurisdiction, or a place without a node, lies in; None at the top."""
        return self.places[code].within if code in self.places else self.parent(code)

    def place_name(self, code: str) -> str:
        """How a jurisdiction or a place is called in Chinese; its code where the plan does not have it."""
        found = self.places.get(code) or self.jurisdictions.get(code)
        return found.name if found else code

    def words_of(self, code: str) -> Words:
        """A jurisdiction's name in both languages; its code where the plan does not have it."""
        found = self.jurisdictions.get(code)
        return Words(found.name, found.name_en) if found else Words(code, code)

    def sector(self, slug_or_name: str) -> tuple[str, Sector]:
        """A sector by its slug or its Chinese name; raises UnknownSector."""
        for slug, sector in self.sectors.items():
            if slug_or_name in {slug, sector.name}:
                return slug, sector
        names = {slug: (sector.name, sector.name_en) for slug, sector in self.sectors.items()}
        raise UnknownSector(slug_or_name, nearest(slug_or_name, names))

    def event_name(self, event_type: str) -> str:
        """How an event type is called; its code where the plan's list does not have it."""
        return self.event_codes.names.get(event_type, event_type)

    def require_event_type(self, sector: str, event_type: str) -> None:
        """Raise UnknownSector or UnknownEventType unless the plan has the pair."""
        known = self.sector(sector)[1].event_types
        if event_type not in known:
            names = {code: (self.event_name(code), self.event_name(code)) for code in known}
            raise UnknownEventType(sector, event_type, nearest(event_type, names))

    def is_production(self, sector: str, facts: Facts) -> bool:
        """Whether it is an accident of production; what nobody has told yet is not one."""
        production = self.sector(sector)[1].grading.production
        return production == "always" or (production == "by_fact" and facts.in_production is True)

    def grading_table(self, sector: str, facts: Facts) -> GradingTable | None:
        """The table that grades an incident; None where a person has to."""
        rule = self.sector(sector)[1].grading
        private = rule.outside_production is not None and facts.in_production is False
        name = rule.outside_production if private else rule.table
        return self.grading[name] if name else None

    def grade_of_level_above(self, jurisdiction: str) -> Grade:
        """The lowest grade whose usual lead lies above this place, the highest grade where none does."""
        return next((grade for grade in Grade if self.lead_is_above(grade, jurisdiction)), Grade.CATASTROPHIC)

    def alarm_scale(self, sector: str) -> AlarmScale | None:
        """The alarm levels (火警等级) of a sector, where it has any."""
        return next((scale for scale in self.alarm_scales.values() if sector in scale.sectors), None)

    @property
    def lead_levels(self) -> Mapping[Grade, Level]:
        """The level that usually leads, by grade."""
        return {grade: name.lead for grade, name in self.grades.items()}

    def lead_is_above(self, grade: Grade, jurisdiction: str) -> bool:
        """Whether the level that usually leads a grade lies above this place."""
        own = self.jurisdictions[jurisdiction].level
        return LEVELS.index(self.lead_levels[grade]) > LEVELS.index(own)

    def duties(self, jurisdiction: str, sector: str, facts: Facts, grade: Grade) -> dict[str, Duty]:
        """The reporting duties of a place's level about an incident of this sector, facts and grade.

        A sector of a neighbour's newer plan is not known here: it is no production and has no class, so what
        has to be reported at once still is.
        """
        level, known = self.jurisdictions[jurisdiction].level, self.sectors.get(sector)
        event_class = known.event_class if known else None
        production = known is not None and self.is_production(sector, facts)
        return {
            name: duty
            for name, duty in self.reporting_duties.items()
            if duty.level == level
            and duty.from_grade.rank <= grade.rank
            and duty.applies_to.includes(sector, event_class, production)
        }

    def competent_departments(self, sector: str) -> str:
        """The names of the departments that are competent for a sector (主管部门); its slug if it is not known."""
        if sector not in self.sectors:
            return sector
        slugs = self.sectors[sector].competent.departments
        return "、".join(self.departments[slug].name for slug in slugs)

    def invitees(self, sector: str, grade: Grade) -> tuple[str, ...]:
        """The departments to consult: those of every grade up to this one, in the plan's order."""
        rule = self.consultations.matrix.get(sector)
        joining = [rule.departments.get(one, ()) for one in Grade if one.rank <= grade.rank] if rule else []
        return tuple(dict.fromkeys(department for departments in joining for department in departments))

    def run_card(
        self, sector: str, event_type: str, grade: Grade, alarm_level: int = 1
    ) -> tuple[str, RunCard] | None:
        """The most specific card of one alarm level, None where there is none.

        A card of the event type beats one of the sector, then the highest grade reached wins. The
        force of an alarm is that of its level and of every level below it.
        """
        fitting = [
            (card.event_type is not None, card.grade.rank, slug, card)
            for slug, card in self.run_cards.items()
            if card.sector == sector
            and card.alarm_level == alarm_level
            and card.event_type in {None, event_type}
            and card.grade.rank <= grade.rank
        ]
        if not fitting:
            return None
        *_, slug, card = max(fitting, key=lambda found: found[:2])
        return slug, card

    def auto_draft(self, sector: str, event_type: str, grade: Grade) -> AutoDraft | None:
        """The draft rule of an incident, if there is one: of several, that of the highest grade reached."""
        fitting = [
            rule
            for rule in self.warnings.auto_draft
            if rule.sector == sector and event_type in rule.event_types and rule.grade.rank <= grade.rank
        ]
        return max(fitting, key=lambda rule: rule.grade.rank, default=None)
