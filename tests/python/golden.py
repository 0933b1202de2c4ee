"""The golden digests, for hosts that run Python.

A line is `DIGEST KIND ARGUMENT… FILE`: see `tests/data/golden.txt`.
"""

from hashlib import sha256
from pathlib import Path
from typing import Any


def check_golden(root: Path, host: Any) -> dict[str, int]:
    """Does every line whose kind is a method of the host; how many of each kind that were.

    The methods are `hash(algorithm, data)`, whose answer is in hex, `text(mapping, locale, text)`,
    `pixels(operation, width, height, rgba)` and `image(pipeline, format, file)`. A host skips a line
    by answering `None`. What it does otherwise than the line says is an `AssertionError`.
    """
    data = root / "tests/data"
    done: dict[str, int] = {}
    for line in (data / "golden.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        expected, kind, *options, name = line.split(" ")
        if not hasattr(host, kind):
            continue
        actual = digest(host, kind, options, (data / "golden" / name).read_bytes())
        if actual is None:
            continue
        if actual != expected:
            raise AssertionError(f"{line}: the digest is {actual}")
        done[kind] = done.get(kind, 0) + 1
    return done


def digest(host: Any, kind: str, options: list[str], data: bytes) -> str | None:
    """The digest that a line compares."""
    match kind:
        case "hash":
            return host.hash(*options, data)
        case "text":
            text = host.text(*options, data.decode())
            return None if text is None else sha256(text.encode()).hexdigest()
        case "pixels":
            operation, size = options
            width, height = map(int, size.split("x"))
            answer = host.pixels(operation, width, height, data)
        case _:
            answer = host.image(*options, data)
    return None if answer is None else sha256(answer).hexdigest()
