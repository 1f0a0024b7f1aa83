/** In place of the class of an exception whose first line is missing. */
export const NO_CLASS: string = 'exception whose class is not in the text';
