import type { Random } from './random.ts';

/** What `helm template` is told beside the chart and its values: a flag, and what it may be given. */

type Flag = readonly [name: string, ...words: string[]];

const flags: readonly Flag[] = [
  [
    '--set',
    'num=5',
    'map.a=x,map.b.c=null',
    'list[1]=z',
    'list={a,b}',
    'alpha.enabled=true',
    'global.region=set',
    'tags.front=false',
    'map=null',
    'text=1e3',
    'num.x=1',
    'alpha.beta.num=2',
    'float=012',
    'flag=',
    'x[2].y=true',
  ],
  ['--set-string', 'num=5', 'flag=true', 'map.a=null', 'list={1,2}'],
  [
    '--set-json',
    'map={"a":[1,null]}',
    'list=[1.0,1e2]',
    '{"num":{"deep":1}}',
    'text="q"',
    'global={"zones":[]}',
  ],
  ['--set-literal', 'text=a,b=c'],
  ['--include-crds'],
  ['--skip-tests'],
  ['--no-hooks'],
  ['--is-upgrade'],
  ['--kube-version', '1.20.0', 'v1.33', '1.25.0-gke.1', 'v1.40.2'],
  ['--api-versions', 'example.org/v1,x/v2'],
  [
    '--show-only',
    'templates/a.yaml',
    'templates/b.yaml',
    'templates/*.yaml',
    'charts/alpha/templates/a.yaml',
  ],
  ['--namespace', 'other'],
  ['--skip-schema-validation'],
];

/** A flag with its value. */
export function chartArgument(random: Random): readonly string[] {
  const [name, ...words] = random.pick(flags);
  return words.length === 0 ? [name] : [name, random.pick(words)];
}
