"""A module whose library has no name by which it is found without a search."""

import ctypes.util

LIBRARY = ctypes.util.find_library("elsewhere")
if LIBRARY is None:
    raise OSError("libelsewhere cannot be found")
