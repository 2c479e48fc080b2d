"""XML, written with the standard library's ElementTree (and so with its C module pyexpat's company)."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from ..catalogue import Article


def export(articles: Sequence[Article]) -> str:
    """The articles as an indented document."""
    root = ElementTree.Element("catalogue")
    for article in articles:
        element = ElementTree.SubElement(root, "article", number=article.number, stock=str(article.stock))
        element.text = article.title
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode")
