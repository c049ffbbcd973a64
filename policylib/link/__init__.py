"""Many analyses to works and relations: who is who, what cites what, what holds when. Pure."""

from policylib.link.relate import Linked, link
from policylib.link.status import status

__all__ = ["Linked", "link", "status"]
