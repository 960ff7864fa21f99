import { describe, expect, it } from '@jest/globals';
import type { ChangeNotice } from '../../shared/changes/change.ts';
import { CHANGE_NEWS } from '../../shared/changes/content.ts';
import type { Announcement } from '../../shared/content/announcement.ts';
import { change, changedRule, changeNotice, news, toldChange } from '../support/changes.ts';

const told = (parts: Partial<ChangeNotice>): Extract<Announcement, { kind: 'change' }> => ({
  kind: 'change',
  id: 'change-notice/1',
  target: { accountId: '111122223333', region: 'eu-west-1' },
  notice: changeNotice(parts),
});
const fix = { summary: 'Add the other rule.', commands: ['aws ec2 authorize-security-group-egress'] };

describe('what was regained', () => {
  it('is over', () => {
    expect(CHANGE_NEWS.content(told({ lost: [], regained: [news({ fix: null })] }))).toMatchObject({
      tag: 'RESOLVED',
      headline: expect.stringContaining('regained DNS'),
      steps: [{ summary: 'Nothing; this is over.' }],
    });
  });

  it('in part is not said to be over', () => {
    expect(CHANGE_NEWS.content(told({ lost: [], regained: [news({ fix })] }))).toMatchObject({
      tag: 'BETTER',
      headline: expect.stringContaining('partly regained DNS'),
      steps: [fix],
    });
  });
});

it('what added a rule is no step of the way back of what was lost', () => {
  const authorized = change({ id: 'added', what: { kind: 'rules-authorized', isEgress: true, rules: [changedRule()] } });
  const { steps } = CHANGE_NEWS.content(
    told({ changes: [toldChange(), toldChange({ change: authorized, undo: { summary: 'Revoke.', commands: ['revoke'] } })] }),
  );
  expect(steps.map(({ commands }) => commands)).toEqual([toldChange().undo.commands, news().fix?.commands]);
});
