"""Pages and e-books in other scripts, with formulas, and with what is found in the wild.

Each is built whole: the proof that e-book and print say the same is part of it.
"""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pypdfium2
import pytest

from octavo.delivery import deliver
from octavo.model import Artifact
from octavo.outcome import Outcome
from octavo.workshop import ALONE

pytestmark = pytest.mark.slow

HINDI = "हिन्दी भारत की एक प्रमुख भाषा है, इसे देवनागरी लिपि में लिखा जाता है।"
ARABIC = "هذا نص مكتوب باللغة العربية، وفيه كلمات English أيضا."
HEBREW = "בראשית ברא אלוהים את השמים ואת הארץ, וגם words באנגלית."
CHINESE = "香菇勾芡汤汤浓味鲜，滑润适口，是一道快手的家常汤品。"
JAPANESE = "吾輩は猫である。名前はまだ無い。"
RUSSIAN = "Все счастливые семьи похожи друг на друга."


def built(folder: Path, text: str) -> Outcome:
    (folder / "one.md").write_text(text, encoding="utf-8")
    return deliver(folder, ALONE)


def of(made: Outcome, suffix: str) -> Artifact:
    return next(each for each in made.artifacts if each.name.endswith(suffix))


def said(made: Outcome) -> str:
    """Return the text of all pages as PDFium, and so a reader's search, has it."""
    with pypdfium2.PdfDocument(of(made, ".pdf").data) as pdf:
        return "".join(page.get_textpage().get_text_bounded() for page in pdf)


def lost(made: Outcome) -> list[str]:
    return [str(each) for each in made.diagnostics if each.code[0] in "LPT"]


@pytest.mark.parametrize(
    "text",
    [HINDI, ARABIC, HEBREW, CHINESE, JAPANESE, RUSSIAN],
    ids=["hi", "ar", "he", "zh", "ja", "ru"],
)
def test_a_book_in_another_script_says_the_same_in_both_media(tmp_path: Path, text: str) -> None:
    lines = "\n\n".join([f"# {text[:12]}", f"{text}[^1]", f"- {text}\n  - {text}", *[text] * 20])
    made = built(tmp_path, f"{lines}\n\n[^1]: {text}\n")
    assert lost(made) == []


def test_what_is_written_in_devanagari_can_be_searched_for(tmp_path: Path) -> None:
    made = built(tmp_path, f"# हिन्दी\n\n{HINDI}\n")
    assert "इसे देवनागरी लिपि में" in " ".join(said(made).split())


def test_the_faces_of_another_script_are_in_both_files(tmp_path: Path) -> None:
    made = built(tmp_path, f"# عربي\n\n{ARABIC}\n")
    with ZipFile(BytesIO(of(made, ".epub").data)) as archive:
        assert any("NotoNaskhArabic" in name for name in archive.namelist())
    with pikepdf.open(BytesIO(of(made, ".pdf").data)) as pdf:
        named = [str(each.get("/BaseFont", "")) for each in pdf.objects if _is_font(each)]
    assert any("Naskh" in name for name in named)


def _is_font(each: object) -> bool:
    return isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font"


FORMULAS = "Let $x_{%d}^2 < y$ be such that $\\frac{a}{%d}$ holds.\n\n$$\n\\sum_i x_i^{%d}\n$$\n"


def test_formulas_are_on_the_pages_where_the_e_book_has_them(tmp_path: Path) -> None:
    text = "\n".join(FORMULAS % (n, n, n) for n in range(60))
    made = built(tmp_path, f"---\nlang: en\n---\n\n# Formulas\n\n{text}")
    assert lost(made) == []
    with ZipFile(BytesIO(of(made, ".epub").data)) as archive:
        chapter = archive.read("EPUB/one.xhtml").decode()
        assert 'properties="mathml"' in archive.read("EPUB/content.opf").decode()
    assert chapter.count("<math ") == 180
    assert 'alttext="\\frac{a}{7}"' in chapter


def test_the_heads_of_a_book_from_the_right_are_those_of_their_side(tmp_path: Path) -> None:
    made = built(tmp_path, f"---\ntitle: كتاب\n---\n\n# فصل\n\n{f'{ARABIC} ' * 150}\n")
    heads = {}
    with pypdfium2.PdfDocument(of(made, ".pdf").data) as pdf:
        for number, page in enumerate(pdf):
            width, height = page.get_size()
            head = page.get_textpage().get_text_bounded(0, height - 50, width, height)
            if head.strip() and pdf.get_page_label(number).isdigit():
                heads[int(pdf.get_page_label(number))] = head.strip()
    # A recto, whose folio is odd, lies on the left there, and tells the chapter.
    assert len(heads) > 2
    assert all(("ص" in head) == bool(folio % 2) for folio, head in heads.items())
    assert all(("ك" in head) == (folio % 2 == 0) for folio, head in heads.items())


def test_code_is_in_the_reader_s_own_face_for_it(tmp_path: Path) -> None:
    made = built(tmp_path, f"# عربي\n\n{ARABIC}\n\n`code`\n")
    with ZipFile(BytesIO(of(made, ".epub").data)) as archive:
        sheet = archive.read("EPUB/css/type.css").decode()
    assert 'samp { font-family: monospace, "Noto' in sheet


def test_the_lines_of_a_note_run_on(tmp_path: Path) -> None:
    note = "A [link](https://a.example/b). \nand the words\n    after it"
    made = built(tmp_path, f"---\nlang: en\n---\n\n# A\n\nText.[^1]\n\n[^1]: {note}\n")
    assert lost(made) == []
    assert "and the words after it" in " ".join(said(made).split())


def test_a_text_without_a_heading_is_called_by_its_name(tmp_path: Path) -> None:
    html = "<div>\n<pre>x\n\n# no heading\n</pre>\n</div>\n"
    made = built(tmp_path, f"---\nlang: en\ntitle: The name of it\n---\n\n{html}")
    with ZipFile(BytesIO(of(made, ".epub").data)) as archive:
        assert "<title>" in archive.read("EPUB/one.xhtml").decode()
    assert lost(made) == []
