import { toJsonSchema } from '@valibot/to-json-schema';
import type { Tool } from './tool.ts';

/** A tool as a client of the Model Context Protocol is told of it. */
export interface ToolDeclaration {
  name: string;
  title: string;
  description: string;
  inputSchema: { type: 'object' };
  outputSchema: { type: 'object' };
  annotations: { readOnlyHint: true; idempotentHint: true; destructiveHint: false; openWorldHint: false };
}

type Schema = Tool['input'];

function jsonSchema(schema: Schema, typeMode: 'input' | 'output'): { type: 'object' } {
  const { $schema: _, ...found } = toJsonSchema(schema, { typeMode });
  return { ...found, type: 'object' };
}

export const declarationOf = ({ name, title, description, input, output }: Tool): ToolDeclaration => ({
  name,
  title,
  description,
  inputSchema: jsonSchema(input, 'input'),
  outputSchema: jsonSchema(output, 'output'),
  annotations: { readOnlyHint: true, idempotentHint: true, destructiveHint: false, openWorldHint: false },
});
