"""请求增援: one request to one lender, standing at both nodes; what one lender leaves missing is asked of the next.

The lender consents, by the plan's policy or by a dispatcher, and gives its teams orders under the asker's command;
several offers add up. Requests that follow one another name the one before (EDXL-RM chains its messages so).
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from contracts.events.dispatch import (
    SupportDeclined,
    SupportOffered,
    SupportOverdue,
    SupportRecalled,
    SupportRequested,
    SupportReturned,
    SupportWithdrawn,
)
from contracts.reasons import Why, code_of, words_of
from contracts.refusals import Refusal, RuleViolated
from contracts.state_machine import Transitions, advance
from contracts.values import Location


class SupportStatus(StrEnum):
    """What has come of it; in the first two the lender may still offer."""

    REQUESTED = "requested"
    PARTLY = "partly"
    OFFERED = "offered"
    SHORT = "short"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


TRANSITIONS: Transitions[SupportStatus] = {
    (SupportStatus.REQUESTED, "offer"): SupportStatus.OFFERED,
    (SupportStatus.REQUESTED, "offer_part"): SupportStatus.PARTLY,
    (SupportStatus.REQUESTED, "decline"): SupportStatus.DECLINED,
    (SupportStatus.REQUESTED, "lapse"): SupportStatus.LAPSED,
    (SupportStatus.REQUESTED, "withdraw"): SupportStatus.WITHDRAWN,
    (SupportStatus.PARTLY, "offer"): SupportStatus.OFFERED,
    (SupportStatus.PARTLY, "offer_part"): SupportStatus.PARTLY,
    (SupportStatus.PARTLY, "decline"): SupportStatus.SHORT,
    (SupportStatus.PARTLY, "lapse"): SupportStatus.SHORT,
    (SupportStatus.PARTLY, "withdraw"): SupportStatus.SHORT,
    (SupportStatus.PARTLY, "recall"): SupportStatus.SHORT,
    (SupportStatus.OFFERED, "recall"): SupportStatus.SHORT,
    (SupportStatus.SHORT, "recall"): SupportStatus.SHORT,
}
COMMANDS = ("offer", "offer_part", "decline", "lapse", "withdraw", "recall")
WAITING = frozenset({SupportStatus.REQUESTED, SupportStatus.PARTLY})


class NotLinked(RuleViolated):
    """Only the level above and those directly below read this node's streams."""

    KEY = "dispatch.not_linked"


class UnknownCapability(RuleViolated):
    """The plan has no such capability."""

    KEY = "dispatch.unknown_capability"


class MoreThanAsked(RuleViolated):
    """Nobody sends more teams than were asked for."""

    KEY = "dispatch.more_than_asked"


class NotLent(RuleViolated):
    """The team was not given for this request, or is back already."""

    KEY = "dispatch.not_lent"


class NotOurs(Refusal):
    """What only the lender may do, or only the node that asked."""

    STATUS = 409
    KEY = "dispatch.not_ours"


@dataclass(frozen=True)
class Support:
    """One request to ``target``; ``team_ids`` are those given and not recalled.

    ``then``: whom the asker asks next for what is missing. ``follows``: the request that left this missing.
    """

    request_id: str
    incident_id: str
    jurisdiction: str
    target: str
    capability: str
    count: int
    task: str
    destination: Location
    requested_by: str
    requested_at: datetime
    answer_by: datetime | None = None
    then: tuple[str, ...] = ()
    follows: str | None = None
    status: SupportStatus = SupportStatus.REQUESTED
    team_ids: tuple[str, ...] = ()
    reason: str = ""
    overdue_noticed_at: datetime | None = None

    @property
    def missing(self) -> int:
        """How many of the teams asked for were not given."""
        return self.count - len(self.team_ids)

    @property
    def is_waiting(self) -> bool:
        """Whether the lender may still offer."""
        return self.status in WAITING


def support_requested(support: Support) -> SupportRequested:
    """The fact that support was asked for, addressed to ``target``."""
    return SupportRequested(**{name: getattr(support, name) for name in SupportRequested.model_fields})


def of_event(event: SupportRequested) -> Support:
    """The request as it stands at the lender."""
    return Support(**{name: getattr(event, name) for name in SupportRequested.model_fields})


def offer(
    support: Support, team_ids: Collection[str], by: str, now: datetime
) -> tuple[Support, SupportOffered]:
    """The lender gives teams. Raises RefusedTransition, MoreThanAsked."""
    given = (*support.team_ids, *team_ids)
    changed = replace(support, status=_with_offer(support, len(given)), team_ids=given)
    if changed.missing < 0:
        raise MoreThanAsked("team_ids", "more_than_asked", count=support.count, given=len(given))
    answer = SupportOffered(
        **_to_asker(support), team_ids=tuple(team_ids), missing=changed.missing, offered_by=by, offered_at=now
    )
    return changed, answer


def decline(support: Support, why: Why, now: datetime) -> tuple[Support, SupportDeclined]:
    """The lender gives none, or no more. Raises RefusedTransition."""
    declined = _ended_support(support, "decline", words_of(why))
    told = SupportDeclined(
        **_to_asker(support), reason=declined.reason, reason_code=code_of(why), declined_at=now
    )
    return declined, told


def recall(
    support: Support, team_ids: Collection[str], reason: str, now: datetime
) -> tuple[Support, SupportRecalled]:
    """The lender takes teams back. Raises RefusedTransition, NotLent."""
    changed = _with_recall(support, team_ids, reason)
    answer = SupportRecalled(**_to_asker(support), team_ids=tuple(team_ids), reason=reason, recalled_at=now)
    return changed, answer


def withdraw(support: Support, why: Why, now: datetime) -> tuple[Support, SupportWithdrawn]:
    """The asker needs no more of this lender; what was given stays. Raises RefusedTransition."""
    return _ended_support(support, "withdraw", words_of(why)), SupportWithdrawn(
        **_to_lender(support), reason=words_of(why), reason_code=code_of(why), withdrawn_at=now
    )


def lapse(support: Support, why: Why, now: datetime) -> tuple[Support, SupportWithdrawn]:
    """The asker waits no longer and asks the next. Raises RefusedTransition."""
    return _ended_support(support, "lapse", words_of(why)), SupportWithdrawn(
        **_to_lender(support), reason=words_of(why), reason_code=code_of(why), withdrawn_at=now
    )


def notice_overdue(support: Support, now: datetime) -> tuple[Support, SupportOverdue]:
    """The lender did not answer in time."""
    event = SupportOverdue(
        **_to_lender(support), missing=support.missing, due_at=support.answer_by or now, noticed_at=now
    )
    return replace(support, overdue_noticed_at=now), event


def give_back(support: Support, team_ids: Collection[str], reason: str, now: datetime) -> SupportReturned:
    """The asker needs teams no more; they are its until the lender has released them. Raises NotLent."""
    _require_lent(support, team_ids)
    return surplus(support, team_ids, reason, now)


def surplus(support: Support, team_ids: Collection[str], why: Why, now: datetime) -> SupportReturned:
    """Teams that came when nobody waited for them any more go home."""
    return SupportReturned(
        **_to_lender(support),
        team_ids=tuple(team_ids),
        reason=words_of(why),
        reason_code=code_of(why),
        returned_at=now,
    )


def follow_offer(support: Support, event: SupportOffered) -> Support:
    """Teams of the lender, at the node that asked; only while it waits."""
    given = tuple(dict.fromkeys((*support.team_ids, *event.team_ids)))
    return replace(support, status=_with_offer(support, len(given)), team_ids=given)


def follow_refusal(support: Support, event: SupportDeclined) -> Support:
    """The lender gives none, or no more; one that is over for the asker stays as it is."""
    return _ended_support(support, "decline", event.reason) if support.is_waiting else support


def follow_recall(support: Support, event: SupportRecalled) -> Support:
    """The lender takes teams back; those that are not known to be given are none."""
    known = [team for team in event.team_ids if team in support.team_ids]
    return _with_recall(support, known, event.reason) if known else support


def follow_withdrawal(support: Support, event: SupportWithdrawn) -> Support:
    """The asker needs no more, at the lender; what it has answered stays answered."""
    return _ended_support(support, "withdraw", event.reason) if support.is_waiting else support


def newly_missing(before: Support, after: Support) -> int:
    """How many teams somebody else has to be asked for, now that this lender will not give them."""
    if after.is_waiting:
        return 0
    return after.missing if before.is_waiting else after.missing - before.missing


def next_request(
    support: Support, count: int, request_id: str, now: datetime, within: timedelta | None
) -> Support | None:
    """The request to the next lender for what is missing; None when nobody is left to ask."""
    if count <= 0 or not support.then:
        return None
    return replace(
        support,
        request_id=request_id,
        target=support.then[0],
        then=support.then[1:],
        count=count,
        requested_at=now,
        answer_by=now + within if within else None,
        follows=support.request_id,
        status=SupportStatus.REQUESTED,
        team_ids=(),
        reason="",
        overdue_noticed_at=None,
    )


def _with_offer(support: Support, given: int) -> SupportStatus:
    return advance(TRANSITIONS, support.status, "offer" if given >= support.count else "offer_part")


def _ended_support(support: Support, command: str, reason: str) -> Support:
    return replace(support, status=advance(TRANSITIONS, support.status, command), reason=reason)


def _with_recall(support: Support, team_ids: Collection[str], reason: str) -> Support:
    _require_lent(support, team_ids)
    left = tuple(team for team in support.team_ids if team not in team_ids)
    return replace(_ended_support(support, "recall", reason), team_ids=left)


def _require_lent(support: Support, team_ids: Collection[str]) -> None:
    if strange := [team for team in team_ids if team not in support.team_ids]:
        raise NotLent("team_ids", "not_lent", team=strange[0], request=support.request_id)


def _to_asker(support: Support) -> dict[str, str]:
    return _about(support) | {"jurisdiction": support.target, "target": support.jurisdiction}


def _to_lender(support: Support) -> dict[str, str]:
    return _about(support) | {"jurisdiction": support.jurisdiction, "target": support.target}


def _about(support: Support) -> dict[str, str]:
    return {"request_id": support.request_id, "incident_id": support.incident_id}
