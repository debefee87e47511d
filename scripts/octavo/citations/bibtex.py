"""BibTeX and BibLaTeX, read by pybtex, as references of the Citation Style Language.

Which type and field is which follows what pandoc and Zotero make of them.
"""

import codecs
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import latexcodec  # noqa: F401 - it teaches Python to read LaTeX
from pybtex import errors
from pybtex.database import BibliographyDataError, Entry, Person
from pybtex.database.input.bibtex import Parser
from pybtex.exceptions import PybtexError

from octavo.citations.works import OTHERS

TYPES: Final[Mapping[str, str]] = {
    "article": "article-journal", "artwork": "graphic", "audio": "song", "bookinbook": "chapter",
    "booklet": "pamphlet", "collection": "book", "conference": "paper-conference",
    "dataset": "dataset", "electronic": "webpage", "image": "graphic", "inbook": "chapter",
    "incollection": "chapter", "inproceedings": "paper-conference", "inreference": "entry",
    "jurisdiction": "legal_case", "legislation": "legislation", "letter": "personal_communication",
    "manual": "report", "mastersthesis": "thesis", "misc": "document", "movie": "motion_picture",
    "music": "song", "mvbook": "book", "mvcollection": "book", "mvreference": "book",
    "online": "webpage", "patent": "patent", "performance": "speech", "periodical": "book",
    "phdthesis": "thesis", "proceedings": "book", "reference": "book", "report": "report",
    "review": "review", "software": "software", "standard": "standard", "suppbook": "chapter",
    "techreport": "report", "thesis": "thesis", "unpublished": "manuscript",
    "video": "motion_picture", "www": "webpage",
}  # fmt: skip
"""CSL's types by those of BibLaTeX, where they have other names."""

FIELDS: Final[Mapping[str, str]] = {
    "address": "publisher-place",
    "booktitle": "container-title", "chapter": "chapter-number", "doi": "DOI",
    "edition": "edition", "eventtitle": "event-title", "institution": "publisher", "isbn": "ISBN",
    "issn": "ISSN", "journal": "container-title", "journaltitle": "container-title",
    "langid": "language", "language": "language",
    "location": "publisher-place", "maintitle": "container-title", "note": "note",
    "organization": "publisher", "pages": "page", "pagetotal": "number-of-pages",
    "publisher": "publisher", "school": "publisher", "series": "collection-title",
    "shortjournal": "container-title-short", "shorttitle": "title-short", "type": "genre",
    "url": "URL", "venue": "event-place", "version": "version", "volume": "volume",
    "volumes": "number-of-volumes",
}  # fmt: skip
"""CSL's variables by the fields of BibTeX and BibLaTeX that hold the same."""

ROLES: Final[Mapping[str, str]] = {
    "author": "author", "bookauthor": "container-author", "editor": "editor",
    "translator": "translator",
}  # fmt: skip

_GENRES: Final = {
    "mastersthesis": "Master’s thesis", "phdthesis": "PhD thesis", "mathesis": "Master’s thesis",
    "techreport": "Technical report", "resreport": "Research report",
}  # fmt: skip
_LANGUAGES: Final = {
    "american": "en-US", "arabic": "ar", "british": "en-GB", "chinese": "zh", "dutch": "nl",
    "english": "en", "french": "fr", "german": "de", "greek": "el", "hebrew": "he", "hindi": "hi",
    "italian": "it", "japanese": "ja", "ngerman": "de", "persian": "fa", "polish": "pl",
    "portuguese": "pt", "russian": "ru", "spanish": "es", "turkish": "tr", "ukrainian": "uk",
}  # fmt: skip
_MONTHS: Final = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
_ORDINALS: Final = {
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6",
    "seventh": "7", "eighth": "8", "ninth": "9", "tenth": "10",
}  # fmt: skip
_NUMBERED: Final = frozenset({"article-journal", "article-newspaper", "article-magazine"})

_LATEX: Final[Any] = codecs.lookup("ulatex")
_DATE: Final = re.compile(r"(-?\d{1,4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_COMMAND: Final = re.compile(
    r"\\(?:text(?:it|bf|sc|rm|tt|sf|sl)|emph|mkbibquote|enquote|url|href|mbox|ensuremath)\s*(?=\{)"
    r"|\\(?:em|it|bf|sc|rm|tt|sl|itshape|bfseries|scshape|newblock|protect)\b\s*"
)
_NAME: Final = re.compile(r"\\([A-Za-z]+)\s*")
"""A command that is left when all that is known has been read: of ``\\TeX`` the name stays."""

_DOTLESS: Final = re.compile(r"(\\['`^\"~=.])\s*\{\s*\\([ij])\s*\}")
_RAISED: Final = re.compile(
    r"\\text(?P<side>super|sub)script\{(?P<words>[^{}]*)\}"
    r"|\$(?P<sign>[_^])\{?(?P<said>[^{}$\\]*)\}?\$"
)
_RAISES: Final = {"super": "sup", "^": "sup", "sub": "sub", "_": "sub"}
_SIGN: Final = re.compile(
    r"\\(textquoteright|textquoteleft|textquotedblleft|textquotedblright|textendash|textemdash|\$)"
    r"(?:\{\}|\s+|(?![A-Za-z]))"
)
_SIGNS: Final = {
    "textquoteright": "’", "textquoteleft": "‘", "textquotedblleft": "“",
    "textquotedblright": "”", "textendash": "–", "textemdash": "—", "$": "$",
}  # fmt: skip
_URL: Final = re.compile(r"\\url\{([^{}]*)\}|(https?://\S+)")
_KEY: Final = re.compile(r"@\w+\s*[{(]\s*(?P<key>[^\s,{}()]+)\s*,")
_DEEPEST: Final = 4
_WITHIN: Final = {"title": "booktitle", "subtitle": "booksubtitle", "shorttitle": ""}
"""What the fields of a whole are to its parts, where they have other names."""


@dataclass(frozen=True)
class Found:
    """A work in a file: its key, the line on which it begins, and what makes a reference of it."""

    key: str
    line: int
    make: Callable[[], dict[str, Any]]


Problems = tuple[tuple[int, str], ...]
"""What is wrong with a file, by line."""


def read(text: str) -> tuple[tuple[Found, ...], Problems]:
    """Return the works of a file of BibTeX, and what is wrong with it."""
    with errors.capture() as captured:
        parser = Parser(encoding="utf-8")
        try:
            parsed = parser.parse_string(text)
        except PybtexError as failure:
            captured.append(failure)
            parsed = parser.data
    lines = dict(_lines(text))
    entries = {key.lower(): entry for key, entry in parsed.entries.items()}
    made = tuple(
        Found(key, lines.get(key, 0), partial(_reference, key, entry, entries))
        for key, entry in parsed.entries.items()
    )
    return made, tuple(_problem(each, lines) for each in captured)


def _lines(text: str) -> Iterator[tuple[str, int]]:
    """Yield the keys of works and the lines on which they begin, the first of a key last."""
    line, at, found = 1, 0, []
    for key in _KEY.finditer(text):
        line += text.count("\n", at, key.start())
        at = key.start()
        found.append((key["key"], line))
    yield from reversed(found)


def _problem(problem: PybtexError, lines: Mapping[str, int]) -> tuple[int, str]:
    named = re.search(r"(?:entry|key):? (?:with key )?(\S+)", str(problem))
    if isinstance(problem, BibliographyDataError) and named:
        return lines.get(named[1], 0), str(problem)
    return getattr(problem, "lineno", 0) or 0, str(problem)


def _reference(key: str, entry: Entry, entries: Mapping[str, Entry]) -> dict[str, Any]:
    fields, persons = _inherited(entry, entries)
    kind = entry.type.lower()
    type_ = TYPES.get(kind, kind)
    if type_ == "article-journal" and fields.get("entrysubtype") in {"newspaper", "magazine"}:
        type_ = f"article-{fields['entrysubtype']}"
    if kind == "misc" and "url" in fields and "publisher" not in fields:
        type_ = "webpage"
    made: dict[str, Any] = {"id": key, "type": type_}
    if kind in _GENRES:
        made["genre"] = _GENRES[kind]
    made.update(_said(fields, type_))
    for role, people in persons.items():
        if role in ROLES and people:
            made[ROLES[role]] = list(_names(people))
    made.update(_dates(fields))
    return made


def _inherited(
    entry: Entry, entries: Mapping[str, Entry], depth: int = 0
) -> tuple[dict[str, str], dict[str, list[Person]]]:
    """Return the fields and the persons of a work, with those of the works that it is part of."""
    fields = {name.lower(): str(value) for name, value in entry.fields.items()}
    persons = {role.lower(): list(people) for role, people in entry.persons.items()}
    part_of = fields.get("crossref", "").strip()
    named = [part_of, *map(str.strip, fields.get("xdata", "").split(","))]
    for name in filter(None, named):
        whole = entries.get(name.lower())
        if whole is None or depth >= _DEEPEST:
            continue
        more, others = _inherited(whole, entries, depth + 1)
        if name == part_of:
            more = {_WITHIN.get(field, field): value for field, value in more.items()}
            others.pop("author", None)
        fields, persons = {**more, **fields}, {**others, **persons}
    return fields, persons


def _names(people: Sequence[Person]) -> Iterator[dict[str, str]]:
    """Yield the names of persons; ``others`` stand for those whom a work does not name."""
    for person in people:
        yield {"literal": OTHERS} if str(person) == "others" else _name(person)


def _said(fields: Mapping[str, str], type_: str) -> Iterator[tuple[str, Any]]:
    for field, variable in FIELDS.items():
        if fields.get(field, "").strip():
            yield variable, _value(field, fields[field])
    title = _text(fields.get("title", ""))
    if fields.get("subtitle"):
        title = f"{title}: {_text(fields['subtitle'])}"
    if title:
        yield "title", title
    if fields.get("booksubtitle") and fields.get("booktitle"):
        yield "container-title", f"{_text(fields['booktitle'])}: {_text(fields['booksubtitle'])}"
    if number := _text(fields.get("number", "")):
        in_series = "collection-number" if fields.get("series") else "number"
        yield "issue" if type_ in _NUMBERED else in_series, number
    if issue := _text(fields.get("issue", "")):
        yield "issue", issue
    how = _URL.search(fields.get("howpublished", ""))
    if how and not fields.get("url"):
        yield "URL", how[1] or how[2]
    if fields.get("archiveprefix", fields.get("eprinttype", "")).lower() == "arxiv":
        yield "URL", f"https://arxiv.org/abs/{fields.get('eprint', '')}"


def _value(field: str, said: str) -> str:
    if field in {"doi", "url"}:
        found = _URL.search(said) if field == "url" else None
        bare = (found[1] or found[2]) if found else said
        return re.sub(r"\\([_%&#~])", r"\1", bare.strip("{} ")).replace("https://doi.org/", "")
    if field in {"langid", "language"}:
        return _LANGUAGES.get(said.lower(), said)
    text = _text(said)
    if field == "pages":
        return re.sub(r"\s*[-–—]+\s*", "-", text)
    if field == "edition":
        number = re.fullmatch(r"(\d+)(?:st|nd|rd|th)?", text)
        return number[1] if number else _ORDINALS.get(text.lower(), text)
    return text


def _text(said: str) -> str:
    """Return what a field says, its LaTeX read; what braces keep as it is is marked for CSL."""
    said = _DOTLESS.sub(r"\1\2", said.rstrip("\\ "))
    said = _RAISED.sub(_raised, said)
    said = _SIGN.sub(lambda m: _SIGNS[m[1]], said)
    plain: str = _LATEX.decode(_COMMAND.sub("", said))[0]
    plain = plain.replace("``", "“").replace("''", "”").replace("\\ ", " ")
    plain = _NAME.sub(r"\1", plain).replace("\\", "")
    made, depth = [], 0
    for piece in re.split(r"([{}])", " ".join(plain.split())):
        if piece == "{":
            made.append('<span class="nocase">' * (depth == 0))
            depth += 1
        elif piece == "}":
            depth = max(depth - 1, 0)
            made.append("</span>" * (depth == 0))
        else:
            made.append(piece)
    made.append("</span>" * (depth > 0))
    return "".join(made)


def _raised(found: re.Match[str]) -> str:
    tag = _RAISES[found["side"] or found["sign"]]
    return f"<{tag}>{found['words'] or found['said'] or ''}</{tag}>"


def _plain(said: str) -> str:
    return re.sub(r"<[^<>]*>", "", _text(said))


def _name(person: Person) -> dict[str, str]:
    whole = str(person)
    if whole.startswith("{") and whole.endswith("}"):
        return {"literal": _plain(whole)}
    given = _plain(" ".join((*person.first_names, *person.middle_names)))
    parts = {
        "family": _plain(" ".join(person.last_names)),
        "given": given,
        "non-dropping-particle": _plain(" ".join(person.prelast_names)),
        "suffix": _plain(" ".join(person.lineage_names)),
    }
    if not given and parts["family"]:
        literal = " ".join(filter(None, (parts["non-dropping-particle"], parts["family"])))
        return {"literal": literal}
    return {name: part for name, part in parts.items() if part}


def _dates(fields: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    if issued := date(fields.get("date", "")) or _year(fields):
        yield "issued", issued
    for field, variable in (("urldate", "accessed"), ("origdate", "original-date")):
        if when := date(fields.get(field, "")):
            yield variable, when


def date(said: str) -> dict[str, Any] | None:
    """Return a date, or a span of time, as BibLaTeX writes it (EDTF)."""
    parts = [
        [int(part) for part in found.groups() if part and int(part)]
        for each in said.split("/")
        if (found := _DATE.match(each.strip()))
    ]
    return {"date-parts": parts} if parts else None


def _year(fields: Mapping[str, str]) -> dict[str, Any] | None:
    year = _plain(fields.get("year", "")).strip()
    if not year:
        return None
    if not re.fullmatch(r"\d{1,4}", year):
        return {"literal": year}
    month = fields.get("month", "").strip().lower()[:3]
    parts = [int(year)]
    if month in _MONTHS:
        parts.append(_MONTHS.index(month) + 1)
    elif month.isdigit() and 1 <= int(month) <= 12:
        parts.append(int(month))
    day = fields.get("day", "")
    return {"date-parts": [[*parts, int(day)] if len(parts) > 1 and day.isdigit() else parts]}
