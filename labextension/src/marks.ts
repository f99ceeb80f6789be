// CSS classes by which Python tells the page which model an element belongs to.

/** The rest of the class with a prefix that an element, or one around it, has; null if none has. */
export function markOf(element: Element, prefix: string): string | null {
  const marked = element.closest(`[class*='${prefix}']`);
  const mark = [...(marked?.classList ?? [])].find(name => name.startsWith(prefix));
  return mark === undefined ? null : mark.slice(prefix.length);
}
