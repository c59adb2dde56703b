"""Progress: a line on the terminal that says how far a long piece of work is, and gets out of the way of the answer."""

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn


class Line:
    """One line of progress on standard error; nothing of it stays behind."""

    def __init__(self, total: int) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task: TaskID = self._progress.add_task("documents", total=total)
        self._progress.start()

    def at(self, done: int) -> None:
        """So many documents are done."""
        self._progress.update(self._task, completed=done)

    def stop(self) -> None:
        """Take the line away."""
        self._progress.stop()
