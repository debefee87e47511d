"""The index of the finished files: the same pages on paper and screen, and every link is right."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from lxml import etree

from octavo.model import Artifact
from tests.conftest import BRIEFING, PUBLICATIONS, Write, quietly
from tests.formats.reading import NAMESPACES, Package, labels, pages
from tests.validators import epubcheck

pytestmark = pytest.mark.slow

Files = Mapping[str, Artifact]


BOOKS = [PUBLICATIONS / "everything", BRIEFING]


@pytest.fixture(scope="module", params=BOOKS, ids=lambda folder: folder.name)
def files(request: pytest.FixtureRequest) -> Files:
    artifacts = quietly(request.param, "ebook", "print").artifacts
    return {artifact.name.partition(".")[2]: artifact for artifact in artifacts}


def entries(package: Package) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield the words of every entry of an e-book's index, and its locators with their links."""
    name = next(name for name in package.spine() if name.startswith("index"))
    for line in package.tree(name).iterfind(".//h:p[@class='entry']", NAMESPACES):
        links = line.iterfind("h:a[@class]", NAMESPACES)
        locators = [
            ("".join(map(str, link.itertext())), link.get("href", ""))
            for link in links
            if "locator" in link.get("class", "").split()
        ]
        yield " ".join("".join(map(str, line.itertext())).split()), locators


def test_every_entry_says_on_screen_what_it_says_on_paper(files: Files) -> None:
    package = Package(files["epub"])
    said = re.sub(r"\s", "", "".join(pages(files["pdf"])[-8:]))
    lines = [words for words, _ in entries(package)]
    assert lines
    for words in lines:
        assert re.sub(r"[\s-]", "", words) in said.replace("-", ""), words


def test_every_locator_leads_between_the_right_two_marks(files: Files) -> None:
    package = Package(files["epub"])
    homes = dict(places(package))
    checked = 0
    for words, locators in entries(package):
        for label, href in locators:
            assert homes[href] == label, f"{words}: {href} stands on page {homes[href]}"
            checked += 1
    assert checked > 3


def places(package: Package) -> Iterator[tuple[str, str]]:
    """Yield the address of every id in an e-book with the label of the mark before it."""
    label = ""
    for name in package.spine():
        for element in package.tree(name).iter(etree.Element):
            if element.get("role") == "doc-pagebreak":
                label = element.get("aria-label", "")
            if "id" in element.attrib:
                yield f"{name}#{element.get('id')}", label


def test_locators_are_those_of_pages_where_the_words_stand(files: Files) -> None:
    """What is marked and shown is read on the page of its locator, or goes over to the next."""
    package = Package(files["epub"])
    texts = dict(zip(labels(files["pdf"]), pages(files["pdf"]), strict=True))
    order = list(texts)
    for name in package.spine():
        for span in package.tree(name).iterfind(".//h:span[@class='indexterm']", NAMESPACES):
            words = "".join(map(str, span.itertext()))
            label = dict(places(package))[f"{name}#{span.get('id')}"]
            following = order[order.index(label) + 1 : order.index(label) + 2]
            read = texts[label] + "".join(texts[page] for page in following)
            assert bare(words) in bare(read), f"{words} is not on page {label}"


def bare(text: str) -> str:
    return re.sub(r"[\s-]", "", text).casefold()


def test_the_index_is_one_for_assistive_technology(files: Files) -> None:
    package = Package(files["epub"])
    assert "index" in package.meta("schema:accessibilityFeature")
    name = next(name for name in package.spine() if name.startswith("index"))
    assert package.find(name, "//h:section[@role='doc-index'][@epub:type='index']/@id")
    assert package.find("nav.xhtml", "//h:nav[@epub:type='landmarks']//h:a[@epub:type='index']")


def test_headings_are_said_again_above_a_column(write: Write) -> None:
    """An entry that goes on over a column has its heading again on paper, and once on screen."""
    marks = " ".join(f'[]{{.index entry="letters > the {n:02}th of them"}}' for n in range(60))
    spine = 'bodymatter = ["text/one.md"]\nbackmatter = ["index"]'
    made = {
        artifact.name: artifact
        for artifact in quietly(write({"one": f"# One\n\n{marks} Text.\n"}, spine=spine)).artifacts
    }
    columns = "".join(pages(made["book.pdf"]))
    assert columns.count("letters (continued)") == 3
    package = Package(made["book.epub"])
    assert not any("continued" in words for words, _ in entries(package))
    assert sum(1 for words, _ in entries(package) if words.startswith("the ")) == 60


def test_an_index_before_the_body_comes_to_rest(write: Write) -> None:
    text = "# One\n\n" + "Some words and a [term]{.index}. " * 400
    spine = 'frontmatter = ["contents", "index"]\nbodymatter = ["text/one.md"]'
    made = {
        artifact.name: artifact for artifact in quietly(write({"one": text}, spine=spine)).artifacts
    }
    ((words, locators),) = entries(Package(made["book.epub"]))
    last = [label for label in labels(made["book.pdf"]) if label.isdecimal()][-1]
    assert words == f"term, 1–{last}"
    assert [label for label, _ in locators] == ["1", last]


def test_a_range_ends_with_what_stands_before_its_end(write: Write) -> None:
    """The page after a range's last word is not in it, wherever the end is marked."""
    begin, end = "[]{.index .begin entry=%r}", "[]{.index .end entry=%r}"
    text = (
        f"# One\n\n{begin % 'range'}{'Some words. ' * 30}{end % 'range'}{begin % 'next'}\n\n"
        f"## Two\n\nMore.{end % 'next'}\n"
    )
    folder = write(
        {"one": text},
        spine='bodymatter = ["text/one.md"]\nbackmatter = ["index"]',
        toml='[editions.ebook]\n[editions.print]\nstylesheets = ["own.css"]',
        files={"styles/css/own.css": "h2 { break-before: page; }"},
    )
    made = {artifact.name: artifact for artifact in quietly(folder).artifacts}
    package = Package(made["book.epub"])
    assert [words for words, _ in entries(package)] == ["next, 1–2", "range, 1"]
    homes = dict(places(package))
    for _, locators in entries(package):
        assert [homes[href] for _, href in locators] == [label for label, _ in locators]


def test_an_entry_in_a_title_leaves_a_valid_book(write: Write, tmp_path: Path) -> None:
    text = '# One\n\nText.\n\n## Ends[]{.index entry="ends"}\n\nMore.\n'
    spine = 'frontmatter = ["contents"]\nbodymatter = ["text/one.md"]\nbackmatter = ["index"]'
    made = {artifact.name: artifact for artifact in quietly(write({"one": text}, spine)).artifacts}
    assert [words for words, _ in entries(Package(made["book.epub"]))] == ["ends, 1"]
    book = tmp_path / "book.epub"
    book.write_bytes(made["book.epub"].data)
    assert epubcheck(book) == []
