"""Pillow: encode and decode in several formats, draw, scale."""

import io

from PIL import Image, ImageDraw, ImageFont, features

print([name for name in ("jpg", "zlib", "webp", "freetype2") if features.check(name)])
image = Image.new("RGB", (64, 48), (10, 20, 30))
draw = ImageDraw.Draw(image)
draw.ellipse((8, 8, 40, 40), fill=(200, 100, 50))
draw.text((4, 4), "hello", font=ImageFont.load_default(), fill="white")
for kind in ("PNG", "JPEG", "WEBP", "GIF", "TIFF", "BMP"):
    stream = io.BytesIO()
    image.save(stream, kind)
    back = Image.open(io.BytesIO(stream.getvalue()))
    back.load()
    print(kind, back.format, back.size, back.convert("RGB").resize((4, 3)).getpixel((1, 1)))
