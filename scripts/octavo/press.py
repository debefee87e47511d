"""The order of the stages.

    folder ─read▶ Manuscript ─parse▶ Draft ─compose▶ Book ─lay_out▶ Rendition ─bind▶ Artifact

Paged editions are made first: what is bound as pages yields a Pagination as well, and the e-book is
laid out with it.

Every stage is a function of its input; this module alone knows which comes after which.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from octavo import accessibility
from octavo.book import compose, front, heard, slugs, suited
from octavo.checks import Setting, inspect, softened, unwaived, waive
from octavo.concordance import concordance
from octavo.diagnostics import (
    Diagnostic,
    Location,
    PublishingError,
    Severity,
    error,
    raise_errors,
)
from octavo.evenness import Evenness, evenness
from octavo.fitting import fit
from octavo.formats.concordance import tabulate
from octavo.formats.pages import describe
from octavo.formats.pdf.imposing import draw_pages
from octavo.formats.pdf.tasks import draw_picture, open_kit
from octavo.imposition import impose, like_a_page
from octavo.interruptions import undisturbed
from octavo.layouts import draw_formulas, lay_out, lay_out_cover, lay_out_sheets
from octavo.leaks import leaks, secrets
from octavo.legibility import small_print
from octavo.markup import parse
from octavo.memory import give_back
from octavo.model import (
    OCTAVO,
    Artifact,
    Asset,
    Book,
    Draft,
    Edition,
    Imposition,
    Manuscript,
    Medium,
    PrintEdition,
    Styles,
)
from octavo.origins import Asked, Origins
from octavo.outcome import Outcome, seen_from, written_in
from octavo.parity import Printed, Proof, begin_to_prove, prove
from octavo.settling import Made, bind, is_compared
from octavo.sources import read
from octavo.typography.faces import repertoire
from octavo.typography.scripts import direction
from octavo.workshop import ALONE, Task, Workshop, task


def make(
    folder: Path,
    editions: Sequence[str] = (),
    workshop: Workshop = ALONE,
    epoch: int | None = None,
) -> Outcome:
    """Return the finished files of a publication, in memory, with their pages as data.

    Args:
        folder: the publication's folder.
        editions: names of editions, all of them where there are none.
        workshop: who does it, and is told what is being done.
        epoch: the date to use where the manuscript states none, in seconds (SOURCE_DATE_EPOCH).

    Raises:
        PublishingError: with every diagnostic, when one is an error.
    """
    with seen_from(folder):
        return appraise(read(folder, epoch=epoch), editions, workshop).seen_from(folder)


def publish(
    manuscript: Manuscript, editions: Sequence[str] = (), workshop: Workshop = ALONE
) -> Outcome:
    """Return the finished files of a manuscript, and what there is to say of them.

    Raises:
        PublishingError: as above.
    """
    mended = _in_words(manuscript, workshop)
    with written_in(mended):
        return _published(mended, editions, workshop)[0].written_in(mended)


def appraise(
    manuscript: Manuscript, editions: Sequence[str] = (), workshop: Workshop = ALONE
) -> Outcome:
    """Return the same, and how evenly each edition is set.

    Raises:
        PublishingError: as above.
    """
    mended = _in_words(manuscript, workshop)
    with written_in(mended):
        outcome, made = _published(mended, editions, workshop)
        even = tuple(_evenness(made.values()))
        return replace(outcome, evenness=even).written_in(mended)


def _in_words(manuscript: Manuscript, workshop: Workshop) -> Manuscript:
    """Return a manuscript in Octavo's Markdown, with what it cites in words.

    Either is slow to load, and of few books.
    """
    if manuscript.dialect != OCTAVO:
        with undisturbed():
            from octavo.mending import mend  # noqa: PLC0415

        manuscript = mend(manuscript, workshop)
    if manuscript.citations is not None:
        with undisturbed():
            from octavo.citations import cite  # noqa: PLC0415

        manuscript = cite(manuscript, workshop)
    return manuscript


def _published(
    manuscript: Manuscript, editions: Sequence[str], workshop: Workshop
) -> tuple[Outcome, Mapping[str, Made]]:
    """Return what comes of a mended manuscript, and its editions."""
    chosen = _chosen(manuscript, editions)
    _begin_ahead(manuscript, chosen, workshop)
    draft = prepare(manuscript, workshop)
    found = list(_checked(draft))
    made: dict[str, Made] = {}
    ordered = _in_order(manuscript, chosen)
    compared = {edition.pages for edition in ordered if edition.medium is not Medium.PAGED}
    for edition in ordered:
        if edition.imposition and edition.pages not in made:
            continue  # what is wrong with its pages has been said
        try:
            each = _publish(draft, edition, made.get(edition.pages), workshop)
            if edition.name in compared and each.artifact.pagination:
                begin_to_prove(each.artifact, workshop)
            made[edition.name] = _seen(draft, each, workshop)
        except PublishingError as problem:
            found += problem.diagnostics
        else:
            found += made[edition.name].diagnostics
        give_back()  # the next edition takes as much again
    files = {
        name: tuple(_files(draft, each, made.get(each.rendition.edition.pages), workshop))
        for name, each in made.items()
    }
    for name, each in made.items():
        found += _leaks(draft, each, files[name], workshop)
    proofs = list(_proofs(draft, made, workshop))
    lost = (problem for proof in proofs for problem in proof.problems)
    found += softened(lost, manuscript.dialect)
    # A waiver may be for what an edition shows that was not asked for.
    settle = unwaived if editions else waive
    kept = settle(dict.fromkeys(found), manuscript.waivers)
    raise_errors(kept)
    artifacts = tuple(artifact for edition in chosen for artifact in files[edition.name])
    figures = proofs[0].figures if proofs else ()
    return Outcome(manuscript.name, artifacts, kept, figures), made


def _evenness(made: Iterable[Made]) -> Iterator[Evenness]:
    """Yield how evenly each edition is set that has pages with justified text."""
    for each in made:
        pages, facing = each.artifact.pagination, each.rendition.edition.facing
        if pages and each.origins:
            figures = evenness(pages, each.origins, facing=facing)
            if figures.lines:
                yield figures


def _proofs(draft: Draft, made: Mapping[str, Made], workshop: Workshop) -> Iterator[Proof]:
    """Yield the proof of every e-book, with the print edition whose pages it tells."""
    for name, each in made.items():
        edition = each.rendition.edition
        if edition.medium is Medium.PAGED:
            continue
        workshop(f"{name}: compare with the sources and with print")
        other = made.get(edition.pages)
        pages = other.artifact.pagination if other else None
        printed = Printed(other.rendition, other.artifact, pages) if other and pages else None
        left = suited(heard(draft, edition.audience), edition.medium)
        yield prove(draft, left, each.artifact, printed, workshop)


def _leaks(
    draft: Draft, made: Made, files: Iterable[Artifact], workshop: Workshop
) -> Iterator[Diagnostic]:
    """Yield what the finished files of an edition tell that is meant for other readers."""
    edition, computed = made.rendition.edition, made.rendition.accessibility
    own = computed.words if computed else ()
    hidden = secrets(draft, heard(draft, edition.audience), edition, own)
    if hidden:
        workshop(f"{edition.name}: look for what is meant for others")
        for file in files:
            yield from leaks(file, hidden)


def _in_order(manuscript: Manuscript, chosen: Sequence[Edition]) -> tuple[Edition, ...]:
    """Return the editions to make: those that are chosen, each after that whose pages it needs.

    An e-book is the same whether its print edition was asked for beside it or not.
    """
    editions = {edition.name: edition for edition in manuscript.editions}
    ordered: dict[str, Edition] = {}

    def add(edition: Edition) -> None:
        other = editions.get(edition.pages)
        if other and other.name != edition.name:
            add(other)
        ordered[edition.name] = edition

    for edition in chosen:
        add(edition)
    return tuple(ordered.values())


def _files(draft: Draft, made: Made, other: Made | None, workshop: Workshop) -> Iterator[Artifact]:
    """Yield the file of an edition, and its pages and its concordance as data where it has them."""
    yield made.artifact
    pages = made.artifact.pagination
    if not pages or not made.origins:
        return
    workshop(f"{made.rendition.edition.name}: describe the pages")
    yield describe(draft, made.rendition, pages, made.origins)
    standard = _printed(other)
    if standard and is_compared(made.book):
        yield tabulate(made.rendition.name, concordance(standard.pagination, pages))


def prepare(manuscript: Manuscript, workshop: Workshop = ALONE) -> Draft:
    """Return the manuscript with its texts parsed."""
    names = slugs((*manuscript.spine, *manuscript.handouts))
    workshop(f"parse {len(names)} texts")
    language = manuscript.metadata.language
    tasks = [task(parse, manuscript.sources[path], slug, language) for path, slug in names.items()]
    chapters = dict(zip(names, workshop.do_all(tasks, light=True), strict=True))
    return Draft(manuscript, chapters, repertoire(manuscript.styles.faces.values()))


def _checked(draft: Draft) -> tuple[Diagnostic, ...]:
    """Return what parsing and the checks found.

    Raises:
        PublishingError: when one is an error: a book with a dead link cannot be composed.
    """
    parsing = (problem for chapter in draft.chapters.values() for problem in chapter.problems)
    found = softened((*parsing, *inspect(draft)), draft.manuscript.dialect)
    kept = unwaived(found, draft.manuscript.waivers)
    raise_errors(kept)
    if any(each.severity is Severity.ERROR for each in draft.manuscript.found):
        raise PublishingError(*kept)  # what was found before is told with it
    return found


def _chosen(manuscript: Manuscript, names: Sequence[str]) -> tuple[Edition, ...]:
    editions = {edition.name: edition for edition in manuscript.editions}
    groups = {edition.group for edition in manuscript.editions}
    unknown = [name for name in names if name not in {*editions, *groups}]
    if unknown:
        have = f"the book has: {', '.join(editions)}"
        raise PublishingError(
            *(
                error("M006", f"no edition {name!r}", Location("book.toml"), have)
                for name in unknown
            )
        )
    return tuple(
        edition
        for edition in manuscript.editions
        if not names or {edition.name, edition.group} & set(names)
    )


def _publish(draft: Draft, edition: Edition, other: Made | None, workshop: Workshop) -> Made:
    """Return one edition; ``other`` is that whose pages it tells, or puts on sheets."""
    report = workshop.telling(lambda what: workshop(f"{edition.name}: {what}"))
    if edition.imposition and other:
        edition = replace(edition, audience=other.rendition.edition.audience)
    report("compose")
    book = compose(draft, edition, other.artifact.pagination if other else None)
    styles = draft.manuscript.styles
    if edition.imposition and other:
        named = replace(book, metadata=other.book.metadata)
        return _impose(named, edition.imposition, other, styles, report)
    draw_formulas(book, report)
    if edition.medium is Medium.PAGED:
        return fit(book, styles, _printed(other), report)
    report("lay out")
    cover = book.cover or _draw_cover(book, draft, report)
    pages = other.artifact.pagination if other else None
    rendition = lay_out(book, styles, cover, pages)
    return bind(book, replace(rendition, accessibility=accessibility.survey(rendition)), report)


def _printed(other: Made | None) -> PrintEdition | None:
    """Return an edition as one whose pages another names."""
    pages = other.artifact.pagination if other else None
    return PrintEdition(other.rendition, pages) if other and pages else None


def _impose(
    book: Book, imposition: Imposition, pages: Made, styles: Styles, workshop: Workshop
) -> Made:
    """Return the finished pages of another edition on sheets."""
    pagination = pages.artifact.pagination
    count = len(pagination.pages) if pagination else 0
    sheets = impose(
        imposition,
        pages.rendition.edition.trim,
        count,
        tail=int(pages.book.leaves[-1].kind == "backcover"),
        rtl=direction(book.metadata.language) == "rtl",
    )
    workshop(f"put {count} pages on {len(sheets)} sheets")
    marks = bind(book, lay_out_sheets(book, styles, sheets), workshop)
    duplex = imposition.duplex or like_a_page(sheets[0].width, sheets[0].height)
    drawn = draw_pages(marks.artifact, pages.artifact, sheets, duplex)
    return replace(marks, artifact=drawn)


def _seen(draft: Draft, made: Made, workshop: Workshop) -> Made:
    """Return the same with what the pages show that a typesetter would not let pass."""
    if made.artifact.pagination is None:
        return made
    edition = made.rendition.edition
    workshop(f"{edition.name}: look at the pages")
    small = small_print(made.artifact.data, edition.smallest) if edition.smallest else ()
    asked = Asked()
    inspect(Setting(made.artifact.pagination, asked, edition, small))
    origins = Origins(draft, made.rendition)
    starts = (page.start for page in made.artifact.pagination.pages if page.start)
    origins.foresee((*starts, *asked.places), workshop)
    found = inspect(Setting(made.artifact.pagination, origins, edition, small))
    return replace(made, diagnostics=(*made.diagnostics, *found), origins=origins)


def _draw_cover(book: Book, draft: Draft, workshop: Workshop) -> Asset:
    """Return the cover that the template draws, for a book whose author gave no image."""
    workshop("draw the cover")
    cover: Asset = workshop.do(_cover(book, draft.manuscript.styles))
    return cover


def _cover(book: Book, styles: Styles) -> Task:
    return task(draw_picture, lay_out_cover(book, styles), "cover.jpg")


def _begin_ahead(manuscript: Manuscript, editions: Iterable[Edition], workshop: Workshop) -> None:
    """Have done while the texts are read what needs none of them.

    Most covers show no more than the title page tells, and whoever sets pages has the stylesheets
    to read first.
    """
    styles = manuscript.styles
    for edition in editions if workshop.crew else ():
        book = front(manuscript, edition)
        with suppress(PublishingError):  # it is said when its turn comes
            if edition.medium is Medium.PAGED and not edition.imposition:
                workshop.ahead(task(open_kit, lay_out(book, styles)))
            elif not book.cover and not edition.imposition:
                workshop.ahead(_cover(book, styles))
