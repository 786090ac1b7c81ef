/** `helm create`: a new chart with a working web server in it. The content is Flotilla's own. */
import { join } from 'node:path';
import { GoError } from '@flotilla/gocompat';
import type { HostFiles } from '../registry/host-files.ts';
import type { Print } from '../registry/registry-host.ts';
import { starterTemplates } from './starter-templates.ts';

const chartYaml = `apiVersion: v2
name: CHARTNAME
description: A chart for Kubernetes
# An application can be installed; a library only lends its templates to other charts.
type: application
# Raise it with every change of the chart (https://semver.org).
version: 0.1.0
# The version of what the chart installs.
appVersion: "1.16.0"
`;

const valuesYaml = `# Values that users of CHARTNAME may override.
replicaCount: 1

image:
  repository: nginx
  pullPolicy: IfNotPresent
  # The chart's appVersion when empty.
  tag: ""

imagePullSecrets: []
nameOverride: ""
fullnameOverride: ""

serviceAccount:
  create: true
  automount: true
  annotations: {}
  # The full name of the release when empty.
  name: ""

podAnnotations: {}
podLabels: {}
podSecurityContext: {}
securityContext: {}

service:
  type: ClusterIP
  port: 80

ingress:
  enabled: false
  className: ""
  annotations: {}
  hosts:
    - host: chart-example.local
      paths:
        - path: /
          pathType: Prefix
  tls: []

httpRoute:
  enabled: false
  annotations: {}
  parentRefs:
    - name: gateway
      sectionName: http
  hostnames:
    - chart-example.local
  rules:
    - matches:
        - path:
            type: PathPrefix
            value: /

resources: {}

livenessProbe:
  httpGet:
    path: /
    port: http
readinessProbe:
  httpGet:
    path: /
    port: http

autoscaling:
  enabled: false
  minReplicas: 1
  maxReplicas: 10
  # Percent of what the pods request, by resource.
  targetUtilization:
    cpu: 80

volumes: []
volumeMounts: []
nodeSelector: {}
tolerations: []
affinity: {}
`;

const ignoreRules = `# Files that are not part of the chart, one pattern a line.
.git/
.gitignore
.hg/
.svn/
.DS_Store
*.swp
*.bak
*.tmp
*.orig
*~
.idea/
.vscode/
`;

const maximumNameLength = 250;

/** Files of a new chart, by slash path. */
export function newChartFiles(name: string): ReadonlyMap<string, string> {
  const files = {
    'Chart.yaml': chartYaml,
    'values.yaml': valuesYaml,
    '.helmignore': ignoreRules,
    ...starterTemplates,
  };
  return new Map(Object.entries(files).map(([path, text]) => [path, text.replaceAll('CHARTNAME', name)]));
}

/** Makes the chart at `path`, named by its last element (Helm 4.3.1 `create`). Throws GoError with Helm's texts. */
export function createChart(
  path: string,
  host: { readonly files: HostFiles },
  options: { readonly print?: Print } = {},
): string {
  const { files } = host;
  const print = options.print ?? (() => {});
  const directory = files.absolute(path);
  const name = directory.slice(Math.max(directory.lastIndexOf('/'), directory.lastIndexOf('\\')) + 1);
  print(`Creating ${path}\n`);
  if (name === '' || name.length > maximumNameLength) {
    throw new GoError(`chart name must be between 1 and ${maximumNameLength} characters`);
  }
  if (!/^[a-zA-Z0-9._-]+$/.test(name)) {
    throw new GoError('chart name must match the regular expression "^[a-zA-Z0-9._-]+$"');
  }
  const existing = files.stat(directory);
  if (existing !== undefined && existing.kind !== 'directory') {
    throw new GoError(`file ${directory} already exists and is not a directory`);
  }
  for (const [file, text] of newChartFiles(name)) {
    const target = join(directory, file);
    if (files.stat(target) !== undefined) print(`WARNING: File "${target}" already exists. Overwriting.\n`);
    files.write(target, text);
  }
  files.makeDirectory(join(directory, 'charts'));
  return directory;
}
