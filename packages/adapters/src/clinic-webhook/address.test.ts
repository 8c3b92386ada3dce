import { describe, expect, it } from 'vitest';
import { isLoopbackAddress, isPublicAddress } from './address.ts';

describe('which addresses a clinic may name', () => {
  it.each(['8.8.8.8', '1.1.1.1', '172.15.255.255', '172.32.0.1', '100.128.0.1', '2606:4700::1111'])(
    'lets the public address %s through',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  it.each([
    ['this machine', '127.0.0.1'],
    ['this machine', '127.8.8.8'],
    ['this machine', '::1'],
    ['any interface', '0.0.0.0'],
    ['any interface', '::'],
    ['the metadata service', '169.254.169.254'],
    ['the metadata service over IPv6', 'fd00:ec2::254'],
    ['a private network', '10.1.2.3'],
    ['a private network', '172.16.0.1'],
    ['a private network', '172.31.255.255'],
    ['a private network', '192.168.1.1'],
    ['carrier NAT', '100.64.0.1'],
    ['multicast', '224.0.0.1'],
    ['reserved', '255.255.255.255'],
    ['link-local', 'fe80::1'],
    ['unique local', 'fc00::1'],
    ['IPv4 written as IPv6', '::ffff:169.254.169.254'],
    ['IPv4 written as IPv6, in hex', '::ffff:a9fe:a9fe'],
    ['a public IPv4 written as IPv6', '::ffff:8.8.8.8'],
    ['IPv4-compatible', '::127.0.0.1'],
    ['NAT64 of the metadata service', '64:ff9b::a9fe:a9fe'],
    ['6to4 of a private network', '2002:c0a8:0101::1'],
    ['Teredo', '2001:0:53aa:64c::1'],
    ['documentation', '2001:db8::1'],
    ['no address at all', 'example.com'],
  ])('refuses %s: %s', (_kind, address) => expect(isPublicAddress(address)).toBe(false));

  it('knows this machine under its names', () => {
    expect(isLoopbackAddress('127.0.0.1')).toBe(true);
    expect(isLoopbackAddress('::1')).toBe(true);
    expect(isLoopbackAddress('10.0.0.1')).toBe(false);
    expect(isLoopbackAddress('localhost')).toBe(false);
  });
});
