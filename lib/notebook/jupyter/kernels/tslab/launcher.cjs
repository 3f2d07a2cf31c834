/** What Jupyter starts: registers tsx, so that cells import TypeScript without a build, then the kernel itself. */
require("tsx/cjs");
require("../../../kernel/startKernel.ts").startKernel(process.argv[2]);
