"""The example is as small as promised, and does what its README says."""

import ast
import importlib.util
import json
import sys
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest
from faststream import AckPolicy

from contracts.events.consultation import ConsultationConvened
from contracts.events.warning import WarningCancelled, WarningContent, WarningPublished

PROGRAM = Path(__file__).parents[1] / "partner.py"
NOW = datetime(2031, 5, 6, 7, 8, tzinfo=UTC)
CONVENED = ConsultationConvened(
    consultation_id="c-1",
    incident_id="i-1",
    jurisdiction="210400",
    matter="液氯泄漏",
    chair="值班主任",
    departments=("health", "ecology"),
    convened_at=NOW,
    opinions_due_at=NOW,
)
PUBLISHED = WarningPublished(
    warning_id="w-1",
    jurisdiction="210400",
    by="某人",
    published_at=NOW,
    content=WarningContent(
        sector="hazardous_chemicals",
        event_type="12D02",
        level="red",
        headline="红色预警",
        description="泄漏",
        instruction="撤离",
        area="望花区",
        area_codes=("210404",),
        starts_at=NOW,
        expires_at=NOW,
        issuer="抚顺市人民政府",
    ),
)
CANCELLED = WarningCancelled(
    warning_id="w-1", jurisdiction="210400", by="某人", headline="解除", reason="结束", cancelled_at=NOW
)


@pytest.fixture(scope="module")
def partner():
    spec = importlib.util.spec_from_file_location("partner", PROGRAM)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def service():
    """An API that answers with the statuses in ``answers``, then 201, and remembers what it was asked."""
    asked, answers = [], []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            asked.append((self.path, self.headers["idempotency-key"], body))
            self.send_response(answers.pop(0) if answers else 201)
            self.end_headers()

        def log_message(self, *_): ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked, answers
    server.shutdown()
    server.server_close()
    thread.join()


def environment(url, mode="exercise", department="health"):
    return {
        "KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:1",
        "NODE": "210400",
        "MODE": mode,
        "DEPARTMENT": department,
        "TOKEN": "token",
        "INCIDENT_URL": f"{url}/incident",
        "NOTIFY_URL": f"{url}/notify",
        "RETRY_SECONDS": "0.01",
    }


def headers(event, status="exercise", event_id: UUID | None = None):
    values = {
        "specversion": "1.0",
        "id": str(event_id or uuid4()),
        "type": event.type_name(),
        "source": "/210400/incident",
        "subject": event.subject,
        "time": NOW.isoformat(),
        "dataschema": event.schema_uri(),
        "status": status,
        "sequence": "1",
        "correlationid": event.correlation,
        "causationid": "test",
    }
    made = [(f"ce_{name}", value.encode()) for name, value in values.items()]
    return [*made, ("content-type", b"application/json")]


async def receive(partner, env, event, **told):
    async with httpx.AsyncClient(trust_env=False) as http:
        await partner.receive(env, http, headers(event, **told), event.model_dump_json().encode())


def test_it_fits_in_a_hundred_and_fifty_lines():
    assert len(PROGRAM.read_text(encoding="utf-8").splitlines()) <= 150


def test_it_imports_only_the_contracts_and_two_libraries():
    imported = set()
    for node in ast.walk(ast.parse(PROGRAM.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(str(node.module).partition(".")[0])
    assert imported - set(sys.stdlib_module_names) == {"contracts", "faststream", "httpx"}


async def test_an_invitation_is_answered_with_the_event_s_id_as_key(partner, service):
    url, asked, _ = service
    event_id = uuid4()
    await receive(partner, environment(url), CONVENED, event_id=event_id)
    ((path, key, body),) = asked
    assert (path, key, body["position"]) == ("/incident/consultations/c-1/opinions", str(event_id), "agree")


async def test_a_warning_is_laid_before_a_person_who_acknowledges_it(partner, service, tmp_path):
    url, asked, _ = service
    env = environment(url) | {"DESK": str(tmp_path / "desk")}
    await receive(partner, env, PUBLISHED)
    (file,) = (tmp_path / "desk").iterdir()
    assert (file.name, asked) == ("w-1.txt", [])
    assert "红色预警" in file.read_text(encoding="utf-8") and "待确认" in file.read_text(encoding="utf-8")
    async with httpx.AsyncClient(trust_env=False) as http:
        for _ in range(2):
            await partner.acknowledge(env, http, "w-1")
    assert {(path, key) for path, key, _ in asked} == {
        ("/notify/warnings/w-1/acknowledgements", "read-health-w-1")
    }


async def test_an_all_clear_takes_the_warning_s_place_on_the_desk(partner, service, tmp_path):
    url, asked, _ = service
    env = environment(url) | {"DESK": str(tmp_path)}
    await receive(partner, env, PUBLISHED)
    await receive(partner, env, CANCELLED)
    (file,) = tmp_path.iterdir()
    assert "已解除" in file.read_text(encoding="utf-8") and "待确认" not in file.read_text(encoding="utf-8")
    assert asked == []


@pytest.mark.parametrize(("mode", "department"), [("live", "health"), ("exercise", "water")])
async def test_what_is_for_others_is_left_alone(partner, service, mode, department):
    url, asked, _ = service
    await receive(partner, environment(url, mode, department), CONVENED)
    assert asked == []


async def test_it_tries_again_while_the_api_is_down_and_takes_a_refusal_as_final(partner, service):
    url, asked, answers = service
    answers += [503, 401, 409]
    await receive(partner, environment(url), CONVENED)
    assert len({key for _, key, _ in asked}) == 1
    assert len(asked) == 3


async def test_what_cannot_be_read_is_skipped(partner, service):
    url, asked, _ = service
    async with httpx.AsyncClient(trust_env=False) as http:
        await partner.receive(environment(url), http, [], b"\xff")
        await partner.receive(environment(url), http, headers(CONVENED), b"{}")
    assert asked == []


async def test_it_subscribes_by_name_from_the_beginning_and_commits_only_what_is_done(partner):
    async with httpx.AsyncClient(trust_env=False) as http:
        (subscriber,) = partner.build(environment(""), http).broker.subscribers
    assert subscriber.topic_names == ["drill.210400.consultation", "drill.210400.warning"]
    assert subscriber.group_id == "partner.exercise.210400.health"
    assert subscriber.ack_policy is AckPolicy.NACK_ON_ERROR
    assert subscriber._connection_args["auto_offset_reset"] == "earliest"
    assert subscriber._connection_args["enable_auto_commit"] is False


def test_a_missing_setting_is_named_at_the_start(partner):
    whole = environment("http://127.0.0.1:1")
    partner.check(whole)
    with pytest.raises(SystemExit) as missing:
        partner.check({**whole, "TOKEN": "", "KAFKA_BOOTSTRAP_SERVERS": ""})
    assert "KAFKA_BOOTSTRAP_SERVERS, TOKEN" in str(missing.value)
    with pytest.raises(SystemExit, match="KAFKA_USERNAME, KAFKA_PASSWORD_FILE"):
        partner.check({**whole, "KAFKA_SECURITY_PROTOCOL": "SASL_SSL"})
    with pytest.raises(SystemExit, match=r"KAFKA_SECURITY_PROTOCOL.*\(is TLS\)"):
        partner.check({**whole, "KAFKA_SECURITY_PROTOCOL": "TLS"})
    with pytest.raises(SystemExit, match="MODE"):
        partner.check({**whole, "MODE": "test"})
