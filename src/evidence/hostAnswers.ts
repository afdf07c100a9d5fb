import * as l10n from '@vscode/l10n';
import { OperatorError } from '../model/errors';
import { answerNames, type AnswerName } from './hostScript';

/** What one command on the host said, and how it ended. */
export interface Answer {
  readonly output: string;
  readonly code: number;
  readonly errors: string;
}

export type Answers = Readonly<Record<AnswerName, Answer>>;

/** The answers of `hostScript`: all of them, or an OperatorError. What was printed before the first is skipped. */
export function parseAnswers(stdout: string, nonce: string): Answers {
  const lines = stdout.split('\n').filter((line) => line.startsWith(`${nonce} `));
  if (lines.length !== answerNames.length + 1 || lines.at(-1) !== `${nonce} end`) {
    throw cutOff();
  }
  const answers = answerNames.map((name, index) => [
    name,
    parseAnswer(lines[index] ?? '', `${nonce} ${name} `),
  ]);
  return Object.fromEntries(answers) as Answers;
}

/** `<output and exit status> <errors>`, in base64; the exit status is the last line of the output. */
function parseAnswer(line: string, start: string): Answer {
  const fields = line.slice(start.length).split(' ');
  const [output, errors] = fields;
  if (!line.startsWith(start) || output === undefined || errors === undefined || fields.length !== 2) {
    throw cutOff();
  }
  const text = decode(output);
  const end = text.lastIndexOf('\n');
  const code = text.slice(end + 1);
  if (end < 0 || !/^\d{1,3}$/.test(code)) {
    throw cutOff();
  }
  return { output: text.slice(0, end), code: Number(code), errors: decode(errors).trim() };
}

function decode(field: string): string {
  if (field.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(field)) {
    throw cutOff();
  }
  return Buffer.from(field, 'base64').toString('utf8');
}

function cutOff(): OperatorError {
  return new OperatorError(
    'command-failed',
    l10n.t('The answer of the host is not whole, so nothing of it counts.'),
    l10n.t('Scan the host again. If it stays so, log in and check that sh, base64, find and df work there.'),
  );
}
