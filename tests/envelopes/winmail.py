"""A winmail.dat that a test writes down as Outlook does ([MS-OXTNEF])."""

import struct

from pipeline.envelopes import mapi

Value = str | bytes | int


def winmail(values: dict[int, Value] | None = None, *attached: dict[int, Value], body: str = "") -> bytes:
    """Return a TNEF stream.

    Args:
        values: the mail's properties, by number.
        attached: the properties of each attachment; its `DATA` and `SHORT_NAME` are written as the older attributes that they are.
        body: the mail's text, as the older attribute.
    """
    out = bytearray(struct.pack("<IH", 0x223E9F78, 1))
    out += _attribute(1, 0x00069007, struct.pack("<II", 1252, 0))
    if body:
        out += _attribute(1, 0x0002800C, body.encode("cp1252") + b"\0")
    out += _attribute(1, 0x00069003, _properties(values or {}))
    for one in attached:
        older = {number: value for number, value in one.items() if number in (mapi.DATA, mapi.SHORT_NAME) and mapi.METHOD not in one}
        out += _attribute(2, 0x00069002, b"\1\0" + b"\0" * 12)
        if isinstance(name := older.get(mapi.SHORT_NAME), str):
            out += _attribute(2, 0x00018010, name.encode("cp1252") + b"\0")
        if isinstance(data := older.get(mapi.DATA), bytes):
            out += _attribute(2, 0x0006800F, data)
        out += _attribute(2, 0x00069005, _properties({number: value for number, value in one.items() if number not in older}))
    return bytes(out)


def _attribute(level: int, number: int, data: bytes) -> bytes:
    return struct.pack("<BII", level, number, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def _properties(values: dict[int, Value]) -> bytes:
    out = bytearray(struct.pack("<I", len(values)))
    for number, value in values.items():
        if isinstance(value, int):
            out += struct.pack("<HHI", 0x0003, number, value)
            continue
        kind = mapi.UNICODE if isinstance(value, str) else mapi.OBJECT if values.get(mapi.METHOD) == mapi.EMBEDDED else mapi.BINARY
        data = value.encode("utf-16-le") + b"\0\0" if isinstance(value, str) else value
        out += struct.pack("<HHII", kind, number, 1, len(data)) + data + b"\0" * (-len(data) % 4)
    return bytes(out)
