"""Makes `.venv` and installs a set of pinned packages into it: `python3 secretariat/dev/install.py product`.

Run by the system's own Python before anything is installed, so it uses the standard library alone and stays readable
for interpreters too old to run the product. Does nothing when nothing has changed.
"""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Dict, List, Optional, Union

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
INTERPRETER = VENV / "bin" / "python"
STAMP = VENV / "installed.json"
LOCKS = {"product": ROOT / "requirements" / "product.lock", "development": ROOT / "requirements" / "development.lock"}


def main(arguments: List[str]) -> Union[str, int]:
    if len(arguments) != 1 or arguments[0] not in LOCKS:
        return "Usage: python3 secretariat/dev/install.py product|development"
    wanted = {name: _digest(LOCKS[name]) for name in LOCKS}
    installed = _installed()
    if installed.get(arguments[0]) == wanted[arguments[0]]:
        return 0
    uv = shutil.which("uv")
    problem = _problem(uv)
    if problem:
        return problem
    return _install(arguments[0], wanted, uv)


def _problem(uv: Optional[str]) -> Optional[str]:
    """What this machine lacks, as one sentence for a person; None where nothing is lacking."""
    if sys.version_info < OLDEST:
        return (
            "Python {}.{} or later is needed; {} is {}.{}. With another interpreter: make PYTHON=python3.12 ...".format(
                *OLDEST, sys.executable, *sys.version_info[:2]
            )
        )
    if uv:
        return None
    try:
        import ensurepip  # noqa: F401  (Debian and Ubuntu leave it out)
        import venv  # noqa: F401
    except ImportError:
        name = "python{}.{}-venv".format(*sys.version_info[:2])
        return (
            f"Python's venv is not installed. The package is called python3-venv (here also {name}): "
            "sudo apt install python3-venv"
        )
    return None


def _installed() -> Dict[str, str]:
    """The digests of what is in the environment; empty where it is missing, broken or of another interpreter."""
    try:
        subprocess.run([str(INTERPRETER), "-c", ""], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return dict(json.loads(STAMP.read_text()))
    except (OSError, ValueError, subprocess.CalledProcessError):
        return {}


def _install(name: str, wanted: Dict[str, str], uv: Optional[str]) -> Union[str, int]:
    print(f"Installing the {name} packages into .venv; the first time this takes a minute or two.", flush=True)
    try:
        if not _installed():
            make = (
                [uv, "venv", "--quiet", "--clear", "--python", sys.executable]
                if uv
                else [sys.executable, "-m", "venv", "--clear"]
            )
            subprocess.run([*make, str(VENV)], check=True)
        installer = (
            [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", str(INTERPRETER)] if uv else _pip()
        )
        subprocess.run([*installer, "--require-hashes", "--requirement", str(LOCKS[name])], check=True)
    except subprocess.CalledProcessError as error:
        return f"Installing failed; what {Path(error.cmd[0]).name} said stands above."
    contents = {"product": wanted["product"], name: wanted[name]}
    draft = STAMP.with_suffix(".draft")
    draft.write_text(json.dumps(contents))
    draft.replace(STAMP)
    return 0


def _pip() -> List[str]:
    if not (VENV / "bin" / "pip").exists():
        subprocess.run([str(INTERPRETER), "-m", "ensurepip"], check=True, stdout=subprocess.DEVNULL)
    return [str(INTERPRETER), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
