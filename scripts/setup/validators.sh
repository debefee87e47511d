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
}

ELSEWHERE_TESTS="The tests need a JDK, JAXB's jars in /usr/share/java, Node 18+, Chromium, Poppler and qpdf;
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
}
