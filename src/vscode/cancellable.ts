import * as vscode from 'vscode';

/** Shows a notification with a Cancel, which aborts the work, for as long as it takes. */
export function cancellable<T>(
  title: string,
  work: (signal: AbortSignal, progress: vscode.Progress<{ readonly message: string }>) => Promise<T>,
): Thenable<T> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    (progress, token) => {
      const stop = new AbortController();
      token.onCancellationRequested(() => {
        stop.abort();
      });
      return work(stop.signal, progress);
    },
  );
}
