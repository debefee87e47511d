# shellcheck shell=bash
# What the tests look at books with: EPUBCheck and veraPDF (Java), Ace (Node, Chromium), Poppler, qpdf.
# Sourced by scripts/test, in the project's folder.

has_node() { command -v npm >/dev/null && node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' 2>/dev/null; }

has_java() { java -version >/dev/null 2>&1 && javac -version >/dev/null 2>&1; }

missing_for_tests() {
  has_java || echo default-jdk-headless
  [ -e /usr/share/java/jaxb-runtime.jar ] || echo libjaxb-java
  has_node || echo nodejs npm
  tests/validators/chromium --version >/dev/null 2>&1 || echo chromium
  command -v pdftotext >/dev/null || echo poppler-utils
  command -v qpdf >/dev/null || echo qpdf
  command -v git >/dev/null || echo git
  missing_faces
}

# Faces for the scripts in which the tests set pages, beyond what the house's own draw.
missing_faces() {
  has_face "Noto Naskh Arabic" || echo fonts-noto-core
  has_face "Noto Serif CJK SC" || echo fonts-noto-cjk
  has_face "Symbola" || echo fonts-symbola
}

has_face() { fc-list "$1" 2>/dev/null | grep -q .; }

# The input files of Python-Markdown's own tests, of the version that is installed.
ensure_markdown_tests() {
  local version place=tests/validators/markdown
  version=$(.venv/bin/python -c 'import markdown; print(markdown.__version__)')
  [ "$(cat $place/version 2>/dev/null)" = "$version" ] && return
  say "fetching the source of Python-Markdown $version, for its tests"
  rm -rf $place && mkdir $place
  .venv/bin/python -m pip download --quiet --disable-pip-version-check --no-deps --no-binary :all: \
    --dest $place "markdown==$version" >&2
  tar -xzf $place/*.tar.gz -C $place --strip-components=1
  rm $place/*.tar.gz
  printf '%s' "$version" >$place/version
}

ELSEWHERE_TESTS="The tests need a JDK, JAXB's jars in /usr/share/java, Node 18+, Chromium, Poppler, qpdf and
the faces Noto Naskh Arabic, Noto Serif CJK SC and Symbola;
they are tried on Debian and Ubuntu. Without them run: scripts/test --quick"

ensure_validators() {
  ensure_packages missing_for_tests "$ELSEWHERE_TESTS"
  local stamp=tests/validators/node_modules/octavo.stamp wanted
  wanted=$(cksum <tests/validators/package-lock.json)
  if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
    say "installing what tests/validators/package-lock.json names"
    (cd tests/validators && PUPPETEER_SKIP_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error >&2)
    printf '%s\n' "$wanted" >"$stamp"
  fi
  ensure_markdown_tests
}
