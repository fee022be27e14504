"""Warnings over HTTP: every command is one transition by one person."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from contracts.events.warning import WarningContent
from contracts.messages import Terms, text
from contracts.plan.warnings import Step
from services.notify.api.bodies import (
    ChangesBody,
    DraftBody,
    PathId,
    ReasonBody,
    SeenBody,
    VersionBody,
    WarningView,
    view,
)
from services.notify.api.readers import AUTHOR, REVIEWER, SIGNER
from services.notify.context import Context
from services.notify.domain import warning as domain
from services.notify.domain.authority import Sender, require_authority, require_kind
from services.notify.domain.content import require_statements
from services.notify.domain.delivery import Kind, MessageStatus, delivery_superseded, message_of
from services.notify.domain.exercise import mark, mark_as_drill, require_fit, require_fit_words
from services.notify.domain.warning import Decision, Person, WarningRecord
from services.notify.policy import drafting
from services.notify.store import adjustments, deliveries, incidents, warnings
from shared.database import UnitOfWork
from shared.http.auth import Principal, WrongRole
from shared.http.commands import Call, command
from shared.ids import new_id

router = APIRouter(tags=["warnings"])

Author = Annotated[Call, Depends(command(AUTHOR))]
Reviewer = Annotated[Call, Depends(command(REVIEWER))]
Signer = Annotated[Call, Depends(command(SIGNER))]
AuthorOrSigner = Annotated[Call, Depends(command(AUTHOR, SIGNER))]
ReviewerOrSigner = Annotated[Call, Depends(command(REVIEWER, SIGNER))]

Decide = Callable[[WarningRecord, Person, datetime], Decision]


@router.post("/warnings", status_code=201, response_model=WarningView)
async def draft(request: Request, body: DraftBody, call: Author) -> Response:
    """制作: a person's own draft."""
    context = _context(request)

    async def work(unit: UnitOfWork) -> WarningView:
        _permit(context, "draft", call.principal)
        if body.incident_id is not None:
            await incidents.require(unit.connection, body.incident_id)
        written = drafting.content_by_person(
            context.plan, context.issuer(body.event_type), _texts(context, body), body.valid_hours, unit.now
        )
        record = WarningRecord(
            warning_id=str(new_id()),
            incident_id=body.incident_id,
            jurisdiction=context.node,
            origin="person",
            content=_checked_content(context, written, call.principal),
            drafted_at=unit.now,
        )
        drafted, fact = domain.draft(record, _person(call))
        await warnings.add(unit.connection, drafted)
        unit.publish(fact)
        return view(drafted)

    return await call.run("warning.draft", "", body, work, status=201)


@router.post("/warnings/{warning_id}/adopt", response_model=WarningView)
async def adopt(request: Request, warning_id: PathId, body: ChangesBody, call: Author) -> Response:
    """Take over a machine's draft, changed or as it is, and answer for it."""
    return await _change(
        request,
        call,
        "adopt",
        warning_id,
        body,
        _rewriting(request, body, call.principal, domain.adopt),
    )


@router.post("/warnings/{warning_id}/revise", response_model=WarningView)
async def revise(request: Request, warning_id: PathId, body: ChangesBody, call: Author) -> Response:
    """修改: change a draft, for instance one that was returned."""
    return await _change(
        request,
        call,
        "revise",
        warning_id,
        body,
        _rewriting(request, body, call.principal, domain.revise),
    )


@router.post("/warnings/{warning_id}/drop", response_model=WarningView)
async def drop(request: Request, warning_id: PathId, body: ReasonBody, call: Author) -> Response:
    """Put aside a draft that is not needed."""

    def decide(record: WarningRecord, by: Person, now: datetime) -> Decision:
        return domain.drop(record, by, _marked_reason(request, body), now)

    return await _change(request, call, "drop", warning_id, body, decide)


@router.post("/warnings/{warning_id}/review", response_model=WarningView)
async def review(request: Request, warning_id: PathId, body: SeenBody, call: Reviewer) -> Response:
    """审核通过, by somebody who did not write it."""
    rules = _context(request).plan.warnings

    def decide(record: WarningRecord, by: Person, now: datetime) -> Decision:
        return domain.review(record, by, rules, now)

    return await _change(request, call, "review", warning_id, body, decide)


@router.post("/warnings/{warning_id}/sign", response_model=WarningView)
async def sign(request: Request, warning_id: PathId, body: SeenBody, call: Signer) -> Response:
    """签发, by a third person."""
    rules = _context(request).plan.warnings

    def decide(record: WarningRecord, by: Person, now: datetime) -> Decision:
        return domain.sign(record, by, rules, now)

    return await _change(request, call, "sign", warning_id, body, decide)


@router.post("/warnings/{warning_id}/return", response_model=WarningView)
async def send_back(
    request: Request, warning_id: PathId, body: ReasonBody, call: ReviewerOrSigner
) -> Response:
    """退回修改."""

    def decide(record: WarningRecord, by: Person, now: datetime) -> Decision:
        return domain.send_back(record, by, _marked_reason(request, body), now)

    return await _change(request, call, "return", warning_id, body, decide)


@router.post("/warnings/{warning_id}/publish", response_model=WarningView)
async def publish(request: Request, warning_id: PathId, body: SeenBody, call: AuthorOrSigner) -> Response:
    """发布 to every subscriber."""
    rules = _context(request).plan.warnings

    def decide(record: WarningRecord, by: Person, now: datetime) -> Decision:
        return domain.publish(record, by, rules, now)

    return await _change(request, call, "publish", warning_id, body, decide, "published")


@router.post("/warnings/{warning_id}/cancel", response_model=WarningView)
async def cancel(request: Request, warning_id: PathId, body: ReasonBody, call: AuthorOrSigner) -> Response:
    """解除, told to every subscriber."""

    def decide(record: WarningRecord, by: Person, now: datetime) -> Decision:
        return domain.cancel(record, by, _marked_reason(request, body), now)

    return await _change(request, call, "cancel", warning_id, body, decide, "cancelled")


async def _change(
    request: Request,
    call: Call,
    name: str,
    warning_id: str,
    body: VersionBody,
    decide: Decide,
    kind: Kind | None = None,
) -> Response:
    """Load, decide, save, publish; with ``kind``, tell the subscribers."""
    context = _context(request)

    async def work(unit: UnitOfWork) -> WarningView:
        if step := STEPS.get(name):
            _permit(context, step, call.principal)
        record = domain.at_version(await warnings.lock(unit.connection, warning_id), body.version)
        if step and step in ISSUING:
            require_authority(record.content, step, _sender(context, call.principal), context.plan)
            require_fit(record.content, context.settings.mode)
        elif name != "drop":
            require_kind(record.content.event_type, call.principal.department, context.plan)
        changed, fact = decide(record, _person(call), unit.now)
        await warnings.save(unit.connection, changed)
        unit.publish(fact)
        if kind is not None:
            await _tell(unit, context, changed, kind)
        if kind == "cancelled":
            await adjustments.withdraw_open(unit.connection, warning_id)
        return view(changed)

    answer = await call.run(f"warning.{name}", warning_id, body, work)
    context.bell.set()
    return answer


ISSUING: Collection[Step] = frozenset[Step]({"review", "sign", "publish"})
"""Steps on a text as it stands that lead to its issue; a changed text is checked as it becomes."""

STEPS: dict[str, Step] = {
    "adopt": "draft",
    "revise": "draft",
    "drop": "draft",
    "review": "review",
    "sign": "sign",
    "publish": "publish",
    "cancel": "cancel",
}
"""Which of the plan's steps a command belongs to; sending back is up to whoever reviews or signs."""


def _permit(context: Context, step: Step, principal: Principal) -> None:
    """The plan may narrow who does what; raises WrongRole."""
    allowed = context.plan.warnings.roles.steps.get(step, ())
    if not principal.roles & set(allowed):
        raise WrongRole(roles=Terms("role", tuple(sorted(allowed))))


async def _tell(unit: UnitOfWork, context: Context, record: WarningRecord, kind: Kind) -> None:
    status: MessageStatus = "exercise" if context.settings.mode == "exercise" else "actual"
    message = message_of(record, kind, status, context.settings.drill_id)
    if kind == "published":
        await deliveries.address(unit.connection, message, unit.now)
        return
    reason = text("delivery.cancelled", "zh")
    for row in await deliveries.follow_up(unit.connection, message, reason, unit.now):
        unit.publish(delivery_superseded(dict(row._mapping), context.node, unit.now))


def _rewriting(
    request: Request,
    body: ChangesBody,
    principal: Principal,
    decide: Callable[[WarningRecord, Person, WarningContent], Decision],
) -> Decide:
    context = _context(request)

    def rewriting(record: WarningRecord, by: Person, now: datetime) -> Decision:
        texts = _texts(context, body, record.content)
        issuer = context.issuer(texts.get("event_type") or record.content.event_type)
        changed = drafting.with_changes(record.content, issuer, texts, body.valid_hours, now)
        return decide(record, by, _checked_content(context, changed, principal))

    return rewriting


def _texts(context: Context, body: ChangesBody, current: WarningContent | None = None) -> dict[str, Any]:
    """The given texts, the sector by its slug; raises UnknownSector or UnknownEventType."""
    texts = body.changes()
    sector = texts.get("sector") or (current.sector if current else "")
    slug, _ = context.plan.sector(sector)
    context.plan.require_event_type(slug, texts.get("event_type") or (current.event_type if current else ""))
    return {**texts, "sector": slug}


def _checked_content(context: Context, content: WarningContent, principal: Principal) -> WarningContent:
    require_statements(content, context.plan.warnings)
    require_authority(content, "draft", _sender(context, principal), context.plan)
    require_fit(content, context.settings.mode)
    return mark_as_drill(content, context.settings.mode)


def _marked_reason(request: Request, body: ReasonBody) -> str:
    mode = _context(request).settings.mode
    require_fit_words("reason", body.reason, mode)
    return mark(body.reason, mode)


def _sender(context: Context, principal: Principal) -> Sender:
    return Sender(context.node, principal.department, principal.roles)


def _person(call: Call) -> Person:
    return Person.of(call.principal.subject, call.principal.name)


def _context(request: Request) -> Context:
    context: Context = request.app.state.context
    return context
