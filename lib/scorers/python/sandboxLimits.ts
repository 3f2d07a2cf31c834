/**
 * The limits of the sandbox that runs answers' Python: @pydantic/monty, an interpreter without files, network or
 * environment, on a thread of a process of its own. A limit that is met is the answer's fault, and a 0.
 */
export const SANDBOX_LIMITS = {
  /** Held by the interpreter, for one answer with all its hidden inputs. */
  seconds: 1,
  memoryBytes: 64e6,
  allocations: 1e6,
  recursionDepth: 400,
  printedCharacters: 200,
  /** Held from outside, for native code that the interpreter cannot stop (9**9**7): then the process is ended. */
  beyondMs: 1500,
  startMs: 15_000,
  /** A task's own tests are many, and take what they take. */
  tests: { seconds: 5, allocations: 2e7 },
  /** A process without work is ended after this. */
  idleMs: 30_000,
  /** Functions or list comprehensions that one answer offers: more are not an answer, and each could take its second. */
  offers: 5,
} as const;
