"""Engines: a cluster of Dask gives what this machine alone gives, byte by byte, and limits hold on it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

import assist_server
import many
from orebook.desk.answer import AskedWronglyError
from orebook.desk.crew.crew import at_scheduler
from orebook.desk.crew.limits import Limits
from orebook.desk.inputs import Input
from orebook.desk.read import read
from orebook.desk.work import Hands, Job, each
from orebook.reports.trouble import Trouble

CLUSTER = """
import sys
from distributed import LocalCluster

if __name__ == "__main__":
    with LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0", memory_limit=0
    ) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler with two workers, on the loopback interface of this machine."""
    pytest.importorskip("distributed")
    script = tmp_path_factory.mktemp("cluster") / "cluster.py"
    script.write_text(CLUSTER)
    paths = os.pathsep.join(sys.path)  # workers find what this process finds
    cluster = subprocess.Popen(
        [sys.executable, str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=script.parent,
        env={**os.environ, "PYTHONPATH": paths},
    )
    assert cluster.stdin and cluster.stdout
    with cluster:
        yield cluster.stdout.readline().strip()
        cluster.stdin.close()


def test_dask_gives_what_one_process_gives(scheduler: str, tmp_path: Path) -> None:
    """A folder and a check through Dask are those of this machine alone."""
    assert scheduler.startswith("tcp://127.0.0.1:")
    docs = many.releases(tmp_path / "in", 90)
    many.write(docs / "empty.md", b"")
    asked = ["--engine", "dask", "--scheduler", scheduler]
    one = many.orebook("read", docs, "-o", f"{tmp_path}/one/")
    two = many.orebook("read", docs, "-o", f"{tmp_path}/two/", *asked)
    assert one.returncode == two.returncode == 2 and "90 read, 1 failed" in two.stderr
    assert one.stderr.replace("one/", "two/") == two.stderr and two.stdout == ""
    assert many.shards(tmp_path / "one") == many.shards(tmp_path / "two")
    checks = [many.orebook("check", docs, "--format", "jsonl", *words) for words in ([], asked)]
    assert checks[0].stdout == checks[1].stdout and checks[0].stderr == checks[1].stderr


def test_limits_hold_on_dask(scheduler: str) -> None:
    """A document that dies or eats memory costs itself there too; the workers live on."""
    contents = [b"x" * size for size in range(20)] + [many.DIES, many.EATS, b"x" * 12_000_000]
    jobs = [Job(Input(f"{number}.txt", content), many.misbehave) for number, content in enumerate(contents)]
    with at_scheduler(scheduler, Limits(20, 400)) as crew:
        found = [list(each(jobs, Hands(crew=crew))) for _ in range(2)]
    for results in found:
        assert results[:20] == list(range(20))
        assert [type(one) for one in results[20:22]] == [Trouble, Trouble] and results[22] == 12_000_000


def test_from_python(scheduler: str, tmp_path: Path) -> None:
    """The verb itself takes the engine, and a relative name is the same for workers elsewhere."""
    docs = many.releases(tmp_path / "in", 3)
    answer = read([str(docs)], engine="dask", scheduler=scheduler)
    assert sum(len(result.facts) for result in answer.results) > 3  # type: ignore[union-attr]


def test_a_scheduler_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No scheduler at the address: one line that says what instead."""
    pytest.importorskip("distributed")
    monkeypatch.setattr("orebook.desk.crew.cluster._PATIENCE_S", 1)
    docs = many.releases(tmp_path / "in", 1)
    answer = read([str(docs)], engine="dask", scheduler="tcp://127.0.0.1:9")
    with pytest.raises(AskedWronglyError, match="no scheduler"):
        list(answer.results)


def test_an_address_without_a_port_is_said(tmp_path: Path) -> None:
    """What cannot be the address of a scheduler is refused before anything is looked for there."""
    pytest.importorskip("distributed")
    docs = many.releases(tmp_path / "in", 1)
    answer = read([str(docs)], engine="dask", scheduler="somewhere")
    with pytest.raises(AskedWronglyError, match="somewhere is no address"):
        list(answer.results)


def test_assistance_at_work_on_dask(scheduler: str, tmp_path: Path) -> None:
    """Workers ask the endpoint themselves: the same facts as with processes here, each marked."""
    docs = tmp_path / "in"
    docs.mkdir()
    for number in range(4):
        (docs / f"{number}.md").write_text(assist_server.RELEASE.replace("FH-24-08", f"FH-24-1{number}"))
    with assist_server.endpoint(assist_server.saying(assist_server.facts(*assist_server.RIGHT))) as there:
        asked = ["--assist", there.url, "--assist-model", "some-model"]
        one = many.orebook("read", docs, "-o", f"{tmp_path}/one/", *asked)
        two = many.orebook("read", docs, "-o", f"{tmp_path}/two/", *asked, "--engine", "dask", "--scheduler", scheduler)
    assert one.returncode == two.returncode == 0 and one.stderr.replace("one/", "two/") == two.stderr
    assert many.shards(tmp_path / "one") == many.shards(tmp_path / "two")
    found = pl.read_parquet(f"{tmp_path}/two/*.parquet")
    assert found.filter(pl.col("read_by") == "assist")["doc"].n_unique() == 4


def test_a_limit_that_no_document_meets_names_itself(tmp_path: Path) -> None:
    """Where not even the process fits, the advice is to allow more."""
    docs = many.releases(tmp_path / "in", 2)
    left = many.orebook("read", docs, "--memory-limit", "5")
    assert left.returncode == 2 and left.stderr.count("allow more with --memory-limit") == 2
