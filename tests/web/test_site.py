"""The manual as a site: every page is built, every link leads somewhere, and it is good to look at without a server."""

import importlib.util
import json
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from browsing import looking
from orebook.checks import catalogue
from orebook.faces.manual import verbs

pytest.importorskip("markdown_it")
ROOT = Path(__file__).parents[2]


class _Links(HTMLParser):
    """Keeps what a page leads to, and the names of its parts."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - its shape
        """A tag begins."""
        said = {name: value or "" for name, value in attrs}
        self.names |= {said["id"]} if "id" in said else set()
        self.targets += [said[name] for name in ("href", "src") if name in said]


def links(file: Path) -> _Links:
    """What a page leads to."""
    found = _Links()
    found.feed(file.read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole site, its gallery too."""
    folder = tmp_path_factory.mktemp("site") / "site"
    sys.path.insert(0, str(ROOT / "docs"))
    try:
        spec = importlib.util.spec_from_file_location("manual_site", ROOT / "docs" / "site.py")
        assert spec and spec.loader
        builder: Any = importlib.util.module_from_spec(spec)
        sys.modules["manual_site"] = builder
        spec.loader.exec_module(builder)
        builder.build(folder)
    finally:
        sys.path.remove(str(ROOT / "docs"))
    return folder


def test_everything_has_its_page(site: Path) -> None:
    """Each verb, each rule, the tables, the measures and the gallery are pages, and all can be found."""
    assert {file.stem for file in (site / "docs" / "rules").glob("*.html")} == set(catalogue())
    for name in (*verbs(), "rules", "tables", "measures", "gallery", "tutorial"):
        assert (site / "docs" / f"{name}.html").is_file(), name
    said = (site / "site" / "index.js").read_text(encoding="utf-8")
    index = json.loads(said.removeprefix("window.OREBOOK_PAGES = ").removesuffix(";\n"))
    assert {page["link"] for page in index} == {
        file.relative_to(site).as_posix() for file in site.rglob("*.html") if file.parent.name != "gallery"
    }
    assert "<" not in said
    pictures = list((site / "docs" / "gallery").iterdir())
    assert len(pictures) >= 8 and all(file.stat().st_size > 2000 for file in pictures)


def test_no_link_of_the_site_leads_nowhere(site: Path) -> None:
    """Every link is a file of the site, with the part that it names; nothing is loaded from outside."""
    pages = {file: links(file) for file in site.rglob("*.html") if file.parent.name != "gallery"}
    for file, found in pages.items():
        for target in found.targets:
            parts = urlsplit(target)
            if parts.scheme:
                assert parts.scheme in ("http", "https", "mailto"), (file.name, target)
                continue
            there = (file.parent / unquote(parts.path)).resolve() if parts.path else file
            assert there.is_file(), (file.relative_to(site).as_posix(), target)
            if parts.fragment and there in pages:
                assert unquote(parts.fragment) in pages[there].names, (file.name, target)


def test_the_site_is_good_to_look_at(site: Path, chrome: Any) -> None:
    """From a folder, without a server: no errors, nothing from outside, axe content on both grounds, search finds."""
    with looking(chrome, site.as_uri()) as look:
        for page in ("/index.html", "/docs/gallery.html"):
            look.open(page)
            assert not look.wrong, page
            for scheme in ("light", "dark"):
                look.page.emulate_media(color_scheme=scheme)
                look.shot(f"site-{page.rpartition('/')[2].removesuffix('.html')}-{scheme}")
                assert not look.violations(), (page, scheme)
            look.wrong.clear()  # axe itself asks for the style once more, which no page in a folder may
        look.page.fill("#search", "interval length")
        assert "F101" in look.page.inner_text("#found")
        assert not look.wrong
