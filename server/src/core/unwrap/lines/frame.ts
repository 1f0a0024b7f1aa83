/** A frame of a stack anywhere in a line, with or without its module and loader. */
export const FRAME = /\bat [\w.$@+/<>~-]+ ?\((?<=[\w$][.$/][\w$<>-]+ ?\()/;
