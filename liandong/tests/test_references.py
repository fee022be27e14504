"""What code and documents refer to is there: traps, decisions, files, links."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TRAPS = re.compile(r"\b[Tt]raps? (\d+(?:(?:, | and )\d+)*)")
DECISIONS = re.compile(r"\bADR (\d{4}(?:(?:, | and )\d{4})*)")
LINKS = re.compile(r"\]\((?!https?://|#)([^)#\s]+)")
FILES = re.compile(
    r"`((?:contracts|shared|services|drills|liandong|plans|tests|benchmarks|deploy|docs|examples)/[\w./-]+\.\w+)`"
)


def sources(*kinds: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", *kinds], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).exists()]


def numbers(pattern: re.Pattern[str], text: str) -> set[str]:
    return {number for group in pattern.findall(text) for number in re.findall(r"\d+", group)}


def test_every_trap_that_is_named_is_told():
    told = set(re.findall(r"^(\d+)\. \*\*", (ROOT / "docs/traps.md").read_text(encoding="utf-8"), re.M))
    named = {
        (file.relative_to(ROOT).as_posix(), number)
        for file in sources("*.py", "*.md", "*.js", "*.toml", "*.yaml")
        for number in numbers(TRAPS, file.read_text(encoding="utf-8"))
    }
    assert len(named) > 15
    assert {one for one in named if one[1] not in told} == set()


def test_every_decision_that_is_named_is_recorded_and_listed():
    recorded = {file.name[:4] for file in (ROOT / "docs/adr").glob("[0-9]*.md")}
    named = {
        (file.relative_to(ROOT).as_posix(), number)
        for file in sources("*.py", "*.md", "*.js", "*.toml", "*.yaml")
        for number in numbers(DECISIONS, file.read_text(encoding="utf-8"))
    }
    assert {one for one in named if one[1] not in recorded} == set()
    assert set(re.findall(r"^\| \[(\d{4})\]", (ROOT / "docs/adr/README.md").read_text(), re.M)) == recorded


@pytest.mark.parametrize("file", sources("*.md"), ids=lambda file: file.relative_to(ROOT).as_posix())
def test_links_and_files_of_a_document_are_there(file):
    text = file.read_text(encoding="utf-8")
    links = {target for target in LINKS.findall(text) if not (file.parent / target).exists()}
    files = {name for name in FILES.findall(text) if not (ROOT / name).exists()}
    assert links | files == set()
