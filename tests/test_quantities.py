"""Quantities: every way in which releases write a number with its unit."""

from decimal import Decimal

import pytest

from orebook.ground.figure import Figure
from orebook.reading.language.quantities import quantities

FORMS = {
    "24m @ 1.21g/t Au from 24m": ["24 m", "1.21 g/t", "24 m"],
    "4.2 metres of 5.6 g/t gold": ["4.2 m", "5.6 g/t"],
    "1.64 % Li2O over 69.3 meters": ["1.64 %", "69.3 m"],
    "0.154 oz/ton Au": ["0.154 oz/ton"],
    "28,000 tons at 0.100 ounce per ton": ["28,000 ton", "0.100 oz/ton"],
    "22,160 tonnes per day": ["22,160 t/d"],
    "43.2 million pounds per year": ["43.2 Mlb/year"],
    "a 30,000 tonne per day mill": ["30,000 t/d"],
    "US$3.40 per pound": ["3.40 USD/lb"],
    "C$1,250 million": ["1,250 CAD million"],
    "$1.5M": ["1.5 $ million"],
    "A$35,484/t": ["35,484 AUD/t"],
    "$0.13 per share": ["0.13 $/share"],
    "a four-hole, 676 m program": ["4 hole", "676 m"],
    "45 diamond drill holes": ["45 hole"],
    "two concentrate shipments": ["2 shipment"],
    "at 50-m line spacings, 130 line-km": ["50 m", "130 line-km"],
    "less than 0.005 ppm": ["<0.005 ppm"],
    "over 70% of supply": [">70 %"],
    "over 29.14 m": ["29.14 m"],
    "as much as 0.17 kg": ["up to 0.17 kg"],
    "approximately 1.66 Moz": ["~1.66 Moz"],
    "at least 2.5 years": ["at least 2.5 year"],
    "dips at 28.5° northwest": ["28.5 degree"],
    "2.35gpt Au": ["2.35 g/t"],
    "1.46mozAu": ["1.46 Moz"],
    "39.7 million tonnes": ["39.7 Mt"],
    "10'400 t and 1,200,000 oz": ["10,400 t", "1,200,000 oz"],
}


@pytest.mark.parametrize("said", FORMS)
def test_a_quantity_is_read_as_it_was_said(said: str) -> None:
    """Digits, unit and sign come out as printed."""
    assert [str(q.figure) for q in quantities(said)] == FORMS[said]


@pytest.mark.parametrize(
    "said", ["hole EUX-11-083", "NI 43-101", "ME-MS61", "(604) 360-0571", "on August 31st", "the 144A rule"]
)
def test_names_and_numbers_of_things_are_no_measurements(said: str) -> None:
    """A number that belongs to a name carries no unit."""
    assert all(not q.unit for q in quantities(said))


def test_a_range_has_two_figures() -> None:
    """A range keeps both ends and gives them one unit."""
    (demand,) = quantities("5,100 to 7,300 tonnes")
    assert demand.figures == (Figure(Decimal(5100), "t"), Figure(Decimal(7300), "t"))


def test_two_depths_are_no_range() -> None:
    """From and to of an interval are two depths."""
    assert len(quantities("from 307 to 335 m")) == 2


def test_the_place_of_a_quantity_holds_its_digits() -> None:
    """The span of the digits slices exactly the digits."""
    said = "for about US$17.6 million in cash"
    (amount,) = quantities(said)
    assert said[amount.start : amount.end] == "US$17.6 million"
