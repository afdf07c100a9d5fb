import * as l10n from '@vscode/l10n';

/** A spot in a file; line and column count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Where a value was written. */
export type Origin = Place | { readonly variable: string };

/** Something for the operator to mend. An error keeps the cloud from being used, a warning does not. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  /** what is wrong and what to do; of what was read it holds no value but the name of a cloud that is not there */
  readonly message: string;
  /** absent when no file is at fault */
  readonly place?: Place;
}

/** Collects what is wrong. The same thing said twice, say for the list and for the cloud, is kept once. */
export class Report {
  private readonly found: Diagnostic[] = [];

  get diagnostics(): readonly Diagnostic[] {
    return this.found;
  }

  get failed(): boolean {
    return this.found.some(({ severity }) => severity === 'error');
  }

  error(origin: Origin | undefined, message: string): void {
    this.add('error', origin, message);
  }

  warn(origin: Origin | undefined, message: string): void {
    this.add('warning', origin, message);
  }

  take(diagnostics: readonly Diagnostic[]): void {
    for (const diagnostic of diagnostics) this.keep(diagnostic);
  }

  private add(severity: Diagnostic['severity'], origin: Origin | undefined, message: string): void {
    if (origin === undefined) this.keep({ severity, message });
    else if ('variable' in origin) {
      const named = l10n.t('Environment variable {0}: {1}', origin.variable, message);
      this.keep({ severity, message: named });
    } else this.keep({ severity, message, place: origin });
  }

  private keep(diagnostic: Diagnostic): void {
    const text = JSON.stringify(diagnostic);
    if (!this.found.some((other) => JSON.stringify(other) === text)) this.found.push(diagnostic);
  }
}
