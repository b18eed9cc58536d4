// Preloaded into the CLI: writes the names of the chunks of ofn that were loaded into the file that CHUNKS names.
/* global process */
const { writeFileSync } = require('node:fs');

process.on('exit', () => {
  const chunks = Object.keys(require.cache).flatMap((file) => /\/dist\/chunks\/(.+)-.{8}\.js$/.exec(file)?.[1] ?? []);
  writeFileSync(process.env.CHUNKS, JSON.stringify([...new Set(chunks)].sort()));
});
