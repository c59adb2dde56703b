"""Prose: the state of a figure against another, and the sentence that says it.

Which way a figure went, and on which side of nothing it lies, is told of the numbers as they are printed: nobody reads
that revenues rose from 68.5 to 68.5.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from orebook.reports.quarter.figures import Amount, Figures
from orebook.reports.quarter.periods import Reported
from orebook.reports.quarter.said import Said, filled
from orebook.reports.quarter.summary import one
from orebook.reports.quarter.writing import Money
from orebook.reports.sentences import Templates, grouped, sought, templates

PACKAGE = "orebook.reports.quarter"


@dataclass(frozen=True)
class Speaker:
    """What every sentence needs: figures, periods, how money is told, who speaks, and the company's own words."""

    figures: Figures
    periods: Reported
    money: Money
    name: str = "the Company"
    company: str = ""
    own: Templates | None = None

    def template(self, group: str, name: str) -> str:
        """A template, the company's own before ours."""
        return sought((self.own or {}, templates(PACKAGE)), group, name)

    def group(self, name: str) -> Mapping[str, str]:
        """All templates of a group."""
        return {**grouped(templates(PACKAGE), name), **grouped(self.own or {}, name)}

    def phrase(self, group: str, name: str, **slots: str | Said) -> Said:
        """A template filled in; the name of the company and the periods are always there."""
        usual = {"period": self.periods.now.words, "period_before": self.periods.before.words, "name": self.name}
        return filled(self.template(group, name), {**usual, **slots})

    def say(self, group: str, name: str, **slots: str | Said) -> Said:
        """A sentence: a phrase that begins with a capital letter."""
        return self.phrase(group, name, **slots).sentence()

    def pair(self, measure: str) -> tuple[Amount | None, Amount | None]:
        """A measure of the company in the period and in that of the year before."""
        now, before = self.periods.now.label, self.periods.before.label
        return one(self.figures, measure, now, self.company), one(self.figures, measure, before, self.company)

    def size(self, amount: Amount) -> Said:
        """An amount of money without its sign."""
        return Said.amount(self.money.words(amount.value, amount.unit), amount)


def trend(now: Decimal, before: Decimal | None) -> str:
    """Which way a printed figure went.

    >>> trend(Decimal("69.4"), Decimal("68.5")), trend(Decimal("1"), Decimal("1")), trend(Decimal("1"), None)
    ('up', 'same', 'alone')
    """
    if before is None:
        return "alone"
    return "up" if now > before else "down" if now < before else "same"


def side(value: Decimal) -> str:
    """On which side of nothing a printed figure lies.

    >>> side(Decimal("-0.8")), side(Decimal("0.0"))
    ('loss', 'nil')
    """
    return "gain" if value > 0 else "loss" if value < 0 else "nil"
