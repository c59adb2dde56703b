"""Build the manual as a site: pages of plain HTML that need no server and nothing from outside.

    python docs/site.py             builds into build/site
    python docs/site.py FOLDER      builds into that folder

The words are those of the Markdown files, generated parts included; the gallery is drawn from the example books.
"""

import json
import os
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from gallery import drawn
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from orebook import __version__
from orebook.checks import catalogue
from orebook.faces.manual import verbs

ROOT = Path(__file__).parents[1]
SITE = ROOT / "docs" / "site"
STATIC = ROOT / "src" / "orebook" / "faces" / "web" / "static"
GALLERY = "docs/gallery.html"

_COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
_MOST_WORDS = 6_000
"""So many characters of a page can be found."""

GROUPS = {
    "Begin": ("README.md", "docs/tutorial.md", "docs/book.md", "docs/notebooks.md", "docs/serve.md", "docs/mcp.md"),
    "Verbs": tuple(f"docs/{verb}.md" for verb in verbs()),
    "The trade": ("docs/production.md", "docs/finance.md", "docs/sales.md", "docs/tenure.md", "docs/quarter.md"),
    "Reference": ("docs/rules.md", "docs/tables.md", "docs/measures.md", "docs/results.md", "docs/records.md"),
    "The house": ("CONTRIBUTING.md", "CONVENTIONS.md", "GLOSSARY.md", "DECISIONS.md", "CHANGELOG.md"),
}
"""What stands together in the navigation; pages that stand nowhere are reference."""


@dataclass
class Page:
    """A page of the site: its source and its place in the tree, its words as HTML, and what can be found of it."""

    source: str
    title: str = ""
    body: str = ""
    text: str = ""
    heads: list[tuple[str, str]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)

    @property
    def place(self) -> str:
        """Where it lies in the site."""
        return placed(self.source)


def placed(source: str) -> str:
    """Where the page of a source lies: README.md is the first page of its folder."""
    path = Path(source)
    return (path.with_name("index.html") if path.name == "README.md" else path.with_suffix(".html")).as_posix()


def sources() -> list[str]:
    """Every source of a page."""
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("README.md")]
    return sorted(path.relative_to(ROOT).as_posix() for path in found)


def written(source: str, known: Sequence[str], taken: set[str]) -> Page:
    """A page of a Markdown file; ``taken`` are the other files that it leads to."""
    parser = MarkdownIt("commonmark").enable("table")
    words = _COMMENT.sub("", (ROOT / source).read_text(encoding="utf-8"))
    tokens = parser.parse(words)
    page = Page(source)
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            _head(page, token, _plain(tokens[number + 1]))
        for child in token.children or ():
            _lead(page, child, known, taken)
    page.title = page.title or source
    page.body = _wide(parser.renderer.render(tokens, parser.options, {}))
    page.text = " ".join(" ".join(_plain(token) for token in tokens if token.type in ("inline", "fence")).split())
    return page


def _head(page: Page, token: Token, words: str) -> None:
    """Give a heading its name, as forges do."""
    name = re.sub(r"[^\w\- ]", "", words.lower()).strip().replace(" ", "-") or "part"
    unique, number = name, 0
    while unique in page.ids:
        number += 1
        unique = f"{name}-{number}"
    page.ids.add(unique)
    token.attrSet("id", unique)
    if token.tag == "h1":
        page.title = page.title or words
    elif token.tag == "h2":
        page.heads.append((unique, words))


def _plain(token: Token) -> str:
    if token.children is None:
        return token.content
    return "".join(child.content for child in token.children if child.type in ("text", "code_inline"))


def _lead(page: Page, token: Token, known: Sequence[str], taken: set[str]) -> None:
    """Let a link lead to the page of its file, or to the file itself."""
    name = {"link_open": "href", "image": "src"}.get(token.type)
    target = str(token.attrGet(name) or "") if name else ""
    parts = urlsplit(target)
    if not name or parts.scheme or not parts.path:
        return
    source = os.path.normpath((Path(page.source).parent / unquote(parts.path)).as_posix())
    if (ROOT / source).is_dir() and f"{source}/README.md" in known:
        source = f"{source}/README.md"
    if source in known:
        lies = placed(source)
    elif (ROOT / source).is_file():
        lies = source
        taken.add(source)
    else:
        token.attrs.pop(name)  # a folder of the project that is no page
        return
    link = os.path.relpath(lies, Path(page.place).parent.as_posix() or ".").replace(os.sep, "/")
    token.attrSet(name, f"{link}#{parts.fragment}" if parts.fragment else link)


def _wide(body: str) -> str:
    """Tables that are wider than the page, and long lines, are moved through by keys as well."""
    body = body.replace("<table>", '<div class="wide" tabindex="0" role="region" aria-label="Table"><table>')
    return body.replace("</table>", "</table></div>").replace("<pre>", '<pre tabindex="0">')


def gallery(folder: Path) -> Page:
    """The page of the gallery, its pictures drawn into the site."""
    page = Page("docs/gallery.md", "Gallery")
    parts = [
        '<h1 id="gallery">Gallery</h1>',
        "<p>Every picture was drawn by the code from an example book, by the command below it.</p>",
    ]
    for picture in drawn(folder / "docs" / "gallery"):
        command = f"<code>orebook {escape(picture.command)}</code>"
        if picture.file.endswith(".svg"):
            shown = f'<img src="gallery/{picture.file}" alt="{escape(picture.words)}" loading="lazy">'
            parts.append(f"<figure>{shown}<figcaption>{escape(picture.words)} {command}</figcaption></figure>")
        else:
            parts.append(f'<p><a href="gallery/{picture.file}">{escape(picture.words)}</a> {command}</p>')
        page.text += f"{picture.words} {picture.command} "
    page.body = "\n".join(parts)
    return page


def build(folder: Path, *, pictures: bool = True) -> list[Page]:
    """Build the whole site anew."""
    known, taken = sources(), set[str]()
    pages = [written(source, known, taken) for source in known]
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "site").mkdir(parents=True)
    if pictures:
        pages.append(gallery(folder))
    template = Environment(loader=FileSystemLoader(SITE), autoescape=True, undefined=StrictUndefined).get_template(
        "page.html"
    )
    for page in pages:
        file = folder / page.place
        file.parent.mkdir(parents=True, exist_ok=True)
        up = "../" * (len(Path(page.place).parts) - 1)
        said = {"title": page.title, "up": up, "body": Markup(page.body), "heads": page.heads, "version": __version__}
        file.write_text(template.render(said, groups=list(_groups(page, pages))), encoding="utf-8")
    for source in sorted(taken):
        (folder / source).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / source, folder / source)
    _assets(folder / "site", pages)
    return pages


def _groups(here: Page, pages: Sequence[Page]) -> Iterator[tuple[str, list[dict[str, object]]]]:
    """Yield the groups of the navigation as they are seen from a page. Rules have a page that lists them."""
    by = {page.source: page for page in pages}
    named = {source for group in GROUPS.values() for source in group}
    seen: set[str] = set()
    for name, group in GROUPS.items():
        listed = [source for source in group if source in by and source not in seen]
        seen |= set(listed)
        if name == "Begin" and "docs/gallery.md" in by:
            listed.append("docs/gallery.md")
        if name == "Reference":
            listed += sorted(
                source
                for source in by
                if source not in named and not source.startswith("docs/rules/") and source != "docs/gallery.md"
            )
        yield name, [_entry(by[source], here) for source in listed]


def _entry(page: Page, here: Page) -> dict[str, object]:
    link = os.path.relpath(page.place, Path(here.place).parent.as_posix() or ".").replace(os.sep, "/")
    title = "Overview" if page.source == "README.md" else page.title
    inside = here.source.startswith("docs/rules/") and page.source == "docs/rules.md"
    return {"title": title, "link": link, "here": page is here or inside}


def _assets(folder: Path, pages: Sequence[Page]) -> None:
    """Write the style, the scripts and what can be found."""
    look = (STATIC / "orebook.css").read_text(encoding="utf-8")
    more = (SITE / "more.css").read_text(encoding="utf-8")
    (folder / "site.css").write_text(look + more, encoding="utf-8")
    shutil.copyfile(SITE / "search.js", folder / "search.js")
    shutil.copyfile(STATIC / "mark.svg", folder / "mark.svg")
    found = [
        {"title": page.title, "link": page.place, "heads": " ".join(words for _, words in page.heads)}
        | {"text": page.text[:_MOST_WORDS]}
        for page in pages
    ]
    index = json.dumps(found, ensure_ascii=False).replace("<", "\\u003c")
    (folder / "index.js").write_text(f"window.OREBOOK_PAGES = {index};\n", encoding="utf-8")


if __name__ == "__main__":
    where = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "site"
    print(f"{len(build(where)):,} pages, {len(catalogue()):,} of them rules: {where / 'index.html'}")
