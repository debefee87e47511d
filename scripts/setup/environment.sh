# The virtual environment: made once from a lock file, and made again only when that changes.
# Sourced by scripts/build and scripts/test, in the project's folder.

# A stamp names what the environment was made from; without one it is half made.
wanted_stamp() { cat "$@" | cksum; }

# ensure_environment NAME LOCK...
ensure_environment() {
  local stamp=.venv/$1.stamp wanted
  shift
  wanted=$(wanted_stamp pyproject.toml "$@")
  if [ -x .venv/bin/octavo ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
    return
  fi
  ensure_system_for_build
  if ! .venv/bin/python -c '' 2>/dev/null || ! ls .venv/*.stamp >/dev/null 2>&1; then
    say "making .venv"
    rm -rf .venv
    "$PYTHON" -m venv .venv
  fi
  say "installing what ${*} names"
  rm -f "$stamp"
  # The locks name everything, so nothing is resolved here.
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps "${@/#/--requirement=}" >&2
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . >&2
  printf '%s\n' "$wanted" >"$stamp"
}
