"""The plan (预案) as data: its models, its lookups, and the check that it holds together."""

from contracts.plan.check import check, references
from contracts.plan.confirming import Open, agenda
from contracts.plan.plan import Plan, UnknownEventType, UnknownSector
from contracts.plan.provenance import unconfirmed, unsourced
from contracts.plan.reference import Finding

__all__ = [
    "Finding",
    "Open",
    "Plan",
    "UnknownEventType",
    "UnknownSector",
    "agenda",
    "check",
    "references",
    "unconfirmed",
    "unsourced",
]
