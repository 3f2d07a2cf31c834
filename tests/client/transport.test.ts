import { OpenAI } from "openai/client";
import { describe, expect, expectTypeOf, it } from "vitest";
import type { Sdk, SdkOptions } from "../../lib/client/transport.js";

describe("the part of openai's SDK that is used", () => {
  it("is what the SDK offers", () => {
    expectTypeOf<OpenAI>().toExtend<Sdk>();
    expectTypeOf<SdkOptions>().toExtend<NonNullable<ConstructorParameters<typeof OpenAI>[0]>>();
    expect(OpenAI.prototype).toMatchObject({
      post: expect.any(Function) as unknown,
      get: expect.any(Function) as unknown,
    });
  });
});
