import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasReferences } from '../support/control-plane.ts';
import { type HelmProject, helmProject } from './helm-cli-project.ts';
import { commandLinesOf, transcript } from './helm-command-lines.ts';

/** `flotilla helm …` and real Helm 4, command line for command line: the same output, errors and exit code. */

/** One command line a line; each sees what the ones before it did. */
const scripts: Readonly<Record<string, string>> = {
  repositories: `
repo list
repo list -o json
repo list -o yaml
repo list -o wide
repo add one URL
repo add one URL
repo add one URL/
repo add two URL/nothing
repo add a/b URL
repo add gone https://kubernetes-charts.storage.googleapis.com
repo add ftp ftp://example.com
repo add
repo list
repo list --no-headers
repo list -o json
repo list -o yaml
repo ls
repo ls extra
repo update
repo up one
repo update nope
repo update --timeout soon
search repo
search repo app
search repo nothing
search repo nothing --fail-on-no-result
search repo nothing -o json
search repo -o json
search repo -o yaml
search repo -r ^a.p
search repo -r (
search repo app -l
search repo app --version >1
search repo app --version one
search repo --max-col-width 8
search hub --endpoint URL
repo index served
repo index served --url https://example.com/charts
repo index served --merge served/index.yaml
repo index served --json
repo index
repo index nowhere
repo remove one two
repo remove one
repo remove
repo update
search repo`,

  'charts from repositories': `
repo add one URL
pull one/app
pull one/app -d nowhere
pull one/app --version 9.9.9
pull one/app --version ^0.1
pull one/app --version v1.x.y.z
pull one/nope
pull app --repo URL --untar
pull app --repo URL --untar
pull app --repo URL --untar --untardir unpacked
pull app --repo URL --untar -d there --untardir deep
pull nope --repo URL
pull app --repo URL/nothing
pull URL/app-0.1.0.tgz -d direct
pull URL/app-0.2.0.tgz
pull nope/app
pull app
pull
pull --nope
fetch one/app --prov -d with-prov
pull one/app --verify --keyring keys/public.gpg -d verified
pull one/app --verify --keyring keys/other.gpg -d verified
pull one/app --verify --keyring keys/none.gpg -d verified
template x one/app --version 0.1.0
template x one/app --version ^0.2.0
template x app --repo URL --set volume=11
template x one/app --verify --keyring keys/public.gpg
template x one/app --verify --keyring keys/other.gpg
show chart one/app
show values one/app
show readme one/app
show chart one/app --version 3
show chart one/app --verify --keyring keys/public.gpg`,

  template: `
template x charts/app
template charts/app
template x charts/app --set volume
template x charts/app --set volume=3 --set-string volume=4
template x charts/app --set-json {"volume":5}
template x charts/app --set-json volume={
template x charts/app --set-literal volume=a,b
template x charts/app --set-file volume=text.txt
template x charts/app --set-file volume=nothing.txt
template x charts/app -f more.yaml
template x charts/app -f more.yaml,bad.yaml
template x charts/app -f nothing.yaml
template x charts/app -f URL/index.yaml
template x charts/app -f URL/nothing.yaml
template x charts/app -n shop
template X_ charts/app
template x charts/app y z
template x charts/app --generate-name
template x charts/app --name-template y
template charts/app --name-template {{printf"%s-1"("Ab"|lower)}}
template charts/app --name-template {{
template x charts/app -s templates/map.yaml
template x charts/app -s templates/nope.yaml
template x charts/full
template x charts/full --include-crds
template x charts/full --no-hooks
template x charts/full --skip-tests
template x charts/full --is-upgrade
template x charts/full -s templates/m*.yaml
template x charts/full -s charts/sub/templates/map.yaml -s templates/hook.yaml
template x charts/full -s crds/lamps.yaml --include-crds
template x charts/full --kube-version 1.25
template x charts/full --kube-version abc
template x charts/full -a example.com/v1,example.com/v2
template x charts/full --api-versions example.com/v1
template x charts/full --set size=0
template x charts/full --set size=0 --skip-schema-validation
template x charts/full --set size=x --strict
template x charts/full --output-dir out
template x charts/full --output-dir out --release-name --include-crds
template x charts/full --output-dir out --release-name
template x charts/full --dry-run=client
template x charts/full --dry-run
template x charts/full --dry-run=none
template x charts/full --dry-run=sometimes
template x charts/full --dry-run=true
template x charts/full --validate --dry-run=client
template x charts/full --force-replace --force-conflicts
template x charts/full --hide-notes
template x charts/full --wait --timeout 3s
template x charts/full --timeout 3
template x charts/lib
template x charts/broken
template x charts/broken --debug=false
template x charts/unread
template x charts/future
template x charts/versionless
template x charts/old
template x charts/lacking
template x charts/lacking --dependency-update
template x nowhere
template x ./nowhere
template
template --nope
template -n
template x charts/full --post-renderer shout
template x charts/full --post-renderer shout --post-renderer-args fail
template x charts/full --post-renderer shout --post-renderer-args silent
template x charts/full --post-renderer shout --post-renderer shout
template x charts/full --post-renderer whisper`,

  'charts on disk': `
show all charts/app
show all charts/full
show crds charts/full
show crds charts/app
show readme charts/full
show values charts/full
show chart charts/full
show chart charts/versionless
show chart nowhere
show chart
inspect chart charts/app
lint charts/app
lint charts/full
lint charts/full --quiet
lint charts/full --with-subcharts
lint charts/full --set size=0
lint charts/full --set size=0 --skip-schema-validation
lint charts/full --kube-version 1.20
lint charts/full --kube-version abc
lint charts/app charts/broken
lint charts/unread
lint charts/versionless
lint charts/app --strict
lint charts/old --strict --quiet
lint served/app-0.1.0.tgz
lint nowhere
lint
dependency list charts/app
dependency list charts/lacking
dependency list charts/lacking --max-col-width 5
dependency list nowhere
dependency list a b
dependency list parent
dependency build parent
dependency update parent
dependency build parent
dep up parent --skip-refresh
dependency list parent
dependency update nowhere
dependency update charts/app
template x parent
package parent
package nowhere
package
package charts/app -d packed --version 1.2.3 --app-version 9
package charts/app --version one
package charts/versionless
package charts/lacking
package charts/lacking -u
package charts/app charts/full -d packed
create fresh/plain-one --starter plain
create fresh/plain-two -p missing
create bad!name
create
version
version --short
version --template {{.Version}}-{{.GoVersion}}
version extra
env HELM_NAMESPACE
env HELM_REPOSITORY_CONFIG
env a b
nope`,

  signatures: `
package charts/app --sign
package charts/app --sign --key Signer --keyring keys/none.gpg
package charts/app --sign --key Nobody --keyring keys/secret.gpg
package charts/app --sign --key example --keyring keys/secret.gpg
package charts/app --sign --key Signer --keyring keys/public.gpg
package charts/app --sign --key Signer --keyring keys/secret.gpg -d signed
package charts/full --sign --key Locked --keyring keys/secret.gpg --passphrase-file keys/passphrase -d signed
package charts/full --sign --key Locked --keyring keys/secret.gpg --passphrase-file keys/wrong -d signed
package charts/full --sign --key Locked --keyring keys/secret.gpg --passphrase-file keys/none -d signed
verify signed/app-0.1.0.tgz --keyring keys/public.gpg
verify signed/full-0.1.0.tgz --keyring keys/public.gpg
verify signed/full-0.1.0.tgz --keyring keys/secret.gpg
verify served/app-0.1.0.tgz --keyring keys/public.gpg
verify served/app-0.1.0.tgz --keyring keys/other.gpg
verify served/app-0.1.0.tgz --keyring keys/none.gpg
verify served/app-0.1.0.tgz
verify served/nothing.tgz --keyring keys/public.gpg
verify charts/app --keyring keys/public.gpg
verify charts/app/values.yaml --keyring keys/public.gpg
verify
template x served/app-0.1.0.tgz --verify --keyring keys/public.gpg
template x served/app-0.1.0.tgz --verify --keyring keys/other.gpg
show chart charts/app --verify`,

  registries: `
package charts/app -d packed
push packed/app-0.1.0.tgz oci://REGISTRY/team --plain-http
registry login REGISTRY -u me -p wrong --plain-http
registry login REGISTRY -u me -p secret --plain-http
registry login REGISTRY/team -u me -p secret --plain-http
registry login
push packed/app-0.1.0.tgz oci://REGISTRY/team --plain-http
push served/app-0.1.0.tgz oci://REGISTRY/signed --plain-http
push a.tgz http://x
push a.tgz nowhere
push a.tgz oci://REGISTRY/team --plain-http
push charts/app oci://REGISTRY/team --plain-http
push bad.yaml oci://REGISTRY/team --plain-http
push
pull oci://REGISTRY/team/app --plain-http -d pulled
pull oci://REGISTRY/team/app --plain-http --version ^0.1 --untar -d pulled
pull oci://REGISTRY/team/app --plain-http --version 2
pull oci://REGISTRY/team/app:0.1.0 --plain-http -d pulled
pull oci://REGISTRY/team/app:9.9.9 --plain-http
pull oci://REGISTRY/team/nope --plain-http
pull oci://REGISTRY/signed/app --plain-http --prov -d pulled
pull oci://REGISTRY/signed/app --plain-http --verify --keyring keys/public.gpg -d pulled
pull oci://REGISTRY/team/app --plain-http --verify --keyring keys/public.gpg -d pulled
pull oci://REGISTRY/team/app --plain-http --registry-config elsewhere.json
template x oci://REGISTRY/team/app --plain-http
show chart oci://REGISTRY/team/app --plain-http --version 0.1.0
registry logout REGISTRY
registry logout
pull oci://REGISTRY/team/app --plain-http`,
};

describe.skipIf(!hasReferences('test/parity/helm-cli.test.ts', ['helm4']))('flotilla helm', () => {
  let project: HelmProject;

  beforeAll(async () => {
    project = await helmProject();
  });

  afterAll(async () => {
    await project?.[Symbol.asyncDispose]();
  });

  test.for(Object.entries(scripts))('%s', async ([, script]) => {
    const transcripts = { helm: '', flotilla: '' };
    for (const line of commandLinesOf(script)) {
      const args = line
        .replaceAll('URL', project.repository.url)
        .replaceAll('REGISTRY', project.registry.host)
        .split(' ');
      for (const side of ['helm', 'flotilla'] as const) {
        transcripts[side] += withoutDigests(transcript(line, await project.run(side, args)));
      }
    }
    expect(transcripts.flotilla).toBe(transcripts.helm);
  });
});

/** Archives are equal but for how well they are compressed, and so are their digests. */
function withoutDigests(text: string): string {
  return text.replaceAll(/sha256:[0-9a-f]{64}/g, 'sha256:…');
}
