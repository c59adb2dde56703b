"""What of others lies in the pages is what it was when it was looked at."""

from hashlib import sha256

from orebook.faces.web.application import STATIC

VENDOR = STATIC / "vendor"


def test_every_script_of_others_has_its_sum_and_its_licence() -> None:
    """Each file is the one of SHA256SUMS, none is missing there, and the licence lies beside it."""
    sums = dict(reversed(line.split()) for line in (VENDOR / "SHA256SUMS").read_text().splitlines())
    files = {file.name: sha256(file.read_bytes()).hexdigest() for file in VENDOR.glob("*.js")}
    assert files == sums
    for name in files:
        assert (VENDOR / f"{name.partition('.')[0]}.LICENSE").is_file(), name


def test_no_page_names_an_address_outside() -> None:
    """Our own templates, styles and scripts load nothing from elsewhere."""
    own = [*STATIC.glob("*.*"), *(STATIC.parent / "templates").glob("*.html")]
    for file in own:
        words = file.read_text(encoding="utf-8").replace("http://www.w3.org/", "")
        assert "http://" not in words and "https://" not in words, file.name
