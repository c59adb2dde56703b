"""Content: which share of a concentrate is paid, and what a smelter charges for it, by the terms of the contract.

Grades, shares and deductions are fractions of the dry mass, masses are grams, charges are money.
"""

import polars as pl

from orebook.disciplines.sales.measures import charge, fraction, looked_up


def payable_grade(grade: pl.Expr, share: pl.Expr, deduction: pl.Expr) -> pl.Expr:
    """The grade that is paid: the payable share of it, or it less the minimum deduction, the smaller; never negative.

    Source: usual terms of concentrate, ``min(p·c, c − MD)``.

    >>> terms = {"grade": [24.0, 40.0, 0.5], "share": [0.965, 0.965, 0.97], "deduction": [1.0, 1.0, 1.0]}
    >>> columns = pl.DataFrame(terms).select(payable_grade(pl.col("grade"), pl.col("share"), pl.col("deduction")))
    >>> columns.to_series().round(4).to_list()
    [23.0, 38.6, 0.0]
    """
    return pl.min_horizontal(grade * share, grade - deduction).clip(lower_bound=0)


def participation(price: pl.Expr, share: pl.Expr, above: pl.Expr, upto: pl.Expr) -> pl.Expr:
    """What the buyer keeps of a price: a share of what lies above one price, up to another where there is one.

    Source: price participation of older contracts.

    >>> terms = pl.lit(0.1), pl.lit(0.9), pl.lit(None)
    >>> found = pl.DataFrame({"price": [3.0, 0.8]}).select(participation(pl.col("price"), *terms))
    >>> found.to_series().round(4).to_list()
    [0.21, 0.0]
    """
    return share * (pl.min_horizontal(price, upto) - above).clip(lower_bound=0)


def steps_above(grade: pl.Expr, above: pl.Expr, upto: pl.Expr, each: pl.Expr) -> pl.Expr:
    """How many steps a grade lies above a limit, parts in proportion, up to where the next row of steps begins.

    >>> limits = pl.lit(0.002), pl.lit(None), pl.lit(0.001)
    >>> found = pl.DataFrame({"as": [0.0035]}).select(steps_above(pl.col("as"), *limits))
    >>> round(found.item(), 6)
    1.5
    """
    return (pl.min_horizontal(grade, upto) - above).clip(lower_bound=0) / each


def payables(grades: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """The payable grade of every metal that a contract pays for.

    ``grades`` has ``version``, ``metal``, ``grade`` and columns that are carried along; ``rows`` are the terms by
    version. The step is the last whose ``above`` lies under the grade; its share counts for the whole grade. A grade
    under the lowest step is not paid. Without a share only the deduction counts.
    """
    keyed = grades.with_row_index("_at")
    shares = _step(keyed, _fractions(rows, "payable")).rename({"value": "share", "known": "shared"})
    deductions = _step(keyed, _fractions(rows, "minimum_deduction")).rename({"value": "deduction", "known": "deducted"})
    found = keyed.join(shares, on="_at", how="left").join(deductions, on="_at", how="left")
    paid = rows.filter(pl.col("term") == "payable").select("version", "metal").unique()
    whole = payable_grade(pl.col("grade"), pl.col("share").fill_null(0), pl.col("deduction").fill_null(0))
    # a step without a number is not a step of nought: what rests on it is missing
    known = pl.col("shared").fill_null(value=True) & pl.col("deducted").fill_null(value=True)
    return (
        found.join(paid, on=["version", "metal"], how="semi")
        .with_columns(pl.when(known).then(whole).alias("payable"))
        .drop("_at", "share", "shared", "deduction", "deducted")
    )


def _fractions(rows: pl.DataFrame, term: str) -> pl.DataFrame:
    """The steps of a term, shares and grades as fractions."""
    by_unit = looked_up("unit", fraction, pl.Float64)
    by_step = looked_up("step_unit", fraction, pl.Float64)
    return rows.filter(pl.col("term") == term).select(
        "version", "metal", value=pl.col("value") * by_unit, above=(pl.col("above") * by_step).fill_null(float("-inf"))
    )


def _step(grades: pl.DataFrame, steps: pl.DataFrame) -> pl.DataFrame:
    """Of each grade the value of the step in which it lies: that with the highest beginning."""
    return (
        grades.select("_at", "version", "metal", "grade")
        .join(steps, on=["version", "metal"])
        .filter(pl.col("above") <= pl.col("grade"))
        .sort("_at", "above")
        .group_by("_at", maintain_order=True)
        .agg(pl.col("value").last(), known=pl.col("value").last().is_not_null())
    )


def charges(lots: pl.DataFrame, grades: pl.DataFrame, payable: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """What is taken off a lot whatever its price: treatment, refining, penalties, freight and other charges.

    ``lots`` has ``key``, ``version``, ``dry_g`` and ``wet_g``; ``grades`` has ``key``, ``version``, ``metal`` and
    ``grade``; ``payable`` has ``key``, ``version``, ``metal`` and ``payable_g``. A row of the answer is one charge:
    ``key``, ``item``, ``metal`` where it is for one, and ``amount``, positive as it is charged, in its ``currency``.
    """
    priced = rows.with_columns(
        looked_up("unit", _per_gram, pl.Float64).alias("per_gram"),
        looked_up("unit", _basis, pl.String).alias("basis"),
        looked_up("unit", _currency, pl.String).alias("currency"),
    )
    masses = {"dry": pl.col("dry_g"), "wet": pl.col("wet_g"), "lot": pl.lit(1.0)}
    mass = pl.coalesce(*(pl.when(pl.col("basis") == basis).then(grams) for basis, grams in masses.items()))
    whole = lots.join(
        priced.filter(pl.col("term").is_in(["treatment_charge", "freight", "charge"])), on="version"
    ).select(
        "key",
        item=pl.when(pl.col("term") == "charge").then(pl.coalesce("says", pl.lit("charge"))).otherwise(pl.col("term")),
        metal=pl.lit(None, pl.String),
        amount=pl.col("value") * pl.col("per_gram") * mass,
        currency="currency",
    )
    refining = payable.join(priced.filter(pl.col("term") == "refining_charge"), on=["version", "metal"]).select(
        "key",
        item=pl.col("term"),
        metal="metal",
        amount=pl.col("value") * pl.col("per_gram") * pl.col("payable_g"),
        currency="currency",
    )
    return pl.concat([whole, refining, _penalties(lots, grades, priced)])


def _penalties(lots: pl.DataFrame, grades: pl.DataFrame, priced: pl.DataFrame) -> pl.DataFrame:
    by_step = looked_up("step_unit", fraction, pl.Float64)
    limits = priced.filter(pl.col("term").is_in(["penalty", "penalty_full_steps"])).with_columns(
        (pl.col(name) * by_step).alias(name) for name in ("above", "upto", "each")
    )
    steps = steps_above(pl.col("grade"), pl.col("above").fill_null(0), pl.col("upto"), pl.col("each"))
    # a grade of three steps must count as three, whatever the last bit of a float says
    full = (steps + 1e-9).floor()
    return (
        grades.join(limits, on=["version", "metal"])
        .join(lots.select("key", "dry_g", "wet_g"), on="key")
        .select(
            "key",
            item=pl.lit("penalty"),
            metal="metal",
            amount=pl.when(pl.col("term") == "penalty").then(steps).otherwise(full)
            * pl.col("value")
            * pl.col("per_gram")
            * pl.when(pl.col("basis") == "wet").then(pl.col("wet_g")).otherwise(pl.col("dry_g")),
            currency="currency",
        )
        .filter(pl.col("amount").ne_missing(0))
    )


def _per_gram(unit: str) -> float | None:
    found = charge(unit)
    return None if found is None else found.per_gram


def _currency(unit: str) -> str | None:
    found = charge(unit)
    return None if found is None else found.currency


def _basis(unit: str) -> str | None:
    found = charge(unit)
    return None if found is None else found.basis
