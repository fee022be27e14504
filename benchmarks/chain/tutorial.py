"""The tutorial way: what one builds from the first pages of each library's documentation.

FastAPI with a SQLModel session per request, an outbox table polled every 100 ms, FastStream
subscribers that handle and acknowledge message by message, a session each.
"""

import asyncio
import sys
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from fastapi import FastAPI
from faststream import AckPolicy, FastStream
from faststream.kafka import KafkaBroker
from pydantic import BaseModel
from sqlalchemy import Engine
from sqlmodel import Field, Session, SQLModel, create_engine, select

POLL_SECONDS = 0.1


class Result(SQLModel, table=True):
    """A report, a recommendation or a draft."""

    id: str = Field(primary_key=True)
    body: str


class Inbox(SQLModel, table=True):
    """An event dealt with."""

    id: str = Field(primary_key=True)


class Outbox(SQLModel, table=True):
    """An event to send."""

    id: int | None = Field(default=None, primary_key=True)
    key: str
    body: str
    sent: bool = Field(default=False, index=True)


class Report(BaseModel):
    """What comes in."""

    channel: str
    sector: str
    event_type: str
    title: str
    location: dict[str, float | str]


async def poll(engine: Engine, broker: KafkaBroker, topic: str) -> None:
    """Send what is unsent, every 100 ms."""
    while True:
        with Session(engine) as session:
            for row in session.exec(select(Outbox).where(~Outbox.sent).order_by(Outbox.id)).all():  # type: ignore[arg-type, operator]
                await broker.publish(row.body, topic, key=row.key.encode())
                row.sent = True
                session.add(row)
            session.commit()
        await asyncio.sleep(POLL_SECONDS)


def store(engine: Engine, key: str, body: str) -> None:
    """A result and its event, one session."""
    with Session(engine) as session:
        session.add(Result(id=key, body=body))
        session.add(Outbox(key=key, body=body))
        session.commit()


def intake(engine: Engine, bootstrap: str, prefix: str, port: int) -> None:
    """The HTTP service."""
    broker = KafkaBroker(bootstrap)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await broker.start()
        task = asyncio.create_task(poll(engine, broker, f"{prefix}.intake"))
        yield
        task.cancel()
        await broker.stop()

    app = FastAPI(lifespan=lifespan)

    @app.post("/reports", status_code=201)
    def report(body: Report) -> dict[str, str]:
        key = str(uuid.uuid4())
        store(engine, key, body.model_dump_json())
        return {"incident_id": key}

    uvicorn.run(app, host="127.0.0.1", port=port, access_log=False, log_level="warning")


def worker(engine: Engine, bootstrap: str, prefix: str, role: str) -> None:
    """A consuming service."""
    broker = KafkaBroker(bootstrap, logger=None)
    app = FastStream(broker)

    @broker.subscriber(
        f"{prefix}.intake",
        group_id=f"{prefix}.{role}",
        auto_offset_reset="earliest",
        ack_policy=AckPolicy.NACK_ON_ERROR,
        decoder=lambda message: message,
    )
    def handle(message: object) -> None:
        record = message.raw_message  # type: ignore[attr-defined]
        key = record.key.decode()
        with Session(engine) as session:
            if session.get(Inbox, key) is None:
                session.add(Inbox(id=key))
                session.add(Result(id=key, body="{}"))
                session.add(Outbox(key=key, body='{"for": "%s"}' % key))  # noqa: UP031
                session.commit()

    @app.after_startup
    async def polling() -> None:
        app.poller = asyncio.create_task(poll(engine, broker, f"{prefix}.{role}"))  # type: ignore[attr-defined]
        print("ready", flush=True)

    asyncio.run(app.run())


def main(role: str, bootstrap: str, database: str, port: str, prefix: str) -> None:
    """One process."""
    engine = create_engine(database)
    SQLModel.metadata.create_all(engine)
    if role == "intake":
        intake(engine, bootstrap, prefix, int(port))
    else:
        worker(engine, bootstrap, prefix, role)


if __name__ == "__main__":
    main(*sys.argv[1:])
