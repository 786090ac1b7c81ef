import { expect, test } from 'vitest';
import { render } from './testing.ts';

const failing = 'template: t:1:3: executing "t" at <decryptAES';

test.each([
  ['{{ encryptAES "secret" "plain é" | decryptAES "secret" }}', 'plain é'],
  [
    '{{ encryptAES "a password that is longer than 32 bytes" "x" | decryptAES "a password that is longer than 32 bytes" }}',
    'x',
  ],
  ['{{ encryptAES "k" "" }}{{ decryptAES "k" "" }}|', '|'],
  [
    '{{ decryptAES "k" "!" }}',
    `${failing} "k" "!">: error calling decryptAES: illegal base64 data at input byte 0`,
  ],
  [
    '{{ decryptAES "k" "YQ==" }}',
    `${failing} "k" "YQ==">: error calling decryptAES: runtime error: slice bounds out of range [:16] with capacity 3`,
  ],
  [
    '{{ decryptAES "k" (b64enc "0123456789abcdefx") }}',
    `${failing} "k" (b64enc "0123456789abcdefx")>: error calling decryptAES: crypto/cipher: input not full blocks`,
  ],
])('%s', (template, output) => {
  expect(render(template)).toBe(output);
});
