import { uniformFrom } from "../../shared/uniform.js";

/** Draws that a seed fixes. */
export interface Random {
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number;
  /** One of the items. */
  pick<T>(items: readonly T[]): T;
  /** `count` different items, in any order. */
  several<T>(items: readonly T[], count: number): T[];
}

/**
 * Draws from a 32-bit generator, seeded by a number and a text through FNV-1a, so that each text has a sequence of its own. Good for varying prompts, not for statistics.
 */
export function randomFrom(seed: number, text: string): Random {
  let state = 0x811c9dc5;
  for (const character of `${seed}/${text}`) {
    state = Math.imul(state ^ character.codePointAt(0)!, 0x01000193);
  }
  const unit = uniformFrom(state);
  const whole = (low: number, high: number): number => low + Math.floor(unit() * (high - low + 1));
  return {
    whole,
    pick: (items) => items[whole(0, items.length - 1)]!,
    several: (items, count) => {
      const rest = [...items];
      return Array.from({ length: count }, () => rest.splice(whole(0, rest.length - 1), 1)[0]!);
    },
  };
}

type Words<Kind extends string> = { readonly [kind in Kind]: readonly string[] };

const listed = <Kind extends string>(texts: Readonly<Record<Kind, string>>): Words<Kind> =>
  Object.fromEntries(
    Object.entries<string>(texts).map(([kind, text]) => [kind, text.split(" ")]),
  ) as unknown as Words<Kind>;

/** What variants are made of: plain short words, none of which is part of a prompt's own wording. */
export const WORDS = listed({
  nouns:
    "oak pine birch maple cedar elm ash willow fern moss river lake hill stone cloud rain snow storm wind star moon comet garden bridge tower castle lamp chair table window door candle basket bottle kettle spoon plate bread butter honey pepper salt tiger otter falcon heron badger rabbit turtle salmon copper silver velvet cotton marble amber coral pearl ivory indigo",
  women: "Sarah Amina Chloe Ingrid Mei Priya Sofia Yuki Zoe Lucia",
  men: "Omar Liam Jonas Mateo Kenji Ravi Pavel Samuel Tomas Hugo",
  foods: "apples pears plums cookies muffins grapes dates figs carrots walnuts olives cherries",
  vehicles: "train bus car truck ferry tram van",
  colours: "red blue yellow green white black orange purple pink brown",
  verbs:
    "backup check clean update review archive test deploy order print sort scan sync renew label count repair measure paint pack ship file draft book",
  objects:
    "data logs invoices photos reports contracts servers keys orders tickets samples charts badges parcels drawings permits manuals backups receipts rosters surveys forms stocks scripts maps",
  states:
    "ready done open closed active silent empty full locked clear stable steady prompt bright quick loud calm warm cold early late broken fixed loaded sealed tested valid finished paused live",
  subjects:
    "weather traffic news museums restaurants hotels events parking concerts markets parks cinemas bakeries schools rents jobs gyms beaches trains flights libraries festivals theatres cafes pharmacies",
  cities:
    "Paris London Berlin Madrid Rome Vienna Oslo Lisbon Dublin Prague Athens Warsaw Budapest Helsinki Stockholm Zurich Cairo Nairobi Lagos Accra Delhi Mumbai Tokyo Seoul Osaka Hanoi Manila Jakarta Sydney Perth Auckland Toronto Montreal Boston Chicago Denver Seattle Lima Bogota Quito",
  fields:
    "quantum thermal optical magnetic cellular marine solar nuclear digital medieval tropical urban neural social polar genetic acoustic chemical coastal ancient orbital seismic volcanic atomic linguistic",
  topics:
    "tunneling imaging networks erosion energy migration farming trade storage waves growth learning mapping currents storms fusion dating repair ecology transport signals patterns cooling law design",
  letters: "a b c d e f g h i k l m n o p r s t u w",
});
