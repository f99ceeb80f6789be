// @vitest-environment jsdom

import { expect, test } from 'vitest';

import type { IArea } from '../../src/canvas/areas';
import { composeScene } from '../../src/canvas/compose';
import { channelsOf, LIGHT, opaque } from '../../src/canvas/pictureColors';
import { pictureSvg } from '../../src/canvas/pictureSvg';
import { fileName, sharpnessFor } from '../../src/canvas/savePicture';
import { exampleState } from './example';

const scene = composeScene(exampleState());
const measure = (text: string, size: number): number => text.length * size * 0.6;

function drawn(areas: IArea[] = [], name = 'Example'): Document {
  const byId = new Map(areas.map(area => [area.id, area]));
  const { text } = pictureSvg({ name, scene, areas: byId, colors: LIGHT, measure });
  return new DOMParser().parseFromString(text, 'image/svg+xml');
}

test('the picture has every box and edge, and nothing from elsewhere', () => {
  const svg = drawn();
  expect(svg.querySelector('parsererror')).toBeNull();
  expect(svg.querySelectorAll('rect[rx="8"]')).toHaveLength(scene.boxes.size);
  expect(svg.querySelectorAll('path[fill="none"][stroke-width="2"]')).toHaveLength(
    scene.edges.size
  );
  for (const { title } of scene.boxes.values()) {
    expect(svg.documentElement.textContent).toContain(title.slice(0, 8));
  }
  const text = new XMLSerializer().serializeToString(svg);
  expect(text).not.toMatch(/var\(|url\(|href|<style|<script|class=|rgba?\(/);
});

test('texts of a document stay texts, and are cut to the room they have', () => {
  const text = '<script>alert(1)</script> & a very long sentence\u0000 "on" two lines or more';
  const comment = { id: 'c', kind: 'comment', text, nodes: [], x: 0, y: 0 } as const;
  const svg = drawn([{ ...comment, width: 160, height: 60 }], '</title><script/>');
  expect(svg.querySelector('parsererror')).toBeNull();
  expect(svg.querySelector('script')).toBeNull();
  const lines = [...svg.querySelectorAll('text')].map(line => line.textContent);
  expect(lines.some(line => line.startsWith('<script>'))).toBe(true);
  for (const line of [...svg.querySelectorAll('text[font-size="12.5"]')]) {
    expect(measure(line.textContent, 12.5)).toBeLessThanOrEqual(140);
  }
});

test.each([
  ['rgb(1, 2, 3)', '#010203'],
  ['rgba(0, 0, 0, 0.5)', '#808080'],
  ['color(srgb 1 0 0.5)', '#ff0080'],
  ['color(srgb 0 0 0 / 0.25)', '#bfbfbf'],
  ['color(srgb 2e-3 1 1 / 1)', '#01ffff']
])('%s on white is %s', (computed, wanted) => {
  expect(opaque(channelsOf(computed), [255, 255, 255, 1])).toBe(wanted);
});

test('the file is named after the strategy, as Python names files', () => {
  expect(fileName('SMA cross')).toBe('sma_cross');
  expect(fileName(' ../etc/passwd ')).toBe('etc_passwd');
  expect(fileName('策略')).toBe('strategy');
});

test('a picture too large for a browser is drawn less sharp', () => {
  expect(sharpnessFor({ width: 900, height: 400 })).toBe(2);
  const wide = { width: 20_000, height: 900 };
  expect(wide.width * sharpnessFor(wide)).toBeLessThanOrEqual(16_000);
  const large = { width: 15_000, height: 15_000 };
  expect((large.width * sharpnessFor(large)) ** 2).toBeLessThanOrEqual(100_000_001);
});
