import bcrypt from 'bcryptjs';
import { describe, expect, test } from 'vitest';
import { render } from './testing.ts';

test('bcrypt hashes with the prefix and cost that Go writes', () => {
  const hash = render('{{ bcrypt "pässword" }}');
  expect(hash).toMatch(/^\$2a\$10\$[./A-Za-z0-9]{53}$/);
  expect(bcrypt.compareSync('pässword', hash)).toBe(true);
});

test('htpasswd puts the user in front', () => {
  const [user, hash = ''] = render('{{ htpasswd "ada" "x" }}').split(':');
  expect(user).toBe('ada');
  expect(bcrypt.compareSync('x', hash)).toBe(true);
});

test.each([
  ['{{ htpasswd "a:b" "x" }}', 'invalid username: a:b'],
  [
    '{{ bcrypt (repeat 73 "x") }}',
    'failed to encrypt string with bcrypt: bcrypt: password length exceeds 72 bytes',
  ],
])('%s', (template, output) => {
  expect(render(template)).toBe(output);
});

describe('derivePassword', () => {
  test.each([
    ['{{ derivePassword 1 "maximum" "password" "user" "example.com" }}', 'pf4zS1LjCg&LjhsZ7T2~'],
    ['{{ derivePassword 1 "long" "password" "user" "example.com" }}', 'ZedaFaxcZaso9*'],
    ['{{ derivePassword 1 "medium" "password" "user" "example.com" }}', 'ZedJuz8$'],
    ['{{ derivePassword 1 "short" "password" "user" "example.com" }}', 'Zed5'],
    ['{{ derivePassword 1 "basic" "password" "user" "example.com" }}', 'pIS54PLs'],
    ['{{ derivePassword 1 "pin" "password" "user" "example.com" }}', '6685'],
    ['{{ derivePassword 2 "long" "pässword" "üser" "example.com" }}', "FafhVuhaKagr0'"],
    ['{{ derivePassword 1 "huge" "p" "u" "s" }}', 'cannot find password template huge'],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});
