/** The reference: openai's SDK alone, as many questions in as many loops. Arguments: base URL, questions, concurrency. */
import { OpenAI } from "openai";

async function main(): Promise<void> {
  const [baseURL = "", count = "0", concurrency = "1"] = process.argv.slice(2);
  const sdk = new OpenAI({ apiKey: "sk-or-v1-bench", baseURL, maxRetries: 0 });
  let asked = 0;
  const loop = async (): Promise<void> => {
    while (asked < Number(count)) {
      const content = `prompt ${asked++}`;
      await sdk.chat.completions.create({ model: "bench", messages: [{ role: "user", content }] });
    }
  };
  const cpu = process.cpuUsage();
  await Promise.all(Array.from({ length: Number(concurrency) }, loop));
  const used = process.cpuUsage(cpu);
  const peakMb = process.resourceUsage().maxRSS / 1000;
  console.log(JSON.stringify({ cpuMs: (used.user + used.system) / 1000, peakMb }));
}

void main();
