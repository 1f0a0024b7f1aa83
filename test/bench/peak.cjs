// Loaded before a program, it says at the end how much memory the program had at most: on standard error, in KiB.
process.on('exit', () => process.stderr.write(`\npeak ${process.resourceUsage().maxRSS}\n`));
