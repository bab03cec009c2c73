"""Prepares Django's documentation for the publishing client, and reduces it to a sample when that is wanted.

    python prepare_django.py DOCS [PAGES]

The sample is the same every time: all pages with images, their ancestors in the tree of tables of contents, then pages in an order that has
nothing to do with their place (by a digest of their names), each with its ancestors, until there are PAGES. The sources of all others are
removed from DOCS, so that the client sees a smaller project and not a filter.
"""

import hashlib
import re
import sys
from pathlib import Path

ROOT = "contents"
# A text file that Django's conf.py takes for no page.
NO_PAGE = "requirements"
PICTURE = re.compile(r"^ *\.\. (?:image|figure)::", re.MULTILINE)
TOCTREE = re.compile(r"^(?P<indent> *)\.\. toctree::\n(?P<body>(?:(?P=indent) +\S.*\n|\s*\n)+)", re.MULTILINE)

SETTINGS = """
extensions.append("sphinxcontrib.confluencebuilder")
confluence_global_labels = ["django", "documentation"]
# The build shall come out alike on every machine, with or without a network.
intersphinx_mapping = {}
"""
# The client copies titles of admonitions into its XML as they are, and Confluence refuses what isn't XML.
UNESCAPED = ("ref/models/constraints", ".. admonition:: Oracle < 23c", ".. admonition:: Oracle before 23c")


def children(docs: Path, name: str) -> list[str]:
    """The pages that a page's tables of contents list, in their order."""
    text = source(docs, name).read_text(encoding="utf-8")
    entries = [line.strip() for toctree in TOCTREE.finditer(text) for line in toctree["body"].splitlines()]
    # `Title <name>` or `name`; options begin with a colon.
    targets = [re.sub(r"^.*<(.+)>$", r"\1", entry) for entry in entries if entry and not entry.startswith(":")]
    folder = (docs / name).parent
    paths = [docs / target[1:] if target.startswith("/") else folder / target for target in targets]
    names = [path.resolve().relative_to(docs).as_posix() for path in paths]
    return [child for child in names if source(docs, child).exists()]


def parents(docs: Path) -> dict[str, str]:
    """Each page's parent: the page nearest to the root whose table of contents lists it."""
    found: dict[str, str] = {}
    pending = [ROOT]
    while pending:
        parent = pending.pop(0)
        for child in children(docs, parent):
            if child != ROOT and child not in found:
                found[child] = parent
                pending.append(child)
    return found


def choose(docs: Path, count: int) -> set[str]:
    parent_of = parents(docs)
    pictured = [name for name in sorted(parent_of) if PICTURE.search(source(docs, name).read_text(encoding="utf-8"))]
    others = sorted(parent_of, key=lambda name: hashlib.sha256(name.encode()).digest())
    chosen = {ROOT}
    for name in pictured + others:
        family = [name]
        while family[-1] != ROOT:
            family.append(parent_of[family[-1]])
        if len(chosen | set(family)) <= count:
            chosen |= set(family)
    if len(chosen) != count:
        sys.exit(f"{len(chosen)} pages could be chosen, not {count}")
    return chosen


def source(docs: Path, name: str) -> Path:
    return docs / f"{name}.txt"


def reduce(docs: Path, count: int) -> None:
    kept = choose(docs, count) | {NO_PAGE}
    for path in docs.rglob("*.txt"):
        if path.relative_to(docs).with_suffix("").as_posix() not in kept:
            path.unlink()


def prepare(docs: Path) -> None:
    name, wrong, right = UNESCAPED
    page = source(docs, name)
    text = page.read_text(encoding="utf-8")
    if wrong not in text:
        sys.exit(f"{page} no longer holds {wrong!r}: nothing is to be replaced any more")
    page.write_text(text.replace(wrong, right), encoding="utf-8")
    with (docs / "conf.py").open("a", encoding="utf-8") as settings:
        settings.write(SETTINGS)


if __name__ == "__main__":
    folder = Path(sys.argv[1]).resolve()
    prepare(folder)
    if len(sys.argv) > 2:
        reduce(folder, int(sys.argv[2]))
