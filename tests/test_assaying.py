"""Assays: oxides, groups and shares, derived columns, equivalents, priorities, detection limits."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor, inf

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orebook.disciplines.assaying.columns import assay, grade_ratio, held_by, spelled
from orebook.disciplines.assaying.definitions import KEYS, DefinitionError, definitions, metals
from orebook.disciplines.assaying.derived import derived
from orebook.disciplines.assaying.deriving import after_averaging, with_derived
from orebook.disciplines.assaying.detection import SAID, SHARES, doubtful, view, with_bounds
from orebook.disciplines.assaying.equivalents import equivalent_grade
from orebook.disciplines.assaying.groups import combined_grade, groups, part_of_group, share_of_group
from orebook.disciplines.assaying.oxides import compound_factor, oxide_factor, to_element, to_oxide
from orebook.disciplines.assaying.quotients import quotients
from orebook.disciplines.assaying.worth import coefficients, common_cause, compare
from orebook.ground.figure import Figure
from orebook.ground.range import Range, corners

# ---------------------------------------------------------------------------------------------- factors, oxides

FACTORS = """
La2O3 1.17277 Gd2O3 1.15261 Yb2O3 1.13868 Li2O 2.15267 CeO2 1.22837 Tb4O7 1.17617 Lu2O3 1.13716 U3O8 1.17924
Pr6O11 1.20816 Dy2O3 1.14768 Y2O3 1.26993 ThO2 1.13790 Nd2O3 1.16638 Ho2O3 1.14551 Sc2O3 1.53382 WO3 1.26108
Sm2O3 1.15961 Er2O3 1.14348 Nb2O5 1.43051 TiO2 1.66848 Eu2O3 1.15792 Tm2O3 1.14206 Ta2O5 1.22104 V2O5 1.78517
Fe2O3 1.42973 FeO 1.28649 Fe3O4 1.38199 Al2O3 1.88944 SiO2 2.13933 CaO 1.39920 MgO 1.65826 Na2O 1.34796
K2O 1.20460 MnO 1.29122 P2O5 2.29133 Cr2O3 1.46154 ZrO2 1.35076 HfO2 1.17927 SnO2 1.26955 BaO 1.11650
Cs2O 1.06019 Rb2O 1.09360 BeO 2.77526 MoO3 1.50023 Ga2O3 1.34420 GeO2 1.44056 Ce2O3 1.17128 Pr2O3 1.17031
Tb2O3 1.15100 PbO 1.0772 ZnO 1.2447 NiO 1.2726 CoO 1.2715 CuO 1.2518 Bi2O3 1.1148 Sb2O3 1.1971 As2O3 1.3203
SO3 2.4971 SrO 1.1826 V2O3 1.4711 UO2 1.1344 B2O3 3.2200 Li2CO3 5.32334
""".split()

COMPOUNDS = [
    ("Ca", "CaF2", "1.94807"),
    ("F", "CaF2", "2.0548"),
    ("Ba", "BaSO4", "1.6995"),
    ("K", "KCl", "1.9067"),
    ("Li", "LiOH·H2O", "6.0464"),
    ("Li2O", "Li2CO3", "2.4729"),
]


@pytest.mark.parametrize(("oxide", "factor"), list(zip(FACTORS[::2], FACTORS[1::2], strict=True)))
def test_the_factors_of_the_trade(oxide: str, factor: str) -> None:
    """Handbook 9.1: every factor from the masses agrees with the table to two parts in ten thousand."""
    assert abs(oxide_factor(oxide) - Decimal(factor)) < Decimal("0.0002") * max(1, Decimal(factor))
    assert spelled(oxide.lower()) == oxide


@pytest.mark.parametrize(("part", "compound", "factor"), COMPOUNDS)
def test_factors_of_other_compounds(part: str, compound: str, factor: str) -> None:
    """Handbook 9.1: fluorspar, barite, potash and lithium compounds follow from the same masses."""
    assert abs(compound_factor(part, compound) / Decimal(factor) - 1) < Decimal("0.0002")


def test_the_factor_of_scandium() -> None:
    """S-FACTOR: the masses give 1.5338 for scandium, to the printed digits."""
    assert f"{oxide_factor('Sc2O3'):.4f}" == "1.5338"


# Crater Lake, Table 1: length, Sc, Sc2O3, TREO+Y, magnet share.
CRATER = [
    ("29.14", "165", "253", "0.305", "24.3"),
    ("6.30", "180", "276", "0.316", "24.1"),
    ("9.30", "195", "299", "0.317", "24.3"),
    ("17.65", "194", "298", "0.332", "24.4"),
    ("10.70", "152", "233", "0.389", "24.4"),
    ("21.69", "177", "271", "0.419", "23.9"),
    ("9.16", "195", "299", "0.445", "24.0"),
]
SC = {"sc2o3_ppm": {"oxide_of": "sc_ppm", "factor": "1.5338"}}


def test_all_seven_oxides_of_table_1() -> None:
    """S-OX: Sc times the printed factor is the printed Sc₂O₃ in all seven rows, exactly."""
    samples = pl.DataFrame({"sc_ppm": [int(row[1]) for row in CRATER]})
    made = with_derived(samples, SC)
    assert [f"{value:.0f}" for value in made["sc2o3_ppm"]] == [row[2] for row in CRATER]
    exact = with_derived(samples, {"sc2o3_ppm": {"oxide_of": "sc_ppm"}})
    assert [f"{value:.0f}" for value in exact["sc2o3_ppm"]] == [row[2] for row in CRATER]


def whole_numbers(oxide: str) -> list[int]:
    """Whole grades of scandium that may have made a printed oxide."""
    found = to_element(Figure.parse(f"{oxide} ppm").range(), Range.exact("1.5338"))
    return list(range(ceil(found.low), floor(found.high) + 1))


def test_which_whole_grades_make_an_oxide() -> None:
    """S-038: 244 and 192 g/t need Sc 159 and 125. S-CH-289: no integer Sc makes 289."""
    assert (whole_numbers("244"), whole_numbers("192")) == ([159], [125])
    assert whole_numbers("289") == []
    found = to_element(Figure.parse("289 ppm").range(), Range.exact("1.5338"))
    assert (f"{found.low:.2f}", f"{found.high:.2f}") == ("188.09", "188.75")


@given(st.floats(0.01, 1e6), st.sampled_from(["sc_ppm", "sc_pct", "sc_gpt", "sc_ppb"]))
def test_there_and_back_again(grade: float, column: str) -> None:
    """An oxide turned into its element again is what it was, across units."""
    there = {"sc2o3_pct": {"oxide_of": column}}
    back = {column: {"element_of": "sc2o3_pct"}}
    made = with_derived(pl.DataFrame({column: [grade]}), there)
    assert with_derived(made.select("sc2o3_pct"), back)[column][0] == pytest.approx(grade, rel=1e-12)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"sc2o3_pct": {"oxide_of": "sc2o3_ppm"}}, "sc2o3_ppm holds Sc2O3, an oxide already"),
        ({"sc_pct": {"element_of": "sc_ppm"}}, "holds Sc, which is no oxide"),
        ({"nd2o3_ppm": {"oxide_of": "sc_ppm"}}, "Sc and Nd2O3 have no element in common"),
        ({"xyz_ppm": {"oxide_of": "sc_ppm"}}, "xyz_ppm names no oxide; say which, such as 'Sc2O3'"),
        ({"sc2o3_pct": {"oxide_of": "sc_ppm", "factor": "1.17"}}, "the atomic masses give 1.53382; which oxide"),
        ({"sc2o3_pct": {"oxide_of": "sc_ppm", "formula": "Sc2O"}}, "Sc2O is stated, but the name says Sc2O3"),
        ({"sc2o3_pct": {"oxide_of": "sc_pmm"}}, "no column 'sc_pmm'; did you mean 'sc_ppm'"),
        ({"sc2o3_pct": {"oxide_of": "hole"}}, "hole is no column of grades"),
        ({"sc2o3_ppm": {"oxide_of": "sc_ppm"}}, "already; give the derived one another name"),
    ],
)
def test_oxides_that_are_refused(said: Mapping[str, object], words: str) -> None:
    """An oxide of an oxide, another element, a factor of another oxide: each error names definition, key and remedy."""
    with pytest.raises(DefinitionError, match=words.replace("(", r"\(")):
        derived(said, ["hole", "sc_ppm", "sc2o3_ppm"])


# ---------------------------------------------------------------------------------------------- units


@pytest.mark.parametrize(
    ("unit", "other", "ratio"),
    [
        ("%", "ppm", Fraction(10000)),
        ("%", "g/t", Fraction(10000)),
        ("ppm", "g/t", Fraction(1)),
        ("ppb", "g/t", Fraction(1, 1000)),
        ("oz/ton", "g/t", Fraction(311034768, 10**7) / Fraction(90718474, 10**8)),
        ("lb/ton", "%", Fraction(1, 20)),
        ("kg/t", "%", Fraction(1, 10)),
    ],
)
def test_units_of_grades_are_exact(unit: str, other: str, ratio: Fraction) -> None:
    """1 % is 10,000 g/t, an ounce per short ton 34.285714 g/t, a pound per short ton 0.05 %; exactly."""
    assert grade_ratio(unit, other) == ratio
    assert grade_ratio(other, unit) == 1 / ratio


def test_conversion_of_a_column() -> None:
    """A column in another unit has the same label and exact numbers."""
    samples = pl.DataFrame({"au_ozpst": [1.0, 0.1], "cu_ppm": [4500.0, 123.0]})
    made = with_derived(samples, {"au_gpt": {"convert": "au_ozpst"}, "cu_pct": {"convert": "cu_ppm"}})
    assert made["au_gpt"].to_list() == pytest.approx([34.285714285714, 3.4285714285714])
    assert made["cu_pct"].to_list() == [0.45, 0.0123]
    assert [one.label for one in derived({"au_gpt": {"convert": "au_ozpst"}}, samples.columns)] == ["Au"]


def test_names_of_columns() -> None:
    """The name of a column says analyte, method and unit; what counts twice is known by the elements it holds."""
    assert (assay("au_fa50_gpt").analyte, assay("au_fa50_gpt").method) == ("Au", "fa50")
    assert assay("co_ppm").analyte == "Co" and assay("coo_pct").analyte == "CoO"
    assert held_by("TREO+Y") == frozenset(groups()["TREO+Y"].members)
    assert held_by("Li2CO3") == {"Li"} and held_by("BaSO4") == {"Ba"}


# ---------------------------------------------------------------------------------------------- groups, shares

RARE = groups()["TREO"].members
HUNDRED = pl.DataFrame({f"{element.lower()}_ppm": [100.0] for element in RARE})


def test_the_vector_of_the_rare_earths() -> None:
    """100 ppm of each of fifteen elements make TREO 1,754.65, magnet oxides 469.84 and NdPr 237.45 ppm."""
    said = {
        "treo_ppm": {"group": "TREO+Y"},
        "mreo_ppm": {"group": "MREO"},
        "ndpr_ppm": {"group": "NdPr"},
        "tree_ppm": {"group": "TREE"},
    }
    made = with_derived(HUNDRED, said)
    assert [f"{made[name][0]:.2f}" for name in said] == ["1754.65", "469.84", "237.45", "1500.00"]
    labels = {one.name: one.label for one in derived(said, HUNDRED.columns)}
    assert labels["treo_ppm"] == "TREO+Y"


def test_oxides_and_elements_make_one_group() -> None:
    """A group is the same from elements, from oxides, from both, in any unit; metals may be stated as metals."""
    forms = {"La": "La2O3", "Ce": "CeO2", "Pr": "Pr6O11", "Nd": "Nd2O3", "Sm": "Sm2O3"}
    elements = pl.DataFrame({f"{element.lower()}_ppm": [50.0] for element in forms})
    oxides = pl.DataFrame({f"{form.lower()}_pct": [50.0 * float(oxide_factor(form)) / 1e4] for form in forms.values()})
    mixed = pl.concat([elements.select("la_ppm", "ce_ppm"), oxides.drop("la2o3_pct", "ceo2_pct")], how="horizontal")
    said = {"lreo_pct": {"group": "LREO"}}
    first, second, third = (with_derived(table, said)["lreo_pct"][0] for table in (elements, oxides, mixed))
    assert first == pytest.approx(second, rel=1e-12) and first == pytest.approx(third, rel=1e-12)
    metal = {"ndpr_ppm": {"group": "NdPr", "stated_as": {"Nd": "Nd"}}}
    made = with_derived(elements, metal)["ndpr_ppm"][0]
    assert made == pytest.approx(50.0 + 50.0 * float(oxide_factor("Pr6O11")))
    both = elements.with_columns(nd2o3_ppm=pl.lit(999.0))
    assert with_derived(both, {"ndpr_ppm": {"group": "NdPr"}})["ndpr_ppm"][0] == pytest.approx(
        999.0 + 50.0 * float(oxide_factor("Pr6O11"))
    )


def test_a_group_is_never_silently_smaller() -> None:
    """Without a column the group is refused; a partial one names what is missing, row by row, and has no most."""
    table = HUNDRED.drop("y_ppm")
    with pytest.raises(DefinitionError, match='TREO without Y; add the columns, or say missing = "partial"'):
        with_derived(table, {"treo_ppm": {"group": "TREO"}})
    holes = pl.concat([table, table.with_columns(la_ppm=None, ce_ppm=None)], how="vertical_relaxed")
    made = with_derived(holes, {"treo_ppm": {"group": "TREO", "missing": "partial"}})
    assert made["treo_ppm_partial"].to_list() == ["Y", "La2O3, CeO2, Y"]
    assert made["treo_ppm_lower"].to_list() == made["treo_ppm"].to_list()
    assert made["treo_ppm_upper"].to_list() == [inf, inf]
    (one,) = derived({"treo_ppm": {"group": "TREO", "missing": "partial"}}, table.columns)
    assert one.missing == ("Y",) and "without Y" in one.said
    whole = with_derived(HUNDRED.with_columns(la_ppm=pl.lit(None, pl.Float64)), {"treo_ppm": {"group": "TREO"}})
    assert whole["treo_ppm"].to_list() == [None]
    assert "treo_ppm_partial" not in whole.columns


def test_groups_of_the_user() -> None:
    """Members and forms are data: platinum metals as elements, a company's own set, or one form said for one member."""
    table = pl.DataFrame({"pt_gpt": [1.0], "pd_gpt": [2.0], "au_gpt": [0.5], "nd_ppm": [100.0], "gd_ppm": [10.0]})
    made = with_derived(
        table,
        {
            "pge3_gpt": {"group": "3E", "members": ["Pt", "Pd", "Au"], "stated_as": "element", "label": "3E"},
            "own_ppm": {"group": "Own", "members": ["Nd", "Gd"]},
        },
    )
    assert made["pge3_gpt"].to_list() == [3.5]
    assert made["own_ppm"][0] == pytest.approx(100 * 1.16638 + 10 * 1.15261, rel=1e-4)
    for said, words in (
        ({"group": "TREEO"}, "no group 'TREEO'; did you mean"),
        ({"group": "3E", "members": ["Pt", "Pd"]}, "Pt as what"),
        ({"group": "3E", "members": ["Pt", "Xx"]}, "Xx is no element"),
        ({"group": "NdPr", "stated_as": {"Nd": "La2O3"}}, "Nd as La2O3"),
        ({"group": "NdPr", "missing": "skip"}, "'skip' is not known; write 'refuse' or 'partial'"),
        ({"group": "Own", "members": ["Nd", "Gd"], "of": ["au_gpt"]}, "au_gpt holds no single member"),
    ):
        with pytest.raises(DefinitionError, match=words):
            derived({"x_ppm": said}, table.columns)
    methods = [*table.columns, "nd_icp_ppm"]
    with pytest.raises(DefinitionError, match="nd_ppm and nd_icp_ppm hold one element; name in of"):
        derived({"own_ppm": {"group": "Own", "members": ["Nd", "Gd"]}}, methods)
    (one,) = derived({"own_ppm": {"group": "Own", "members": ["Nd", "Gd"], "of": ["nd_icp_ppm", "gd_ppm"]}}, methods)
    assert [term.column for term in one.terms] == ["nd_icp_ppm", "gd_ppm"]


def test_no_element_is_counted_twice() -> None:
    """TREO and Nd, an element and its oxide, two methods of one metal: none may stand in one sum or equivalent."""
    columns = [*HUNDRED.columns, "nd2o3_pct", "au_fa_gpt", "au_gra_gpt"]
    treo = {"treo_ppm": {"group": "TREO"}}
    for said, words in (
        ({"sum": ["treo_ppm", "nd2o3_pct"]}, "treo_ppm and nd2o3_pct both hold Nd"),
        ({"sum": ["nd_ppm", "nd2o3_pct"]}, "both hold Nd"),
        ({"sum": ["au_fa_gpt", "au_gra_gpt"]}, "both hold Au; count it once, or use first_of"),
    ):
        with pytest.raises(DefinitionError, match=words):
            derived(treo | {"x_ppm": said}, columns)


def test_magnet_grade_of_row_one() -> None:
    """S-MAG: 0.305 % TREO+Y of which 24.3 % are magnet oxides are 741 ppm [738, 744]."""
    whole, share = Figure.parse("0.305 %"), Figure.parse("24.3 %")
    found = part_of_group(whole.range(), share.range()).to("ppm")
    assert f"{part_of_group(3050.0, 0.243):.0f}" == "741"
    assert (f"{found.low:.0f}", f"{found.high:.0f}") == ("738", "744")


def residual_share(length: Range, whole: Range, share: Range, *parts: Range) -> Range:
    """Share of a part outside the includes, by metal: (L T m − Σ l t m) ÷ (L T − Σ l t)."""
    top, bottom = length * whole * share, length * whole
    for place in range(0, len(parts), 3):
        metal = parts[place] * parts[place + 1]
        top, bottom = top - metal * parts[place + 2], bottom - metal
    return share_of_group(top, bottom)


def test_residual_shares() -> None:
    """S-RES: outside the includes of CL20037 the magnet share is 24.40 [24.23, 24.58] and 23.82 [23.69, 23.95]."""

    def ranges(*rows: tuple[str, ...]) -> list[Range]:
        return [Figure.parse(row[place]).range() for row in rows for place in (0, 3, 4)]

    first = corners(residual_share, *ranges(CRATER[0], CRATER[1], CRATER[2]))
    second = corners(residual_share, *ranges(CRATER[5], CRATER[6]))
    assert (f"{first.low:.2f}", f"{first.high:.2f}") == ("24.23", "24.58")
    assert (f"{second.low:.2f}", f"{second.high:.2f}") == ("23.69", "23.95")
    middle = [Range.exact(Figure.parse(row[place]).value) for row in CRATER[:3] for place in (0, 3, 4)]
    assert f"{residual_share(*middle).low:.2f}" == "24.40"


MAGNET = {
    "treo_pct": {"group": "LREO"},
    "mreo_pct": {"group": "NdPr"},
    "magnet_pct": {"share": "mreo_pct", "of": "treo_pct", "label": "Magnet REO"},
}


@given(st.lists(st.tuples(*[st.floats(1, 5000)] * 5, st.floats(0.1, 3)), min_size=1, max_size=8))
def test_a_share_is_averaged_by_its_metal(rows: list[tuple[float, ...]]) -> None:
    """Mean of part by mean of whole is what adding up metal gives, however lengths and grades lie."""
    names = ["la_ppm", "ce_ppm", "pr_ppm", "nd_ppm", "sm_ppm", "length"]
    samples = with_derived(pl.DataFrame(rows, schema=names, orient="row"), MAGNET)
    assert "magnet_pct" not in samples.columns
    weight = pl.col("length")
    mean = samples.select((pl.col("treo_pct", "mreo_pct") * weight).sum() / weight.sum())
    found = after_averaging(mean, MAGNET)["magnet_pct"][0]
    metal = samples.select(100 * (pl.col("mreo_pct") * weight).sum() / (pl.col("treo_pct") * weight).sum()).item()
    assert found == pytest.approx(metal, rel=1e-9)
    before = after_averaging(samples, MAGNET)["magnet_pct"]
    assert before.min() - 1e-9 <= found <= before.max() + 1e-9  # type: ignore[operator]


def test_shares_that_are_refused() -> None:
    """A share of what does not hold it, a share that was not carried, a sum of a share: each is an error."""
    with pytest.raises(DefinitionError, match="holds Dy, Tb, which treo_pct does not"):
        derived(MAGNET | {"mreo_pct": {"group": "MREO"}}, HUNDRED.columns)
    with pytest.raises(DefinitionError, match="the intervals have no mreo_pct; carry it"):
        after_averaging(pl.DataFrame({"treo_pct": [1.0]}), MAGNET)
    with pytest.raises(DefinitionError, match="is known only after averaging"):
        derived(MAGNET | {"x_pct": {"sum": ["magnet_pct", "la_ppm"]}}, HUNDRED.columns)
    (one,) = quotients(MAGNET)
    assert one.said == "Magnet REO (%) = NdPr (%) ÷ LREO (%), each averaged first"
    assert derived(MAGNET, HUNDRED.columns)[-1].said == one.said
    assert after_averaging(pl.DataFrame({"treo_pct": [0.0], "mreo_pct": [0.0]}), MAGNET)["magnet_pct"].to_list() == [
        None
    ]


# ---------------------------------------------------------------------------------------------- combined grades

# Ruddock Creek: hole, Zn, Pb, Zn+Pb as printed.
RUDDOCK = """
EUG-10-033 10.75 2.08 12.83 | EUG-10-033 10.83 2.26 13.09 | EUG-11-038 16.75 3.82 20.57 | EUG-11-038 9.25 1.80 11.05
EUG-11-055 20.05 3.92 23.97 | EUG-11-057 12.48 2.00 14.48 | EUG-11-057 14.03 3.35 17.38 | EUG-11-058 15.20 3.31 18.50
EUG-11-059 16.13 3.34 19.47 | EUG-11-059 14.11 2.96 17.07 | EUG-11-061 13.00 2.47 15.47 | EUG-11-065 15.09 3.00 18.09
EUG-11-071 10.82 2.36 13.18 | EUG-11-071 13.72 3.51 17.23 | EUG-11-083 11.64 2.34 13.99 | EUG-11-083 14.43 2.27 16.70
EUG-11-089 11.87 2.17 14.04 | EUG-11-092 15.42 3.63 19.06 | EUG-11-099 14.45 3.12 17.57 | EUG-11-100 19.41 2.99 22.40
EUG-11-109 11.80 1.93 13.82
"""


def test_combined_grades_of_ruddock_creek() -> None:
    """D-SUM: Zn+Pb is exact in 17 rows, within rounding in 3, and cannot be right in EUG-11-109."""
    verdicts: dict[str, list[str]] = {"exact": [], "rounding": [], "off": []}
    for row in RUDDOCK.replace("\n", "|").strip("|").split("|"):
        hole, zinc, lead, printed = row.split()
        parts = [Figure.parse(f"{value} %") for value in (zinc, lead)]
        said = Figure.parse(f"{printed} %")
        if combined_grade([part.value for part in parts]) == said.value:
            verdicts["exact"].append(hole)
        elif combined_grade([part.range() for part in parts]).meets(said.range()):
            verdicts["rounding"].append(hole)
        else:
            verdicts["off"].append(hole)
    assert len(verdicts["exact"]) == 17
    assert verdicts["rounding"] == ["EUG-11-058", "EUG-11-083", "EUG-11-092"]
    assert verdicts["off"] == ["EUG-11-109"]


def test_a_sum_is_made_before_rounding() -> None:
    """Grades that print as 15.20 and 3.31 may print 18.50 together; the ratio of the two is one to the other."""
    samples = pl.DataFrame({"zn_pct": [15.196], "pb_ppm": [33070.0]})
    made = with_derived(samples, {"znpb_pct": {"sum": ["zn_pct", "pb_ppm"]}})
    assert f"{made['znpb_pct'][0]:.2f}" == "18.50"
    (one,) = derived({"znpb_pct": {"sum": ["zn_pct", "pb_ppm"]}}, samples.columns)
    assert (one.label, one.said) == ("Zn+Pb", "Zn+Pb (%) = Zn (%) + Pb (ppm) × 0.0001")


def test_the_ratio_of_zinc_to_lead() -> None:
    """Zn:Pb is the mean of one by the mean of the other, in one unit, and has no unit itself; limits bound it."""
    said = {"znpb_ratio": {"ratio": "zn_pct", "of": "pb_ppm"}}
    means = pl.DataFrame({"zn_pct": [14.43, 5.0], "pb_ppm": [22700.0, 100.0], "pb_ppm_below": [False, True]})
    made = after_averaging(means, said)
    assert made["znpb_ratio"].to_list() == pytest.approx([14.43 / 2.27, 500.0])
    assert made["znpb_ratio_lower"].to_list() == pytest.approx([14.43 / 2.27, 500.0])
    ranges = share_of_group(Figure.parse("14.43 %").range(), Figure.parse("2.27 %").range())
    assert float(ranges.low) <= made["znpb_ratio"][0] <= float(ranges.high)
    with pytest.raises(DefinitionError, match="a ratio has no unit; call it zn_pct_ratio"):
        definitions({"zn_pct": {"ratio": "zn_pct", "of": "pb_ppm"}})


# ---------------------------------------------------------------------------------------------- equivalents


def metal(column: str, price: object, unit: str, recovery: object = 100, **more: object) -> dict[str, object]:
    """A metal of an equivalent as book.toml says it."""
    return {
        "column": column,
        "price": price,
        "price_unit": unit,
        "recovery_pct": recovery,
        "recovery_basis": "assumed",
        **more,
    }


COPPER = [
    metal("cu_pct", 4.50, "USD/lb"),
    metal("au_gpt", 3375, "USD/oz"),
    metal("ag_gpt", 60, "USD/oz"),
    metal("mo_ppm", 25, "USD/lb"),
]
EQUAL = {"equivalent": "cu_pct", "prices_date": "2026-01-31", "metals": COPPER}
INTERVAL = pl.DataFrame({"cu_pct": [0.40], "au_gpt": [0.30], "ag_gpt": [2.0], "mo_ppm": [100.0]})


def exact(said: Mapping[str, object], primary: str) -> dict[str, float]:
    """The coefficients of a definition as numbers."""
    one = definitions({"eq_pct": said})["eq_pct"]
    return {column: float(value) for column, value in coefficients(metals(one), primary).items()}


def test_published_coefficients_are_checked() -> None:
    """EQ1: exact 1.09375, 0.0194444, 0.000555556; gold and silver do not round so; the cause is named."""
    found = exact(EQUAL, "cu_pct")
    assert found == pytest.approx(
        {"cu_pct": 1.0, "au_gpt": 1.09375, "ag_gpt": 0.019444444, "mo_ppm": 0.0005555556}, rel=1e-6
    )
    ratios = coefficients(metals(definitions({"eq_pct": EQUAL})["eq_pct"]), "cu_pct")
    assert (ratios["au_gpt"], ratios["ag_gpt"], ratios["mo_ppm"]) == (
        Fraction(35, 32),
        Fraction(7, 360),
        Fraction(1, 1800),
    )
    rows = compare(ratios, {"au_gpt": "1.10", "ag_gpt": "0.0196", "mo_ppm": "0.00056"})
    assert [row.fits for row in rows] == [False, False, True]
    assert [f"{row.excess:+.1%}" for row in rows] == ["+0.6%", "+0.8%", "+0.8%"]
    assert common_cause(rows).startswith("all are 0.54 to 1.0")
    with pytest.raises(ValueError, match="no metal 'pb_pct'"):
        compare(ratios, {"pb_pct": "1"})


def test_an_interval_by_both_formulas() -> None:
    """EQ1: the interval is 0.82257 % CuEq exactly and 0.82520 % with the published coefficients."""
    made = with_derived(INTERVAL, {"cueq_pct": EQUAL})
    assert f"{made['cueq_pct'][0]:.5f}" == "0.82257"
    published = equivalent_grade(0.40, [(0.30, 1.10), (2.0, 0.0196), (100.0, 0.00056)])
    assert f"{published:.5f}" == "0.82520"
    assert set(INTERVAL.columns) < set(made.columns)


def test_recoveries_enter() -> None:
    """EQ2: with recoveries of 88, 65, 55 and 60 % the coefficients are 0.8078835, 0.01215278 and 0.0003787879."""
    listed = [each | {"recovery_pct": share} for each, share in zip(COPPER, (88, 65, 55, 60), strict=True)]
    found = exact(EQUAL | {"metals": listed}, "cu_pct")
    assert found == pytest.approx(
        {"cu_pct": 1.0, "au_gpt": 0.8078835, "ag_gpt": 0.01215278, "mo_ppm": 0.0003787879}, rel=1e-6
    )


def test_silver_in_gold() -> None:
    """EQ3: AuEq at 2,000 and 25 USD/oz, recoveries 90 and 70 %, has 0.00972222 for silver, and prints its formula."""
    listed = [metal("au_gpt", 2000, "USD/oz", 90), metal("ag_gpt", 25, "USD/oz", 70)]
    said = {"equivalent": "au_gpt", "prices_date": "2026-01-31", "metals": listed}
    assert f"{exact(said, 'au_gpt')['ag_gpt']:.8f}" == "0.00972222"
    (one,) = derived({"aueq_gpt": said}, ["au_gpt", "ag_gpt"])
    assert one.label == "AuEq"
    assert one.said == (
        "AuEq (g/t) = Au (g/t) + 0.009722 × Ag (g/t). Prices of 2026-01-31: Au 2000 USD/oz, Ag 25 USD/oz;"
        " recoveries: Au 90 % (assumed), Ag 70 % (assumed)."
    )
    (three,) = derived({"aueq_gpt": said | {"digits": 2}}, ["au_gpt", "ag_gpt"])
    assert "0.0097 × Ag" in three.said
    payable = [listed[0], listed[1] | {"payable_pct": "50"}]
    assert exact(said | {"metals": payable}, "au_gpt")["ag_gpt"] == pytest.approx(0.00972222 / 2, rel=1e-6)


def test_units_of_prices_do_not_matter() -> None:
    """A price per pound or per tonne is one price; a result in ppm is ten thousand times that in percent."""
    pound = Fraction("4.5") / Fraction("0.45359237")
    by_tonne = [metal("cu_pct", str(float(pound * 1000)), "USD/t"), *COPPER[1:]]
    assert exact(EQUAL | {"metals": by_tonne}, "cu_pct") == pytest.approx(exact(EQUAL, "cu_pct"))
    ppm = with_derived(INTERVAL, {"cueq_ppm": EQUAL})["cueq_ppm"][0]
    assert ppm == pytest.approx(10000 * with_derived(INTERVAL, {"cueq_pct": EQUAL})["cueq_pct"][0])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"prices_date": None}, 'prices_date: missing; give text, such as "2026-10-01"'),
        ({"metals": []}, r"write \[\[derive.cueq_pct.metals\]\]"),
        ({"metals": COPPER[1:]}, "cu_pct, the primary metal, is not among them"),
        ({"metals": [*COPPER, COPPER[1]]}, "au_gpt stands twice"),
        ({"metals": [COPPER[0] | {"price": None}]}, "metals cu_pct.price: missing; give a number above nought"),
        ({"metals": [COPPER[0] | {"price": 0}]}, "metals cu_pct.price: 0 is not a number above nought"),
        ({"metals": [COPPER[0] | {"price_unit": "$/lb"}]}, r"'\$/lb' is not a currency by a mass"),
        ({"metals": [COPPER[0] | {"price_unit": "USD/m"}]}, "'USD/m' is not a currency by a mass"),
        ({"metals": [COPPER[0] | {"price_unit": None}]}, "price_unit: missing"),
        ({"metals": [COPPER[0] | {"recovery_pct": None}]}, "recovery_pct: missing"),
        ({"metals": [COPPER[0] | {"recovery_pct": 120}]}, "120 is more than all of it"),
        ({"metals": [COPPER[0] | {"recovery_basis": ""}]}, "recovery_basis"),
        ({"metals": [COPPER[0] | {"recovery": 0.9}]}, "unknown key; did you mean 'recovery_pct'"),
        ({"metals": [COPPER[0], metal("au_gpt", 1, "CAD/oz")]}, "different currencies"),
        ({"metals": [COPPER[0], metal("cu_ppm", 1, "USD/lb")]}, "both hold Cu"),
        ({"digits": 0}, "no number of digits"),
    ],
)
def test_equivalents_that_are_refused(change: Mapping[str, object], words: str) -> None:
    """Nothing that a coefficient needs may be missing, and no metal may stand twice."""
    said = {key: value for key, value in (EQUAL | change).items() if value is not None}
    with pytest.raises(DefinitionError, match="derive.cueq_pct: .*" + words):
        derived({"cueq_pct": said}, [*INTERVAL.columns, "cu_ppm"])


# ---------------------------------------------------------------------------------------------- priority

FIRST = {"au_gpt": {"first_of": ["au_gra_gpt", "au_fa50_gpt", "au_aa_ppb"]}}


def test_the_best_method_is_taken() -> None:
    """Gravimetric before fire assay; one over its limit yields to one within; both stay; the column taken is said."""
    samples = pl.DataFrame(
        {
            "au_gra_gpt": [12.5, None, None, 100.0, None],
            "au_gra_gpt_above": [None, None, None, True, None],
            "au_fa50_gpt": [10.0, 10.0, 0.005, 10.0, None],
            "au_fa50_gpt_above": [True, True, False, True, None],
            "au_fa50_gpt_below": [False, False, True, False, None],
            "au_fa50_gpt_token": [None, None, None, None, "NSS"],
            "au_aa_ppb": [None, 9500.0, 4.0, None, None],
        }
    )
    made = with_derived(samples, FIRST)
    assert made["au_gpt"].to_list() == [12.5, 9.5, 0.005, 100.0, None]
    assert made["au_gpt_chosen"].to_list() == ["au_gra_gpt", "au_aa_ppb", "au_fa50_gpt", "au_gra_gpt", None]
    assert made["au_gpt_above"].to_list() == [False, False, False, True, None]
    assert made["au_gpt_below"].to_list() == [False, False, True, False, None]
    assert made["au_gpt_lower"].to_list() == [12.5, 9.5, 0.0, 100.0, None]
    assert made["au_gpt_upper"].to_list() == [12.5, 9.5, 0.005, inf, None]
    assert made["au_gpt_token"].to_list() == [None, None, None, None, "NSS"]
    assert made.select(samples.columns).equals(samples)
    (one,) = derived(FIRST, samples.columns)
    assert one.said.startswith("Au (g/t): au_gra_gpt before au_fa50_gpt before au_aa_ppb; one over")
    with pytest.raises(DefinitionError, match="Ag, Au are not one analyte"):
        derived({"x_gpt": {"first_of": ["au_gpt", "ag_gpt"]}}, ["au_gpt", "ag_gpt"])


# ---------------------------------------------------------------------------------------------- detection limits

CENSORED = pl.DataFrame(
    {
        "zn_pct": [5.0, 0.02, 30.0, None, 0.04],
        "zn_pct_below": [False, True, False, None, True],
        "zn_pct_above": [False, False, True, None, False],
        "pb_pct": [0.01, 0.01, 1.0, 2.0, None],
        "pb_pct_below": [True, True, False, False, None],
        "pb_pct_token": [None, None, None, None, "IS"],
    }
)
ZNPB = {"znpb_pct": {"sum": ["zn_pct", "pb_pct"]}}


def test_limits_travel_through_a_sum() -> None:
    """A sum with a part below detection says so, with its least and most; a missing part leaves it missing."""
    made = with_derived(CENSORED, ZNPB)
    assert made["znpb_pct"].to_list() == pytest.approx([5.01, 0.03, 31.0, None, None])
    assert made["znpb_pct_below"].to_list() == [True, True, False, False, False]
    assert made["znpb_pct_above"].to_list() == [False, False, True, False, False]
    assert made["znpb_pct_lower"].to_list() == pytest.approx([5.0, 0.0, 31.0, None, None])
    assert made["znpb_pct_upper"].to_list() == pytest.approx([5.01, 0.03, inf, None, None])
    assert made["znpb_pct_token"].to_list() == [None, None, None, None, "IS"]


def test_companions_exist_only_where_needed() -> None:
    """A sum of plain numbers has no companions, and NaN is missing."""
    made = with_derived(pl.DataFrame({"zn_pct": [1.0, float("nan")], "pb_pct": [1, 2]}), ZNPB)
    assert made.columns == ["zn_pct", "pb_pct", "znpb_pct"]
    assert made["znpb_pct"].to_list() == [2.0, None]
    flagged = pl.DataFrame({"zn_pct": [1.0], "pb_pct": [1.0], "pb_pct_below": [False]})
    assert with_derived(flagged, ZNPB).columns == [*flagged.columns, "znpb_pct"]


@pytest.mark.parametrize("how", SHARES)
def test_views_and_sums_commute(how: str) -> None:
    """To see limits as a view and then to add up is to add up and then to see; stored values never change."""
    first = with_derived(view(CENSORED, ["zn_pct", "pb_pct"], how=how), ZNPB)  # type: ignore[arg-type]
    then = view(with_derived(CENSORED, ZNPB), ["znpb_pct"], how=how)  # type: ignore[arg-type]
    assert first["znpb_pct"].to_list() == pytest.approx(then["znpb_pct"].to_list())
    if how != "missing":
        assert first["znpb_pct_view"].to_list() == [how, how, None, None, None]
        assert first["znpb_pct_lower"].to_list() == pytest.approx(then["znpb_pct_lower"].to_list())
        assert first["znpb_pct_upper"].to_list() == pytest.approx(then["znpb_pct_upper"].to_list())
    assert CENSORED["zn_pct"].to_list() == [5.0, 0.02, 30.0, None, 0.04]
    assert set(SAID) == set(SHARES)


def test_the_five_views() -> None:
    """Half, nothing, all, by the square root of two, missing: each puts its number in the place of a limit."""
    seen = {how: view(CENSORED, ["zn_pct"], how=how)["zn_pct"][1] for how in SHARES}  # type: ignore[arg-type]
    assert seen["missing"] is None
    assert [seen[how] for how in ("half", "zero", "full", "sqrt2")] == pytest.approx([0.01, 0.0, 0.02, 0.0141421356])
    above = view(CENSORED, ["zn_pct"], how="half")
    assert above["zn_pct"][2] == 30.0 and above["zn_pct_upper"][2] == inf
    with pytest.raises(ValueError, match="zn_pct is a view already"):
        view(above, ["zn_pct"], how="zero")
    with pytest.raises(ValueError, match="no column 'zn_ptc'; did you mean 'zn_pct'"):
        view(CENSORED, ["zn_ptc"], how="zero")
    plain = pl.DataFrame({"zn_pct": [1.0]})
    assert view(plain, ["zn_pct"], how="half").equals(plain) and with_bounds(plain, ["zn_pct"]).equals(plain)


@given(st.lists(st.tuples(st.floats(0.001, 10), st.booleans(), st.floats(0.1, 3)), min_size=1, max_size=9))
def test_every_view_of_a_mean_lies_in_its_bounds(rows: list[tuple[float, bool, float]]) -> None:
    """The mean of any view lies between the mean with limits at nothing and the mean with limits in full."""
    samples = pl.DataFrame(rows, schema=["au_gpt", "au_gpt_below", "length"], orient="row")
    bounded = with_bounds(samples, ["au_gpt"])

    def mean(table: pl.DataFrame, column: str) -> float:
        return float(table.select((pl.col(column) * pl.col("length")).sum() / pl.col("length").sum()).item())

    low, high = mean(bounded, "au_gpt_lower"), mean(bounded, "au_gpt_upper")
    for how in ("half", "zero", "full", "sqrt2"):
        assert low - 1e-9 <= mean(view(samples, ["au_gpt"], how=how), "au_gpt") <= high + 1e-9  # type: ignore[arg-type]
    assert doubtful(low, high, high) >= 0


def test_a_share_keeps_its_bounds() -> None:
    """What is open in the part is open in the whole, too, and is counted once: a share is never more than all."""
    means = pl.DataFrame(
        {
            "treo_pct": [1.0],
            "treo_pct_lower": [0.9],
            "treo_pct_upper": [1.0],
            "mreo_pct": [0.3],
            "mreo_pct_lower": [0.2],
            "mreo_pct_upper": [0.3],
        }
    )
    found = after_averaging(means, MAGNET).row(0, named=True)
    assert found["magnet_pct"] == pytest.approx(30.0)
    assert found["magnet_pct_lower"] == pytest.approx(100 * 0.2 / 0.9)
    assert found["magnet_pct_upper"] == pytest.approx(100 * 0.3 / 1.0)


# ---------------------------------------------------------------------------------------------- definitions


def test_definitions_build_on_one_another() -> None:
    """Definitions may stand in any order; each is made when its parts are, and circles are refused."""
    said = {
        "all_pct": {"sum": ["znpb_pct", "cu_pct"]},
        "cu_pct": {"convert": "cu_ppm"},
        "znpb_pct": {"sum": ["zn_pct", "pb_pct"]},
    }
    table = pl.DataFrame({"zn_pct": [1.0], "pb_pct": [2.0], "cu_ppm": [5000.0]})
    assert with_derived(table, said)["all_pct"].to_list() == [3.5]
    assert [one.name for one in derived(said, table.columns)][-1] == "all_pct"
    assert derived(said, table.columns)[-1].label == "Zn+Pb+Cu"
    with pytest.raises(DefinitionError, match="a_pct, b_pct are made from one another"):
        derived({"a_pct": {"sum": ["b_pct", "zn_pct"]}, "b_pct": {"sum": ["a_pct", "pb_pct"]}}, table.columns)


@pytest.mark.parametrize(
    ("name", "said", "words"),
    [
        ("x", {"sum": ["a_pct", "b_pct"]}, "derive.x: the name ends in no unit of grade; call it x_pct or x_ppm"),
        ("X_pct", {"sum": ["a_pct", "b_pct"]}, "derive.X_pct: names are in small letters; call it x_pct"),
        ("x_pct", {"som": ["a_pct"]}, "derive.x_pct: som: unknown key; did you mean 'sum'?"),
        ("x_pct", {"sum": ["a_pct", "b_pct"], "lable": "X"}, "derive.x_pct: lable: unknown key; did you mean 'label'?"),
        ("x_pct", {"sum": ["a_pct", "b_pct"], "convert": "c_pct"}, "sum and convert in one definition; keep one"),
        ("x_pct", {"label": "X"}, "nothing to do; there are oxide_of, element_of"),
        ("x_pct", "zn+pb", "not a table"),
        ("x_pct", {"sum": ["a_pct"]}, "one column alone"),
        ("x_pct", {"sum": ["a_pct", "a_pct"]}, "a_pct stands twice"),
        ("x_pct", {"sum": "a_pct"}, r"'a_pct' is not a list of names"),
        ("x_pct", {"sum": ["x_pct", "a_pct"]}, "x_pct is made from itself"),
        ("x_pct", {"convert": 5}, "5 is not text"),
        ("x_pct", {"share": "a_pct"}, "of: missing; give text"),
        ("x_pct", {"sum": ["a_pct", "b_pct"], "label": 7}, "label: 7 is not text"),
    ],
)
def test_definitions_that_are_refused(name: str, said: object, words: str) -> None:
    """Each error says which definition, which key, and what to write instead."""
    with pytest.raises(DefinitionError, match=words.replace("+", r"\+")):
        definitions({name: said})


def test_every_kind_has_a_test_and_a_line() -> None:
    """Every kind of definition says in one line what it is; nothing in a definition is lost from it."""
    said: dict[str, object] = {
        "sc2o3_ppm": {"oxide_of": "sc_ppm", "factor": "1.5338", "label": "Scandia"},
        "li_ppm": {"element_of": "li2o_pct"},
        "cu_pct": {"convert": "cu_ppm"},
        "znpb_pct": {"sum": ["zn_pct", "pb_pct"]},
        "ndpr_ppm": {"group": "NdPr", "of": ["nd_ppm", "pr2o3_ppm"]},
        "nd_share_pct": {"share": "nd_ppm", "of": "ndpr_ppm"},
        "znpb_ratio": {"ratio": "zn_pct", "of": "pb_ppm"},
        "cueq_pct": EQUAL,
        "au_best_gpt": {"first_of": ["au_gpt", "au_gra_gpt"]},
    }
    columns = "sc_ppm li2o_pct cu_ppm zn_pct pb_pct pb_ppm nd_ppm pr2o3_ppm au_gpt au_gra_gpt ag_gpt mo_ppm".split()
    made = {one.name: one for one in derived(said, columns)}
    assert {one.kind for one in made.values()} == set(KEYS)
    assert made["sc2o3_ppm"].said == "Scandia (ppm) = Sc (ppm) × 1.5338"
    assert made["li_ppm"].said.startswith("Li (ppm) = Li₂O (%) × 4645.")
    assert made["ndpr_ppm"].said == ("NdPr (ppm) = Nd₂O₃ + Pr₆O₁₁: Nd (ppm) × 1.16638 + Pr₂O₃ (ppm) × 1.03234")
    assert made["znpb_ratio"].said == "Zn:Pb = Zn (%) ÷ Pb (ppm), each averaged first"
    assert "1.09" in made["cueq_pct"].said
    rows = pl.DataFrame({name: [1.0, None] for name in columns}, schema=dict.fromkeys(columns, pl.Float64))
    assert with_derived(rows, said).height == 2
    assert with_derived(rows.clear(), said).height == 0


def test_formulas_hold_for_ranges() -> None:
    """What fills a column is the formula that ranges are checked with."""
    ranged = to_oxide(Range("164.5", "165.5", "ppm"), Range.exact("1.5338"))
    value = with_derived(pl.DataFrame({"sc_ppm": [165]}), SC)["sc2o3_ppm"][0]
    assert float(ranged.low) <= value <= float(ranged.high)
