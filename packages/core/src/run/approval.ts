import type { Session } from '../prepare/session.ts';

export interface Question {
  readonly id: 'apply' | 'sync' | 'destroy';
  readonly message: string;
}

/** True when nobody wants to be asked, or when the answer is yes. */
export async function isApproved(session: Session, question: Question): Promise<boolean> {
  if (session.options.interactive !== true) return true;
  const answer = await session.ports.approval.ask({ ...question, defaultAnswer: false }, session.signal);
  session.emit({ type: 'question.answered', id: question.id, answer });
  return answer;
}
