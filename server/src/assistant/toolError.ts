/** What the asker can put right; the message says how. */
export class ToolError extends Error {}
