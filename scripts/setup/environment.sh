# shellcheck shell=bash
# The virtual environment: made once from a lock file, and made again only when that changes.
# Sourced by scripts/build and scripts/test, in the project's folder.

# A stamp names what was installed, and for which folder and Python.
wanted_stamp() { { venv_place; cat "$@"; } | cksum; }

# The scripts in .venv name its folder and its packages lie under its Python's version:
# where either has changed, it has to be made again.
venv_place() { printf '%s\n' "$(pwd -P)" "$(.venv/bin/python --version 2>&1)"; }

make_venv() {
  say "making .venv"
  rm -rf .venv
  "$PYTHON" -m venv .venv
  venv_place >.venv/place
}

# ensure_environment NAME LOCK...
ensure_environment() {
  local stamp=.venv/$1.stamp wanted
  shift
  wanted=$(wanted_stamp pyproject.toml "$@")
  if [ -x .venv/bin/octavo ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
    return
  fi
  ensure_system_for_build
  # An installation that was cut short can leave a package that pip takes for whole.
  if [ -e .venv/unfinished ] || [ "$(cat .venv/place 2>/dev/null)" != "$(venv_place)" ]; then make_venv; fi
  say "installing what ${*} names"
  rm -f "$stamp"
  : >.venv/unfinished
  # The locks name everything, so nothing is resolved here.
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps "${@/#/--requirement=}" >&2
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . >&2
  rm .venv/unfinished
  wanted_stamp pyproject.toml "$@" >"$stamp"
}
