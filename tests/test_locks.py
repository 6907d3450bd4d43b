"""The locks say what pyproject.toml asks for: every requirement of their extras, and what those need, one version each."""

import importlib.metadata
import re
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

sys.path.insert(0, str(Path(__file__).parent.parent / "scripts"))

import lock

ROOT = Path(__file__).parent.parent
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
    "optional-dependencies"
]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
by_lock = pytest.mark.parametrize("name", lock.LOCKS)


def pinned(name):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return {canonicalize_name(package): version for package, version in (line.split("==") for line in lines)}


def needed_by(package, extras, python):
    """Yield what an installed package asks for on Linux with a Python; nothing for one that is not installed here."""
    try:
        asked = importlib.metadata.requires(package) or []
    except importlib.metadata.PackageNotFoundError:
        return
    for one in map(Requirement, asked):
        places = [
            {"python_version": python, "python_full_version": f"{python}.0", "extra": e}
            for e in ("", *extras)
        ]
        if one.marker is None or any(one.marker.evaluate(place) for place in places):
            yield one


@by_lock
def test_a_lock_holds_names_and_versions_alone_in_order_and_once(name):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    assert [
        line for line in lines if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*==[A-Za-z0-9.]+", line)
    ] == []
    assert lines == sorted(lines, key=str.lower)
    assert len(pinned(name)) == len(lines)


@by_lock
def test_a_lock_holds_what_pyproject_asks_for(name):
    held = pinned(name)
    extras, besides = lock.LOCKS[name]
    asked = [Requirement(one) for one in (*lock.requirements(extras), *besides)]
    assert len(asked) > 30
    wrong = [str(one) for one in asked if held.get(canonicalize_name(one.name), "") not in one.specifier]
    assert wrong == []


@pytest.mark.parametrize("python", PYTHONS)
def test_the_lock_holds_what_its_packages_need_on_every_python(python):
    held = pinned("requirements.lock")
    waiting = [Requirement(one) for one in lock.requirements(lock.LOCKS["requirements.lock"][0])]
    seen, missing = set(), set()
    while waiting:
        one = waiting.pop()
        key = (canonicalize_name(one.name), frozenset(one.extras))
        if key in seen:
            continue
        seen.add(key)
        if held.get(key[0], "") not in one.specifier or key[0] not in held:
            missing.add(str(one))
        waiting += needed_by(one.name, one.extras, python)
    assert missing == set()


def test_every_extra_is_locked_but_what_only_the_benchmarks_compare_with():
    locked, waiting = set(), [extra for extras, _ in lock.LOCKS.values() for extra in extras]
    while waiting:
        extra = waiting.pop()
        locked.add(extra)
        waiting += [e for one in EXTRAS[extra] if one.startswith("zhengce[") for e in one[8:-1].split(",")]
    assert EXTRAS.keys() - locked == {"bench"}
