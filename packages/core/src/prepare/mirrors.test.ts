import { expect, it } from 'vitest';
import { applyMirrors, parseMirror } from './mirrors.ts';

const mirrors = [
  { from: 'https://charts.example.com', to: 'file:///mirror' },
  { from: 'https://charts.example.com/stable', to: 'http://127.0.0.1:8080/s' },
  { from: 'oci://ghcr.io', to: 'oci://localhost:5000' },
];

it('replaces the longest prefix that ends at a segment', () => {
  expect(applyMirrors('https://charts.example.com/other/x', mirrors)).toBe('file:///mirror/other/x');
  expect(applyMirrors('https://charts.example.com/stable', mirrors)).toBe('http://127.0.0.1:8080/s');
  expect(applyMirrors('https://charts.example.com.evil', mirrors)).toBe('https://charts.example.com.evil');
  expect(applyMirrors('oci://ghcr.io/org/web:1.0', mirrors)).toBe('oci://localhost:5000/org/web:1.0');
});

it('reads pairs', () => {
  expect(parseMirror('https://a/=https://b/')).toEqual({ from: 'https://a', to: 'https://b' });
  expect(parseMirror('nothing')).toBeUndefined();
  expect(parseMirror('=x')).toBeUndefined();
});
