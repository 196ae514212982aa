#!/usr/bin/env node
/** The command line's entry: keeps stdout for a protocol that needs it, before anything else can print. */
import '../mcp-server/own-stdout.ts';

await import('./command-line.ts');
