"""Codewords of QR codes: the bytes of a text, those by which lost ones are found again, and the squares of each.

Byte for byte what `segno` makes of a text in byte mode (ISO/IEC 18004, 7.4 to 7.7), which does it bit by bit.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import chain, zip_longest
from typing import Any

from segno import consts

_BYTES = 4  # the indicator of byte mode (table 2), as long as the terminator
_PADS = b"\xec\x11"
_CAPACITY: Any = consts.SYMBOL_CAPACITY  # in bits, by version and level
_BLOCKS: Any = consts.ECC
_LEVELS = (
    consts.ERROR_LEVEL_M,
    consts.ERROR_LEVEL_Q,
    consts.ERROR_LEVEL_H,
)  # 15, 25 and 30 in 100 may be lost


def version_and_level(length: int) -> tuple[int, int]:
    """The smallest version of a code that holds `length` bytes at level M, and the best level at which it still does.

    Raises ValueError for more bytes than any code holds.
    """
    for version in range(1, 41):
        needed = _BYTES + _count_bits(version) + 8 * length
        fitting = [level for level in _LEVELS if needed <= _CAPACITY[version][level]]
        if fitting:
            return version, fitting[-1]
    raise ValueError(f"No QR code holds {length:,} bytes.")


def message_bits(text: bytes, version: int, level: int) -> str:
    """The bits of the code of `text` in the order in which they are put into its squares (7.6)."""
    head = (_BYTES << _count_bits(version)) | len(text)
    said = ((head << 8 * len(text)) | int.from_bytes(text, "big")) << 4
    size = (_BYTES + _count_bits(version)) // 8 + 1 + len(text)
    capacity = _CAPACITY[version][level] // 8
    # `segno` fills up to a whole byte where there is one already, too.
    data = said.to_bytes(size, "big") + b"\0" + _PADS * (capacity // 2)
    blocks, errors, start = [], [], 0
    for kind in _BLOCKS[version][level]:
        for _ in range(kind.num_blocks):
            block = data[start : start + kind.num_data]
            start += kind.num_data
            blocks.append(block)
            errors.append(_error_words(block, kind.num_total - kind.num_data))
    words = bytes(word for word in chain(_in_turns(blocks), _in_turns(errors)) if word is not None)
    return f"{int.from_bytes(words, 'big'):0{8 * len(words)}b}"


def places(width: int, is_data: Callable[[int, int], bool]) -> Iterator[tuple[int, int]]:
    """Row and column of each square of a code `width` wide that the bits are put into, in their order (7.7.3)."""
    upwards = True
    for right in (*range(width - 1, 6, -2), 5, 3, 1):
        for y in range(width - 1, -1, -1) if upwards else range(width):
            for x in (right, right - 1):
                if is_data(y, x):
                    yield y, x
        upwards = not upwards


def _count_bits(version):
    return 8 if version < 10 else 16


def _in_turns(blocks):
    return chain.from_iterable(zip_longest(*blocks))


def _error_words(block, count):
    """The remainder of the block divided by the generator polynomial of `count` words (7.5.2), a byte at a time."""
    remainders, top, rest = _remainders(count), 8 * (count - 1), 0
    below = (1 << top) - 1
    for word in block:
        rest = ((rest & below) << 8) ^ remainders[rest >> top ^ word]
    return rest.to_bytes(count, "big")


@lru_cache(maxsize=40)
def _remainders(count: int) -> list[int]:
    """What each byte leaves in a block, as a number, when it is divided away."""
    log, exp, generator = consts.GALIOS_LOG, consts.GALIOS_EXP, consts.GEN_POLY[count]
    words = (bytes(exp[log[byte] + power] for power in generator) for byte in range(1, 256))
    return [0, *(int.from_bytes(of_byte, "big") for of_byte in words)]
