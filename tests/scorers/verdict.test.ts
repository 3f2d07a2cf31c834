import { describe, expect, it } from "vitest";
import { isLacking, isLimit, verdictOnFailure } from "../../lib/scorers/python/verdict.js";
import type { PythonFailure } from "../../lib/scorers/python/runPython.js";

const failed = (type: string, message: string): PythonFailure => ({ ok: false, type, message });

describe("isLacking", () => {
  it.each([
    ["Unavailable", "no process starts", true],
    ["ModuleNotFoundError", "No module named 'numpy'", true],
    ["ImportError", "cannot import name 'x'", true],
    ["NotImplementedError", "monty has no classes", true],
    ["NotImplementedError", "this is not yet supported", true],
    ["NotImplementedError", "match is not implemented", true],
    ["NotImplementedError", "add is for later", false],
    ["NameError", "name 'eval' is not defined", true],
    ["NameError", "name 'evaluate' is not defined", false],
    ["NameError", "name 'shim_math_nothing' is not defined", true],
    ["NameError", "name 'my_shim_x' is not defined", false],
    ["NameError", "no name", false],
    ["AttributeError", "'str' object has no attribute 'format'", true],
    ["AttributeError", "'str' object has no attribute 'formatted'", false],
    ["AttributeError", "'list' object has no attribute '__len__'", true],
    ["AttributeError", "module 'math' has no attribute 'x'", true],
    ["AttributeError", "it lacks something", false],
    ["ValueError", "name 'eval' is not defined", false],
    ["TypeError", "'str' object has no attribute 'format'", false],
    ["TypeError", "can only concatenate str", false],
  ])("knows whether %s (%s) may be the interpreter's fault: %s", (type, message, isIt) => {
    expect(isLacking(failed(type, message))).toBe(isIt);
  });
});

describe("isLimit", () => {
  it.each([
    ["Stopped", "after 1 s", true],
    ["TimeoutError", "time limit exceeded", true],
    ["MemoryError", "memory limit exceeded", true],
    ["RecursionError", "maximum recursion depth", true],
    ["TimeoutError", "the server is slow", false],
    ["MyTimeoutError", "limit exceeded", false],
    ["TimeoutErrors", "limit exceeded", false],
    ["ValueError", "limit exceeded", false],
  ])("knows whether %s (%s) is a limit: %s", (type, message, isIt) => {
    expect(isLimit(failed(type, message))).toBe(isIt);
  });
});

describe("verdictOnFailure", () => {
  it("leaves to a reader what may be the interpreter's fault", () => {
    expect(verdictOnFailure("f(1)", failed("ImportError", "no x"))).toEqual({
      is: "unknown",
      why: "Not run (no x): a reader should decide.",
    });
  });

  it.each([
    ["ValueError", "f(1) failed: no", false],
    ["NameError", "f(1) failed: no", true],
    ["Stopped", "f(1) was stopped: no", false],
  ])("calls %s wrong: %s", (type, why, lacksName) => {
    expect(verdictOnFailure("f(1)", failed(type, "no"))).toEqual({ is: "wrong", why, lacksName });
  });
});
