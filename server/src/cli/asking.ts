/** What a thread with tools for assistants is asked, and what it answers. */
export type Asked = { id: number; tool: string; input: unknown } | { cancel: number };

/** `wrong`: what the asker can put right. */
export type Answered = { id: number; answer: object } | { id: number; wrong: string } | { id: number; failed: string };
