"""The server: answers from a table of pages, keeps a log of everything it is asked, and misbehaves on request."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from county_site.pages import Served, calendar


@dataclass
class Asked:
    """One request that reached the server."""

    path: str
    host: str
    agent: str
    conditional: bool
    at: float = field(default_factory=time.monotonic)


class Server(ThreadingHTTPServer):
    """Serves on loopback; `log` is every request, in order."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages: dict[str, Served] = {}
        self.log: list[Asked] = []
        self.failed: set[str] = set()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """A crawler that hangs up is no error."""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # or every answer takes 40 ms more

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on the terminal."""

    def do_GET(self) -> None:
        headers = self.headers
        conditions = (headers.get("If-None-Match"), headers.get("If-Modified-Since"))
        asked = Asked(self.path, headers.get("Host", ""), headers.get("User-Agent", ""), any(conditions))
        self.server.log.append(asked)
        page = self.server.pages.get(self.path)
        if page is None and self.path.startswith("/traps/calendar/") and not self.path.endswith("/day/"):
            page = calendar(self.path)
        if page is None:
            page = Served(b"<html>404</html>", status=404)
        if page.how == "fails once" and self.path not in self.server.failed:
            self.server.failed.add(self.path)
            page = Served(b"busy", status=500)
        stamps = {page.headers.get("ETag"), page.headers.get("Last-Modified")} - {None}
        if stamps & set(conditions):
            page = Served(status=304, headers=page.headers)
        self._send(page)

    def _send(self, page: Served) -> None:
        self.send_response(page.status)
        for name, value in page.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", page.content_type)
        with contextlib.suppress(OSError):
            if page.how.startswith("50 MB"):
                self._send_much(is_said=page.how.endswith("said before"))
                return
            if page.how == "says more":
                self.send_header("Content-Length", str(len(page.body) + 500))
                self.send_header("Connection", "close")
                self.close_connection = True
            elif page.status != 304:
                self.send_header("Content-Length", str(len(page.body)))
            self.end_headers()
            if page.how == "drips":
                for byte in page.body:
                    self.wfile.write(bytes([byte]))
                    time.sleep(0.1)
            elif page.status != 304:
                self.wfile.write(page.body)

    def _send_much(self, *, is_said: bool) -> None:
        block = b"<p>" + b"0" * 65_000 + b"</p>"
        if is_said:
            self.send_header("Content-Length", str(800 * len(block)))
        self.send_header("Connection", "close")
        self.end_headers()
        for _ in range(800):
            self.wfile.write(block)
        self.close_connection = True


@contextlib.contextmanager
def serving(pages: Callable[[int], dict[str, Served]]) -> Iterator[Server]:
    """Serve the pages that a function makes for a port, until the end of the block."""
    server = Server()
    server.pages = pages(server.port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
