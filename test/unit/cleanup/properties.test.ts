import assert from 'node:assert/strict';
import fc from 'fast-check';
import { draft } from '../../../src/cleanup/draft';
import { parse } from '../../../src/cleanup/parse';
import type { DraftSubject } from '../../../src/model/content';
import type { Plan } from '../../../src/model/plan';
import type { Span } from '../../../src/model/span';
import { cellContent, inputOf, instance, subject, suspect, uuid, withRemedy } from './subjects';

/** Whatever a tenant may write, and what would break out of a line, a literal, a comment or a JSON string. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        ...[
          "'",
          '"',
          '`',
          '\\',
          '\n',
          '\r',
          '\u2028',
          '\u0085',
          '\u202e',
          '\u001b',
          '\u0000',
          '\ud800',
          '--',
          '-- @expect rows=0',
        ],
        ...[
          '@unit',
          '*/',
          '/*',
          '/*!',
          ';',
          '#',
          'COMMIT;',
          '\\!',
          'DROP TABLE x',
          '\\u0022',
          ' ',
          'é',
          '💀',
        ],
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join('')),
);

const domain = { uuid, name: 'instance-0000001d', state: 'running' as const, disks: [] };

function hostileSubject(name: string, words: string, host: string, command: string): DraftSubject {
  const drafted = withRemedy(
    { wanted: false, domains: [{ ...domain, host }], manual: [{ command, why: words }] },
    { name, why: words, cleared: [words], missing: [words], ladder: [{ title: words, command: words }] },
  );
  return {
    ...drafted,
    contents: [{ ...cellContent, instance: { ...instance, host, node: name, taskState: words } }],
  };
}

describe('whatever a tenant or a host writes', () => {
  it('is given back by the plan, and is nowhere else', () => {
    const lines = draft(inputOf(hostileSubject('a', 'b', 'c', 'd'))).text.split('\n').length;
    fc.assert(
      fc.property(hostile, hostile, hostile, hostile, (name, words, host, command) => {
        const { text, refused } = draft(inputOf(hostileSubject(name, words, host, command)));
        const plan = parse(text);
        assert.deepEqual(refused, []);
        assert.deepEqual(
          plan.problems.filter(({ severity }) => severity === 'error'),
          [],
        );
        assert.equal(text.split(/[\n\r\u2028\u2029\u0085]/).length, lines);
        const [section] = plan.sections;
        assert.equal(section?.name, name);
        assert.deepEqual(
          section.steps.map(({ step }) => step),
          ['confirm', 'manual', 'domain', 'unit'],
        );
        assert.ok(section.steps.some((step) => step.step === 'domain' && step.host === host));
        assert.ok(section.steps.some((step) => step.step === 'manual' && step.command === command));
      }),
    );
  });

  it('can not hide from the reader of the text', () => {
    fc.assert(
      fc.property(hostile, hostile, (name, words) => {
        const { text } = draft(inputOf(hostileSubject(name, words, words, name)));
        assert.doesNotMatch(text, /[^\n\u0020-\u007e\u00a0-\uffff]/);
      }),
    );
  });

  it('stands in no statement but as a literal', () => {
    const statements = (host: string): string[] =>
      parse(draft(inputOf(hostileSubject('a', 'b', host, 'd'))).text)
        .sections.flatMap(({ steps }) => steps)
        .flatMap((step) => (step.step === 'unit' ? step.statements : []))
        .map(({ sql }) =>
          sql.replace(/host <=> (?:'[^'\\]*'|CONVERT\(X'[0-9a-f]+' USING utf8mb4\))/, 'host <=> ?'),
        );
    const plain = statements('compute-02');
    fc.assert(fc.property(hostile, (host) => assert.deepEqual(statements(host), plain)));
  });
});

const base = draft({ ...inputOf(subject), depth: 'archive' }).text;
const chunk = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.constantFrom(
    ...[
      ';',
      "'",
      '"',
      '`',
      '/*',
      '*/',
      '/*!',
      '-- ',
      '#',
      '\n',
      '\r',
      '(',
      ')',
      ' OR 1',
      ' AND ',
      'COMMIT;',
      'START TRANSACTION;',
    ],
    ...[
      '-- @unit',
      '\n-- @expect rows=2\n',
      '\n-- @instance uuid="x"\n',
      'nova_api.',
      'mysql.user',
      ',',
      '@a',
      '\\',
      '.',
      'WHERE',
      'DELETE FROM',
    ],
    ...[uuid, 'IN (SELECT 1)', 'UNION SELECT 1 FROM mysql.user', '101', 'LIMIT 1', ' USING ', 'x=1'],
  ),
  fc.nat(base.length - 1).chain((start) => fc.nat(200).map((length) => base.slice(start, start + length))),
);
const edit = fc.record({ at: fc.nat(base.length), remove: fc.oneof(fc.nat(3), fc.nat(400)), insert: chunk });
const editedPlan = fc
  .array(edit, { minLength: 1, maxLength: 4 })
  .map((edits) =>
    edits.reduce(
      (text, { at, remove, insert }) => text.slice(0, at) + insert + text.slice(at + remove),
      base,
    ),
  );

function spansOf(plan: Plan): Span[] {
  return [
    ...(plan.header ? [plan.header.span] : []),
    ...plan.problems.map(({ span }) => span),
    ...plan.sections.flatMap(({ span, range, steps }) => [
      span,
      range,
      ...steps.flatMap((step) => [
        step.span,
        ...(step.step === 'unit' ? step.statements.map((each) => each.span) : []),
      ]),
    ]),
  ];
}

describe('whatever becomes of the text of a plan', () => {
  it('is read without an exception, and every position lies in the text', () => {
    fc.assert(
      fc.property(fc.oneof(editedPlan, fc.string({ unit: 'binary' })), (text) => {
        for (const { start, end } of spansOf(parse(text))) {
          assert.ok(0 <= start && start <= end && end <= text.length, `${start}..${end}`);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('has the statements and directives at the positions that are told', () => {
    fc.assert(
      fc.property(editedPlan, (text) => {
        const at = ({ start, end }: Span): string => text.slice(start, end);
        for (const section of parse(text).sections) {
          assert.match(at(section.span), /^(?:--|#)\s*@instance\b/);
          assert.ok(section.range.start === section.span.start && section.range.end >= section.span.end);
          for (const step of section.steps) {
            assert.match(at(step.span), new RegExp(`^(?:--|#)\\s*@${step.step}\\b`));
            if (step.step !== 'unit') continue;
            for (const statement of step.statements) {
              assert.equal(at(statement.span), statement.sql);
              assert.ok(step.span.start < statement.span.start && statement.span.end < step.span.end);
              if (statement.where !== undefined) assert.ok(statement.sql.endsWith(statement.where));
            }
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('changes no other instance, no other schema and no unknown table where it may run', () => {
    const change = /^(?:DELETE\s+FROM|UPDATE|INSERT\s+INTO)\s+`?(nova_cell1|nova_api)`?\s*\.\s*`?(\w+)/i;
    const own = new RegExp(
      `(?:instance_uuid|uuid|resource_id)\`?\\s*=\\s*'${uuid}'|action_id\`?\\s+IN\\s*\\(\\s*101\\s*,\\s*102\\s*\\)`,
      'i',
    );
    fc.assert(
      fc.property(editedPlan, (text) => {
        const plan = parse(text);
        if (plan.problems.some(({ severity }) => severity === 'error')) return;
        for (const step of plan.sections.flatMap(({ steps }) => steps)) {
          for (const { kind, sql, where, expect } of step.step === 'unit' ? step.statements : []) {
            if (kind === 'select') continue;
            assert.match(sql, change);
            assert.match(where ?? '', own);
            assert.ok(expect !== undefined && expect >= 0);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('a plan of the size that a cloud may need', () => {
  it('is read whole', () => {
    const subjects = Array.from({ length: 300 }, (_, index) => {
      const id = uuid.slice(0, -4) + index.toString(16).padStart(4, '0');
      return {
        suspect: { ...suspect, uuid: id },
        contents: [{ ...cellContent, instance: { ...instance, uuid: id } }],
      };
    });
    const plan = parse(draft({ ...inputOf(...subjects), depth: 'archive' }).text);
    assert.equal(plan.sections.length, 300);
    assert.deepEqual(plan.problems, []);
  });

  it('is read without running out of stack, whatever is repeated in it', () => {
    for (const piece of [
      '\u0000',
      '\r',
      '(',
      "'",
      '`',
      '-- @',
      '"',
      '/*',
      '@',
      ';',
      '-- @plan x="',
      'a.',
      '\\',
    ]) {
      assert.doesNotThrow(() => parse(piece.repeat(200_000)), piece);
      assert.doesNotThrow(() => parse(`-- @plan cloud="${piece.repeat(200_000)}`), piece);
    }
  });
});
