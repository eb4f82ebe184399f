"""What passes between this process and a parser's: a line of JSON, then so many bytes as it says.

Only plain values travel: a parser that a hostile file has taken over can send wrong text, but nothing that is run here.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from duixian.reading.formats.limits import Limits
from duixian.reading.formats.parts import Beat, Convert, Job, Parsed, Refused

MAX_HEAD = 4 << 20  # a longer head line is no head line (a thousand pages take 20 kB)


@dataclass(frozen=True, slots=True)
class Frame:
    """One message: its kind, its fields, its bytes."""

    kind: str
    fields: dict[str, object]
    body: bytes = b""

    def encode(self) -> bytes:
        """The message as it travels."""
        head = json.dumps({"kind": self.kind, "size": len(self.body), **self.fields}, ensure_ascii=True)
        return head.encode() + b"\n" + self.body


def encode_job(job: Job, kind: str, limits: Limits) -> bytes:
    """A job as one line."""
    return json.dumps({"kind": kind, "job": asdict(job), "limits": asdict(limits)}).encode() + b"\n"


def decode_job(line: bytes) -> tuple[Job, str, Limits]:
    """The job of one line."""
    found = json.loads(line)
    return Job(**found["job"]), found["kind"], Limits(**found["limits"])


def frame_of(part: Parsed | Refused | Convert | Beat) -> Frame:
    """A part as a message."""
    fields = asdict(part)
    if isinstance(part, Parsed):
        text = fields.pop("text")
        return Frame("parsed", fields, text.encode("utf-8", "replace"))
    return Frame(type(part).__name__.lower(), fields)


def part_of(frame: Frame) -> Parsed | Refused | Convert | Beat:
    """A message as a part; every value is checked.

    Raises:
        ValueError: for a message of another kind, or values of other types.
    """
    get = frame.fields.get
    if frame.kind == "parsed":
        text = frame.body.decode("utf-8")
        pages = get("pages")
        spans = tuple((_number(a), _number(b)) for a, b in pages) if isinstance(pages, list) else ()
        names = ("title", "url", "region", "year", "published")
        title, url, region, year, published = (None if get(n) is None else str(get(n))[:2000] for n in names)
        return Parsed(text, _number(get("row")), title, url, region, year, published, spans)
    if frame.kind == "refused":
        return Refused(one_line(str(get("reason"))), _number(get("row")), str(get("name") or ""))
    if frame.kind == "convert":
        return Convert(str(get("suffix")))
    if frame.kind == "beat":
        return Beat(min(_number(get("seconds")), 600))
    raise ValueError(f"unexpected message {frame.kind!r}")


def _number(value: object) -> int:
    if not isinstance(value, int) or value < 0:
        raise ValueError(f"unexpected value {value!r}")
    return value


def one_line(text: str) -> str:
    """A reason in one printable line of at most 400 characters."""
    return "".join(c if c.isprintable() else " " for c in " ".join(text.split()))[:400]
