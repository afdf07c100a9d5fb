import assert from 'node:assert/strict';
import fc from 'fast-check';
import { identifier, literal, readLiteral, timeLiteral } from '../../../src/cleanup/literal';
import { scan, type Token } from '../../../src/cleanup/sql/scan';

describe('a literal', () => {
  it('quotes what is plain ASCII', () => {
    assert.equal(literal('compute-02 "x" -- ; /*!'), `'compute-02 "x" -- ; /*!'`);
    assert.equal(literal(''), "''");
  });

  it('writes a quote, a backslash and everything else as bytes', () => {
    assert.equal(literal("it's"), "CONVERT(X'69742773' USING utf8mb4)");
    assert.equal(literal('\\'), "CONVERT(X'5c' USING utf8mb4)");
    assert.equal(literal('é\n'), "CONVERT(X'c3a90a' USING utf8mb4)");
  });

  it('writes numbers as they are and refuses what is no integer', () => {
    assert.equal(literal(-29), '-29');
    assert.equal(literal(null), 'NULL');
    assert.throws(() => literal(0.5), RangeError);
    assert.throws(() => literal(Infinity), RangeError);
  });

  it('can not be escaped from, whatever it holds', () => {
    const safe = /^(?:'[\x20-\x26\x28-\x5b\x5d-\x7e]*'|CONVERT\(X'(?:[0-9a-f]{2})+' USING utf8mb4\))$/;
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (value) => safe.test(literal(value))));
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("'", '\\', '"', '`', '\n', '-', ';') }), (value) =>
        safe.test(literal(value)),
      ),
    );
  });
});

describe('a literal that is read', () => {
  const read = (text: string): string | null | undefined => {
    const tokens: Token[] = [];
    const fail = (): void => assert.fail(text);
    scan(
      text,
      { start: 0, end: text.length },
      {
        token: (token) => tokens.push(token),
        line: fail,
        problem: () => undefined,
        unclosed: fail,
      },
    );
    return readLiteral(tokens);
  };

  it('is the value that was written, whatever it holds', () => {
    assert.equal(read(literal(null)), null);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => assert.equal(read(literal(value)), value)),
    );
  });

  it('is nothing else that a server would compute', () => {
    for (const text of [
      '',
      'id',
      "'a' 'b'",
      "'a' + 1",
      '1',
      "CONVERT(X'6' USING utf8mb4)",
      '`NULL`',
      'NULL + 1',
    ])
      assert.equal(read(text), undefined, text);
  });
});

describe('an identifier', () => {
  it('stays as it is when nothing else can be read into it', () => {
    assert.equal(identifier('nova_cell1'), 'nova_cell1');
  });

  it('is quoted when it is a reserved word, or not plain', () => {
    assert.equal(identifier('key'), '`key`');
    assert.equal(identifier('groups'), '`groups`');
    assert.equal(identifier('nova-cell1'), '`nova-cell1`');
    assert.equal(identifier('Nova'), '`Nova`');
  });

  it('can not be escaped from', () => {
    assert.equal(identifier('a`; DROP TABLE b'), '`a``; DROP TABLE b`');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) =>
        /^(?:[a-z][a-z0-9_]*|`(?:[^`]|``)*`)$/.test(identifier(name)),
      ),
    );
  });
});

describe('a time', () => {
  it('is written as the server shows it', () => {
    assert.equal(timeLiteral('2026-11-09T10:31:07.000Z'), "'2026-11-09 10:31:07'");
    assert.equal(timeLiteral('2026-11-09T10:31:07.250Z'), "'2026-11-09 10:31:07.25'");
    assert.equal(timeLiteral(null), 'NULL');
  });

  it('is refused when it is not one', () => {
    assert.throws(() => timeLiteral("2026-11-09' OR 1"), RangeError);
  });
});
