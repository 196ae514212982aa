#!/usr/bin/env node
/** The command line's entry. */
process.stderr.write('pixelwright: not built yet\n');
process.exitCode = 1;
