import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { Redactor, redactUrl, Secret } from './secret.ts';

test('a secret prints as a mask everywhere', () => {
  const secret = new Secret('hunter2');
  expect([String(secret), JSON.stringify({ secret }), inspect(secret)]).toEqual([
    '***',
    '{"secret":"***"}',
    '***',
  ]);
  expect(secret.reveal()).toBe('hunter2');
});

test('the redactor covers lines of a text and base64 of it', () => {
  const redactor = new Redactor();
  redactor.add('first-line\nsecond-line\n');
  expect(redactor.redact(`x second-line y ${Buffer.from('first-line').toString('base64')}`)).toBe(
    'x *** y ***',
  );
});

test('the redactor covers a text as JSON and URLs show it', () => {
  const redactor = new Redactor();
  redactor.add('p"w\\d &long');
  expect(redactor.redact(`${JSON.stringify({ pw: 'p"w\\d &long' })} ?q=p%22w%5Cd%20%26long`)).toBe(
    '{"pw":"***"} ?q=***',
  );
});

test('credentials in URLs are masked', () => {
  expect(redactUrl('https://me:p@ssw0rd@host/a@b')).toBe('https://***@host/a@b');
  expect(redactUrl('https://me:pw@host/p?token=abc&x=1')).toBe('https://***@host/p?token=***&x=1');
});

test('what is painted over keeps its length and its lines', () => {
  const redactor = new Redactor();
  redactor.add('first-line\nsecond');
  expect(redactor.cover('a: first-line\nsecond\nb: second!')).toBe('a: **********\n******\nb: ******!');
});
