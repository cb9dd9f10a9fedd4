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
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    parts = [
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)
