// What takes longest comes first, or one worker ends alone with it. Where nothing is known of earlier runs, jest goes by the size of
// the files, which says little of stories that other files tell.
import Sequencer from '@jest/test-sequencer';

const ORDER = [/\/test\/moto\//, /\/test\/scenarios\//, /./];
const rank = ({ path }) => ORDER.findIndex((place) => place.test(path));

export default class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    return sorted.some(({ duration }) => duration !== undefined) ? sorted : sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}
