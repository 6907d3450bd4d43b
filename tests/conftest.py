"""Options and fixtures for all tests."""

import pytest


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite tests/golden from what the pipeline gives now"
    )


@pytest.fixture
def update_golden(request):
    return request.config.getoption("--update-golden")
