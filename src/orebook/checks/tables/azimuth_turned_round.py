"""Azimuths that point backwards."""

from collections.abc import Iterator

from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import angle, depth
from orebook.checks.table_stations import courses, turned_round
from orebook.checks.table_views import name_of


@table_rule("T209", on="surveys", basis="geometry of a hole")
def azimuth_turned_round(tables: Tables) -> Iterator[Faults]:
    """The azimuth turns round from one station to the next.

    What it does:
    Looks for neighbouring stations whose azimuths differ by 150 degrees or more (setting ``turned_round_deg``), where
    the hole is not nearly vertical. One remark for each stretch that points backwards.

    Why it matters:
    Azimuths measured looking up the hole, or from the other pole, differ by 180 degrees. The hole turns back on itself.

    Flagged:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        surveys
        hole,depth_m,azimuth_deg,dip_deg
        CL20037,0.0,235.0,-60.0
        CL20037,30.0,55.5,-60.5
        CL20037,60.0,236.0,-61.0

    Fine:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        surveys
        hole,depth_m,azimuth_deg,dip_deg
        CL20037,0.0,235.0,-89.0
        CL20037,30.0,55.5,-89.5
        CL20037,60.0,56.0,-89.0

    Help:
    Turn the azimuth by 180 degrees where the survey report agrees.
    """
    turned = courses(tables).filter(turned_round(tables))

    def say(row: Row) -> str:
        above = f"{angle(row['azimuth_above'])} at {depth(row['depth_above'], tables.length)}"
        here = f"{angle(row['azimuth'])} at {depth(row['depth'], tables.length)}"
        return f"azimuth of {row['hole']} is {above} and {here}: was one of them taken backwards?"

    yield Faults("warning", name_of(tables, turned), say, {"surveys": "lines"}, ("azimuth_deg", "dip_deg"))
