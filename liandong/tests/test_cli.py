"""The command line says what is missing, plainly, and writes nothing where nobody asked for it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from liandong import cli
from liandong.commands.audit import app as audit
from liandong.commands.due_reports import app as due_reports
from liandong.commands.intake import app as intake
from liandong.commands.token import app as token

RUN = CliRunner()
CHINESE = re.compile(r"[\u4e00-\u9fff]")
CALLS, MAP = Path("examples/intake/sample.csv"), Path("examples/intake/san-francisco.map.yaml")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("LIANDONG_HOME", str(tmp_path))
    monkeypatch.delenv("LIANDONG_TOKEN", raising=False)
    return tmp_path


def folder(home: Path, **services: str) -> None:
    (home / "up").mkdir()
    told = {f"210404.{name}": {"url": url, "database": ""} for name, url in services.items()}
    whole = {"mode": "live", "plan": str(Path("plans/fushun").resolve()), "services": told}
    (home / "up/nodes.json").write_text(json.dumps(whole))


def test_the_version_is_told(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["liandong", "--version"])
    cli.main()
    assert capsys.readouterr().out.startswith("liandong 0.")


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_help_speaks_of_the_command_only(name, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["liandong", name, "--help"])
    with pytest.raises(SystemExit):
        cli.main()
    shown = capsys.readouterr().out
    assert "completion" not in shown and "_}" not in shown
    assert CHINESE.search(shown)


def test_help_is_in_one_language_and_that_is_a_setting():
    code = """
import sys
from liandong import cli
for name in cli.COMMANDS:
    sys.argv = ["liandong", name, "--help"]
    try:
        cli.main()
    except SystemExit:
        pass
"""
    env = {**os.environ, "LIANDONG_LANG": "en", "COLUMNS": "120"}
    shown = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert shown.stdout.count("Options") >= len(cli.COMMANDS)
    assert CHINESE.findall(shown.stdout) == []


def test_a_service_by_its_address_needs_a_token_and_says_where(home):
    refused = RUN.invoke(due_reports, ["--url", "http://127.0.0.1:1"])
    assert refused.exit_code == 2
    assert "LIANDONG_TOKEN" in refused.output and "令牌" in refused.output


def test_where_nothing_runs_no_call_is_refused_and_no_file_written(home):
    before = {file.name for file in CALLS.parent.iterdir()}
    never = RUN.invoke(intake, ["import", str(CALLS), "--map", str(MAP)])
    assert (never.exit_code, "make up" in never.output) == (2, True)
    folder(home, incident="http://127.0.0.1:1")
    stopped = RUN.invoke(intake, ["import", str(CALLS), "--map", str(MAP)])
    assert (stopped.exit_code, "无法连接" in stopped.output) == (2, True)
    assert {file.name for file in CALLS.parent.iterdir()} == before
    assert not (home / "intake").exists()


def test_a_stopped_database_is_told_in_one_line(home):
    url = "postgresql://127.0.0.1:1/none"
    refused = RUN.invoke(audit, ["verify", "--database-url", url])
    assert refused.exit_code == 2
    assert "无法读取审计日志" in refused.output and "Traceback" not in refused.output
    assert len(refused.output.strip().splitlines()) <= 2


def test_a_token_is_for_a_node_and_a_department_that_the_plan_has(home):
    folder(home)
    good = RUN.invoke(token, ["--role", "department", "--node", "210404", "--department", "health"])
    assert (good.exit_code, good.output.count(".")) == (0, 2)
    for wrong in (["--node", "999999"], ["--node", "210404", "--department", "weisheng"]):
        refused = RUN.invoke(token, ["--role", "department", *wrong])
        assert refused.exit_code == 1
        assert wrong[-1] in refused.output and "抚顺市" in refused.output
