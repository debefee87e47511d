"""The leak check: a finished file must not hold what is meant for other readers.

It knows nothing of how the file was made. It reads every string in it, seen or not, and looks for
the words of the passages that the edition's readers must not get.
"""

from octavo.leaks.finding import leaks
from octavo.leaks.secrets import Secrets, secrets

__all__ = ["Secrets", "leaks", "secrets"]
