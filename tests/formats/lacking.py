"""A format whose library is not on this system, as WeasyPrint says it of Pango."""

raise OSError("cannot load library 'libnothing-1.0-0': libnothing-1.0-0: cannot open")
