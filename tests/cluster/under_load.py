"""``python -m tests.cluster.under_load``: reports come through a Service while the test overlay is updated, killed and frozen.

Each deed has its own stream; after it, what was acknowledged is compared with what stands at county and city. Exit
code 1 for anything lost, repeated or parked, 2 where a deed did not do what it says.
"""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterable
from functools import cache
from typing import Annotated

import httpx
import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from contracts.messages import text
from liandong.chaos_reports import Reports, Verdict
from liandong.chaos_view import COUNTY
from liandong.local import home
from shared.http.auth import Role
from shared.http.local_issuer import LocalIssuer
from tests.cluster.secrets import MODE

NAMESPACE = f"liandong-{COUNTY}"
SERVERS = "liandong-outside"
CONTAINERD = ["ctr", "--address", "/run/containerd-k8s.sock", "--namespace", "k8s.io"]
DEPLOYMENTS = ("incident", "dispatch", "resources", "notify")
HELD_SECONDS, BEFORE_SECONDS = 20.0, 3.0
ROLLOUT_SECONDS = 300
SETTLE_SECONDS = 300.0
"""Two cores carry the cluster, its servers and three nodes: they catch up slowly."""

Deed = Callable[[], Awaitable[None]]


class Cluster:
    """The nodes of the test overlay, reached through their Services' addresses."""

    def __init__(self) -> None:
        self._issuer = LocalIssuer(home.root() / "cluster" / "keys", MODE)

    def url(self, node: str, service: str) -> str:
        """The root of a service's API."""
        return f"http://{address_of(node, service)}:8000"

    def urls(self, node: str, service: str) -> list[str]:
        """There is one address, whichever pods stand behind it."""
        return [self.url(node, service)]

    def token(self, subject: str, name: str, roles: Iterable[Role], node: str) -> str:
        """A token of the drill's issuer."""
        return self._issuer.issue(subject, name, roles, node, hours=24)


@cache
def address_of(node: str, service: str) -> str:
    """The Service's own address, which stays."""
    found = ["get", "service", service, "--namespace", f"liandong-{node}", "-o", "jsonpath={.spec.clusterIP}"]
    return run("kubectl", *found)


def run(*command: str) -> str:
    """What a command prints; raises CalledProcessError with its complaint."""
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr.strip())
    return done.stdout.strip()


async def kubectl(*words: str) -> str:
    """``kubectl`` in the county's namespace."""
    return await asyncio.to_thread(run, "kubectl", "--namespace", NAMESPACE, *words)


async def rolled_out(*deployments: str) -> None:
    """Until every pod is a new one, and ready."""
    for name in deployments:
        await kubectl("rollout", "status", f"deployment/{name}", f"--timeout={ROLLOUT_SECONDS}s")


async def pod_of(service: str) -> str:
    """The name of one of its pods."""
    of = f"app.kubernetes.io/name={service},app.kubernetes.io/component=service"
    return await kubectl("get", "pods", "--selector", of, "-o", "jsonpath={.items[0].metadata.name}")


async def rolling_update() -> None:
    """All four services get new pods."""
    for name in DEPLOYMENTS:
        await kubectl("rollout", "restart", f"deployment/{name}")
    await rolled_out(*DEPLOYMENTS)


async def killed_pods() -> None:
    """One pod of each service is killed without notice (SIGKILL)."""
    for name in DEPLOYMENTS:
        await kubectl("delete", "pod", await pod_of(name), "--grace-period=0", "--force")
        await asyncio.sleep(2)
    await rolled_out(*DEPLOYMENTS)


async def frozen_pod() -> None:
    """One of two incident pods is frozen until its readiness has failed, and a while longer."""
    pod = await pod_of("incident")
    container = await kubectl("get", "pod", pod, "-o", "jsonpath={.status.containerStatuses[0].containerID}")
    task = container.removeprefix("containerd://")
    await asyncio.to_thread(run, *CONTAINERD, "tasks", "pause", task)
    try:
        await kubectl("wait", f"pod/{pod}", "--for=condition=Ready=false", "--timeout=60s")
        await asyncio.sleep(HELD_SECONDS)
    finally:
        await asyncio.to_thread(run, *CONTAINERD, "tasks", "resume", task)
    await kubectl("wait", f"pod/{pod}", "--for=condition=Ready", "--timeout=60s")


async def unready_update() -> None:
    """A new version of incident that never gets ready (its database's address is wrong), taken back."""
    await kubectl("set", "env", "deployment/incident", "DATABASE_PLACE=10.244.0.1:1")
    try:
        await kubectl("rollout", "status", "deployment/incident", f"--timeout={HELD_SECONDS * 2:.0f}s")
    except subprocess.CalledProcessError as error:
        if "timed out" not in error.stderr:
            raise
    else:
        raise RuntimeError("incident became ready without its database")
    finally:
        await kubectl("rollout", "undo", "deployment/incident")
    await rolled_out("incident")


async def frozen_database() -> None:
    """PostgreSQL of all nodes answers nothing for a while."""
    name = f"{SERVERS}-postgres-1"
    await asyncio.to_thread(run, "docker", "pause", name)
    try:
        await asyncio.sleep(HELD_SECONDS)
    finally:
        await asyncio.to_thread(run, "docker", "unpause", name)
    await rolled_out(*DEPLOYMENTS)


async def killed_kafka() -> None:
    """Kafka is killed (SIGKILL) and started again after a while."""
    name = f"{SERVERS}-kafka-1"
    await asyncio.to_thread(run, "docker", "kill", name)
    await asyncio.sleep(HELD_SECONDS)
    await asyncio.to_thread(run, "docker", "start", name)
    await rolled_out(*DEPLOYMENTS)


DEEDS: tuple[Deed, ...] = (
    rolling_update,
    killed_pods,
    frozen_pod,
    unready_update,
    frozen_database,
    killed_kafka,
)


async def under(deed: Deed, rate: float) -> Verdict:
    """One deed while reports come."""
    began = time.monotonic()
    reports = Reports(Cluster(), rate, f"cluster-{int(time.time())}-{deed.__name__}", SETTLE_SECONDS)
    unlimited = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(trust_env=False, timeout=6, limits=unlimited) as http:
        before = await reports.known_incidents(http)
        async with reports.streaming(http):
            await asyncio.sleep(BEFORE_SECONDS)
            await deed()
            await asyncio.sleep(BEFORE_SECONDS)
        verdict = await reports.compare(http, besides=before)
    verdict.seconds = time.monotonic() - began
    return verdict


def main(
    rate: Annotated[float, typer.Option(min=0.1, max=200, help="reports a second")] = 10.0,
    only: Annotated[list[str] | None, typer.Option(help="the names of the deeds")] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Do the deeds one after another."""
    console = Console(stderr=True)
    chosen = [deed for deed in DEEDS if not only or deed.__name__ in only]
    verdicts: dict[str, Verdict] = {}
    try:
        with Progress(console=console) as progress:
            task = progress.add_task("", total=len(chosen))
            for deed in chosen:
                progress.update(task, description=deed.__name__)
                verdicts[deed.__name__] = asyncio.run(under(deed, rate))
                progress.advance(task)
    except (subprocess.CalledProcessError, RuntimeError) as error:
        told = getattr(error, "stderr", "") or error
        console.print(text("local.failed", reason=told), style="red", markup=False)
        raise typer.Exit(2) from None
    if as_json:
        json.dump({name: one.plain() for name, one in verdicts.items()}, sys.stdout, ensure_ascii=False)
    else:
        show(verdicts)
    raise typer.Exit(0 if all(one.sound for one in verdicts.values()) else 1)


def show(verdicts: dict[str, Verdict]) -> None:
    """A row for each deed."""
    columns = ("acknowledged", "answers", "lost", "repeated", "parked", "settled", "seconds")
    table = Table("", *(text(f"chaos.{column}") for column in columns))
    for name, one in verdicts.items():
        answers = ", ".join(f"{answer} × {count}" for answer, count in sorted(one.answers.items()))
        faults = (str(len(one.lost)), str(len(one.repeated)), str(one.parked))
        seconds = (f"{one.settled_seconds:.0f}", f"{one.seconds:.0f}")
        table.add_row(name, str(one.acknowledged), answers, *faults, *seconds)
    console = Console(width=160)
    console.print(table)
    for one in verdicts.values():
        for line in [*one.lost, *one.repeated][:50]:
            console.print(line, style="red", markup=False)


if __name__ == "__main__":
    typer.run(main)
