"""Roman numerals, and the labels of pages."""

from typing import Final

_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def roman(number: int) -> str:
    """Return a number from 1 on in small roman numerals."""
    numeral = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        numeral += letters * count
    return numeral


def folios(front: int, total: int) -> tuple[str, ...]:
    """Return the labels of a book's pages: i, ii, iii ... before the body, then 1, 2, 3 ...

    Args:
        front: how many pages stand before the body.
        total: how many there are.
    """
    return tuple(
        roman(number) if number <= front else str(number - front) for number in range(1, total + 1)
    )
