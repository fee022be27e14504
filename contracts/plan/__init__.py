"""The plan (预案) as data: its models, its lookups, and the check that every reference resolves."""

from contracts.plan.check import Finding, check, references, unconfirmed
from contracts.plan.plan import Plan, UnknownEventType, UnknownSector

__all__ = ["Finding", "Plan", "UnknownEventType", "UnknownSector", "check", "references", "unconfirmed"]
