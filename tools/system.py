"""Runs the tests marked `system`, and installs the programs that they need first: as root on Debian, nowhere else.

`tools/programs.toml` lists the programs. If one is missing and may not be installed, prints its name and exits with 2.
"""

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = ROOT / "tools" / "programs.toml"
TESTS = [sys.executable, "-m", "pytest", "-m", "system", "tests"]
NO_TEST = 5

# Where packages of npm come to lie; their programs are found in node_modules/.bin.
NPM = ROOT / "build" / "npm"


def read_programs(path: Path = PROGRAMS) -> dict[str, Mapping[str, str]]:
    """The programs, each with its package of `debian` or of `npm`, and libraries of npm, which are no programs."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def missing(programs: Mapping[str, Mapping[str, str]]) -> dict[str, Mapping[str, str]]:
    """Those of the programs that are not on the path, and of the libraries that are not installed."""
    return {name: source for name, source in programs.items() if not is_there(name, source)}


def is_there(name: str, source: Mapping[str, str]) -> bool:
    """Whether a program is on the path, or a library of npm is installed."""
    return (NPM / "node_modules" / name).is_dir() if "library" in source else shutil.which(name) is not None


def install(programs: Mapping[str, Mapping[str, str]]) -> None:
    """Installs missing programs, Debian's first, since npm is one of them."""
    debian = [source["debian"] for source in programs.values() if "debian" in source]
    npm = [source[kind] for source in programs.values() for kind in ("npm", "library") if kind in source]
    if debian:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=True, env=quiet)
        subprocess.run(["apt-get", "install", "-qq", "--no-install-recommends", *debian], check=True, env=quiet)
    if npm:
        subprocess.run(["npm", "install", "--silent", "--no-save", "--prefix", str(NPM), *npm], check=True)


def may_install() -> bool:
    """Whether this is Debian, and this process may change it."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def main(programs: Mapping[str, Mapping[str, str]], tests: Sequence[str] = TESTS) -> int:
    """Installs what is missing and runs the tests; 2 where something is missing and may not be installed."""
    os.environ["PATH"] = os.pathsep.join([str(NPM / "node_modules" / ".bin"), os.environ["PATH"]])
    if missing(programs) and may_install():
        install(missing(programs))
    if gone := missing(programs):
        packages = ", ".join(
            f"`{name}` ({'npm' if registry == 'library' else registry} package {package})"
            for name, source in gone.items()
            for registry, package in source.items()
        )
        print(f"system: these programs are missing: {packages}; install them and run make again", file=sys.stderr)
        return 2
    if subprocess.run([*tests, "--collect-only"], cwd=ROOT, capture_output=True).returncode == NO_TEST:
        print("system: no test needs another program")
        return 0
    return subprocess.run(tests, cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main(read_programs()))
