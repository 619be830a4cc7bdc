"""What is installed, and the least that may be installed, is without the vulnerabilities that `advisories.toml` knows."""

from __future__ import annotations

import tomllib
from importlib.metadata import PackageNotFoundError, version

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from conftest import ROOT

KNOWN = tomllib.loads((ROOT / "tests" / "advisories.toml").read_text(encoding="utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.mark.parametrize("name", KNOWN)
def test_what_is_installed_is_mended(name: str) -> None:
    try:
        installed = Version(version(name))
    except PackageNotFoundError:
        pytest.skip("not installed")
    assert installed >= Version(KNOWN[name]["good"]), f"{KNOWN[name]['what']}: {KNOWN[name]['advisories']}"


@pytest.mark.parametrize("name", KNOWN)
def test_what_may_be_installed_is_mended(name: str) -> None:
    """Whoever has an older one gets a new one with huizong."""
    extras = PROJECT["optional-dependencies"].values()
    asked = [Requirement(line) for lines in (PROJECT["dependencies"], *extras) for line in lines]
    floors = [
        Version(bound.version)
        for requirement in asked
        if canonicalize_name(requirement.name) == name
        for bound in requirement.specifier
        if bound.operator == ">="
    ]
    assert floors
    assert min(floors) >= Version(KNOWN[name]["good"])
