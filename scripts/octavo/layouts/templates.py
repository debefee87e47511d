"""The wall around Jinja2: templates in, text out, and every failure with its template and line."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import PurePosixPath
from traceback import extract_tb
from typing import Final

import jinja2
from jinja2.bccache import Bucket
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from octavo import xhtml
from octavo.diagnostics import Diagnostic, Location, PublishingError, error
from octavo.model import Book, Leaf, Medium, Note, Pagination, Styles
from octavo.typography.scripts import direction

_FAILURES: Final = (
    jinja2.TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What a template can raise as it runs: Jinja2's own errors, and those of Python's expressions."""


def context(book: Book, styles: Styles, pagination: Pagination | None) -> Mapping[str, object]:
    """Return what every template can use.

    The book, the words of its language, its direction; and of an id the matter in which it stands
    (``matter(id)``) and the printed page on which it fell (``folio(id)``), empty for none.
    """
    leaves = {leaf.id: leaf.matter for leaf in book.leaves}
    return {
        "book": book,
        "words": styles.words,
        "direction": direction(book.metadata.language),
        "matter": lambda id_: leaves.get(id_.partition("--")[0], ""),
        "folio": lambda id_: pagination.label(id_) if pagination else "",
    }


class _Compiled(jinja2.BytecodeCache):
    """Templates as they were compiled in this process: every edition is laid out with most."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket; one of another source is left empty."""
        if (kept := self._kept.get(bucket.key)) is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a bucket."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED: Final = _Compiled()


class Templates:
    """The templates of one medium.

    A name is looked for in the edition's own folders, then in the medium's, then among the leaves,
    then beside them; the book's own file stands in the place of the house's before it comes here.
    """

    def __init__(
        self,
        styles: Styles,
        medium: Medium,
        context: Mapping[str, object],
        folders: Iterable[str] = (),
    ) -> None:
        self._styles = styles
        self._called: set[str] = set()
        self._folders = (*(f"{folder}/" for folder in folders), f"{medium}/", "leaves/", "")
        self._environment = SandboxedEnvironment(
            loader=jinja2.FunctionLoader(self._load),
            undefined=jinja2.StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=_COMPILED,
        )
        self._environment.filters |= {"xhtml": Markup, "words": xhtml.text_of}
        self._environment.globals |= dict(context)

    def render(self, name: str, **values: object) -> str:
        """Return what a template makes of the values.

        Raises:
            PublishingError: P001 or P002, at the template's line.
        """
        with self._failing_as_diagnostic(name):
            return self._environment.get_template(name).render(**values)

    def leaf(self, leaf: Leaf, **values: object) -> xhtml.Element:
        """Return the leaf as a tree: its template filled, the calls of its notes set.

        Raises:
            PublishingError: as ``render``; and P001 where the outcome is not well-formed, or where
                there is no template for this kind of leaf.
        """
        name = f"{leaf.kind}.html"
        if self._path(name) is None:
            raise PublishingError(self._no_template(leaf))
        body = self.fragment(name, leaf=leaf, **values)
        self._set_calls(body, {note.id: note for note in leaf.notes})
        self._set_page_references(body)
        self._describe_pictures(body)
        return body

    def fragment(self, name: str, **values: object) -> xhtml.Element:
        """Return a template's outcome as a tree under a ``body``."""
        return self._parsed(name, xhtml.parse_fragment, self.render(name, **values))

    def fragments(self, name: str, key: str, values: Iterable[object]) -> list[xhtml.Element]:
        """Return a template's outcome for each of some values, as ``fragment`` does for one."""
        made = (f"<div>{self.render(name, **{key: value})}</div>" for value in values)
        return list(self._parsed(name, xhtml.parse_fragment, "".join(made)))

    def document(self, name: str, **values: object) -> xhtml.Element:
        """Return a template's outcome as the root of a whole document."""
        return self._parsed(name, xhtml.parse, self.render(name, **values))

    def _parsed(self, name: str, parse: Callable[[str], xhtml.Element], made: str) -> xhtml.Element:
        try:
            return parse(made.strip())
        except xhtml.MalformedError as problem:
            raise PublishingError(
                error(
                    "P001",
                    f"what the template makes is not well-formed: {problem.reason}",
                    Location(self._shown(name)),
                    "close every element that the template opens, and write & as &amp;",
                )
            ) from problem

    def _set_calls(self, body: xhtml.Element, notes: Mapping[str, Note]) -> None:
        """Put the medium's own call in the place of each; the first call of a note comes first.

        Two leaves may be sections of one text, and call the same note.
        """
        met = self._called
        for call in xhtml.find(body, ".//h:a[@class='noteref']"):
            id_ = call.get("href", "").removeprefix("#")
            made = self.fragment(
                "noteref.html", note=notes[id_], call=call.get("id"), first=id_ not in met
            )
            xhtml.replace(call, list(made), (made.text or "").strip())
            met.add(id_)

    def _set_page_references(self, body: xhtml.Element) -> None:
        """Put the medium's own words into every link that says a page."""
        for link in xhtml.find(body, ".//h:a[@class='pageref' or @class='pageref worded']"):
            made = self.fragment(
                "pageref.html",
                id=link.get("id", ""),
                target=link.get("href", "").removeprefix("#"),
                content=xhtml.serialize_fragment(link),
                worded="worded" in link.get("class", ""),
            )
            xhtml.replace(link, list(made), (made.text or "").strip())

    def _describe_pictures(self, body: xhtml.Element) -> None:
        """Put beneath a figure what an edition says of its picture in words, if it does."""
        if self._path("description.html") is None:
            return
        for image in xhtml.find(body, ".//h:figure/h:img[string(@alt)]"):
            made = self.fragment("description.html", alt=image.get("alt", ""))
            captions = xhtml.find(image, "./following-sibling::h:figcaption")
            for element in reversed(list(made)):
                (captions or [image])[0].addnext(element)

    # --- where templates come from, and what is said when they fail ---

    def _path(self, name: str) -> str | None:
        candidates = (folder + name for folder in self._folders)
        return next((path for path in candidates if path in self._styles.templates), None)

    def _shown(self, name: str) -> str:
        path = self._path(name) or name
        return self._styles.paths.get(path, path)

    def _load(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        path = self._path(name)
        if path is None:
            return None
        return self._styles.templates[path], self._shown(name), lambda: True

    def _no_template(self, leaf: Leaf) -> Diagnostic:
        kinds = [
            PurePosixPath(path).stem
            for path in self._styles.templates
            if path.startswith("leaves/")
        ]
        return error(
            "P001",
            f"no template for a leaf of the kind {leaf.kind!r}",
            leaf.location,
            _nearest(leaf.kind, kinds) or f"write styles/layouts/leaves/{leaf.kind}.html",
        )

    @contextmanager
    def _failing_as_diagnostic(self, name: str) -> Iterator[None]:
        try:
            yield
        except jinja2.TemplateSyntaxError as problem:
            place = Location(self._shown(problem.name or name), problem.lineno)
            raise PublishingError(_failure(problem.message or "", place)) from problem
        except _FAILURES as problem:
            raise PublishingError(self._failed(problem, name)) from problem

    def _failed(self, problem: Exception, name: str) -> Diagnostic:
        """Return what to say of a template that failed as it ran, at its innermost line."""
        shown = {self._shown(path) for path in self._styles.templates} | {self._shown(name)}
        lines = [
            Location(frame.filename, frame.lineno or 0)
            for frame in extract_tb(problem.__traceback__)
            if frame.filename in shown or frame.filename in self._styles.paths.values()
        ]
        place = lines[-1] if lines else Location(self._shown(name))
        if isinstance(problem, jinja2.TemplateNotFound):
            return _failure(f"no template {problem}", place)
        if isinstance(problem, jinja2.UndefinedError):
            hint = "CONTRIBUTING.md lists what a template can use: book, leaf, edition, words, ..."
            return error("P002", f"the template asks for what is not there: {problem}", place, hint)
        return _failure(str(problem), place)


def _failure(message: str, place: Location) -> Diagnostic:
    hint = "compare it with the house's template of the same name, or take yours away"
    return error("P001", f"the template fails: {message}", place, hint)


def _nearest(kind: str, kinds: list[str]) -> str:
    near = get_close_matches(kind, kinds, n=1)
    return f"did you mean {near[0]!r}?" if near else ""
