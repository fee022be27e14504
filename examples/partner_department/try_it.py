"""Makes a consultation and a warning happen at the city node of ``make up``, for whoever tries a partner's program.

``python examples/partner_department/try_it.py [FOLDER]``: the folder with ``nodes.json`` and ``tokens.env``, else
``.liandong/up``. Prints what to look for, and ends with the all-clear when Enter is pressed (at once without a terminal).
"""

import json
import sys
from pathlib import Path
from typing import Any

import httpx

CITY = "210400"
PLACE = {"lon": 123.9573, "lat": 41.8807, "address": "市民广场"}
WARNING = {
    "sector": "fire",
    "event_type": "12G01",
    "level": "blue",
    "headline": "火灾预警",
    "description": "近期火险等级较高。",
    "instruction": "远离火源，发现火情拨打 119。",
    "area": "抚顺市",
    "area_codes": [CITY],
    "measures": ["启动应急预案"],
}


class Node:
    """One node of ``make up``, spoken to in any role."""

    def __init__(self, folder: Path, http: httpx.Client) -> None:
        self._services = json.loads((folder / "nodes.json").read_text())["services"]
        lines = (folder / "tokens.env").read_text().splitlines()
        self._tokens = dict(line.split("=", 1) for line in lines)
        self._http = http

    def do(self, service: str, path: str, role: str, body: dict[str, Any]) -> dict[str, Any]:
        """What a command answers that must succeed."""
        headers = {"authorization": f"Bearer {self._tokens[f'{role.upper()}_{CITY}']}"}
        url = self._services[f"{CITY}.{service}"]["url"] + path
        answer = self._http.post(url, json=body, headers=headers)
        if answer.is_error:
            sys.exit(f"{answer.status_code} {url}: {answer.text}")
        told: dict[str, Any] = answer.json()
        return told


def consultation(node: Node) -> str:
    """An incident, and a consultation about it to which the health commission is invited."""
    report = {
        "channel": "119",
        "sector": "fire",
        "event_type": "12G01",
        "title": "接入试验",
        "location": PLACE,
    }
    incident = node.do("incident", "/reports", "call_taker", report)["incident_id"]
    call = {"matter": "接入试验会商", "departments": ["health"]}
    held = node.do("incident", f"/incidents/{incident}/consultations", "duty_officer", call)
    return str(held["consultation_id"])


def warning(node: Node) -> str:
    """A warning through its four hands; the number of what is in force."""
    shown = node.do("notify", "/warnings", "warning_author", WARNING)
    path = f"/warnings/{shown['warning_id']}"
    steps = (("review", "warning_reviewer"), ("sign", "warning_signer"), ("publish", "warning_author"))
    for step, role in steps:
        shown = node.do("notify", f"{path}/{step}", role, {"version": shown["version"]})
    return str(shown["warning_id"])


def main() -> None:
    """A consultation, a warning, its all-clear."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".liandong/up")
    with httpx.Client(trust_env=False, timeout=20) as http:
        node = Node(folder, http)
        print("会商", consultation(node), "已召集：partner.py 应提交本单位意见")
        number = warning(node)
        print("预警", number, f"已发布：DESK 文件夹里应有 {number}.txt")
        if sys.stdin.isatty():
            input("按回车解除预警…")
        node.do("notify", f"/warnings/{number}/cancel", "warning_signer", {"reason": "接入试验结束"})
        print("预警", number, "已解除：同一个文件应改写为已解除")


if __name__ == "__main__":
    main()
