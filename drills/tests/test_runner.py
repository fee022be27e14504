"""What becomes of a step when the service is gone, answers nonsense, or has nothing to offer; the drill goes on and names it."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from unittest.mock import AsyncMock

import httpx
import pytest

from drills.clock import ClockMaster
from drills.runner import Runner, Stage
from drills.scenario import Scenario
from drills.tests.test_judging import BASE
from drills.verdict import Verdict
from drills.watch import Watch
from drills.webhook import Webhook
from shared.kafka_access import KafkaAccess

ANSWERS = {"/list": b'[{"id": 1}, {"id": 2}]', "/empty": b"[]", "/nonsense": b"<html>", "/ok": b'{"a": 1}'}


class Handler(BaseHTTPRequestHandler):
    """Answers what stands in a table, and counts what was asked."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(f"{self.command} {self.path}")
        self.rfile.read(int(self.headers.get("content-length", "0")))
        if self.path == "/gone":
            self.close_connection = True
            return
        body = ANSWERS.get(self.path, json.dumps({"path": self.path}).encode())
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture(autouse=True)
def nothing_comes_late(monkeypatch) -> None:
    """No Kafka here, so there is nothing to listen for after a step."""
    monkeypatch.setattr("drills.runner.READING_DELAY_SECONDS", 0.0)


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []
    handler = type("Asked", (Handler,), {"asked": asked})
    serving = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=serving.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{serving.server_port}", asked
    serving.shutdown()
    serving.server_close()
    thread.join()


async def played(url: str, *steps: dict) -> tuple[Verdict, list[int]]:
    whole = [
        {"name": f"步骤{n}", "name_en": f"step {n}", "at": "210400.incident", "by": "officer", **one}
        for n, one in enumerate(steps)
    ]
    script = Scenario.model_validate({**BASE, "steps": whole, "closing_ms": 0})
    told: list[int] = []
    async with httpx.AsyncClient(trust_env=False, timeout=2) as http:
        with Webhook() as webhook:
            watch = Watch(KafkaAccess("127.0.0.1:1"), ["x"], lambda _: None, "d")
            stage = Stage(
                lambda *_: url,
                lambda _: "t",
                watch,
                ClockMaster(AsyncMock(), "c", "210400", "d"),
                webhook,
                http,
            )
            verdict = await Runner(
                script, stage, lambda *_: None, lambda number, *_: told.append(number)
            ).play()
    return verdict, told


def failing(verdict: Verdict) -> list[str]:
    return [one.step for one in verdict.broken]


async def test_a_lost_connection_is_a_failed_step_and_the_drill_goes_on(server):
    url, _ = server
    verdict, told = await played(url, {"get": "/gone"}, {"get": "/ok", "expect": {"body": {"a": 1}}})
    assert (failing(verdict), told) == (["步骤0"], [1, 2])
    verdict, _ = await played("http://127.0.0.1:1", {"post": "/ok"})
    assert failing(verdict) == ["步骤0"]


async def test_an_answer_that_is_no_json_is_a_failed_step(server):
    url, _ = server
    verdict, _ = await played(url, {"get": "/nonsense"}, {"post": "/nonsense", "expect": {"body": {}}})
    assert failing(verdict) == ["步骤0", "步骤1"]
    assert "<html>" in verdict.broken[0].actual


async def test_a_list_that_is_empty_expects_something_all_the_same(server):
    url, asked = server
    verdict, _ = await played(
        url,
        {"get": "/empty", "save": {"all": ""}},
        {"post": "/{one.id}", "each": {"one": "{all}"}},
        {"get": "/list", "save": {"more": ""}},
        {"post": "/{one.id}", "each": {"one": "{more}"}},
    )
    assert failing(verdict) == ["步骤1"]
    assert asked == ["GET /empty", "GET /list", "POST /1", "POST /2"]


async def test_what_is_not_in_the_answer_is_not_saved_and_what_needs_it_fails_too(server):
    url, asked = server
    verdict, _ = await played(url, {"get": "/ok", "save": {"b": "b"}}, {"post": "/{b}"}, {"get": "/ok"})
    assert failing(verdict) == ["步骤0", "步骤1"]
    assert asked == ["GET /ok", "GET /ok"]


async def test_only_a_read_is_asked_again(server):
    url, asked = server
    wrong = {"expect": {"body": {"a": 2}}}
    verdict, _ = await played(url, {"post": "/ok", **wrong}, {"get": "/ok", "within_ms": 300, **wrong})
    assert failing(verdict) == ["步骤0", "步骤1"]
    assert asked.count("POST /ok") == 1 < asked.count("GET /ok")


async def test_services_whose_clock_does_not_follow_are_named(server, monkeypatch):
    url, _ = server
    monkeypatch.setattr("drills.runner.CLOCK_SECONDS", 0.3)
    jump = {"fast_forward_minutes": 5, "at": None, "by": ""}
    verdict, _ = await played(url, jump)
    assert failing(verdict) == ["步骤0"]
    assert "210400.incident" in verdict.broken[0].actual
