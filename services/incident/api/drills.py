"""演练: its steps and verdict as they fall, told by whoever plays it, and what observers note. Nothing of it in live mode."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field
from sqlalchemy import Row

from contracts.refusals import Refusal
from contracts.values import Id, Line, Text, Value
from services.incident.api.access import PEOPLE, PersonReader
from services.incident.api.bodies import Limit, PathId
from services.incident.store import drill_runs
from shared.clock import SystemClock
from shared.database import UnitOfWork
from shared.http.auth import Role
from shared.http.commands import Call, command

router = APIRouter(prefix="/drill-runs", tags=["drills"])
Player = Annotated[Call, Depends(command(Role.SYSTEM))]
Observer = Annotated[Call, Depends(command(*PEOPLE))]
Remark = Annotated[Text, Field(max_length=2_000)]


class NotADrill(Refusal):
    """This node is live: nothing is played here."""

    STATUS = 409
    KEY = "drill.not_a_drill"


class RunBody(Value):
    """What is about to be played; ``planned``: how many steps the scenario has."""

    run_id: Id
    scenario: Id
    title: Line
    title_en: Line
    planned: Annotated[int, Field(ge=1, le=10_000)]


class MilestoneBody(Value):
    """One expectation and what came of it."""

    where: Remark = ""
    expected: Remark
    actual: Remark
    held: bool
    milliseconds: Annotated[float, Field(ge=0)] | None = None


class OneStep(Value):
    """A step that begins; with ``judged`` what came of it. A step that is repeated comes under a new number."""

    number: Annotated[int, Field(ge=1, le=100_000)]
    name: Line
    name_en: Line
    what: Remark = ""
    judged: bool = False
    milestones: Annotated[tuple[MilestoneBody, ...], Field(max_length=1_000)] = ()


class StepsBody(Value):
    """Steps that began or were judged since the last time."""

    steps: Annotated[tuple[OneStep, ...], Field(min_length=1, max_length=1_000)]


class EndBody(Value):
    """The verdict: how many expectations there were, and how many did not hold."""

    expectations: Annotated[int, Field(ge=0)]
    broken: Annotated[int, Field(ge=0)]


class NoteBody(Value):
    """What an observer saw."""

    note: Annotated[Text, Field(min_length=1, max_length=2_000)]


class StepView(BaseModel):
    """A step of a run; ``judged_at`` is empty while it goes on."""

    number: int
    name: str
    name_en: str
    what: str
    begun_at: datetime
    judged_at: datetime | None
    milestones: list[MilestoneBody]


class NoteView(BaseModel):
    """An observer's note, by the drill's clock and by the wall's."""

    note_id: str
    by: str
    note: str
    noted_at: datetime
    wall_at: datetime


class RunLine(BaseModel):
    """A run in a list."""

    run_id: str
    scenario: str
    title: str
    title_en: str
    planned: int
    begun_at: datetime
    ended_at: datetime | None
    expectations: int | None
    broken: int | None


class RunView(RunLine):
    """A run with its steps so far and what was noted."""

    steps: list[StepView]
    notes: list[NoteView]


class Done(BaseModel):
    """It is written down."""

    run_id: str


@router.get("")
async def list_runs(request: Request, _: PersonReader, limit: Limit = 20) -> list[RunLine]:
    """The runs at this node, the newest first; none at a live one."""
    async with request.app.state.database.reading() as connection:
        rows = await drill_runs.page(connection, limit)
    return [RunLine.model_validate(row._mapping) for row in rows]


@router.get("/{run_id}")
async def show_run(request: Request, _: PersonReader, run_id: PathId) -> RunView:
    """One run, step by step."""
    async with request.app.state.database.reading() as connection:
        run = await drill_runs.require(connection, run_id)
        steps = await drill_runs.steps(connection, run_id)
        notes = await drill_runs.notes(connection, run_id)
    parts: dict[str, Any] = {"steps": [_plain(row) for row in steps], "notes": [_plain(row) for row in notes]}
    return RunView.model_validate({**_plain(run), **parts})


@router.post("", status_code=201, response_model=Done)
async def begin(request: Request, body: RunBody, call: Player) -> Response:
    """The player begins; raises NotADrill."""
    _require_drill(request)

    async def work(unit: UnitOfWork) -> Done:
        await drill_runs.begin(unit, body.model_dump())
        return Done(run_id=body.run_id)

    return await call.run("drill.begin", body.run_id, body, work, status=201)


@router.post("/{run_id}/steps", response_model=Done)
async def tell_steps(request: Request, run_id: PathId, body: StepsBody, call: Player) -> Response:
    """Steps begin, or are judged."""
    _require_drill(request)

    async def work(unit: UnitOfWork) -> Done:
        await drill_runs.require(unit.connection, run_id)
        for one in body.steps:
            await drill_runs.put_step(unit, run_id, one.model_dump(exclude={"judged"}), one.judged)
        return Done(run_id=run_id)

    return await call.run("drill.steps", run_id, body, work)


@router.post("/{run_id}/end", response_model=Done)
async def end(request: Request, run_id: PathId, body: EndBody, call: Player) -> Response:
    """The verdict."""
    _require_drill(request)

    async def work(unit: UnitOfWork) -> Done:
        await drill_runs.require(unit.connection, run_id)
        await drill_runs.end(unit, run_id, body.expectations, body.broken)
        return Done(run_id=run_id)

    return await call.run("drill.end", run_id, body, work)


@router.post("/{run_id}/notes", status_code=201, response_model=NoteView)
async def add_note(request: Request, run_id: PathId, body: NoteBody, call: Observer) -> Response:
    """An observer notes something; it stays with the run, also when that is over."""
    _require_drill(request)

    async def work(unit: UnitOfWork) -> NoteView:
        await drill_runs.require(unit.connection, run_id)
        wall = SystemClock().now()
        return NoteView.model_validate(
            await drill_runs.add_note(unit, run_id, call.principal.name, body.note, wall)
        )

    return await call.run("drill.note", run_id, body, work, status=201)


def _plain(row: Row[Any]) -> dict[str, Any]:
    return dict(row._mapping)


def _require_drill(request: Request) -> None:
    if request.app.state.settings.mode != "exercise":
        raise NotADrill
