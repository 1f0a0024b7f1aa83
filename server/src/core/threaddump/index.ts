export { threadDumpKind } from './analyse.ts';
