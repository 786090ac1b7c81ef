import { expect, test } from 'vitest';
import { requestErrorText } from './request-error.ts';

test.each([
  ['https://host/x', 'https://host/x'],
  ['https://me:p@ss:word@host/x', 'https://me:***@host/x'],
  ['https://me@host/x', 'https://me@host/x'],
  ['https://host/a:b@c', 'https://host/a:b@c'],
])('%s', (url, shown) => {
  expect(requestErrorText({ url }, 'EOF')).toBe(`Get "${shown}": EOF`);
});
