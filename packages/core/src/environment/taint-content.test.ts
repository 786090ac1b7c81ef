import { Redactor } from '@flotilla/diagnostics';
import { expect, test } from 'vitest';
import { taintHcl, taintYaml } from './taint-content.ts';

test.each([
  ['a: [hunter22, {b: swordfish}]', 'hunter22 swordfish', '*** ***'],
  ['tokens: {1: hunter22}', 'map[1:hunter22]', 'map[1:***]'],
  ['hunter22: [', 'hunter22: [', '***'],
])('YAML: %j', (content, said, shown) => {
  const redactor = new Redactor();
  taintYaml(redactor, content);
  expect(redactor.redact(said)).toBe(shown);
});

test.each([
  ['a = "hunter22"\nb = "say \\"hi\\" x"\nc = "swordfish"', 'hunter22 swordfish', '*** ***'],
  ['key = <<EOT\n  first line\n  second line\nEOT', 'second line', '***'],
])('HCL: %j', (content, said, shown) => {
  const redactor = new Redactor();
  taintHcl(redactor, content);
  expect(redactor.redact(said)).toBe(shown);
});
