"""Problems: what can go wrong with a book that is no fault of its data, each with what to do instead."""


class BookError(RuntimeError):
    """A book that cannot be used as asked: what, where, what instead."""


class NoBookError(BookError):
    """A folder that is no book, or no folder at all."""


class BusyBookError(BookError):
    """A book that another process is writing."""


class SettingsError(BookError):
    """A ``book.toml`` that cannot be read, or says something that means nothing."""


class UnwritableError(BookError):
    """A book that cannot be written: a read-only folder, a full disk."""
