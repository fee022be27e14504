"""会商: which departments are convened for what (突发事件应对法 art. 62)."""

from pydantic import Field

from contracts.plan.role import Role
from contracts.plan.sourced import Figure, Sourced
from contracts.values import Grade, Slug, Value


class ConsultationRule(Sourced):
    """The departments of a sector that join from a grade upward."""

    sector: Slug
    grade: Grade
    departments: tuple[Slug, ...] = Field(min_length=1)


class Consultations(Value):
    """The matrix, who takes the chair, and how long departments have for their opinion."""

    opinion_minutes: Figure
    chair_role: Role
    matrix: tuple[ConsultationRule, ...]
