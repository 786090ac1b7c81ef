// Stand-ins for string-width, wrap-ansi and strip-ansi inside the bundle: our help texts are ASCII without colour.
const escapes = /\u001b\[[0-9;]*m/g;

export function stripAnsi(text) {
  return text.replace(escapes, '');
}

function stringWidth(text) {
  return stripAnsi(text).length;
}

function wrapLine(line, columns) {
  const lines = [];
  let current = '';
  for (const word of line.split(' ')) {
    if (current !== '' && stringWidth(current) + 1 + stringWidth(word) > columns) {
      lines.push(current);
      current = word;
    } else current = current === '' ? word : `${current} ${word}`;
  }
  return [...lines, current].join('\n');
}

export function wrapAnsi(text, columns) {
  return text
    .split('\n')
    .map((line) => wrapLine(line, columns))
    .join('\n');
}

export default function width(text, columns) {
  return columns === undefined ? stringWidth(text) : wrapAnsi(text, columns);
}
