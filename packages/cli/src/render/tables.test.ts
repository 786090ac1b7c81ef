import { expect, test } from 'vitest';
import { spacedTable, summaryTable, tabbedTable } from './tables.ts';

test('list pads cells and separates them by tabs', () => {
  expect(
    tabbedTable([
      ['NAME', 'NAMESPACE', 'VERSION'],
      ['web', 'apps', '1.2.3'],
      ['c', '', ''],
    ]),
  ).toBe('NAME\tNAMESPACE\tVERSION\nweb \tapps     \t1.2.3\nc\n');
});

test('show-dag leaves one blank between columns', () => {
  expect(
    spacedTable([
      ['GROUP', 'RELEASE', 'DEPENDENCIES'],
      ['1', 'data/db', ''],
      ['2', 'apps/web', 'data/db'],
    ]),
  ).toBe('GROUP RELEASE  DEPENDENCIES\n1     data/db\n2     apps/web data/db\n');
});

const columns = [
  { header: 'NAME', minimumWidth: 0, isRightAligned: false },
  { header: 'NAMESPACE', minimumWidth: 6, isRightAligned: false },
  { header: 'CHART', minimumWidth: 6, isRightAligned: false },
  { header: 'VERSION', minimumWidth: 6, isRightAligned: false },
  { header: 'DURATION', minimumWidth: 0, isRightAligned: true },
];

test('a summary centres its title over the table', () => {
  const rows = [['installed', 'helmfile-tests', '../../../charts/httpbin', '0.1.0', '0s']];
  expect(summaryTable({ title: 'Updated Releases', columns, rows, hasColor: false })).toBe(
    '\n=========================== Updated Releases ============================\n' +
      'NAME        NAMESPACE        CHART                     VERSION   DURATION\n' +
      'installed   helmfile-tests   ../../../charts/httpbin   0.1.0           0s\n\n',
  );
});

test('a title wider than its table gets ten signs on each side, marked when colour is not refused', () => {
  const narrow = [{ header: 'NAME', minimumWidth: 0, isRightAligned: false }];
  expect(summaryTable({ title: 'Deleted Releases', columns: narrow, rows: [['a']], hasColor: true })).toBe(
    '\n\u001b[1m\u001b[34m========== Deleted Releases ==========\u001b[0m\nNAME\na\n\n',
  );
});
