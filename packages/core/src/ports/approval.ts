/** Questions to a person. Every question carries its default answer; hosts nobody sits at return it. */
export interface ApprovalQuestion {
  readonly id: string;
  readonly message: string;
  readonly defaultAnswer: boolean;
}

export interface Approval {
  ask(question: ApprovalQuestion, signal: AbortSignal): Promise<boolean>;
}
