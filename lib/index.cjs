/** Door for CommonJS (tslab compiles cells to it): registers tsx, so that the TypeScript source runs without a build. */
require("tsx/cjs");
module.exports = require("./index.ts");
