# shellcheck shell=bash
# What the system must have, looked for by use and not by name, and installed where apt is at hand.
# Sourced by scripts/build and scripts/test; $PYTHON is set by find_python.

say() { printf '%s\n' "$*" >&2; }

as_root() {
  # sudo passes no environment on, and a package must ask nothing.
  if [ "$(id -u)" = 0 ]; then env DEBIAN_FRONTEND=noninteractive "$@"; else sudo env DEBIAN_FRONTEND=noninteractive "$@"; fi
}

find_python() {
  local candidate
  for candidate in python3.13 python3.12 python3.11 python3; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      PYTHON=$candidate
      return
    fi
  done
  say "Octavo needs Python 3.11 or later; none was found."
  exit 1
}

has_venv() { "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null; }

# The libraries that WeasyPrint opens when it sets a page.
has_library() { "$PYTHON" -c "import ctypes; ctypes.CDLL('$1')" 2>/dev/null; }

has_pango() {
  if [ "$(uname)" = Darwin ]; then
    "$PYTHON" -c 'import ctypes.util, sys; sys.exit(not ctypes.util.find_library("pango-1.0"))'
  else
    has_library libpango-1.0.so.0 && has_library libpangoft2-1.0.so.0 && has_library libfontconfig.so.1 && has_library libharfbuzz-subset.so.0
  fi
}

# Prints the Debian packages that are missing for building.
missing_for_build() {
  has_venv || "$PYTHON" -c 'import sys; print("python3-venv python%d.%d-venv" % sys.version_info[:2])'
  has_pango || echo "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig"
}

# ensure_packages FUNCTION "the same in words for other systems"; the function prints what is missing.
ensure_packages() {
  local missing
  missing=$("$1" | xargs)
  [ -n "$missing" ] || return 0
  install_packages "$missing" "$2"
  missing=$("$1" | xargs)
  [ -n "$missing" ] || return 0
  say "Still missing, though apt-get reported no error: $missing"
  exit 1
}

install_packages() {
  if ! command -v apt-get >/dev/null; then
    say "This system lacks what Debian calls: $1"
    say "$2"
    exit 1
  fi
  if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
    say "Ask an administrator to run: apt-get install $1"
    exit 1
  fi
  say "installing: $1"
  # shellcheck disable=SC2086 # a list of names
  apt_install $1 || { as_root apt-get update -qq >&2 && apt_install $1; }
}

# Debian names the venv of its own Python python3-venv; an unknown name among several is no reason to stop.
apt_install() {
  local known=() name
  for name in "$@"; do
    if apt-cache show "$name" >/dev/null 2>&1; then known+=("$name"); fi
  done
  [ "${#known[@]}" -gt 0 ] || return 1
  as_root apt-get install -y -qq --no-install-recommends "${known[@]}" >&2
}

ELSEWHERE_BUILD="Fedora: dnf install python3 pango harfbuzz fontconfig
Arch:   pacman -S python pango harfbuzz fontconfig
macOS:  brew install python pango harfbuzz fontconfig"

ensure_system_for_build() {
  find_python
  ensure_packages missing_for_build "$ELSEWHERE_BUILD"
}
