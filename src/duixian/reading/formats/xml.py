"""XML from strangers: no entities, no document types, no network, no endless depth."""

from __future__ import annotations

from lxml import etree

from duixian.reading.formats.limits import LimitError, Limits


def parse_xml(data: bytes, limits: Limits) -> etree._Element:
    """The root element.

    Args:
        data: the XML.
        limits: for the depth of its elements.

    Raises:
        ValueError: where the XML is not well-formed, nested too deep, or brings its own document type (entities could hide in it).
    """
    if b"<!DOCTYPE" in data or "<!DOCTYPE".encode("utf-16-le") in data or "<!DOCTYPE".encode("utf-16-be") in data:
        raise ValueError("the XML brings a document type of its own (entities could be hidden in it); not read")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=limits.tags > 250, remove_comments=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error.msg).lower():
            raise LimitError("tags", f"elements nested more than {limits.tags} deep") from None
        raise ValueError(f"damaged XML: {error.msg}; nothing of the file was taken") from None
