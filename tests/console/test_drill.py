"""演练 in a real browser: the player tells it step by step, observers note what they see, and a live node has none of it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.async_api import expect

from drills.reporting import Reporter, notes_of
from drills.scenario import Scenario, load_scenario
from drills.verdict import Milestone, Verdict
from services.incident.settings import IncidentSettings
from shared.http.auth import Role
from shared.http.local_issuer import LocalIssuer
from tests.console.alone import alone
from tests.console.conftest import COUNTY
from tests.console.test_situation import LONG

pytestmark = [pytest.mark.servers, pytest.mark.timeout(180)]
MIGRATIONS = Path("services/incident/migrations")
SCENARIO = load_scenario(Path("drills/scenarios/wanghua-chlorine-leak.yaml"))


@dataclass
class Stage:
    """One node of a drill, and who plays there."""

    url: str
    keys: Path
    http: httpx.AsyncClient

    def token(self, *roles: Role) -> str:
        return LocalIssuer(self.keys, "exercise").issue("player", "演练导调", roles, COUNTY)

    def reporter(self) -> Reporter:
        here = SCENARIO.model_copy(update={"jurisdictions": (COUNTY,)})
        return Reporter(here, self.http, lambda *_: self.url, lambda _: self.token(Role.SYSTEM))


@pytest.fixture
async def stage(migrated_database, tmp_path) -> AsyncIterator[Stage]:
    keys = tmp_path / "keys"
    LocalIssuer(keys, "exercise").private_key()
    settings = IncidentSettings(
        node=COUNTY,
        mode="exercise",
        drill_id=SCENARIO.id,
        database_url=migrated_database(MIGRATIONS),
        kafka_bootstrap_servers="127.0.0.1:1",
        auth_keys_dir=keys,
        local_login=True,
    )
    async with alone(settings) as url, httpx.AsyncClient(trust_env=False, timeout=10) as http:
        yield Stage(url, keys, http)


def milestone(name: str, held: bool) -> Milestone:
    return Milestone(name, name, COUNTY, "incident.reported ≤ 2000 ms", "—", held, 41.0 if held else None)


async def observer(stage: Stage, room, **options):
    desk = await room.desk(url=stage.url, **options)
    desk.forgive("502", "503", "ERR_INCOMPLETE_CHUNKED_ENCODING")
    await desk.log_in("auditor", name="观察员甲")
    await desk.page.keyboard.press("Alt+x")
    return desk


async def test_steps_fall_one_by_one_and_what_an_observer_notes_stays_with_the_run(stage, room):
    desk = await observer(stage, room)
    await desk.page.get_by_text("本节点没有进行过演练").wait_for(timeout=LONG)
    first, second, *_ = SCENARIO.steps
    async with stage.reporter() as reporter:
        reporter.begins(first, "/subscribers")
        await desk.page.locator(".drill-steps .running", has_text=first.name).wait_for(timeout=LONG)
        reporter.tell_verdict(1, first, "/subscribers", [milestone(first.name, True)])
        await desk.page.locator(".drill-steps .held", has_text=first.name).wait_for(timeout=LONG)
        reporter.begins(second, "/reports")
        reporter.tell_verdict(2, second, "/reports", [milestone(second.name, False)])
        await desk.page.locator(".drill-steps .broken", has_text=second.name).wait_for(timeout=LONG)
        await expect(desk.page.locator(".verdict.failing")).to_contain_text("已核对 2 项，1 项不符")
        await desk.page.keyboard.press("/")
        await desk.page.keyboard.insert_text("观察 区里先于市里接到报告")
        await desk.page.keyboard.press("Enter")
        await desk.page.locator("li b", has_text="区里先于市里接到报告").wait_for(timeout=LONG)
        verdict = Verdict(SCENARIO.id, SCENARIO.title, [milestone("a", True), milestone("b", False)])
        reporter.ends(verdict)
    await expect(desk.page.locator(".verdict.failed")).to_contain_text("2 项中 1 项", timeout=LONG)
    await desk.page.fill("input[name=note]", "复盘：第二步要重来")
    await desk.page.keyboard.press("Enter")
    await desk.page.locator("li b", has_text="复盘").wait_for(timeout=LONG)
    await desk.page.keyboard.press("F3")
    await desk.page.keyboard.press("Alt+x")
    await desk.page.locator(".drill-steps > li").first.wait_for(timeout=LONG)
    await desk.page.keyboard.press("x")
    await expect(desk.page.locator(".drill-steps > li")).to_have_count(1)
    reader = stage.token(Role.AUDITOR)
    kept = await notes_of(reporter.run_id, [COUNTY], stage.http, lambda *_: stage.url, lambda _: reader)
    assert [(one.by, one.note) for one in kept] == [
        ("观察员甲", "区里先于市里接到报告"),
        ("观察员甲", "复盘：第二步要重来"),
    ]
    assert reporter.lost == 0


async def test_nobody_but_the_player_tells_steps_and_a_live_node_refuses_all_of_it(stage, room, caller):
    body = {"run_id": "r-1", "scenario": "s", "title": "t", "title_en": "t", "planned": 1}
    headers = {"authorization": f"Bearer {stage.token(Role.DUTY_OFFICER)}"}
    assert (await stage.http.post(f"{stage.url}/drill-runs", json=body, headers=headers)).status_code == 403
    headers = {"authorization": f"Bearer {stage.token(Role.SYSTEM)}"}
    unknown = await stage.http.post(
        f"{stage.url}/drill-runs/none/end", json={"expectations": 1, "broken": 0}, headers=headers
    )
    assert unknown.status_code == 404
    live = await caller.ask(COUNTY, "POST", "/drill-runs", body, caller.token(COUNTY, Role.SYSTEM))
    assert (live.status_code, live.json()["type"]) == (409, "urn:liandong:problem:drill.not_a_drill")
    assert await caller.see(COUNTY, "/drill-runs") == []
    desk = await room.desk()
    await desk.log_in("duty_officer")
    assert await desk.page.locator("nav.tabs", has_text="演练").count() == 0


async def test_a_console_that_is_away_does_not_hold_up_the_drill(stage):
    here = Scenario.model_validate({**SCENARIO.model_dump(), "jurisdictions": SCENARIO.jurisdictions})
    async with Reporter(here, stage.http, lambda *_: "http://127.0.0.1:1", lambda _: "no token") as reporter:
        for number, step in enumerate(SCENARIO.steps[:5], 1):
            reporter.begins(step, "")
            reporter.tell_verdict(number, step, "", [])
    assert reporter.lost >= len(SCENARIO.jurisdictions)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_nothing_serious_stands_in_an_observer_s_way(stage, room, scheme):
    async with stage.reporter() as reporter:
        for number, step in enumerate(SCENARIO.steps[:4]):
            reporter.begins(step, step.post or "")
            reporter.tell_verdict(number + 1, step, step.post or "", [milestone(step.name, number != 2)])
    desk = await observer(stage, room, color_scheme=scheme, bypass_csp=True)
    await desk.page.locator(".drill-steps .broken").wait_for(timeout=LONG)
    assert await desk.serious() == []
