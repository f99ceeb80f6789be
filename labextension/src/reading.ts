// Small readers for JSON of unknown shape: what does not fit becomes a default, never an exception.

export type JSONRecord = Record<string, unknown>;

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is JSONRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object; an empty one if it is none. */
export function asRecord(value: unknown): JSONRecord {
  return isRecord(value) ? value : {};
}

/** The value as a list; an empty one if it is none. */
export function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value as text; empty if it is none. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The value as text, or null. */
export function asTextOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** The texts in a list. */
export function asTexts(value: unknown): string[] {
  return asList(value).filter(item => typeof item === 'string');
}

/** Whether a value is a number one can compute with. */
export function isFiniteNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
