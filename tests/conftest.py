"""Options and fixtures for all tests."""

from urllib.request import Request, urlopen

import pytest


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite tests/golden from what the pipeline gives now"
    )


@pytest.fixture
def update_golden(request):
    return request.config.getoption("--update-golden")


@pytest.fixture
def object_store(monkeypatch):
    """An S3 server on loopback, known to this process and, by the environment, to nodes that are started after it."""
    pytest.importorskip("s3fs", reason="s3fs is not installed: pip install 'zhengce[s3]'")
    server = pytest.importorskip("moto.server", reason="moto is not installed: pip install 'moto[server]'")
    import fsspec

    served = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    served.start()
    try:
        host, port = served.get_host_and_port()
        urlopen(Request(f"http://{host}:{port}/moto-api/reset", method="POST"), timeout=10).close()
        options = {"endpoint_url": f"http://{host}:{port}", "key": "test", "secret": "test"}
        for name, value in options.items():
            monkeypatch.setenv(f"FSSPEC_S3_{name.upper()}", value)
        monkeypatch.setitem(fsspec.config.conf, "s3", options)
        fsspec.filesystem("s3", skip_instance_cache=True).mkdir("policies")
        yield "s3://policies"
    finally:
        served.stop()
