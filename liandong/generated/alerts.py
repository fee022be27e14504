"""Prometheus' rules from the operator guide: an alert for each check of its table, and for what it says to watch besides."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from contracts.messages import both

GUIDE = Path("docs") / "operators.md"
RULES = Path("deploy") / "k8s" / "components" / "monitoring" / "rules.yaml"
_HEAD = "# Made by `liandong generate` from the table of checks in docs/operators.md and the catalogue of messages.\n"
_ROW = re.compile(
    r"^\| `(?P<name>\w+)`(?P<mild> \*)? \| (?P<fails>[^|]+) \| (?P<look>[^|]+) \| (?P<then>[^|]+) \|$", re.M
)
OF_SERVICE = "namespace, service"
WATCHED = {
    "away": ("critical", "1m", 'up{job=~".*liandong.*"} == 0'),
    "not_ready": ("critical", "1m", f"min by ({OF_SERVICE}) (health_ready) == 0"),
    "degraded": ("warning", "1m", f"max by ({OF_SERVICE}) (health_degraded) == 1"),
    "no_relay": ("critical", "1m", f"max by ({OF_SERVICE}) (outbox_leading) == 0"),
    "parked": ("warning", "0m", f"sum by ({OF_SERVICE}) (increase(inbox_parked_total[10m])) > 0"),
    "ticks_failed": ("warning", "0m", f"sum by ({OF_SERVICE}) (increase(ticks_failed_total[10m])) > 0"),
    "server_errors": (
        "critical",
        "1m",
        f'sum by ({OF_SERVICE}) (rate(http_requests_total{{status=~"5.."}}[2m])) > 0.1',
    ),
}
"""Besides the checks, by the name of its message: severity, for how long, and the expression."""


def alerts(root: Path) -> dict[Path, str]:
    """The rules file, where there is a guide."""
    if not (root / GUIDE).exists():
        return {}
    rules = [*_of_checks((root / GUIDE).read_text(encoding="utf-8")), *_watched()]
    document = {
        "apiVersion": "monitoring.coreos.com/v1",
        "kind": "PrometheusRule",
        "metadata": {"name": "liandong", "labels": {"app.kubernetes.io/part-of": "liandong"}},
        "spec": {"groups": [{"name": "liandong", "rules": rules}]},
    }
    return {root / RULES: _HEAD + yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=120)}


def checks_of(guide: str) -> list[str]:
    """The checks that the guide's table explains, in its order."""
    return [row["name"] for row in _ROW.finditer(guide)]


def _of_checks(guide: str) -> Iterator[dict[str, Any]]:
    for row in _ROW.finditer(guide):
        zh, en = both(f"health.{row['name']}")
        told = f"{row['fails']}. Look at: {row['look']}. Then: {row['then']}.".replace("`", "")
        expression = f'min by ({OF_SERVICE}) (health_check_ok{{check="{row["name"]}"}}) == 0'
        yield _rule(row["name"], "warning" if row["mild"] else "critical", "1m", expression, zh, en, told)


def _watched() -> Iterator[dict[str, Any]]:
    for name, (severity, lasting, expression) in WATCHED.items():
        zh, en = both(f"alert.{name}")
        yield _rule(name, severity, lasting, expression, zh, en, f"docs/operators.md, section 3: {en}.")


def _rule(
    name: str, severity: str, lasting: str, expression: str, zh: str, en: str, told: str
) -> dict[str, Any]:
    camel = "".join(part.title() for part in name.split("_"))
    not_met = name not in WATCHED
    return {
        "alert": f"Liandong{camel}",
        "expr": expression,
        "for": lasting,
        "labels": {"severity": severity},
        "annotations": {
            "summary": f"不满足：{zh}" if not_met else zh,
            "summary_en": f"not met: {en}" if not_met else en,
            "description": told,
        },
    }
