#!/bin/sh
# Makes a virtual environment and installs what a make target needs: `sh tools/setup.sh GROUP`, with one of the groups
# below. The environment is .venv, or the folder that VENV names. Sets up again only when pyproject.toml changed: each group
# leaves a stamp with its checksum in the environment. Exit status 2, and one sentence, where something is missing on this
# machine. `sh tools/setup.sh python` installs nothing and prints the Python that the environment would be made with.

set -u

group=${1:-}
venv=${VENV:-.venv}
extras="cli,columns,ical,yaml"
case $group in
    python) packages=""                                          covered_by="" ;;
    demo)   packages="-e .[cli]"                                 covered_by="demo test lint docs bench mutants full" ;;
    unit)   packages="-e .[$extras] --group unit"                covered_by="unit" ;;
    lowest) packages="-e .[$extras] --group unit -c $venv/lowest.txt" covered_by="lowest" ;;
    test)   packages="-e .[$extras] --group test"                covered_by="test lint mutants full" ;;
    lint)   packages="-e .[$extras] --group lint"                covered_by="lint" ;;
    docs)   packages="-e .[cli,columns,yaml] --group docs"       covered_by="docs" ;;
    dist)   packages="--group dist"                              covered_by="dist" ;;
    bench)  packages="-e .[cli,columns,yaml] --group bench"      covered_by="bench" ;;
    mutants) packages="-e .[$extras] --group mutants"            covered_by="mutants" ;;
    full)   packages="-e .[$extras] --group full"                covered_by="full" ;;
    *)      echo "setup: there is no group \`$group\`; the groups are python, demo, unit, lowest, test, lint, docs, dist, bench, mutants, full" >&2; exit 2 ;;
esac

python=$venv/bin/python
stamps=$venv/stamps
log=$venv/setup.log

stop() {
    echo "setup: $1" >&2
    exit 2
}

# A command of this name may exist and still not run (a version manager's placeholder), so each candidate is asked.
fits() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    for candidate in ${PYTHON:-} python3.13 python3.12 python3.11 python3.14 python3 python python3.15; do
        if command -v "$candidate" >/dev/null 2>&1 && fits "$candidate"; then
            found=$candidate
            break
        fi
    done
    [ -n "${found:-}" ] || stop "no Python 3.11 or later was found; install one (Debian, Ubuntu: \`apt install python3 python3-venv\`; macOS: \`brew install python\`; Windows and others: python.org) or name yours: \`make PYTHON=/path/to/python\`"
    if ! "$found" -c 'import venv, ensurepip' >/dev/null 2>&1; then
        version=$("$found" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        stop "\`$found\` (Python $version) comes without venv or pip; install them (Debian, Ubuntu: \`apt install python$version-venv\`) or name another Python: \`make PYTHON=/path/to/python\`"
    fi
}

make_environment() {
    find_python
    echo "setup: making $venv with $found"
    "$found" -m venv --clear "$venv" || stop "\`$found -m venv $venv\` failed, see above; check that this folder can be written and has space left"
}

install() {
    echo "setup: installing the group \`$group\` in $venv (once; the log is $log)"
    if "$python" -m pip install --retries 2 --upgrade pip >"$log" 2>&1 &&
        "$python" -m pip install --retries 2 $packages >>"$log" 2>&1; then
        return
    fi
    grep -E '^ *ERROR' "$log" >&2
    # An index that cannot be reached offers no version of anything.
    if grep -qE 'from versions: none|ConnectionError|ConnectTimeout|ReadTimeout|NameResolution|ProxyError|SSLError' "$log"; then
        stop "the package index cannot be reached; connect to the network, or give pip your proxy or mirror (\`pip config set global.proxy …\`, \`pip config set global.index-url …\`), and run make again"
    fi
    stop "pip could not install the packages; $log says why"
}

if [ "$group" = python ]; then
    find_python
    command -v "$found"
    exit 0
fi

sum=$(cksum <pyproject.toml)
if fits "$python"; then
    for other in $covered_by; do
        [ "$(cat "$stamps/$other" 2>/dev/null)" = "$sum" ] && exit 0
    done
else
    make_environment
fi
"$python" -c 'import pip' >/dev/null 2>&1 || "$python" -m ensurepip >/dev/null 2>&1 || stop "$venv has no pip; remove this folder and run make again"
# The bounds change only when pyproject.toml does, and so do the environments that are made with them.
[ "$group" != lowest ] || "$python" tools/lowest.py >"$venv/lowest.txt" || stop "\`tools/lowest.py\` failed, see above"
install
mkdir -p "$stamps"
echo "$sum" >"$stamps/$group"
