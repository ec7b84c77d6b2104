"""One reader at a web server that reads pages again and again, as a browser asks for them."""

from __future__ import annotations

import http.client
import http.cookiejar
import re
import statistics
import time
import urllib.parse
import urllib.request
from dataclasses import dataclass, field

from tests.benchmarks.running import Serving

WARM_UP = 50
ROUNDS = 24
REQUESTS_A_ROUND = 40
SIGN_IN = "/account/sign-in"
AS_A_BROWSER = {"Accept": "text/html", "Accept-Encoding": "gzip", "Accept-Language": "en"}


@dataclass
class Cost:
    """What one page cost: seconds each request took, and processor seconds a request in each round."""

    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    @property
    def ms_p50(self) -> float:
        return statistics.median(self.seconds) * 1000

    def ratio_to(self, floor: Cost) -> float:
        """Processor time of a request over that of the floor: the median of rounds, each compared with the one beside
        it, so that what else the machine did for a while does not decide."""
        return statistics.median(mine / its for mine, its in zip(self.cpu, floor.cpu, strict=True))


def cookie_of(served: Serving, email: str, password: str) -> str:
    """What the browser of this person holds once signed in. Raises ValueError where signing in leads nowhere."""
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    with browser.open(served.address + SIGN_IN) as answer:
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', answer.read().decode())
    if token is None:
        raise ValueError("the sign-in page has no form")
    form = urllib.parse.urlencode({"email": email, "password": password, "csrf_token": token[1]}).encode()
    with browser.open(served.address + SIGN_IN, form) as answer:
        if urllib.parse.urlsplit(answer.url).path != "/":
            raise ValueError(f"signing in as {email} led to {answer.url}")
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def costs(served: Serving, pages: dict[str, str], cookie: str) -> dict[str, Cost]:
    """What each page (name: path) costs this reader, warm. They take turns, so that all meet the same machine."""
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
    headers = AS_A_BROWSER | {"Cookie": cookie}
    for path in pages.values():
        for _ in range(WARM_UP):
            _read(connection, path, headers)
    found = {name: Cost() for name in pages}
    for _ in range(ROUNDS):
        for name, path in pages.items():
            before = served.cpu_seconds()
            found[name].seconds += [_read(connection, path, headers) for _ in range(REQUESTS_A_ROUND)]
            found[name].cpu.append((served.cpu_seconds() - before) / REQUESTS_A_ROUND)
    connection.close()
    return found


def _read(connection: http.client.HTTPConnection, path: str, headers: dict[str, str]) -> float:
    started_at = time.perf_counter()
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    seconds = time.perf_counter() - started_at
    if answer.status != 200:
        raise ValueError(f"{path} answered {answer.status}")
    return seconds
