"""The plan (预案) as data: its models, its lookups, and the check that every reference resolves."""

from contracts.plan.check import Finding, check, unconfirmed
from contracts.plan.plan import Plan

__all__ = ["Finding", "Plan", "check", "unconfirmed"]
