"""The manifests of ``deploy/k8s`` as they reach a cluster.

They are rendered by ``kubectl kustomize``, which no wheel brings, and so kept here as they were rendered last, with the hash of what
they were made of: ``python -m tests.deploy.kubernetes`` renders them anew. What ``liandong generate`` makes is left out.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
MANIFESTS = ROOT / "deploy" / "k8s"
RENDERED = Path(__file__).with_name("rendered")
OVERLAYS = sorted(
    path.name for path in (MANIFESTS / "overlays").iterdir() if (path / "kustomization.yaml").exists()
)
GENERATED = frozenset({"KafkaTopic", "KafkaUser", "PrometheusRule"})
_MARK = "# made of "
Resource = dict[str, Any]


def kustomize() -> list[str]:
    """The command that renders a folder, empty where this machine has none."""
    if given := os.environ.get("KUSTOMIZE"):
        return given.split()
    if found := shutil.which("kustomize"):
        return [found, "build"]
    found = shutil.which("kubectl")
    return [found, "kustomize"] if found else []


def render(overlay: str) -> list[Resource]:
    """What an overlay makes, without what ``liandong generate`` made."""
    command = [*kustomize(), str(MANIFESTS / "overlays" / overlay)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [one for one in yaml.safe_load_all(told) if one["kind"] not in GENERATED]


@cache
def rendered(overlay: str) -> list[Resource]:
    """The same as it was rendered last."""
    return list(yaml.safe_load_all((RENDERED / f"{overlay}.yaml").read_text(encoding="utf-8")))


def made_of(overlay: str) -> str:
    """The hash of the files that an overlay may be made of; other overlays' are not among them."""
    folders = [MANIFESTS / "base", MANIFESTS / "components", MANIFESTS / "overlays" / overlay]
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    told = hashlib.sha256()
    for path in files:
        told.update(f"{path.relative_to(MANIFESTS)}\0".encode() + path.read_bytes() + b"\0")
    return told.hexdigest()


def hash_of_rendered(overlay: str) -> str:
    """The hash of what the kept rendering was made of."""
    head = (RENDERED / f"{overlay}.yaml").read_text(encoding="utf-8").partition("\n")[0]
    return head.removeprefix(_MARK)


def as_file(overlay: str, resources: Iterable[Resource]) -> str:
    """What is kept of a rendering."""
    documents = yaml.safe_dump_all(resources, allow_unicode=True, width=120, default_flow_style=None)
    return f"{_MARK}{made_of(overlay)}\n{documents}"


def generated(overlay: str) -> list[Resource]:
    """What ``liandong generate`` makes for an overlay and for all."""
    files = [
        *(MANIFESTS / "overlays" / overlay).glob("kafka-access.yaml"),
        *MANIFESTS.glob("components/monitoring/rules.yaml"),
    ]
    return [one for path in files for one in yaml.safe_load_all(path.read_text(encoding="utf-8"))]


def main() -> None:
    """Render every overlay anew."""
    if not kustomize():
        sys.exit("no kustomize and no kubectl: name one by KUSTOMIZE='kubectl kustomize'")
    for overlay in OVERLAYS:
        (RENDERED / f"{overlay}.yaml").write_text(as_file(overlay, render(overlay)), encoding="utf-8")


if __name__ == "__main__":
    main()
