"""``python -m drills SCENARIO``: plays a drill on nodes that run elsewhere, as a Job of Kubernetes does.

Who plays is told by the environment, see ``PlayerSettings``; who sees, reads the commentary. Exit code 1 for a broken
expectation, 2 where the drill could not be played.
"""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import httpx
import typer
from aiokafka.errors import KafkaError
from pydantic import Field, ValidationError, model_validator
from rich.console import Console

from contracts.messages import both, text
from contracts.rights import SERVICES, Principal
from drills.playing import partner_environment, play, show
from drills.scenario import Scenario, UnreadableScenario, load_scenario
from drills.verdict import Verdict
from drills.webhook import Webhook
from shared.http.auth import Role
from shared.http.local_issuer import LocalIssuer
from shared.kafka_access import KafkaAccess, KafkaSettings

PARTNER = Path(__file__).parents[1] / "examples" / "partner_department" / "partner.py"
WIDTH, LOOK_SECONDS = 140, 1.0


class PlayerSettings(KafkaSettings):
    """Whoever plays a drill, on whose nodes, and what they may reach him by."""

    drill_id: str = Field(min_length=1)
    plan_dir: Path = Path("plans/fushun")
    service_url: str = Field(default="", description="the root of a service's API, with {node} and {service}")
    nodes_file: Path | None = Field(
        default=None, description="instead of service_url: nodes.json of nodes on this machine"
    )
    issuer_dir: Path = Field(description="holds exercise.private.pem, by which the nodes know who speaks")
    partner_passwords_dir: Path | None = Field(
        default=None, description="a file per user of a department, where Kafka asks for names"
    )
    webhook_host: str = Field(default="127.0.0.1", description="the name by which notify reaches the player")
    webhook_port: int = Field(default=8090, ge=1, le=65535)
    desk_dir: Path = Path("/tmp/desk")  # noqa: S108 - the only place of a container that can be written
    ready_seconds: float = Field(default=300.0, gt=0, description="how long the nodes are waited for")

    @model_validator(mode="after")
    def _says_where(self) -> "PlayerSettings":
        if bool(self.service_url) == (self.nodes_file is not None):
            raise ValueError("; ".join(both("drill.says_where")))
        return self


@dataclass(frozen=True)
class Elsewhere:
    """The grounds of a drill that settings describe."""

    settings: PlayerSettings

    @property
    def plan(self) -> Path:
        """The folder of the nodes' plan."""
        return self.settings.plan_dir

    @property
    def drill_id(self) -> str:
        """The run's name."""
        return self.settings.drill_id

    def url(self, node: str, service: str) -> str:
        """The root of a service's API."""
        if self.settings.nodes_file is None:
            return self.settings.service_url.format(node=node, service=service)
        found = json.loads(self.settings.nodes_file.read_text(encoding="utf-8"))
        return str(found["services"][f"{node}.{service}"]["url"])

    def token(
        self, subject: str, name: str, roles: Iterable[Role], node: str, department: str | None = None
    ) -> str:
        """A token signed by the drill's key, good for a day."""
        issuer = LocalIssuer(self.settings.issuer_dir, "exercise")
        return issuer.issue(subject, name, roles, node, department, hours=24)

    def kafka(self, principal: Principal) -> KafkaAccess:
        """As the player himself, or as a department."""
        access, passwords = self.settings.kafka, self.settings.partner_passwords_dir
        if principal.kind != "partner" or passwords is None:
            return access
        user = principal.user("exercise")
        return replace(access, username=user, password=passwords / user)


def main(
    scenario: Annotated[Path, typer.Argument(help=text("cli.scenario"))],
    as_json: Annotated[bool, typer.Option("--json", help=text("cli.for_programs_demo"))] = False,
) -> None:
    """Wait for the nodes, play, judge."""
    console = Console(stderr=as_json, highlight=False, width=WIDTH)
    try:
        settings = PlayerSettings()
        script = load_scenario(scenario)
        _wait(script, settings, console)
        verdict = asyncio.run(_play(script, settings, console))
    except (ValidationError, UnreadableScenario, TimeoutError, KafkaError, OSError) as error:
        console.print(text("local.failed", reason=error), style="red", markup=False)
        raise typer.Exit(2) from None
    show(verdict, console, as_json)
    raise typer.Exit(1 if verdict.broken else 0)


async def _play(script: Scenario, settings: PlayerSettings, console: Console) -> Verdict:
    grounds = Elsewhere(settings)
    webhook = Webhook("0.0.0.0", settings.webhook_port, settings.webhook_host)  # noqa: S104 - in a pod of its own
    return await play(script, grounds, console, _partners(script, grounds), webhook)


def _wait(script: Scenario, settings: PlayerSettings, console: Console) -> None:
    """Until every service of the drill is ready; raises TimeoutError."""
    grounds, deadline = Elsewhere(settings), time.monotonic() + settings.ready_seconds
    waiting = [(node, service) for node in script.jurisdictions for service in SERVICES]
    with httpx.Client(trust_env=False, timeout=5) as http:
        while waiting:
            waiting = [place for place in waiting if not _is_ready(http, grounds.url(*place))]
            if waiting and time.monotonic() > deadline:
                raise TimeoutError(", ".join(f"{node}.{service}" for node, service in waiting))
            time.sleep(LOOK_SECONDS if waiting else 0)
    console.print(text("drill.begins", title=script.title), style="bold")


def _is_ready(http: httpx.Client, url: str) -> bool:
    with suppress(httpx.HTTPError):
        return http.get(f"{url}/health/ready").status_code == httpx.codes.OK
    return False


@contextmanager
def _partners(script: Scenario, grounds: Elsewhere) -> Iterator[None]:
    command = [sys.executable, str(PARTNER)]
    modules = {"PYTHONPATH": str(PARTNER.parents[2])}
    environments = [
        {**modules, **partner_environment(one, grounds, grounds.settings.desk_dir)} for one in script.partners
    ]
    running = [subprocess.Popen(command, env=told) for told in environments]
    try:
        yield
    finally:
        for one in running:
            one.terminate()
        for one in running:
            one.wait(timeout=10)


if __name__ == "__main__":
    typer.run(main)
