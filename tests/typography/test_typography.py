"""Quotation marks, hyphenation, and the faces."""

import sys
from dataclasses import replace
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from octavo.diagnostics import PublishingError
from octavo.model import Asset
from octavo.typography.collation import collation
from octavo.typography.faces import FACES, characters, house_faces, is_face, repertoire, subset
from octavo.typography.hyphenation import can_hyphenate
from octavo.typography.numerals import folios, roman
from octavo.typography.quotes import QUOTES, quotes
from octavo.typography.scripts import direction


def face(name: str = "SourceSerifPro-Regular") -> Asset:
    return next(each for each in house_faces() if each.name == f"fonts/{name}.otf")


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("en", "“”‘’"),
        ("en-GB", "“”‘’"),
        ("fr", "«\u202f\u202f»“”"),
        ("fr-CA", "«\u202f\u202f»“”"),
        ("fr-CH", "«»‹›"),
        ("de", "„“‚‘"),
        ("de-AT", "„“‚‘"),
        ("de_CH", "«»‹›"),
        ("sv", "””’’"),
        ("es", "«»“”"),
        ("es-MX", "“”‘’"),
        ("zh-Hant-TW", "「」『』"),
        ("ru", "«»„“"),
        ("x-unknown", "“”‘’"),
        ("", "“”‘’"),
    ],
)
def test_quotation_marks(language: str, wanted: str) -> None:
    marks = quotes(language)
    assert marks.open + marks.close + marks.inner_open + marks.inner_close == wanted


def test_every_language_is_found_by_its_own_tag() -> None:
    assert all(tag == tag.lower() and quotes(tag.upper()) == marks for tag, marks in QUOTES.items())


@pytest.mark.parametrize(
    ("language", "wanted"),
    [("en", True), ("en-GB", True), ("de-1901", True), ("fr", True), ("zh", False), ("", False)],
)
def test_hyphenation_is_what_the_typesetter_can_do(language: str, *, wanted: bool) -> None:
    assert can_hyphenate(language) is wanted


@pytest.mark.parametrize(
    ("language", "wanted"),
    [("ar", "rtl"), ("az-Arab", "rtl"), ("he-IL", "rtl"), ("en", "ltr"), ("ar-Latn", "ltr")],
)
def test_direction(language: str, wanted: str) -> None:
    assert direction(language) == wanted


def test_every_face_of_the_register_is_a_font_of_that_name() -> None:
    faces = house_faces()
    assert len(faces) == sum(map(len, FACES.values()))
    for each in faces:
        font = TTFont(BytesIO(each.data), lazy=True)
        suffix = each.media_type.removeprefix("font/")
        name = str(font["name"].getDebugName(6)).replace("ExtraLight", "").removesuffix("-")
        assert each.name == f"fonts/{name}.{suffix}"
        assert (suffix == "ttf") is ("fvar" in font)


def test_faces_are_read_once() -> None:
    assert house_faces() is house_faces()


def test_a_broken_font_is_no_face() -> None:
    whole = house_faces()[0]
    assert is_face(whole)
    for data in (b"", b"no font at all", whole.data[:3000]):
        assert not is_face(Asset("fonts/x.otf", "font/otf", data))


@pytest.mark.parametrize("packing", ["woff", "woff2"])
def test_a_packed_font_is_a_face_and_stays_packed(packing: str) -> None:
    font, written = TTFont(BytesIO(face().data)), BytesIO()
    font.flavor = packing
    font.save(written)
    packed = Asset(f"fonts/x.{packing}", f"font/{packing}", written.getvalue())
    assert is_face(packed)
    assert characters(packed) == characters(face())
    assert not is_face(replace(packed, data=packed.data[:3000]))
    cut = subset(packed, ["Ant"])
    assert TTFont(BytesIO(cut.data)).flavor == packing
    assert characters(cut) == frozenset("Ant")
    assert cut.media_type == packed.media_type


def test_the_repertoire_is_what_some_face_can_draw() -> None:
    assert repertoire(()) == frozenset()
    assert repertoire((face(),)) == characters(face())
    assert repertoire(house_faces()) >= set("António „“ ’ – — … ﬁ")
    assert "中" not in repertoire(house_faces())


def test_a_subset_draws_the_text_and_no_more() -> None:
    cut = subset(face(), ["Ant", "ónio"])
    assert characters(cut) == frozenset("António")
    assert len(cut.data) < len(face().data) / 5
    assert (cut.name, cut.media_type) == (face().name, face().media_type)


def test_a_subset_keeps_its_features_and_the_forms_that_they_need() -> None:
    font = TTFont(BytesIO(subset(face(), ["abcfi 0123"]).data))
    features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert features >= {"smcp", "c2sc", "onum", "lnum", "pnum", "tnum", "liga"}
    assert "kern" in {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}
    assert len(font.getGlyphOrder()) > 2 * len("abcfi 0123")  # small caps, figures of every kind


def test_a_subset_keeps_its_licence_and_the_box_for_what_is_missing() -> None:
    font = TTFont(BytesIO(subset(face(), ["a"]).data))
    assert "SIL Open Font License" in (font["name"].getDebugName(13) or "")
    notdef = font["CFF "].cff.topDictIndex[0].CharStrings[".notdef"]
    notdef.decompile()
    assert len(notdef.program) > 1


def test_the_same_text_gives_the_same_bytes() -> None:
    # Around the cache: the second face is another object with other bytes' worth of history.
    once = subset(face(), ["words", "and"])
    again = subset(Asset("fonts/other.otf", "font/otf", face().data), iter(["dna", "sdrow"]))
    assert once.data == again.data
    assert (
        TTFont(BytesIO(once.data))["head"].modified == TTFont(BytesIO(face().data))["head"].modified
    )


@pytest.mark.parametrize(
    ("number", "numeral"), [(1, "i"), (4, "iv"), (9, "ix"), (48, "xlviii"), (1999, "mcmxcix")]
)
def test_roman(number: int, numeral: str) -> None:
    assert roman(number) == numeral


def test_folios() -> None:
    assert folios(2, 5) == ("i", "ii", "1", "2", "3")
    assert folios(0, 2) == ("1", "2")


def test_a_system_without_icu_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "icu", None)
    with pytest.raises(PublishingError) as raised:
        collation("en")
    assert raised.value.diagnostics[0].code == "P007"
