import { GoError } from '@flotilla/gocompat';
import type { HclFunction } from '../evaluate-hcl.ts';
import { toText, toWhole } from '../hcl-convert.ts';

/** Functions of IP address ranges. */
export const networkFunctions: readonly (readonly [string, HclFunction])[] = [
  ['cidrhost', ([prefix, host]) => hostOf(networkOf(toText(prefix)), BigInt(toWhole(host)))],
  ['cidrnetmask', ([prefix]) => maskOf(networkOf(toText(prefix)))],
  [
    'cidrsubnet',
    ([prefix, bits, number]) =>
      textOf(subnet(networkOf(toText(prefix)), toWhole(bits), BigInt(toWhole(number)))),
  ],
  ['cidrsubnets', ([prefix, ...bits]) => subnets(networkOf(toText(prefix)), bits.map(toWhole))],
];

interface Network {
  readonly address: bigint;
  /** Bits of an address. */
  readonly width: 32 | 128;
  readonly prefix: number;
}

function networkOf(text: string): Network {
  const [address = '', prefixText = ''] = text.split('/');
  const isV6 = address.includes(':');
  const width = isV6 ? 128 : 32;
  const value = isV6 ? parseV6(address) : parseV4(address);
  const prefix = /^\d+$/.test(prefixText) ? Number(prefixText) : -1;
  if (value === undefined || prefix < 0 || prefix > width) {
    throw new GoError(`invalid CIDR expression: invalid CIDR address: ${text}`);
  }
  const free = BigInt(width - prefix);
  return { address: (value >> free) << free, width, prefix };
}

function parseV4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/.test(part) || Number(part) > 255))
    return undefined;
  return parts.reduce((all, part) => all * 256n + BigInt(part), 0n);
}

function parseV6(text: string): bigint | undefined {
  const [head = '', tail, ...rest] = text.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = 8 - left.length - right.length;
  if (rest.length > 0 || (tail === undefined ? missing !== 0 : missing < 1)) return undefined;
  const groups = [...left, ...Array.from({ length: Math.max(0, missing) }, () => '0'), ...right];
  if (groups.some((group) => !/^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return groups.reduce((all, group) => all * 65536n + BigInt(`0x${group}`), 0n);
}

function addressText(address: bigint, width: 32 | 128): string {
  if (width === 32) return [24n, 16n, 8n, 0n].map((shift) => String((address >> shift) & 255n)).join('.');
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((address >> BigInt(112 - index * 16)) & 65535n).toString(16),
  );
  const text = groups.join(':');
  const zeros = [...text.matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].sort((a, b) => b[0].length - a[0].length)[0];
  if (zeros === undefined) return text;
  const before = text.slice(0, zeros.index);
  const after = text.slice(zeros.index + zeros[0].length);
  return `${before}::${after.replace(/^:/, '')}`;
}

function textOf({ address, width, prefix }: Network): string {
  return `${addressText(address, width)}/${prefix}`;
}

function hostOf({ address, width, prefix }: Network, host: bigint): string {
  const count = 1n << BigInt(width - prefix);
  const offset = host < 0n ? count + host : host;
  if (offset < 0n || offset >= count) {
    throw new GoError(`prefix of ${prefix} does not accommodate a host numbered ${host}`);
  }
  return addressText(address + offset, width);
}

function maskOf({ width, prefix }: Network): string {
  const free = BigInt(width - prefix);
  return addressText((((1n << BigInt(width)) - 1n) >> free) << free, width);
}

function subnet({ address, width, prefix }: Network, bits: number, number: bigint): Network {
  const longer = prefix + bits;
  if (longer > width)
    throw new GoError(`insufficient address space to extend prefix of ${prefix} by ${bits}`);
  if (number >= 1n << BigInt(bits))
    throw new GoError(`prefix extension of ${bits} does not accommodate a subnet numbered ${number}`);
  return { address: address + (number << BigInt(width - longer)), width, prefix: longer };
}

/** Consecutive subnets, each aligned to its own size. */
function subnets(network: Network, bits: readonly number[]): readonly string[] {
  let next = network.address;
  const end = network.address + (1n << BigInt(network.width - network.prefix));
  return bits.map((extra) => {
    const prefix = network.prefix + extra;
    if (extra < 1 || prefix > network.width)
      throw new GoError(`would extend prefix to ${prefix} bits, which is too long`);
    const size = 1n << BigInt(network.width - prefix);
    const address = ((next + size - 1n) / size) * size;
    if (address + size > end)
      throw new GoError('not enough remaining address space for a subnet with such a prefix');
    next = address + size;
    return textOf({ address, width: network.width, prefix });
  });
}
