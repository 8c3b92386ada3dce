const traitsOfSymbol = new Map<string, number>();
let nextBit = 1;

/** A bit of its own for words and phrases that carry one of these symbols; there are 32 bits. */
function bitOf(...symbols: readonly string[]): number {
  const bit = nextBit;
  nextBit <<= 1;
  for (const symbol of symbols) traitsOfSymbol.set(symbol, traitsOf(symbol) | bit);
  return bit;
}

const signTags =
  '@swell @close @red @hot @burnfeel @burninjury @blister @coldsore @raw @crust @honeycrust ' +
  '@bleed @bruise @grid @dry @tight @peel @rough @crack @itch @hives @rash @bump @acne ' +
  '@milia @scar @dent @numb @pain @painbad @feverword @chills @unwell @dizzy @nausea ' +
  '@headache @nodes @faintword @seizureword @confusedword @droop @visionloss @streak @air ' +
  '@throat @tongue @lips @mouth @chest @heart @eyeball @eye @eyelid @sight @face @cheek @jaw ' +
  '@forehead @nose @neck @skin @blood @pus @fluid @smell @yellowgreen @clear @black @purple ' +
  '@blue @grey';

const bodyTags =
  '@air @throat @tongue @lips @mouth @chest @heart @eyeball @eye @eyelid @sight @face @cheek @jaw ' +
  '@forehead @nose @neck @skin';

/** What the code itself asks of a word (patterns ask by id). */
export const trait = {
  not: bitOf('@not'),
  /** A denial, or a phrase that is one. */
  cue: bitOf('@not', 'cant_see_any', 'cant_feel_any'),
  cant: bitOf('@cant'),
  impair: bitOf('@impair'),
  fine: bitOf('@fine'),
  scopeEnd: bitOf('@scopeend'),
  noAfter: bitOf('@negafter'),
  hypo: bitOf('@hypo'),
  pet: bitOf('@pet'),
  person: bitOf('@person'),
  family: bitOf('@family'),
  peel: bitOf('@peel'),
  /** Somebody else writes, or says who is treated. */
  forPatient: bitOf('@treated', '@proxy'),
  selfFine: bitOf('@selffine'),
  kidding: bitOf('@kidding'),
  longPast: bitOf('@pastlong'),
  fever: bitOf('@feverword', '@thermo', '@chills'),
  pain: bitOf('@pain'),
  face: bitOf('@face'),
  /** A word of a sign, or of the body that has it. */
  signWord: bitOf(...signTags.split(' ')),
  /** A part of the body, and what it does. */
  bodyPart: bitOf(...bodyTags.split(' ')),
  /** What a sign does: it spreads, gets worse, comes back. */
  change: bitOf('@worse', '@up', '@spread', '@redup', '@swellup', '@traveling', '@returning'),
  /** What is done to texts, appointments, numbers (told-wishes.ts). */
  ending: bitOf('@ending'),
  keeping: bitOf('@keeping'),
  moving: bitOf('@moving'),
  /** The clinic's texts, and what else one has with a clinic. */
  texts: bitOf('@ourtexts'),
  others: bitOf('@otherthing'),
};

/** Tags that are read as part of a wish only. */
export const wishTags: readonly string[] = ['@ending', '@keeping', '@moving', '@ourtexts', '@otherthing'];

/** Is this a tag that is read as part of a wish only ("stop", "keep")? By itself it says little. */
export function isWishTag(symbol: string): boolean {
  return wishTags.includes(symbol);
}

/** The traits of a symbol that a word or phrase carries. */
export function traitsOf(symbol: string): number {
  return traitsOfSymbol.get(symbol) ?? 0;
}

const symbolsOfFact = {
  mild_word: '@mild',
  severe_word: '@severe',
  one_side: '@oneside',
  suddenly_word: '@suddenly',
  big_word: '@big',
  same_word: '@same',
  still_word: '@still',
  drug_word: '@drug',
  skin_purple: '@purple',
  worst_word: 'worst',
  wet_word: 'wet',
  substance_word: '@product disinfectant numbing anestesia',
};

const factOfSymbol = new Map(
  Object.entries(symbolsOfFact).flatMap(([fact, symbols]) =>
    symbols.split(' ').map((symbol) => [symbol, fact] as const),
  ),
);

/** The fact that a symbol is by itself (facts.ts), wherever it stands in a text. */
export function factOf(symbol: string): string | undefined {
  return factOfSymbol.get(symbol);
}
