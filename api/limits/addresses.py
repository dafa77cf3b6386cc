"""From the address of a connection to the block that is one household or office."""

from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

IPV6_BLOCK: Final = 64
"""Whoever has one IPv6 address has all of its /64."""


def address_block(host: str) -> str:
    """Return what counts as one address.

    >>> address_block("198.51.100.7"), address_block("2001:db8:1:2:aaaa::1")
    ('198.51.100.7', '2001:db8:1:2::/64')
    >>> address_block("::ffff:198.51.100.7"), address_block("testclient")
    ('198.51.100.7', 'testclient')
    """
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ip_network((address, IPV6_BLOCK), strict=False))
