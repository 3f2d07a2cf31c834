import { COLOURS, FOODS, PEOPLE, VEHICLES } from "./words.js";
import { until } from "./variant.js";
import type { Generator } from "./variant.js";

/** The answer is none of the numbers in the prompt: repeating one of those must not pass. */
const apples: Generator = (random) =>
  until(() => {
    const [name, pronoun] = random.pick(PEOPLE);
    const food = random.pick(FOODS);
    const [had, bought, ate] = [random.whole(3, 40), random.whole(2, 40), random.whole(2, 40)];
    const answer = had + bought - ate;
    if (answer < 2 || [had, bought, ate].includes(answer)) return null;
    const prompt = `${name} has ${had} ${food}. ${pronoun} buys ${bought} more and eats ${ate}. How many ${food} remain?`;
    return { prompt, expected: { answer } };
  });

const train: Generator = (random) =>
  until(() => {
    const vehicle = random.pick(VEHICLES);
    const [distance, unit] = random.pick([["miles", "mph"] as const, ["kilometers", "km/h"] as const]);
    // Quarter hours are exact in binary, so that distance / hours gives the speed back exactly.
    const hours = random.whole(2, 32) / 4;
    const answer = random.whole(8, 90);
    const travelled = answer * hours;
    if (hours === 1 || hours === answer || !Number.isInteger(travelled)) return null;
    const prompt = `A ${vehicle} travels ${travelled} ${distance} in ${hours} hours. What is its average speed in ${unit}?`;
    return { prompt, expected: { answer, unit } };
  });

const ratio: Generator = (random) =>
  until(() => {
    const [first, second] = random.several(COLOURS, 2);
    const [p, q, each] = [random.whole(1, 9), random.whole(1, 9), random.whole(2, 12)];
    const [answer, total] = [q * each, (p + q) * each];
    if (p === q || [p, q, p * each].includes(answer)) return null;
    const prompt = `You mix ${parts(p)} ${first} paint with ${parts(q)} ${second}. If you use ${total} cups total, how many cups are ${second}?`;
    return { prompt, expected: { answer, item: second! } };
  });

const parts = (count: number): string => `${count} part${count === 1 ? "" : "s"}`;

export const reasoningVariants = { math_apples: apples, train_time: train, ratio_mix: ratio };
