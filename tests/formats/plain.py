"""What test_breaks.py amends."""


def plain() -> int:
    return 1
