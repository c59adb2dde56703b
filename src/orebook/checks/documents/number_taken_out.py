"""Placed numbers that no longer stand where the draft put them."""

from collections.abc import Iterator

from orebook.checks.rule import Remark, remark, rule
from orebook.reading.placed import placed_by_itself
from orebook.reading.reading import Reading


@rule("D118", on="document", basis="the draft that the document was made from")
def number_taken_out(reading: Reading) -> Iterator[Remark]:
    """A number of the draft stands somewhere else now, or nowhere.

    What it does:
    Looks where a number of the draft has gone: another sentence, or out of the document.

    Why it matters:
    Nothing may be wrong with it; but a result that was taken out, or told with another hole, is worth a look.

    Flagged:

        <!DOCTYPE html>
        <html><body>
        <p>Hole KR-04 returned <data id="n1" value="29.1402" data-address="intercepts[0].length_m"></data>.</p>
        </body></html>

    Fine:

        <!DOCTYPE html>
        <html><body>
        <p>Hole KR-04 returned <data id="n1" value="29.1402" data-address="intercepts[0].length_m">29.1 m</data>.</p>
        </body></html>

    Help:
    See that it was meant; the address tells what stood there.
    """
    for placed in reading.placed or placed_by_itself(reading.document):
        if placed.gone:
            words = f"{placed.drafted} " if placed.drafted else "a number "
            what = "stands elsewhere now" if placed.gone == "moved" else "was taken out here"
            source = reading.document.source(placed.start, placed.end)
            yield remark("note", f"{words}{what} ({placed.address})", [source])
