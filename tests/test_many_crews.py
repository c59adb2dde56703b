"""Crews: whoever works, the results are the same, and a document that takes its process along costs only itself."""

import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

import many
from orebook.desk.answer import AskedWronglyError
from orebook.desk.crew.batch import Batch
from orebook.desk.crew.crew import Crew, here
from orebook.desk.crew.limits import Limits
from orebook.desk.crew.overseer import LostError
from orebook.desk.crew.ward import resident_mb
from orebook.desk.inputs import Input
from orebook.desk.work import Hands, Job, each
from orebook.reports.trouble import Trouble

BAD = {many.HANGS: "longer than 5 s", many.EATS: "more than 400 MB", many.DIES: "SIGSEGV", many.LEAVES: "status 3"}


def jobs(*contents: bytes) -> list[Job[int | Trouble]]:
    """A job for each document."""
    return [Job(Input(f"{number}.txt", content), many.misbehave) for number, content in enumerate(contents)]


@pytest.fixture
def minded() -> Hands:
    """Two processes under narrow limits."""
    return Hands(2, limits=Limits(5, 400), minded=True)


def test_documents_that_misbehave_cost_themselves(minded: Hands) -> None:
    """One hangs, one eats memory, one dies, one leaves: each is trouble that says so; all others are read."""
    contents = [b"x" * 10, *BAD, b"y" * 20, *BAD, b"z" * 30] + [b"a" * size for size in range(40)]
    results = list(each(jobs(*contents), minded))
    for content, result in zip(contents, results, strict=True):
        if content in BAD:
            assert isinstance(result, Trouble) and BAD[content] in result.what
        else:
            assert result == len(content)


def test_few_documents_are_minded_when_limits_are_asked_for(minded: Hands) -> None:
    """Whoever asks for a limit gets it for a single document."""
    (result,) = each(jobs(many.HANGS), minded)
    assert isinstance(result, Trouble) and "--time-limit" in result.instead


def test_trouble_stays_trouble_and_order_stays(minded: Hands) -> None:
    """Results come in the order of the jobs, whoever is done first."""
    gone = Trouble("gone.txt", "no such file", "")
    asked = [*jobs(*[b"x" * size for size in range(120)]), gone, *jobs(b"last")]
    assert list(each(asked, minded)) == [*range(120), gone, 4]


EXECUTORS = {
    "threads": lambda: ThreadPoolExecutor(3),
    "processes": lambda: ProcessPoolExecutor(2, get_context("spawn")),
}


@pytest.mark.parametrize("kind", EXECUTORS)
def test_any_executor_does_the_work(kind: str) -> None:
    """Any ``Executor`` gives what a plain loop gives; limits hold there too."""
    contents = [b"x" * size for size in range(70)]
    with EXECUTORS[kind]() as executor:
        hands = Hands(crew=Crew(executor, 2, Limits(5, 400)))
        found = list(each(jobs(*contents, many.DIES), hands))
    assert found[:-1] == list(each(jobs(*contents), Hands(crew=Crew()))) == list(range(70))
    assert isinstance(found[-1], Trouble) and "SIGSEGV" in found[-1].what


class Breaking(ThreadPoolExecutor):
    """An executor that loses its workers."""

    def submit(self, *words: object, **more: object):  # type: ignore[no-untyped-def]  # noqa: ARG002
        """Give work to a worker that goes away."""

        def lose() -> None:
            raise RuntimeError("the worker has gone")

        return super().submit(lose)


def test_an_engine_that_loses_its_workers_is_said() -> None:
    """Every document of a batch that an engine lost is trouble; nothing is silent."""
    with Breaking(1) as executor:
        found = list(each(jobs(b"1", b"2", b"3"), Hands(crew=Crew(executor, 1))))
    assert len(found) == 3 and all(isinstance(one, Trouble) and "the worker has gone" in one.what for one in found)


@pytest.mark.parametrize(("whole", "said"), [(many.fail, "no room"), (many.vanish, "status 1")])
def test_a_batch_that_cannot_be_handed_back_is_lost(whole, said: str) -> None:  # type: ignore[no-untyped-def]
    """It is an answer that says why, not an exception that ends all others."""
    with here(1, Limits()) as crew:
        ((_, lost),) = crew.in_order([Batch(jobs(b"1"), whole)])
    assert isinstance(lost, LostError) and said in str(lost)


def test_a_process_that_leaks_is_replaced() -> None:
    """Two batches of documents that leave nothing behind have one process, those that leak have several."""
    same = list(each([Job(Input(str(number), b""), many.pid_of) for number in range(20)], Hands(1, minded=True)))
    with here(1, Limits(megabytes=0)) as crew:
        batches = [Batch([Job(Input(str(number), b""), many.leak)], list) for number in range(3)]
        pids = [whole[0] for _, whole in crew.in_order(batches) if not isinstance(whole, LostError)]
    assert len(set(same)) == 1 and len(set(pids)) >= 2


def test_nobody_stays_behind() -> None:
    """When the work is over no process is left, also when it ends early."""
    with here(2, Limits()) as crew:
        batches = (Batch([Job(Input(str(number), b""), many.pid_of)], list) for number in range(1_000_000))
        pids = {next(crew.as_done(batches))[1][0] for _ in range(2)}  # type: ignore[index]
    deadline = time.monotonic() + 30
    while any(pid in resident_mb([pid]) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(pid in resident_mb([pid]) for pid in pids)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"engine": "dask"}, "--scheduler"),
        ({"scheduler": "tcp://127.0.0.1:1"}, "--engine dask"),
        ({"time_limit": -1}, "limit"),
        ({"jobs": -1}, "fewer"),
    ],
)
def test_what_does_not_go_together_is_said(words: dict[str, object], said: str) -> None:
    """An engine without an address, an address without an engine, limits below nought: what instead."""
    with pytest.raises(AskedWronglyError, match=said):
        Hands.asked(**{"jobs": 0, **words})  # type: ignore[arg-type]


def test_check_is_minded_too(tmp_path: Path) -> None:
    """``orebook check`` works through the same crew: the same answer from one process and from several."""
    folder = many.releases(tmp_path / "in", 30)
    one, two = (many.orebook("check", folder, "--format", "jsonl", "--jobs", jobs) for jobs in (1, 2))
    assert one.stdout == two.stdout and one.returncode == two.returncode == 0
