/** Addresses that a host listens on, and those by which programs of this machine reach it. */
import { isIP } from 'node:net';

/** Where a host listens unless its user says otherwise. */
export const loopback = '127.0.0.1';

export function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1';
}

/** `http://127.0.0.1:8080`, for any address to listen on: one that means "all" is reached by loopback too. */
export function rootUrl(address: string, port: number): string {
  const name = address === '0.0.0.0' || address === '::' ? loopback : address;
  return `http://${isIP(name) === 6 ? `[${name}]` : name}:${port}`;
}

/** What OpenAI clients are given. */
export function baseUrl(address: string, port: number): string {
  return `${rootUrl(address, port)}/v1`;
}
