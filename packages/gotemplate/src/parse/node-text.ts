import { quote } from '@flotilla/gocompat';
import type { CommandNode, ListNode, Node, OperandNode, PipeNode } from './node.ts';

/** The canonical source text of a node, as error messages show it. */
export function nodeText(node: Node): string {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'action':
      return `{{${pipeText(node.pipe)}}}`;
    case 'if':
    case 'with':
    case 'range': {
      const otherwise = node.elseList === undefined ? '' : `{{else}}${listText(node.elseList)}`;
      return `{{${node.kind} ${pipeText(node.pipe)}}}${listText(node.list)}${otherwise}{{end}}`;
    }
    case 'break':
    case 'continue':
      return `{{${node.kind}}}`;
    case 'template':
      return `{{template ${quote(node.name)}${node.pipe === undefined ? '' : ` ${pipeText(node.pipe)}`}}}`;
    case 'list':
      return listText(node);
    case 'command':
      return commandText(node);
    default:
      return operandText(node);
  }
}

function listText(list: ListNode): string {
  return list.nodes.map(nodeText).join('');
}

function pipeText(pipe: PipeNode): string {
  const declared =
    pipe.declarations.length === 0 ? '' : `${pipe.declarations.join(', ')} ${pipe.isAssign ? '=' : ':='} `;
  return declared + pipe.commands.map(commandText).join(' | ');
}

function commandText(command: CommandNode): string {
  return command.operands.map(parenthesized).join(' ');
}

function parenthesized(node: OperandNode): string {
  return node.kind === 'pipe' ? `(${pipeText(node)})` : operandText(node);
}

function operandText(node: OperandNode): string {
  switch (node.kind) {
    case 'identifier':
      return node.name;
    case 'field':
      return `.${node.path.join('.')}`;
    case 'variable':
      return [node.name, ...node.path].join('.');
    case 'chain':
      return `${parenthesized(node.base)}.${node.path.join('.')}`;
    case 'dot':
      return '.';
    case 'nil':
      return 'nil';
    case 'bool':
      return String(node.value);
    case 'string':
      return node.quoted;
    case 'number':
      return node.text;
    case 'pipe':
      return pipeText(node);
  }
}
