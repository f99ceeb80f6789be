// Tells when the kernel behind a notebook is lost, and why, in the user's words.

import type { DocumentRegistry } from '@jupyterlab/docregistry';

type SessionContext = DocumentRegistry.Context['sessionContext'];
type Status = SessionContext['kernelDisplayStatus'];

const REASONS: Partial<Record<Status, string>> = {
  restarting: 'The kernel was restarted.',
  autorestarting: 'The kernel died and was started again.',
  dead: 'The kernel died.',
  terminating: 'The kernel was shut down.'
};

/** Calls `onLoss` once, when what the present kernel knew is gone. Returns what ends the watch. */
export function watchKernel(
  session: Pick<SessionContext, 'statusChanged' | 'kernelChanged'>,
  onLoss: (reason: string) => void
): () => void {
  const end = (): void => {
    session.statusChanged.disconnect(readStatus);
    session.kernelChanged.disconnect(readChange);
  };
  const lose = (reason: string): void => {
    end();
    onLoss(reason);
  };
  const readStatus = (_sender: unknown, status: Status): void => {
    const reason = REASONS[status];
    if (reason !== undefined) {
      lose(reason);
    }
  };
  const readChange = (_sender: unknown, change: { oldValue: unknown; newValue: unknown }): void => {
    if (change.oldValue) {
      lose(change.newValue ? 'The kernel was changed.' : 'The kernel was shut down.');
    }
  };
  session.statusChanged.connect(readStatus);
  session.kernelChanged.connect(readChange);
  return end;
}
