"""Write requirements.lock and requirements-cluster.lock from pyproject.toml: `make lock`, or lock.py [--upgrade] [--check] [PYTHON...]

Versions that are pinned stay, packages that are needed besides are added, others go; --upgrade takes the newest of all. --check
writes nothing and fails where a lock would change. pip resolves, and installs nothing; with several Pythons the lock serves all of
them. Lines are `name==version` alone: no address, no mark of a platform.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {  # the extras of each, and what only its tests need
    "requirements.lock": (("dev",), ()),
    "requirements-cluster.lock": (("dev", "ray", "s3"), ("moto[server]",)),
}
_OWN_EXTRAS_RE = re.compile(r"zhengce\[(?P<extras>[a-z0-9,]+)\]")


def requirements(extras: tuple[str, ...]) -> list[str]:
    """Return what pyproject.toml asks for with these extras, those that they name among them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked, waiting, seen = list(project["dependencies"]), list(extras), set[str]()
    while waiting:
        extra = waiting.pop()
        if extra in seen:
            continue
        seen.add(extra)
        for one in project["optional-dependencies"][extra]:
            if own := _OWN_EXTRAS_RE.fullmatch(one):
                waiting += own["extras"].split(",")
            else:
                asked.append(one)
    return asked


def resolved(python: str, asked: list[str], pinned: Path | None) -> dict[str, str]:
    """Return the versions of all packages that pip would install on a clean Python."""
    kept = ["--constraint", str(pinned)] if pinned is not None else []
    done = subprocess.run(
        [python, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--quiet", "--report", "-",
         "--disable-pip-version-check", *kept, *asked],
        capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{python}: {done.stderr}")
    return {one["metadata"]["name"]: one["metadata"]["version"] for one in json.loads(done.stdout)["install"]}


def lock(name: str, pythons: list[str], *, upgrade: bool) -> str:
    """Return the text of a lock; stops where two Pythons need two versions of one package."""
    extras, besides = LOCKS[name]
    asked, path = [*requirements(extras), *besides], ROOT / name
    versions: dict[str, str] = {}
    for python in pythons:
        for package, version in resolved(python, asked, None if upgrade else path).items():
            if versions.setdefault(package, version) != version:
                raise SystemExit(f"{name}: {package} is {versions[package]} and, with {python}, {version}")
    return (
        "\n".join(sorted((f"{package}=={version}" for package, version in versions.items()), key=str.lower))
        + "\n"
    )


def main() -> int:
    """Write both locks, or say whether they hold."""
    parser = argparse.ArgumentParser(description=__doc__.split(":")[0])
    parser.add_argument("--upgrade", action="store_true", help="the newest version of everything")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; code 1 where a lock would change"
    )
    parser.add_argument("pythons", nargs="*", default=[sys.executable], metavar="PYTHON")
    args = parser.parse_args()
    changed = False
    for name in LOCKS:
        text, path = lock(name, args.pythons, upgrade=args.upgrade), ROOT / name
        before = path.read_text(encoding="utf-8")
        lines, old = set(text.splitlines()), set(before.splitlines())
        print(
            f"{name}: {len(lines)} packages",
            *sorted({f"-{x}" for x in old - lines} | {f"+{x}" for x in lines - old}),
        )
        changed |= lines != old
        if not args.check and lines != old:
            path.write_text(text, encoding="utf-8")
    return int(args.check and changed)


if __name__ == "__main__":
    sys.exit(main())
