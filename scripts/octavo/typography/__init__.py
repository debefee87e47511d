"""What Octavo knows of letters: faces, quotation marks, hyphenation, direction of writing.

Other stages ask here; nothing here knows of them.
"""
