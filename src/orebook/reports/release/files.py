"""Files of a draft: how those are called that lie beside a document."""

REGISTER = ".numbers.json"
"""The ending of the register of a draft, which says of every number where it stands and which rows it is from."""


def picture_name(doc: str, number: int) -> str:
    """The file of a picture of a draft.

    >>> picture_name("drilling", 2)
    'drilling-figure-2.svg'
    """
    return f"{doc}-figure-{number}.svg"
