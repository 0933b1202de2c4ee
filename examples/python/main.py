"""Text in upper case, FNV-1a of a file, and luma and box blur of raw RGBA."""

import argparse
import sys
from pathlib import Path

from edge import Edge, EdgeError

ROOT = Path(__file__).resolve().parents[2]
MODULE = ROOT / "target/wasm32-unknown-unknown/release/edge_c_abi.wasm"


def size(text: str) -> tuple[int, int]:
    """Reads `WIDTHxHEIGHT`."""
    width, height = text.split("x")
    return int(width), int(height)


def arguments() -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("operand", metavar="TEXT|FILE", help="a text, or a file with one of:")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--hash", action="store_true", help="its FNV-1a 64, in hex")
    what.add_argument("--grayscale", action="store_true", help="of raw RGBA, to standard output")
    what.add_argument("--blur", type=int, metavar="RADIUS", help="likewise")
    parser.add_argument("--size", type=size, metavar="WxH", help="of the picture to blur")
    parser.add_argument("--module", type=Path, default=MODULE, metavar="FILE")
    options = parser.parse_args()
    if options.blur is not None and not options.size:
        parser.error("--blur needs --size")
    return options


def run(options: argparse.Namespace) -> bytes:
    """Does what is asked for; what is to be written."""
    edge = Edge(options.module)
    file = Path(options.operand)
    if options.hash:
        return f"{edge.fnv1a_hash(file.read_bytes()):016x}\n".encode()
    if options.grayscale:
        return edge.grayscale(file.read_bytes())
    if options.blur is not None:
        width, height = options.size
        return edge.box_blur(file.read_bytes(), width, height, options.blur)
    return f"{edge.process_string(options.operand)}\n".encode()


try:
    sys.stdout.buffer.write(run(arguments()))
except (EdgeError, OSError, ValueError) as error:
    sys.exit(str(error))
