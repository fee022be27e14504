"""All generated files together: what each should hold, and which don't."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from contracts.plan import Plan
from liandong.boundaries import of_plan
from liandong.generated.alerts import alerts
from liandong.generated.asyncapi import asyncapi
from liandong.generated.console_types import console_types
from liandong.generated.consultations import PAGE, page
from liandong.generated.diagrams import diagrams
from liandong.generated.schemas import FOLDER, schemas
from liandong.generated.strimzi import strimzi_files
from shared.contract_files import CONTRACTS
from shared.plan_folder import UnreadablePlan, load_plan

ROOT = CONTRACTS.parent
Files = dict[Path, str]


def sound_plans(root: Path) -> dict[Path, Plan]:
    """Every sound plan below ``plans``, by its folder; what is still being written has no generated files."""
    found = dict[Path, Plan]()
    for folder in sorted(path.parent for path in (root / "plans").glob("**/1-places.yaml")):
        with suppress(UnreadablePlan):
            found[folder] = load_plan(folder)
    return found


def boundaries(root: Path) -> Files:
    """The shapes of every plan that has them."""
    plans = {folder / "boundaries.geojson": plan for folder, plan in sound_plans(root).items()}
    return {path: of_plan(plan) for path, plan in plans.items() if path.exists()}


def consultations(root: Path) -> Files:
    """The consultation matrix of every plan as a page."""
    return {folder / PAGE: page(plan) for folder, plan in sound_plans(root).items()}


GENERATORS: tuple[Callable[[Path], Files], ...] = (
    schemas,
    asyncapi,
    diagrams,
    boundaries,
    consultations,
    console_types,
    strimzi_files,
    alerts,
)


def generated_files(root: Path = ROOT) -> Files:
    """Every generated file with the text it should have."""
    return {path: text for make in GENERATORS for path, text in make(root).items()}


def differing(root: Path = ROOT) -> Files:
    """Those whose text on disk is another, or that are missing."""
    return {
        path: text
        for path, text in generated_files(root).items()
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
