"""The local servers keep what they were given and clear what a killed run left."""

import subprocess
import sys

import psutil

from liandong.local.processes import Child, clear_leftovers, inherited_environment


def sleeper(folder) -> Child:
    child = Child(
        "sleeper", [sys.executable, "-c", "import time; time.sleep(600)"], folder, inherited_environment()
    )
    child.start()
    return child


def test_a_killed_run_s_process_is_found_and_ended(tmp_path):
    child = sleeper(tmp_path)
    assert clear_leftovers(tmp_path) == ["sleeper"]
    assert child.process is not None
    assert not psutil.pid_exists(child.process.pid)
    child.process.wait()
    assert list((tmp_path / "pids").iterdir()) == []


def test_a_pid_that_somebody_else_has_now_is_left_alone(tmp_path):
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    (tmp_path / "pids").mkdir()
    (tmp_path / "pids" / "kafka").write_text(f"{other.pid} {psutil.Process(other.pid).create_time() - 100}")
    assert clear_leftovers(tmp_path) == []
    assert other.poll() is None
    other.kill()
    other.wait()
