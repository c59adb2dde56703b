"""Results in sentences: revenues, income, derivatives, cash flow, capital expenditures, liquidity."""

from collections.abc import Iterator

from orebook.reports.quarter.figures import Amount
from orebook.reports.quarter.prose import Speaker, side, trend
from orebook.reports.quarter.said import Said, listed
from orebook.reports.quarter.summary import one


def revenue_sentence(speaker: Speaker) -> Iterator[Said]:
    """Revenues against those of the year before."""
    yield from _against(speaker, "revenues")


def income_sentences(speaker: Speaker) -> Iterator[Said]:
    """Net income, and adjusted net income, each with what a share has of it."""
    for group in ("net_income", "adjusted_net_income"):
        now, before = speaker.pair(f"finance.{group}")
        if now is None:
            continue
        each = [_income(speaker, group, amount, at) for at, amount in enumerate((now, before)) if amount is not None]
        if len(each) == 2:
            yield speaker.say(group, "both", now=each[0], before=each[1])
        else:
            yield speaker.say(group, "alone", now=each[0])


def _income(speaker: Speaker, group: str, amount: Amount, at: int) -> Said:
    """Net income or a net loss, with what a share has of it where that is known."""
    which = side(speaker.money.rounded(amount.value))
    share = speaker.pair(f"finance.{group}_per_share")[at]
    if share is None or which == "nil":
        return speaker.phrase(group, which, amount=speaker.size(amount))
    words = Said.amount(speaker.money.per_share(share.value, share.unit.partition("/")[0]), share)
    return speaker.phrase(group, f"{which}_share", amount=speaker.size(amount), share=words)


def derivative_sentences(speaker: Speaker) -> Iterator[Said]:
    """Gains or losses on derivatives, then what of them was settled and what is on paper, for both periods."""
    yield from _sided(speaker, "derivative_gain")
    for at, span in enumerate((speaker.periods.now, speaker.periods.before)):
        parts = {}
        for name in ("unrealized", "realized"):
            amount = speaker.pair(f"finance.derivative_gain_{name}")[at]
            if amount is not None:
                parts[name] = _side(speaker, f"derivative_gain_{name}", amount)
        if len(parts) == 2:
            yield speaker.say("derivative_parts", "parts", **parts, period=span.words)


def cash_flow_sentence(speaker: Speaker) -> Iterator[Said]:
    """Cash flow against that of the year before, and by how much it changed."""
    yield from _against(speaker, "cash_flow")


def capital_sentences(speaker: Speaker) -> Iterator[Said]:
    """Capital expenditures against those of the year before, and what paid for them."""
    now, _ = speaker.pair("finance.capital_expenditures")
    if now is None:
        return
    if not speaker.money.rounded(now.value):
        yield speaker.say("capital_expenditures", "none")
        return
    yield from _against(speaker, "capital_expenditures")
    sources = _funding(speaker)
    if sources:
        yield speaker.say("capital_expenditures", "funded", sources=listed(sources))


def _funding(speaker: Speaker) -> list[Said]:
    """What capital was paid from in the period, the largest first."""
    label = speaker.periods.now.label
    found = [each for each in speaker.figures.all("finance.capital_funding", label) if each.said("subject")]
    found.sort(key=lambda each: -each.value)
    return [Said(each.said("subject")) for each in found if each.value]


def liquidity_sentences(speaker: Speaker, day: str) -> Iterator[Said]:
    """Cash, debt and credit at the end of the period."""
    for name in ("cash", "debt", "credit"):
        now = one(speaker.figures, f"finance.{name}", speaker.periods.now.label, speaker.company)
        if now is None or (name != "cash" and not speaker.money.rounded(now.value)):
            continue
        which = f"{name}_below" if side(speaker.money.rounded(now.value)) == "loss" else name
        yield speaker.say("liquidity", which, **{name: speaker.size(now)}, day=day)


def revaluation_sentence(speaker: Speaker) -> Iterator[Said]:
    """By how much concentrate that is sold and not settled was revalued."""
    now, _ = speaker.pair("finance.revaluation")
    if now is not None:
        which = side(speaker.money.rounded(now.value))
        yield speaker.say("revaluation", which, amount=speaker.size(now))


def _against(speaker: Speaker, name: str) -> Iterator[Said]:
    """A measure against that of the year before, with the change where the sentence has room for it.

    Where one of them lies below nothing, both are told with their signs.
    """
    now, before = speaker.pair(f"finance.{name}")
    if now is None:
        return
    money = speaker.money
    if "loss" in {side(money.rounded(each.value)) for each in (now, before) if each is not None}:
        told = {key: _side(speaker, "signed", each) for key, each in (("now", now), ("before", before)) if each}
        yield speaker.say(name, "turned" if before is not None else "alone", **told)
        return
    which = trend(money.rounded(now.value), None if before is None else money.rounded(before.value))
    slots: dict[str, str | Said] = {"now": speaker.size(now)}
    if before is not None:
        slots |= {
            "before": speaker.size(before),
            "change": money.words(now.value - before.value, now.unit),
        }
    yield speaker.say(name, which, **slots)


def _sided(speaker: Speaker, name: str) -> Iterator[Said]:
    """A gain or a loss against that of the year before."""
    now, before = speaker.pair(f"finance.{name}")
    if now is None:
        return
    which, amount = side(speaker.money.rounded(now.value)), speaker.size(now)
    if before is None or which == "nil":
        yield speaker.say(name, f"{which}_alone", amount=amount)
        if before is not None:
            alone = f"{side(speaker.money.rounded(before.value))}_alone"
            yield speaker.say(name, alone, amount=speaker.size(before), period=speaker.periods.before.words)
    else:
        yield speaker.say(name, f"{which}_both", amount=amount, before=_side(speaker, name, before))


def _side(speaker: Speaker, group: str, amount: Amount) -> Said:
    """A gain or a loss, each in its own words."""
    which = side(speaker.money.rounded(amount.value))
    return speaker.phrase(group, which, amount=speaker.size(amount))
