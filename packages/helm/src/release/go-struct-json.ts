/** Pieces of JSON texts whose members keep an order of their own; empty pieces are left out. */

export function member(name: string, text: string): string {
  return `${JSON.stringify(name)}:${text}`;
}

export function objectText(members: readonly string[]): string {
  return `{${members.filter((each) => each !== '').join(',')}}`;
}
