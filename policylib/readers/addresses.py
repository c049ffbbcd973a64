"""Addresses of links, absolute where the page says its own."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from policylib.readers.layout import clean

ADDRESS_LENGTH = 2000  # browsers cut longer ones


def absolute(base: str, address: str) -> str:
    """A web address, relative only where the base is not known; "" for scripts, mail, local files, and places on the
    page itself."""
    bare = "".join(clean(address).split())
    if not bare or bare.startswith("#") or len(bare) > ADDRESS_LENGTH:
        return ""
    try:
        whole = urljoin(base, bare)
        scheme = urlsplit(whole).scheme
    except ValueError:  # http://[1: a bracket that no address has
        return ""
    return whole if scheme in ("http", "https", "ftp", "") else ""
