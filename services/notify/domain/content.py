"""What a warning must state, and about what and whom it may: 突发事件应对法 art. 64."""

import re
from datetime import datetime, timedelta

from contracts.events.warning import WarningContent
from contracts.plan.warnings import Warnings
from services.notify.domain.exercise import texts_of, without_mark
from services.notify.domain.refusals import (
    STATED_BY,
    ImplausibleStart,
    MissingStatements,
    UnfilledPlaceholder,
)

EARLIEST_START, LATEST_START = timedelta(days=1), timedelta(days=30)


def unknown_statements(rules: Warnings) -> list[str]:
    """Statements a plan asks for that no field of a warning can make; a sound plan has none."""
    return [name for name in rules.required.statements if name not in STATED_BY]


def missing_statements(content: WarningContent, rules: Warnings) -> list[str]:
    """The required statements that are absent or blank, in the plan's order."""
    stated = dict(content)
    return [
        name
        for name in rules.required.statements
        if name != "issue_time" and _blank(stated.get(STATED_BY[name]))
    ]


def _blank(value: object) -> bool:
    if isinstance(value, tuple):
        return all(_blank(item) for item in value)
    return not without_mark(str(value or "")).strip()


_PLACEHOLDER = re.compile(r"\{[^{}]*\}|[_＿]{2,}|[×Ｘ]{2,}|X{2,}|待填写?|（填写[^）]*）")
"""What a template leaves for a person to fill in."""


def require_filled(content: WarningContent) -> None:
    """Raise UnfilledPlaceholder for a text that still has something to fill in."""
    for field, words in texts_of(content):
        if found := _PLACEHOLDER.search(words):
            raise UnfilledPlaceholder(field, found.group())


def require_statements(content: WarningContent, rules: Warnings) -> None:
    """Raise MissingStatements for a text that does not say all that it must."""
    if missing := missing_statements(content, rules):
        raise MissingStatements(missing, rules.required.article)


def require_plausible_start(starts_at: datetime, now: datetime) -> None:
    """Raise ImplausibleStart for a warning that begins too long ago or too far ahead."""
    if not now - EARLIEST_START <= starts_at <= now + LATEST_START:
        raise ImplausibleStart(starts_at)
