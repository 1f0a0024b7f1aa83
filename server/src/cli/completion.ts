import { parseArgs } from 'node:util';
import { UsageError } from './errors.ts';
import { optionsOf, sentencesOf } from './usage.ts';
import { USAGE } from './words.ts';

/** Where files may stand, the shell completes files: what begins with a dash is an option, the first word is a command. */
const SHELLS = {
  bash: () => `_logjam() {
  local word="\${COMP_WORDS[COMP_CWORD]}"
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${commands().join(' ')}" -- "$word"))
    return
  fi
  [[ $word == -* ]] || return
  case "\${COMP_WORDS[1]}" in
${cases((name) => `    ${name}) COMPREPLY=($(compgen -W "${flags(name).join(' ')}" -- "$word")) ;;`)}
  esac
}
complete -o default -F _logjam logjam
`,
  zsh: () => `#compdef logjam
_logjam() {
  if (( CURRENT == 2 )); then
    local -a commands
    commands=(
${Object.entries(sentencesOf())
  .map(([name, does]) => `      '${name}:${does.replaceAll("'", "'\\''")}'`)
  .join('\n')}
    )
    _describe command commands
    return
  fi
  local -a flags
  case $words[2] in
${cases((name) => `    ${name}) flags=(${flags(name).join(' ')}) ;;`)}
  esac
  if [[ $PREFIX == -* ]]; then compadd -- $flags; else _files; fi
}
compdef _logjam logjam
`,
  fish: () => `complete -c logjam -f -n __fish_use_subcommand -a help
${Object.entries(sentencesOf())
  .map(([name, does]) => `complete -c logjam -f -n __fish_use_subcommand -a ${name} -d '${does.replaceAll("'", "\\'")}'`)
  .join('\n')}
${cases((name) =>
  optionsOf(name)
    .map(
      ({ long, short, value }) =>
        `complete -c logjam -n '__fish_seen_subcommand_from ${name}' -l ${long}${short === null ? '' : ` -s ${short}`}${value ? ' -r' : ''}`,
    )
    .join('\n'),
)}
`,
} as const;

const commands = (): string[] => [...Object.keys(sentencesOf()), 'lsp', 'help'];

const cases = (of: (name: string) => string): string =>
  Object.keys(sentencesOf())
    .filter((name) => optionsOf(name).length > 0)
    .map(of)
    .join('\n');

const flags = (name: string): string[] => optionsOf(name).flatMap(({ long, short }) => [`--${long}`, ...(short === null ? [] : [`-${short}`])]);

/** `logjam completion`: what a shell completes commands and options by. */
export function completion(args: string[]): number {
  const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
  const [shell, more] = positionals;
  if (more !== undefined || (shell !== 'bash' && shell !== 'zsh' && shell !== 'fish')) throw new UsageError(USAGE.noShell(Object.keys(SHELLS)));
  process.stdout.write(SHELLS[shell]());
  return 0;
}
