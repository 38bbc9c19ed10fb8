"""A standalone Spark cluster on loopback: one master and some workers, each a process of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pyspark

HOME = Path(pyspark.__file__).parent
#: Seconds in which a process of Spark must be up. A slow machine is no error.
PATIENCE = 180


class Cluster:
    """A master and its workers; each worker has a core and is the leader of a process group, to which its executors belong."""

    def __init__(self, folder: Path, workers: int, cores: int = 1) -> None:
        self.folder = folder
        self.cores = cores
        self.processes: list[subprocess.Popen[bytes]] = []
        self._logs: list[IO[bytes]] = []
        self.port, self.web = _free_port(), _free_port()
        self.url = f"spark://127.0.0.1:{self.port}"
        master = ["org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", str(self.port), "--webui-port", str(self.web)]
        self._start("master", master)
        self._until(lambda: self.state() is not None, "the master")
        self.workers = [self.add_worker(f"worker{i}") for i in range(workers)]
        self._until(lambda: self.alive() == workers, f"{workers} workers")

    def add_worker(self, name: str) -> subprocess.Popen[bytes]:
        """Starts a worker; :meth:`alive` counts it when the master knows it."""
        work = self.folder / name
        arguments = ["--host", "127.0.0.1", "--port", "0", "--webui-port", "0", "--cores", str(self.cores), "--memory", "1g"]
        return self._start(name, ["org.apache.spark.deploy.worker.Worker", *arguments, "--work-dir", str(work), self.url])

    def state(self) -> dict[str, Any] | None:
        """What the master says of itself."""
        import json

        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.web}/json/", timeout=10) as answer:
                return dict(json.load(answer))
        except OSError:
            return None

    def alive(self) -> int:
        """Workers that the master knows to be alive."""
        return sum(worker["state"] == "ALIVE" for worker in (self.state() or {}).get("workers", []))

    def kill(self, worker: subprocess.Popen[bytes]) -> list[int]:
        """Kills a worker, its executors and their Python processes at once, as a machine that loses its power; gives their ids."""
        victims = [worker.pid, *_descendants(worker.pid)]
        for pid in victims:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        worker.wait()
        return victims

    def close(self) -> None:
        """Ends all that is left."""
        for process in self.processes:
            if process.poll() is None:
                self.kill(process)
        for log in self._logs:
            log.close()

    def _start(self, name: str, arguments: list[str]) -> subprocess.Popen[bytes]:
        environment = {
            **os.environ,
            "SPARK_HOME": str(HOME),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_NO_DAEMONIZE": "1",
            "SPARK_DAEMON_MEMORY": "512m",
            "PYSPARK_PYTHON": sys.executable,
        }
        log = open(self.folder / f"{name}.log", "wb")
        self._logs.append(log)
        command = [str(HOME / "bin" / "spark-class"), *arguments]
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=self.folder)
        self.processes.append(process)
        return process

    def _until(self, holds: Any, what: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not holds():
            if time.monotonic() > deadline or any(process.poll() is not None for process in self.processes):
                logs = "\n".join(path.read_text(errors="replace")[-2000:] for path in sorted(self.folder.glob("*.log")))
                self.close()
                raise RuntimeError(f"{what} did not come up\n{logs}")
            time.sleep(0.2)


@contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[Cluster]:
    """A cluster for the time of a ``with``."""
    running = Cluster(folder, workers)
    try:
        yield running
    finally:
        running.close()


def session(master: str, **settings: object) -> Any:
    """A Spark session on loopback."""
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    builder = SparkSession.builder.master(master).appName("philippic")
    fixed = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.executor.memory": "768m",
        "spark.driver.memory": "1g",
        "spark.sql.shuffle.partitions": "2",
    }
    for name, value in {**fixed, **settings}.items():
        builder = builder.config(name, str(value))
    return builder.getOrCreate()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _descendants(pid: int) -> list[int]:
    """The processes under one, whoever leads their groups."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                # The name in brackets may hold anything; the parent is the second field after it.
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, IndexError, ValueError):
                continue
            parents.setdefault(parent, []).append(int(entry.name))
    found, todo = [], [pid]
    while todo:
        children = parents.get(todo.pop(), [])
        found += children
        todo += children
    return found
