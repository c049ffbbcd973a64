"""OLE compound files made from their streams, for what no library writes."""

from __future__ import annotations

import struct

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
STORAGE, STREAM, ROOT = 1, 2, 5
SMALLEST_STREAM = 4096  # smaller ones would have to lie in a mini stream


def compound_file(streams: dict[str, bytes], storages: tuple[str, ...] = ()) -> bytes:
    """A file of version 3 with these streams, each padded with zeros to 4,096 bytes, and empty storages."""
    entries = [(name, STREAM, data.ljust(SMALLEST_STREAM, b"\0")) for name, data in streams.items()]
    entries += [(name, STORAGE, b"") for name in storages]
    entries.sort(key=lambda entry: (len(entry[0]), entry[0].upper()))
    directory_sectors = -(-128 * (len(entries) + 1) // SECTOR)
    sectors = directory_sectors + sum(_sectors(data) for _, _, data in entries)
    fat_sectors = next(count for count in range(1, 110) if 128 * count >= count + sectors)
    fat = [FAT] * fat_sectors + _chain(fat_sectors, directory_sectors)
    directory = [_entry("Root Entry", ROOT, FREE, 1 if entries else FREE, END, 0)]
    for place, (name, kind, data) in enumerate(entries, 1):
        next_place = place + 1 if place < len(entries) else FREE
        directory.append(_entry(name, kind, next_place, FREE, len(fat) if data else END, len(data)))
        fat += _chain(len(fat), _sectors(data))
    header = struct.pack(
        "<8s16s5H6x9I", bytes.fromhex("d0cf11e0a1b11ae1"), bytes(16), 0x3E, 3, 0xFFFE, 9, 6,
        0, fat_sectors, fat_sectors, 0, SMALLEST_STREAM, END, 0, END, 0,
    )  # fmt: skip
    places = struct.pack("<109I", *range(fat_sectors), *[FREE] * (109 - fat_sectors))
    table = struct.pack(f"<{128 * fat_sectors}I", *fat, *[FREE] * (128 * fat_sectors - len(fat)))
    return b"".join(map(_padded, (header + places, table, b"".join(directory), *(data for _, _, data in entries))))


def _sectors(data: bytes) -> int:
    return -(-len(data) // SECTOR)


def _padded(data: bytes) -> bytes:
    return data.ljust(_sectors(data) * SECTOR, b"\0")


def _chain(first: int, count: int) -> list[int]:
    return [*range(first + 1, first + count), END] if count else []


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBB3I16sI16sIQ", encoded, len(encoded), kind, 1, FREE, right, child, bytes(16), 0, bytes(16), start, size
    )
