"""Builds the sdist and the wheel, installs the wheel in an empty environment, and runs the README's example there."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "dist"


def run(*command: object, folder: Path = ROOT) -> None:
    """Runs a command; `CalledProcessError` where it fails."""
    subprocess.run([str(part) for part in command], cwd=folder, check=True)


def example(page: Path) -> str:
    """The Python examples of a page, one after the other, as one program."""
    return "\n".join(re.findall(r"^```python\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE))


def main() -> int:
    """Builds and tries what would be published; the wheel is built from the sdist, as pip does it."""
    shutil.rmtree(DIST, ignore_errors=True)
    run(sys.executable, "-m", "build", "--outdir", DIST, ROOT)
    [wheel] = DIST.glob("*.whl")
    with TemporaryDirectory() as folder:
        empty = Path(folder)
        run(sys.executable, "-m", "venv", empty / "env")
        python = empty / "env" / "bin" / "python"
        run(python, "-m", "pip", "install", "--quiet", wheel, folder=empty)
        program = empty / "example.py"
        program.write_text(example(ROOT / "README.md"), encoding="utf-8")
        run(python, "-I", program, folder=empty)
    print(f"dist: {wheel.name} runs the README's example in an empty environment")
    return 0


if __name__ == "__main__":
    sys.exit(main())
