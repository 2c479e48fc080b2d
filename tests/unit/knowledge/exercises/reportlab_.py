"""reportlab: text in standard fonts, tables, charts, bar codes."""

import io

from reportlab.graphics.barcode import createBarcodeDrawing
from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.shapes import Drawing
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen import canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

page = canvas.Canvas(io.BytesIO(), pagesize=A4)
for font in ("Helvetica-Bold", "Times-Roman", "Courier", "Symbol", "ZapfDingbats"):
    page.setFont(font, 12)
    page.drawString(10, 10, "größe €")
createBarcodeDrawing("QR", value="hello").drawOn(page, 10, 10)
createBarcodeDrawing("Code128", value="123").drawOn(page, 10, 10)
page.save()
drawing = Drawing(100, 50)
chart = VerticalBarChart()
chart.data = [(1, 2, 3)]
drawing.add(chart)
story = [Paragraph("<b>bold</b>", getSampleStyleSheet()["Normal"]), Table([["a", "b"]]), drawing]
SimpleDocTemplate(io.BytesIO()).build(story)
