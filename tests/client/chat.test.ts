import { OpenAI } from "openai/client";
import { describe, expect, expectTypeOf, it } from "vitest";
import type { Sdk, SdkError, sdkOptions } from "../../lib/client/chat.js";

describe("the part of openai's SDK that is used", () => {
  it("is what the SDK offers", () => {
    expectTypeOf<OpenAI>().toExtend<Sdk>();
    expectTypeOf<ReturnType<typeof sdkOptions>>().toExtend<
      NonNullable<ConstructorParameters<typeof OpenAI>[0]>
    >();
    expectTypeOf<InstanceType<typeof OpenAI.APIError>>().toExtend<SdkError>();
    expect(OpenAI.prototype).toMatchObject({ get: expect.any(Function) as unknown });
  });
});
