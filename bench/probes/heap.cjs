/* global gc, process */
// A component that runs the one named by PROBE_COMPONENT and appends the bytes of heap in use, without garbage, to
// PROBE_FILE after each ten deploys.
const { appendFileSync } = require('node:fs');

const loaded = require(process.env.PROBE_COMPONENT);
const Component = loaded.default ?? loaded;
let deploys = 0;

module.exports = class extends Component {
  async deploy(inputs) {
    const result = await super.deploy(inputs);
    deploys += 1;
    if (deploys % 10 === 0) {
      gc();
      appendFileSync(process.env.PROBE_FILE, `${process.memoryUsage().heapUsed}\n`);
    }
    return result;
  }
};
