import { superviseNode } from './supervisor/node.ts';

superviseNode(process.argv.slice(2));
