import { expect, test } from 'vitest';
import { TempProject } from '../support/built-cli.ts';
import { answer, startServer } from '../support/chart-server.ts';

/** Repositories that answer with something else than an index: what is said, at which line, and that it ends. */

async function told(status: number, body: string): Promise<string> {
  const server = await startServer((_request, response) => answer(response, status, body));
  try {
    using project = new TempProject({
      'helmfile.yaml': `repositories:\n- name: shop\n  url: ${server.url}\nreleases:\n- name: web\n  chart: shop/web\n`,
    });
    const { stdout, stderr, code } = await project.run(['template']);
    expect(stdout).toBe('');
    return `${stderr.replaceAll(server.url, '<URL>').replaceAll(/\^+/g, '^')}exit ${code}`;
  } finally {
    await server.close();
  }
}

test('401', async () => {
  expect(await told(401, 'no')).toMatchInlineSnapshot(`
    "error executor/repository-unreachable  helmfile.yaml:3:8
      looks like "<URL>" is not a valid chart repository or cannot be reached: failed to fetch <URL>/index.yaml : 401 Unauthorized
       1 | repositories:
       2 | - name: shop
     > 3 |   url: <URL>
         |        ^
       4 | releases:
       5 | - name: web
      help: check the url, and whether this machine reaches it
    exit 1"
  `);
});

test('404', async () => {
  expect(await told(404, 'no')).toMatchInlineSnapshot(`
    "error executor/repository-unreachable  helmfile.yaml:3:8
      looks like "<URL>" is not a valid chart repository or cannot be reached: failed to fetch <URL>/index.yaml : 404 Not Found
       1 | repositories:
       2 | - name: shop
     > 3 |   url: <URL>
         |        ^
       4 | releases:
       5 | - name: web
      help: check the url, and whether this machine reaches it
    exit 1"
  `);
});

test('500', async () => {
  expect(await told(500, 'no')).toMatchInlineSnapshot(`
    "error executor/repository-unreachable  helmfile.yaml:3:8
      looks like "<URL>" is not a valid chart repository or cannot be reached: failed to fetch <URL>/index.yaml : 500 Internal Server Error
       1 | repositories:
       2 | - name: shop
     > 3 |   url: <URL>
         |        ^
       4 | releases:
       5 | - name: web
      help: check the url, and whether this machine reaches it
    exit 1"
  `);
});

test('a page to sign in', async () => {
  expect(await told(200, '<html>sign in</html>')).toMatchInlineSnapshot(`
    "error executor/repository-unreachable  helmfile.yaml:3:8
      looks like "<URL>" is not a valid chart repository or cannot be reached: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal string into Go value of type repo.IndexFile
       1 | repositories:
       2 | - name: shop
     > 3 |   url: <URL>
         |        ^
       4 | releases:
       5 | - name: web
      help: check the url, and whether this machine reaches it
    exit 1"
  `);
});

test('an index without a chart of that name', async () => {
  expect(await told(200, 'apiVersion: v1\nentries: {}\n')).toMatchInlineSnapshot(`
    "web: failed (0s)
    error executor/chart-not-found  helmfile.yaml:6:10
      web: chart "web" matching  not found in shop index. (try 'helm repo update'): no chart name found
       4 | releases:
       5 | - name: web
     > 6 |   chart: shop/web
         |          ^
      help: check its name and version; a path starts with ./
    1 failed
    exit 1"
  `);
});
