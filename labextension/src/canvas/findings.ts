// Findings as they are shown: the gravest first, each with what to do.

import type { IBubbleLine } from './bubble';
import type { IDiagnostic, Severity } from './state';

const ORDER: readonly Severity[] = ['error', 'warning', 'info'];

/** The gravest severity among findings. */
export function gravest(problems: readonly IDiagnostic[]): Severity | null {
  return ORDER.find(severity => problems.some(item => item.severity === severity)) ?? null;
}

/** One paragraph each. */
export function findings(problems: readonly IDiagnostic[]): IBubbleLine[] {
  return [...problems]
    .sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity))
    .map(({ message, hint, severity }) => ({ text: `${message} ${hint}`.trim(), look: severity }));
}
