import { describe, expect, it } from "vitest";
import { numbersIn, unitAfter } from "../../lib/scorers/numbers.js";

const valuesIn = (text: string): readonly number[] => numbersIn(text).map(({ value }) => value);

describe("numbersIn", () => {
  it.each<[string, readonly number[]]>([
    ["5, 1,200 and 40.0", [5, 1200, 40]],
    ["1,5 but 1,500 and 1,234,567.5", [1.5, 1500, 1_234_567.5]],
    ["0,1234", [0.1234]],
    ["-3 or −4", [-3, -4]],
    ["7-3, (2)-1, a-2, x_3", [7, 3, 2, 1, 2]],
    [".5 l", [0.5]],
    ["a5, 6b", [6]],
  ])("reads the digits of %j: %j", (text, values) => {
    expect(valuesIn(text)).toEqual(values);
  });

  it.each<[string, readonly number[]]>([
    ["twenty-one", [21]],
    ["twenty  one", [21]],
    ["Ninety nine", [99]],
    ["two hundred", [200]],
    ["two hundred and five", [205]],
    ["two hundred  and  five", [205]],
    ["one hundred twenty", [120]],
    ["three thousand two hundred and forty-six", [3246]],
    ["two hundred thousand", [200_000]],
    ["a thousand and one", [1001]],
    ["hundred", [100]],
    ["hundred thousand", [100_000]],
  ])("reads %j as one number: %j", (text, values) => {
    expect(valuesIn(text)).toEqual(values);
  });

  it.each<[string, readonly number[]]>([
    ["two, hundred", [2, 100]],
    ["two or three", [2, 3]],
    ["two and then, much later, three", [2, 3]],
    ["two and three", [2, 3]],
    ["twenty twelve", [20, 12]],
    ["twenty ten", [20, 10]],
    ["twenty zero", [20, 0]],
    ["nineteen five", [19, 5]],
    ["ten two", [10, 2]],
    ["twenty-one two", [21, 2]],
    ["one hundred five two", [105, 2]],
    ["ten hundred", [10, 100]],
    ["zero hundred", [0, 100]],
    ["thousand hundred", [1000, 100]],
    ["zero thousand", [0, 1000]],
    ["two thousand thousand", [2000, 1000]],
    ["thousand thousand", [1000, 1000]],
    ["2 hundred", [2, 100]],
    ["two 3", [2, 3]],
    ["twenty.one is twenty; five", [20, 20, 5]],
    ["twenty - five", [20, 5]],
  ])("reads %j as several: %j", (text, values) => {
    expect(valuesIn(text)).toEqual(values);
  });

  it.each<[string, readonly number[]]>([
    ["one", [1]],
    ["There is one left.", [1]],
    ["Exactly one.", [1]],
    ["= one", [1]],
    ["the blue one has 3", [3]],
    ["one of them, and the other one, has 3", [1, 3]],
    ["He had been there for only an hour and took the last one, which was 2.", [2]],
  ])('takes "one" in %j for a number only where it is one: %j', (text, values) => {
    expect(valuesIn(text)).toEqual(values);
  });

  it("reads words of other languages where there is no number otherwise, with their places", () => {
    expect(valuesIn("Es sind sieben.")).toEqual([7]);
    expect(valuesIn("Es sind sieben, 7.")).toEqual([7]);
    expect(numbersIn("Es sind Sieben Meilen")).toEqual([{ value: 7, start: 8, end: 14, unit: null }]);
  });

  it("tells where each number stands, and its unit", () => {
    expect(numbersIn("In twenty-one hours, 40 mph")).toEqual([
      { value: 21, start: 3, end: 13, unit: "hours" },
      { value: 40, start: 21, end: 23, unit: "mph" },
    ]);
  });
});

describe("unitAfter", () => {
  it.each([
    ["40 mph", "mph"],
    ["40mph", "mph"],
    [String.raw`40\ \text{mph}`, "mph"],
    [String.raw`40\,\mathrm{mph}`, "mph"],
    ["**40** mph", "mph"],
    ["40 miles per hour", "mph"],
    ["40, mph", null],
    ["40 (mph)", null],
    ["40 of them mph", null],
    ["40", null],
    ["40 7 mph", null],
  ])("finds in %j: %j", (text, unit) => {
    expect(unitAfter(text, text.indexOf("40") + 2)).toBe(unit);
  });
});
