"""A real web server on loopback that is what its paths say: slow, broken, redirecting, huge, lying, forbidden."""

from __future__ import annotations

import gzip
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_WORKS = ("修整乡村道路", "疏浚河渠", "改造老旧小区", "新建口袋公园", "更新供水管网", "培训技术工人", "补种行道树", "增设社区食堂")
_TASKS = "".join(
    f"（{n}）抓好第{n}项工作。全年{work}{n * 7}处，六月底前完成{n * 3}处，让群众看得见、用得上。" for n, work in enumerate(_WORKS * 4, 1)
)
BODY = (
    "各位代表：现在，我代表市人民政府，向大会报告政府工作，请予审议。一、2024年工作回顾。过去一年，全市地区生产总值增长6.1%，"
    "一般公共预算收入增长4.2%，城镇新增就业3.4万人，居民消费价格上涨0.6%。二、2025年工作安排。今年经济社会发展的主要预期目标是："
    f"地区生产总值增长6%左右，居民消费价格涨幅2%左右，城镇新增就业3万人以上。重点抓好以下工作：新建公办幼儿园12所。{_TASKS}"
    "三、加强政府自身建设。坚持依法行政，厉行节约，主动接受监督，办好每一件实事。"
)


def page(year: int = 2025, place: str = "望江市") -> bytes:
    """A report of an invented place as a web page."""
    body = BODY.replace("2025年", f"{year}年").replace("2024年", f"{year - 1}年")
    paragraphs = "".join(f"<p>{part}。</p>" for part in body.split("。") if part)
    return (
        f"<!doctype html><html><head><meta charset='utf-8'><title>{year}年{place}政府工作报告</title>"
        f"<meta name='PubDate' content='{year}-01-20 09:00'></head><body><nav><a href='/'>首页</a></nav>"
        f"<div class='article'><h1>政府工作报告</h1><p>——{year}年1月16日在{place}第九届人民代表大会第四次会议上</p>"
        f"<p>{place}市长　方知远</p>{paragraphs}</div><footer>主办单位</footer></body></html>"
    ).encode()


class Handler(BaseHTTPRequestHandler):
    """Answers by path; counts what was asked."""

    protocol_version = "HTTP/1.1"
    server: Server

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer."""
        self.server.asked[self.path] += 1
        self.server.times.append((self.path, time.monotonic()))
        self.server.agents.add(self.headers.get("User-Agent", ""))
        self.server.cookies += "Cookie" in self.headers
        name = self.path.strip("/").partition("?")[0].replace(".", "_").partition("/")[0]
        getattr(self, f"on_{name}", self.on_missing)()

    def send(self, data: bytes, status: int = 200, kind: str | None = "text/html; charset=utf-8", **headers: str) -> None:
        """A whole answer."""
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def go(self, place: str) -> None:
        """A redirect."""
        self.send(b"", 302, Location=place)

    def on_robots_txt(self) -> None:
        text = self.server.robots
        if text is None:
            self.send(b"", 503)
        else:
            self.send(text.encode(), kind="text/plain")

    def on_missing(self) -> None:
        self.send(b"nothing", 404)

    def on_good(self) -> None:
        self.send(page(), Set_Cookie="a=b")

    def on_next_year(self) -> None:
        self.send(page(2026))

    def on_home(self) -> None:
        self.send(("<html><body><p>" + "欢迎访问本市门户网站，今天天气晴朗，适宜出行。" * 20 + "</p></body></html>").encode())

    def on_plain(self) -> None:
        text = f"政府工作报告\n——2025年1月16日在望江市第九届人民代表大会第四次会议上\n望江市市长　方知远\n{BODY}"
        self.send(text.encode(), kind="text/plain; charset=utf-8")

    def on_hop(self) -> None:
        self.go("/good")

    def on_circle(self) -> None:
        self.go("/circle2")

    def on_circle2(self) -> None:
        self.go("/circle")

    def on_endless(self) -> None:
        self.go(f"/endless/{self.server.asked.total()}")

    def on_away(self) -> None:
        self.go("http://elsewhere.example/report.html")

    def on_scheme(self) -> None:
        self.go("file:///etc/hostname")

    def on_to_secret(self) -> None:
        self.go("/secret/report")

    def on_secret(self) -> None:
        self.send(page())

    def on_to_inner(self) -> None:
        self.go(f"http://inner.gov.cn:{self.server.server_port}/good")

    def on_huge_said(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(1 << 40))
        self.end_headers()

    def on_huge(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Connection", "close")
        self.end_headers()
        block = b"a" * 65536
        for _ in range(2000):
            self.wfile.write(block)

    def on_bomb(self) -> None:
        self.send(gzip.compress(b"0" * (8 << 20), 6), Content_Encoding="gzip")

    def on_packed(self) -> None:
        self.send(gzip.compress(page()), Content_Encoding="gzip")

    def on_odd_packed(self) -> None:
        self.send(page(), Content_Encoding="br")

    def on_film(self) -> None:
        self.send(b"\0" * 100, kind="video/mp4")

    def on_empty(self) -> None:
        self.send(b"")

    def on_trickle(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "100000")
        self.end_headers()
        for _ in range(200):
            self.wfile.write(b"a")
            self.wfile.flush()
            time.sleep(0.05)

    def on_silent(self) -> None:
        time.sleep(3)

    def on_rude(self) -> None:
        self.wfile.write(b"\0\xff not http at all\r\n\r\n")
        self.close_connection = True

    def on_heads(self) -> None:
        self.send_response(200)
        for n in range(5000):
            self.send_header(f"X-{n}", "a" * 200)
        self.end_headers()

    def on_sick(self) -> None:
        self.send(b"", 503, Retry_After="7") if self.server.asked[self.path] < 3 else self.send(page())

    def on_busy(self) -> None:
        self.send(b"", 503, Retry_After="100000")

    def on_breaking(self) -> None:
        """Breaks off in the middle the first time; goes on by Range."""
        whole = page()
        said = self.headers.get("Range")
        if said and self.headers.get("If-Range") == '"one"':
            at = int(said.removeprefix("bytes=").rstrip("-"))
            self.server.ranges.append(at)
            self.send(whole[at:], 206, ETag='"one"', Content_Range=f"bytes {at}-{len(whole) - 1}/{len(whole)}")
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(whole)))
        self.send_header("ETag", '"one"')
        self.end_headers()
        self.wfile.write(whole[: len(whole) // 2])
        self.wfile.flush()
        self.close_connection = True
        self.connection.close()


class Server(ThreadingHTTPServer):
    """The server with what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: Counter[str] = Counter()
        self.times: list[tuple[str, float]] = []
        self.agents: set[str] = set()
        self.ranges: list[int] = []
        self.cookies = 0
        self.robots: str | None = "User-agent: *\nDisallow: /secret/\n"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no error here."""

    @property
    def address(self) -> str:
        """Its own address."""
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def running() -> Iterator[Server]:
    """A server until the end of the block."""
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
