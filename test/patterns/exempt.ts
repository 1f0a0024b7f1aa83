const LAYOUT = { where: 'server/src/core/log/layouts.ts', why: 'the beginning of a line (HEAD_LENGTH), which findHead cuts', most: 2000 };

export interface Exempt {
  where: string;
  /** What bounds the text that it sees. */
  why: string;
  /** Characters of that text; test/unit/house/exempt.test.ts looks whether it ever sees more. */
  most: number;
}

/** Patterns that recheck does not pass. The id changes with the pattern. */
export const EXEMPT: Readonly<Record<string, Exempt>> = {
  '030e6538d897': { where: 'server/src/core/analysis/log/consequences.ts', why: 'what stands behind each beginning', most: 8000 },
  '82623b301de1': LAYOUT,
  '806337b6a20e': LAYOUT,
  fa22922116bc: LAYOUT,
  '31b9398fd15e': { where: 'server/src/features/log/hoverSize.ts', why: 'the surroundings of the cursor (AROUND)', most: 1000 },
  d821c391ff15: { where: 'server/src/features/log/hoverSize.ts', why: 'the surroundings of the cursor (AROUND)', most: 1000 },
  '64a19311a583': { where: 'server/src/core/rules/jobgraph/duplicateNames.ts', why: 'a name, which is cut before', most: 400 },
  ea20bc42925b: LAYOUT,
  '2c82b2d0d3c2': LAYOUT,
  '7e98d247d278': LAYOUT,
  '50478d20f5cc': LAYOUT,
  a4ec3c3d5e87: LAYOUT,
  '54bf6d4fc061': LAYOUT,
  c8c6bacf91d4: LAYOUT,
  '70f08bc872f4': LAYOUT,
  '4c100d251e6a': LAYOUT,
  '592e9505cc17': LAYOUT,
  ee96f02f996f: LAYOUT,
  be066e436028: LAYOUT,
  '79828801d243': LAYOUT,
  '06c4adcc95c3': LAYOUT,
  ee08404bb101: LAYOUT,
  '3a00ce4509b1': LAYOUT,
  '7f3ea8946998': LAYOUT,
  '62a2daa61add': { where: 'server/src/core/log/headEnd.ts', why: 'the beginning of a line (MAX_HEAD_LENGTH), which both users cut', most: 600 },
};
