const { writeFileSync } = require('node:fs');
const mochaModule = require('mocha');
const { Spec } = (mochaModule.default ?? mochaModule).reporters;

/** mocha's spec reporter, which also writes how many tests passed and failed to the file that TEST_RESULT_FILE names. */
module.exports = class extends Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once('end', () => {
      const { passes: passed, failures: failed } = runner.stats;
      if (process.env.TEST_RESULT_FILE)
        writeFileSync(process.env.TEST_RESULT_FILE, JSON.stringify({ passed, failed }));
    });
  }
};
