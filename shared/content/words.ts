// Numbers, nouns, verbs and lists as English has them.

/** `1,200`. */
export const thousands = (n: number): string => n.toLocaleString('en-US');

const pluralOf = (noun: string): string => {
  if (/(s|x|ch|sh)$/.test(noun)) return `${noun}es`;
  return /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
};

/** `1 orphan`, `2 addresses`, `1,200 policies`; `many` where the plural is not of the last word: `2 sets without DNS`. */
export const count = (n: number, noun: string, many = pluralOf(noun)): string => `${thousands(n)} ${n === 1 ? noun : many}`;

/** The form of a verb that goes with so many: `is` and `are`, `has` and `have`, `serves` and `serve`. */
export function verb(n: number, base: string): string {
  if (base === 'be') return n === 1 ? 'is' : 'are';
  if (n !== 1) return base;
  return base === 'have' ? 'has' : pluralOf(base);
}

/** `a`, `a and b`, `a, b and c`. */
export const list = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/** The first `most` of them, and how many more there are. */
export const shortList = (words: readonly string[], most: number): string =>
  words.length <= most ? words.join(', ') : `${words.slice(0, most).join(', ')} and ${thousands(words.length - most)} more`;

/** Whether a sentence has this name as a word of its own. */
export const names = (text: string, name: string): boolean => text.split(/[^\w-]+/).includes(name);

/** The cluster's name in a sentence; interfaces may name several. */
export const clusterName = (cluster: string | null): string =>
  cluster === '-' || cluster === null ? 'no cluster' : cluster.split('+').join(' and ');

/** A clause and its details in one sentence, for where no one can look closer. */
export const sentenceOf = ({ summary, details }: { summary: string; details?: string }): string =>
  details ? `${summary}: ${details}` : summary;
