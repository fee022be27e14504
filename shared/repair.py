"""Routes every service has for those who repair: dead letters, paused topics, outbox, due work."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from contracts.events import Stream
from contracts.refusals import NotFound, Refusal
from contracts.values import Line
from shared import dead_letters, outbox
from shared.consumer import Consumer, KafkaAway
from shared.database import UnitOfWork
from shared.dead_letters import DeadLetter, Kind
from shared.fuse import PausedTopic
from shared.http.auth import Principal, Role, requires
from shared.http.commands import Call, command
from shared.redelivery import Redelivery
from shared.ticks import ParkedWork, parked_work, release_parked_work

router = APIRouter()
Operator = Annotated[Principal, Depends(requires(Role.DUTY_OFFICER, Role.AUDITOR, scope="reads"))]
Repair = Annotated[Call, Depends(command(Role.DUTY_OFFICER))]
TopicName = Annotated[str, Path(pattern=r"^[0-9a-z.\-]{1,80}$")]
MOST_RETRIES = 100
MOST_RESENT = 20_000


class NotPaused(Refusal):
    """Nothing holds this topic up."""

    STATUS = 409
    KEY = "problem.topic_not_paused"


class KafkaUnreachable(Refusal):
    """What is asked for only Kafka knows."""

    STATUS = 503
    KEY = "problem.kafka_unreachable"


class RetryOutcome(BaseModel):
    """What came of trying a parked record again; ``reason`` is empty when it took effect."""

    resolved: bool
    reason: str = ""


class RetryMany(BaseModel):
    """Which parked records to try again; ``after`` passes over as many that were tried already."""

    model_config = ConfigDict(extra="forbid")

    kind: Kind
    after: Annotated[int, Field(ge=0, lt=2**31)] = 0


class RetryManyOutcome(BaseModel):
    """How many took effect, why others did not (by id), and the next call's ``after``; None when all were tried."""

    resolved: int
    failures: dict[UUID, str]
    next: int | None


class TopicStatus(BaseModel):
    """How far reading of one topic is; ``unread`` counts records, None while Kafka is away."""

    topic: str
    unread: int | None
    paused: PausedTopic | None


class ConsumerStatus(BaseModel):
    """What this process reads, and what rests because its fuse is blown."""

    group: str
    assigned: int
    topics: list[TopicStatus]


class Resumption(BaseModel):
    """How to go on with a paused topic: try again, or park what fails up to where the topic ends now."""

    model_config = ConfigDict(extra="forbid")

    park: bool = False


class Resumed(BaseModel):
    """Reading goes on; up to ``parking_until``, by partition, what fails is parked without blowing the fuse."""

    topic: str
    parking_until: dict[int, int] = {}


class OutboxStatus(BaseModel):
    """What has not reached Kafka, and which rows Kafka refuses."""

    unsent: int
    refused: list[outbox.RefusedRow]


class Resend(BaseModel):
    """Which sent events go to Kafka again: at least a time or a subject; ``after`` is the id to go on behind."""

    model_config = ConfigDict(extra="forbid")

    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    stream: Stream | None = None
    subject: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    after: Annotated[int, Field(ge=0, lt=2**63)] = 0

    @model_validator(mode="after")
    def _is_bounded(self) -> "Resend":
        if self.since is None and self.subject is None:
            raise ValueError("since or subject is required")
        return self


class Resent(BaseModel):
    """How many events were marked to be sent again, and behind which id to go on; None when that was all."""

    resent: int
    next: int | None


class Released(BaseModel):
    """How many rows of due work are tried again."""

    released: int


class WaitsForOthers(Refusal):
    """A dead letter that waits for missing events is gone past, not dismissed: what comes after it waits too."""

    STATUS = 409
    KEY = "problem.waits_for_others"


class Dismissal(BaseModel):
    """Why a parked record shall have no effect."""

    model_config = ConfigDict(extra="forbid")

    reason: Line


class Nothing(BaseModel):
    """A command without inputs; its body is an empty object."""

    model_config = ConfigDict(extra="forbid")


@router.get("/dead-letters")
async def list_dead_letters(
    request: Request,
    _: Operator,
    resolved: bool = False,
    kind: Kind | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> list[DeadLetter]:
    """Parked records, newest first."""
    async with request.app.state.database.reading() as connection:
        return await dead_letters.page(connection, resolved, limit, kind)


@router.get("/dead-letters/{id}")
async def show_dead_letter(request: Request, _: Operator, id: UUID) -> DeadLetter:  # noqa: A002 - the path's own word
    """One parked record with headers and body."""
    async with request.app.state.database.reading() as connection:
        found = await dead_letters.find(connection, id)
    if found is None:
        raise NotFound("dead_letter.name", id)
    return found[0]


@router.post("/dead-letters/retry")
async def retry_dead_letters(request: Request, call: Repair, body: RetryMany) -> RetryManyOutcome:
    """Try the open ones of a kind again, each aggregate's in the order of its events, a hundred at a time."""
    retried = await _redelivery(request).retry_all(body.kind, MOST_RETRIES, body.after)
    await call.audit("dead_letter.retry_all", body.kind, f"accepted:{retried.resolved}")
    return RetryManyOutcome(resolved=retried.resolved, failures=retried.failures, next=retried.next_after)


@router.post("/dead-letters/{id}/retry")
async def retry_dead_letter(request: Request, call: Repair, id: UUID) -> RetryOutcome:  # noqa: A002
    """Try a parked record again, and with it what waited for it."""
    try:
        reason = await _redelivery(request).retry(id)
    except KeyError:
        await call.audit("dead_letter.retry", str(id), "refused:not_found")
        raise NotFound("dead_letter.name", id) from None
    await call.audit("dead_letter.retry", str(id), "accepted" if reason is None else "refused:still_parked")
    return RetryOutcome(resolved=reason is None, reason=reason or "")


@router.post("/dead-letters/{id}/skip")
async def skip_dead_letter(request: Request, call: Repair, id: UUID) -> DeadLetter:  # noqa: A002
    """Go on past the missing events that a parked one waits for; close any other without effect."""
    try:
        letter = await _redelivery(request).skip(id)
    except KeyError:
        await call.audit("dead_letter.skip", str(id), "refused:not_found")
        raise NotFound("dead_letter.name", id) from None
    await call.audit("dead_letter.skip", str(id), "accepted")
    return letter


@router.post("/dead-letters/{id}/dismiss", response_model=DeadLetter)
async def dismiss_dead_letter(request: Request, call: Repair, id: UUID, body: Dismissal) -> Response:  # noqa: A002
    """Close a parked record without effect, with the reason in the audit; a second time changes nothing."""

    async def work(unit: UnitOfWork) -> DeadLetter:
        found = await dead_letters.find(unit.connection, id, lock=True)
        if found is None:
            raise NotFound("dead_letter.name", id)
        letter, _ = found
        if letter.resolved_at is not None:
            return letter
        if letter.kind in dead_letters.WAITING:
            raise WaitsForOthers
        await dead_letters.resolve(unit.connection, id, "dismissed")
        now_closed = await dead_letters.find(unit.connection, id)
        assert now_closed is not None
        return now_closed[0]

    return await call.run("dead_letter.dismiss", str(id), body, work)


@router.get("/consumer")
async def show_consumer(request: Request, _: Operator) -> ConsumerStatus:
    """What is read, how far, and what rests."""
    consumer: Consumer = request.app.state.running.consumer
    fuses = consumer.processor.fuses
    await fuses.refresh()
    unread = await consumer.backlog()
    topics = [
        TopicStatus(topic=topic, unread=unread.get(topic), paused=fuses.topics.get(topic))
        for topic in consumer.topics
    ]
    return ConsumerStatus(group=consumer.group, assigned=consumer.assigned_partitions, topics=topics)


@router.post("/consumer/topics/{topic}/resume")
async def resume_topic(request: Request, call: Repair, topic: TopicName, body: Resumption) -> Response:
    """Read a paused topic again."""
    consumer: Consumer = request.app.state.running.consumer
    fuses = consumer.processor.fuses

    async def work(unit: UnitOfWork) -> Resumed:
        if topic not in {
            paused.topic for paused in await fuses.stored_fuses(unit.connection) if paused.rests
        }:
            raise NotPaused("topic", topic=topic)
        until = await _unread(consumer, topic) if body.park else {}
        await fuses.resume(unit.connection, topic, until)
        return Resumed(topic=topic, parking_until=until)

    return await call.run("consumer.resume", topic, body, work)


@router.get("/outbox")
async def show_outbox(request: Request, _: Operator) -> OutboxStatus:
    """What waits for Kafka."""
    async with request.app.state.database.reading() as connection:
        unsent, refused = await outbox.unsent(connection)
    return OutboxStatus(unsent=unsent, refused=refused)


@router.post("/outbox/resend")
async def resend_events(call: Repair, body: Resend) -> Response:
    """Send what Kafka had already: same ids, same sequence, so receivers that know it let it pass."""

    async def work(unit: UnitOfWork) -> Resent:
        wanted = outbox.Sent(body.since, body.until, body.stream, body.subject, body.after)
        ids = await outbox.resend(unit.connection, wanted, MOST_RESENT)
        return Resent(resent=len(ids), next=max(ids) if len(ids) == MOST_RESENT else None)

    return await call.run("outbox.resend", body.subject or _time(body.since), body, work)


@router.post("/outbox/refused/retry")
async def retry_refused_rows(call: Repair, body: Nothing) -> Response:
    """Offer the rows that Kafka refused once more, after the cause is mended."""

    async def work(unit: UnitOfWork) -> Resent:
        return Resent(resent=await outbox.retry_refused(unit.connection), next=None)

    return await call.run("outbox.retry_refused", "", body, work)


@router.get("/due-work")
async def show_parked_work(request: Request, _: Operator) -> list[ParkedWork]:
    """Due work that was put aside, the longest first."""
    async with request.app.state.database.reading() as connection:
        return await parked_work(connection)


@router.post("/due-work/retry")
async def retry_parked_work(call: Repair, body: Nothing) -> Response:
    """Try everything that was put aside again."""

    async def work(unit: UnitOfWork) -> Released:
        return Released(released=await release_parked_work(unit.connection))

    return await call.run("due_work.retry", "", body, work)


def _redelivery(request: Request) -> Redelivery:
    redelivery: Redelivery = request.app.state.processor.redelivery
    return redelivery


async def _unread(consumer: Consumer, topic: str) -> dict[int, int]:
    try:
        return await consumer.unread(topic)
    except KafkaAway as error:
        raise KafkaUnreachable from error


def _time(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
