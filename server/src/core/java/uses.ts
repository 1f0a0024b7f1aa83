const FLINK = 'org.apache.flink';
/** Longer lines are no imports; looking back further would make the cost grow with the square of a line. */
const LOOK_BACK = 300;

/** Whether Java source is of Flink or uses it: it stands in a package of Flink, imports it or names a class of it in full. */
export function usesFlink(text: string): boolean {
  for (let at = text.indexOf(FLINK); at !== -1; at = text.indexOf(FLINK, at + FLINK.length)) {
    const before = text.slice(Math.max(0, text.lastIndexOf('\n', at) + 1, at - LOOK_BACK), at);
    // What a comment or a string says about Flink is no use of it.
    const isSaid = /^\s*\*|\/\/|\/\*|"/.test(before) && !/\*\//.test(before);
    if (!isSaid && !/[\w$.]$/.test(before) && !/[\w$]/.test(text.charAt(at + FLINK.length))) return true;
  }
  return false;
}
