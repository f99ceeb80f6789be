// What changed between two scenes, so that no more is drawn anew.

import type { IBox, IScene, ISceneEdge } from './scene';

/** What is different between two scenes. */
export interface ISceneChange {
  added: IBox[];
  removed: string[];
  changed: IBox[];
  moved: IBox[];
  edgesAdded: ISceneEdge[];
  edgesRemoved: string[];
  edgesChanged: ISceneEdge[];
}

/** What has to be done to turn one scene into the other. */
export function diffScenes(before: IScene, after: IScene): ISceneChange {
  const change: ISceneChange = {
    added: [],
    removed: [...before.boxes.keys()].filter(id => !after.boxes.has(id)),
    changed: [],
    moved: [],
    edgesAdded: [],
    edgesRemoved: [...before.edges.keys()].filter(id => !after.edges.has(id)),
    edgesChanged: []
  };
  for (const box of after.boxes.values()) {
    const old = before.boxes.get(box.id);
    if (!old) {
      change.added.push(box);
      continue;
    }
    if (old.x !== box.x || old.y !== box.y) {
      change.moved.push(box);
    }
    if (contentKey(old) !== contentKey(box)) {
      change.changed.push(box);
    }
  }
  for (const edge of after.edges.values()) {
    const old = before.edges.get(edge.id);
    if (!old) {
      change.edgesAdded.push(edge);
    } else if (JSON.stringify(old) !== JSON.stringify(edge)) {
      change.edgesChanged.push(edge);
    }
  }
  return change;
}

/** Whether there is anything to do. */
export function isNoChange(change: ISceneChange): boolean {
  return Object.values(change).every((items: unknown[]) => items.length === 0);
}

function contentKey(box: IBox): string {
  return JSON.stringify({ ...box, x: 0, y: 0 });
}
