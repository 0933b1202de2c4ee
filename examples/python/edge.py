"""The core in Python, through its C interface, on `wasmtime`.

What a host has to get right is in three places: every buffer is freed in a `finally`; integers come
out of the module signed, and are made unsigned by a mask; and memory is reached through the engine,
which knows where it is after it has grown.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from wasmtime import Engine, Func, Instance, Memory, Module, Store

U32 = 0xFFFF_FFFF
U64 = 0xFFFF_FFFF_FFFF_FFFF

STATUSES = (
    "done",
    "the pointer is null",
    "the bytes are not within the memory",
    "the text is not UTF-8",
    "the picture has no pixels, or not as many as its width and height ask for",
    "the radius is not a whole number from 0 to 127",
    "the memory is exhausted",
)
EXHAUSTED = 6


class EdgeError(Exception):
    """What the module has refused; `status` is its number for that."""

    def __init__(self, status: int) -> None:
        super().__init__(STATUSES[status] if status < len(STATUSES) else f"status {status}")
        self.status = status


class Edge:
    """One instance of the module, with a memory of its own."""

    def __init__(self, file: Path) -> None:
        """Compiles `edge_c_abi.wasm`."""
        engine = Engine()
        self._store = Store(engine)
        module = Module.from_file(engine, str(file))
        self._exports = Instance(self._store, module, []).exports(self._store)
        memory = self._exports["memory"]
        assert isinstance(memory, Memory)
        self._memory = memory

    @property
    def memory_bytes(self) -> int:
        """The size of the module's memory, which never shrinks."""
        return self._memory.data_len(self._store)

    def process_string(self, text: str) -> str:
        """`Processed: ` and the text in upper case."""
        with self._lent(text.encode()) as (pointer, length):
            packed = self._call("process_string", pointer, length) & U64
        start, low = packed >> 32, packed & U32
        if start == 0:
            raise EdgeError(low)
        try:
            return self._read(start, low).decode()
        finally:
            self._call("deallocate", start, low)

    def fnv1a_hash(self, data: bytes) -> int:
        """The FNV-1a of 64 bits."""
        with self._lent(data) as (pointer, length):
            unsigned: int = self._call("fnv1a_hash", pointer, length) & U64
            return unsigned

    def grayscale(self, rgba: bytes) -> bytes:
        """The pixels, of four bytes each, with luma for red, green and blue."""
        return self._changed("grayscale", rgba)

    def box_blur(self, rgba: bytes, width: int, height: int, radius: int) -> bytes:
        """The picture, blurred; the radius is in pixels, 0 to 127."""
        check_unsigned(width=width, height=height, radius=radius)
        return self._changed("box_blur", rgba, width, height, radius)

    def _changed(self, operation: str, rgba: bytes, *arguments: int) -> bytes:
        """What an operation in place makes of a copy of the pixels."""
        with self._lent(rgba) as (pointer, length):
            status = self._call(operation, pointer, length, *arguments)
            if status != 0:
                raise EdgeError(status)
            return self._read(pointer, length)

    @contextmanager
    def _lent(self, data: bytes) -> Iterator[tuple[int, int]]:
        """The address and the number of bytes of a copy that lasts as long as the block."""
        pointer = self._call("allocate", len(data)) & U32
        if pointer == 0 and data:
            raise EdgeError(EXHAUSTED)
        try:
            self._memory.write(self._store, data, pointer)
            yield pointer, len(data)
        finally:
            self._call("deallocate", pointer, len(data))

    def _call(self, name: str, *arguments: int) -> Any:
        """What the export gives: a signed integer, or nothing."""
        function = self._exports[name]
        assert isinstance(function, Func)
        return function(self._store, *arguments)

    def _read(self, start: int, length: int) -> bytes:
        return bytes(self._memory.read(self._store, start, start + length))


def check_unsigned(**numbers: int) -> None:
    """Refuses what the engine would silently wrap to fit into an i32."""
    for name, value in numbers.items():
        if not 0 <= value <= U32:
            raise ValueError(f"the {name} is {value}; it must be from 0 to 2^32 - 1")
