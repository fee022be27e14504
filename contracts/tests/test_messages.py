"""The catalogue: both languages say the same thing, and every key that code uses exists."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from contracts.messages import UnknownMessage, both, catalogue, preferred_language, text
from shared.contract_files import CONTRACTS

ROOT = CONTRACTS.parent
SPEAKERS = {"text", "both"}
CATALOGUE = catalogue()


def placeholders(template: str) -> set[str]:
    return {
        name.partition(".")[0] for _, name, _, _ in string.Formatter().parse(template) if name is not None
    }


@pytest.mark.parametrize("key", CATALOGUE)
def test_a_message_is_there_in_both_languages_with_the_same_values(key):
    message = CATALOGUE[key]
    assert set(message) == {"zh", "en"}
    assert message["zh"].strip() == message["zh"] != ""
    assert message["en"].strip() == message["en"] != ""
    given = {language: placeholders(template) for language, template in message.items()}
    plain = {language: {name.removesuffix("_en") for name in names} for language, names in given.items()}
    assert plain["zh"] == plain["en"]
    assert "" not in given["zh"]


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for package in ("contracts", "shared", "services", "drills", "liandong"):
        for path in sorted((ROOT / package).rglob("*.py")):
            if "tests" not in path.parts and "migrations" not in path.parts:
                yield path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8"))


def speakers(tree: ast.Module) -> set[str]:
    """The names under which a module knows ``text`` and ``both``; SQLAlchemy has a ``text`` too."""
    imported = [
        alias
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "contracts.messages"
        for alias in node.names
    ]
    return {alias.asname or alias.name for alias in imported if alias.name in SPEAKERS}


def keys(tree: ast.Module) -> Iterator[ast.expr]:
    names = speakers(tree) | {"NotFound"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield from node.args[:1]
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(one, ast.Name) and one.id == "KEY" for one in targets):
                yield node.value


def unknown(key: ast.expr) -> Iterator[str]:
    """Literal keys that aren't in the catalogue; of an f-string, the literal beginning."""
    if isinstance(key, ast.IfExp):
        yield from unknown(key.body)
        yield from unknown(key.orelse)
    elif isinstance(key, ast.JoinedStr):
        beginning = key.values[0].value if isinstance(key.values[0], ast.Constant) else ""
        if not any(known.startswith(beginning) for known in CATALOGUE):
            yield f"{beginning}…"
    elif isinstance(key, ast.Constant) and isinstance(key.value, str) and key.value not in CATALOGUE:
        yield key.value


def test_every_key_used_in_code_is_in_the_catalogue():
    used = [(path, key) for path, tree in modules() for key in keys(tree)]
    missing = [f"{path}:{key.lineno} {name}" for path, key in used for name in unknown(key)]
    assert missing == []
    assert len(used) > 50


@pytest.mark.parametrize(
    ("code", "missing"),
    [
        ('from contracts.messages import text\ntext("no.such_key")', ["no.such_key"]),
        ('from contracts.messages import text as say\nsay(f"no.such.{key}")', ["no.such.…"]),
        ('from contracts.messages import both\nboth("no.a" if x else "plan.sound")', ["no.a"]),
        ('class No:\n    KEY: str = "no.such_key"', ["no.such_key"]),
        ('raise NotFound("no.such_key", 7)', ["no.such_key"]),
        ('from sqlalchemy import text\ntext("SELECT 1")', []),
        ('from contracts.messages import text\ntext(key)\ntext("plan.sound")', []),
    ],
)
def test_a_missing_key_would_be_found(code, missing):
    assert [name for key in keys(ast.parse(code)) for name in unknown(key)] == missing


def test_values_are_filled_in_and_an_unknown_key_is_told():
    assert text("problem.not_found", "en", what="incident", id="x") == "No incident x was found"
    assert both("command.clean") == (CATALOGUE["command.clean"]["zh"], CATALOGUE["command.clean"]["en"])
    with pytest.raises(UnknownMessage, match=r"no\.such_key"):
        text("no.such_key")


@pytest.mark.parametrize(("set_to", "spoken"), [(None, "zh"), ("", "zh"), ("en_GB", "en"), ("zh_CN", "zh")])
def test_chinese_comes_first(monkeypatch, set_to, spoken):
    monkeypatch.delenv("LIANDONG_LANG", raising=False)
    if set_to is not None:
        monkeypatch.setenv("LIANDONG_LANG", set_to)
    assert preferred_language() == spoken
