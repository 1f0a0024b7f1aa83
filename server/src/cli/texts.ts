/** The texts in a file: one, or those in an archive, named "archive!entry". */
export async function textsOf(name: string, bytes: Uint8Array): Promise<{ name: string; text: string }[]> {
  return [{ name, text: new TextDecoder().decode(bytes) }];
}
