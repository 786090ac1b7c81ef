import { expect, test } from 'vitest';
import { type JsonSchema, stateSchema } from './state-schema.ts';
import { stateShape } from './state-shape.ts';

function at(schema: unknown, ...path: readonly string[]): JsonSchema {
  return path.reduce<unknown>((value, key) => (value as JsonSchema)[key], schema) as JsonSchema;
}

test('every key of the tables is in the schema, and accidents are not', () => {
  const schema = stateSchema();
  const keys = Object.keys(at(schema, 'properties'));
  expect(keys).toEqual([...Object.keys(stateShape.fields), 'charts', 'context']);
  expect(Object.keys(at(schema, 'definitions'))).toMatchInlineSnapshot(`
    [
      "dependency",
      "environment",
      "helmDefaults",
      "hook",
      "inherit",
      "llm",
      "missingFileHandlerConfig",
      "release",
      "releaseTemplate",
      "repository",
      "setValue",
      "subHelmfile",
      "trackResource",
    ]
  `);
  expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
});

test('types say what the decoder accepts', () => {
  const schema = stateSchema();
  const release = at(schema, 'definitions', 'release', 'properties');
  const names = [
    'name',
    'wait',
    'timeout',
    'needs',
    'labels',
    'values',
    'inherit',
    'serverSide',
    'recreatePods',
  ];
  expect(Object.fromEntries(names.map((name) => [name, release[name]]))).toMatchInlineSnapshot(`
    {
      "inherit": {
        "anyOf": [
          {
            "items": {
              "$ref": "#/definitions/inherit",
            },
            "type": "array",
          },
          {
            "$ref": "#/definitions/inherit",
          },
        ],
        "description": "Release templates to start from.",
      },
      "labels": {
        "additionalProperties": {
          "type": [
            "string",
            "number",
            "boolean",
            "null",
          ],
        },
        "description": "Labels that selectors see.",
        "type": [
          "object",
          "null",
        ],
      },
      "name": {
        "description": "Name of the release.",
        "type": [
          "string",
          "number",
          "boolean",
          "null",
        ],
      },
      "needs": {
        "description": "Releases that come first: \`[[context/]namespace/]name\`.",
        "items": {
          "type": [
            "string",
            "number",
            "boolean",
            "null",
          ],
        },
        "type": [
          "array",
          "null",
        ],
      },
      "recreatePods": {
        "anyOf": [
          {
            "type": [
              "boolean",
              "null",
            ],
          },
          {
            "enum": [
              "y",
              "Y",
              "yes",
              "Yes",
              "YES",
              "on",
              "On",
              "ON",
              "n",
              "N",
              "no",
              "No",
              "NO",
              "off",
              "Off",
              "OFF",
            ],
          },
        ],
        "deprecated": true,
        "deprecationMessage": "Remove it: helm has no --recreate-pods since version 3.",
        "description": "Restart pods.",
      },
      "serverSide": {
        "anyOf": [
          {
            "enum": [
              "",
              "true",
              "false",
              "auto",
              true,
              false,
              null,
            ],
          },
          {
            "pattern": "\\{\\{",
            "type": "string",
          },
        ],
        "description": "Apply on the server: true, false or auto (Helm 4).",
      },
      "timeout": {
        "description": "Limit for a helm operation, in seconds.",
        "type": [
          "integer",
          "null",
        ],
      },
      "values": {
        "description": "Values files and inline values, later ones winning.",
        "items": {
          "type": [
            "string",
            "object",
            "null",
          ],
        },
        "type": [
          "array",
          "null",
        ],
      },
      "wait": {
        "anyOf": [
          {
            "type": [
              "boolean",
              "null",
            ],
          },
          {
            "enum": [
              "y",
              "Y",
              "yes",
              "Yes",
              "YES",
              "on",
              "On",
              "ON",
              "n",
              "N",
              "no",
              "No",
              "NO",
              "off",
              "Off",
              "OFF",
            ],
          },
        ],
        "description": "Wait until the resources are ready.",
      },
    }
  `);
  expect(at(schema, 'properties', 'helmfiles')).toMatchInlineSnapshot(`
    {
      "description": "Other state files to load, in front of this one.",
      "items": {
        "anyOf": [
          {
            "type": "string",
          },
          {
            "$ref": "#/definitions/subHelmfile",
          },
        ],
      },
      "type": [
        "array",
        "null",
      ],
    }
  `);
  expect(at(schema, 'properties', 'environments')).toMatchInlineSnapshot(`
    {
      "additionalProperties": {
        "$ref": "#/definitions/environment",
      },
      "description": "Environments, by name.",
      "type": [
        "object",
        "null",
      ],
    }
  `);
  expect(at(schema, 'properties', 'charts')).toMatchInlineSnapshot(`
    {
      "deprecated": true,
      "deprecationMessage": "Rename it to "releases".",
      "description": "The releases.",
      "items": {
        "$ref": "#/definitions/release",
      },
      "type": [
        "array",
        "null",
      ],
    }
  `);
});
