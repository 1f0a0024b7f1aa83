/** In bytes. VS Code hands larger files to no extension; below it a text in memory is quicker. */
export const LARGE_FILE = 50 * 1024 * 1024;
