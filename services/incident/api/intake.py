"""接警: what a form needs to be filled by few keys, and what is typed in it until it is a report."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, Field
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.events.incident import ReportChannel
from contracts.messages import text
from contracts.plan import Plan
from contracts.plan.intake import AnswerKind, AskedWhen, Question
from contracts.values import Id, Location, Prose, Slug, Text, Value
from services.incident.api.access import context_of
from services.incident.api.bodies import PathId
from services.incident.api.views import BoardRow, board_row
from services.incident.policy.duplicates import Aspect, Match, Told
from services.incident.policy.gazetteer import Named, Spot, find_spots, search
from services.incident.policy.questions import questions
from services.incident.similar import similar
from services.incident.store import board, drafts
from services.incident.store.board import Owed, ShortRow
from shared.http.auth import Principal, Role, requires

router = APIRouter(prefix="/intake", tags=["intake"])
Taker = Annotated[Principal, Depends(requires(Role.CALL_TAKER, Role.DUTY_OFFICER))]
Longitude = Annotated[float, Query(ge=-180, le=180, allow_inf_nan=False)]
Latitude = Annotated[float, Query(ge=-90, le=90, allow_inf_nan=False)]
Typed = Annotated[Text, Query(max_length=100, description="characters, pinyin initials, a pair of degrees")]


class OptionView(BaseModel):
    """One answer of a question with options."""

    value: str
    name: str
    name_en: str


class QuestionView(BaseModel):
    """What a call is asked; ``fact``: the answer is this fact, else it stands among the answers by ``question``."""

    question: str
    fact: str | None
    kind: AnswerKind
    name: str
    name_en: str
    why: str
    why_en: str
    options: list[OptionView]
    event_types: list[str] = Field(description="for these kinds of event only; empty: for all of the sector")
    when: AskedWhen | None = Field(description="asked once an earlier question has such an answer")
    required: bool


class SectorView(BaseModel):
    """A sector with what to ask in it."""

    slug: str
    name: str
    name_en: str
    questions: list[QuestionView]


class CallTimeView(BaseModel):
    """Seconds after which the timer of a call turns; None: it does not."""

    amber_seconds: int | None
    red_seconds: int | None


class KindView(BaseModel):
    """A kind of event."""

    sector: str
    sector_name: str
    event_type: str
    name: str


class FormView(BaseModel):
    """What the form of a node is made of."""

    channels: list[str]
    sectors: list[SectorView]
    undetermined: KindView | None = Field(description="a call is reported as this until its kind is known")
    call_time: CallTimeView


class SpotView(BaseModel):
    """A place that may be meant."""

    name: str
    kind: str
    location: Location
    approximate: bool = Field(description="only about there: the middle of something large")
    place: str | None
    place_name: str
    hazard_source_id: str | None


class BorderView(BaseModel):
    """A jurisdiction that a place may lie in."""

    jurisdiction: str
    name: str
    within: bool = Field(description="of this node")


class EvidenceView(BaseModel):
    """What one aspect says for, or against, both being about one event."""

    aspect: Aspect
    bits: float = Field(description="a bit doubles the odds, a negative one halves them")
    reason_zh: str
    reason_en: str


class SimilarView(BaseModel):
    """An open incident that a call may be about."""

    incident: BoardRow
    score: float = Field(
        ge=0, le=1, description="how likely both are about one event, by what is known so far"
    )
    metres: int
    minutes: int = Field(description="since it was reported")
    why: list[EvidenceView] = Field(description="what weighs most comes first")


class DraftLine(BaseModel):
    """A draft in a list, without who called."""

    draft_id: str
    version: int
    taken_by: str = Field(description="the name of who typed in it last")
    begun_at: datetime
    changed_at: datetime
    address: str
    incident_id: str | None = Field(description="the report it has become, while more is typed")


class DraftView(DraftLine):
    """A draft as it was typed."""

    body: dict[str, Any]


class SimilarBody(Value):
    """What is known of a call so far: at least where it happened."""

    location: Location
    approximate: bool = Field(default=False, description="only about there")
    phone: Annotated[Text, Field(max_length=40)] = ""
    event_type: Annotated[Text, Field(max_length=40)] = Field(
        default="", description="empty while nobody knows"
    )
    words: Prose = Field(default="", description="what the caller says")
    hazard_source_id: Id | None = None


DraftValue = (
    Annotated[bool, Field(strict=True)]
    | Annotated[float, Field(allow_inf_nan=False, strict=True)]
    | Prose
    | None
)


class DraftBody(Value):
    """What is typed, by the name of the field; which fields there are is the console's own business."""

    version: Annotated[int, Field(ge=0, lt=2**31, description="what this was typed on; 0: a new draft")]
    body: Annotated[dict[Slug, DraftValue], Field(max_length=100)]


@router.get("/form")
async def show_form(request: Request, _: Taker) -> FormView:
    """Channels, sectors with their questions, and how a call is timed."""
    plan = context_of(request).plan
    kind, times = plan.intake.undetermined, plan.intake.call_time
    return FormView(
        channels=list(get_args(ReportChannel)),
        sectors=[
            SectorView(
                slug=slug,
                name=sector.name,
                name_en=sector.name_en,
                questions=[_question(name, one) for name, one in questions(plan, slug).items()],
            )
            for slug, sector in plan.sectors.items()
        ],
        undetermined=_kind(plan, kind.sector, kind.event_type) if kind.sector and kind.event_type else None,
        call_time=CallTimeView(amber_seconds=times.amber_seconds, red_seconds=times.red_seconds),
    )


@router.get("/places")
async def find_places(request: Request, _: Taker, q: Typed) -> list[SpotView]:
    """Places of this node for what was typed, the likeliest first, as many as there are digit keys."""
    context = context_of(request)
    return [_spot(one, context.plan) for one in find_spots(context.spots, q)]


@router.get("/borders")
async def find_borders(request: Request, _: Taker, lon: Longitude, lat: Latitude) -> list[BorderView]:
    """Which jurisdictions a place may lie in: several near a border, where the operator says which of these."""
    context = context_of(request)
    codes = context.may_lie_in(Location(lon=lon, lat=lat))
    return [
        BorderView(
            jurisdiction=code,
            name=context.plan.place_name(code),
            within=context.plan.is_within(code, context.node),
        )
        for code in codes
    ]


@router.get("/kinds")
async def find_kinds(request: Request, _: Taker, q: Typed) -> list[KindView]:
    """Kinds of event for what was typed."""
    context = context_of(request)
    return [_kind(context.plan, *one.what) for one in search(context.kinds, q)]


@router.post("/similar")
async def find_similar(request: Request, _: Taker, body: SimilarBody) -> list[SimilarView]:
    """Open incidents that a call may be about, the likeliest first, each with its reasons; and those of the same number.

    It changes nothing; the number stands in the body because addresses are written to logs on the way.
    """
    context, now = context_of(request), request.app.state.clock.now()
    async with request.app.state.database.reading() as connection:
        matches = await similar(connection, _told(body, now, context.plan), context.plan)
        ids = [match.incident_id for match in matches]
        rows = {row.incident_id: row for row in await board.short_rows(connection, ids)}
    return [_similar(match, rows[match.incident_id], now, context.plan) for match in matches]


def _told(body: SimilarBody, now: datetime, plan: Plan) -> Told:
    sectors = [slug for slug, sector in plan.sectors.items() if body.event_type in sector.event_types]
    return Told(
        body.location.lon,
        body.location.lat,
        now,
        sectors[0] if sectors else "",
        body.event_type,
        body.words,
        body.location.address or "",
        body.approximate,
        body.hazard_source_id,
        frozenset([phone] if (phone := body.phone.strip()) else []),
    )


def _similar(match: Match, row: ShortRow, now: datetime, plan: Plan) -> SimilarView:
    return SimilarView(
        incident=board_row(row, Owed(), plan),
        score=match.score,
        metres=round(match.metres),
        minutes=(now - row.reported_at) // timedelta(minutes=1),
        why=[
            EvidenceView(
                aspect=one.aspect,
                bits=one.bits,
                reason_zh=text(f"similar.{one.reason}", "zh", value=one.value),
                reason_en=text(f"similar.{one.reason}", "en", value=one.value),
            )
            for one in match.evidence
        ],
    )


@router.get("/drafts")
async def list_drafts(request: Request, _: Taker) -> list[DraftLine]:
    """What is being typed at the seats of this node."""
    async with request.app.state.database.reading() as connection:
        return [_draft_line(row) for row in await drafts.open_drafts(connection)]


@router.get("/drafts/{draft_id}")
async def show_draft(request: Request, _: Taker, draft_id: PathId) -> DraftView:
    """One draft, to go on with at this seat."""
    async with request.app.state.database.reading() as connection:
        row = await drafts.require(connection, draft_id)
    return DraftView(**vars(_draft_line(row)), body=row.body)


@router.put("/drafts/{draft_id}")
async def keep_draft(request: Request, who: Taker, draft_id: PathId, body: DraftBody) -> DraftLine:
    """Keep what is typed; 409 when another seat has typed in it meanwhile."""
    async with request.app.state.database.begin(request.app.state.clock.now(), cause="draft") as unit:
        await drafts.save(unit, draft_id, dict(body.body), body.version, (who.subject, who.name))
        row = await drafts.require(unit.connection, draft_id)
    return _draft_line(row)


@router.delete("/drafts/{draft_id}", status_code=204)
async def drop_draft(request: Request, _: Taker, draft_id: PathId) -> Response:
    """The draft is a report now, or not needed."""
    async with request.app.state.database.begin(request.app.state.clock.now(), cause="draft") as unit:
        await drafts.drop(unit, draft_id)
    return Response(status_code=204)


async def drafts_as_json(connection: AsyncConnection, ids: Collection[str]) -> dict[str, Any]:
    """The lines of these drafts as JSON values."""
    return {
        row.draft_id: _draft_line(row).model_dump(mode="json")
        for row in await drafts.find_all(connection, ids)
    }


def _draft_line(row: Any) -> DraftLine:  # noqa: ANN401 - a row
    address, incident = row.body.get("address"), row.body.get("incident_id")
    return DraftLine(
        draft_id=row.draft_id,
        version=row.version,
        taken_by=row.taken_by_name,
        begun_at=row.begun_at,
        changed_at=row.changed_at,
        address=address if isinstance(address, str) else "",
        incident_id=incident if isinstance(incident, str) else None,
    )


def _question(name: str, asked: Question) -> QuestionView:
    return QuestionView(
        question=name,
        fact=asked.fact,
        kind=asked.answer_kind,
        name=asked.prompt,
        name_en=asked.prompt_en,
        why=asked.why,
        why_en=asked.why_en,
        options=[OptionView(value=value, **one.model_dump()) for value, one in asked.options.items()],
        event_types=sorted(asked.event_types),
        when=asked.when,
        required=asked.required,
    )


def _kind(plan: Plan, sector: str, event_type: str) -> KindView:
    name = plan.event_name(event_type)
    return KindView(sector=sector, sector_name=plan.sectors[sector].name, event_type=event_type, name=name)


def _spot(one: Named[Spot], plan: Plan) -> SpotView:
    spot = one.what
    return SpotView(
        name=one.name,
        kind=spot.kind,
        location=spot.location.model_copy(update={"address": one.name}),
        approximate=spot.approximate,
        place=spot.place,
        place_name=plan.place_name(spot.place) if spot.place else "",
        hazard_source_id=spot.hazard_source_id,
    )
