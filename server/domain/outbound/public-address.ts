import { BlockList, isIP } from 'node:net';

// IANA special-purpose registries (RFC 6890 and its updates): what is not one machine on the public internet.
const notPublic4 = blockList('ipv4', [
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.31.196.0/24', '192.52.193.0/24',
  '192.88.99.0/24', '192.168.0.0/16', '192.175.48.0/24', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4',
]);
const unicast6 = blockList('ipv6', ['2000::/3']);
/** Of 2000::/3 what carries an IPv4 address in itself (Teredo, 6to4), is for documents only or leads nowhere. */
const notPublic6 = blockList('ipv6', ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20']);

/** Whether an IP address, as `net` and `dns` write it, is one of the public internet. IPv4 in IPv6 clothes is not, and neither is one with a zone. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !notPublic4.check(address, 'ipv4');
  return isIP(address) === 6 && !address.includes('%') && unicast6.check(address, 'ipv6') && !notPublic6.check(address, 'ipv6');
}

function blockList(family: 'ipv4' | 'ipv6', networks: string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    list.addSubnet(address, Number(prefix), family);
  }
  return list;
}

/** Without the brackets of IPv6. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, '$1');
