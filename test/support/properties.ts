// Properties are tried with the same values on every machine.
import fc from 'fast-check';

fc.configureGlobal({ seed: 1 });
