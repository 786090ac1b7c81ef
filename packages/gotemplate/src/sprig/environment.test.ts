import { expect, test } from 'vitest';
import { render } from './testing.ts';

test.each([
  ['{{ env "USER" }} {{ env "NO_SUCH" | quote }}', 'ada ""'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: shell syntax
  ['{{ expandenv "$USER ${USER}x $USERx ${NO} $" }}', 'ada adax   $'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: shell syntax
  ['{{ expandenv "$$ ${} ${x $1a $-b $%" }}', '  x a b $%'],
  ['{{ getHostByName "db" }}', '10.0.0.7'],
  [
    '{{ getHostByName "nowhere" }}',
    'template: t:1:3: executing "t" at <getHostByName "nowhere">: error calling getHostByName: invalid argument to Intn',
  ],
])('%s', (template, output) => {
  expect(render(template)).toBe(output);
});
