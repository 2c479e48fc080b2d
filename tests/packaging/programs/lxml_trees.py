"""lxml: XPath, XSLT, a schema, HTML, objectify."""

from lxml import etree, html, objectify

tree = etree.fromstring("<shop><item n='1'>tea</item><item n='2'>rum</item></shop>")
print(tree.xpath("//item[@n > 1]/text()"), etree.tostring(tree[0]))
style = etree.XSLT(
    etree.fromstring(
        "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'><xsl:output method='text'/>"
        "<xsl:template match='/'><xsl:for-each select='//item'><xsl:value-of select='.'/>,</xsl:for-each></xsl:template></xsl:stylesheet>"
    )
)
print(str(style(tree)))
print(html.fromstring("<p>one<br>two<p>three").text_content(), objectify.fromstring("<a><b>7</b></a>").b + 1)
try:
    etree.fromstring("<a>")
except etree.XMLSyntaxError as error:
    print(error)
