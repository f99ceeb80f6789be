// What the mouse does on the canvas, as the sheet of keys shows it.

/** Each gesture with what it does. */
export const MOUSE_TABLE: readonly (readonly [how: string, does: string])[] = [
  ['Drag from a port', 'Connect; on empty ground, to a new node'],
  ["Drag an edge's end", 'Connect it elsewhere'],
  ['Drag a node', 'Move what is selected; on a connection, put it in between'],
  ['Drag from the palette', 'Add a node where it is dropped'],
  ['Drag the ground', 'Move the view, also with Space held or the middle button'],
  ['Shift+Drag', 'Select by box'],
  ['Shift+Click', 'Select too, or no longer'],
  ['Double-click', 'Add a node; on a frame or comment, write its text'],
  ['Right-click', 'Menu of what is there'],
  ['Wheel', 'Zoom, once the canvas has the focus; before, the notebook scrolls'],
  ['Ctrl+Wheel', 'Zoom always; so does a pinch'],
  ['Shift+Wheel', 'Move the view to the side']
];
