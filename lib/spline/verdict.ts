import type { Law, LawName } from "./laws.js";

/** What each law says of z, in words. */
const WORDS: Readonly<Record<LawName, string>> = {
  constant: "a constant (z does not depend on x and y)",
  plane: "a flat plane",
  "weakest-link": "the weakest link (z follows the lower of x and y)",
  additive: "two effects that add up",
  interaction: "a surface on which x and y interact",
};

/** Standard errors of a difference below which two laws are not told apart. */
const DOUBT = 2;

/** A law with a larger error than this times the best's is not called enough, however uncertain the difference. */
const ENOUGH = 1.15;

/** Which laws are special cases of which: a simpler one that is as good is the better answer. */
const WITHIN: Readonly<Record<LawName, readonly LawName[]>> = {
  constant: ["plane", "weakest-link", "additive", "interaction"],
  plane: ["additive", "interaction"],
  "weakest-link": ["interaction"],
  additive: ["interaction"],
  interaction: [],
};

/**
 * The law that the points single out: among those within two standard errors of the best, one that is a special
 * case of all the others. Where there is none, the rivals are named instead.
 */
export function verdictOf(laws: readonly Law[], n: number): { law: LawName | null; verdict: string } {
  const good = laws
    .filter(({ excess, excessStderr }) => excess <= DOUBT * excessStderr)
    .map(({ name }) => name);
  const simplest = good.filter((name) => !good.some((other) => WITHIN[other].includes(name)));
  const best = laws.find(({ excess }) => excess === 0)!;
  const rmse = (name: LawName): number => laws.find((law) => law.name === name)!.looRmse;
  const error = (name: LawName): string => rmse(name).toPrecision(2);
  const [first] = simplest as [LawName];
  if (simplest.length === 1 && rmse(first) <= ENOUGH * best.looRmse) {
    const law = first;
    const verdict =
      law === best.name
        ? `The ${n} points follow ${WORDS[law]}: its leave-one-out error, ${error(law)}, is the lowest.`
        : `${capital(WORDS[law])} is enough for the ${n} points: leave-one-out error ${error(law)}, and nothing ` +
          "richer does clearly better.";
    return { law, verdict };
  }
  const named = simplest.length > 1 ? simplest : [first, best.name];
  const rivals = named.map((name) => `${WORDS[name]} (${error(name)})`).join(" and ");
  return {
    law: null,
    verdict: `Too few models to tell: among ${n} points, ${rivals} are not told apart by their error on left-out points.`,
  };
}

function capital(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
