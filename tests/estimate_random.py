"""Random statements of estimates whose numbers agree: metals, units, categories, totals and heads as chance has it."""

from random import Random

from estimate_forms import Key, Printed

NAMES = (
    "Abbots Brae Cairn Dene Elter Fell Gill Hause Ing Keld Linn Mell Nab Orrest Pike Rigg Scar Tarn Ullock Wray".split()
)
METALS = {
    "Au": ("Gold", "g/t", "koz", 0.4, 6), "Ag": ("Silver", "g/t", "Moz", 15, 250), "Cu": ("Copper", "%", "kt", 0.2, 3),
    "Zn": ("Zinc", "%", "Mlb", 1, 9), "Ni": ("Nickel", "%", "kt", 0.3, 2), "Pb": ("Lead", "%", "kt", 0.5, 4),
    "U3O8": ("U3O8", "ppm", "Mlb", 150, 900),
}  # fmt: skip
"""For each metal its word, the units of its grade and its metal, and how low and high its grade is."""
SETS = (["Au"], ["Au", "Ag"], ["Cu", "Au"], ["Zn", "Pb", "Ag"], ["Ni"], ["U3O8"], ["Cu"])
_SHARES = {"g/t": 1e-6, "%": 1e-2, "ppm": 1e-6}
_TONNES = {"koz": 31.1034768e-3, "Moz": 31.1034768, "kt": 1e3, "Mlb": 453.59237}
_PLACES = {"Moz": 1, "Mlb": 1, "koz": 0, "kt": 0}


class _Statement:
    """What chance chose for a statement."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.reserve = random.random() < 0.25
        below = ["Indicated", "Inferred"] if random.random() < 0.5 else ["Measured", "Indicated", "Inferred"]
        self.categories = ["Proved", "Probable"] if self.reserve else below
        self.metals = random.choice(SETS)
        self.contained = random.random() < 0.75
        self.unit = random.choice(["Mt", "kt"])
        self.style = random.randrange(3)

    def heads(self) -> list[str]:
        """The heads of tonnes, grades and metals in one of three styles."""
        heads = [self.unit if self.style == 2 else f"Tonnes ({self.unit})"]
        for role in ("", "Contained ") if self.contained else ("",):
            for metal in self.metals:
                word, grade, mass, *_ = METALS[metal]
                unit = mass if role else grade
                named = {0: f"{role}{word} ({unit})", 1: f"{metal} ({unit})", 2: f"{metal} {unit}"}
                heads.append(named[self.style])
        return heads

    def figures(self, tonnes: float, grades: dict[str, float]) -> tuple[list[str], Key]:
        """The cells of a row, and what should be read in them."""
        printed = f"{tonnes:,.2f}" if self.unit == "Mt" else f"{tonnes * 1000:,.0f}"
        cells = [printed]
        key: Key = {
            "kind": "reserve" if self.reserve else "resource", "grades": [], "metal": [],
            "tonnage": {"value": float(printed.replace(",", "")), "unit": self.unit},
        }  # fmt: skip
        for place in ("grades", "metal") if self.contained else ("grades",):
            for metal in self.metals:
                _, grade, mass, low, _ = METALS[metal]
                unit = grade if place == "grades" else mass
                places = _PLACES.get(unit, 0 if low > 10 else 2)
                amount = grades[metal]
                if place == "metal":
                    amount *= tonnes * 1e6 * _SHARES[grade] / _TONNES[mass]
                cells.append(f"{amount:,.{places}f}")
                value = float(cells[-1].replace(",", ""))
                key[place].append({"analyte": metal, "value": value, "unit": unit, "printed": cells[-1]})
        return cells, key

    def drawn(self) -> tuple[float, dict[str, float]]:
        """Tonnes and grades by chance."""
        grades = {metal: self.random.uniform(METALS[metal][3], METALS[metal][4]) for metal in self.metals}
        return self.random.uniform(0.8, 60), grades


def statement(seed: int) -> Printed:
    """A statement of estimates of one to three deposits."""
    random = Random(seed)
    one, name = _Statement(random), random.choice(NAMES)
    table = Printed(f"random-{seed}", f"{name} {random.choice(['Metals', 'Resources', 'Mining'])} Reports Estimates")
    table.caption = f"{name} {'Ore Reserves' if one.reserve else 'Mineral Resources'} as at 30 June 2023"
    deposits = random.sample(NAMES, random.randrange(2, 4))
    across, totals = random.random() < 0.25, random.random() < 0.4
    heads, label = one.heads(), random.choice(["Deposit", "Project", "Zone"])
    if across:
        spans = [word for category in one.categories for word in [category, *["<"] * (len(heads) - 1)]]
        table.heads = [[label, *spans], ["^", *heads * len(one.categories)]]
    else:
        table.heads = [[label, random.choice(["Category", "Classification", "Resource Category"]), *heads]]
    for deposit in deposits:
        row, parts = [deposit], []
        for category in one.categories:
            parts.append(one.drawn())
            cells, key = one.figures(*parts[-1])
            table.keys.append({**key, "deposit": deposit, "category": category})
            row += cells
            if not across:
                table.rows.append([deposit, category, *cells])
        if across:
            table.rows.append(row)
        elif totals:
            whole = sum(tonnes for tonnes, _ in parts)
            mean = {metal: sum(tonnes * grades[metal] for tonnes, grades in parts) / whole for metal in one.metals}
            cells, key = one.figures(whole, mean)
            table.rows.append([deposit, "Total", *cells])
            table.keys.append({**key, "deposit": deposit, "category": "Total"})
    return table
