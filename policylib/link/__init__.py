"""Many analyses to works and relations: who is who, what cites what, what holds when. Pure."""

from typing import TYPE_CHECKING

from policylib.first_use import first_use
from policylib.link.status import status

if TYPE_CHECKING:
    from policylib.link.relate import Linked, link

__all__ = ["Linked", "link", "status"]

if not TYPE_CHECKING:
    __getattr__ = first_use(__name__, {"Linked": "policylib.link.relate", "link": "policylib.link.relate"})
