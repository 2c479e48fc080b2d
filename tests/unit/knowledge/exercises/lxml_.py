"""lxml: compiled modules that import Python's."""

import io

from lxml import etree, isoschematron, objectify

root = etree.fromstring("<a><b x='1'/></a>")
root.findall(".//b[@x='1']")
etree.ElementTree(root).write(io.BytesIO(), compression=1)
objectify.fromstring("<a><b>1</b></a>")
rules = '<rule context="a"><assert test="b">x</assert></rule>'
isoschematron.Schematron(etree.XML(f'<schema xmlns="http://purl.oclc.org/dsdl/schematron"><pattern id="p">{rules}</pattern></schema>'))
