"""请求物资支援: one request to one node, standing at both; offered, accepted, and only then set aside.

The node asked offers by the plan's policy or by a logistics officer, several offers add up; an offer binds no stock.
What is accepted is reserved there (EDXL-RM: request, response, requisition, commit).
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from contracts.events.resource import (
    MaterialAccepted,
    MaterialDeclined,
    MaterialExpired,
    MaterialExtended,
    MaterialOffered,
    MaterialRequested,
    MaterialWithdrawn,
)
from contracts.messages import text
from contracts.reasons import Why, code_of, words_of
from contracts.refusals import NotFound, RefusedTransition
from contracts.state_machine import Transitions, advance
from contracts.values import Location
from services.resources.domain.refusals import MoreThanAsked, NotLater


class RequestStatus(StrEnum):
    """How far it is between the two nodes; in the first two the node asked may still offer."""

    REQUESTED = "requested"
    PARTLY = "partly"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    SHORT = "short"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


S = RequestStatus
TRANSITIONS: Transitions[RequestStatus] = {
    (S.REQUESTED, "extend"): S.REQUESTED,
    (S.REQUESTED, "offer"): S.OFFERED,
    (S.REQUESTED, "offer_part"): S.PARTLY,
    (S.REQUESTED, "decline"): S.DECLINED,
    (S.REQUESTED, "expire"): S.EXPIRED,
    (S.REQUESTED, "withdraw"): S.WITHDRAWN,
    (S.PARTLY, "extend"): S.PARTLY,
    (S.PARTLY, "offer"): S.OFFERED,
    (S.PARTLY, "offer_part"): S.PARTLY,
    (S.PARTLY, "accept"): S.PARTLY,
    (S.PARTLY, "decline"): S.SHORT,
    (S.PARTLY, "expire"): S.SHORT,
    (S.PARTLY, "withdraw"): S.WITHDRAWN,
    (S.OFFERED, "extend"): S.OFFERED,
    (S.OFFERED, "accept"): S.OFFERED,
    (S.OFFERED, "accept_all"): S.ACCEPTED,
    (S.OFFERED, "decline"): S.SHORT,
    (S.OFFERED, "expire"): S.SHORT,
    (S.OFFERED, "withdraw"): S.WITHDRAWN,
    (S.ACCEPTED, "extend"): S.ACCEPTED,
    (S.ACCEPTED, "decline"): S.SHORT,
    (S.ACCEPTED, "withdraw"): S.WITHDRAWN,
    (S.SHORT, "extend"): S.SHORT,
    (S.SHORT, "accept"): S.SHORT,
    (S.SHORT, "decline"): S.SHORT,
    (S.SHORT, "withdraw"): S.WITHDRAWN,
}
"""``decline`` after an acceptance: what was offered is not there any more."""
WAITING = frozenset({S.REQUESTED, S.PARTLY})
UNSETTLED = WAITING | {S.OFFERED}
"""Something may still come of it by itself; in the later states only what is set aside and not shipped may."""
ENDED = frozenset({S.DECLINED, S.EXPIRED, S.WITHDRAWN})


@dataclass(frozen=True)
class Offer:
    """So many pieces, by a person or, with an empty name, by the plan's policy."""

    offer_id: str
    quantity: int
    offered_by: str
    offered_at: datetime
    accepted_at: datetime | None = None


@dataclass(frozen=True)
class Request:
    """One request to ``target``; ``accepts_offers``: as they come, None where an older program asks."""

    request_id: str
    incident_id: str
    jurisdiction: str
    target: str
    item: str
    quantity: int
    destination: Location
    requested_by: str
    requested_at: datetime
    answer_by: datetime | None = None
    accepts_offers: bool | None = True
    status: RequestStatus = RequestStatus.REQUESTED
    offers: tuple[Offer, ...] = ()
    reason: str = ""

    @property
    def offered(self) -> int:
        """Pieces offered so far."""
        return sum(offer.quantity for offer in self.offers)

    @property
    def accepted(self) -> int:
        """Pieces accepted so far."""
        return sum(offer.quantity for offer in self.offers if offer.accepted_at is not None)

    @property
    def missing(self) -> int:
        """Pieces asked for that nobody has offered."""
        return self.quantity - self.offered

    @property
    def is_waiting(self) -> bool:
        """Whether the node asked may still offer."""
        return self.status in WAITING

    def offer(self, offer_id: str) -> Offer:
        """The offer; raises NotFound."""
        found = next((one for one in self.offers if one.offer_id == offer_id), None)
        if found is None:
            raise NotFound("resources.offer", offer_id)
        return found


def material_requested(request: Request) -> MaterialRequested:
    """The fact that material was asked for, addressed to ``target``."""
    return MaterialRequested(**{name: getattr(request, name) for name in MaterialRequested.model_fields})


def of_event(event: MaterialRequested) -> Request:
    """The request as it stands at the node asked."""
    return Request(**{name: getattr(event, name) for name in MaterialRequested.model_fields})


def offer(
    request: Request, offer_id: str, quantity: int, by: str, now: datetime
) -> tuple[Request, MaterialOffered]:
    """The node asked offers pieces. Raises RefusedTransition, MoreThanAsked."""
    changed = _with_offer(request, Offer(offer_id, quantity, by, now))
    event = MaterialOffered(
        **_to_asker(request),
        offer_id=offer_id,
        quantity=quantity,
        missing=changed.missing,
        offered_by=by,
        offered_at=now,
    )
    return changed, event


def accept(request: Request, offer_id: str, by: str, now: datetime) -> tuple[Request, MaterialAccepted]:
    """The asker takes an offer: from now on it is set aside. Raises RefusedTransition, NotFound."""
    given = request.offer(offer_id)
    if given.accepted_at is not None:
        raise RefusedTransition(RequestStatus.ACCEPTED.value, "accept", {RequestStatus.OFFERED.value})
    changed = _with_acceptance(request, given, now)
    told = {"offer_id": offer_id, "quantity": given.quantity, "accepted_by": by, "accepted_at": now}
    return changed, MaterialAccepted.model_validate({**_to_lender(request), **told})


def decline(request: Request, missing: int, why: Why, now: datetime) -> tuple[Request, MaterialDeclined]:
    """The node asked gives none, or no more, or not what it offered. Raises RefusedTransition."""
    changed = _ended_request(request, "decline", words_of(why))
    event = MaterialDeclined(
        **_to_asker(request),
        item=request.item,
        missing=missing,
        reason=changed.reason,
        reason_code=code_of(why),
        declined_at=now,
    )
    return changed, event


def withdraw(request: Request, why: Why, now: datetime) -> tuple[Request, MaterialWithdrawn]:
    """The asker needs no more; what is on its way still arrives. Raises RefusedTransition."""
    changed = _ended_request(request, "withdraw", words_of(why))
    return changed, MaterialWithdrawn(
        **_to_lender(request), reason=changed.reason, reason_code=code_of(why), withdrawn_at=now
    )


def extend(request: Request, until: datetime, by: str, now: datetime) -> tuple[Request, MaterialExtended]:
    """The asker waits, and has it held, longer. Raises RefusedTransition, NotLater."""
    advance(TRANSITIONS, request.status, "extend")
    if until <= now:
        raise NotLater(until.isoformat())
    event = MaterialExtended(**_to_lender(request), until=until, extended_by=by, extended_at=now)
    return replace(request, answer_by=until), event


def expire(request: Request, now: datetime) -> tuple[Request, MaterialExpired]:
    """The node asked did not offer all in time. Raises RefusedTransition."""
    changed = _ended_request(request, "expire", text("resources.not_answered", "zh"))
    event = MaterialExpired(
        **_to_lender(request),
        missing=request.quantity - request.accepted,
        due_at=request.answer_by or now,
        expired_at=now,
    )
    return changed, event


def follow_offer(request: Request, event: MaterialOffered) -> Request:
    """An offer, at the asker; None counts that comes when nobody waits any more, or twice."""
    known = any(one.offer_id == event.offer_id for one in request.offers)
    if known or not request.is_waiting or event.quantity > request.missing:
        return request
    return _with_offer(request, Offer(event.offer_id, event.quantity, event.offered_by, event.offered_at))


def follow_acceptance(request: Request, event: MaterialAccepted) -> Request:
    """An acceptance, at the node asked; the same request when there is nothing to set aside. Raises NotFound."""
    given = request.offer(event.offer_id)
    if given.accepted_at is not None or request.status in ENDED:
        return request
    return _with_acceptance(request, given, event.accepted_at)


def follow_end(request: Request, command: str, reason: str) -> Request:
    """What the other node says of the end, where it can still change anything."""
    return _ended_request(request, command, reason) if (request.status, command) in TRANSITIONS else request


def follow_extension(request: Request, event: MaterialExtended) -> Request:
    """The asker waits longer, at the node asked."""
    later = max(event.until, request.answer_by or event.until)
    return replace(request, answer_by=later) if (request.status, "extend") in TRANSITIONS else request


def taken_at_once(request: Request, offer_id: str, quantity: int, now: datetime) -> Request:
    """Reserved without an offer, between this program and an older one: offered and accepted in one."""
    if not request.is_waiting or quantity > request.missing:
        return request
    offered = _with_offer(request, Offer(offer_id, quantity, "", now))
    return _with_acceptance(offered, offered.offer(offer_id), now)


def _with_offer(request: Request, given: Offer) -> Request:
    left = request.missing - given.quantity
    status = advance(TRANSITIONS, request.status, "offer_part" if left > 0 else "offer")
    if left < 0:
        raise MoreThanAsked(given.quantity, request.missing)
    return replace(request, status=status, offers=(*request.offers, given))


def _with_acceptance(request: Request, given: Offer, now: datetime) -> Request:
    offers = tuple(replace(one, accepted_at=now) if one is given else one for one in request.offers)
    changed = replace(request, offers=offers)
    every = request.status is S.OFFERED and changed.accepted == request.quantity
    return replace(changed, status=advance(TRANSITIONS, request.status, "accept_all" if every else "accept"))


def _ended_request(request: Request, command: str, reason: str) -> Request:
    return replace(request, status=advance(TRANSITIONS, request.status, command), reason=reason)


def _to_asker(request: Request) -> dict[str, str]:
    return _about(request) | {"jurisdiction": request.target, "target": request.jurisdiction}


def _to_lender(request: Request) -> dict[str, str]:
    return _about(request) | {"jurisdiction": request.jurisdiction, "target": request.target}


def _about(request: Request) -> dict[str, str]:
    return {"request_id": request.request_id, "incident_id": request.incident_id}
