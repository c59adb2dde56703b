"""Files that are no tables, values that cannot be, options that mean nothing: said in words, and nothing is lost."""

from pathlib import Path
from random import Random

import pytest

from book_runs import ASSAYS, COLLARS, DECLARED, MINE, ask, blameless, content, every_verb, put, question

pytest_plugins = ("book_places",)

NOTHING = {
    "empty": (b"", "the file is empty"),
    "blank": (b"\n \n\n", "the file is empty"),
    "binary": (bytes(range(256)) * 40, "binary"),
    "one word": (b"word\n", "no table"),
    "commas": (b",,,\n,,,\n", "no table"),
    "json": (b'{"hole": 1}', "no table"),
    "a page": (b"<!doctype html><table><tr><td>1</td></tr></table>", "a web page"),
    "a pdf": (b"%PDF-1.7\n%\xe2\xe3", "a PDF file"),
    "parquet": (b"PAR1" + bytes(100), "a Parquet file"),
    "an invoice": (b"invoice,amount,vat\n1,2,3\n", "no table of a book has such heads: invoice, amount, vat"),
}


@pytest.mark.parametrize("name", NOTHING)
def test_a_file_that_is_no_table(name: str, fresh: Path, tmp_path: Path) -> None:
    """What, where, what instead; and the book is as before."""
    data, words = NOTHING[name]
    before = content(fresh)
    ask("add", put(tmp_path, "some.csv", data), "--book", fresh, *DECLARED).refused("some.csv", words)
    assert content(fresh) == before


def test_workbooks_that_cannot_be_opened(fresh: Path, tmp_path: Path) -> None:
    """A workbook cut in half, one of noise, one of which the sheet is not there."""
    pytest.importorskip("python_calamine")
    good = (MINE / "collars.xlsx").read_bytes()
    for data in (good[: len(good) // 2], b"PK\x03\x04" + Random(1).randbytes(3000)):
        ask("add", put(tmp_path, "book.xlsx", data), "--book", fresh, *DECLARED).refused("corrupt", "or give CSV")
    ask("add", MINE / "collars.xlsx", "--book", fresh, "--sheet", "Nope").refused("no sheet 'Nope'", "Collars")
    ask("add", tmp_path / "missing.csv", "--book", fresh).refused("no such file")
    ask("add", tmp_path, "--book", fresh).refused("is a directory")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings(encoding: str, fresh: Path, tmp_path: Path) -> None:
    """Every usual encoding gives the same rows."""
    text = "hole,from_m,to_m,rock\nÉ-1,0,1,Diorité\nÉ-1,1,2,Grès à grain\n"
    ask("add", put(tmp_path, "rock.csv", text.encode(encoding)), "--book", fresh, *DECLARED).well()
    assert question(fresh, "select hole, rock from lithology order by from_m") == [
        {"hole": "É-1", "rock": "Diorité"},
        {"hole": "É-1", "rock": "Grès à grain"},
    ]


def test_two_encodings_in_one_file(fresh: Path, tmp_path: Path) -> None:
    """Lines in UTF-8 and lines in Windows-1252 are each read as what they are, and that is said."""
    data = "hole,from_m,to_m,rock\nÉ-1,0,1,Diorité\n".encode() + "É-1,1,2,Grès\n".encode("cp1252")
    left = ask("add", put(tmp_path, "rock.csv", data), "--book", fresh, *DECLARED).well()
    assert "1 lines are UTF-8 and others are not" in left.out
    assert question(fresh, "select distinct hole from lithology") == [{"hole": "É-1"}]
    lost = ask("add", put(tmp_path, "lost.csv", "hole,from_m,to_m,rock\n漢,0,1,岩\n".encode("gbk")), "--book", fresh)
    assert "letters of another encoding could not be read" in blameless(lost).said or lost.status == 0


def test_absurd_values(fresh: Path, tmp_path: Path) -> None:
    """Numbers that cannot be are kept with a finding, or rejected with a reason; no verb breaks on them."""
    collars = "A-1,500000,6000000,100,90,-60,100\nA-2,1e308,-1e308,1e300,720,500,1e12\nA-3,nan,inf,,,,-5\n"
    surveys = "A-1,0,90,-60\nA-1,50,720,500\nA-1,1e9,90,-60\nA-2,0,-90,-91\nA-2,nan,0,0\nA-1,-5,0,0\n"
    assays = (
        "A-1,0,1,1e308\nA-1,1,2,NaN\nA-1,2,3,inf\nA-1,3,4,-inf\nA-1,-5,-4,1\nA-1,1e6,1e6,1\nA-1,1e308,1e309,1\n"
        "A-1,5,1000000,2\nA-2,0,1,1e400\nA-2,4,3,1\nA-2,1e-9,2e-9,1\n"
    )
    for name, head, text in (
        ("collars.csv", COLLARS, collars),
        ("surveys.csv", "hole,depth_m,azimuth_deg,dip_deg", surveys),
        ("assays.csv", ASSAYS, assays),
    ):
        file = put(tmp_path, name, f"{head}\n{text}")
        left = ask("add", file, "--book", fresh, *DECLARED, "--format", "json")
        (done,) = blameless(left).json["done"] or [{}]
        assert not done or done["rows"] == done["kept"] + done["rejected"]
    found = ask("validate", "--book", fresh, "--format", "json").json["findings"]
    assert {"T304", "T401", "T302"} <= {each["code"] for each in found}
    every_verb(fresh, tmp_path)
    ask("make", "intercepts", "--book", fresh).refused("which is no grade")
    ask("make", "composites", "--book", fresh).refused("which is no grade")
    blameless(ask("ask", "select *, 'inf'::double i, 'nan'::double n, 1e308::double h from assays", "--book", fresh))


@pytest.mark.parametrize("depth", ["1e6", "1e12"])
def test_a_hole_of_a_thousand_kilometres(depth: str, fresh: Path, tmp_path: Path) -> None:
    """Its path is drawn, or refused in words when it would have more points than anybody draws."""
    put(tmp_path, "c.csv", f"{COLLARS}\nA-1,500000,6000000,100,90,-60,{depth}\n")
    ask("add", tmp_path / "c.csv", "--book", fresh, *DECLARED).well()
    left = blameless(ask("make", "paths", "--book", fresh, "-o", tmp_path / "p.parquet"))
    assert left.status == (0 if depth == "1e6" else 2)
    if left.status:
        left.refused("look for a wrong depth or step")
        ask("make", "traces", "--book", fresh, "-o", tmp_path / "t.csv").refused("look for a wrong depth")


def test_many_rows(fresh: Path, tmp_path: Path) -> None:
    """200,000 rows become Parquet, every row of them, and results come out."""
    holes, samples = 200, 1000
    put(tmp_path, "c.csv", COLLARS + "".join(f"\nH{n},500000,6000000,{n},90,-60,1000" for n in range(holes)) + "\n")
    put(
        tmp_path,
        "a.csv",
        ASSAYS + "".join(f"\nH{n},{k},{k + 1},{(n * k) % 7 / 5}" for n in range(holes) for k in range(samples)) + "\n",
    )
    ask("add", tmp_path / "c.csv", tmp_path / "a.csv", "--book", fresh, *DECLARED).well()
    assert (fresh / "tables" / "assays.parquet").is_file()
    ask("make", "intercepts", "--book", fresh, "-o", tmp_path / "i.csv", "--quiet").well()
    (count,) = question(fresh, "select count(*) n, count(distinct hole) h from assays")
    assert count == {"n": holes * samples, "h": holes}
    put(tmp_path, "more.csv", f"{ASSAYS}\nH1,0,1,5\n")
    ask("add", tmp_path / "more.csv", "--book", fresh, *DECLARED, "--known", "replace").well()
    assert question(fresh, "select count(*) n from assays") == [{"n": holes * samples - samples + 1}]


@pytest.mark.parametrize(
    "said",
    [
        ("--declare", "length=yard"), ("--declare", "dip=up"), ("--declare", "len=m"), ("--declare", "length"),
        ("--declare", "="), ("--declare", "length="), ("--declare", "missing=a|b"), ("--declare", "negatives=x"),
        ("--declare", "crs=EPSG:99999999"), ("--declare", "crs=hello"), ("--declare", "coordinates=nonsense"),
        ("--declare", "decimal=x"), ("--column", "dip_deg="), ("--column", "=x"), ("--column", "nix=hole"),
        ("--column", "dip_deg=wish"), ("--column", "dip_deg=select"), ("--column", "dip_deg=origin_row"),
        ("--table", "wishes"), ("--table", "../x"), ("--unit", "xyz"), ("--header", "-1"), ("--header", "100000"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_options_that_mean_nothing(said: tuple[str, str], fresh: Path, tmp_path: Path) -> None:
    """An option that cannot be is refused in words, and nothing is written."""
    file = put(tmp_path, "c.csv", f"{COLLARS}\nA-1,500000,6000000,100,90,-60,100\n")
    before = content(fresh)
    ask("add", file, "--book", fresh, *said, *(DECLARED if said[0] != "--declare" else ())).refused()
    assert content(fresh) == before
