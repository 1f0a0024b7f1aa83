import type { ToolAnswer } from '../../../common/contracts.ts';

/** What a thread with tools for assistants is asked, and what it answers. */
export type Asked = { id: number; tool: string; input: unknown } | { cancel: number };

export type Answered = { id: number } & (ToolAnswer | { failed: string });

/** How far the answer to a question is. */
export interface OnTheWay {
  id: number;
  progress: string;
}
