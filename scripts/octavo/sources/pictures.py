"""Images as they are found in the wild: of another kind than their name says, damaged, active."""

import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from typing import Final

import PIL.Image
import PIL.ImageOps
from lxml import etree

from octavo.diagnostics import Diagnostic, Location, warning
from octavo.imaging import strictly
from octavo.model import Asset
from octavo.sources.files import IMAGE_TYPES

FOUND_TYPES: Final[Mapping[str, str]] = {
    **IMAGE_TYPES,
    ".bmp": "image/bmp",
    ".jfif": "image/jpeg",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
}
"""The images that are read, by suffix: what e-books do not have is turned into what they have."""

_MOST: Final = 3_600
"""So many pixels are as wide as a page of A4 is at 300 to an inch, and a little more."""

_END: Final = {"image/png": b"IEND", "image/jpeg": b"\xff\xd9", "image/gif": b";"}
"""What stands near the end of an image that is whole."""

_LIKE: Final = {"image/mpo": "image/jpeg"}
"""Several pictures in one, as cameras write them, of which the first is one of another kind."""

_MOVING: Final = frozenset({"image/gif", "image/png", "image/webp"})
_TAIL: Final = 65_536
_ORIENTATION: Final = 0x0112
"""The tag of EXIF that tells how a picture is to be turned."""

_DEEP: Final = frozenset({"I", "I;16", "I;16B", "I;16L", "F"})
_SVG: Final = "image/svg+xml"
_PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
_ACTING: Final = frozenset({"script", "foreignObject", "iframe", "audio", "video", "handler"})
_HREF: Final = ("href", "{http://www.w3.org/1999/xlink}href")
_OUTSIDE: Final = re.compile(r"url\(\s*['\"]?(?:https?:|//)[^)]*\)|@import[^;]*;", re.IGNORECASE)


def sound(assets: Mapping[str, Asset], found: list[Diagnostic]) -> Mapping[str, Asset]:
    """Return the images that can be shown, each with the type that it is of.

    What is damaged is left out, and said (I004); a drawing goes without what would act or be
    fetched (X004).
    """
    made = {}
    for path, asset in assets.items():
        drawn = _drawing(path, asset, found) if asset.media_type == _SVG else _picture(asset)
        if drawn is None:
            message = f"{path} is no image that can be read, and is left out"
            hint = "save it again from the program that made it"
            found.append(warning("I004", message, Location(path), hint))
        else:
            made[path] = drawn
    return made


def _picture(asset: Asset) -> Asset | None:
    """Return a picture as every reader and every page shows it; None where it cannot be read."""
    try:
        with (
            strictly(),
            warnings.catch_warnings(action="ignore", category=PIL.Image.DecompressionBombWarning),
            PIL.Image.open(BytesIO(asset.data)) as opened,
        ):
            kind = PIL.Image.MIME.get(opened.format or "", "")
            kind = _LIKE.get(kind, kind)
            if _END.get(kind, b"") not in asset.data[-_TAIL:]:
                opened.load()
            if not _is_to_be_made_anew(opened, kind):
                return _typed(asset, kind)
            return _made_anew(asset, opened, kind)
    except (OSError, SyntaxError, ValueError, PIL.Image.DecompressionBombError):
        return _typed(asset, _SVG) if b"<svg" in asset.data[:1_000] else None


def _is_to_be_made_anew(image: PIL.Image.Image, kind: str) -> bool:
    """Return whether a picture is of a kind that e-books have not, for a press, turned or huge."""
    if kind in _MOVING and getattr(image, "is_animated", False):
        return False
    turned = image.getexif().get(_ORIENTATION, 1) != 1
    strange = image.mode == "CMYK" or image.mode in _DEEP or kind not in IMAGE_TYPES.values()
    return turned or strange or max(image.size) > _MOST


def _made_anew(asset: Asset, image: PIL.Image.Image, kind: str) -> Asset:
    upright = PIL.ImageOps.exif_transpose(image)
    if upright.mode in _DEEP:
        scale = 255 if upright.mode == "F" else 1 / 257
        upright = upright.convert("F").point(lambda value: value * scale).convert("L")
    elif upright.mode == "CMYK":
        upright = upright.convert("RGB")
    upright.thumbnail((_MOST, _MOST))
    made = BytesIO()
    photograph = kind == "image/jpeg"
    upright.save(made, "JPEG" if photograph else "PNG", **({"quality": 92} if photograph else {}))
    done = replace(asset, data=made.getvalue())
    return _typed(done, "image/jpeg" if photograph else "image/png") or done


def _typed(asset: Asset, kind: str) -> Asset | None:
    """Return an image as one of a type; None where e-books have no such."""
    suffixes = [suffix for suffix, media_type in IMAGE_TYPES.items() if media_type == kind]
    if kind == asset.media_type:
        return asset
    return replace(asset, name=f"{asset.name}{suffixes[-1]}", media_type=kind) if suffixes else None


def _drawing(path: str, asset: Asset, found: list[Diagnostic]) -> Asset | None:
    try:
        root = etree.fromstring(asset.data, _PARSER)
    except etree.XMLSyntaxError:
        return _picture(replace(asset, media_type=""))
    gone = list(_taken(root))
    if not gone:
        return asset
    message = (
        f"{path} goes without what acts, or would be fetched: {', '.join(dict.fromkeys(gone))}"
    )
    hint = "draw it without, or save it as a picture"
    found.append(warning("X004", message, Location(path), hint))
    return replace(asset, data=etree.tostring(root, encoding="utf-8", xml_declaration=True))


def _taken(root: etree._Element) -> Iterator[str]:
    """Take away what a drawing must not have, and yield its names."""
    for element in list(root.iter("*")):
        name = str(element.tag).rpartition("}")[2]
        parent = element.getparent()
        if name in _ACTING and parent is not None:
            parent.remove(element)
            yield name
            continue
        for key, value in list(element.attrib.items()):
            attribute, said = str(key), str(value).strip()
            local = attribute.rpartition("}")[2]
            outside = attribute in _HREF and re.match(r"(?:https?:|//|javascript:)", said)
            if (
                local.startswith("on")
                or (outside and name != "a")
                or said.startswith("javascript:")
            ):
                del element.attrib[key]
                yield local
            elif _OUTSIDE.search(said):
                element.set(attribute, _OUTSIDE.sub("none", said))
                yield "url()"
        if name == "style" and _OUTSIDE.search(element.text or ""):
            element.text = _OUTSIDE.sub("", element.text or "")
            yield "url()"
