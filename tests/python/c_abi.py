"""The host of `examples/python`: it gives the golden digests, and frees what it takes.

usage: python c_abi.py ROOT
"""

import json
import sys
from pathlib import Path

from golden import check_golden

ROOT = Path(sys.argv[1])
MODULE = ROOT / "target/wasm32-unknown-unknown/release/edge_c_abi.wasm"
sys.path.append(str(ROOT / "examples/python"))

from edge import Edge, EdgeError

ROUNDS = 2_000
PREFIX = "Processed: "


class Host:
    """What the module offers of the golden lines."""

    def __init__(self, edge: Edge) -> None:
        self.edge = edge

    def hash(self, algorithm: str, data: bytes) -> str | None:
        """FNV-1a 64."""
        return f"{self.edge.fnv1a_hash(data):016x}" if algorithm == "fnv1a-64" else None

    def text(self, mapping: str, locale: str, text: str) -> str | None:
        """Upper case, in no language."""
        if (mapping, locale) != ("upper", "und"):
            return None
        processed = self.edge.process_string(text)
        assert processed.startswith(PREFIX)
        return processed.removeprefix(PREFIX)

    def pixels(self, operation: str, width: int, height: int, rgba: bytes) -> bytes:
        """Luma and box blur."""
        name, _, radius = operation.partition(":")
        if name == "grayscale":
            return self.edge.grayscale(rgba)
        return self.edge.box_blur(rgba, width, height, int(radius))


def refusal(call, *arguments: object) -> str:
    """What a call is refused with."""
    try:
        call(*arguments)
    except (EdgeError, ValueError) as error:
        return f"{type(error).__name__}: {error}"
    raise AssertionError("the call is not refused")


def check_refusals(edge: Edge) -> None:
    """What is no picture, or past the limits."""
    shape = "EdgeError: the picture has no pixels, or not as many as its width and height ask for"
    pixels = bytes(range(64))
    assert refusal(edge.grayscale, b"") == shape
    assert refusal(edge.grayscale, bytes(65)) == shape
    assert refusal(edge.box_blur, pixels, 4, 5, 1) == shape
    radius = "EdgeError: the radius is not a whole number from 0 to 127"
    assert refusal(edge.box_blur, pixels, 4, 4, 128) == radius
    for number in (-1, 2**32):
        past = f"ValueError: the radius is {number}; it must be from 0 to 2^32 - 1"
        assert refusal(edge.box_blur, pixels, 4, 4, number) == past


def reach_high(edge: Edge) -> None:
    """Calls past the first 2 GiB of memory, where the highest bit of an address is set."""
    # Nothing is written there, so that nothing is spent but addresses.
    for _ in range(2):
        assert edge._call("allocate", 2**30) != 0
    assert edge._call("allocate", 1) < 0
    assert edge.process_string("straße") == "Processed: STRASSE"
    assert edge.fnv1a_hash(b"hello") == 0xA430D84680AABD0B
    assert edge.grayscale(bytes((10, 20, 30, 40))) == bytes((18, 18, 18, 40))


def call_all(edge: Edge) -> None:
    """Six calls: one of each kind, one that is refused."""
    edge.process_string("straße, 0123456789")
    edge.process_string("")
    edge.fnv1a_hash(bytes(100))
    edge.grayscale(bytes(64))
    edge.box_blur(bytes(64), 4, 4, 1)
    refusal(edge.grayscale, bytes(65))


def growth(edge: Edge) -> int:
    """By how many bytes the memory grows in 12,000 calls."""
    call_all(edge)
    before = edge.memory_bytes
    for _ in range(ROUNDS):
        call_all(edge)
    return edge.memory_bytes - before


edge = Edge(MODULE)
# Before anything large, in whose place a leak could hide.
assert growth(edge) == 0
assert edge.process_string("straße") == "Processed: STRASSE"
assert edge.process_string("\ufeffi") == "Processed: \ufeffI"
assert edge.fnv1a_hash(b"") == 0xCBF29CE484222325
assert edge.process_string("ß" * 5_000_000) == PREFIX + "S" * 10_000_000
check_refusals(edge)
reach_high(Edge(MODULE))
print(json.dumps(check_golden(ROOT, Host(edge))))
