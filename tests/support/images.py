"""Picture files for tests, good and hostile."""

import io
import struct
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def upload(content, name="picture.jpg"):
    return SimpleUploadedFile(name, content)


def picture(size=(2000, 1000), format="JPEG", mode="RGB", color="teal", **options):
    file = io.BytesIO()
    Image.new(mode, size, color).save(file, format, **options)
    return file.getvalue()


def photo_with_secrets():
    """A photo taken sideways: its EXIF names the camera and the place."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x013B] = 6, "SecretCamera", "SecretAuthor"
    exif.get_ifd(0x8825)[1] = "N"
    return picture((800, 400), exif=exif, comment=b"SecretComment")


def png_that_claims(width, height):
    """A small PNG whose header claims a giant picture."""
    return png(width, height, b"\0" * 1000)


def png(width, height, rows, notes=()):
    """A PNG of 8 bits in red, green, blue; `notes` are pairs of name and content."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), *notes, (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    parts = [
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def color_profile(space, tags):
    """An ICC profile (ICC.1:2001, version 2) for pictures in `space`, made of `tags`."""
    tags = {b"wtpt": b"XYZ " + bytes(4) + struct.pack(">3i", 63190, 65536, 54061), **tags}
    start, table, body = 128 + 4 + 12 * len(tags), b"", b""
    for name, content in tags.items():
        content += bytes(-len(content) % 4)
        table += name + struct.pack(">II", start + len(body), len(content))
        body += content
    connection = b"Lab " if b"A2B0" in tags else b"XYZ "
    head = struct.pack(">I4sI4s4s4s", start + len(body), b"none", 0x02400000, b"prtr", space, connection)
    head = (head + struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp").ljust(68, b"\0")
    head = (head + struct.pack(">3i", 63190, 65536, 54061)).ljust(128, b"\0")
    return head + struct.pack(">I", len(tags)) + table + body


def cmyk_profile():
    """A press whose inks are all dull: every full ink is a middle gray-blue, no ink is white."""
    identity = struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    ramp = bytes(range(256))
    corners = b"".join(bytes((255 - 50 * bin(corner).count("1"), 128, 118)) for corner in range(16))
    lut = b"mft1" + bytes(4) + bytes((4, 3, 2, 0)) + identity + ramp * 4 + corners + ramp * 3
    return color_profile(b"CMYK", {b"A2B0": lut})


def gray_profile(gamma):
    return color_profile(b"GRAY", {b"kTRC": b"curv" + bytes(4) + struct.pack(">IH", 1, int(gamma * 256))})
