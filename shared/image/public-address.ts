/** Keeps requests away from this machine, its network, and cloud metadata: checked after names are resolved. */
import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { PixelwrightError } from '../errors.ts';

/** All addresses of a host name. */
export type HostResolver = (hostname: string) => Promise<readonly string[]>;

export interface AddressPolicy {
  /** Host names (without port) that may be on a private network, because the user named them. */
  readonly allowPrivateHosts: readonly string[];
  readonly resolveHost: HostResolver;
}

export const resolveBySystem: HostResolver = async (hostname) =>
  (await lookup(hostname, { all: true })).map((entry) => entry.address);

/** Whether an address is reachable on the public internet; IPv4 inside of IPv6 counts as what it holds. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.range() === 'unicast';
  const range = parsed.range();
  const embedded = embeddedIpv4(parsed.toByteArray(), range);
  if (embedded !== undefined) return isPublicAddress(embedded);
  // Global unicast is 2000::/3 alone (RFC 4291, IANA registry); the rest is unassigned or local.
  return range === 'unicast' && parsed.match(ipaddr.parse('2000::'), 3);
}

/** NAT64 (RFC 6052), 6to4 (RFC 3056) and IPv4-translated addresses lead to an IPv4 host. */
function embeddedIpv4(bytes: readonly number[], range: string): string | undefined {
  if (range === 'rfc6052' || range === 'rfc6145') return bytes.slice(12, 16).join('.');
  return range === '6to4' ? bytes.slice(2, 6).join('.') : undefined;
}

/**
 * A lookup for sockets that answers with checked addresses only, so that the connection goes to what was
 * checked and a second answer of the name server cannot lead elsewhere.
 */
export function guardedLookup(policy: AddressPolicy): LookupFunction {
  return (hostname, options, callback) => {
    resolveChecked(hostname, policy).then(
      (addresses) => {
        const entries = addresses.map((address) => ({ address, family: isIP(address) }));
        const first = entries[0];
        if (options.all === true) callback(null, entries);
        else if (first !== undefined) callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), []),
    );
  };
}

/**
 * Addresses of a host, every one of them public or allowed.
 * @throws PixelwrightError `not-allowed`, or `network` if the name has no address.
 */
export async function resolveChecked(hostname: string, policy: AddressPolicy): Promise<readonly string[]> {
  const host = hostname.replace(/^\[|\]$/g, '');
  let addresses: readonly string[];
  try {
    addresses = isIP(host) === 0 ? await policy.resolveHost(host) : [host];
  } catch (cause) {
    throw unknownHost(host, cause);
  }
  if (addresses.length === 0) throw unknownHost(host);
  if (policy.allowPrivateHosts.some((allowed) => allowed.toLowerCase() === host.toLowerCase()))
    return addresses;
  const refused = addresses.find((address) => !isPublicAddress(address));
  if (refused === undefined) return addresses;
  throw new PixelwrightError(
    'not-allowed',
    `Expected a public web address, but ${host} is on a private network or this machine (${refused}).`,
    { next: 'Save the picture to a file and give its path.', details: { host, address: refused } },
  );
}

function unknownHost(host: string, cause?: unknown): PixelwrightError {
  return new PixelwrightError('network', `The host ${host} was not found.`, {
    next: 'Check the address and the network connection, or give the path of a file.',
    cause,
  });
}
