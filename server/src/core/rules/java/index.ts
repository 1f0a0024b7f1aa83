import type { JavaModel } from '../../analysis/java/model.ts';
import type { Rule } from '../../model.ts';
import { blockingInFunction } from './blockingInFunction.ts';
import { callbackUnderLock } from './callbackUnderLock.ts';
import { clientNotClosed, fieldNotSerializable, sharedStatic } from './functionFields.ts';
import { interruptDropped } from './interruptDropped.ts';
import { lockOrder } from './lockOrder.ts';
import { missingUid } from './missingUid.ts';
import { staticInitializerWaits } from './staticInitializerWaits.ts';
import { closesComponentUnderLock, completesFutureUnderLock } from './underLock.ts';
import { waitingUnderLock } from './waitingUnderLock.ts';

/** Each by its id; their order is that of their list. */
export const JAVA_RULES = {
  'java-callback-under-lock': callbackUnderLock,
  'java-lock-order': lockOrder,
  'java-waiting-under-lock': waitingUnderLock,
  'java-completes-future-under-lock': completesFutureUnderLock,
  'java-closes-under-lock': closesComponentUnderLock,
  'java-blocking-in-function': blockingInFunction,
  'java-interrupt-dropped': interruptDropped,
  'java-function-field-not-serializable': fieldNotSerializable,
  'java-function-static-state': sharedStatic,
  'java-client-not-closed': clientNotClosed,
  'java-static-initializer-waits': staticInitializerWaits,
  'java-missing-uid': missingUid,
} as const satisfies Record<string, Rule<JavaModel>>;

/** The findings in Java source: for those who write Flink itself first, then for those who write jobs and connectors. */
export const javaRules: readonly Rule<JavaModel>[] = Object.values(JAVA_RULES);
