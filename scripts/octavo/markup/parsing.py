"""The steps from a source text to a chapter."""

import re
from functools import cache
from typing import Final

import markdown

from octavo import xhtml
from octavo.diagnostics import Diagnostic
from octavo.markup import (
    blocks,
    collecting,
    composing,
    formulas,
    headings,
    indexing,
    lines,
    names,
    notes,
    rawhtml,
    validity,
)
from octavo.markup.apostrophes import set_quotes
from octavo.markup.audience import astray, audience_of
from octavo.markup.extensions import CONFIGURATION, EXTENSIONS
from octavo.markup.inline import try_what_matches
from octavo.markup.part import opens_part
from octavo.markup.survey import BODY, Survey
from octavo.model import Chapter, Link, Source
from octavo.typography.quotes import quotes
from octavo.xhtml import Element

_BROUGHT_IN: Final = re.compile(r"<[A-Za-z/]|\{|://|^[ \t>]*:[ \t]", re.MULTILINE)
"""What may bring in what is not valid: raw HTML, attributes, addresses, a definition of nothing."""

_CHECKBOX: Final = re.compile(r'<input type="checkbox" disabled( checked)?\s*/?>')


def parse(source: Source, slug: str, language: str) -> Chapter:
    """Return the chapter that a text is.

    Args:
        source: the Markdown as it was read.
        slug: the chapter's short name; every id in it begins with it.
        language: the book's language (BCP 47), for its quotation marks.

    What is wrong with the text stands in the chapter's ``problems``; nothing is raised. The
    content of a text with an error is no more than a guess.
    """
    survey = Survey(source)
    problems: list[Diagnostic] = blocks.unclosed(survey)
    made = _converted(blocks.without_blocks(survey.source) if problems else survey.source)
    try:
        body = xhtml.parse_fragment(made)
    except xhtml.MalformedError as problem:
        problems += rawhtml.malformed(made, problem, survey)
        body = rawhtml.repaired(made)
    _finish(body)
    set_quotes(body, quotes(language))
    problems += (*blocks.unknown(survey), *lines.misused(survey), *astray(body, survey))
    problems += (*composing.unreadable(body, survey), *formulas.unread(body, survey))
    return _chapter(body, survey, slug, problems)


def _converted(text: str) -> str:
    """Return what Python-Markdown makes of a text, its entities turned into characters."""
    made = _converter().reset().convert(text)
    made = rawhtml.without_comments(_CHECKBOX.sub(_well_formed_box, made))
    return rawhtml.without_entities(made)


def _well_formed_box(field: re.Match[str]) -> str:
    return '<input checked="checked"/>' if field[1] else "<input/>"


@cache
def _converter() -> markdown.Markdown:
    return try_what_matches(
        markdown.Markdown(
            extensions=[extension.teach() for extension in EXTENSIONS.values() if extension.teach],
            extension_configs={name: dict(settings) for name, settings in CONFIGURATION.items()},
            output_format="xhtml",
        )
    )


def _finish(body: Element) -> None:
    """Bring the tree into the form that each extension promises."""
    rawhtml.tidy(body)
    for extension in EXTENSIONS.values():
        if extension.finish:
            extension.finish(body)


def _chapter(body: Element, survey: Survey, slug: str, problems: list[Diagnostic]) -> Chapter:
    """Return the chapter that a finished tree is, having taken it apart."""
    taken = notes.take_notes(body)
    order = notes.set_calls(body, taken)
    regions = {BODY: body, **taken}
    headed = headings.find_headings(body, survey)
    title = headings.title_of(headed)
    acting = rawhtml.active(regions, survey)
    problems = [*problems, *acting, *headings.problems(headed)]
    marked = tuple(indexing.take_marks(regions, survey, slug))
    named = names.name_all(regions, survey, slug, headed)
    links = tuple(collecting.links(regions, survey, slug))
    images = tuple(collecting.images(regions, survey))
    passages = tuple(collecting.passages(regions, survey))
    for tree in regions.values() if _BROUGHT_IN.search(survey.text) else ():
        validity.set_right(tree)
    found = tuple(notes.notes(taken, order, survey, slug))
    heard = audience_of(title.element) if title else ()
    fragment = headings.take_title(title)
    target = headings.title_target(title, fragment, survey, slug)
    return Chapter(
        path=survey.path,
        slug=slug,
        title=fragment,
        content=xhtml.serialize_fragment(body).strip(),
        targets=(target, *named, *notes.note_targets(found, slug)),
        headings=headings.headings(headed, {target.id: target.title for target in named}),
        notes=found,
        calls=tuple(Link(label, place) for label, place in survey.calls),
        links=links,
        images=images,
        passages=passages,
        problems=tuple(problems),
        index=marked,
        opens_part=opens_part(body),
        audience=heard,
    )
