"""A member department's whole program: it gives its opinion when consulted and lays warnings before a person.

``partner.py acknowledge WARNING_ID``: what the person does who has read one.
"""

import asyncio
import os
import ssl
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from uuid import UUID

import httpx
from faststream import AckPolicy, FastStream
from faststream.kafka import KafkaBroker
from faststream.kafka.annotations import KafkaMessage
from faststream.security import BaseSecurity, SASLScram512

from contracts.envelope import Envelope
from contracts.events import BY_TYPE, Stream
from contracts.events.consultation import ConsultationConvened
from contracts.events.warning import WarningCancelled, WarningPublished
from contracts.topics import topic_name

REQUIRED = ("KAFKA_BOOTSTRAP_SERVERS", "NODE", "MODE", "DEPARTMENT", "TOKEN", "INCIDENT_URL", "NOTIFY_URL")
PASSING = {401, 408, 425, 429}  # and every 5xx: tried again; any other answer is final
PROOF = {
    "PLAINTEXT": (),
    "SASL_SSL": ("KAFKA_USERNAME", "KAFKA_PASSWORD_FILE"),
    "SSL": ("KAFKA_CERTIFICATE_FILE", "KAFKA_KEY_FILE"),
}  # by KAFKA_SECURITY_PROTOCOL
Env = Mapping[str, str]


async def receive(
    env: Env, http: httpx.AsyncClient, headers: Iterable[tuple[str, bytes]], body: bytes
) -> None:
    """Deal with one record; returns only when it is dealt with for good."""
    try:
        envelope = Envelope.from_headers(headers)
        event = BY_TYPE[envelope.type].read(body)
    except (KeyError, ValueError) as error:
        print("skipped, not an event of liandong:", repr(error))
        return
    if envelope.status != ("exercise" if env["MODE"] == "exercise" else "actual"):
        print("skipped, it belongs to a drill and we do not, or the reverse:", envelope.id)
    elif isinstance(event, ConsultationConvened) and env["DEPARTMENT"] in event.departments:
        opinion = {"position": "agree", "opinion": f"已阅“{event.matter}”，按职责配合。"}
        url = f"{env['INCIDENT_URL']}/consultations/{event.consultation_id}/opinions"
        await post(env, http, url, opinion, envelope.id)
    elif isinstance(event, WarningPublished):
        said = event.content
        lay_out(env, event.warning_id, f"{said.headline}\n{said.description}\n{said.instruction}\n待确认收到")
    elif isinstance(event, WarningCancelled):
        lay_out(env, event.warning_id, f"{event.headline}\n{event.reason}\n预警已解除，停止按预警行动")


def lay_out(env: Env, warning_id: str, text: str) -> None:
    """On the desk of the person on duty: one file per warning, with what holds now; a repeat changes nothing."""
    desk = Path(env.get("DESK", "desk"))
    desk.mkdir(parents=True, exist_ok=True)
    (desk / f"{Path(warning_id).name}.txt").write_text(text + "\n", encoding="utf-8")
    print(warning_id, text.replace("\n", " · "))


async def acknowledge(env: Env, http: httpx.AsyncClient, warning_id: str) -> None:
    """A person has read a warning; said twice, it counts once."""
    url = f"{env['NOTIFY_URL']}/warnings/{warning_id}/acknowledgements"
    await post(env, http, url, {}, f"read-{env['DEPARTMENT']}-{warning_id}")


async def post(env: Env, http: httpx.AsyncClient, url: str, body: Env, key: UUID | str) -> None:
    """Send until there is a final answer; the key makes the service ignore a repeat."""
    headers = {"Authorization": f"Bearer {env['TOKEN']}", "Idempotency-Key": str(key)}
    while True:
        try:
            answer = await http.post(url, json=body, headers=headers)
            print(answer.status_code, url, "" if answer.is_success else answer.text)
            if answer.status_code < 500 and answer.status_code not in PASSING:
                return
        except httpx.TransportError as error:
            print("no answer, trying again:", url, repr(error))
        await asyncio.sleep(float(env.get("RETRY_SECONDS", "2")))


def build(env: Env, http: httpx.AsyncClient) -> FastStream:
    """The program: own consumer group, topics by name, nothing confirmed before it is dealt with."""
    servers = env["KAFKA_BOOTSTRAP_SERVERS"].split(",")
    broker = KafkaBroker(servers, security=security_of(env), allow_auto_create_topics=False)
    topics = [topic_name(env["NODE"], name, env["MODE"]) for name in (Stream.CONSULTATION, Stream.WARNING)]
    group = f"partner.{env['MODE']}.{env['NODE']}.{env['DEPARTMENT']}"
    keep = {"ack_policy": AckPolicy.NACK_ON_ERROR, "auto_offset_reset": "earliest"}
    raw = {"decoder": lambda message: message.body or b"", "max_poll_interval_ms": 86_400_000}

    @broker.subscriber(*topics, group_id=group, **keep, **raw)
    async def handle(body: bytes, message: KafkaMessage) -> None:
        await receive(env, http, message.raw_message.headers, body)

    return FastStream(broker)


def security_of(env: Env) -> BaseSecurity | None:
    """Who we are at Kafka, by a certificate or by a password; nobody where it is open, as in the demo."""
    protocol = env.get("KAFKA_SECURITY_PROTOCOL", "PLAINTEXT")
    if protocol == "PLAINTEXT":
        return None
    context = ssl.create_default_context(cafile=env.get("KAFKA_CA_FILE"))
    if protocol == "SSL":
        context.load_cert_chain(env["KAFKA_CERTIFICATE_FILE"], env["KAFKA_KEY_FILE"])
        return BaseSecurity(ssl_context=context, use_ssl=True)
    password = Path(env["KAFKA_PASSWORD_FILE"]).read_text(encoding="utf-8").strip()
    return SASLScram512(env["KAFKA_USERNAME"], password, ssl_context=context, use_ssl=True)


def check(env: Env) -> None:
    """End with the names of the settings that are missing, or not among what they may be."""
    protocol = env.get("KAFKA_SECURITY_PROTOCOL", "PLAINTEXT")
    if protocol not in PROOF:
        sys.exit(f"KAFKA_SECURITY_PROTOCOL 只能是 {', '.join(PROOF)} (is {protocol})")
    if missing := [name for name in (*REQUIRED, *PROOF[protocol]) if not env.get(name)]:
        sys.exit(f"缺少环境变量 (missing settings): {', '.join(missing)}")
    if env["MODE"] not in {"live", "exercise"}:
        sys.exit(f"MODE 只能是 live 或 exercise (is {env['MODE']})")


async def main() -> None:
    check(os.environ)
    async with httpx.AsyncClient(timeout=10) as http:
        if sys.argv[1:2] == ["acknowledge"]:
            await acknowledge(os.environ, http, sys.argv[2])
        else:
            await build(os.environ, http).run()


if __name__ == "__main__":
    asyncio.run(main())
