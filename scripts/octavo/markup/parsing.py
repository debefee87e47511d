"""The steps from a source text to a chapter."""

import html
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

import markdown

from octavo import xhtml
from octavo.diagnostics import Diagnostic, error
from octavo.markup import headings, names, notes, rawhtml
from octavo.markup.apostrophes import set_quotes
from octavo.markup.extensions import CONFIGURATION, EXTENSIONS
from octavo.markup.part import opens_part
from octavo.markup.survey import Survey
from octavo.model import Chapter, Image, Kind, Link, Note, Passage, Source, Target
from octavo.typography.quotes import quotes
from octavo.xhtml import Element

_ENTITY: Final = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]*;)")
_CHECKBOX: Final = re.compile(r'<input type="checkbox" disabled( checked)?\s*/?>')


def parse(source: Source, slug: str, language: str) -> Chapter:
    """Return the chapter that a text is.

    Args:
        source: the Markdown as it was read.
        slug: the chapter's short name; every id in it begins with it.
        language: the book's language (BCP 47), for its quotation marks.

    What is wrong with the text stands in the chapter's ``problems``; nothing is raised.
    """
    survey = Survey(source)
    problems = list(rawhtml.malformed(survey))
    try:
        body = xhtml.parse_fragment(_converted(source.text))
    except xhtml.MalformedError as problem:
        if not problems:
            problems.append(_unexplained(problem, survey))
        body = xhtml.parse_fragment("")
    return _chapter(body, survey, slug, language, problems)


def _converted(text: str) -> str:
    """Return what Python-Markdown makes of a text, its named entities turned into characters."""
    made = _converter().reset().convert(text)
    made = _CHECKBOX.sub(_well_formed_box, made)
    return _ENTITY.sub(lambda match: html.unescape(match[0]), made)


def _well_formed_box(field: re.Match[str]) -> str:
    return '<input checked="checked"/>' if field[1] else "<input/>"


@cache
def _converter() -> markdown.Markdown:
    taught = [extension.teach() for extension in EXTENSIONS.values() if extension.teach]
    return markdown.Markdown(
        extensions=[*taught, "codehilite"],
        extension_configs={
            **{name: dict(settings) for name, settings in CONFIGURATION.items()},
            "codehilite": {"guess_lang": False, "css_class": "code"},
        },
        output_format="xhtml",
    )


def _unexplained(problem: xhtml.MalformedError, survey: Survey) -> Diagnostic:
    return error(
        "S005",
        f"raw HTML that is not well-formed: {problem.reason}",
        survey.next("<"),
        "close every element, quote every attribute, write & as &amp;",
    )


def _chapter(
    body: Element, survey: Survey, slug: str, language: str, problems: list[Diagnostic]
) -> Chapter:
    xhtml.strip_comments(body)
    for extension in EXTENSIONS.values():
        if extension.finish:
            extension.finish(body)
    set_quotes(body, quotes(language))
    taken = notes.take_notes(body)
    order = notes.set_calls(body, *taken.values())
    problems += rawhtml.active(body, survey)
    title = headings.take_title(body, survey, slug)
    problems += title.problems
    trees = (body, *taken.values())
    named = names.name_all(trees, survey, slug)
    found = headings.headings(body, survey, named)
    return Chapter(
        path=survey.path,
        slug=slug,
        title=title.fragment,
        content=xhtml.serialize_fragment(body).strip(),
        targets=(title.target, *named, *_note_targets(taken, survey, slug)),
        headings=found,
        notes=tuple(_notes(taken, order, survey, slug)),
        calls=tuple(Link(label, place) for label, place in survey.note_calls()),
        links=tuple(_links(trees, survey)),
        images=tuple(_images(trees, survey)),
        passages=tuple(_passages(trees, survey)),
        problems=tuple(problems),
        opens_part=opens_part(body),
    )


def _notes(
    taken: Mapping[str, Element], order: list[str], survey: Survey, slug: str
) -> Iterator[Note]:
    places = dict(survey.note_definitions())
    uncalled = [label for label in taken if label not in order]
    for label in (*order, *uncalled):
        yield Note(
            id=f"{slug}--{notes.NOTE}{label}",
            label=label,
            content=xhtml.serialize_fragment(taken[label]).strip(),
            location=places.get(label, survey.next(f"[^{label}]")),
            called=label in order,
        )


def _note_targets(taken: Mapping[str, Element], survey: Survey, slug: str) -> Iterator[Target]:
    places = dict(survey.note_definitions())
    for label in taken:
        name = f"{notes.NOTE}{label}"
        place = places.get(label, survey.next(f"[^{label}]"))
        yield Target(f"{slug}--{name}", name, Kind.NOTE, "", place)


def _links(trees: tuple[Element, ...], survey: Survey) -> Iterator[Link]:
    for link in (a for tree in trees for a in xhtml.find(tree, ".//h:a[@href]")):
        href = link.get("href", "")
        if link.get("class") != "noteref":
            spellings = (f"]({href}", f"](<{href}", f'"{href}"', f"<{href}", f": {href}", href)
            yield Link(href, survey.next(*spellings))


def _images(trees: tuple[Element, ...], survey: Survey) -> Iterator[Image]:
    for image in (i for tree in trees for i in xhtml.find(tree, ".//h:img")):
        src = image.get("src", "")
        place = survey.next(f"]({src}", f"](<{src}", f'"{src}"', f": {src}", src)
        decorative = image.get("role") in {"presentation", "none"}
        yield Image(src, image.get("alt"), place, decorative)


def _passages(trees: tuple[Element, ...], survey: Survey) -> Iterator[Passage]:
    for element in (e for tree in trees for e in xhtml.find(tree, ".//*[@lang]")):
        language = element.get("lang", "")
        element.set(xhtml.XML_LANG, language)
        needles = (f'lang="{language}"', f"lang='{language}'", f"lang={language}")
        yield Passage(language, survey.next(*needles))
