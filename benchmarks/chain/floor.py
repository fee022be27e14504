"""The floor: the same I/O as the chain, by hand, with asyncpg and aiokafka and nothing else.

Three processes: ``intake`` stores a report and its event in one transaction, answers, and sends the
event; ``dispatch`` and ``notify`` consume it, store inbox row, result and event in one transaction,
commit their offsets and send their event. No validation, no authorisation, no audit, no recovery.
"""

import asyncio
import signal
import sys
import uuid

import asyncpg
import httptools
import orjson
import uvloop
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

TABLES = """
CREATE TABLE IF NOT EXISTS result (id text PRIMARY KEY, body jsonb NOT NULL);
CREATE TABLE IF NOT EXISTS inbox (id text PRIMARY KEY);
CREATE TABLE IF NOT EXISTS outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, key text NOT NULL, body text NOT NULL, sent_at timestamptz);
CREATE INDEX IF NOT EXISTS outbox_unsent ON outbox (id) WHERE sent_at IS NULL;
"""
STORE = """
WITH r AS (INSERT INTO result (id, body) SELECT * FROM unnest($1::text[], $2::jsonb[]))
INSERT INTO outbox (key, body) SELECT * FROM unnest($1::text[], $3::text[]) RETURNING id
"""
CLAIM = "INSERT INTO inbox SELECT unnest($1::text[]) ON CONFLICT DO NOTHING RETURNING id"
UNSENT = "SELECT id, key, body FROM outbox WHERE sent_at IS NULL ORDER BY id LIMIT 500"
SENT = "UPDATE outbox SET sent_at = now() WHERE id = ANY($1::bigint[])"


class Relay:
    """Sends what is unsent, one batch after the other."""

    def __init__(self, pool: asyncpg.Pool, producer: AIOKafkaProducer, topic: str) -> None:
        self.pool, self.producer, self.topic = pool, producer, topic
        self.wake = asyncio.Event()

    async def run(self) -> None:
        async with self.pool.acquire() as connection:
            while True:
                await self.wake.wait()
                self.wake.clear()
                while rows := await connection.fetch(UNSENT):
                    sending = [
                        await self.producer.send(self.topic, row["body"].encode(), key=row["key"].encode())
                        for row in rows
                    ]
                    await asyncio.gather(*sending)
                    await connection.execute(SENT, [row["id"] for row in rows])


class Request(asyncio.Protocol):
    """One keep-alive connection."""

    def __init__(self, pool: asyncpg.Pool, relay: Relay) -> None:
        self.pool, self.relay = pool, relay
        self.parser, self.body = httptools.HttpRequestParser(self), b""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.parser.feed_data(data)

    def on_body(self, body: bytes) -> None:
        self.body += body

    def on_message_complete(self) -> None:
        body, self.body = self.body, b""
        asyncio.get_running_loop().create_task(self.answer(body))

    async def answer(self, body: bytes) -> None:
        key = str(uuid.uuid4())
        event = orjson.dumps({"incident_id": key, **orjson.loads(body)}).decode()
        async with self.pool.acquire() as connection:
            await connection.fetch(STORE, [key], [body.decode()], [event])
        self.relay.wake.set()
        told = orjson.dumps({"incident_id": key})
        self.transport.write(b"HTTP/1.1 201 Created\r\ncontent-length: %d\r\n\r\n%b" % (len(told), told))


async def intake(pool: asyncpg.Pool, relay: Relay, port: int) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Request(pool, relay), "127.0.0.1", port)
    await server.serve_forever()


async def consume(pool: asyncpg.Pool, relay: Relay, bootstrap: str, topic: str, group: str) -> None:
    consumer = AIOKafkaConsumer(
        topic,
        bootstrap_servers=bootstrap,
        group_id=group,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
    )
    await consumer.start()
    print("ready", flush=True)
    while True:
        batches = await consumer.getmany(timeout_ms=1000, max_records=500)
        records = [record for found in batches.values() for record in found]
        if not records:
            continue
        keys = [record.key.decode() for record in records]
        async with pool.acquire() as connection, connection.transaction():
            new = {row["id"] for row in await connection.fetch(CLAIM, keys)}
            bodies = [orjson.dumps({"for": key}).decode() for key in keys if key in new]
            await connection.fetch(STORE, [key for key in keys if key in new], bodies, bodies)
        relay.wake.set()
        await consumer.commit()


async def main(role: str, bootstrap: str, database: str, port: str, prefix: str) -> None:
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, sys.exit, 0)
    pool = await asyncpg.create_pool(database, min_size=10, max_size=10)
    await pool.execute(TABLES)
    producer = AIOKafkaProducer(bootstrap_servers=bootstrap, acks="all", enable_idempotence=True)
    await producer.start()
    relay = Relay(pool, producer, f"{prefix}.{role}")
    relay_task = asyncio.create_task(relay.run())
    if role == "intake":
        await asyncio.gather(relay_task, intake(pool, relay, int(port)))
    else:
        await asyncio.gather(
            relay_task, consume(pool, relay, bootstrap, f"{prefix}.intake", f"{prefix}.{role}")
        )


if __name__ == "__main__":
    uvloop.run(main(*sys.argv[1:]))
