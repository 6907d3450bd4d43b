"""Names are resolved here, and only addresses of the public internet come out.

The connection is made to exactly what this resolver gives: a name that changes its address between a check and
the connection (DNS rebinding) gains nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer

from pipeline.sources.crawl.addresses import host_matches, is_public

refused: dict[str, str] = {}  # host -> the address for which it was refused


def refused_address(url: str) -> str | None:
    """Return the private address to which the host of an address resolved when it was refused for it, else None."""
    return refused.get(urlsplit(url).hostname or "")


@implementer(IResolutionReceiver)
class _PublicOnly:
    """Passes on the addresses that may be connected to."""

    def __init__(self, receiver: Any, host: str, *, is_free: bool) -> None:
        self._receiver, self._host, self._is_free = receiver, host, is_free
        self._refused, self._passed = "", False

    def resolutionBegan(self, resolution: Any) -> None:
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:
        if self._is_free or is_public(address.host):
            self._receiver.addressResolved(address)
            self._passed = True
        else:
            self._refused = address.host

    def resolutionComplete(self) -> None:
        if self._refused and not self._passed:
            refused[self._host] = self._refused
        else:
            refused.pop(self._host, None)
        self._receiver.resolutionComplete()


@implementer(IHostnameResolver)
class PublicResolver:
    """A resolver in front of the reactor's own; `free_hosts` (sites with allow_private) are not looked at."""

    def __init__(self, inner: Any, free_hosts: Sequence[str]) -> None:
        self._inner, self._free_hosts = inner, tuple(free_hosts)

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> PublicResolver:
        resolver = cls(reactor.nameResolver, crawler.settings.getlist("ZHENGCE_FREE_HOSTS"))
        resolver._reactor = reactor
        return resolver

    _reactor: Any = None

    def install_on_reactor(self) -> None:
        self._reactor.installNameResolver(self)

    def resolveHostName(
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Any = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:
        names = (hostName, f"{hostName}:{portNumber}")
        is_free = any(host_matches(name, self._free_hosts) for name in names)
        receiver = _PublicOnly(resolutionReceiver, hostName, is_free=is_free)
        return self._inner.resolveHostName(receiver, hostName, portNumber, addressTypes, transportSemantics)
