"""来电 that is no report: parked with its reason, called back, settled, or real after all."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field

from contracts.events.incident import ReportChannel
from contracts.privacy import mask
from contracts.values import Id, Text, Value
from services.incident.api.access import CallerReader
from services.incident.api.bodies import After, CallerPlaceBody, Limit, PathId, Reason
from services.incident.domain import parked_call
from services.incident.domain.parked_call import CallStatus
from services.incident.store import parked_calls as store
from services.incident.store import reports
from services.incident.store.parked_calls import Called
from services.incident.store.reports import Caller
from shared.database import UnitOfWork
from shared.http.auth import Principal, Role, requires
from shared.http.commands import Call, command
from shared.ids import new_id

router = APIRouter(prefix="/intake/calls", tags=["intake"])
Taker = Annotated[Call, Depends(command(Role.CALL_TAKER, Role.DUTY_OFFICER))]
TakerReader = Annotated[
    Principal, Depends(requires(Role.CALL_TAKER, Role.DUTY_OFFICER, Role.COMMANDER, Role.AUDITOR))
]
Phone = Annotated[Text, Field(max_length=40)]
MOST_OF_A_NUMBER = 20


class ParkBody(Value):
    """A call that is no report; who called is masked in the audit."""

    channel: ReportChannel
    reason: parked_call.Reason
    note: Annotated[Text, Field(max_length=500)] = ""
    phone: Phone | None = Field(default=None, json_schema_extra={"personal": True})
    place: CallerPlaceBody | None = Field(default=None, json_schema_extra={"personal": True})


class CallNoteBody(Value):
    """What was found or done: called back, nobody answered."""

    note: Reason


class BecameBody(Value):
    """The report that somebody found to be of the same caller, taken before it was known."""

    report_id: Id


class NumberBody(Value):
    """Whose calls are asked for; the number stands in the body because addresses are written to logs on the way."""

    phone: Annotated[Text, Field(min_length=1, max_length=40)] = Field(json_schema_extra={"personal": True})


class CallStepView(BaseModel):
    """One step of a call."""

    status: CallStatus
    note: str
    by: str
    at: datetime


class CallView(BaseModel):
    """A call that was no report."""

    call_id: str
    channel: ReportChannel
    reason: parked_call.Reason
    status: CallStatus
    phone: str = Field(description="masked; the whole number is asked for by itself, which is on record")
    same_number: int = Field(description="how many such calls came from this number, this one among them")
    taken_by: str
    called_at: datetime
    report_id: str | None = Field(description="the report that it became")
    lineage: list[CallStepView]


class CallCallerView(BaseModel):
    """From where a call came; reading it is on record."""

    call_id: str
    phone: str | None
    place: dict[str, Any] | None
    personal_removed_at: datetime | None


@router.post("", status_code=201, response_model=CallView)
async def park_call(request: Request, body: ParkBody, call: Taker) -> Response:
    """A silent call waits until somebody has called back; the others are settled with their reason."""
    call_id = str(new_id())

    async def work(unit: UnitOfWork) -> CallView:
        who = (call.principal.subject, call.principal.name)
        parked = parked_call.park(call_id, body.channel, body.reason, mask(body.note), who, unit.now)
        phone = (body.phone or "").strip() or None
        await store.add(unit, parked, Caller(None, phone, body.place.kept if body.place else None))
        return _view(await store.require(unit.connection, call_id))

    return await call.run("call.park", call_id, body, work, status=201)


@router.get("")
async def list_calls(
    request: Request, _: TakerReader, status: CallStatus | None = None, limit: Limit = 50, after: After = ""
) -> list[CallView]:
    """Calls that were no report, the newest first."""
    async with request.app.state.database.reading() as connection:
        return [_view(one) for one in await store.page(connection, status, limit, after or None)]


@router.post("/search")
async def find_calls(request: Request, _: TakerReader, body: NumberBody) -> list[CallView]:
    """The calls that came from this number, the newest first; it changes nothing."""
    async with request.app.state.database.reading() as connection:
        found = await store.of_number(connection, body.phone.strip(), MOST_OF_A_NUMBER)
    return [_view(one) for one in found]


@router.get("/{call_id}/caller", response_model=CallCallerView)
async def show_call_caller(call_id: PathId, call: CallerReader) -> Response:
    """The whole number, to call back; that it was read goes into the audit."""

    async def work(unit: UnitOfWork) -> CallCallerView:
        found = await store.require(unit.connection, call_id)
        return CallCallerView(
            call_id=call_id,
            phone=found.caller.phone,
            place=found.caller.place,
            personal_removed_at=found.call.personal_removed_at,
        )

    return await call.run("call.read_caller", call_id, Value(), work)


@router.post("/{call_id}/notes", response_model=CallView)
async def note_down(call_id: PathId, body: CallNoteBody, call: Taker) -> Response:
    """What somebody found or did: called back, nobody answered."""
    return await _move(call, "call.note_down", call_id, "note_down", body)


@router.post("/{call_id}/settle", response_model=CallView)
async def settle_call(call_id: PathId, body: CallNoteBody, call: Taker) -> Response:
    """Nothing is to be done about it, and why."""
    return await _move(call, "call.settle", call_id, "clear", body)


@router.post("/{call_id}/became", response_model=CallView)
async def call_became_report(call_id: PathId, body: BecameBody, call: Taker) -> Response:
    """It was real: the report of the same caller was taken already. A report yet to be taken names the call itself."""

    async def work(unit: UnitOfWork) -> CallView:
        found = await store.require(unit.connection, call_id, lock=True)
        await reports.require(unit.connection, body.report_id)
        real = parked_call.became_report(found.call, body.report_id, call.principal.name, unit.now)
        await store.save(unit, real)
        return _view(await store.require(unit.connection, call_id))

    return await call.run("call.became", call_id, body, work)


async def _move(call: Call, name: str, call_id: str, command: str, body: CallNoteBody) -> Response:
    async def work(unit: UnitOfWork) -> CallView:
        found = await store.require(unit.connection, call_id, lock=True)
        moved = found.call.after_command(command, mask(body.note), call.principal.name, unit.now)
        await store.save(unit, moved)
        return _view(await store.require(unit.connection, call_id))

    return await call.run(name, call_id, body, work)


def _hidden(phone: str) -> str:
    """So much of a number, of whatever kind, that two can be told apart."""
    return f"{phone[:3]}{'*' * (len(phone) - 5)}{phone[-2:]}" if len(phone) > 6 else "*" * len(phone)


def _view(found: Called) -> CallView:
    call = found.call
    return CallView(
        call_id=call.call_id,
        channel=call.channel,
        reason=call.reason,
        status=call.status,
        phone=_hidden(found.caller.phone or ""),
        same_number=found.same_number,
        taken_by=call.taken_by,
        called_at=call.called_at,
        report_id=call.report_id,
        lineage=[CallStepView(**vars(step)) for step in call.lineage],
    )
