"""What prose says beside drilling, production, money and resources: each sentence is invented, each test one form."""

from itertools import pairwise
from pathlib import Path

import pytest

import orebook.ground
from orebook.ground.fact import Fact
from orebook.reading.read import read_text
from orebook.reading.readers.cues import table

HEAD = (
    "# Norwood Expands the Kestrel Mine\n\nElkton, BC - May 4, 2026 - Norwood Metals Corp. (TSXV: NRW) reports on the"
    " Kestrel mine and the Blue Fox property.\n\n"
)


def facts(text: str, *measures: str) -> list[Fact]:
    """The facts of a release whose body is this text, of some measures (all that begin with the words)."""
    return [fact for fact in read_text("note.md", HEAD + text).facts if fact.measure.startswith(measures)]


def said(text: str, *measures: str, about: str = "") -> list[tuple[str, str]]:
    """Figures, and one thing that each is about."""
    return [(str(fact.figure), fact.about.get(about, "")) for fact in facts(text, *measures)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Heron zone extends 620 metres in an east-west direction.", [("620 m", "east-west")]),
        ("The Heron zone has a strike length of 1.2 kilometres.", [("1.2 km", "strike")]),
        ("Drilling traced the Heron zone for 300 m down plunge.", [("300 m", "down plunge")]),
        ("The Heron zone is open at depth below 250 m down-dip.", [("250 m", "down-dip")]),
        ("The horizon dips steadily at 32.5° northwest.", [("32.5 degree", "northwest")]),
        ("The zone was up to 85 m in true thickness.", [("up to 85 m", "")]),
        ("The package had a true width of 85 m.", [("85 m", "")]),
        ("The two lenses are 65 m and 40 m in true thickness.", [("65 m", ""), ("40 m", "")]),
        ("A 350m long by 100m wide magnetic feature remains.", [("350 m", ""), ("100 m", "")]),
    ],
)
def test_geometry(text: str, expected: list[tuple[str, str]]) -> None:
    """Extents carry their direction; thickness, dip, depth and length are told apart by the words beside them."""
    assert said(text, "geometry.", about="direction") == expected


def test_a_length_beside_a_grade_is_not_geometry() -> None:
    """What stands with a grade is an interval, whatever words are near."""
    assert not facts("Hole NX-07 cut 12.0 m grading 1.50 g/t gold over a true width of 9 m.", "geometry.")


def test_this_zone_is_the_one_named_before() -> None:
    """ "This zone" is the last zone that was named."""
    text = "The Heron zone was found in 1988. Located near the river, this zone has a strike length of 900 m."
    assert said(text, "geometry.", about="zone") == [("900 m", "Heron")]


@pytest.mark.parametrize(
    ("text", "figure", "bearing", "place"),
    [
        ("The Kestrel mine is 42 kilometres southwest of Elkton, Utah.", "42 km", "southwest", "Elkton, Utah"),
        ("Boulders lie 300 m northeast of the Kite Target.", "300 m", "northeast", "the Kite Target"),
        ("A gap is about a kilometre west of the rim of the pit.", "~1 km", "west", "the rim of the pit"),
        ("It tested a target 280 east of the Kite Zone.", "280", "east", "the Kite Zone"),
        ("The line ends at Fen Lake, which is within 120 kilometres of the property.", "<120 km", "", "Fen Lake"),
    ],
)  # fmt: skip
def test_distances(text: str, figure: str, bearing: str, place: str) -> None:
    """A distance has its bearing and the place that it is from; without a printed unit it has none."""
    (fact,) = facts(text, "places.")
    assert (str(fact.figure), fact.about.get("bearing", ""), fact.about["place"]) == (figure, bearing, place)


def test_the_place_is_not_the_subject() -> None:
    """A mine that a property is measured from is not what the distance is about."""
    (fact,) = facts("The Blue Fox property lies 41 km south of the Osprey mine.", "places.")
    assert fact.about["property"] == "Blue Fox"


def test_line_on_the_ground() -> None:
    """The length of a line is no distance from a place."""
    assert said("A 210 kilometre line from Fen Lake to Elkton is built.", "places.length", about="what") == [
        ("210 km", "line")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norwood owns 60% of the Kestrel mine.", [("60 %", "Norwood Metals Corp.")]),
        ("Its Danish partners, who hold 40% of Kestrel Mines Ltd., agreed.", [("40 %", "Its Danish partners")]),
        ("The Company's 100%-owned Blue Fox property is large.", [("100 %", "Norwood Metals Corp.")]),
        ("Held by Ashby 50%, Tarn 30% and Wick 20%.", [("50 %", "Ashby"), ("30 %", "Tarn"), ("20 %", "Wick")]),
        ("Norwood works through its wholly owned subsidiary Fen Metals Corp.", [("100 %", "Norwood Metals Corp.")]),
        ("Fen Metals Corp., a wholly owned subsidiary of Ashby Limited, agreed.", [("100 %", "Ashby Limited")]),
        ("Revenue rose by 60% in the year.", []),
    ],
)  # fmt: skip
def test_ownership(text: str, expected: list[tuple[str, str]]) -> None:
    """Shares have their holder; the short name of the issuer and "the Company" are the issuer."""
    assert said(text, "tenure.interest", about="holder") == expected


def test_earn_in_stages() -> None:
    """A sum, a date and a share make a stage; a share without a sum is what all stages come to."""
    text = (
        "Ashby Corporation has an option to earn a 60% interest in the Blue Fox property. It may spend $5 million by"
        " June 30, 2027 to earn a 40% interest, and a further $3 million by June 30, 2028 to earn an additional 20%"
        " interest."
    )
    assert said(text, "tenure.option", about="stage") == [
        ("60 %", "total"), ("5 $ million", "1"), ("2027-06-30", "1"), ("40 %", "1"),
        ("3 $ million", "2"), ("2028-06-30", "2"), ("20 %", "2"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Drilling commenced in late May 2025.", [("2025-05-late", "done")]),
        ("Clearing began in July and was completed in August 2025.", [("2025-07", "done"), ("2025-08", "done")]),
        ("A report will be completed in early 2027.", [("2027-early", "planned")]),
        ("Results are expected by year end.", [("2026-12-31", "planned")]),
        ("Construction is to commence next year.", [("2027", "planned")]),
        ("In the fourth quarter a new road will be commissioned.", [("2026-Q4", "planned")]),
        ("Site work is expected to begin this winter.", [("2026-12/2027-03", "planned")]),
        ("Stripping commenced during the fourth quarter.", [("2025-Q4", "done")]),
        ("The 2025 drilling program was a success.", []),
        ("Delays were due to the flood in 2024.", []),
    ],
)  # fmt: skip
def test_milestones(text: str, expected: list[tuple[str, str]]) -> None:
    """Events have the precision of their dates; what is done lies before the release, what is planned after it."""
    assert said(text, "milestones.date", about="status") == expected


def test_counts_and_durations() -> None:
    """Pads poured and weeks of a programme."""
    text = "Three concrete pads were poured in March. This 5-week program ended well."
    assert said(text, "milestones.count", "programmes.duration") == [("3 pad", ""), ("5 week", "")]


@pytest.mark.parametrize(
    ("text", "name", "role", "credentials"),
    [
        ("Ruth Calder, P.Geo., is the designated Qualified Person.", "Ruth Calder", "qualified person", "P.Geo."),
        ("The report was prepared by Ian R. Moss P. Eng.", "Ian R. Moss", "author", "P. Eng"),
        ('"We are pleased," said Tom Barlow, President & CEO.', "Tom Barlow", "quoted", ""),
    ],
)
def test_people(text: str, name: str, role: str, credentials: str) -> None:
    """A person has a role, and credentials where they are printed."""
    (fact,) = facts(text, "people.")
    assert (str(fact.figure), fact.about["role"]) == (name, role)
    assert fact.about.get("credentials", "").startswith(credentials)


def test_laboratory_and_method() -> None:
    """The laboratory by its whole name; a method by its word."""
    text = "Samples were analysed by fire assay at Northern Light Laboratories Ltd. in Elkton."
    assert [value for value, _ in said(text, "sampling.")] == ["fire assay", "Northern Light Laboratories Ltd."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("An application for an amendment to the mining permit was submitted.", [("submitted", "submitted")]),
        ("The permit amendment is anticipated to be approved in August 2026.", [("2026-08", "expected")]),
        ("Permits could be granted if all goes well.", []),
    ],
)
def test_permits(text: str, expected: list[tuple[str, str]]) -> None:
    """What became of a permit; what only might become of it is not said."""
    assert said(text, "tenure.permit", about="status") == expected


def test_samples_and_controls() -> None:
    """Core samples, grab samples and control samples are counted apart."""
    text = (
        "A total of 512 core samples and 9 grab samples, including 24 QA-QC samples, were sent. Blanks and standards"
        " were inserted."
    )
    measures = [(fact.measure.removeprefix("sampling."), str(fact.figure)) for fact in facts(text, "sampling.")]
    assert measures == [
        ("core_samples", "512 sample"), ("samples", "9 sample"), ("qaqc_samples", "24 sample"),
        ("control_types", "standards,blanks"),
    ]  # fmt: skip


def test_geophysics() -> None:
    """Spacing, length and date of a survey."""
    text = "A ground magnetic survey at 100-m line spacings, covering 85 line-km, was completed in June 2025."
    assert [value for value, _ in said(text, "geophysics.")] == ["100 m", "85 line-km", "2025-06"]


def test_conversions() -> None:
    """A factor from an element to its oxide, equal units, and the members of a group."""
    text = "1 ppm of Li metal equals 2.153 ppm Li2O; 1 g/t equals 1 ppm. TREO includes oxides of La, Ce, Pr and Nd."
    factor, equal, group = facts(text, "sampling.")
    assert (str(factor.figure), factor.about["from"], factor.about["analyte"]) == ("2.153", "Li", "Li2O")
    assert (str(equal.figure), equal.about["from"], equal.about["to"]) == ("1", "g/t", "ppm")
    assert (str(group.figure), group.about["analyte"]) == ("La,Ce,Pr,Nd", "TREO")


def test_market_scenario() -> None:
    """Use for each thing, number of things, and the demand that follows, with the ends of their ranges."""
    text = (
        "As much as 1.2 kg of neodymium could be required in new EVs. If 20 to 30 million EVs are produced by 2035,"
        " this means demand of 24,000 to 36,000 tonnes of Nd2O3. Norland controls over 40% of the global supply of"
        " rare earths."
    )
    assert said(text, "market.", about="bound") == [
        ("up to 1.2 kg/vehicle", ""), ("20 million vehicle", "low"), ("30 million vehicle", "high"),
        ("24,000 t", "low"), ("36,000 t", "high"), (">40 %", ""),
    ]  # fmt: skip
    assert [fact.about["analyte"] for fact in facts(text, "market.use", "market.demand")] == ["Nd", "Nd2O3", "Nd2O3"]


def test_workings() -> None:
    """An extension and the total that it leads to are of one working; other development is not."""
    text = (
        "The crew extended the North decline by 210 metres to a total length of 1,400 metres, and 90 metres of lateral"
        " development was completed. Past work had left the 1,190 metre North decline."
    )
    found = [(fact.measure, str(fact.figure), fact.about.get("state", "")) for fact in facts(text, "plan.")]
    assert found == [
        ("plan.extension", "210 m", ""), ("plan.working_length", "1,400 m", "total"), ("plan.development", "90 m", ""),
        ("plan.working_length", "1,190 m", "before"),
    ]  # fmt: skip
    assert {fact.about["working"] for fact in facts(text, "plan.working_length", "plan.extension")} == {"North decline"}


def test_levels_and_benches() -> None:
    """A level in feet has its unit, a bench without one has none."""
    assert said("A drift left the 2940 foot level. The pit reached the 1048 bench.", "plan.") == [
        ("2,940 ft", ""),
        ("1,048", ""),
    ]


def test_areas_claims_and_royalties() -> None:
    """Hectares, claims, and a royalty; the price of buying it back is none."""
    text = "The property covers 4,200 hectares in 18 mineral claims, subject to a 2% NSR. Half may be repurchased."
    assert [value for value, _ in said(text, "tenure.")] == ["4,200 ha", "18 claim", "2 %"]


def test_closures() -> None:
    """The years before and after an extension of the life of a mine."""
    text = "This will extend the mine life from the 2027 planned closure to 2034."
    assert said(text, "plan.closure", about="state") == [("2027", "before"), ("2034", "after")]


def test_references_and_captions() -> None:
    """Every figure and table that is named, each number of a run, and what stands above a table itself."""
    text = "See Figures 1 to 3 and Table 2 (news release dated March 3, 2025).\n\nTable 2 - Collars of the program\n"
    assert [value for value, _ in said(text, "document.reference")] == [
        "Figure 1",
        "Figure 2",
        "Figure 3",
        "Table 2",
        "2025-03-03",
    ]
    assert said(text, "document.caption", about="what") == [("Table 2", "Table 2")]


def test_table_1_of_the_code_is_no_reference() -> None:
    """ "JORC Code Table 1" is not a table of the document."""
    assert not facts("It is set out in JORC Code, 2012 Edition Table 1 below.", "document.reference")


def test_head_of_the_document() -> None:
    """Title, date, issuer and ticker, each where it is printed."""
    found = {fact.measure: str(fact.figure) for fact in facts("Nothing else.", "document.")}
    assert found["document.title"] == "Norwood Expands the Kestrel Mine"
    assert (found["document.issuer"], found["document.ticker"]) == ("Norwood Metals Corp.", "TSXV:NRW")
    assert found["document.date"] == "2026-05-04"


def test_every_fact_quotes_the_document() -> None:
    """The stretch that a fact points at is the stretch of the text that it quotes."""
    text = HEAD + "The **Heron zone** extends 620 metres in an east-west direction. Norwood owns 60% of the mine."
    for fact in read_text("note.md", text).facts:
        assert text[fact.source.start : fact.source.end] == fact.source.quote


def test_a_sentence_that_never_ends_is_left_alone() -> None:
    """A list of ten thousand lengths costs little and says nothing."""
    assert not facts("1 m, " * 10_000, "geometry.", "places.")


def test_facts_come_in_reading_order() -> None:
    """Whatever reader found them."""
    found = facts("Norwood owns 60% of the Kestrel mine, 42 km north of Elkton. The Heron zone dips at 40°.")
    assert all(one.source.start <= other.source.start for one, other in pairwise(found))


def test_every_measure_of_the_cues_is_in_the_vocabulary() -> None:
    """A row of a table of cues names a column of a table of the ground floor."""
    tables = Path(orebook.ground.__file__).parent / "tables"
    for name in ("geometry", "workings", "areas", "sampling", "geophysics", "market", "milestones", "phrases"):
        for cue in table(name):
            kind, _, column = cue.measure.partition(".")
            columns = (tables / f"{kind}.csv").read_text(encoding="utf-8").splitlines()
            assert any(line.startswith(f"{column},") for line in columns), cue.measure
