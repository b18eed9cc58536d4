/* global process */
// Loaded into a process by --require: at its end it writes the most memory that it has held, in kilobytes, to PROBE_FILE.
const { writeFileSync } = require('node:fs');

process.on('exit', () => writeFileSync(process.env.PROBE_FILE, String(process.resourceUsage().maxRSS)));
