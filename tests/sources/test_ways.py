"""The folders of other tools: which way in they take, and what is read of them."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from octavo.delivery import examine
from octavo.diagnostics import PublishingError, Severity
from octavo.importing import keep
from octavo.mending import mend
from octavo.model import Manuscript, Matter, SpineItem
from octavo.sources import read


def written(folder: Path, files: Mapping[str, str]) -> Manuscript:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return read(folder, epoch=0)


def shown(items: tuple[SpineItem, ...]) -> list[object]:
    """Return a spine without its leaves: paths, and titles of parts with what they hold."""
    texts = [item for item in items if item.path or item.items]
    return [(i.title or i.path, shown(i.items)) if i.items else i.path for i in texts]


def codes(made: Manuscript) -> list[str]:
    return [f"{each.location} {each.code}" for each in made.found]


SUMMARY = """
# Summary

[Preface](preface.md)

# One

- [A](a.md)
  - [B](sub/b.md)
- [Draft]()

# Two

- [C](c.md#x)

[End](end.md)
"""


def test_mdbook(tmp_path: Path) -> None:
    texts = {f"src/{name}.md": f"# {name}\n" for name in ("preface", "a", "sub/b", "c", "end")}
    toml = '[book]\ntitle = "T"\nauthors = ["X", "Y"]\nlanguage = "de"\n'
    made = written(tmp_path, {"book.toml": toml, "src/SUMMARY.md": SUMMARY, **texts})
    assert made.dialect == "mdbook"
    assert shown(made.spine) == [
        "src/preface.md",
        ("One", ["src/a.md", "src/sub/b.md"]),
        ("Two", ["src/c.md"]),
        "src/end.md",
    ]
    matters = [item.matter for item in made.spine if item.path]
    assert matters == [Matter.FRONT, Matter.BACK]
    assert [person.name for person in made.metadata.creators] == ["X", "Y"]
    assert made.metadata.language == "de"
    assert codes(made) == ["src/SUMMARY.md:10 S016"]


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("a.rs", "1\n2\n3"),
        ("a.rs:2", "2"),
        ("a.rs:2:", "2\n3"),
        ("a.rs::2", "1\n2"),
        ("a.rs:b", "2"),
    ],
)
def test_mdbook_includes(tmp_path: Path, asked: str, wanted: str) -> None:
    files = {
        "book.toml": '[book]\ntitle = "T"\n',
        "src/SUMMARY.md": "- [A](a.md)\n",
        "src/a.md": f"# A\n\n{{{{#include {asked}}}}}\n\nafter\n",
        "src/a.rs": "1\n2\n3\n" if ":b" not in asked else "1\n// ANCHOR: b\n2\n// ANCHOR_END: b\n",
    }
    source = written(tmp_path, files).sources["src/a.md"]
    assert source.text == f"# A\n\n{wanted}\n\nafter\n"
    assert source.written(source.text.count("\n")).line == 5


def test_bookdown(tmp_path: Path) -> None:
    index = '---\ntitle: "T"\nauthor: X\ndate: "`r Sys.Date()`"\n---\n\n# I\n'
    files = {
        "_bookdown.yml": "x: y\n",
        "index.Rmd": index,
        "02-b.Rmd": "# B\n",
        "01-a.Rmd": "# A\n",
    }
    made = written(tmp_path, {**files, "_draft.Rmd": "# No\n", "README.md": "# No\n"})
    assert made.dialect == "bookdown"
    assert shown(made.spine) == ["index.Rmd", "01-a.Rmd", "02-b.Rmd"]
    assert made.metadata.title == "T"
    assert not made.metadata.date
    assert made.sources["index.Rmd"].text == "\n# I\n"
    assert made.sources["index.Rmd"].written(2).line == 7


def test_a_plain_folder_in_natural_order(tmp_path: Path) -> None:
    names = (
        "10-b.md",
        "2-a.md",
        "README.md",
        "sub/x.md",
        "sub/README.md",
        "other/y.md",
        "other/z.md",
    )
    made = written(tmp_path, {name: f"# {name}\n" for name in (*names, "LICENSE.md")})
    assert made.dialect == "folder"
    assert shown(made.spine) == [
        "README.md",
        "2-a.md",
        "10-b.md",
        ("Other", ["other/y.md", "other/z.md"]),
        ("sub/README.md", ["sub/x.md"]),
    ]
    assert codes(made) == ["LICENSE.md S002", "README.md M010"]


def test_one_long_text_is_cut_at_its_headings(tmp_path: Path) -> None:
    words = "word " * 2_100
    text = f"# Title: A book\n\n## Author: Somebody\n\n# One\n\n{words}\n\n# Two\n\n{words}\n"
    made = written(tmp_path, {"book.md": text})
    assert made.dialect == "single"
    assert shown(made.spine) == ["book-001.md", "book-002.md"]
    assert made.metadata.title == "A book"
    assert [person.name for person in made.metadata.creators] == ["Somebody"]
    assert str(made.sources["book-002.md"].written(1)) == "book.md:9"


def test_a_short_text_is_one_chapter(tmp_path: Path) -> None:
    made = written(tmp_path, {"book.md": "# A\n\n# B\n"})
    assert made.dialect == "folder"
    assert shown(made.spine) == ["book.md"]
    assert made.metadata.title == "A"


def test_mkdocs(tmp_path: Path) -> None:
    yml = 'site_name: S\nnav:\n  - i.md\n  - G:\n    - "X": s/x.md\n    - H: [s/y.md]\nx: !ENV A\n'
    texts = {f"docs/{name}.md": f"# {name}\n" for name in ("i", "s/x", "s/y", "unlisted")}
    made = written(tmp_path, {"mkdocs.yml": yml, **texts})
    assert shown(made.spine) == ["docs/i.md", ("G", ["docs/s/x.md", "docs/s/y.md"])]
    assert made.metadata.title == "S"


def test_quarto(tmp_path: Path) -> None:
    yml = (
        "project: {type: book}\nlang: fr\nbook:\n  title: T\n  author: [A, {name: B}]\n"
        "  chapters:\n  - index.qmd\n  - part: P\n    chapters: [a.qmd, gone.qmd]\n"
        "  appendices: [z.qmd]\n"
    )
    texts = {f"{name}.qmd": f"# {name}\n" for name in ("index", "a", "z")}
    made = written(tmp_path, {"_quarto.yml": yml, **texts})
    assert shown(made.spine) == ["index.qmd", ("P", ["a.qmd"]), "z.qmd"]
    assert [person.name for person in made.metadata.creators] == ["A", "B"]
    assert made.metadata.language == "fr"
    assert codes(made) == ["_quarto.yml S016"]


def test_jupyter_book_and_myst(tmp_path: Path) -> None:
    toc = "root: intro\nparts:\n- caption: P\n  chapters:\n  - file: a\n    sections: [{file: b}]\n"
    texts = {f"{name}.md": f"# {name}\n" for name in ("intro", "a", "b")}
    made = written(tmp_path, {"_toc.yml": toc, "_config.yml": "title: T\n", **texts})
    assert shown(made.spine) == ["intro.md", ("P", ["a.md", "b.md"])]
    assert made.metadata.title == "T"


YML = {"_quarto.yml": "book:\n  title: T\n  chapters: [a.qmd]\nlang: en\n"}


@pytest.mark.parametrize(
    ("files", "wanted"),
    [
        (
            {**YML, "a.qmd": "# A\n\n{{< include in/b.qmd >}}\n\nEnd.\n",
             "in/b.qmd": "---\ntitle: x\n---\nInside.\n"},
            "# A\n\nInside.\n\nEnd.\n",
        ),
        (
            {"mkdocs.yml": "site_name: T\nnav: [a.md]\n", "inc/b.md": "1\n2\n3\n",
             "docs/a.md": '# A\n\n!!! note\n    --8<-- "inc/b.md:2:3"\n\n;--8<-- "no"\n'},
            '# A\n\n!!! note\n    2\n    3\n\n--8<-- "no"\n',
        ),
        (
            {"mkdocs.yml": "site_name: T\nnav: [a.md]\n", "inc/b.md": "1\n2\n",
             "docs/a.md": "# A\n\n--8<--\ninc/b.md\n--8<--\n"},
            "# A\n\n1\n2\n\n",
        ),
        (
            {"_toc.yml": "root: a\n", "code.py": "a = 1\nb = 2\nc = 3\n", "b.md": "Inside.\n",
             "a.md": "# A\n\n```{literalinclude} code.py\n:language: python\n:lines: 2-3\n```\n"
             "\n```{include} b.md\n```\n"},
            "# A\n\n```python\nb = 2\nc = 3\n```\n\nInside.\n",
        ),
        (
            {"_bookdown.yml": "", "index.Rmd": "# A\n\n```{r child='in/b.md'}\n```\n",
             "in/b.md": "Inside.\n"},
            "# A\n\nInside.\n",
        ),
    ],
    ids=["quarto", "mkdocs", "mkdocs-block", "myst", "bookdown"],
)  # fmt: skip
def test_texts_that_others_ask_for(tmp_path: Path, files: dict[str, str], wanted: str) -> None:
    made = written(tmp_path, files)
    assert next(iter(made.sources.values())).text == wanted
    assert "S017" not in {each.code for each in made.found}


def test_a_text_that_asks_for_itself_is_told(tmp_path: Path) -> None:
    made = written(
        tmp_path,
        {**YML, "a.qmd": "# A\n\n{{< include b.md >}}\n", "b.md": "B.\n\n{{< include a.qmd >}}\n"},
    )
    assert codes(made) == ["b.md:3 S017"]
    assert made.sources["a.qmd"].text.startswith("# A\n\nB.\n")


def test_a_text_that_is_asked_for_and_not_there_is_told(tmp_path: Path) -> None:
    made = written(tmp_path, {**YML, "a.qmd": "# A\n\n{{< include none.qmd >}}\n"})
    assert codes(made) == ["a.qmd:3 S017"]
    assert "{{< include none.qmd >}}" in made.sources["a.qmd"].text


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The words of this are in English, and that is all there is to it.", "en"),
        ("Die Wörter sind deutsch, und das ist nicht mit der Hand geschrieben.", "de"),
        ("هذا نص مكتوب باللغة العربية", "ar"),
        ("این یک متن فارسی است که پیچیده نیست و گچ ندارد", "fa"),
        ("זה טקסט בעברית", "he"),
        ("这是中文，里面有 Octavo 这个词。", "zh"),
        ("これは日本語の文章です。", "ja"),
        ("Это русский текст.", "ru"),
        ("यह हिंदी है", "hi"),
    ],
)
def test_the_language_is_taken_from_the_words(tmp_path: Path, text: str, language: str) -> None:
    made = written(tmp_path, {"one.md": f"# A\n\n{text}\n"})
    assert made.metadata.language == language
    # Which letters no face here draws (T002) is the machine's matter, not the language's.
    assert [code for code in codes(made) if not code.endswith("T002")] == ["one.md M010"]


def test_an_image_has_the_type_that_it_is_of(tmp_path: Path) -> None:
    import PIL.Image

    PIL.Image.new("RGB", (4, 4)).save(tmp_path / "图.png", "JPEG")
    made = written(tmp_path, {"one.md": "# A\n\n![x](图.png)\n"})
    asset = made.assets["图.png"]
    assert asset.media_type == "image/jpeg"
    assert asset.name.isascii()
    assert asset.name.endswith((".jpg", ".jpeg"))


def _gradient(size: tuple[int, int] = (40, 20)) -> Any:
    import PIL.Image

    image = PIL.Image.linear_gradient("L").resize(size).convert("RGB")
    image.putpixel((0, 0), (255, 0, 0))
    return image


def _saved(path: Path, image: Any, **options: Any) -> Path:
    image.save(path, **options)
    return path


def _turned(path: Path) -> Path:
    import PIL.Image

    exif = PIL.Image.Exif()
    exif[0x0112] = 6
    return _saved(path, _gradient(), exif=exif)


def _several(path: Path) -> Path:
    return _saved(path, _gradient(), format="MPO", save_all=True, append_images=[_gradient()])


def _deep(path: Path) -> Path:
    import PIL.Image

    return _saved(path, PIL.Image.new("I;16", (40, 20), 0x8000))


@pytest.mark.parametrize(
    ("name", "save", "kind", "mode", "size"),
    [
        ("a.bmp", lambda p: _saved(p, _gradient()), "image/png", "RGB", (40, 20)),
        ("a.tiff", lambda p: _saved(p, _gradient()), "image/png", "RGB", (40, 20)),
        ("a.png", lambda p: _saved(p, _gradient(), format="BMP"), "image/png", "RGB", (40, 20)),
        ("a.jpg", lambda p: _saved(p, _gradient().convert("CMYK")), "image/jpeg", "RGB", (40, 20)),
        ("a.jpg", _turned, "image/jpeg", "RGB", (20, 40)),
        ("a.jpg", _several, "image/jpeg", "RGB", (40, 20)),
        ("a.png", _deep, "image/png", "L", (40, 20)),
        ("a.png", lambda p: _saved(p, _gradient((7200, 72))), "image/png", "RGB", (3600, 36)),
    ],
    ids=["bmp", "tiff", "misnamed", "cmyk", "turned", "several", "deep", "huge"],
)
def test_pictures_become_such_as_every_reader_shows(
    tmp_path: Path, name: str, save: Any, kind: str, mode: str, size: tuple[int, int]
) -> None:
    import PIL.Image

    save(tmp_path / name)
    asset = written(tmp_path, {"one.md": f"# A\n\n![x]({name})\n"}).assets[name]
    with PIL.Image.open(BytesIO(asset.data)) as image:
        assert (asset.media_type, image.mode, image.size) == (kind, mode, size)
        if mode == "L":
            assert image.getpixel((1, 1)) == 127


@pytest.mark.parametrize("lenient", [False, True])
def test_a_picture_that_is_cut_short_is_left_out_and_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, lenient: bool
) -> None:
    """Whatever others have told Pillow, as WeasyPrint does."""
    import PIL.ImageFile

    monkeypatch.setattr(PIL.ImageFile, "LOAD_TRUNCATED_IMAGES", lenient)
    data = _saved(tmp_path / "a.png", _gradient((300, 300))).read_bytes()
    (tmp_path / "a.png").write_bytes(data[: len(data) // 2])
    made = mend(written(tmp_path, {"one.md": "---\nlang: en\n---\n# A\n\n![x](a.png)\n"}))
    assert codes(made) == ["a.png I004"]
    assert made.sources["one.md"].text == "# A\n\nx\n"
    assert lenient is PIL.ImageFile.LOAD_TRUNCATED_IMAGES


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n")
    with pytest.raises(PublishingError, match="not a folder"):
        read(tmp_path / "a.md")


def test_a_folder_of_nothing(tmp_path: Path) -> None:
    with pytest.raises(PublishingError, match="M001"):
        read(tmp_path)


@pytest.mark.slow
def test_what_is_imported_is_what_was_built(tmp_path: Path) -> None:
    files = {
        "ar/a.Rmd": "# A\n\n## S {#s}\n\n[b](b.html#s) ![x](../images/y.svg)\n\n- one\n  two\n",
        "ar/b.Rmd": "# B\n\n## S {#s}\n\n[a](a.Rmd) [own](#s)\n",
        "images/y.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    paths, _ = keep(tmp_path / "ar", tmp_path / "new")
    assert {path.relative_to(tmp_path / "new").as_posix() for path in paths} == {
        "book.toml", "images/y.svg", "text/a.md", "text/b.md",
    }  # fmt: skip
    texts = [(tmp_path / "new" / "text" / name).read_text() for name in ("a.md", "b.md")]
    assert texts[0] == (
        "# A\n\n## S {#s}\n\n[b](b.md#s-2) ![x](../images/y.svg)\n\n- one\n    two\n"
    )
    assert texts[1] == "# B\n\n## S {#s-2}\n\n[a](a.md) [own](#s-2)\n"
    before, after = examine(tmp_path / "ar"), examine(tmp_path / "new")
    assert [each for each in after.diagnostics if each.severity is Severity.ERROR] == []
    assert dict(after.figures) == dict(before.figures)


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text("# A\n")
    with pytest.raises(PublishingError, match="M007"):
        keep(tmp_path, tmp_path)


def test_a_text_that_is_not_utf_8_is_guessed(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_bytes("# Café\n\nThe words of it, and the rest.\n".encode("cp1252"))
    made = read(tmp_path, epoch=0)
    assert made.sources["one.md"].text.startswith("# Café\n")
    assert codes(made) == ["one.md:1 S003", "one.md M010"]


def test_a_drawing_goes_without_what_acts(tmp_path: Path) -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        'onload="x()"><script>x()</script><image xlink:href="https://a.example/b.png"/>'
        '<a xlink:href="https://a.example/"><circle r="4"/></a></svg>'
    )
    made = written(tmp_path, {"one.md": "# The words of it\n\n![x](a.svg)\n", "a.svg": svg})
    left = made.assets["a.svg"].data.decode()
    assert "script" not in left
    assert "onload" not in left
    assert "b.png" not in left
    assert 'href="https://a.example/"' in left
    assert codes(made) == ["one.md M010", "a.svg X004"]


def test_an_image_that_is_damaged_is_left_out(tmp_path: Path) -> None:
    made = written(tmp_path, {"one.md": "# The words of it\n\n![x](a.png)\n", "a.png": "no"})
    assert not made.assets
    assert codes(made) == ["one.md M010", "a.png I004"]


def test_front_matter_in_toml(tmp_path: Path) -> None:
    made = written(tmp_path, {"one.md": '+++\ntitle = "T"\nlang = "en"\n+++\n\n# A\n'})
    assert made.metadata.title == "T"
    assert made.sources["one.md"].text == "\n# A\n"


def test_folders_that_tools_keep_for_themselves(tmp_path: Path) -> None:
    made = written(tmp_path, {"a.md": "# A\n", "_site/b.md": "# B\n", "_posts/c.md": "# C\n"})
    assert shown(made.spine) == ["_posts/c.md", "a.md"]


def test_a_sign_that_no_face_draws_is_named(tmp_path: Path) -> None:
    made = written(tmp_path, {"one.md": "# The words of it\n\na \U0010fffd b\n"})
    assert made.sources["one.md"].text.endswith("a [u+10fffd] b\n")
    assert codes(made) == ["one.md M010", "one.md:3 T002"]
