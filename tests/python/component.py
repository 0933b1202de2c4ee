"""The component in Python's wasmtime: it gives the golden digests, and says what is wrong.

usage: python component.py ROOT
"""

import json
import sys
from pathlib import Path
from typing import Any

from golden import check_golden
from wasmtime import Engine, Store
from wasmtime.component import Component, Linker, Record, Variant

ROOT = Path(sys.argv[1])

CASES = {"upper": "uppercase", "lower": "lowercase", "title": "titlecase", "fold": "casefold"}


class Functions:
    """An instance of the component, which asks nothing of the linker."""

    def __init__(self, file: Path) -> None:
        engine = Engine()
        self.store = Store(engine)
        component = Component.from_file(engine, str(file))
        self.instance = Linker(engine).instantiate(self.store, component)
        self.functions: dict[tuple[str, str], Any] = {}

    def call(self, interface: str, name: str, *arguments: Any) -> Any:
        """The answer of a function, or its error."""
        function = self.functions.get((interface, name)) or self.find(interface, name)
        return function(self.store, *arguments)

    def find(self, interface: str, name: str) -> Any:
        """A function by the names of the WIT package."""
        instance, store = self.instance, self.store
        at = instance.get_export_index(store, f"edge:functions/{interface}@0.1.0")
        function = instance.get_func(store, instance.get_export_index(store, name, at))
        self.functions[interface, name] = function
        return function

    def hash(self, algorithm: str, data: bytes) -> str:
        """A digest in hexadecimal."""
        hasher = self.call("hash", "[static]hasher.open", algorithm, None)
        self.call("hash", "[method]hasher.update", hasher, data[:99])
        self.call("hash", "[method]hasher.update", hasher, data[99:])
        digest = self.call("hash", "[method]hasher.hex", hasher)
        hasher.drop(self.store)
        return digest

    def text(self, mapping: str, locale: str, text: str) -> str:
        """Text in another case."""
        return self.call("text", "convert", text, CASES[mapping], locale)

    def pixels(self, operation: str, width: int, height: int, rgba: bytes) -> bytes:
        """Pixels after an operation."""
        image = self.call("image", "[static]image.from-rgba", rgba, width, height)
        assert self.call("image", "[method]image.apply", image, operation) is None
        after = self.call("image", "[method]image.rgba", image)
        image.drop(self.store)
        return after

    def image(self, pipeline: str, format: str, file: bytes) -> bytes:
        """A picture's file after a pipeline."""
        return self.call("image", "transform", file, pipeline, encoding(format), None)


def encoding(format: str | None) -> Record:
    """How a picture is written, with the defaults."""
    record = Record()
    record.format, record.quality, record.background = format, None, None
    return record


def check_refusals(functions: Functions) -> None:
    """What the caller is told."""
    key = functions.call("hash", "[static]hasher.open", "blake3", b"key")
    assert key.message == "The algorithm 'blake3': the key has 3 bytes; it must have 32."
    length = key.reason.payload
    assert (key.reason.tag, length.required, length.actual) == ("length", 32, 3)
    refused = functions.call("image", "transform", b"none", "flip", encoding(None), None)
    assert isinstance(refused, Variant) and refused.tag == "unsupported"
    names = "PNG, JPEG, WebP, GIF, BMP, TIFF, ICO, QOI, PNM"
    assert refused.payload == f"The bytes are no picture; {names} are read."


functions = Functions(ROOT / "target/component/edge_functions.wasm")
check_refusals(functions)
print(json.dumps(check_golden(ROOT, functions)))
