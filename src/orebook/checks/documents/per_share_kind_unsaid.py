"""Per-share figures that are neither called basic nor diluted."""

import re
from collections.abc import Iterator

from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import figure
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_KIND = Pattern(r"\b(?:basic|diluted|fully diluted)\b", re.IGNORECASE)


@rule("D114", on="facts", basis="IAS 33", catalogue="FN1101")
def per_share_kind_unsaid(reading: Reading) -> Iterator[Remark]:
    """Earnings per share are given without the word basic or diluted.

    What it does:
    Looks for either word anywhere in a document that gives net income per share.

    Why it matters:
    With options and warrants outstanding the two differ.

    Flagged:

        Alder Copper reports third quarter results

        | (in thousands of CDN$ except per share amounts) | Three Months Ended September 30, 2019 |
        |---|---|
        | Net Income | $18,200 |
        | Net Income Per Share | $0.35 |

    Fine:

        Alder Copper reports third quarter results

        | (in thousands of CDN$ except per share amounts) | Three Months Ended September 30, 2019 |
        |---|---|
        | Net Income | $18,200 |
        | Net Income Per Share, basic and diluted | $0.35 |

    Help:
    Name the figure basic or diluted, or both.
    """
    said = next((one for one in reading.facts if one.measure == "finance.net_income_per_share"), None)
    if said is None:
        return
    labels = [one.about.get("label", "") for one in reading.facts if one.measure.startswith("finance.")]
    words = [*(block.plain for block in reading.layout.prose()), *labels]
    if not any(_KIND.search(text) for text in words):
        yield remark("note", f"{figure(said.number)}: basic or diluted is not said in this document", [said])
