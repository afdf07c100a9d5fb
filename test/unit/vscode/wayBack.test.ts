import assert from 'node:assert/strict';
import { readPlan } from '../../../src/app/readPlan';
import { summarize } from '../../../src/vscode/plan/summary';
import { wayBackOf } from '../../../src/vscode/plan/wayBack';
import { planText } from './planText';

const domainLine = /-- @domain.*\n/;
const directoryLine = /-- @directory.*\n/;

function said(text: string, purpose?: 'restore'): string {
  return wayBackOf(summarize(readPlan(text).sections), purpose).join('\n');
}

describe('what a run says of its way back before it is confirmed', () => {
  it('is that all of it can be undone, when it is rows and quarantined directories alone', () => {
    assert.match(said(planText.replace(domainLine, '')), /^Everything can be undone/);
    assert.match(
      said(planText.replace(domainLine, '').replace(directoryLine, '')),
      /^Everything can be undone/,
    );
  });

  it('names the memory of every domain that is not shut off', () => {
    for (const state of [
      'running',
      'paused',
      'pmsuspended',
      'idle',
      'crashed',
      'in shutdown',
      'no state',
      '',
    ]) {
      const text = said(planText.replace('state="running"', `state="${state}"`));
      assert.match(text, /^Irreversible: memory of domains that are not shut off: 1$/m, state);
      assert.doesNotMatch(text, /Everything/);
    }
  });

  it('says that a domain comes back by hand, also one that is shut off', () => {
    const text = said(planText.replace('state="running"', 'state="shut off"'));
    assert.match(text, /Domains come back only by hand/);
    assert.match(text, /^Rows and quarantined directories can be brought back/m);
    assert.doesNotMatch(text, /Everything|Irreversible/);
  });

  it('names deleted directories', () => {
    const text = said(planText.replace(domainLine, '').replace('then="quarantine"', 'then="delete"'));
    assert.match(text, /^Irreversible: deleted directories: 1$/m);
    assert.doesNotMatch(text, /Everything|Domains/);
  });

  it('is none of a restore', () => {
    assert.equal(
      said(planText, 'restore'),
      'A restore has no way back of its own: run the cleanup plan again.',
    );
  });
});
