"""One trace from the HTTP request through outbox and Kafka to the effect; nobody's name in spans, logs or metrics."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from shared.tests.process import TinyProcess
from shared.tests.world import World, until

pytestmark = pytest.mark.servers
TRACE = "0af7651916cd43dd8448eb211c80319c"
PARENT = f"00-{TRACE}-b7ad6b7169203331-01"
PERSONAL = "张三丰"


class Collector(ThreadingHTTPServer):
    """Takes spans over OTLP/HTTP."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Intake)
        self.url, self.bodies = f"http://127.0.0.1:{self.server_port}", []

    def spans(self) -> dict[str, list]:
        """Name → its spans."""
        found: dict[str, list] = {}
        for body in self.bodies:
            for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
                for span in (span for scope in resource.scope_spans for span in scope.spans):
                    found.setdefault(span.name, []).append(span)
        return found


class _Intake(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.server.bodies.append(self.rfile.read(int(self.headers["content-length"])))
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def collector() -> Iterator[Collector]:
    server = Collector()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


async def has_effect(world: World) -> bool:
    return bool(await world.effects())


async def test_the_way_of_one_request_can_be_followed_and_tells_no_names(wired, collector, tmp_path: Path):
    process = TinyProcess(wired, tmp_path, OTEL_EXPORTER_OTLP_ENDPOINT=collector.url)
    headers = {**wired.headers(), "traceparent": PARENT}
    body = {"incident_id": "incident-1", "statement": PERSONAL, "caller": PERSONAL}
    await process.start()
    try:
        async with httpx.AsyncClient(trust_env=False, base_url=process.url) as http:
            taken = await http.post("/notes", json=body, headers=headers)
            await until(lambda: has_effect(wired))
            refused = await http.post("/notes", json=body, headers=headers)
            await wired.execute("ALTER TABLE note ADD CHECK (incident_id <> 'broken') NOT VALID")
            broken = await http.post("/notes", json={**body, "incident_id": "broken"}, headers=headers)
            lost = await http.get(f"/{PERSONAL}", headers=headers)
            metrics = (await http.get("/metrics")).text
    finally:
        process.stop()
    answers = [taken.status_code, refused.status_code, broken.status_code, lost.status_code]
    assert answers == [201, 409, 500, 404]
    assert (refused.json()["trace_id"], broken.json()["trace_id"]) == (TRACE, TRACE)
    spans = collector.spans()
    (handled,) = spans["handle cn.liandong.incident.controlled.v1"]
    ours = [span for name in ("POST /notes", "GET unmatched") for span in spans[name]]
    assert {span.trace_id.hex() for span in [handled, *ours]} == {TRACE}
    posts = sorted(spans["POST /notes"], key=lambda span: span.start_time_unix_nano)
    assert handled.parent_span_id == posts[0].span_id
    assert [span.status.message for span in posts] == ["", "", "IntegrityError"]
    lines = [json.loads(line) for line in process.log.read_text().splitlines()]
    assert {(line["service"], line["node"]) for line in lines} == {("liandong tiny", wired.node)}
    assert [line["trace_id"] for line in lines if line["event"] == "unforeseen failure"] == [TRACE]
    token = headers["authorization"].split()[1]
    for told in (
        process.log.read_text(),
        metrics,
        *(body.decode("utf-8", "ignore") for body in collector.bodies),
    ):
        assert PERSONAL not in told and token not in told
    assert 'http_requests_total{method="POST",route="/notes",status="201"} 1.0' in metrics
    assert 'route="unmatched"' in metrics
