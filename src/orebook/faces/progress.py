"""Progress: a line on the terminal that says how far a long piece of work is, and gets out of the way of the answer."""

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn


class Line:
    """One line of progress on standard error; nothing of it stays behind.

    Without a ``total`` it says only that the work goes on.
    """

    def __init__(self, total: int, what: str) -> None:
        counted = (MofNCompleteColumn(),) if total else ()
        columns = (TextColumn("{task.description}"), BarColumn(), *counted, TimeElapsedColumn())
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task: TaskID = self._progress.add_task(what, total=total or None)
        self._progress.start()

    def at(self, done: int) -> None:
        """So many documents are done."""
        self._progress.update(self._task, completed=done)

    def stop(self) -> None:
        """Take the line away."""
        self._progress.stop()
