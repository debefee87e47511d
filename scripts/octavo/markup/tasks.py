"""Tasks: boxes to tick.

::

    - [x] done
    - [ ] to do

becomes ``<li class="task">`` with a ``<span class="tickbox checked" role="img"/>`` at its head. The
box is drawn by the stylesheet, so that it prints and needs no form.
"""

from octavo import xhtml

_ITEM = ".//h:li[contains(concat(' ', @class, ' '), ' task-list-item ')]"


def finish(body: xhtml.Element) -> None:
    """Put a box in the place of every form field that pymdownx made."""
    for item in xhtml.find(body, _ITEM):
        item.set("class", "task")
        for field in xhtml.find(item, "./h:label | ./h:input | ./h:p/h:label | ./h:p/h:input"):
            checked = bool(xhtml.find(field, "descendant-or-self::h:input[@checked]"))
            box = field.makeelement(
                f"{{{xhtml.XHTML}}}span",
                {
                    "class": "tickbox checked" if checked else "tickbox",
                    "role": "img",
                    "aria-label": "[x]" if checked else "[ ]",
                },
            )
            xhtml.replace(field, [box])
    for list_ in xhtml.find(body, ".//h:ul[contains(@class, 'task-list')]"):
        list_.set("class", "tasks")
