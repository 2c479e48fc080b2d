"""Pillow: formats by their names."""

import io

from PIL import Image, ImageDraw, ImageFont, features

image = Image.new("RGB", (10, 10))
for form in ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"):
    image.save(io.BytesIO(), form)
Image.init()
ImageDraw.Draw(image).text((0, 0), "a")
ImageFont.load_default()
for feature in ("webp", "littlecms2", "freetype2"):
    features.check(feature)
