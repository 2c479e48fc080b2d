"""python-docx: a new document, with a header."""

import io

import docx

document = docx.Document()
document.add_heading("heading")
document.add_paragraph("text", style="List Bullet")
document.sections[0].header.paragraphs[0].text = "header"
document.save(io.BytesIO())
