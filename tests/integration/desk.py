"""A desk with a seat at every node: calls services as their people do."""

from collections.abc import Callable
from typing import Any

import httpx

from liandong.local.nodes import Nodes
from shared.http.auth import Role
from shared.tests.world import until

WATCH = (Role.CALL_TAKER, Role.DUTY_OFFICER, Role.COMMANDER)
PATIENCE = 40


class Desk:
    """People of the watch at any node; ``http`` is closed by whoever opened it."""

    def __init__(self, nodes: Nodes, http: httpx.AsyncClient, service: str = "incident") -> None:
        self._nodes, self._http, self._service = nodes, http, service

    def token(self, node: str, *roles: Role, who: str = "desk", department: str | None = None) -> str:
        """A token of somebody at a node; of the watch if no role is named."""
        return self._nodes.setup.token(who, who, list(roles or WATCH), node, department)

    async def ask(
        self, node: str, method: str, path: str, body: object = None, token: str = ""
    ) -> httpx.Response:
        """What the service answers."""
        url = self._nodes.setup.url(node, self._service) + path
        headers = {"authorization": f"Bearer {token or self.token(node)}"}
        return await self._http.request(method, url, json=body, headers=headers)

    async def call(self, node: str, method: str, path: str, body: object = None) -> Any:
        """The body of the answer; None when it is no success."""
        answer = await self.ask(node, method, path, body)
        return answer.json() if answer.is_success else None

    async def see(self, node: str, path: str, token: str = "") -> Any:
        """What a read answers that must succeed."""
        answer = await self.ask(node, "GET", path, token=token)
        assert answer.is_success, answer.text
        return answer.json()

    async def do(self, node: str, path: str, body: object, token: str = "") -> Any:
        """What a command answers that must succeed."""
        answer = await self.ask(node, "POST", path, body, token)
        assert answer.is_success, answer.text
        return answer.json()

    async def update(self, node: str, incident_id: str, body: dict[str, Any]) -> Any:
        """续报 on the incident as it stands now."""
        version = (await self.see(node, f"/incidents/{incident_id}"))["version"]
        return await self.do(node, f"/incidents/{incident_id}/updates", {"version": version, **body})

    async def until(self, node: str, path: str, fits: Callable[[Any], object]) -> Any:
        """What is found there once it fits; a service that is being started anew is waited for."""

        async def found_and_fits() -> list[Any]:
            try:
                found = await self.call(node, "GET", path)
            except httpx.TransportError:
                return []
            return [found] if found is not None and fits(found) else []

        return (await until(found_and_fits, PATIENCE))[0]
