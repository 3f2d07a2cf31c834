const list = (words: string): readonly string[] => words.split(" ");

/** Plain short words, none of which is part of a prompt's own wording. */
export const NOUNS = list(
  "oak pine birch maple cedar elm ash willow fern moss river lake hill stone cloud rain snow storm wind star moon comet garden bridge tower castle lamp chair table window door candle basket bottle kettle spoon plate bread butter honey pepper salt tiger otter falcon heron badger rabbit turtle salmon copper silver velvet cotton marble amber coral pearl ivory indigo",
);
export const PEOPLE: readonly (readonly [name: string, pronoun: "She" | "He"])[] = [
  ...list("Sarah Amina Chloe Ingrid Mei Priya Sofia Yuki Zoe Lucia").map((name) => [name, "She"] as const),
  ...list("Omar Liam Jonas Mateo Kenji Ravi Pavel Samuel Tomas Hugo").map((name) => [name, "He"] as const),
];
export const FOODS = list(
  "apples pears plums cookies muffins grapes dates figs carrots walnuts olives cherries",
);
export const VEHICLES = list("train bus car truck ferry tram van");
export const COLOURS = list("red blue yellow green white black orange purple pink brown");
export const VERBS = list(
  "backup check clean update review archive test deploy order print sort scan sync renew label count repair measure paint pack ship file draft book",
);
export const OBJECTS = list(
  "data logs invoices photos reports contracts servers keys orders tickets samples charts badges parcels drawings permits manuals backups receipts rosters surveys forms stocks scripts maps",
);
export const STATES = list(
  "ready done open closed active silent empty full locked clear stable steady prompt bright quick loud calm warm cold early late broken fixed loaded sealed tested valid finished paused live",
);
export const SUBJECTS = list(
  "weather traffic news museums restaurants hotels events parking concerts markets parks cinemas bakeries schools rents jobs gyms beaches trains flights libraries festivals theatres cafes pharmacies",
);
export const CITIES = list(
  "Paris London Berlin Madrid Rome Vienna Oslo Lisbon Dublin Prague Athens Warsaw Budapest Helsinki Stockholm Zurich Cairo Nairobi Lagos Accra Delhi Mumbai Tokyo Seoul Osaka Hanoi Manila Jakarta Sydney Perth Auckland Toronto Montreal Boston Chicago Denver Seattle Lima Bogota Quito",
);
export const FIELDS = list(
  "quantum thermal optical magnetic cellular marine solar nuclear digital medieval tropical urban neural social polar genetic acoustic chemical coastal ancient orbital seismic volcanic atomic linguistic",
);
export const TOPICS = list(
  "tunneling imaging networks erosion energy migration farming trade storage waves growth learning mapping currents storms fusion dating repair ecology transport signals patterns cooling law design",
);
export const LETTERS = list("a b c d e f g h i k l m n o p r s t u w");
