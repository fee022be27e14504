"""All generated files together: what each should hold, and which don't."""

from collections.abc import Callable
from pathlib import Path

from liandong.boundaries import of_plan
from liandong.generated.asyncapi import asyncapi
from liandong.generated.diagrams import diagrams
from liandong.generated.schemas import FOLDER, schemas
from shared.contract_files import CONTRACTS
from shared.plan_folder import load_plan

ROOT = CONTRACTS.parent
Files = dict[Path, str]


def boundaries(root: Path) -> Files:
    """The shapes of every plan that has them."""
    found = sorted((root / "plans").glob("**/boundaries.geojson"))
    return {path: of_plan(load_plan(path.parent)) for path in found}


GENERATORS: tuple[Callable[[Path], Files], ...] = (schemas, asyncapi, diagrams, boundaries)


def generated(root: Path = ROOT) -> Files:
    """Every generated file with the text it should have."""
    return {path: text for make in GENERATORS for path, text in make(root).items()}


def differing(root: Path = ROOT) -> Files:
    """Those whose text on disk is another, or that are missing."""
    return {
        path: text
        for path, text in generated(root).items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    }


def leftover(root: Path = ROOT) -> list[Path]:
    """Generated files of something that is no more: schemas without an event."""
    return sorted(set((root / FOLDER).glob("*.json")) - set(schemas(root)))


def write(root: Path = ROOT) -> list[Path]:
    """Bring every file up to date; returns those written or removed."""
    changed, gone = differing(root), leftover(root)
    for path, text in changed.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for path in gone:
        path.unlink()
    return sorted([*changed, *gone])
