/* global gc, performance, process */
// Prints the milliseconds since the start of this process and the megabytes of heap in use, after it has loaded the
// module that it was given, if any. Run with --expose-gc, so that only what is kept counts.
const [, , file] = process.argv;
if (file) require(file);
const milliseconds = performance.now();
gc();
const megabytes = process.memoryUsage().heapUsed / 1e6;
process.stdout.write(JSON.stringify({ milliseconds, megabytes }));
