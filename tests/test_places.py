"""Places in a text: the words that begin before one, counted in two ways."""

import random

from octavo import places, xhtml

TEXT = """
<section id="leaf"><h1>Of places</h1>
<p>A place, and an<em>other</em> – “quoted”, hy\u00adphen\u00adated <i></i><b> spaced </b>
   words.<span class="noteref">1</span></p>
<aside class="footnote" id="note"><p>A note is a text of <em>its</em> own.</p></aside>
<p>—</p><p> </p><p>Après l’été, 1815.</p></section>
"""


def test_words_are_counted_as_they_are_said() -> None:
    section = xhtml.parse_fragment(TEXT)[0]
    for text in (places.Text(section), *map(changed, range(40))):
        for note in ("", "note", "none"):
            said = list(places.words(text, note))
            words = places.Words(text, note)
            assert words.said == [word for word, _ in said]
            for offset in range(0, 140, 3):
                assert words.before(offset) == sum(at < offset for _, at in said)


def changed(seed: int) -> places.Text:
    """Return the text with its elements in another order, and some of them emptied."""
    chance = random.Random(seed)
    section = xhtml.parse_fragment(TEXT)[0]
    blocks = list(section)
    chance.shuffle(blocks)
    section[:] = blocks
    for element in section.iter():
        if not chance.randrange(4):
            element.text = chance.choice(("", " ", "—", " a ", None))
        if not chance.randrange(6):
            element.tail = chance.choice(("", " b", "c d", None))
    return places.Text(section)
