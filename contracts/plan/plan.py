"""The whole plan of a city, and how code asks it."""

from pydantic import Field

from contracts.plan.forces import Capability, RunCard, Seed, TeamKind, Travel
from contracts.plan.grading import Consultations, Duty, GradeName, GradingTable, Responses
from contracts.plan.places import Department, Geography, Jurisdiction, Level, Sector
from contracts.plan.sourced import Figure
from contracts.plan.warnings import AutoDraft, Warnings
from contracts.refusals import RuleViolated
from contracts.values import Grade, JurisdictionCode, Slug, Value

LEVELS: tuple[Level, ...] = ("county", "city", "province")


class UnknownSector(RuleViolated):
    """The plan has no such sector."""

    KEY = "plan.unknown_sector"

    def __init__(self, sector: str) -> None:
        super().__init__("sector", "unknown_sector", sector=sector)


class UnknownEventType(RuleViolated):
    """The sector has no such event type in the plan."""

    KEY = "plan.unknown_event_type"

    def __init__(self, sector: str, event_type: str) -> None:
        super().__init__("event_type", "unknown_event_type", sector=sector, event_type=event_type)


class Plan(Value):
    """预案: everything a city decides, nothing of it in code."""

    name: str
    jurisdictions: dict[JurisdictionCode, Jurisdiction]
    departments: dict[Slug, Department]
    sectors: dict[Slug, Sector]
    grades: dict[Grade, GradeName]
    grading: dict[Slug, GradingTable]
    reporting_clocks: dict[Slug, Duty]
    responses: Responses
    consultations: Consultations
    capabilities: dict[Slug, Capability]
    team_kinds: dict[Slug, TeamKind]
    run_cards: dict[Slug, RunCard]
    travel: Travel
    timers: dict[Slug, Figure]
    warnings: Warnings
    geography: Geography
    seed: Seed
    boundaries: dict[JurisdictionCode, dict[str, object]] = Field(
        default={}, description="GeoJSON geometries"
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

    def is_within(self, code: str, ancestor: str) -> bool:
        """Whether ``code`` is ``ancestor`` or below it; unknown codes are within nothing."""
        current: str | None = code if code in self.jurisdictions else None
        while current is not None and current != ancestor:
            current = self.parent(current)
        return current is not None

    def sector(self, slug_or_name: str) -> tuple[str, Sector]:
        """A sector by its slug or its Chinese name; raises UnknownSector."""
        for slug, sector in self.sectors.items():
            if slug_or_name in {slug, sector.name}:
                return slug, sector
        raise UnknownSector(slug_or_name)

    def require_event_type(self, sector: str, event_type: str) -> None:
        """Raise UnknownSector or UnknownEventType unless the plan has the pair."""
        if event_type not in self.sector(sector)[1].event_types:
            raise UnknownEventType(sector, event_type)

    def grading_table(self, sector: str) -> GradingTable:
        """The table that grades incidents of a sector."""
        return self.grading[self.sector(sector)[1].grading_table]

    def lead_is_above(self, grade: Grade, jurisdiction: str) -> bool:
        """Whether the level that usually leads a grade lies above this place."""
        own = self.jurisdictions[jurisdiction].level
        return LEVELS.index(self.grades[grade].lead) > LEVELS.index(own)

    def duties(self, jurisdiction: str) -> dict[str, Duty]:
        """The reporting duties of a place's level."""
        level = self.jurisdictions[jurisdiction].level
        return {slug: duty for slug, duty in self.reporting_clocks.items() if duty.level == level}

    def invitees(self, sector: str, grade: Grade) -> tuple[str, ...]:
        """The departments to consult: every rule of the sector up to this grade, in the plan's order."""
        rules = [r for r in self.consultations.matrix if r.sector == sector and r.grade.rank <= grade.rank]
        return tuple(dict.fromkeys(department for rule in rules for department in rule.departments))

    def run_card(self, sector: str, event_type: str, grade: Grade) -> tuple[str, RunCard] | None:
        """The most specific card: of the event type rather than the sector, of the highest grade reached."""
        fitting = [
            (card.event_type is not None, card.grade.rank, slug, card)
            for slug, card in self.run_cards.items()
            if card.sector == sector
            and card.event_type in {None, event_type}
            and card.grade.rank <= grade.rank
        ]
        if not fitting:
            return None
        *_, slug, card = max(fitting, key=lambda found: found[:2])
        return slug, card

    def auto_draft(self, sector: str, event_type: str, grade: Grade) -> AutoDraft | None:
        """The draft rule of an incident, if there is one."""
        for rule in self.warnings.auto_draft:
            if rule.sector == sector and event_type in rule.event_types and rule.grade.rank <= grade.rank:
                return rule
        return None
